"""Numerals, dates and their arithmetic: NUM, DAT."""

from __future__ import annotations

from bulletin.proofread.rule import Rule
from bulletin.proofread.rules.numbers import (
    arithmetic_of_dates,
    changes,
    date_forms,
    doubly_vague,
    forms,
    impossible_dates,
    missing_counter,
    numerals_of_a_kind,
    parts_of_wholes,
    people_and_times,
    percentages,
    spoken_dates,
    two_ways_beside,
    uneven_more,
)

RULES: tuple[Rule, ...] = (
    doubly_vague.RULE,
    uneven_more.RULE,
    people_and_times.RULE,
    numerals_of_a_kind.RULE,
    spoken_dates.RULE,
    forms.RULE,
    parts_of_wholes.RULE,
    percentages.RULE,
    changes.RULE,
    arithmetic_of_dates.RULE,
    date_forms.RULE,
    impossible_dates.RULE,
    two_ways_beside.RULE,
    missing_counter.RULE,
)
