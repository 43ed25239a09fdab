"""Marks: PUN, QTE001."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.punctuation import marks_between_quotes

RULES: tuple[Rule, ...] = (marks_between_quotes.RULE,)
