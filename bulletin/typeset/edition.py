"""An edition to the same edition in finished lines, on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bulletin.model.edition import Edition, Imprint, Masthead
from bulletin.model.page import LINES
from bulletin.model.pages import Contents, Page, Passage, SetImprint, TitleBlock, TypesetEdition
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import Divider
from bulletin.model.publication import Layout, Publication
from bulletin.model.typeface import FANG
from bulletin.typeset.articles import SetArticle, run_items, runs_of_articles, set_article
from bulletin.typeset.blocks import Column
from bulletin.typeset.faces import Faces
from bulletin.typeset.front import set_contents, set_head, with_pages
from bulletin.typeset.imprint import add_imprint, set_colophon, set_imprint
from bulletin.typeset.pages import Item, block_items, contents_item, fill_pages, head_item
from bulletin.typeset.paragraph import Setting
from bulletin.typeset.strip import Policy


def typeset_edition(
    edition: Edition, publication: Publication, issue_file: Span
) -> tuple[TypesetEdition, tuple[Problem, ...]]:
    """The edition with every text in lines that fill their measure, on pages of 22 lines.

    Problems are a hint for each line that is too loose, and an error for what is higher than a page.
    `issue_file` is where problems outside the articles are reported.
    """
    issue = set_issue(edition, publication)
    pages = pages_of(issue)
    openings = {part.position: page.number for page in pages for part in page.parts if isinstance(part, TitleBlock)}
    typeset = TypesetEdition(
        masthead=edition.masthead,
        pages=tuple(_with_contents(page, openings) for page in pages),
        pictures=edition.pictures,
        openings=tuple(openings.items()),
        positions=tuple((article.slug, article.position) for article in edition.articles),
        running_head=_running_head(edition.masthead) if publication.layout.running_head else "",
    )
    return typeset, (*issue.column.setting.problems(), *_overfull(typeset, edition, issue_file))


@dataclass(frozen=True, slots=True)
class SetIssue:
    """Everything in finished lines, not on pages yet. The number of its last page is to be a multiple of `step`."""

    front: tuple[Item, ...]
    articles: tuple[SetArticle, ...]
    imprint: SetImprint
    step: int
    layout: Layout
    column: Column


def set_issue(edition: Edition, publication: Publication) -> SetIssue:
    """The edition in finished lines."""
    asked = publication.typesetting
    pictures = {picture.name: picture for picture in edition.pictures}
    policy = Policy(asked.gap, _names(edition), asked.strict)
    setting = Setting(Faces(dict(publication.faces)), policy, pictures)
    column = Column(asked.size, asked.size.cells, FANG, setting)
    return SetIssue(
        front=tuple(_front_items(edition, column)),
        articles=tuple(set_article(article, column) for article in edition.articles),
        imprint=_set_foot(edition, setting),
        step=_step(edition, publication.layout),
        layout=publication.layout,
        column=column,
    )


def pages_of(issue: SetIssue) -> tuple[Page, ...]:
    """All pages of the issue, its foot on the last.

    Where it need not fill sheets, and the first page does not hold its 要览, the articles begin below the rest of that.
    """
    runs = [[*run_items(run)] for run in runs_of_articles(issue.articles, new_pages=issue.layout.articles_on_new_pages)]
    pages = list(fill_pages(issue.front, 1))
    if issue.step == 1 and len(pages) > 1:
        first = runs.pop(0)
        pages = list(fill_pages((*issue.front, *block_items(0, [Divider()]), *first), 1))
    for items in runs:
        pages += fill_pages(items, len(pages) + 1)
    return add_imprint(tuple(pages), issue.imprint, issue.step)


def _set_foot(edition: Edition, setting: Setting) -> SetImprint:
    imprint = edition.imprint
    return set_imprint(imprint, setting) if isinstance(imprint, Imprint) else set_colophon(imprint, setting)


def _step(edition: Edition, layout: Layout) -> int:
    """Pages of a leaf, or of a folded sheet for a booklet; what is read on the web ends where it ends."""
    if not isinstance(edition.imprint, Imprint):
        return 1
    return 4 if layout.booklet else 2


def _running_head(masthead: Masthead) -> str:
    return f"{masthead.title}　{masthead.numbering}"


def _names(edition: Edition) -> tuple[str, ...]:
    """Names of people that the issue itself knows; no line end parts them."""
    names = {article.byline for article in edition.articles if article.spaced_byline}
    editors = edition.imprint.editors if isinstance(edition.imprint, Imprint) else ()
    names |= {name for label, names in editors if "编辑" in label for name in names.split("、")}
    return tuple(sorted(names - {""}))


def _front_items(edition: Edition, column: Column) -> list[Item]:
    note = [column.block(block) for block in edition.editors_note]
    return [
        head_item(set_head(edition, column.setting)),
        contents_item(set_contents(edition, column.setting)),
        *block_items(0, [Divider(), *note] if note else []),
    ]


def _with_contents(page: Page, openings: dict[int, int]) -> Page:
    parts = tuple(with_pages(part, openings) if isinstance(part, Contents) else part for part in page.parts)
    return replace(page, parts=parts)


def _overfull(typeset: TypesetEdition, edition: Edition, issue_file: Span) -> Iterator[Problem]:
    """What no page holds: a row of a table, or a line with its footnotes."""
    sources = {article.position: Span(article.source, 1) for article in edition.articles}
    for page in typeset.pages:
        if page.lines > LINES:
            owner = next((part.position for part in page.parts if isinstance(part, Passage)), 0)
            what = message("第 {page} 页放不下：表格的一行、一条脚注或报尾的名单比一页还高", page=page.number)
            yield error("page-overfull", sources.get(owner, issue_file), what, message("把它拆成几行或几条"))
