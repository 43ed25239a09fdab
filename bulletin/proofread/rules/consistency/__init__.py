"""What disagrees between the articles of an issue, its metadata and the archive: CON, TOC, META, DUP, IMP002."""

from __future__ import annotations

from bulletin.proofread.rule import Rule

RULES: tuple[Rule, ...] = ()
