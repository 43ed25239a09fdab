"""What the house knows for certain: people, documents, quotations, numbers it repeats: PER, REF, QTE003, CLM."""

from __future__ import annotations

from bulletin.proofread.rule import Rule

RULES: tuple[Rule, ...] = ()
