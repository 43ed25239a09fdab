"""The document while it is written: its lists, notes, pictures, places, and what each part refers to."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from bulletin.model.edition import Article
from bulletin.model.picture import Picture
from bulletin.model.prose import NumberedHeading, RunInHeading
from bulletin.render.docx.elements import element
from bulletin.render.docx.numbering import HeadingCount, Numbering

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpeg"}


@dataclass(slots=True)
class Relations:
    """What a part refers to, each thing once: kind, target, and whether that is outside of the file."""

    targets: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def to(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id by which the part calls it."""
        return self.targets.setdefault((kind, target, external), f"rId{len(self.targets) + 1}")


@dataclass(slots=True)
class Draft:
    """What grows while paragraphs are written."""

    pictures: dict[str, Picture]
    """All of the issue, by name."""
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    """Bookmark of an article, or of a heading in it, by slug and anchor."""
    numbering: Numbering = field(default_factory=Numbering)
    relations: Relations = field(default_factory=Relations)
    note_relations: Relations = field(default_factory=Relations)
    notes: list[etree._Element] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    """Names of the parts of the pictures that are shown, by the picture's name."""
    headings: HeadingCount | None = None
    bookmarks: int = 0
    drawings: int = 0

    def begin_article(self) -> None:
        """Headings are counted anew."""
        self.headings = HeadingCount(self.numbering)

    def bookmarked(self, name: str, content: list[etree._Element]) -> list[etree._Element]:
        """The content of a paragraph, between the two ends of a bookmark."""
        key = self.bookmarks
        self.bookmarks += 1
        return [element("w:bookmarkStart", id=key, name=name), *content, element("w:bookmarkEnd", id=key)]

    def picture_part(self, name: str) -> str:
        """The name of the part that holds a picture."""
        ending = _ENDINGS[self.pictures[name].media_type]
        return self.shown.setdefault(name, f"media/image{len(self.shown) + 1}.{ending}")

    def next_drawing(self) -> int:
        self.drawings += 1
        return self.drawings


def bookmark(article: Article, block: int = 0) -> str:
    """Where a block stands, from 1, or the article with 0: `_a03b012`. Such names are hidden in Word."""
    return f"_a{article.position:02}b{block:03}" if block else f"_a{article.position:02}"


def places_of(articles: tuple[Article, ...]) -> dict[tuple[str, str], str]:
    """The bookmarks that links may lead to."""
    found: dict[tuple[str, str], str] = {}
    for article in articles:
        found[article.slug, ""] = bookmark(article)
        for number, block in enumerate(article.blocks, start=1):
            if isinstance(block, (NumberedHeading, RunInHeading)):
                found[article.slug, block.anchor] = bookmark(article, number)
    return found
