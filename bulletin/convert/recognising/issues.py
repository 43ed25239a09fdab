"""A foreign document that is a whole issue to a draft of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bulletin.convert.recognising.articles import article_of
from bulletin.convert.recognising.contents import Contents, read_contents
from bulletin.convert.recognising.front import read_front
from bulletin.convert.recognising.heads import MOST_PIECES, NUMBER, SERIAL, Head, read_head
from bulletin.convert.recognising.imprints import Imprint, read_imprint
from bulletin.convert.recognising.kinds import names_of
from bulletin.convert.recognising.pieces import Piece, flattened, pieces_of
from bulletin.convert.recognising.splitting import beginnings
from bulletin.convert.recognising.words import EDITORS_NOTE, is_position
from bulletin.model.draft import Doubt, DraftArticle, DraftIssue, Taken
from bulletin.model.foreign import ForeignDocument
from bulletin.model.problem import message
from bulletin.model.publication import Kind
from bulletin.model.repair import Certainty, Repair

_LONGEST_NUMBER_LINE = 60
_TALKS = ("在", "就", "关于", "出席", "到", "同志", "：", ":")


@dataclass(frozen=True, slots=True)
class _Parts:
    """An issue in its parts."""

    head: Head
    contents: Contents
    note: list[Piece]
    body: list[Piece]
    imprint: Imprint


def looks_like_issue(document: ForeignDocument) -> bool:
    """True where the first lines give the number of an issue, and the contents or the foot of one is there."""
    pieces = list(flattened(pieces_of(document)))
    if _number_line(pieces) < 0:
        return False
    contents = any(read_contents(pieces[place : place + 3]).length for place in range(min(len(pieces), MOST_PIECES)))
    imprint = read_imprint(pieces)
    return contents or bool(imprint.lists or imprint.print_run or imprint.responsible) or len(pieces) > MOST_PIECES


def recognise_issue(
    document: ForeignDocument, repairs: tuple[Repair, ...] = (), kinds: tuple[Kind, ...] = ()
) -> DraftIssue:
    """The issue that the document is, with its articles. Doubtful repairs become doubts at their place."""
    parts = _parts(pieces_of(document))
    names = names_of(kinds)
    starts = beginnings(parts.body, parts.contents)
    ranges = zip(starts, [*starts[1:], len(parts.body)], strict=True)
    articles = [article_of(parts.body[start:end], document, repairs, names) for start, end in ranges]
    articles = [_with_position(article, parts.contents) for article in articles]
    head, imprint = parts.head, parts.imprint
    note, note_taken = _note(parts.note)
    day = head.date or imprint.date
    return DraftIssue(
        masthead=head.masthead,
        publisher=head.publisher or imprint.publisher,
        number=head.number,
        serial=head.serial,
        date=day,
        articles=tuple(articles),
        supplement=head.supplement,
        marking=tuple(head.marking),
        highlights=tuple(parts.contents.entries),
        distribution=tuple(imprint.lists),
        responsible=imprint.responsible,
        editors=tuple(imprint.editors),
        phone=imprint.phone,
        print_run=imprint.print_run,
        editors_note=note,
        taken=(*head.taken, *parts.contents.taken, *note_taken, *imprint.taken),
        doubts=(*head.doubts, *_missing(parts, len(articles)), *imprint.doubts),
    )


def _parts(pieces: list[Piece]) -> _Parts:
    imprint, body = _imprint(pieces)
    top = list(flattened(body[:MOST_PIECES]))
    rest = body[MOST_PIECES:]
    contents, start = _contents(top)
    if contents.length:
        head = read_head(top[:start])
        following = [*top[start + contents.length :], *rest]
    else:
        end = _head_end(top)
        head = read_head(top[:end])
        following = [*top[end:], *rest]
    end = _note_end(following)
    return _Parts(head, contents, following[:end], following[end:], imprint)


def _imprint(pieces: list[Piece]) -> tuple[Imprint, list[Piece]]:
    """The foot, and the pieces without it."""
    flat = list(flattened(pieces))
    imprint = read_imprint(flat)
    if imprint.start >= len(flat):
        return imprint, pieces
    first = flat[imprint.start].order
    return imprint, [piece for piece in pieces if piece.order < first]
