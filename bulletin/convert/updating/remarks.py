"""Comments in the margin of an edited document, kept as comments of the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from bulletin.convert.updating.assembling import Assembly
from bulletin.convert.updating.escaping import comment
from bulletin.convert.updating.strands import Unit
from bulletin.model.article_source import SourceBlock
from bulletin.model.foreign import ForeignDocument, Remark

_ABOUT = 20


def place_remarks(
    document: ForeignDocument, units: Sequence[Unit], blocks: Mapping[Unit, SourceBlock | None], assembly: Assembly
) -> int:
    """Puts each comment before the block that it is about; gives how many there are that the source does not have yet."""
    places = [unit.place for unit in units]
    added = 0
    for remark in document.remarks:
        said = remark_text(remark)
        if said in assembly.original.unified:
            continue
        at = bisect_right(places, remark.place.paragraph) - 1
        following = (blocks[unit] for unit in units[max(0, at) :] if blocks.get(unit))
        assembly.note_before(next(following, None), said)
        added += 1
    return added


def remark_text(remark: Remark) -> str:
    """`<!-- 批注（张三）：…… -->`, with the words that it is about."""
    about = " ".join(remark.about.split())
    about = about if len(about) <= _ABOUT else f"{about[:_ABOUT]}…"
    words = " ".join(remark.text.split())
    said = f"批注（{remark.author}）：" if remark.author else "批注："
    return comment(f"{said}{words}（“{about}”）" if about else f"{said}{words}")
