"""A hand-over kit read back from its archive and compared with the public edition: texts, pictures, sheet, tags, sums."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar

from bulletin.model.handover import (
    GUIDE_FILE,
    NOTES_HEADING,
    OF_THE_KIT,
    PAGE_FILE,
    SHEET_FILE,
    SOURCE_FILE,
    SUMS_FILE,
    Field,
    Kit,
    KitArticle,
    placeholder,
)
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.prose import ComposedInline, CrossLink, Figure, ItemList, ListItem, Note, Quote, WebLink
from bulletin.model.site import SiteSettings
from bulletin.model.walk import walk
from bulletin.prove.archives import read_archive
from bulletin.prove.comparison import compare_text
from bulletin.prove.handover_sheet import check_sheet, row_of
from bulletin.prove.passages import Passage, article_passages, note_passages, squeezed
from bulletin.prove.pasted_text import PastedText, picture_mark, read_pasted
from bulletin.prove.web.reading import links_of, read_page

B = TypeVar("B")
_Link: TypeAlias = WebLink[ComposedInline] | CrossLink[ComposedInline]
_BODY = re.compile(
    r"\A<!DOCTYPE html>\n<html lang=\"[^\"<>]*\">\n<head>\n<meta charset=\"utf-8\">\n.*?</head>\n<body[^<>]*>\n(?P<text>.*)</body>\n</html>\n?\Z",
    re.DOTALL,
)
"""A page that is copied as a whole: what is not in its head is text of the article."""
_ADVICE = message("这是程序或模板的问题，交接包没有放行；请连同原稿报告维护人员")


def prove_kit(content: bytes, kit: Kit, settings: SiteSettings, where: Span) -> tuple[Problem, ...]:
    """Problems if the archive is not exactly the kit: a file too many or too few, another text, another picture, another value.

    Args:
        content: The archive.
        kit: Of what it was made; what it says is compared with the articles and cards of its edition.
        settings: What the bureau says of its site, for the tags.
        where: What problems are told of.
    """
    files, faults = read_archive(content)
    found = (*faults, *_of_files(files, kit)) if files else faults
    told = tuple(_fault(what, where) for what in found)
    if told:
        return told
    return (
        *(problem for each in kit.articles for problem in _of_article(files, each, kit)),
        *_of_guide(files, kit, where),
        *(_fault(what, where) for what in check_sheet(files[SHEET_FILE], kit, settings)),
    )


def _fault(what: Message, where: Span) -> Problem:
    return error("proof-kit", where, message("交接包核对不通过：{what}", what=what), _ADVICE)


def _of_files(files: Mapping[str, bytes], kit: Kit) -> Iterator[Message]:
    """The files are those of the kit, and the list of sums is theirs; pictures are the edition's."""
    pictures = {f"{each.folder}/{shown.file}": shown.picture for each in kit.articles for shown in each.pictures}
    texts = {f"{each.folder}/{name}" for each in kit.articles for name in (PAGE_FILE, SOURCE_FILE)}
    wanted = {GUIDE_FILE, SHEET_FILE, SUMS_FILE, *texts, *pictures}
    yield from (message("缺“{name}”", name=name) for name in sorted(wanted - files.keys()))
    yield from (message("多了“{name}”", name=name) for name in sorted(files.keys() - wanted))
    for name, picture in pictures.items():
        if hashlib.sha256(files.get(name, b"")).hexdigest() != picture.sha256:
            yield message("“{name}”不是原来的图片", name=name)
    sums = "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files.keys() - {SUMS_FILE})
    )
    if files.get(SUMS_FILE, b"") != sums.encode():
        yield message("“{name}”与文件不符", name=SUMS_FILE)


def _of_article(files: Mapping[str, bytes], each: KitArticle, kit: Kit) -> Iterator[Problem]:
    """Both forms of the text are the edition's to the character, and hold nothing that must not be pasted."""
    page, source = f"{each.folder}/{PAGE_FILE}", f"{each.folder}/{SOURCE_FILE}"
    body = _BODY.match(files[page].decode())
    forms = ((page, body["text"] if body else "", True), (source, files[source].decode("utf-8-sig"), False))
    for name, html, named in forms:
        read = read_pasted(html)
        yield from compare_text(_expected(each, named=named), read.text, message("交接包 {file}", file=name))
        yield from (
            _fault(message("{file}：{fault}", file=name, fault=fault), Span(each.article.source, 1))
            for fault in _of_markup(read, each, kit, named=named)
        )


def _of_markup(read: PastedText, each: KitArticle, kit: Kit, *, named: bool) -> Iterator[Message]:
    yield from (message("有不该有的“{what}”", what=what) for what in read.faults)
    if read.links != tuple(_links(each, kit)):
        yield message("链接与原稿不符：{links}", links=read.links)
    wanted = () if named else tuple((shown.file, shown.alternative) for shown in each.pictures)
    if read.pictures != wanted:
        yield message("图片与原稿不符：{pictures}", pictures=tuple(file for file, _ in read.pictures))


def _expected(each: KitArticle, *, named: bool) -> list[Passage]:
    """What the text must say: all of the article but its title, which goes into the form; an attachment bears its own.

    Where a picture stands, its file is named: for whoever copies the text in words, in the source by the element.
    """
    article = each.article if each.article.label else replace(each.article, title=(), subtitle="")
    files = {shown.picture.name: shown.file for shown in each.pictures}
    marks = {name: placeholder(file) if named else picture_mark(file) for name, file in files.items()}
    marked = replace(article, blocks=_marked(article.blocks, marks), editors_note=_marked(article.editors_note, marks))
    notes = note_passages(article)
    heading = [Passage(NOTES_HEADING, Span(article.source, 1))] if notes else []
    return [*article_passages(marked), *heading, *notes]


def _marked(blocks: tuple[B, ...], marks: Mapping[str, str]) -> tuple[B, ...]:
    """The blocks, with the mark of each picture before its caption."""
    return tuple(_marked_block(block, marks) for block in blocks)


def _marked_block(block: B, marks: Mapping[str, str]) -> B:
    match block:
        case Figure():
            return replace(block, caption=marks[block.picture] + block.caption)
        case Quote() | ListItem():
            return replace(block, blocks=_marked(block.blocks, marks))
        case ItemList():
            return replace(block, items=_marked(block.items, marks))
        case _:
            return block


def _links(each: KitArticle, kit: Kit) -> Iterator[str]:
    """Where the article itself leads, in reading order; notes stand at its end."""
    article = each.article
    numbers = {other.article.slug: other.card.path for other in kit.articles}
    notes = tuple(walk(article.blocks, Note))
    of_notes = tuple(link for note in notes for link in _links_in(note.content))
    inside = {id(link) for link in of_notes}
    of_text = (link for link in _links_in((article.editors_note, article.blocks)) if id(link) not in inside)
    for link in (*of_text, *of_notes):
        if isinstance(link, WebLink):
            yield link.url
        elif kit.address:
            yield f"{kit.address}{numbers[link.slug]}/"


def _links_in(content: object) -> Iterator[_Link]:
    kinds: tuple[type[_Link], ...] = (WebLink, CrossLink)
    return walk(content, kinds)


def _of_guide(files: Mapping[str, bytes], kit: Kit, where: Span) -> Iterator[Problem]:
    """What is to be copied from the guide is what the edition says, and whatever it leads to is in the kit."""
    page = read_page(files[GUIDE_FILE].decode())
    wanted = [Passage(squeezed(text), where) for text in _guide_texts(kit)]
    yield from compare_text(wanted, page.text, message("交接包 {file}", file=GUIDE_FILE))
    known = {*files, *(f"{GUIDE_FILE}#{name}" for name in page.names)}
    outward = [each for each in page.references if "//" in each or ":" in each]
    astray = [*outward, *sorted(links_of(GUIDE_FILE, page, "/").targets - known)]
    faults = (
        *(message("有不该有的“{what}”", what=what) for what in page.faults),
        *(message("“{address}”没有着落", address=each) for each in astray),
    )
    yield from (_fault(message("{file}：{fault}", file=GUIDE_FILE, fault=fault), where) for fault in faults)


def _guide_texts(kit: Kit) -> Iterator[str]:
    cards = [each.card for each in kit.articles]
    yield from (card.label + card.title for card in cards)
    for each in kit.articles:
        yield f"{each.card.number}．{each.card.label}{each.card.title}"
        yield from (text for field, text in zip(Field, row_of(each, kit), strict=True) if field not in OF_THE_KIT)
        for shown in each.pictures:
            yield shown.alternative + shown.caption
