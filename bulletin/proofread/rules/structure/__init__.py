"""Enumerations and headings: ENU, HDG."""

from __future__ import annotations

from bulletin.proofread.rule import Rule

RULES: tuple[Rule, ...] = ()
