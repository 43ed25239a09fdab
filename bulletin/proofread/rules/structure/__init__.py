"""Enumerations and headings: ENU, HDG."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.structure import (
    announced_counts,
    broken_series,
    counted_lists,
    heading_ends,
    heading_levels,
    heading_styles,
    mixed_sequence,
    spelt_out,
)

RULES: tuple[Rule, ...] = (
    announced_counts.RULE,
    broken_series.RULE,
    mixed_sequence.RULE,
    counted_lists.RULE,
    spelt_out.RULE,
    heading_levels.RULE,
    heading_styles.RULE,
    heading_ends.RULE,
)
