"""Numbers that were typed before headings, counted anew where headings came, went or moved: Word does that by itself."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.article_source import ArticleSource, Shape
from bulletin.model.numbering import section_label, sections_of, typed_number
from bulletin.model.original import Edit
from bulletin.model.prose import Block


def renumbered(source: ArticleSource, blocks: tuple[Block, ...]) -> Iterator[Edit]:
    """The edits that give each heading with a typed number the one of its place.

    Args:
        source: The article's file, as it is now.
        blocks: What it is read as.
    """
    headings = {block.first: block.texts[0] for block in source.blocks if block.shape is Shape.HEADING and block.texts}
    for section in sections_of(blocks).values():
        text = headings.get(section.span.line)
        typed = typed_number(text.content) if text and not section.run_in else None
        if text is None or typed is None or typed.level != section.level or typed.number == section.number:
            continue
        if text.contiguous(0, len(typed.text)):
            start = source.original.offset(text.span(0))
            yield Edit(start, start + len(typed.text), section_label(section.level, section.number))
