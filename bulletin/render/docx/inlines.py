"""Words: looks, links, footnotes, line ends (ECMA-376 part 1, 17.3.2, 17.11, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from lxml import etree

from bulletin.model.prose import (
    Code,
    ComposedInline,
    CrossLink,
    Emphasis,
    LineBreak,
    Note,
    Strong,
    Text,
    WebLink,
)
from bulletin.render.docx.elements import element, said, text_element
from bulletin.render.docx.parts import OFFICE, Draft, Relations

_FIRST_NOTE = 1
"""Numbers below it are those of the rule over the notes."""
_PIECES = re.compile(r"\n|\t|[^\n\t]+")


@dataclass(frozen=True, slots=True)
class Look:
    """A style of words and what is set by hand."""

    style: str = ""
    spacing_twips: int = 0


PLAIN = Look()


def inlines(content: Iterable[ComposedInline], draft: Draft, look: Look = PLAIN) -> list[etree._Element]:
    """The runs of the text of a paragraph in the body."""
    return list(_Writer(draft, draft.relations).all(content, look))


def words(text: str, look: Look = PLAIN) -> list[etree._Element]:
    """Runs of a plain text; line ends and tabs in it are such."""
    return [_run(piece, look) for piece in _PIECES.findall(text)]


def lines(texts: Iterable[str], look: Look = PLAIN) -> list[etree._Element]:
    """Lines of one paragraph."""
    return words("\n".join(texts), look)


def link_inside(name: str, content: list[etree._Element]) -> etree._Element:
    """A link to a bookmark."""
    return element("w:hyperlink", *content, anchor=name, history=1)


@dataclass(frozen=True, slots=True)
class _Writer:
    draft: Draft
    relations: Relations

    def all(self, content: Iterable[ComposedInline], look: Look) -> Iterator[etree._Element]:
        for inline in content:
            yield from self.one(inline, look)

    def one(self, inline: ComposedInline, look: Look) -> Iterator[etree._Element]:
        match inline:
            case Text(content):
                yield from words(content, look)
            case Code(content):
                yield from words(content, replace(look, style="CodeWords"))
            case LineBreak():
                yield _run("\n", look)
            case Strong(content):
                yield from self.all(content, replace(look, style=look.style or "Strong"))
            case Emphasis(content):
                yield from self.all(content, replace(look, style=look.style or "Emphasis"))
            case WebLink(url, content):
                inside = self.all(content, replace(look, style=look.style or "Hyperlink"))
                key = self.relations.to(f"{OFFICE}/hyperlink", url, external=True)
                yield element("w:hyperlink", *inside, r_id=key, history=1)
            case CrossLink(slug, anchor, content):
                place = self.draft.places.get((slug, anchor))
                inside = self.all(content, look)
                yield from [link_inside(place, list(inside))] if place else inside
            case Note():
                yield self.note(inline)
            case _:
                assert_never(inline)

    def note(self, note: Note[ComposedInline]) -> etree._Element:
        """The mark of a note, whose text goes to the part of notes."""
        key = _FIRST_NOTE + len(self.draft.notes)
        mark = element("w:r", _note_look(), element("w:footnoteRef"))
        text = _Writer(self.draft, self.draft.note_relations).all(note.content, PLAIN)
        properties = element("w:pPr", said("w:pStyle", "FootnoteText"))
        paragraph = element("w:p", properties, mark, *words(" "), *text)
        self.draft.notes.append(element("w:footnote", paragraph, id=key))
        return element("w:r", _note_look(), element("w:footnoteReference", id=key))


def _run(piece: str, look: Look) -> etree._Element:
    inside = {"\n": "w:br", "\t": "w:tab"}.get(piece)
    return element("w:r", _properties(piece, look), element(inside) if inside else text_element(piece))


def _properties(text: str, look: Look) -> etree._Element | None:
    """Word sets “ ” — … in the face of letters, unless it is told that they stand in Han text."""
    made = element(
        "w:rPr",
        said("w:rStyle", look.style) if look.style else None,
        None if text.isascii() else element("w:rFonts", hint="eastAsia"),
        said("w:spacing", look.spacing_twips) if look.spacing_twips else None,
    )
    return made if len(made) else None


def _note_look() -> etree._Element:
    return element("w:rPr", said("w:rStyle", "FootnoteReference"))
