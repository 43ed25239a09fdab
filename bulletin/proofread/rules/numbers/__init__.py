"""Numerals, dates and their arithmetic: NUM, DAT."""

from __future__ import annotations

from bulletin.proofread.rule import Rule

RULES: tuple[Rule, ...] = ()
