"""The time of China, everywhere and all year: what is recorded by any clock is told by this one."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def day_of(at: str) -> date | None:
    """The day in China of a time in ISO 8601; as it is written where it names no zone, `None` where it is no time."""
    time = _in_china(at)
    return time.date() if time else None


def moment_text(at: str) -> str:
    """`2026-11-23 17:30` in China of a time in ISO 8601; as it is written where it names no zone, or is no time."""
    time = _in_china(at)
    return f"{time:%Y-%m-%d %H:%M}" if time and time.tzinfo else at


def _in_china(at: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(at)
        return time.astimezone(CHINA) if time.tzinfo else time
    except (ValueError, OverflowError):
        return None
