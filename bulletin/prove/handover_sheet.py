"""The sheet of a hand-over kit read back: every cell is what the public edition says, every tag as the annex names it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import zip_longest
from xml.etree.ElementTree import ParseError

from bulletin.model.handover import (
    ARTICLES_SHEET,
    PICTURE_COLUMNS,
    PICTURES_SHEET,
    SHEET_FILE,
    TAG_COLUMNS,
    TAGS_SHEET,
    Field,
    Kit,
    KitArticle,
    whole_summary,
)
from bulletin.model.problem import Message, message
from bulletin.model.prose import Figure
from bulletin.model.site import Card, SiteSettings
from bulletin.model.walk import characters, walk
from bulletin.prove.web.metadata import ARTICLE_NAMES, COLUMN_NAMES, SITE_NAMES
from bulletin.prove.workbooks import read_sheets

_META = re.compile(r'<meta name="([A-Za-z]+)" content="([^"<>]*)">')
_KNOWN_TAGS = frozenset({*SITE_NAMES, *COLUMN_NAMES, *ARTICLE_NAMES} - {"Image", "Url"})
"""Where the page and its picture are is known only where the tags are pasted."""


def check_sheet(content: bytes, kit: Kit, settings: SiteSettings) -> Iterator[Message]:
    """Every cell of the sheet is what the edition says."""
    try:
        sheets = read_sheets(content)
    except (ValueError, KeyError, IndexError, ParseError, zipfile.BadZipFile) as fault:
        yield message("“{name}”读不回来：{reason}", name=SHEET_FILE, reason=str(fault))
        return
    wanted = {
        ARTICLES_SHEET: [[field.value for field in Field], *(row_of(each, kit) for each in kit.articles)],
        PICTURES_SHEET: [list(PICTURE_COLUMNS), *_picture_rows(kit)],
    }
    tags = sheets.pop(TAGS_SHEET, [])
    for name in sorted(wanted.keys() | sheets.keys()):
        for row, (found, said) in enumerate(zip_longest(sheets.get(name, []), wanted.get(name, []), fillvalue=()), 1):
            if list(found) != list(said):
                yield message("“{name}”第 {row} 行与原稿不符", name=f"{SHEET_FILE} {name}", row=row)
    yield from _of_tags(tags, kit, settings)


def row_of(each: KitArticle, kit: Kit) -> list[str]:
    """What the sheet must say of an article, in the order of its columns."""
    card, article, masthead = each.card, each.article, kit.edition.masthead
    figures = {figure.picture for figure in walk((article.editors_note, article.blocks), Figure)}
    said = {
        Field.NUMBER: str(article.position),
        Field.TITLE: article.plain_title,
        Field.SUBTITLE: article.subtitle,
        Field.SECTION: card.section_name,
        Field.SOURCE: _source(card, kit),
        Field.AUTHOR: card.byline,
        Field.POSITION: card.position,
        Field.WRITTEN: "" if card.date == masthead.date else f"{card.date:%Y-%m-%d}",
        Field.PUBLISHED: f"{masthead.date:%Y-%m-%d}",
        Field.KEYWORDS: _keywords(card),
        Field.CLEARED: _cleared_on(each, kit),
        Field.SUMMARY: whole_summary(card.summary),
        Field.CHARACTERS: str(characters(article.blocks)),
        Field.PICTURES: str(len(figures)),
        Field.ATTACHMENT: article.label + (f"，属于第{card.attached_to}篇" if card.attached_to else ""),
        Field.ADDRESS: f"{kit.address}{kit.edition.folder}/{article.position:02}/" if kit.address else "",
        Field.FOLDER: each.folder,
    }
    return [said[field] for field in Field]


def _cleared_on(each: KitArticle, kit: Kit) -> str:
    days = kit.edition.cleared_on
    day = days[kit.edition.articles.index(each.article)] if days else None
    return f"{day:%Y-%m-%d}" if day else ""


def _source(card: Card, kit: Kit) -> str:
    return card.organization or kit.edition.masthead.publisher


def _keywords(card: Card) -> str:
    return _listed((*card.subjects, card.section_name))


def _listed(words: Iterable[str]) -> str:
    """Words parted by `,`; one inside of a word would part it."""
    return ",".join(dict.fromkeys(word.replace(",", "，") for word in words))


def _picture_rows(kit: Kit) -> Iterator[list[str]]:
    for each in kit.articles:
        for shown in each.pictures:
            size = (str(shown.picture.width_px), str(shown.picture.height_px))
            yield [str(each.card.number), shown.file, shown.alternative, shown.caption, *size]


def _of_tags(rows: list[list[str]], kit: Kit, settings: SiteSettings) -> Iterator[Message]:
    """The tags of each article: as the annex names them, each once, each a whole element that says what the edition says."""
    if rows[:1] != [list(TAG_COLUMNS)]:
        yield message("“{name}”的表头不对", name=TAGS_SHEET)
    found: dict[tuple[str, str], str] = {}
    for number, title, name, line in rows[1:]:
        parts = _META.fullmatch(line)
        if not parts or parts[1] != name or (number, name) in found or name not in _KNOWN_TAGS:
            yield message("标签“{line}”写得不对", line=line)
        found[number, name] = unescape(parts[2]) if parts else ""
        if title not in {each.card.title for each in kit.articles if str(each.card.number) == number}:
            yield message("标签“{line}”不知属于哪一篇", line=line)
    wanted = {
        (str(each.card.number), name): said
        for each in kit.articles
        for name, said in _tags(each, kit, settings).items()
        if said
    }
    for number, name in sorted(wanted.keys() | found.keys()):
        if found.get((number, name), "") != wanted.get((number, name), ""):
            yield message("第 {number} 篇的标签“{name}”与原稿不符", number=number, name=name)


def _tags(each: KitArticle, kit: Kit, settings: SiteSettings) -> dict[str, str]:
    """What the tags must say, empty where there is none.

    Source: 《政府网站发展指引》（国办发〔2017〕47号）, annex on 网页标签.
    """
    masthead = kit.edition.masthead
    own = dict.fromkeys((settings.column, masthead.title, masthead.publisher))
    return {
        "SiteName": settings.name,
        "SiteDomain": settings.domain,
        "SiteIDCode": settings.id_code,
        "ColumnName": settings.column,
        "ColumnDescription": settings.description,
        "ColumnKeywords": _listed(settings.keywords or own),
        "ColumnType": "工作动态",
        "ArticleTitle": each.article.plain_title,
        "PubDate": f"{masthead.date:%Y-%m-%d} 00:00",
        "ContentSource": _source(each.card, kit),
        "Keywords": _keywords(each.card),
        "Author": each.card.byline,
        "Description": whole_summary(each.card.summary),
    }
