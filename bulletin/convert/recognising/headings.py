"""Which paragraphs are headings, at what level, and which begin with one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bulletin.convert.recognising.pieces import SET_OFF, Piece
from bulletin.convert.repairs.zones import is_han
from bulletin.model.foreign import ForeignParagraph
from bulletin.model.prose import SECTION_LEVELS

_LONGEST_HEADING = 64
_LONGEST_LEAD = 64
_LONGEST_LOW_LEAD = 40
_LONGEST_ALONE = 30
"""A numbered sentence that is a paragraph by itself may be its heading; a longer one is an item."""
_LEAST_REST = 15
_LEAD = re.compile(r"[^。！？]*[。！？][”’）]?")
_BOLD_LEAD_ENDS = ("。", "：", "！", "？", "。”", "；")


class Rank(Enum):
    """What a paragraph is beside headings."""

    HEADING = "heading"
    RUN_IN = "run-in"
    BOLD = "bold"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a paragraph is, the level of its heading, and how many characters of it are the heading."""

    rank: Rank
    level: int = 0
    width: int = 0


_PLAIN = Standing(Rank.TEXT)


def standings_of(pieces: list[Piece]) -> list[Standing]:
    """What each piece is. Numbered lines with nothing between them are items, no headings."""
    style_levels = _style_levels(pieces)
    found = [_standing(piece, style_levels) for piece in pieces]
    _level_items(found, pieces)
    for place, standing in enumerate(found):
        if standing.rank is Rank.HEADING and not pieces[place].looks_like_heading and _item(found, pieces, place):
            found[place] = Standing(Rank.TEXT, standing.level)
    return found


def _level_items(found: list[Standing], pieces: list[Piece]) -> None:
    """Of low items that follow each other all have a lead, or none."""
    start = 0
    while start < len(found):
        number = pieces[start].number
        end = start + 1
        while number and end < len(found) and _same_level(pieces[end], number.level):
            end += 1
        low = number is not None and number.level > 2 and not pieces[start].norm.known
        if low and any(standing.rank is Rank.TEXT for standing in found[start:end]):
            found[start:end] = [_PLAIN if each.rank is Rank.RUN_IN else each for each in found[start:end]]
        start = end


def _same_level(piece: Piece, level: int) -> bool:
    return piece.number is not None and piece.number.level == level


def _item(found: list[Standing], pieces: list[Piece], place: int) -> bool:
    """True for one of several numbered lines at one level that follow each other."""
    level = found[place].level
    before = found[place - 1] if place else _PLAIN
    if before.rank is Rank.TEXT and before.level == level:
        return True
    after = place + 1
    return (
        after < len(found)
        and found[after].rank is Rank.HEADING
        and found[after].level == level
        and bool(pieces[after].number)
    )


def _style_levels(pieces: list[Piece]) -> dict[int, int]:
    """The level of sections for each outline level: what its numbered paragraphs say, else its place among those there are."""
    levels = sorted({piece.level for piece in pieces if piece.level > 0})
    by_rank = {level: min(place, SECTION_LEVELS[-1]) for place, level in enumerate(levels, start=1)}
    for piece in pieces:
        if piece.level and piece.number:
            by_rank[piece.level] = piece.number.level
    return by_rank


def _standing(piece: Piece, style_levels: dict[int, int]) -> Standing:
    if not isinstance(piece.block, ForeignParagraph) or piece.block.style in SET_OFF:
        return _PLAIN
    text, number = piece.text, piece.number
    if number is not None:
        if _is_heading(piece):
            return Standing(Rank.HEADING, number.level, len(text))
        lead = _lead(piece)
        return Standing(Rank.RUN_IN, number.level, lead) if lead > number.width else _PLAIN
    if piece.level and piece.short and len(text) <= _LONGEST_HEADING:
        return Standing(Rank.HEADING, style_levels[piece.level], len(text))
    return _PLAIN


def _is_heading(piece: Piece) -> bool:
    text = piece.text
    if len(text) > _LONGEST_HEADING or piece.number is None or len(text) == piece.number.width:
        return False
    if piece.level and not text.endswith("。"):
        return True
    colon = text.endswith("：") and len(text) <= _LONGEST_LEAD // 2 and piece.looks_like_heading
    return colon or text.endswith(("？", "！")) or not piece.running


def _lead(piece: Piece) -> int:
    """How many characters of a numbered paragraph are its heading: those in bold, or its first sentence; 0 if none are."""
    assert piece.number is not None
    bold = _bold_start(piece)
    text = piece.text
    if bold > piece.number.width and bold < len(text) and text[:bold].endswith(_BOLD_LEAD_ENDS):
        return bold
    found = _LEAD.match(text)
    if found is None:
        return 0
    low = piece.number.level > 2
    if low and piece.norm.known and bold < piece.number.width + 1:
        return 0
    longest = _LONGEST_LOW_LEAD if low else _LONGEST_LEAD
    rest = len(text) - found.end()
    alone = not rest and not low and found.end() <= _LONGEST_ALONE
    return found.end() if found.end() <= longest and (rest >= _LEAST_REST or alone) else 0


def _bold_start(piece: Piece) -> int:
    """How many characters at the start are bold, or in a face of headings."""
    assert isinstance(piece.block, ForeignParagraph)
    width = len(piece.block.number)
    for run in piece.block.runs:
        marks = not any(map(is_han, run.text))
        faced = bool(piece.norm.face) and (marks or run.look.face not in ("", piece.norm.face))
        if not (run.look.bold or faced) and run.text.strip():
            return width
        width += len(run.text)
    return width
