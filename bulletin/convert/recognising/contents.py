"""要览 or 目录 of an issue: its entries, and whether a line of the text is one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulletin.convert.recognising.front import read_front
from bulletin.convert.recognising.pieces import Piece
from bulletin.convert.recognising.words import DATE_LINE, EDITORS_NOTE, SALUTATION, SUBTITLE, is_byline
from bulletin.model.draft import Taken
from bulletin.model.foreign import ForeignParagraph

_HEADING = re.compile(
    r"[【〖\[◎●★]?(?:本期)?(?:要览|要目|目录|导读|内容提要|内容|看点|主要内容|目次|要闻)[】〗\]]?[:：]?|(?:本期)(?:要览|要目|目录|导读|内容)[:：]?"
)
_COLUMN = re.compile(r"[【〖\[◎].{1,14}[】〗\]]?$")
_MARK = re.compile(r"(?:[•●◆◇■□▪▲▶►➢➤※★☆○·*\-–—◎]|[（(]?\d{1,2}[）)]?[.．、 ])\s*")
_FOLIO = re.compile(r"\s*(?:[.．…·\-— \t]{2,}|[（(]|\s)\s*(?:第?\d{1,3}页?)\s*[）)]?$")
_SIGNS = re.compile(r"[\W_]+")
_RUN_ON = re.compile(r"(?P<entry>[^\n]{4,}?)[ \t.．…·]+(?P<folio>\d{1,3})(?=$|[^\d年月日个项条件届次篇期%.])")
"""An entry and its page, in lines that were joined."""
_COUNTED = re.compile(r"\d+\s*篇$")
_FRONT = 16
_LEAST = 6
_LONGEST_ENTRY = 120
_MOST_ENTRIES = 60


@dataclass
class Contents:
    """The entries as printed, without marks and folios, and what they are when signs are left out."""

    entries: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    length: int = 0
    columns: set[str] = field(default_factory=set)

    def hold(self, text: str) -> bool:
        """True if an entry says the text, or the text an entry."""
        key = key_of(text)
        if len(key) < _LEAST:
            return False
        return any(key in entry or (len(entry) >= _LEAST and entry in key) for entry in self.keys)


def key_of(text: str) -> str:
    """Its letters, figures and Han."""
    return _SIGNS.sub("", text)


def opens_contents(piece: Piece) -> bool:
    """True for the line over the entries: 本期要览, 目录."""
    return bool(_HEADING.fullmatch(piece.text.replace(" ", "")))


def read_contents(pieces: list[Piece]) -> Contents:
    """The contents that the pieces begin with; their length is 0 where they begin with none."""
    contents = Contents()
    if not pieces or not opens_contents(pieces[0]):
        return contents
    contents.taken.append(Taken("made.highlights", pieces[0].text, "", pieces[0].place))
    contents.length = 1
    end = _end(pieces)
    for piece in pieces[1:end]:
        _add(contents, piece)
    contents.length = end
    by_folios = _by_folios([line for piece in pieces[1:end] for line in piece.lines])
    if by_folios:
        contents.entries = by_folios
        contents.keys = [key_of(entry) for entry in by_folios]
    return contents


def _by_folios(lines: list[str]) -> list[str]:
    """The entries of lines that run on: each ends where its page is given; none where the pages do not rise, or each line has one."""
    text = "".join(lines)
    found = list(_RUN_ON.finditer(text))
    folios = [int(each["folio"]) for each in found]
    rise = len(folios) > 1 and folios == sorted(folios) and found[-1].end() == len(text)
    if not rise or len(found) == len(lines) or any(_COLUMN.match(line) for line in lines):
        return []
    return [_MARK.sub("", each["entry"].strip(), count=1) for each in found]


def _end(pieces: list[Piece]) -> int:
    """The place of the first piece that is no entry."""
    marked = len(pieces) > 1 and _marked(pieces[1])
    read = Contents()
    for place in range(1, min(len(pieces), _MOST_ENTRIES)):
        if _comes_again(pieces[place], read):
            return place
        listed = not read.entries or (marked and _marked(pieces[place]))
        if not listed and _begins_article(pieces, place):
            return place
        if _ends(pieces, place, read, marked=marked):
            return place if marked else _without_front(pieces, place)
        _add(read, pieces[place])
    return min(len(pieces), _MOST_ENTRIES)


def _without_front(pieces: list[Piece], end: int) -> int:
    """Where entries end that nothing marks: the last lines before a text are its title, and who reports."""
    if pieces[end].new_page or pieces[end].looks_like_title:
        return end
    while end > 2 and is_byline(pieces[end - 1].text):
        end -= 1
    return max(end - 1, 1)


def _begins_article(pieces: list[Piece], place: int) -> bool:
    """True where an article begins and none does further below: entries may look like lines of a title."""
    length = _front_length(pieces, place)
    if not length:
        return False
    below = range(place + 1, place + length)
    return pieces[place].norm.known or not any(_front_length(pieces, each) for each in below)


def _front_length(pieces: list[Piece], place: int) -> int:
    """The length of a title with what belongs below it, where running text follows and it is not said again further on, as entries are; else 0."""
    piece = pieces[place]
    if _COUNTED.search(piece.text) or SUBTITLE.match(piece.text) or (piece.norm.known and not piece.looks_like_title):
        return 0
    front = read_front(pieces[place : place + _FRONT])
    following = pieces[place + front.length : place + front.length + 1]
    if not front.title or not front.signs or not following:
        return 0
    begins = following[0].running or SALUTATION.fullmatch(following[0].text)
    again = any(key_of(later.text) == key_of(piece.text) for later in pieces[place + 1 :])
    return front.length if begins and not again else 0


def _marked(piece: Piece) -> bool:
    return isinstance(piece.block, ForeignParagraph) and (bool(piece.block.number) or bool(_MARK.match(piece.text)))


def _ends(pieces: list[Piece], place: int, contents: Contents, *, marked: bool) -> bool:
    """True for the first line that is no entry."""
    piece, first = pieces[place], pieces[1]
    text = piece.text
    if (
        piece.table
        or len(text) > _LONGEST_ENTRY
        or "。" in text
        or EDITORS_NOTE.match(text)
        or SALUTATION.fullmatch(text)
    ):
        return True
    if place > 1 and (
        piece.new_page or DATE_LINE.fullmatch(text) or (piece.looks_like_title and not first.looks_like_title)
    ):
        return True
    if SUBTITLE.match(text) and not marked:
        return place > 1
    if _COLUMN.match(text):
        return False
    goes_on = bool(contents.entries) and contents.entries[-1].endswith(("，", "、"))
    return marked and bool(contents.entries) and not _marked(piece) and not goes_on


def _comes_again(piece: Piece, contents: Contents) -> bool:
    """True for a line that was an entry, or the name of a column: the text begins."""
    if _COLUMN.match(piece.text):
        return key_of(piece.text) in contents.columns
    key = key_of(_FOLIO.sub("", piece.text))
    return bool(key) and key in contents.keys


def _add(contents: Contents, piece: Piece) -> None:
    for line in piece.lines:
        mark = _MARK.match(line)
        bare = line[mark.end() :] if mark and not SUBTITLE.match(line) else line
        entry = _FOLIO.sub("", bare).strip()
        contents.taken.append(Taken("made.highlights", line, entry, piece.place))
        if _COLUMN.match(line):
            contents.columns.add(key_of(line))
        elif entry:
            if contents.entries and SUBTITLE.match(line):
                contents.entries[-1] += entry
                contents.keys[-1] += key_of(entry)
            else:
                contents.entries.append(entry)
                contents.keys.append(key_of(entry))
