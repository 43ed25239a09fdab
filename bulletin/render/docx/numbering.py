"""Automatic numbers in Word: of headings 一、（一）1.（1）, and of lists (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from bulletin.model.numbering import section_label, typed_number
from bulletin.model.prose import SECTION_LEVELS
from bulletin.render.docx.elements import element, said
from bulletin.render.docx.styles import indents

_HEADINGS, _BULLETS, _FIGURES, _BRACKETS = range(4)
_LIST_LEVELS = 9
_UNKNOWN = -1
"""How far a level has counted in a list where deeper ones were numbered before it was: programs differ."""
_NAMES = 0x5B7A1E00
"""By its name Word knows a list again that is pasted into another document."""
_FORMATS = {
    1: ("chineseCountingThousand", "%1、"),
    2: ("chineseCountingThousand", "（%2）"),
    3: ("decimal", "%3."),
    4: ("decimal", "（%4）"),
}
_FIGURE = re.compile(r"(\d{1,9})([.)])")


@dataclass(slots=True)
class Numbering:
    """The lists of a document, as they come up. The first is that of the style of headings."""

    nums: list[etree._Element] = field(default_factory=lambda: [_num(1, _HEADINGS, {})])

    @property
    def of_headings(self) -> int:
        """The list that the styles of headings name."""
        return 1

    def headings(self, starts: dict[int, int]) -> int:
        """A new count of headings, which begins so at each level (from 1)."""
        return self._add(_HEADINGS, {level - 1: start for level, start in starts.items()})

    def bullets(self) -> int:
        return self._add(_BULLETS, {})

    def figures(self, level: int, start: int, bracket: str) -> int:
        """A new count at a level (from 0) of lists, with `.` or `)` after the figures."""
        return self._add(_BRACKETS if bracket == ")" else _FIGURES, {level: start})

    def _add(self, abstract: int, starts: dict[int, int]) -> int:
        key = len(self.nums) + 1
        self.nums.append(_num(key, abstract, starts))
        return key

    def part(self) -> etree._Element:
        """`numbering.xml`."""
        abstracts = (
            _abstract(_HEADINGS, [_heading_level(level) for level in SECTION_LEVELS]),
            _abstract(_BULLETS, [_list_level(level, "bullet", "•") for level in range(_LIST_LEVELS)]),
            _abstract(_FIGURES, [_list_level(level, "decimal", f"%{level + 1}.") for level in range(_LIST_LEVELS)]),
            _abstract(_BRACKETS, [_list_level(level, "decimal", f"%{level + 1})") for level in range(_LIST_LEVELS)]),
        )
        return element("w:numbering", *abstracts, *self.nums)


@dataclass(slots=True)
class HeadingCount:
    """The numbers of an article's headings: what the article counts, and what Word does, which knows nothing of numbers that are text."""

    numbering: Numbering
    list: int = 0
    counted: dict[int, int] = field(default_factory=dict)
    shown: dict[int, int] = field(default_factory=dict)

    def next(self, level: int, label: str) -> int:
        """The list that gives a heading its label; 0 where the label is to be text, as it is not the next of its level."""
        self.pass_by(level)
        value = _value(level, label)
        if not value:
            return 0
        if not self.list or self.shown.get(level, 0) + 1 != value:
            if value != self.counted[level]:
                return 0
            self._begin(level, value)
        above = {at: self.shown.get(at, _UNKNOWN) for at in SECTION_LEVELS if at < level}
        self.shown = above | {level: value}
        return self.list

    def pass_by(self, level: int) -> None:
        """Counts a heading that Word does not: one that runs into its paragraph."""
        self.counted = _above(self.counted, level) | {level: self.counted.get(level, 0) + 1}

    def _begin(self, level: int, value: int) -> None:
        """Begins a list of its own, and deeper levels with it; a higher one will begin its own when it comes."""
        self.list = self.numbering.headings({level: value} | dict.fromkeys(SECTION_LEVELS[level:], 1))
        self.shown = {}


def _above(counts: dict[int, int], level: int) -> dict[int, int]:
    """The counts of the higher levels."""
    return {at: count for at, count in counts.items() if at < level}


def _value(level: int, label: str) -> int:
    """The number that a label says, if it is as Word would write it; else 0."""
    typed = typed_number(label)
    value = typed.number if typed and typed.level == level else 0
    return value if value and section_label(level, value) == label else 0


def figure_of(mark: str) -> tuple[int, str] | None:
    """The number and the sign after it of an item's mark; `None` where it is a bullet."""
    found = _FIGURE.fullmatch(mark)
    return (int(found[1]), found[2]) if found else None


def _num(key: int, abstract: int, starts: dict[int, int]) -> etree._Element:
    overrides = [
        element("w:lvlOverride", said("w:startOverride", start), ilvl=level) for level, start in sorted(starts.items())
    ]
    return element("w:num", said("w:abstractNumId", abstract), *overrides, numId=key)


def _abstract(key: int, levels: list[etree._Element]) -> etree._Element:
    name = said("w:nsid", f"{_NAMES + key:08X}")
    return element("w:abstractNum", name, said("w:multiLevelType", "multilevel"), *levels, abstractNumId=key)


def _heading_level(level: int) -> etree._Element:
    kind, text = _FORMATS[level]
    return element(
        "w:lvl",
        said("w:start", 1),
        said("w:numFmt", kind),
        said("w:pStyle", f"Heading{level}"),
        said("w:suff", "nothing"),
        said("w:lvlText", text),
        said("w:lvlJc", "left"),
        element("w:pPr", indents(2)),
        ilvl=level - 1,
    )


def _list_level(level: int, kind: str, text: str) -> etree._Element:
    """A level of a list: its mark stands two characters in, its words one or two after that."""
    width = 1 if kind == "bullet" else 2
    return element(
        "w:lvl",
        said("w:start", 1),
        said("w:numFmt", kind),
        said("w:suff", "tab"),
        said("w:lvlText", text),
        said("w:lvlJc", "left"),
        element("w:pPr", indents(-width, list_indent(level) + width)),
        ilvl=level,
    )


def list_indent(level: int) -> int:
    """How far in, in characters, the marks of a level stand."""
    return 2 + 2 * level
