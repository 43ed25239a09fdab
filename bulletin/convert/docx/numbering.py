"""Automatic numbering (ECMA-376 part 1, 17.9): what Word and WPS print before a paragraph, which is nowhere in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from bulletin.convert.docx.counting import format_number
from bulletin.convert.docx.names import number, switch, value, w
from bulletin.convert.docx.styles import Styles

_LEVELS = 9
_BULLET = "•"
_PLACE = re.compile(r"%([1-9])")
_MOST_LINKS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: where it begins, its format, its text (`（%2）`), the level after which it begins again, its style."""

    start: int
    kind: str
    text: str
    restart: int | None
    legal: bool
    style: str


@dataclass(frozen=True, slots=True)
class _List:
    """A `w:num`: the abstract list whose counters it shares, its levels, and where it begins again by itself."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbered(NamedTuple):
    """What stands before a paragraph, and its level in the list from 0."""

    shown: str
    level: int


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has counted."""

    lists: dict[str, _List]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, properties: list[etree._Element], styles: Styles, style: str) -> Numbered | None:
        """The number of the next paragraph, which is counted; `None` where it has none."""
        named = _list_of(properties)
        if named is None or named[0] not in self.lists:
            return None
        used = self.lists[named[0]]
        level = named[1]
        if level is None:
            level = next((at for at, each in used.levels.items() if each.style and each.style == style), 0)
        if level not in used.levels:
            return None
        self._count(named[0], used, level)
        return Numbered(self._shown(used, level), level)

    def _count(self, key: str, used: _List, level: int) -> None:
        counts = self.counts.setdefault(used.abstract, {})
        if level in used.starts and (key, level) not in self.begun:
            self.begun.add((key, level))
            counts[level] = used.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = used.levels[level].start
        for above in range(level):
            if above in used.levels:
                counts.setdefault(above, used.levels[above].start)
        for deeper in [at for at in counts if at > level]:
            restart = used.levels[deeper].restart if deeper in used.levels else None
            if restart is None or (restart and level < restart):
                del counts[deeper]

    def _shown(self, used: _List, level: int) -> str:
        own = used.levels[level]
        if own.kind == "bullet":
            return own.text if own.text.isprintable() and 0 < len(own.text) <= 2 and own.text < "\ue000" else _BULLET
        counts = self.counts[used.abstract]

        def part(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            there = used.levels.get(at)
            if there is None or there.kind == "none":
                return ""
            return format_number(counts.get(at, there.start), "decimal" if own.legal else there.kind)

        return _PLACE.sub(part, own.text).strip()


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists of `numbering.xml`; none where there is no such part."""
    if root is None:
        return Numbering({})
    abstracts = {each.get(w("abstractNumId")) or "": each for each in root.findall(w("abstractNum"))}
    styled = {link: key for key, each in abstracts.items() if (link := value(each, "styleLink"))}
    levels = {key: _levels(each) for key, each in abstracts.items()}
    lists: dict[str, _List] = {}
    for each in root.findall(w("num")):
        abstract = value(each, "abstractNumId") or ""
        for _ in range(_MOST_LINKS):
            linked = value(abstracts.get(abstract), "numStyleLink")
            if not linked or linked not in styled:
                break
            abstract = styled[linked]
        lists[each.get(w("numId")) or ""] = _list(each, abstract, levels.get(abstract, {}))
    return Numbering(lists)


def _list(num: etree._Element, key: str, abstract: dict[int, Level]) -> _List:
    levels = dict(abstract)
    starts: dict[int, int] = {}
    for override in num.findall(w("lvlOverride")):
        at = number(override.get(w("ilvl")), -1)
        levels.update(_levels(override))
        if (start := value(override, "startOverride")) is not None:
            starts[at] = number(start, 1)
    return _List(key, levels, starts)


def _levels(parent: etree._Element) -> dict[int, Level]:
    found = {}
    for level in parent.findall(w("lvl")):
        at = number(level.get(w("ilvl")), -1)
        if 0 <= at < _LEVELS:
            restart = value(level, "lvlRestart")
            found[at] = Level(
                number(value(level, "start"), 1 if value(level, "start") else 0),
                value(level, "numFmt") or "decimal",
                (value(level, "lvlText") or "")[:100],
                None if restart is None else number(restart),
                bool(switch(level, "isLgl")),
                value(level, "pStyle") or "",
            )
    return found


def _list_of(properties: list[etree._Element]) -> tuple[str, int | None] | None:
    """The list and level of a paragraph, each from the nearest properties that name it; list 0 takes the number away (17.9.18)."""
    level: int | None = None
    for each in properties:
        named = each.find(w("numPr"))
        if named is None:
            continue
        if level is None and (said := value(named, "ilvl")) is not None:
            level = number(said)
        key = value(named, "numId")
        if key is not None:
            return None if key in ("", "0") else (key, level)
    return None
