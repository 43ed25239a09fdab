"""Blocks as written to blocks as printed: numbered headings, salutation, run-in headings, footnotes, links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from bulletin.model.issue import Manuscript
from bulletin.model.link import is_outward, split_cross_link
from bulletin.model.numbering import Section, sections_of
from bulletin.model.problem import Span
from bulletin.model.prose import (
    Block,
    Code,
    ComposedBlock,
    ComposedInline,
    CrossLink,
    Divider,
    Emphasis,
    Figure,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    Link,
    ListItem,
    Note,
    NoteRef,
    NumberedHeading,
    Paragraph,
    Quote,
    RunInHeading,
    Salutation,
    Strong,
    Table,
    Text,
    Verbatim,
    WebLink,
)
from bulletin.model.walk import plain_text

_SALUTATION = re.compile(
    r"[^。；！？]{0,60}(们|同志|朋友|领导|书记|局长|主任|校长|代表|委员|来宾|女士|先生|老师)："
    r"|[^。；！？]{0,200}(部门|局|委|厅|处|科|办|办公室|部|院|校|大学|公司|单位|中心|协会|支部)："
)
"""Whom a speech or a notice addresses (GB/T 9704-2012, 7.3.2: 主送机关 stands flush left too)."""


Targets: TypeAlias = Mapping[str, Manuscript]
"""The articles that a link may lead to, by slug."""


def compose_blocks(manuscript: Manuscript, targets: Targets) -> tuple[ComposedBlock, ...]:
    """The blocks of the manuscript, numbered and linked; a link to an article that is not among the targets is plain text."""
    composer = _Composer(
        manuscript, targets, sections_of(manuscript.blocks), {note.label: note.content for note in manuscript.notes}
    )
    leading = True
    blocks: list[ComposedBlock] = []
    for block in manuscript.blocks:
        leading = leading and isinstance(block, Paragraph) and bool(_SALUTATION.fullmatch(plain_text(block.content)))
        if leading and isinstance(block, Paragraph):
            blocks.append(Salutation(composer.inlines(block.content), block.span))
        else:
            blocks.append(composer.block(block))
    return tuple(blocks)


def compose_editors_note(text: str, span: Span) -> tuple[ComposedBlock, ...]:
    """编者按: paragraphs set off from the text, the first after its label; none where there is no text."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    if not parts:
        return ()
    label: tuple[ComposedInline, ...] = (Strong((Text("编者按："),)),)
    paragraphs: list[ComposedBlock] = [Paragraph((*label, Text(parts[0])), span)]
    paragraphs += [Paragraph((Text(part),), span) for part in parts[1:]]
    return (Quote(tuple(paragraphs)),)


@dataclass(slots=True)
class _Composer:
    manuscript: Manuscript
    targets: Targets
    sections: Mapping[Span, Section]
    notes: Mapping[str, tuple[Inline, ...]]
    note_count: int = 0
    anchors: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Those of the articles to which links were met that name a heading."""

    def block(self, block: Block) -> ComposedBlock:
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph():
                return self.paragraph(block)
            case Quote(blocks):
                return Quote(tuple(self.block(inner) for inner in blocks))
            case ItemList(ordered, items):
                return ItemList(ordered, tuple(self.item(item) for item in items))
            case Table(head, rows, alignments, span):
                cells = tuple(self.inlines(cell) for cell in head)
                return Table(cells, tuple(tuple(self.inlines(cell) for cell in row) for row in rows), alignments, span)
            case Figure() | Verbatim() | Divider():
                return block
            case _:
                assert_never(block)

    def item(self, item: ListItem[Block]) -> ListItem[ComposedBlock]:
        return ListItem(item.mark, tuple(self.block(block) for block in item.blocks))

    def heading(self, heading: Heading[Inline]) -> ComposedBlock:
        section = self.sections[heading.span]
        content = _without_start(heading.content, section.typed.width) if section.typed else heading.content
        return NumberedHeading(section.level, section.label, self.inlines(content), section.anchor, heading.span)

    def paragraph(self, paragraph: Paragraph[Inline]) -> ComposedBlock:
        section = self.sections.get(paragraph.span)
        lead = paragraph.content[0]
        if section is None or not isinstance(lead, Strong):
            return Paragraph(self.inlines(paragraph.content), paragraph.span)
        words = _without_start(lead.content, section.typed.width) if section.typed else lead.content
        content = self.inlines(paragraph.content[1:])
        return RunInHeading(
            section.level, (Text(section.label), *self.inlines(words)), content, section.anchor, paragraph.span
        )

    def inlines(self, inlines: tuple[Inline, ...]) -> tuple[ComposedInline, ...]:
        return tuple([composed for inline in inlines for composed in self.inline(inline)])

    def inline(self, inline: Inline) -> tuple[ComposedInline, ...]:
        match inline:
            case Text() | Code() | LineBreak():
                return (inline,)
            case Strong(content):
                return (Strong(self.inlines(content)),)
            case Emphasis(content):
                return (Emphasis(self.inlines(content)),)
            case NoteRef(label):
                self.note_count += 1
                return (Note(self.note_count, self.inlines(self.notes[label])),)
            case Link():
                return self.link(inline)
            case _:
                assert_never(inline)

    def link(self, link: Link[Inline]) -> tuple[ComposedInline, ...]:
        content = self.inlines(link.content)
        if is_outward(link.target):
            return (WebLink(link.target, content),)
        name, heading = split_cross_link(link.target)
        slug = name or self.manuscript.slug
        if slug not in self.targets:
            return content
        return (CrossLink(slug, self.anchor(slug, heading) if heading else "", content),)

    def anchor(self, slug: str, heading: str) -> str:
        """The anchor of a heading of another article, or of this one, by whatever name a link calls it."""
        if slug not in self.anchors:
            sections = sections_of(self.targets[slug].blocks).values()
            self.anchors[slug] = {name: section.anchor for section in sections for name in section.names}
        return self.anchors[slug][heading]


def _without_start(content: tuple[Inline, ...], width: int) -> tuple[Inline, ...]:
    """The inlines without their first `width` characters, whatever markup these stand in."""
    kept: list[Inline] = []
    for inline in content:
        length = len(plain_text((inline,)))
        if width <= 0 or isinstance(inline, NoteRef):
            kept.append(inline)
        elif length > width:
            kept.append(_cut(inline, width))
        width -= length
    return tuple(kept)


def _cut(inline: Inline, width: int) -> Inline:
    match inline:
        case Text(content) | Code(content):
            return replace(inline, content=content[width:])
        case Strong() | Emphasis() | Link():
            return replace(inline, content=_without_start(inline.content, width))
        case _:
            return inline
