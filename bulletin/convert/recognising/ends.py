"""What stands after the body of an article: who signs it, or wrote it."""

from __future__ import annotations

import re

from bulletin.convert.recognising.front import Front
from bulletin.convert.recognising.pieces import Piece
from bulletin.convert.recognising.words import DATE_LINE, date_of, is_place, is_unit
from bulletin.convert.repairs.names import is_name
from bulletin.model.draft import Taken
from bulletin.model.repair import Certainty

_CREDIT = re.compile(
    r"[（(](?:作者单位|供稿单位|报送单位|作者|供稿|来源|单位|作者系)? ?[:：]? ?(?P<inside>[^（）()：]+?(?:（[^（）]{1,20}）)?) ?(?:供稿|报送|提供)?[)）]"
    r"|(?:作者单位|供稿单位|报送单位|供稿|来源) ?[:：] ?(?P<plain>[^：。]{2,40})"
)


def read_end(pieces: list[Piece], front: Front) -> tuple[int, bool]:
    """Takes a signature with its date, or a credit, from the end of the body.

    Returns:
        How many pieces were taken, and whether they sign the article (署名 and 成文日期).
    """
    if len(pieces) < 2:
        return 0, False
    last, before = pieces[-1], pieces[-2]
    day = DATE_LINE.fullmatch(last.text)
    if day and is_unit(before.text) and not front.organization and not front.speaker and front.date is None:
        found = date_of(day["date"])
        if found is not None:
            front.organization, front.date = before.text, found
            front.taken.append(Taken("organization", before.text, before.text, before.place))
            front.taken.append(Taken("date", last.text, found.isoformat(), last.place))
            return 2, True
    return _credit(last, front), False


def _credit(piece: Piece, front: Front) -> int:
    """Takes `（某县委老干部局供稿）` where nobody was named under the title."""
    found = _CREDIT.fullmatch(piece.text)
    alone = piece.at_right and is_unit(piece.text)
    if not found and not alone:
        return 0
    name = (found["inside"] or found["plain"]).strip() if found else piece.text
    unit, *writers = name.split(" ")
    if front.organization or not (is_unit(unit) or is_place(unit)) or not all(is_name(writer) for writer in writers):
        return 0
    front.organization = unit
    front.taken.append(Taken("organization", piece.text, unit, piece.place, Certainty.LIKELY))
    return 1
