"""Numbered copies: ranges of numbers, who is to get which, and the code that tells a true copy from a forged one."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from bulletin.model.recipient import Route

ARCHIVE, SPARE = "存档", "机动"
"""The labels, and the holders, of copies that go to nobody yet."""
_RANGE = re.compile(r"(?P<first>\d{1,8})(?:[-－—–~～至](?P<last>\d{1,8}))?")


LARGEST = 10**8 - 1
"""As the last of a range: up to the last copy, whichever that is."""


@dataclass(frozen=True, slots=True, order=True)
class NumberRange:
    """The numbers from `first` to `last`, both of them included."""

    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> NumberRange | None:
        """What an editor types, `000127` or `000013-000040`; `None` if it is neither, or runs backwards."""
        found = _RANGE.fullmatch(text.strip())
        if not found:
            return None
        first = int(found["first"])
        last = int(found["last"] or first)
        return cls(first, last) if 1 <= first <= last else None

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __len__(self) -> int:
        return self.last - self.first + 1

    def clipped(self, last: int) -> range:
        """Its numbers up to `last`: a slip of the finger is not a million numbers."""
        return range(self.first, max(self.first, min(self.last, last)) + 1)

    def text(self, digits: int) -> str:
        """`000127`, or `000013－000040`."""
        first = number_text(self.first, digits)
        return first if self.first == self.last else f"{first}－{number_text(self.last, digits)}"


def number_text(number: int, digits: int) -> str:
    """The number as it is printed: `000127`."""
    return f"{number:0{digits}d}"


def ranges_of(numbers: Iterable[int]) -> tuple[NumberRange, ...]:
    """The numbers, in order, as the fewest ranges."""
    ranges: list[NumberRange] = []
    for number in sorted(set(numbers)):
        if ranges and ranges[-1].last + 1 == number:
            ranges[-1] = NumberRange(ranges[-1].first, number)
        else:
            ranges.append(NumberRange(number, number))
    return tuple(ranges)


def numbers_text(numbers: Iterable[int], digits: int) -> str:
    """The numbers as an editor reads them: `000001－000012、000015`."""
    return "、".join(each.text(digits) for each in ranges_of(numbers))


@dataclass(frozen=True, slots=True)
class Allotment:
    """The copies of an issue that one holder is to get: a row of 分发登记表.

    `label` is 报, 送, 发, 存档 or 机动; `group` the group whose member the holder is, empty where it is listed by its own name.
    """

    label: str
    group: str
    holder: str
    numbers: tuple[int, ...]
    route: Route | None = None
    contact: str = ""
    address: str = ""


class CodeKind(Enum):
    """The machine-readable code on the first page of a copy."""

    NONE = "none"
    QR = "qr"
    DATAMATRIX = "datamatrix"


@dataclass(frozen=True, slots=True)
class CopyMarks:
    """What a copy bears besides the number on its first page: the number on every page, small; a code; a faint code on every
    page, by which a photograph of any page can be traced to its copy."""

    every_page: bool = False
    code: CodeKind = CodeKind.NONE
    tracing: bool = False

    @property
    def coded(self) -> bool:
        """True if any mark is a code, which needs the register's key."""
        return self.tracing or self.code is not CodeKind.NONE

    def names(self) -> str:
        """As the register has them: words with blanks between, empty where there is nothing but the number."""
        named = {"pages": self.every_page, self.code.value: self.code is not CodeKind.NONE, "trace": self.tracing}
        return " ".join(name for name, borne in named.items() if borne)


@dataclass(frozen=True, slots=True)
class CopyCode:
    """What a code says: publication, issue, number, and a check that nobody can make without the register's key."""

    publication: str
    issue: str
    number: str
    check: str

    def text(self) -> str:
        """`银龄工作动态 2026-10 000127 1A2B3C4D`: a person who scans it understands it."""
        return f"{self.publication} {self.compact()}"

    def compact(self) -> str:
        """`2026-10 000127 1A2B3C4D`: for a DataMatrix, which takes half the room without Han. The check vouches for the
        publication, as its key does."""
        return f"{self.issue} {self.number} {self.check}"

    @classmethod
    def parse(cls, text: str) -> CopyCode | None:
        """The code of that text, or `None` if it is none of ours; `publication` is empty where the text does not say it."""
        parts = ["", *text.rsplit(" ", 3)][-4:]
        if (
            len(text.split(" ")) < 3
            or not re.fullmatch("[0-9]{1,8}", parts[2])
            or not re.fullmatch("[0-9A-F]{8}", parts[3])
        ):
            return None
        return cls(*parts)


def make_code(key: bytes, publication: str, issue: str, number: str, piece: int) -> CopyCode:
    """The code of the `piece`-th printing of a copy: its check is the first 32 bits of an HMAC-SHA-256 (RFC 2104)."""
    said = "\n".join((publication, issue, number, str(piece)))
    check = hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:8].upper()
    return CopyCode(publication, issue, number, check)
