"""Section numbers 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3; GB/T 15834-2011, B.3): making and reading them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin.model.problem import Span
from bulletin.model.prose import SECTION_LEVELS, Block, Heading, Paragraph, Strong
from bulletin.model.walk import plain_text

MOST_SECTIONS = 99
_DIGITS = "零一二三四五六七八九"
_HAN = f"[{_DIGITS}十]+"
_TYPED = {
    1: re.compile(rf"(?P<number>{_HAN})[、，,.．]\s*"),
    2: re.compile(rf"[（(](?P<number>{_HAN})[）)][、，,.．]?\s*"),
    3: re.compile(r"(?P<number>\d{1,2})(?:[．、，]|\.(?!\d))\s*"),
    4: re.compile(r"[（(](?P<number>\d{1,2})[）)][、，,.．]?\s*"),
}
_BEGINS = re.compile(rf"[（(]?[{_DIGITS}十\d]")
"""What every number begins with, and hardly a paragraph."""


def chinese_numeral(number: int) -> str:
    """1 to 99 in Han digits: 十二, 二十."""
    if not 1 <= number <= MOST_SECTIONS:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def section_label(level: int, number: int) -> str:
    """The label of the `number`-th section at `level`; past 99 in digits, for messages only."""
    han = chinese_numeral(number) if number <= MOST_SECTIONS else str(number)
    match level:
        case 1:
            return f"{han}、"
        case 2:
            return f"（{han}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number typed before a heading: its level by form, its value (0 if it is none), its text, its width."""

    level: int
    number: int
    text: str
    width: int

    @property
    def well_formed(self) -> bool:
        return self.number > 0 and self.text == section_label(self.level, self.number)


def typed_number(text: str) -> TypedNumber | None:
    """The section number that `text` begins with, also where its marks are not the standard's."""
    if not _BEGINS.match(text):
        return None
    for level in SECTION_LEVELS:
        found = _TYPED[level].match(text)
        if found:
            return TypedNumber(level, _value(found["number"]), found[0].rstrip(), found.end())
    return None


def _value(digits: str) -> int:
    return int(digits) if digits.isascii() else _NUMERALS.get(digits, 0)


_NUMERALS = {chinese_numeral(number): number for number in range(1, MOST_SECTIONS + 1)}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, or a run-in heading, counted: its level, its place among its like, its anchor.

    `typed` is the number that the author wrote before `text`, if any.
    """

    level: int
    number: int
    typed: TypedNumber | None
    text: str
    anchor: str
    run_in: bool
    span: Span

    @property
    def label(self) -> str:
        return self.typed.text if self.typed else section_label(self.level, self.number)

    @property
    def names(self) -> tuple[str, ...]:
        """What a link may call the section."""
        return (self.text, self.label + self.text, self.anchor)


def sections_of(blocks: tuple[Block, ...]) -> dict[Span, Section]:
    """The sections that begin in `blocks`, in order, by the span of the block that begins them.

    A section starts the count of the levels below it anew. Run-in headings are those with a typed number.
    """
    counts = [0 for _ in SECTION_LEVELS]
    sections: dict[Span, Section] = {}
    for block in blocks:
        if isinstance(block, Heading):
            text, level = plain_text(block.content), block.level
        elif isinstance(block, Paragraph) and block.content and isinstance(block.content[0], Strong):
            text, level = plain_text(block.content[:1]), 0
        else:
            continue
        typed = typed_number(text)
        if typed is None and isinstance(block, Paragraph):
            continue
        level = level or (typed.level if typed else 0)
        counts = [*counts[: level - 1], counts[level - 1] + 1, *(0 for _ in SECTION_LEVELS[level:])]
        path = "-".join(map(str, counts[:level]))
        rest = text[typed.width :] if typed else text
        run_in = isinstance(block, Paragraph)
        sections[block.span] = Section(level, counts[level - 1], typed, rest, f"s-{path}", run_in, block.span)
    return sections
