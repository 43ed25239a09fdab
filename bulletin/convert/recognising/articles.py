"""A foreign document, or a part of one, to a draft of an article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bulletin.convert.recognising.body import Body, recognise_body
from bulletin.convert.recognising.ends import read_end
from bulletin.convert.recognising.front import Front, read_front
from bulletin.convert.recognising.kinds import KindNames, kind_of, names_of
from bulletin.convert.recognising.notes import without_strange_calls
from bulletin.convert.recognising.pieces import Piece, pieces_of
from bulletin.model.draft import Doubt, DraftArticle
from bulletin.model.foreign import ForeignDocument, ForeignTable, Place
from bulletin.model.problem import Span, message
from bulletin.model.publication import Kind
from bulletin.model.repair import Certainty, Repair
from bulletin.model.walk import walk


def recognise_article(
    document: ForeignDocument, repairs: tuple[Repair, ...] = (), kinds: tuple[Kind, ...] = ()
) -> DraftArticle:
    """The article that the document is. Doubtful repairs become doubts at their place; `kinds` are those of the publication."""
    pieces = pieces_of(document)
    return article_of(pieces, document, repairs, names_of(kinds))


def article_of(
    pieces: list[Piece], document: ForeignDocument, repairs: tuple[Repair, ...], names: KindNames
) -> DraftArticle:
    """The article that some pieces of the document are."""
    pieces = without_strange_calls(pieces, document)
    front = read_front(pieces)
    rest = pieces[front.length :]
    ended, signed = read_end(rest, front)
    body = recognise_body(rest[: len(rest) - ended], document)
    kind, sure = kind_of(front, names, signed=signed)
    doubts = [*_missing(front, body, pieces), *body.doubts]
    if not sure:
        doubts.append(Doubt(message("种类“{kind}”是猜的，请核对", kind=kind), _first(pieces)))
    places = _Places(body, pieces)
    doubts += _doubtful(places, repairs)
    return DraftArticle(
        slug=kind,
        kind=kind,
        title=front.title,
        subtitle=front.subtitle,
        speaker=front.speaker,
        position=front.position,
        organization=front.organization,
        date=front.date,
        editors_note=front.editors_note,
        blocks=tuple(body.blocks),
        notes=tuple(body.notes),
        pictures=tuple(body.pictures),
        remarks=tuple(_remarks(places, document)),
        taken=tuple(sorted((*front.taken, *body.taken), key=lambda taken: taken.place.paragraph)),
        doubts=tuple(doubts),
    )


def _first(pieces: list[Piece]) -> Place:
    return pieces[0].place if pieces else Place()


def _missing(front: Front, body: Body, pieces: list[Piece]) -> list[Doubt]:
    found = []
    if not front.title:
        found.append(Doubt(message("没有找到标题，请填写"), _first(pieces)))
    if not body.blocks:
        found.append(Doubt(message("没有找到正文"), _first(pieces)))
    return found


class _Places:
    """At which block a paragraph of the document stands."""

    def __init__(self, body: Body, pieces: list[Piece]) -> None:
        self.lines = [next((span.line for span in walk(block, Span)), 0) for block in body.blocks]
        self.first = pieces[0].span.line if pieces else 0
        self.last = max(map(_last_paragraph, pieces), default=0)

    def hold(self, place: Place) -> bool:
        return self.first <= place.paragraph <= self.last

    def block(self, place: Place) -> int:
        """The number of the block; -1 before the first."""
        return bisect_right(self.lines, place.paragraph) - 1


def _last_paragraph(piece: Piece) -> int:
    if not isinstance(piece.block, ForeignTable):
        return piece.span.line
    return max(
        (
            piece.span.line,
            *(each.place.paragraph for row in piece.block.rows for cell in row for each in cell.paragraphs),
        )
    )


def _doubtful(places: _Places, repairs: tuple[Repair, ...]) -> list[Doubt]:
    """What repairs left as it was."""
    return [
        Doubt(
            message("{why}：{context}", why=repair.why, context=repair.context),
            repair.place,
            places.block(repair.place),
        )
        for repair in repairs
        if repair.certainty is Certainty.DOUBTFUL and places.hold(repair.place)
    ]


def _remarks(places: _Places, document: ForeignDocument) -> Iterator[tuple[int, str]]:
    """Comments in the margin of this article: by whom, about what."""
    for remark in document.remarks:
        if places.hold(remark.place):
            about = f"“{remark.about}”" if remark.about else ""
            author = f"{remark.author}：" if remark.author else ""
            yield max(places.block(remark.place), 0), f"{author}{about}{remark.text}"
