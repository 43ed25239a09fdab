"""An edition to the same edition in finished lines, on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bulletin.model.edition import Article, Edition
from bulletin.model.page import LINES, TITLE_SIZE_PT, WIDTH_PT
from bulletin.model.pages import Contents, Page, Passage, TitleBlock, TypesetEdition
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Divider
from bulletin.model.publication import Publication
from bulletin.model.typeface import FANG, HEI, KAI, TITLE
from bulletin.typeset.blocks import INDENT, Column
from bulletin.typeset.faces import Faces
from bulletin.typeset.front import set_contents, set_head, with_pages
from bulletin.typeset.imprint import add_imprint, set_imprint
from bulletin.typeset.pages import Item, block_items, contents_item, fill_pages, head_item, title_item
from bulletin.typeset.paragraph import Setting
from bulletin.typeset.strip import Policy, Run, Style
from bulletin.typeset.titles import break_title


def typeset_edition(
    edition: Edition, publication: Publication, issue_file: Span
) -> tuple[TypesetEdition, tuple[Problem, ...]]:
    """The edition with every text in lines that fill their measure, on pages of 22 lines.

    Problems are a hint for each character that its face does not have, and an error for what is higher than a page.
    `issue_file` is where problems outside the articles are reported.
    """
    asked, layout = publication.typesetting, publication.layout
    policy = Policy(asked.gap, _names(edition), asked.strict)
    pictures = {picture.name: picture for picture in edition.pictures}
    setting = Setting(Faces(dict(publication.faces)), policy, pictures)
    column = Column(asked.size, asked.size.cells, FANG, setting)
    front = _front_items(edition, column, issue_file)
    pages: list[Page] = []
    for run in _runs(front, edition, column, new_pages=layout.articles_on_new_pages):
        pages += fill_pages(run, len(pages) + 1)
    imprint = set_imprint(edition.imprint, setting, issue_file)
    openings = {part.position: page.number for page in pages for part in page.parts if isinstance(part, TitleBlock)}
    numbered = (_with_contents(page, openings) for page in add_imprint(tuple(pages), imprint, booklet=layout.booklet))
    typeset = TypesetEdition(
        masthead=edition.masthead,
        pages=tuple(numbered),
        pictures=edition.pictures,
        openings=tuple(openings.items()),
        positions=tuple((article.slug, article.position) for article in edition.articles),
        running_head=f"{edition.masthead.title}　{edition.masthead.numbering}" if layout.running_head else "",
    )
    return typeset, (*setting.problems(), *_overfull(typeset, edition, issue_file))


def _names(edition: Edition) -> tuple[str, ...]:
    """Names of people that the issue itself knows; no line end parts them."""
    names = {article.byline for article in edition.articles if article.spaced_byline}
    names |= {name for label, names in edition.imprint.editors if "编辑" in label for name in names.split("、")}
    return tuple(sorted(names - {""}))


def _runs(front: list[Item], edition: Edition, column: Column, *, new_pages: bool) -> Iterator[list[Item]]:
    """What is on pages of its own: the first page, and each article, or all of them one after another."""
    yield front
    following: list[Item] = []
    for article in edition.articles:
        items = list(_article_items(article, column))
        if new_pages or article.label:
            yield from [following] if following else []
            following = items
        else:
            following += [*block_items(0, [Divider()]), *items] if following else items
    yield from [following] if following else []


def _front_items(edition: Edition, column: Column, span: Span) -> list[Item]:
    note = [column.block(block) for block in edition.editors_note]
    return [
        head_item(set_head(edition, column.setting, span)),
        contents_item(set_contents(edition, column.setting, span)),
        *block_items(0, [Divider(), *note] if note else []),
    ]


def _article_items(article: Article, column: Column) -> Iterator[Item]:
    yield from block_items(article.position, [column.block(block) for block in article.editors_note])
    yield title_item(_set_title(article, column))
    yield from block_items(article.position, [column.block(block) for block in article.blocks])


def _set_title(article: Article, column: Column) -> TitleBlock:
    for text, chain in ((article.label, HEI), (article.dateline, KAI), (article.byline, KAI)):
        column.setting.note_substitutes([Run(text, Style(chain))], Span(article.source, 1))
    return TitleBlock(
        position=article.position,
        label=article.label,
        plain_title=article.plain_title,
        title=_title_lines(article, column.setting),
        subtitle=_subtitle_lines(article, column),
        dateline=article.dateline,
        byline=article.byline,
        spaced_byline=article.spaced_byline,
    )


def _title_lines(article: Article, setting: Setting) -> tuple[str, ...]:
    """The title in the lines that its author chose, or in those that its phrases make; a character is left free on either side."""
    width = WIDTH_PT / TITLE_SIZE_PT - 2
    setting.note_substitutes([Run("".join(article.title), Style(TITLE))], Span(article.source, 1))
    if len(article.title) > 1:
        return article.title
    return tuple(line for part in article.title for line in break_title(part, TITLE, width, setting))


def _subtitle_lines(article: Article, column: Column) -> tuple[str, ...]:
    width = column.size.width_em(column.cells - 2 * INDENT)
    column.setting.note_substitutes([Run(article.subtitle, Style(KAI))], Span(article.source, 1))
    return break_title(article.subtitle, KAI, width, column.setting) if article.subtitle else ()


def _with_contents(page: Page, openings: dict[int, int]) -> Page:
    parts = tuple(with_pages(part, openings) if isinstance(part, Contents) else part for part in page.parts)
    return replace(page, parts=parts)


def _overfull(typeset: TypesetEdition, edition: Edition, issue_file: Span) -> Iterator[Problem]:
    """What no page holds: a row of a table, or a line with its footnotes."""
    sources = {article.position: Span(article.source, 1) for article in edition.articles}
    for page in typeset.pages:
        if page.lines > LINES:
            owner = next((part.position for part in page.parts if isinstance(part, Passage)), 0)
            what = message("第 {page} 页放不下：表格的一行或一条脚注比一页还高", page=page.number)
            yield error("page-overfull", sources.get(owner, issue_file), what, message("把它拆成几行或几条"))
