"""What templates of the web edition say around an edition's text: dates, sizes, addresses of lists, contents of headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bulletin.model.collation import initial
from bulletin.model.edition import Article
from bulletin.model.prose import NumberedHeading, RunInHeading
from bulletin.model.site import Link, ListKind, list_identifier
from bulletin.model.walk import plain_text
from bulletin.render.web.titles import phrases_of

_CHARACTERS_A_MINUTE = 300
"""How fast an old reader reads on a screen; a younger one reads 400 to 500."""
_CONTENTS_LEVELS = 2
_FEWEST_CONTENTS = 3
"""Fewer headings than this can be seen without a list of them."""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A heading in the contents of an article."""

    level: int
    anchor: str
    text: str


def contents_of(article: Article) -> tuple[ContentsLine, ...]:
    """The headings of the two upper levels; none where there are too few to need a list."""
    lines = tuple(_contents_lines(article))
    return lines if len(lines) >= _FEWEST_CONTENTS else ()


def _contents_lines(article: Article) -> Iterator[ContentsLine]:
    for block in article.blocks:
        if isinstance(block, NumberedHeading) and block.level <= _CONTENTS_LEVELS:
            yield ContentsLine(block.level, block.anchor, block.label + plain_text(block.content))
        elif isinstance(block, RunInHeading) and block.level <= _CONTENTS_LEVELS:
            yield ContentsLine(block.level, block.anchor, plain_text(block.lead).rstrip("。"))


def long_date(day: date) -> str:
    """`2026年10月13日` (GB/T 15835-2011, 5.1.2)."""
    return f"{day.year}年{day.month}月{day.day}日"


def reading_minutes(characters: int) -> int:
    """How long it takes to read so many characters: whole minutes, at least one."""
    return max(1, -(-characters // _CHARACTERS_A_MINUTE))


def file_size(size: int) -> str:
    """`86 KB`, `1.2 MB`; a megabyte has 1,048,576 bytes, as a reader's own computer counts them."""
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 2**10))} KB"


def list_path(name: str, kind: str) -> str:
    """The folder of the list of a unit, a speaker or a subject: `unit/480213377102`."""
    return f"{kind}/{list_identifier(ListKind(kind), name)}"


def by_initial(links: Iterable[Link]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The links, which stand in the order of their sound, by the letters that they begin with; what has none comes last."""
    groups: dict[str, tuple[Link, ...]] = {}
    for letter, group in groupby(links, lambda link: initial(link.name)):
        groups[letter] = (*groups.pop(letter, ()), *group)
    return tuple(groups.items())


FILTERS: dict[str, Callable[..., object]] = {
    "by_initial": by_initial,
    "contents": contents_of,
    "long_date": long_date,
    "minutes": reading_minutes,
    "file_size": file_size,
    "list_path": list_path,
    "phrases": phrases_of,
}
"""What templates of the web edition may use beside those of `bulletin/render/templates.py`."""
