"""Moments are told by the clocks of China, whatever clock they were recorded by."""

from __future__ import annotations

import pytest

from bulletin.model.moment import day_of, moment_text


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-23T17:30:00+00:00", "2026-11-24 01:30"),
        ("2026-11-23T17:30:59Z", "2026-11-24 01:30"),
        ("2026-11-23T17:30:00+08:00", "2026-11-23 17:30"),
        ("2026-12-31T23:59:59-11:00", "2027-01-01 18:59"),
        ("2026-11-23T17:30:00", "2026-11-23T17:30:00"),
        ("2026-11-23", "2026-11-23"),
        ("9999-12-31T23:59:59+00:00", "9999-12-31T23:59:59+00:00"),
        ("前天", "前天"),
        ("", ""),
    ],
)
def test_a_moment_is_told_in_the_time_of_china(at: str, said: str) -> None:
    assert moment_text(at) == said


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-23T17:30:00+00:00", "2026-11-24"),
        ("2026-11-23T15:59:59+00:00", "2026-11-23"),
        ("2026-11-23T23:59:59+08:00", "2026-11-23"),
        ("2026-11-23T17:30:00", "2026-11-23"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T01:00:00+14:00", "2026-11-22"),
        ("9999-12-31T23:59:59+00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("前天", None),
    ],
)
def test_the_day_of_a_moment_is_that_of_china(at: str, day: str | None) -> None:
    found = day_of(at)
    assert (found.isoformat() if found else None) == day
