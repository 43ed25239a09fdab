"""What disagrees between the articles of an issue, its metadata and the archive: CON, TOC, META, DUP, REF003, PER004, ARC001."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.consistency import quoted_names, titles

RULES: tuple[Rule, ...] = (quoted_names.RULE, titles.RULE)
