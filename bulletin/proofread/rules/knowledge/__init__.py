"""What the house knows for certain: people, documents, quotations, numbers it repeats: PER, REF, QTE003, CLM, CON005."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.knowledge import claims, documents, organisation_forms, quotations, quoted_terms

RULES: tuple[Rule, ...] = (organisation_forms.RULE, documents.RULE, quotations.RULE, quoted_terms.RULE, claims.RULE)
