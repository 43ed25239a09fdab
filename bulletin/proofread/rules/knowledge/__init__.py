"""What the house knows for certain: people, documents, quotations, numbers it repeats: PER, REF, QTE003, CLM, CON005."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.knowledge import (
    claims,
    documents,
    given_names,
    order_of_leaders,
    organisation_forms,
    quotations,
    quoted_terms,
    registered_posts,
)

RULES: tuple[Rule, ...] = (
    registered_posts.RULE,
    order_of_leaders.RULE,
    given_names.RULE,
    organisation_forms.RULE,
    documents.RULE,
    quotations.RULE,
    quoted_terms.RULE,
    claims.RULE,
)
