"""What templates of the web edition say around an edition's text: dates, sizes, addresses of lists, contents of headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bulletin.model.collation import initial
from bulletin.model.edition import Article
from bulletin.model.prose import NumberedHeading, RunInHeading, Text
from bulletin.model.site import Card, Link, ListKind, list_identifier
from bulletin.model.walk import plain_text
from bulletin.render.web.titles import phrases_of

_TELEPHONE = re.compile(
    r"(?<![\d.-])(?:[（(]?0(?P<area>\d{2,3})[)）]?[-－ ]?(?P<local>[2-9]\d{6,7})"
    r"|(?P<number>1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[48]00[- ]?\d{3}[- ]?\d{4}))(?:[-－转]\d{1,6})?(?![\d-])"
)
"""A telephone number with its area (0386-8612000), of a mobile telephone, or one that is the same in the whole country (400-…)."""
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
    """`2026年10月13日` (GB/T 15835-2011, 5.1.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


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


def by_section(cards: Iterable[Card]) -> tuple[tuple[str, tuple[Card, ...]], ...]:
    """The articles of an issue under the names of their sections, in the order of the kinds; attachments after what they belong to."""
    ordered = sorted(cards, key=lambda card: card.section_order)
    groups = groupby(ordered, key=lambda card: (card.section_order, card.section_name))
    return tuple((name, tuple(group)) for (_, name), group in groups)


def telephones(text: str) -> tuple[tuple[str, str], ...]:
    """The text in parts, each with the address that calls it: `tel:+863868612000` of a telephone number, else empty.

    Source: RFC 3966, 5.1.4: a number that can be called from anywhere begins with `+` and the country.
    """
    parts: list[tuple[str, str]] = []
    place = 0
    for found in _TELEPHONE.finditer(text):
        number = f"{found['area']}{found['local']}" if found["area"] else found["number"]
        parts += [(text[place : found.start()], ""), (found[0], f"tel:+86{re.sub('[- ]', '', number)}")]
        place = found.end()
    return tuple(part for part in (*parts, (text[place:], "")) if part[0])


def only_text(content: tuple[object, ...]) -> str | None:
    """The text of inlines that are one text and nothing else, as those of most paragraphs are; none where a part of it is kept together.

    Only a number with a hyphen or a blank in it could be broken; most paragraphs have neither, which is seen sooner than a number.
    """
    text = content[0].content if len(content) == 1 and isinstance(content[0], Text) else None
    return None if text and ("-" in text or " " in text) and _TELEPHONE.search(text) else text


FILTERS: dict[str, Callable[..., object]] = {
    "by_initial": by_initial,
    "contents": contents_of,
    "long_date": long_date,
    "by_section": by_section,
    "only_text": only_text,
    "telephones": telephones,
    "file_size": file_size,
    "list_path": list_path,
    "phrases": phrases_of,
}
"""What templates of the web edition may use beside those of `bulletin/render/templates.py`."""
