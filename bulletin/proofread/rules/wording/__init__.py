"""Words and expressions: the dictionary and the frames of sentences: DIC, FIX, FRM, RED, ADM, ABB."""

from __future__ import annotations

from bulletin.proofread.rule import Rule

RULES: tuple[Rule, ...] = ()
