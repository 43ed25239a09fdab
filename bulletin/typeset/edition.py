"""An edition to the same edition in finished lines."""

from __future__ import annotations

import re

from bulletin.model.edition import Article, Edition, Imprint, TypesetArticle, TypesetEdition, TypesetImprint
from bulletin.model.line import Spacing, Stretch
from bulletin.model.page import IMPRINT_CELLS, IMPRINT_SIZE_PT, TITLE_SIZE_PT, WIDTH_PT, stretches_of
from bulletin.model.problem import Problem, Span
from bulletin.model.prose import SetInline, SetText, Spaced, Text
from bulletin.model.publication import Publication
from bulletin.model.typeface import FANG, KAI, TITLE
from bulletin.typeset.blocks import INDENT, Column
from bulletin.typeset.faces import Faces
from bulletin.typeset.fit import Measure
from bulletin.typeset.paragraph import Setting, set_paragraph
from bulletin.typeset.strip import Policy, Run, Style, measure_strip
from bulletin.typeset.titles import break_title


def typeset_edition(
    edition: Edition, publication: Publication, issue_file: Span
) -> tuple[TypesetEdition, tuple[Problem, ...]]:
    """The edition with every text in lines that fill their measure, and a hint for each line that is too loose.

    `issue_file` is where problems outside the articles are reported.
    """
    asked = publication.typesetting
    policy = Policy(asked.gap, _names(edition), asked.strict)
    setting = Setting(Faces(dict(publication.faces)), policy)
    column = Column(asked.size, asked.size.cells, FANG, setting)
    typeset = TypesetEdition(
        masthead=edition.masthead,
        marking=edition.marking,
        highlights=tuple(column.inset(INDENT).text(line, issue_file) for line in edition.highlights),
        articles=tuple(_typeset_article(article, column) for article in edition.articles),
        imprint=_typeset_imprint(edition.imprint, setting),
        pictures=edition.pictures,
        positions=tuple((article.slug, article.position) for article in edition.articles),
    )
    return typeset, tuple(setting.problems())


def _names(edition: Edition) -> tuple[str, ...]:
    """Names of people that the issue itself knows; no line end parts them."""
    names = {article.byline for article in edition.articles if article.spaced_byline}
    names |= {name for label, names in edition.imprint.editors if "编辑" in label for name in names.split("、")}
    return tuple(sorted(names - {""}))


def _typeset_article(article: Article, column: Column) -> TypesetArticle:
    return TypesetArticle(
        position=article.position,
        plain_title=article.plain_title,
        title=_title_lines(article, column.setting),
        subtitle=_subtitle_lines(article, column),
        dateline=article.dateline,
        byline=article.byline,
        spaced_byline=article.spaced_byline,
        blocks=tuple(column.block(block) for block in article.blocks),
    )


def _title_lines(article: Article, setting: Setting) -> tuple[str, ...]:
    """The title in the lines that its author chose, or in those that its phrases make; a character is left free on either side."""
    width = WIDTH_PT / TITLE_SIZE_PT - 2
    if len(article.title) > 1:
        return article.title
    return tuple(line for part in article.title for line in break_title(part, TITLE, width, setting))


def _subtitle_lines(article: Article, column: Column) -> tuple[str, ...]:
    width = column.size.width_em(column.cells - 2 * INDENT)
    return break_title(article.subtitle, KAI, width, column.setting) if article.subtitle else ()


def _typeset_imprint(imprint: Imprint, setting: Setting) -> TypesetImprint:
    return TypesetImprint(
        distribution=tuple(
            (line.label, tuple(_set_rank(rank, setting) for rank in line.ranks)) for line in imprint.distribution
        ),
        editors=tuple((label, _spread_names(names)) for label, names in imprint.editors),
        print_run_text=imprint.print_run_text,
    )


def _set_rank(rank: str, setting: Setting) -> SetText:
    """Units of a rank in lines that end between units; only a unit that is wider than a line is parted."""
    lines, line = [], ""
    for unit in re.findall("[^、]+、?", rank):
        if line and _width_em(line + unit, setting) > IMPRINT_CELLS:
            lines.append(line)
            line = ""
        line += unit
    measure = Measure(IMPRINT_CELLS, 0.0, Stretch(0, 0), stretches_of(IMPRINT_SIZE_PT))
    content: list[SetInline] = []
    for number, text in enumerate((*lines, line)):
        content += [Text("\n")] if number else []
        content += set_paragraph([((Text(text),), FANG)], IMPRINT_SIZE_PT, measure, setting).contents[0]
    return tuple(content)


def _width_em(text: str, setting: Setting) -> float:
    strip = measure_strip([Run(text, Style(FANG))], setting.faces, setting.policy)
    return strip.width.of(0, len(text))


def _spread_names(names: str) -> SetText:
    """Names of a list, those of two characters set as wide as those of three (CLREQ, 凸排); the text stays as it is."""
    content: list[Text | Spaced] = []
    for name in re.split("(、)", names):
        if re.fullmatch("[\u3400-\u9fff]{2}", name):
            content += [Spaced(name[0], Spacing(spread=True)), Text(name[1])]
        else:
            content.append(Text(name))
    return tuple(content)
