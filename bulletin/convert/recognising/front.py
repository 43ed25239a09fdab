"""What stands before the body of an article: title, subtitle, date, who speaks or reports, editors' note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bulletin.convert.recognising.pieces import Piece
from bulletin.convert.recognising.titles import joined_lines, mended
from bulletin.convert.recognising.words import (
    DATE_AND_NAME,
    DATE_LINE,
    EDITORS_NOTE,
    SALUTATION,
    SUBTITLE,
    date_of,
    is_byline,
    is_place,
    is_unit,
    position_and_name,
)
from bulletin.convert.repairs.names import is_name
from bulletin.model.draft import Taken
from bulletin.model.foreign import ForeignParagraph
from bulletin.model.repair import Certainty

_MOST_TITLE_LINES = 4
_LONGEST_FRONT = 14
_SECTION = re.compile(r"[【〖［\[◎●★☆◆■]{1,2} ?(?P<name>[\u3400-\u9fff·、]{2,12}) ?[】〗］\]]?$")
_ATTACHMENT = re.compile(r"附件 ?[\d一二三四五六七八九十]{0,2} ?[:：]?$")
_ATTACHMENT_NOTE = re.compile(r"附件 ?[:：] ?\S")
_LABELLED = re.compile(
    r"(?P<label>作者|撰稿|供稿|执笔|单位|作者单位|供稿单位|报送单位|讲话人|主讲人|时间|日期) ?[:：] ?(?P<value>\S.*)"
)
_IN_BRACKETS = re.compile(r"[（(](?P<inside>[^（）()]+(?:（[^（）]*）)?[^（）()]*)[)）]")


@dataclass
class Front:
    """Fields of an article that stand before its body, what was taken for them, and how many pieces they are."""

    title: tuple[str, ...] = ()
    subtitle: str = ""
    speaker: str = ""
    position: str = ""
    organization: str = ""
    date: date | None = None
    editors_note: str = ""
    section: str = ""
    attachment: bool = False
    length: int = 0
    taken: list[Taken] = field(default_factory=list)

    @property
    def signs(self) -> int:
        """How many things beside the title say that an article begins here."""
        return sum(
            map(bool, (self.subtitle, self.speaker, self.organization, self.date, self.section, self.attachment))
        )


def read_front(pieces: list[Piece]) -> Front:
    """The front of the article that the first of the pieces begins."""
    front = Front()
    lines: list[Piece] = []
    place = 0
    while place < min(len(pieces), _LONGEST_FRONT + len(lines)):
        piece = pieces[place]
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        note = _editors_note(pieces, place, front, began=bool(lines))
        if note:
            place += note
        elif _before_title(front, piece, began=bool(lines)) or (lines and _after_title(front, piece, following)):
            place += 1
        elif _is_title(piece, lines, front):
            lines.append(piece)
            place += 1
        else:
            break
    front.length = place
    _set_title(front, lines)
    return front


def _before_title(front: Front, piece: Piece, *, began: bool) -> bool:
    """Takes the name of the section, or 附件1, over a title."""
    if began:
        return False
    section = _SECTION.match(piece.text)
    if section and not front.section:
        front.section = section["name"]
        front.taken.append(Taken("made.section", piece.text, section["name"], piece.place, Certainty.LIKELY))
        return True
    if _ATTACHMENT.match(piece.text) and not front.attachment:
        front.attachment = True
        front.taken.append(Taken("made.attachment", piece.text, "", piece.place))
        return True
    return False


def _is_title(piece: Piece, lines: list[Piece], front: Front) -> bool:
    """True for the next line of a title; those after the first must look like it, and come before anything else of the front."""
    if piece.table or not isinstance(piece.block, ForeignParagraph) or piece.number or len(lines) >= _MOST_TITLE_LINES:
        return False
    if piece.at_right or _IN_BRACKETS.fullmatch(piece.text) or _ATTACHMENT_NOTE.match(piece.text):
        return False
    ends_like_title = piece.text.endswith(("？", "！", "”", "…")) and len(piece.text) <= 40 and "。" not in piece.text
    if not piece.short and not ends_like_title and not (piece.looks_like_title and len(piece.text) <= 60):
        return False
    if not lines:
        return True
    if front.date or front.speaker or front.organization or front.subtitle or piece.text.endswith("。"):
        return False
    first = lines[0]
    if piece.norm.known and first.looks_like_title != piece.looks_like_title:
        return False
    return not (first.level and first.level != piece.level)


def _after_title(front: Front, piece: Piece, following: Piece | None) -> bool:
    """Takes a subtitle, a date, or who speaks or reports."""
    if piece.table or piece.number or not isinstance(piece.block, ForeignParagraph):
        return False
    text = piece.text
    if SALUTATION.fullmatch(text):
        return False
    return _subtitle(front, piece) or _date(front, piece) or _labelled(front, piece) or _byline(front, piece, following)


def _subtitle(front: Front, piece: Piece) -> bool:
    dash = SUBTITLE.match(piece.text)
    if dash and not front.subtitle and len(piece.text) <= 80 and not piece.text.endswith("。"):
        front.subtitle = mended("".join(mended(line) for line in (piece.text[dash.end() :],)))
        front.taken.append(Taken("subtitle", piece.text, front.subtitle, piece.place))
        return True
    goes_on = front.subtitle and not (front.date or front.speaker or front.organization)
    if goes_on and piece.short and len(piece.text) <= 30 and not is_byline(piece.text):
        front.subtitle += piece.text
        front.taken.append(Taken("subtitle", piece.text, front.subtitle, piece.place, Certainty.LIKELY))
        return True
    return False


def _date(front: Front, piece: Piece) -> bool:
    if front.date is not None:
        return False
    alone = DATE_LINE.fullmatch(piece.text)
    if alone:
        found = date_of(alone["date"])
    else:
        both = DATE_AND_NAME.fullmatch(piece.text)
        found = date_of(both["date"] or both["date2"]) if both else None
        name = (both["name"] or both["name2"]) if both else ""
        if found is None or not is_name(name) or front.speaker:
            return False
        front.speaker = name
        front.taken.append(Taken("speaker", name, name, piece.place))
    if found is None:
        return False
    front.date = found
    rest = piece.text if alone else piece.text.replace(front.speaker, "", 1)
    front.taken.append(Taken("date", rest, found.isoformat(), piece.place))
    return True


def _labelled(front: Front, piece: Piece) -> bool:
    """`作者：王某某`, `供稿单位：某县委老干部局`, `时间：2020年7月13日`."""
    found = _LABELLED.fullmatch(piece.text)
    if not found:
        return False
    label, value = found["label"], found["value"]
    if label in ("时间", "日期"):
        day = date_of(value)
        if day is None or front.date:
            return False
        front.date = day
        front.taken.append(Taken("date", piece.text, day.isoformat(), piece.place))
        return True
    if is_name(value) and not front.speaker:
        front.speaker = value
        front.taken.append(Taken("speaker", piece.text, value, piece.place))
        return True
    if (is_unit(value) or is_place(value)) and not front.organization:
        front.organization = value
        front.taken.append(Taken("organization", piece.text, value, piece.place))
        return True
    return False


def _byline(front: Front, piece: Piece, following: Piece | None) -> bool:
    """A name, a position with a name, a unit, a unit with a name; also in parentheses."""
    inside = _IN_BRACKETS.fullmatch(piece.text)
    text = inside["inside"].strip() if inside else piece.text
    if not front.speaker and is_name(text.replace(" ", "")):
        front.speaker = text.replace(" ", "")
        front.taken.append(Taken("speaker", piece.text, front.speaker, piece.place))
        return True
    both = position_and_name(text)
    if both and not front.speaker:
        front.position, front.speaker = both
        position, name = both
        parts = sorted((("position", position), ("speaker", name)), key=lambda part: text.find(part[1]))
        front.taken += [Taken(name_of, value, value, piece.place) for name_of, value in parts]
        if inside:
            front.taken.append(Taken("made.brackets", piece.text[0] + piece.text[-1], "", piece.place))
        return True
    ends = following is None or following.running or following.number is not None or following.table
    if not front.organization and _is_organization(text, ends=ends, bracketed=inside is not None):
        certainty = Certainty.SURE if is_unit(text) else Certainty.LIKELY
        front.organization = text
        front.taken.append(Taken("organization", piece.text, text, piece.place, certainty))
        return True
    return _unit_with_name(front, piece, text) or _position_alone(front, piece, text)


def _is_organization(text: str, *, ends: bool, bracketed: bool) -> bool:
    """True for a unit, several units, or a bare place where the body follows."""
    names = text.replace("、", " ").split(" ")
    if len(names) > 1 and all(is_unit(name) or is_place(name) for name in names):
        return True
    return is_unit(text) or (is_place(text) and (ends or bracketed))


def _unit_with_name(front: Front, piece: Piece, text: str) -> bool:
    """`某县委老干部局 王某某`: the unit reports, the writer is named beside it."""
    words = text.split(" ")
    if len(words) < 2 or front.organization or not all(is_name(word) for word in words[1:]):
        return False
    if not (is_unit(words[0]) or is_place(words[0])):
        return False
    front.organization = words[0]
    front.taken.append(Taken("organization", words[0], words[0], piece.place))
    if not front.speaker and len(words) == 2:
        front.speaker = words[1]
    front.taken.append(Taken("speaker", " ".join(words[1:]), " ".join(words[1:]), piece.place, Certainty.LIKELY))
    return True


def _position_alone(front: Front, piece: Piece, text: str) -> bool:
    """A line with the position, over or under the name."""
    from bulletin.convert.recognising.words import is_position

    if (
        front.position
        or not is_position(text)
        or not piece.short
        or len(text) > 40
        or not (front.speaker or front.date)
    ):
        return False
    front.position = text
    front.taken.append(Taken("position", piece.text, text, piece.place, Certainty.LIKELY))
    return True


def _editors_note(pieces: list[Piece], place: int, front: Front, *, began: bool) -> int:
    """Takes 编者按 at `place`; of how many pieces it is, 0 where there is none. Before a title it may have several paragraphs."""
    piece = pieces[place]
    label = EDITORS_NOTE.match(piece.text)
    if not label or front.editors_note or piece.table:
        return 0
    parts = [piece.text[label.end() :].strip()]
    count = 1
    while not parts[-1] or (not began and _goes_on(pieces, place + count)):
        if place + count >= len(pieces) or not pieces[place + count].running:
            break
        parts.append(pieces[place + count].text)
        count += 1
    front.editors_note = "\n".join(part for part in parts if part)
    front.taken.append(Taken("made.editors-note", label[0].strip(), "编者按：", piece.place))
    for piece_of, part in zip(pieces[place : place + count], parts, strict=True):
        if part:
            front.taken.append(Taken("editors_note", part, part, piece_of.place))
    return count


def _goes_on(pieces: list[Piece], place: int) -> bool:
    """True for prose before a title: what follows a note that stands over the title belongs to it."""
    return place < len(pieces) and pieces[place].running and not pieces[place].number


def _set_title(front: Front, lines: list[Piece]) -> None:
    if not lines:
        return
    written = tuple(line for piece in lines for line in piece.lines)
    front.title = joined_lines(written)
    value = " ".join(front.title)
    certainty = Certainty.SURE if len(written) == len(front.title) else Certainty.LIKELY
    for piece in lines:
        front.taken.append(Taken("title", piece.text, value, piece.place, certainty))
