"""Dates and periods as they are written: 2026年10月20日, 今年7月, 2026-10-20, 二〇二六年十月, 7月13日至17日, 2020—2021年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from bulletin.proofread.facts.numerals import han_value, spelt_value

_RELATIVE = {"今年": 0, "去年": -1, "明年": 1, "前年": -2, "后年": 2}
_JOINER = "[—－–～~至到-]"
_JOINED = re.compile(rf"{_JOINER}\d")
_YEAR = r"(?<!\d)(?:1[89]|20)\d\d"
_TWO = r"\d{1,2}"
_MARK = re.compile("[年月日]")
_ARABIC = re.compile(
    r"(?=[\d今去明前后])(?:"
    rf"(?:(?P<year>{_YEAR})年|(?P<relative>{'|'.join(_RELATIVE)}))?(?<![\d.])(?P<month>{_TWO})月(?:(?P<day>{_TWO})[日号])?"
    rf"|(?P<only>{_YEAR})年|(?<![\d.])(?P<alone>{_TWO})日(?!内))"
)
_ISO = re.compile(rf"(?P<year>{_YEAR})-(?P<month>{_TWO})-(?P<day>{_TWO})(?![\d-])")
_HAN = re.compile(
    r"(?P<year>[一二][〇零一二三四五六七八九]{3})年(?:(?P<month>[一二三四五六七八九十]{1,2})月(?:(?P<day>[一二三四五六七八九十]{1,3})日)?)?"
)
_PERIODS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?P<y1>{_YEAR})年)?(?<![\d.])(?P<m1>{_TWO})月(?P<d1>{_TWO})日?{_JOINER}(?:(?P<y2>{_YEAR})年)?(?:(?P<m2>{_TWO})月)?(?P<d2>{_TWO})日",
        rf"(?:(?P<y1>{_YEAR})年)?(?<![\d.])(?P<m1>{_TWO})月?{_JOINER}(?:(?P<y2>{_YEAR})年)?(?P<m2>{_TWO})月(?!\d)",
        rf"(?P<y1>{_YEAR})年?{_JOINER}(?P<y2>{_YEAR})年(?!\d)",
    )
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date from `start` up to `end` of a text; what is not written is `None`. `relative` is the year counted from this one (去年 is -1)."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    relative: int | None = None

    def year_in(self, year: int) -> int:
        """Its year, in a text of `year`."""
        return self.year if self.year is not None else year + (self.relative or 0)

    def on(self, year: int) -> date | None:
        """The day, in a text of `year`; `None` where no day is written, or where there is no such day."""
        if self.month is None or self.day is None:
            return None
        try:
            return date(self.year_in(year), self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Period:
    """From one date to another. What the second leaves out is that of the first (7月13日至17日), unless the year turns (12月30日至1月3日)."""

    first: WrittenDate
    last: WrittenDate

    @property
    def start(self) -> int:
        return self.first.start

    @property
    def end(self) -> int:
        return self.last.end


def dates_in(content: str) -> tuple[WrittenDate, ...]:
    """The dates of a text, in order; those that share a month or a year with another (7月13日至17日) as far as they are written."""
    return tuple(sorted(_dates(content), key=lambda written: written.start))


def _dates(content: str) -> Iterator[WrittenDate]:
    if _MARK.search(content):
        for found in _ARABIC.finditer(content):
            year, relative = found["year"] or found["only"], found["relative"]
            shift = _RELATIVE[relative] if relative else None
            day = _number(found["day"] or found["alone"])
            yield WrittenDate(*found.span(), _number(year), _number(found["month"]), day, shift)
        for found in _HAN.finditer(content):
            month, day = han_value(found["month"] or ""), han_value(found["day"] or "")
            yield WrittenDate(*found.span(), spelt_value(found["year"]), month, day)
    for found in _ISO.finditer(content):
        yield WrittenDate(*found.span(), *(int(part) for part in found.groups()))


def periods_in(content: str) -> tuple[Period, ...]:
    """The periods of a text, in order."""
    if not _JOINED.search(content):
        return ()
    taken: set[int] = set()
    found: list[Period] = []
    for match in chain.from_iterable(pattern.finditer(content) for pattern in _PERIODS):
        if taken.isdisjoint(range(*match.span())):
            taken.update(range(*match.span()))
            found.append(_period(match))
    return tuple(sorted(found, key=lambda period: period.start))


def _period(match: re.Match[str]) -> Period:
    parts = {name: _number(value) for name, value in match.groupdict().items()}
    joint = match.end("d1") if "d1" in parts else match.end("m1") if "m1" in parts else match.end("y1")
    first = WrittenDate(match.start(), joint, parts["y1"], parts.get("m1"), parts.get("d1"))
    month, day = parts.get("m2") or parts.get("m1"), parts.get("d2")
    turns = parts["y2"] is None and month is not None and first.month is not None and month < first.month
    year = first.year + 1 if turns and first.year is not None else first.year
    begins = min(place for name in ("y2", "m2", "d2") if name in parts and (place := match.start(name)) >= 0)
    last = WrittenDate(
        begins, match.end(), parts["y2"] or year, month, day, 1 if turns and first.year is None else None
    )
    return Period(first, last)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
