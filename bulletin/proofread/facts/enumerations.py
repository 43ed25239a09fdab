"""What is counted off in a text: 一是…二是…, 一要…二要…, 第一，第二，, 首先…其次…, （一）（二）, ①②, and where that goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from bulletin.proofread.facts.numerals import numeral_value

_HAN = "[一二三四五六七八九十]{1,3}"
_AT_CLAUSE = r"(?:^|(?<=[。；：！？，;:“”）]))"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WORDS = {"首先": 1, "其次": 2, "再次": 3}
_MARKER = re.compile(
    rf"{_AT_CLAUSE}(?:"
    rf"(?P<spoken>{_HAN})(?P<verb>是|要(?![素点件害塞义领闻]|么)|靠)"
    rf"|第(?P<ordinal>{_HAN})(?P<step>步(?=[，、：是]))?(?:(?<=步)|[，、：])"
    rf"|其(?P<of_them>{_HAN})[，、：]"
    rf"|(?P<word>{'|'.join(_WORDS)})"
    rf"|（(?P<bracket>{_HAN}|\d{{1,2}})）"
    rf"|(?P<circled>[{_CIRCLED}])"
    rf"|(?P<point>\d{{1,2}})[.．](?!\d)"
    rf"|(?P<comma>{_HAN})、)"
)
_SAME_AGAIN = re.compile(rf"({_HAN})[是要]\1")


class Form(Enum):
    """How members of a series are marked."""

    IS = "是"
    MUST = "要"
    BY = "靠"
    ORDINAL = "第"
    STEP = "步"
    OF_THEM = "其"
    WORD = "首先"
    BRACKET = "（）"
    CIRCLED = "①"
    POINT = "1."
    COMMA = "、"


SPOKEN = frozenset({Form.IS, Form.MUST, Form.BY})
"""Forms that one series should not mix: 一要…二是…."""
_LABELS = frozenset({Form.BRACKET, Form.POINT, Form.COMMA})
"""Numbers of headings, which `check` looks at where they begin a paragraph."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The sign of a member: its number, and from `start` up to `end` of the text that is `text`-th among its like."""

    text: int
    start: int
    end: int
    number: int
    form: Form

    def of_text(self, text: int) -> Marker:
        """The same in the text of that place."""
        return replace(self, text=text)


class Fault(Enum):
    """What is wrong with a marker after the one before it in the series."""

    MISSING = "missing"
    REPEATED = "repeated"
    MIXED = "mixed"


@dataclass(slots=True)
class Series:
    """Markers that go on from one another, in one text or over several; `faults` are those of its markers, by their places among them."""

    markers: list[Marker]
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    @property
    def last(self) -> Marker:
        return self.markers[-1]

    @property
    def sound(self) -> bool:
        """True if it counts from one without a fault."""
        return self.markers[0].number == 1 and not self.faults


def markers_in(content: str, text: int = 0) -> tuple[Marker, ...]:
    """The markers of a text, in order: at its beginning, and after a mark."""
    return tuple(_markers(content, text))


def _markers(content: str, text: int) -> Iterator[Marker]:
    for found in _MARKER.finditer(content):
        if not _SAME_AGAIN.match(content, found.start()):
            number = _number(found)
            if number:
                yield Marker(text, *found.span(), number, _form(found))


def _number(found: re.Match[str]) -> int | None:
    if found["word"]:
        return _WORDS[found["word"]]
    if found["circled"]:
        return _CIRCLED.index(found["circled"]) + 1
    numerals = (found[name] for name in ("spoken", "ordinal", "of_them", "bracket", "point", "comma"))
    return numeral_value(next(numeral for numeral in numerals if numeral))


def _form(found: re.Match[str]) -> Form:
    if found["spoken"]:
        return Form(found["verb"])
    if found["ordinal"]:
        return Form.STEP if found["step"] else Form.ORDINAL
    names = {
        "of_them": Form.OF_THEM,
        "word": Form.WORD,
        "bracket": Form.BRACKET,
        "circled": Form.CIRCLED,
        "point": Form.POINT,
    }
    return next((form for name, form in names.items() if found[name]), Form.COMMA)


def series_of(markers: Iterable[Marker]) -> tuple[Series, ...]:
    """The series that markers make, in the order in which they begin; series may stand inside of others."""
    found: list[Series] = []
    open_: list[Series] = []
    for marker in markers:
        place = _place(open_, marker)
        if place is None:
            open_.append(Series([marker]))
            found.append(open_[-1])
            continue
        del open_[place + 1 :]
        series = open_[place]
        fault = _fault(series.last, marker)
        if fault:
            series.faults.append((len(series.markers), fault))
        series.markers.append(marker)
    return tuple(found)


_DEEPEST = 8
"""Series inside of series that are looked through."""


def _place(open_: list[Series], marker: Marker) -> int | None:
    """Which of the open series goes on with this marker, the innermost first; `None` if it begins one."""
    places = range(len(open_) - 1, max(-1, len(open_) - 1 - _DEEPEST), -1)
    follows = [place for place in places if open_[place].last.number == marker.number - 1]
    same = [place for place in follows if open_[place].last.form is marker.form]
    if same:
        return same[0]
    if marker.number == 1:
        return None
    like = [place for place in follows if {open_[place].last.form, marker.form} <= SPOKEN]
    if like:
        return like[0]
    return next((place for place in places if _goes_wrong(open_[place].last, marker)), None)


def _goes_wrong(last: Marker, marker: Marker) -> bool:
    """True if the marker is most likely meant to go on from `last`, and has a wrong number: in the same text, or each at the head of its own."""
    near = last.text == marker.text or (last.start == marker.start == 0 and last.form not in _LABELS)
    return near and last.form is marker.form and last.number <= marker.number


def _fault(last: Marker, marker: Marker) -> Fault | None:
    if marker.number == last.number:
        return Fault.REPEATED
    if marker.number > last.number + 1:
        return Fault.MISSING
    return None if marker.form is last.form else Fault.MIXED
