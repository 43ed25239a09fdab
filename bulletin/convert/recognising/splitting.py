"""Where the articles of an issue begin."""

from __future__ import annotations

from bulletin.convert.recognising.contents import Contents
from bulletin.convert.recognising.front import Front, read_front
from bulletin.convert.recognising.pieces import Piece
from bulletin.convert.recognising.words import DATE_LINE, EDITORS_NOTE, SALUTATION, SUBTITLE, is_unit
from bulletin.model.foreign import ForeignParagraph, Look

_ENOUGH = 3
_FRONT = 16


def beginnings(pieces: list[Piece], contents: Contents) -> list[int]:
    """The places of the pieces that begin an article, in order; the first piece always does."""
    found = [0] if pieces else []
    opened = read_front(pieces[:_FRONT]).length
    title = next((piece.look for piece in pieces[:opened] if piece.looks_like_title), None)
    top = min((piece.level for piece in pieces if piece.level and not piece.number), default=0)
    place = max(opened, 1)
    while place < len(pieces):
        front = _front_at(pieces, place)
        if (
            front is not None
            and _score(pieces, place, front, contents, top) + _as_title(pieces[place], title) >= _ENOUGH
        ):
            found.append(place)
            place += max(front.length, 1)
        else:
            place += 1
    return found


def _front_at(pieces: list[Piece], place: int) -> Front | None:
    """The front that would begin at `place`; `None` where no article can begin."""
    piece = pieces[place]
    if piece.table or not isinstance(piece.block, ForeignParagraph) or piece.number:
        return None
    noted = bool(EDITORS_NOTE.match(piece.text))
    if piece.running and not noted and not piece.looks_like_title:
        return None
    if DATE_LINE.fullmatch(piece.text) or SUBTITLE.match(piece.text) or is_unit(piece.text):
        return None
    front = read_front(pieces[place : place + _FRONT])
    if not front.title or place + front.length >= len(pieces):
        return None
    return front


def _as_title(piece: Piece, title: Look | None) -> int:
    """What it counts that a line is large, in the middle, and looks as the first title does."""
    return int(title is not None and piece.look == title and piece.larger and piece.centred)


def _score(pieces: list[Piece], place: int, front: Front, contents: Contents, top: int) -> int:
    """How much speaks for an article here."""
    piece = pieces[place]
    after = pieces[place + front.length]
    title = "".join(front.title)
    listed = contents.hold(title) or any(contents.hold(line) for line in front.title) or contents.hold(front.subtitle)
    score = 3 * listed + 2 * front.signs + front.attachment + bool(front.section) + piece.new_page
    score += SALUTATION.fullmatch(after.text) is not None or (front.signs > 0 and after.running)
    if piece.norm.known:
        score += 2 * (piece.looks_like_title and (piece.larger or piece.centred))
    if piece.level and piece.level == top:
        score += 2
    return score
