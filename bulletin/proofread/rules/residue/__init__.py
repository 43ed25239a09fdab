"""What word processors, page images and pasting leave behind: IMP, MKP, FOR, WID, SPC."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.residue import torn_paragraph

RULES: tuple[Rule, ...] = (torn_paragraph.RULE,)
