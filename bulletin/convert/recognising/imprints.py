"""The foot of an issue: 报, 送, 发, editors, telephone, how many copies were printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bulletin.convert.recognising.pieces import Piece
from bulletin.convert.recognising.words import date_of
from bulletin.convert.repairs.names import is_name
from bulletin.model.draft import Doubt, DraftList, Taken
from bulletin.model.problem import message
from bulletin.model.repair import Certainty

_LISTS = {"报": "主?报送?|主送|抄报|呈报|上报", "送": "送|抄送|分送|呈送|报、送", "发": "发送?|下发|印发|分发|发至"}
_LABEL = re.compile(r"(?P<label>[主抄呈上报送分发下印至、]{1,4}) ?[:：]")
_FIELD = re.compile(
    r"(?P<label>责任编辑|本期责编|本期编辑|执行编辑|责编|主编|编辑|编审|编校|校对|审核|审稿|审定|签发人?|核稿|总编|撰稿|联系电话|联系人|电话|传真|电子邮箱|电子邮件|邮箱|投稿邮箱|E-?mail|地址|网址|邮编|微信)"
    r" ?[:：] ?",
    re.IGNORECASE,
)
_RUN = re.compile(r"[（(]?(?:本期)?(?:共?印(?:制|发|数)?|印数|发行量?|印刷) ?[:：]? ?(?P<count>\d{1,6}) ?[份册][）)]?")
_ISSUED = re.compile(r"(?P<unit>\S{2,40}?)?[ 　]*(?P<date>(?:19|20)\d\d年\d{1,2}月\d{1,2}日) ?印发?")
_REACH = 40
_ELLIPTIC = re.compile(r"(?:各|有关|市|县|区|省){1,2}(?:市|县|区|省|州|盟|旗)?")
"""各市、县委: the first part is no name by itself."""
_PHONE_DASH = re.compile(r"(?<=\d) ?[—–－~～] ?(?=\d)")


@dataclass
class Imprint:
    """What the foot says; `start` is the place of its first piece among those that were looked at."""

    start: int = 0
    lists: list[DraftList] = field(default_factory=list)
    responsible: str = ""
    editors: list[str] = field(default_factory=list)
    phone: str = ""
    print_run: int = 0
    publisher: str = ""
    date: date | None = None
    taken: list[Taken] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_imprint(pieces: list[Piece]) -> Imprint:
    """The foot of the issue whose pieces are given."""
    imprint = Imprint(_start(pieces))
    label = ""
    texts: list[str] = []
    for piece in pieces[imprint.start :]:
        listed = _label_of(piece.text)
        if listed:
            _close(imprint, label, texts)
            label, texts = listed[0], [piece.text[listed[1] :].strip()]
            imprint.taken.append(
                Taken(f"distribution.{label}", piece.text, piece.text[listed[1] :].strip(), piece.place)
            )
        elif _read_fields(imprint, piece):
            _close(imprint, label, texts)
            label = ""
        elif label:
            texts.append(piece.text)
            imprint.taken.append(Taken(f"distribution.{label}", piece.text, piece.text, piece.place))
        else:
            _unknown(imprint, piece, piece.text)
    _close(imprint, label, texts)
    return imprint


def _start(pieces: list[Piece]) -> int:
    """The first of the last pieces that begins as a foot does; past the last where none does."""
    first = max(0, len(pieces) - _REACH)
    for place in range(first, len(pieces)):
        text = pieces[place].text
        if _label_of(text) and (len(text) < 400):
            return place
    for place in range(max(0, len(pieces) - 8), len(pieces)):
        text = pieces[place].text
        if _RUN.fullmatch(text) or (_FIELD.match(text) and len(text) < 80):
            return place
    return len(pieces)


def _label_of(text: str) -> tuple[str, int] | None:
    """报, 送 or 发 at the start of a line, and where what follows begins."""
    found = _LABEL.match(text.replace("\u3000", " ")) or _LABEL.match(text.replace(" ", "", 1))
    if not found:
        return None
    words = found["label"]
    for label in ("报", "送", "发"):
        if re.fullmatch(_LISTS[label], words):
            return label, found.end()
    return None


def _close(imprint: Imprint, label: str, texts: list[str]) -> None:
    """Adds the list that has been read so far."""
    if not label:
        return
    lines = [text for text in texts if text]
    joined = "".join(lines)
    text = joined.rstrip("。；")
    ranks = tuple(_units(rank) for rank in re.split(r"[；;。\n]", joined) if rank.strip())
    used = {each.label for each in imprint.lists}
    free = [each for each in ("报", "送", "发") if each not in used]
    imprint.lists.append(DraftList(label if label in free or not free else free[-1], text, ranks))
    texts.clear()


def _units(rank: str) -> tuple[str, ...]:
    """The names of a rank: parted by ， and 、, but not within brackets, and not where a part is none by itself."""
    parts: list[str] = []
    depth = 0
    part = ""
    for sign in rank:
        depth += (sign in "（(") - (sign in "）)")
        elliptic = sign == "、" and _ELLIPTIC.fullmatch(part)
        if sign in "、，," and depth <= 0 and not elliptic:
            parts.append(part)
            part = ""
        else:
            part += sign
    parts.append(part)
    return tuple(part.strip() for part in parts if part.strip())


def _read_fields(imprint: Imprint, piece: Piece) -> bool:
    """Takes editors, telephone, print run and the line 印发; false if the line is none of them."""
    text = piece.text
    run = _RUN.search(text)
    if run:
        imprint.print_run = int(run["count"])
        imprint.taken.append(Taken("made.print-run", run[0], str(imprint.print_run), piece.place))
        text = (text[: run.start()] + " " + text[run.end() :]).strip()
    issued = _ISSUED.fullmatch(text)
    if issued and imprint.date is None:
        imprint.publisher, imprint.date = issued["unit"] or "", date_of(issued["date"])
        imprint.taken.append(Taken("made.issued", text, issued["date"], piece.place))
        return True
    starts = [*_FIELD.finditer(text)]
    if starts and starts[0].start() == 0:
        ends = [*(found.start() for found in starts[1:]), len(text)]
        for found, end in zip(starts, ends, strict=True):
            _field(imprint, piece, found["label"], text[found.start() : end].strip(), text[found.end() : end].strip())
        return True
    if run and text:
        _unknown(imprint, piece, text)
    return bool(run)


def _field(imprint: Imprint, piece: Piece, label: str, text: str, value: str) -> None:
    names = [name for name in re.split(r"[、，, ]+", value) if name]
    match label:
        case "责任编辑" | "责编" | "本期责编" | "主编" if not imprint.responsible and names:
            imprint.responsible = names[0]
            imprint.editors += names[1:]
            imprint.taken.append(Taken("editors.responsible", text, "、".join(names), piece.place))
        case "编辑" | "本期编辑" | "执行编辑" if names and all(is_name(name) or len(name) <= 4 for name in names):
            imprint.editors += names
            imprint.taken.append(Taken("editors.editors", text, "、".join(names), piece.place))
        case "联系电话" | "电话" if not imprint.phone and value:
            imprint.phone = _PHONE_DASH.sub("-", value)
            imprint.taken.append(Taken("editors.phone", text, imprint.phone, piece.place))
        case _:
            _unknown(imprint, piece, text)


def _unknown(imprint: Imprint, piece: Piece, text: str) -> None:
    imprint.taken.append(Taken("unknown", text, "", piece.place, Certainty.DOUBTFUL))
    imprint.doubts.append(Doubt(message("报尾里的“{text}”没有写进稿件", text=text[:60]), piece.place))
