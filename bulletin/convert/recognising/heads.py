"""The head of an issue: markings, masthead, number, publisher, date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bulletin.convert.recognising.pieces import Piece
from bulletin.convert.recognising.words import DATE, date_of, han_number, is_unit
from bulletin.model.draft import Doubt, Taken
from bulletin.model.problem import message
from bulletin.model.repair import Certainty
from bulletin.model.secrecy import GRADE

_HAN = "〇零一二三四五六七八九十百"
NUMBER = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d) ?年 ?)?(?P<extra>增刊)? ?第 ?(?P<number>\d{{1,4}}|[{_HAN}]{{1,5}}) ?期|(?P<supplement>增刊) ?(?P<of>\d{{1,2}})?"
)
SERIAL = re.compile(rf"[（(]?总(?:期数?)? ?第? ?(?P<serial>\d{{1,5}}|[{_HAN}]{{1,7}}) ?期?[）)]?")
_MARKING = re.compile(
    r"内部(?:资料|刊物|文件|参考|材料|交流|使用)|注意保[存管密]|妥善保[存管]|(?:请)?勿外传|不得(?:外传|翻印|公开)|仅供(?:参考|内部)|免费交流|准印证.*"
)
_COPY_NUMBER = re.compile(r"(?:编号|份号|№|No\.?) ?[:：]? ?\d*")
_COPY_NUMBER = re.compile(r"(?:编号|份号|№) ?[:：]? ?\d*$")
_MASTHEAD = re.compile(
    r"(?:动态|简报|信息|通讯|快报|专报|参考|交流|通报|情况|工作|月报|季刊|之窗|园地|摘报|要情|要讯)$"
)
_BY = re.compile(r" ?(?:编印?|主办|主管|编发|印发|办)$")
_SIGNER = re.compile(r"(?:签发人?|审核人?|责任编辑|编辑|主编) ?[:：] ?\S+")
_EDGES = " （）()\u3000·|丨—-"
_LONGEST_MASTHEAD = 24
_LONGEST_NUMBER_LINE = 60
MOST_PIECES = 30


@dataclass
class Head:
    """What the head of an issue says; 0, `None` and empty where it does not."""

    masthead: str = ""
    publisher: str = ""
    number: int = 0
    serial: int = 0
    supplement: bool = False
    date: date | None = None
    marking: list[str] = field(default_factory=list)
    unknown: list[Piece] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_head(pieces: list[Piece]) -> Head:
    """The fields in the pieces before the contents and the articles; what is none of them is a doubt."""
    head = Head()
    rest = [piece for piece in pieces if not _read_line(head, piece)]
    _masthead(head, rest)
    for piece in rest:
        if head.masthead and not head.publisher and is_unit(_BY.sub("", piece.text)):
            _publisher(head, piece, piece.text)
        else:
            head.unknown.append(piece)
            head.taken.append(Taken("unknown", piece.text, "", piece.place, Certainty.DOUBTFUL))
            what = message("报头里的“{text}”没有认出，没有写进稿件", text=piece.text[:60])
            head.doubts.append(Doubt(what, piece.place))
    return head


def is_number_line(text: str) -> bool:
    """True for a line with the number of an issue, and nothing beside but a date and who publishes it."""
    numbered = NUMBER.search(text)
    if len(text) > _LONGEST_NUMBER_LINE or not (numbered or SERIAL.search(text)):
        return False
    rest = DATE.sub("", NUMBER.sub("", SERIAL.sub("", text))).strip(_EDGES)
    return not rest or is_unit(_BY.sub("", rest)) or bool(_BY.search(rest)) or bool(_MASTHEAD.search(rest))


def of_head(text: str) -> bool:
    """True for a line that only the head of an issue has: a date, a publisher, a marking."""
    parts = [part for part in re.split(r"[ \u3000]+", text) if part]
    rest = DATE.sub("", text).strip(" （）()\u3000")
    marked = bool(parts) and all(_MARKING.fullmatch(part) for part in parts)
    return (
        marked
        or not rest
        or (len(text) <= 60 and (bool(_SIGNER.fullmatch(text)) or (is_unit(_BY.sub("", rest)) and rest != text)))
    )


def _read_line(head: Head, piece: Piece) -> bool:
    """Takes what a line says of marking, number, publisher and date; false if it says none of them."""
    text = _without_copy_number(head, piece)
    parts = [part for part in re.split(r"[ 　★☆]+", text) if part]
    if (parts and all(_MARKING.fullmatch(part) for part in parts)) or (GRADE.search(text) and len(text) <= 12):
        head.marking += parts if not GRADE.search(text) else [text]
        head.taken.append(Taken("marking", text, "，".join(parts), piece.place))
        return True
    rest = _number(head, piece, text)
    day = DATE.search(rest)
    if day and head.date is None and (found := date_of(day[0])):
        head.date = found
        head.taken.append(Taken("date", day[0], found.isoformat(), piece.place))
        rest = (rest[: day.start()] + " " + rest[day.end() :]).strip()
    if rest == text and not text:
        return True
    if rest == text == piece.text:
        return bool(_SIGNER.fullmatch(text)) and _signer(head, piece)
    left = rest.strip(_EDGES)
    signs = "".join((rest[: rest.find(left)] + rest[rest.find(left) + len(left) :] if left else rest).split())
    if signs:
        head.taken.append(Taken("made.brackets", signs, "", piece.place))
    if left and not head.publisher and (is_unit(_BY.sub("", left)) or _BY.search(left)):
        _publisher(head, piece, left)
    elif left:
        head.taken.append(Taken("unknown", left, "", piece.place, Certainty.DOUBTFUL))
        head.doubts.append(Doubt(message("报头里的“{text}”没有认出，没有写进稿件", text=left[:60]), piece.place))
    return True


def _without_copy_number(head: Head, piece: Piece) -> str:
    """The line without `编号：000123`, which each copy has its own of."""
    found = _COPY_NUMBER.search(piece.text)
    if not found:
        return piece.text
    head.taken.append(Taken("made.copy-number", found[0], "", piece.place))
    return piece.text[: found.start()].strip()


def _number(head: Head, piece: Piece, text: str) -> str:
    """Takes 第7期 and 总第494期; what is left of the line."""
    rest = text
    serial = SERIAL.search(rest)
    if serial and not head.serial:
        head.serial = han_number(serial["serial"])
        head.taken.append(Taken("serial", serial[0], str(head.serial), piece.place))
        rest = rest[: serial.start()] + rest[serial.end() :]
    number = NUMBER.search(rest)
    if number and not head.number:
        head.supplement = bool(number["extra"] or number["supplement"])
        head.number = han_number(number["number"] or number["of"] or "1")
        head.taken.append(Taken("number", number[0], str(head.number), piece.place))
        rest = rest[: number.start()] + rest[number.end() :]
    return rest.strip() if rest != text else text


def _publisher(head: Head, piece: Piece, text: str) -> None:
    head.publisher = _BY.sub("", text).strip()
    head.taken.append(Taken("publisher", text, head.publisher, piece.place))


def _signer(head: Head, piece: Piece) -> bool:
    """签发人 is no field of ours: it is told, and not printed."""
    head.taken.append(Taken("unknown", piece.text, "", piece.place, Certainty.DOUBTFUL))
    head.doubts.append(Doubt(message("“{text}”没有写进稿件", text=piece.text), piece.place))
    return True


def _masthead(head: Head, rest: list[Piece]) -> None:
    """Takes the name of the bulletin: what ends as such names do, else the largest, else the first that is short."""
    short = [piece for piece in rest if piece.short and 2 <= len(piece.text.replace(" ", "")) <= _LONGEST_MASTHEAD]
    named = [piece for piece in short if _MASTHEAD.search(piece.text.replace(" ", "")) and not is_unit(piece.text)]
    large = sorted((piece for piece in short if piece.larger), key=lambda piece: -piece.look.size_pt)
    chosen = next(iter([*named, *large, *(piece for piece in short if not is_unit(piece.text))]), None)
    if chosen is None:
        return
    head.masthead = chosen.text.replace(" ", "")
    head.taken.append(Taken("made.masthead", chosen.text, head.masthead, chosen.place))
    rest.remove(chosen)
