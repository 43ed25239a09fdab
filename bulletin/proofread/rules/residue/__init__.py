"""What word processors, page images and pasting leave behind: IMP, MKP, FOR, WID, SPC."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.residue import (
    blanks,
    blanks_beside_digits,
    foreign_words,
    furniture,
    markup,
    torn_paragraph,
    widths,
)

RULES: tuple[Rule, ...] = (
    blanks_beside_digits.RULE,
    furniture.RULE,
    markup.RULE,
    foreign_words.RULE,
    widths.RULE,
    blanks.RULE,
    torn_paragraph.RULE,
)
