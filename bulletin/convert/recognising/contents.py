"""要览 or 目录 of an issue: its entries, and whether a line of the text is one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulletin.convert.recognising.pieces import Piece
from bulletin.convert.recognising.words import DATE_LINE, EDITORS_NOTE, SUBTITLE
from bulletin.model.draft import Taken
from bulletin.model.foreign import ForeignParagraph

_HEADING = re.compile(
    r"[【〖\[◎●★]?(?:本期)?(?:要览|要目|目录|导读|内容提要|内容|看点|主要内容|目次|要闻)[】〗\]]?[:：]?|(?:本期)(?:要览|要目|目录|导读|内容)[:：]?"
)
_COLUMN = re.compile(r"[【〖\[◎].{1,14}[】〗\]]?$")
_MARK = re.compile(r"(?:[•●◆◇■□▪▲▶►➢➤※★☆○·*\-–—◎]|[（(]?\d{1,2}[）)]?[.．、 ])\s*")
_FOLIO = re.compile(r"\s*(?:[.．…·\-— ]{2,}|[（(]|\s)\s*(?:第?\d{1,3}页?)\s*[）)]?$")
_SIGNS = re.compile(r"[\W_]+")
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
    marked = len(pieces) > 1 and _marked(pieces[1])
    for piece in pieces[1 : _MOST_ENTRIES + 1]:
        if _ends(piece, contents, marked=marked):
            break
        _add(contents, piece)
        contents.length += 1
    return contents


def _marked(piece: Piece) -> bool:
    return isinstance(piece.block, ForeignParagraph) and (bool(piece.block.number) or bool(_MARK.match(piece.text)))


def _ends(piece: Piece, contents: Contents, *, marked: bool) -> bool:
    """True for the first line that is no entry: an entry comes again as a title, or what follows looks otherwise."""
    text = piece.text
    if piece.table or len(text) > _LONGEST_ENTRY or "。" in text or EDITORS_NOTE.match(text):
        return True
    if contents.entries and (piece.new_page or DATE_LINE.fullmatch(text)):
        return True
    if SUBTITLE.match(text) and not marked:
        return not contents.entries
    if _COLUMN.match(text):
        return key_of(text) in contents.columns
    key = key_of(_FOLIO.sub("", text))
    if any(key and key == entry for entry in contents.keys):
        return True
    return marked and bool(contents.entries) and not _marked(piece) and not contents.entries[-1].endswith(("，", "、"))


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
