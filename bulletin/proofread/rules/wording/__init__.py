"""Words and expressions: the dictionary and the frames of sentences: DIC, FIX, FRM, RED, ADM, ABB, REP, PLC."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.wording import fixed_expressions, outdated, typos

RULES: tuple[Rule, ...] = (
    typos.RULE,
    fixed_expressions.RULE,
    outdated.RULE,
)
