"""Every text that is printed, in reading order: the chain of faces that it is set in, and where it was written.

What is said here of chains, `assets/css/print.css` and `templates/print/issue.html` do: a test compares it with the fonts in
the PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, assert_never

from bulletin.model.edition import CONTENTS_HEADING, Article, Colophon, Edition, Imprint
from bulletin.model.issue import DistributionList, Issue, Manuscript
from bulletin.model.problem import Span
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
from bulletin.model.typeface import FANG, HEADING_CHAINS, HEI, KAI, LEAD_CHAINS, SONG, TITLE, Chain
from bulletin.model.walk import plain_text

FURNITURE = ((HEI, CONTENTS_HEADING), (SONG, "—0123456789"))
"""What the page has beside the edition's texts: the head of the 要览, the folio."""


class PrintedText(NamedTuple):
    """A text in one chain of faces, and the place that it comes from; a `name` is set whole in one face."""

    text: str
    chain: Chain
    span: Span
    name: bool = False


def printed_texts(issue: Issue, edition: Edition) -> Iterator[PrintedText]:
    """All texts of an edition of an issue that is set in pages."""
    manuscripts = {manuscript.slug: manuscript for manuscript in issue.manuscripts}
    yield from _front(issue, edition)
    for article in edition.articles:
        yield from _article(manuscripts[article.slug], article)
    if isinstance(edition.imprint, Imprint):
        yield from _imprint(issue, edition.imprint)
    else:
        yield from _colophon(issue, edition.imprint)


def _front(issue: Issue, edition: Edition) -> Iterator[PrintedText]:
    """The first page: marking, masthead, 要览."""
    head, settings, masthead = issue.head.places, issue.publication.places, edition.masthead
    for number, line in enumerate(edition.marking):
        yield PrintedText(line, HEI, head.of(f"marking.{number}"))
    yield PrintedText(masthead.title, TITLE, settings.of("title"))
    yield PrintedText(masthead.numbering, KAI, head.of("number"))
    yield PrintedText(masthead.publisher, KAI, settings.of("publisher"))
    yield PrintedText(masthead.date_text, KAI, head.of("date"))
    for chain, text in FURNITURE:
        yield PrintedText(text, chain, head.file)
    yield PrintedText(edition.copy_number, FANG, settings.of("copy_number"))
    if issue.publication.layout.running_head:
        yield PrintedText(f"{masthead.title}{masthead.numbering}", SONG, settings.of("title"))
    by_hand = issue.highlights == tuple(highlight.text for highlight in edition.highlights)
    for number, highlight in enumerate(edition.highlights):
        span = head.of(f"highlights.{number}") if by_hand else _source(highlight.text, issue)
        yield PrintedText(highlight.text, FANG, span)
    for block in edition.editors_note:
        yield from _Prose({}).block(block, FANG, head.of("editors_note"))


def _source(highlight: str, issue: Issue) -> Span:
    """Where a generated line of the 要览 comes from: the title of the first article that is named in it."""
    for manuscript in issue.manuscripts:
        named = (" ".join(manuscript.title), manuscript.subtitle, manuscript.byline)
        if any(name and name in highlight for name in named):
            return _title_place(manuscript, 0)
    return issue.head.places.file


def _title_place(manuscript: Manuscript, line: int) -> Span:
    """The place of a line of a title, which may be written as a list."""
    return manuscript.places.of(f"title.{line}" if len(manuscript.title) > 1 else "title")


def _article(manuscript: Manuscript, article: Article) -> Iterator[PrintedText]:
    places = manuscript.places
    for block in article.editors_note:
        yield from _Prose({}).block(block, FANG, places.of("editors_note"))
    yield PrintedText(article.label, HEI, places.of("kind"))
    for number, line in enumerate(article.title):
        yield PrintedText(line, TITLE, _title_place(manuscript, number))
    yield PrintedText(article.subtitle, KAI, places.of("subtitle"))
    yield PrintedText(article.dateline, KAI, places.of("date"))
    yield PrintedText(article.byline, KAI, places.of(manuscript.kind.byline), name=article.spaced_byline)
    prose = _Prose({plain_text(note.content): note.span for note in manuscript.notes})
    for block in article.blocks:
        yield from prose.block(block, FANG, places.file)


class _Prose:
    """The texts of an article's blocks; `notes` says where the text of each footnote stands."""

    def __init__(self, notes: Mapping[str, Span]) -> None:
        self.notes = notes

    def block(self, block: ComposedBlock, chain: Chain, near: Span) -> Iterator[PrintedText]:
        """The texts of a block whose running text is set in `chain`; `near` is the place of what has none of its own."""
        match block:
            case Paragraph(content, span) | Salutation(content, span):
                yield from self.inlines(content, chain, span)
            case NumberedHeading(level, label, content, _, span):
                own = HEADING_CHAINS.get(level, chain)
                yield PrintedText(label, own, span)
                yield from self.inlines(content, own, span)
            case RunInHeading(level, lead, content, _, span):
                yield from self.inlines(lead, LEAD_CHAINS.get(level, HEI), span)
                yield from self.inlines(content, chain, span)
            case Quote(blocks):
                for inner in blocks:
                    yield from self.block(inner, KAI, near)
            case ItemList(_, items):
                for item in items:
                    texts = [text for inner in item.blocks for text in self.block(inner, chain, near)]
                    yield PrintedText(item.mark, chain, texts[0].span if texts else near)
                    yield from texts
            case Table():
                yield from self.table(block, chain)
            case Figure():
                yield PrintedText(block.caption, HEI, block.span)
            case Verbatim():
                for number, line in enumerate(block.content.split("\n"), start=block.span.line + 1):
                    yield PrintedText(line, SONG, Span(block.span.path, number))
            case AttachmentNote():
                yield PrintedText(block.text, chain, near)
            case Signature(name, date):
                yield PrintedText(name + date, chain, near)
            case Divider():
                pass
            case _:
                assert_never(block)

    def table(self, table: Table[ComposedInline], chain: Chain) -> Iterator[PrintedText]:
        """The cells, each row at its own line: a row of a table is one line of its source, the second parts head and rows."""
        path, line, column = table.span.path, table.span.line, table.span.column
        for cell in table.head:
            yield from self.inlines(cell, HEI, table.span)
        for number, row in enumerate(table.rows, start=line + 2):
            for cell in row:
                yield from self.inlines(cell, chain, Span(path, number, column))

    def inlines(self, inlines: Iterable[ComposedInline], chain: Chain, span: Span) -> Iterator[PrintedText]:
        """The texts of inlines; a footnote's at its own place."""
        for inline in inlines:
            match inline:
                case Text(content):
                    yield PrintedText(content, chain, span)
                case Code(content):
                    yield PrintedText(content, SONG, span)
                case Strong(content):
                    yield from self.inlines(content, HEI, span)
                case Emphasis(content):
                    yield from self.inlines(content, KAI, span)
                case WebLink(_, content) | CrossLink(_, _, content):
                    yield from self.inlines(content, chain, span)
                case Note():
                    yield PrintedText(inline.mark, SONG, span)
                    place = self.notes.get(plain_text(inline.content), span)
                    yield from self.inlines((Text(inline.mark), *inline.content), SONG, place)
                case LineBreak():
                    pass
                case _:
                    assert_never(inline)


def _imprint(issue: Issue, imprint: Imprint) -> Iterator[PrintedText]:
    """The foot of the last page: 报, 送, 发, editors, print run."""
    for listed, line in zip(issue.distribution, imprint.distribution, strict=True):
        yield PrintedText(line.label, HEI, listed.span)
        yield from _ranks(listed, line.ranks)
    places, editors = issue.head.places, issue.editors
    for label, names in imprint.editors:
        yield PrintedText(label, HEI, places.of("editors"))
        yield PrintedText("、" if "、" in names else "", FANG, places.of("editors"))
    yield PrintedText(editors.responsible, FANG, places.of("editors.responsible"))
    for number, name in enumerate(editors.editors):
        yield PrintedText(name, FANG, places.of(f"editors.editors.{number}"))
    yield PrintedText(editors.phone, FANG, places.of("editors.phone"))
    yield PrintedText(imprint.print_run_text, FANG, places.file)


def _colophon(issue: Issue, colophon: Colophon) -> Iterator[PrintedText]:
    """The foot of the last page of the web's PDF."""
    head, settings = issue.head.places, issue.publication.places
    places = (settings.of("web.sponsor"), head.of("date"), settings.of("web.url"))
    for (label, text), place in zip((*colophon.published, *colophon.found), places, strict=False):
        yield PrintedText(label, HEI, place)
        yield PrintedText(text, FANG, place)
    yield PrintedText(colophon.closing, FANG, head.file)


def _ranks(listed: DistributionList, ranks: tuple[str, ...]) -> Iterator[PrintedText]:
    """The ranks of a distribution list, each unit where it is written; the marks between them with the first."""
    if listed.text:
        yield from (PrintedText(rank, FANG, listed.span) for rank in ranks)
        return
    for rank, units in zip(ranks, listed.ranks, strict=True):
        yield from (PrintedText(unit.name, FANG, unit.span) for unit in units)
        yield PrintedText(rank, FANG, units[0].span)
