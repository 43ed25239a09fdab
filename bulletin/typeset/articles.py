"""An article in finished lines, ready to be put on pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.model.edition import Article
from bulletin.model.page import TITLE_SIZE_PT, WIDTH_PT
from bulletin.model.pages import TitleBlock
from bulletin.model.prose import Divider, SetBlock
from bulletin.model.typeface import KAI, TITLE
from bulletin.typeset.blocks import INDENT, Column
from bulletin.typeset.pages import Item, block_items, title_item
from bulletin.typeset.paragraph import Setting
from bulletin.typeset.titles import break_title


@dataclass(frozen=True, slots=True)
class SetArticle:
    """An article from the top: 编者按, title block, text."""

    editors_note: tuple[SetBlock, ...]
    title: TitleBlock
    blocks: tuple[SetBlock, ...]

    def items(self) -> Iterator[Item]:
        """What is to stand on pages, in order."""
        yield from block_items(self.title.position, self.editors_note, kept=True)
        yield title_item(self.title)
        yield from block_items(self.title.position, self.blocks)


def set_article(article: Article, column: Column) -> SetArticle:
    """The article in finished lines."""
    return SetArticle(
        editors_note=tuple(column.block(block) for block in article.editors_note),
        title=_set_title(article, column),
        blocks=tuple(column.block(block) for block in article.blocks),
    )


def runs_of_articles(articles: Sequence[SetArticle], *, new_pages: bool) -> list[list[SetArticle]]:
    """The articles that follow one another on the same pages: each alone where it begins a page, as attachments always do."""
    runs: list[list[SetArticle]] = []
    for article in articles:
        if new_pages or article.title.label or not runs:
            runs.append([article])
        else:
            runs[-1].append(article)
    return runs


def run_items(run: Sequence[SetArticle]) -> Iterator[Item]:
    """What is to stand on the pages of a run of articles; a blank line is between them."""
    for number, article in enumerate(run):
        yield from block_items(article.title.position, [Divider()]) if number else ()
        yield from article.items()


def _set_title(article: Article, column: Column) -> TitleBlock:
    return TitleBlock(
        position=article.position,
        label=article.label,
        plain_title=article.plain_title,
        title=_title_lines(article, column.setting),
        subtitle=_subtitle_lines(article, column),
        dateline=article.dateline,
        byline=_byline_lines(article, column),
        byline_families=column.setting.faces.families_of_name(KAI, article.byline) if article.spaced_byline else (),
        spaced_byline=article.spaced_byline,
    )


def _title_lines(article: Article, setting: Setting) -> tuple[str, ...]:
    """The title in the lines that its author chose, or in those that its phrases make; a character is left free on either side."""
    width = WIDTH_PT / TITLE_SIZE_PT - 2
    if len(article.title) > 1:
        width = WIDTH_PT / TITLE_SIZE_PT
    return tuple(line for part in article.title for line in break_title(part, TITLE, width, setting))


def _subtitle_lines(article: Article, column: Column) -> tuple[str, ...]:
    width = column.size.width_em(column.cells - 2 * INDENT)
    return break_title(article.subtitle, KAI, width, column.setting) if article.subtitle else ()


def _byline_lines(article: Article, column: Column) -> tuple[str, ...]:
    width = column.size.width_em(column.cells - 2 * INDENT)
    return break_title(article.byline, KAI, width, column.setting) if article.byline else ()
