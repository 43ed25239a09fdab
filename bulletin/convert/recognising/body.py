"""The body of an article: headings, paragraphs, lists, tables, pictures as blocks of prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulletin.convert.recognising.headings import Rank, Standing, standings_of
from bulletin.convert.recognising.inlines import inlines_of, merged, plain, split_at, text_of
from bulletin.convert.recognising.lists import item_lists, listed
from bulletin.convert.recognising.notes import add_notes
from bulletin.convert.recognising.numbers import take_numbers
from bulletin.convert.recognising.pieces import Piece
from bulletin.convert.recognising.tables import table_of
from bulletin.model.draft import Doubt, Taken
from bulletin.model.foreign import ForeignDocument, ForeignParagraph, ForeignPicture, ForeignTable, Place
from bulletin.model.numbering import typed_number
from bulletin.model.problem import message
from bulletin.model.prose import (
    Block,
    Figure,
    Heading,
    Inline,
    LineBreak,
    NoteText,
    Paragraph,
    Quote,
    Strong,
    Verbatim,
)

_CAPTION = re.compile(r"(?:附?图|照片)\s*[\d一二三四五六七八九十]*[ :：.、]?")
_LONGEST_CAPTION = 60


@dataclass
class Body:
    """Blocks of an article, and what was found beside them."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[NoteText[Inline]] = field(default_factory=list)
    pictures: list[ForeignPicture] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def recognise_body(pieces: list[Piece], document: ForeignDocument) -> Body:
    """The blocks that the pieces are; numbers that the program makes itself are taken off headings."""
    body = Body()
    standings = standings_of(pieces)
    place = 0
    while place < len(pieces):
        if listed(pieces[place], standings[place], document.kind):
            end = place
            while end < len(pieces) and listed(pieces[end], standings[end], document.kind):
                end += 1
            body.blocks += item_lists(pieces[place:end], body.taken)
            place = end
            continue
        place = _add(body, pieces, place, standings[place], document)
    _mark_unnumbered(body)
    body.blocks = take_numbers(body.blocks, body.taken, body.doubts)
    add_notes(body, document)
    return body


def _add(body: Body, pieces: list[Piece], place: int, standing: Standing, document: ForeignDocument) -> int:
    """Adds the blocks of one piece; the place of the next."""
    piece = pieces[place]
    if not isinstance(piece.block, ForeignParagraph):
        body.blocks += table_of(piece, len(body.blocks), body.doubts)
        _pictures_of_table(body, piece, document)
        return place + 1
    shown = [run.picture for run in piece.block.runs if run.picture]
    if shown:
        return _pictures(body, pieces, place, shown, document)
    block = _paragraph(piece, piece.block, standing)
    before = body.blocks[-1] if body.blocks else None
    if isinstance(block, Quote) and isinstance(before, Quote):
        body.blocks[-1] = Quote((*before.blocks, *block.blocks))
    else:
        body.blocks.append(block)
    return place + 1


def _paragraph(piece: Piece, paragraph: ForeignParagraph, standing: Standing) -> Block:
    span = piece.span
    if paragraph.style == "Code":
        return Verbatim(paragraph.text, span)
    if standing.rank is Rank.HEADING:
        content = inlines_of(paragraph, span, piece.norm, plain=True)
        return Heading(standing.level, _one_line(content), span)
    content = inlines_of(paragraph, span, piece.norm)
    if standing.rank is Rank.RUN_IN:
        lead, rest = split_at(content, standing.width)
        return Paragraph((Strong(plain(lead)), *rest), span)
    block: Block = Paragraph(content, span)
    if paragraph.style == "Quote":
        return Quote((block,))
    if piece.short and piece.looks_like_heading:
        return Paragraph((Strong(plain(content)),), span)
    return block


def _one_line(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A heading's inlines; it sets its lines itself."""
    return tuple(merged(inline for inline in content if not isinstance(inline, LineBreak)))


def _pictures(body: Body, pieces: list[Piece], place: int, shown: list[str], document: ForeignDocument) -> int:
    """Adds the pictures of a paragraph, its own words before them, and takes the caption under the last."""
    piece = pieces[place]
    assert isinstance(piece.block, ForeignParagraph)
    words = inlines_of(piece.block, piece.span, piece.norm)
    if words:
        body.blocks.append(Paragraph(words, piece.span))
        what = message("图片原来夹在这一段文字里，现在排在段后")
        body.doubts.append(Doubt(what, piece.place, len(body.blocks) - 1))
    known = {picture.name: picture for picture in document.pictures}
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    caption = following.text if following is not None and _captions(following) else ""
    for number, name in enumerate(shown, start=1):
        alternative = known[name].alternative if name in known else ""
        body.blocks.append(Figure(name, alternative, caption if number == len(shown) else "", piece.span))
        if name in known and known[name] not in body.pictures:
            body.pictures.append(known[name])
    return place + (2 if caption else 1)


def _pictures_of_table(body: Body, piece: Piece, document: ForeignDocument) -> None:
    """Adds the pictures in the cells of a table after it: a cell holds words only."""
    assert isinstance(piece.block, ForeignTable)
    cells = (cell for row in piece.block.rows for cell in row)
    runs = (run for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs)
    known = {picture.name: picture for picture in document.pictures}
    for name in [run.picture for run in runs if run.picture]:
        body.doubts.append(Doubt(message("图片原来在表格里，现在排在表后"), piece.place, len(body.blocks)))
        body.blocks.append(Figure(name, known[name].alternative if name in known else "", "", piece.span))
        if name in known and known[name] not in body.pictures:
            body.pictures.append(known[name])


def _captions(piece: Piece) -> bool:
    """True for a short line under a picture that names it, or stands in the middle."""
    if (
        not piece.short
        or len(piece.text) > _LONGEST_CAPTION
        or piece.number
        or not isinstance(piece.block, ForeignParagraph)
    ):
        return False
    if any(run.note or run.picture for run in piece.block.runs):
        return False
    named = bool(_CAPTION.match(piece.text)) and piece.text[0] in "图附照"
    small = 0 < piece.look.size_pt < piece.norm.size_pt
    return (named and (piece.centred or len(piece.text) < 40)) or (piece.centred and small)


def _mark_unnumbered(body: Body) -> None:
    """A heading by style without a number is numbered by the program, which somebody should know; beside numbered ones it is none."""
    numbered = {block.level for block in body.blocks if isinstance(block, Heading) and _numbered(block)}
    for place, block in enumerate(body.blocks):
        if not isinstance(block, Heading) or _numbered(block):
            continue
        if block.level in numbered:
            body.blocks[place] = Paragraph((Strong(block.content),), block.span)
        else:
            what = message("这个标题原稿没有序号，程序会按层次加上")
            body.doubts.append(Doubt(what, Place(paragraph=block.span.line), place))


def _numbered(heading: Heading[Inline]) -> bool:
    return typed_number(text_of(heading.content)) is not None
