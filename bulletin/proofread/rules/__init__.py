"""All rules, one a file, in the order of the manual."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules import consistency, knowledge, numbers, punctuation, residue, structure, wording

RULES: tuple[Rule, ...] = (
    *residue.RULES,
    *punctuation.RULES,
    *numbers.RULES,
    *structure.RULES,
    *wording.RULES,
    *knowledge.RULES,
    *consistency.RULES,
)
