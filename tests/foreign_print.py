"""An article as the document that would be exported from it: a small printer, for tests that need no Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bulletin.compose import compose_edition
from bulletin.model.edition import Article
from bulletin.model.foreign import (
    ForeignBlock,
    ForeignCell,
    ForeignDocument,
    ForeignNote,
    ForeignParagraph,
    ForeignTable,
    Look,
    Place,
    Run,
)
from bulletin.model.issue import Issue
from bulletin.model.prose import (
    AttachmentNote,
    Code,
    ComposedBlock,
    ComposedInline,
    CrossLink,
    Divider,
    Emphasis,
    Figure,
    ItemList,
    LineBreak,
    Note,
    NumberedHeading,
    Paragraph,
    Quote,
    RunInHeading,
    Salutation,
    Signature,
    Strong,
    Table,
    Text,
    Verbatim,
    WebLink,
)

BODY = Look("仿宋", 16)


def foreign_print(issue: Issue, slug: str) -> ForeignDocument:
    """The article of the issue as a document."""
    article = next(each for each in compose_edition(issue).articles if each.slug == slug)
    return _Printer().document(article)


@dataclass
class _Printer:
    notes: list[ForeignNote] = field(default_factory=list)
    count: int = 0

    def document(self, article: Article) -> ForeignDocument:
        blocks = tuple(numbered(self.blocks(article)))
        return ForeignDocument("x.docx", "docx", blocks, tuple(self.notes))

    def blocks(self, article: Article) -> Iterator[ForeignBlock]:
        for block in article.editors_note:
            yield from self.block(block)
        for line in article.title:
            yield _plain(line, "Title")
        for said, style in ((article.subtitle, "Subtitle"), (article.dateline, "Date"), (article.byline, "Byline")):
            if said:
                yield _plain("　".join(said) if style == "Byline" and len(said) == 2 else said, style)
        for block in article.blocks:
            yield from self.block(block)

    def block(self, block: ComposedBlock, style: str = "Body") -> Iterator[ForeignBlock]:  # noqa: C901  a branch for each kind of block
        match block:
            case Paragraph(content) | Salutation(content):
                yield ForeignParagraph(tuple(self.runs(content, BODY)), style=style)
            case NumberedHeading(level, label, content):
                look = Look("黑体" if level == 1 else "楷体", 16)
                yield ForeignParagraph(
                    tuple(self.runs(content, look)), number=label, style=f"Heading{level}", level=level
                )
            case RunInHeading(_level, lead, content):
                runs = (*self.runs(lead, Look("仿宋", 16, bold=True)), *self.runs(content, BODY))
                yield ForeignParagraph(runs, style=style)
            case Quote(blocks):
                for inner in blocks:
                    yield from self.block(inner, "Quote")
            case ItemList(_ordered, items):
                for item in items:
                    first = True
                    for inner in item.blocks:
                        for each in self.block(inner, "List"):
                            own = first and isinstance(each, ForeignParagraph) and not each.number
                            yield replace(each, number=item.mark, list_level=0) if own else each
                            first = False
            case Table(head, rows):
                yield ForeignTable(tuple(tuple(self.cell(cell) for cell in row) for row in (head, *rows)))
            case Figure(picture, _alternative, caption):
                yield ForeignParagraph((Run("", picture=picture),), style="Figure")
                if caption:
                    yield _plain(caption, "Caption")
            case Verbatim(content):
                yield _plain(content, "Code")
            case Divider():
                yield _plain("＊＊＊", "Divider")
            case AttachmentNote():
                yield _plain(block.text, "Body")
            case Signature(name, date):
                yield _plain(name, "Signature")
                yield _plain(date, "Signature")

    def cell(self, content: tuple[ComposedInline, ...]) -> ForeignCell:
        return ForeignCell((ForeignParagraph(tuple(self.runs(content, BODY)), style="Cell"),))

    def runs(self, inlines: tuple[ComposedInline, ...], look: Look, link: str = "") -> Iterator[Run]:
        for inline in inlines:
            match inline:
                case Text(content):
                    yield Run(content, look, link)
                case Code(content):
                    yield Run(content, replace(look, face="等宽"), link)
                case LineBreak():
                    yield Run("\n", look, link)
                case Strong(content):
                    yield from self.runs(content, replace(look, bold=True), link)
                case Emphasis(content):
                    yield from self.runs(content, replace(look, face="楷体"), link)
                case WebLink(url, content):
                    yield from self.runs(content, look, url)
                case CrossLink(_slug, _anchor, content):
                    yield from self.runs(content, look, "#inside")
                case Note(_number, content):
                    self.count += 1
                    label = f"n{self.count}"
                    paragraph = ForeignParagraph(tuple(self.runs(content, BODY)), style="Note")
                    self.notes.append(ForeignNote(label, (paragraph,)))
                    yield Run("", look, note=label)


def _plain(text: str, style: str) -> ForeignParagraph:
    return ForeignParagraph((Run(text, BODY),), style=style)


def numbered(blocks: Iterator[ForeignBlock]) -> Iterator[ForeignBlock]:
    """The blocks with the places of their paragraphs."""
    for count, block in enumerate(blocks, start=1):
        if isinstance(block, ForeignParagraph):
            yield replace(block, place=Place(paragraph=count))
        else:
            yield block
