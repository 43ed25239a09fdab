"""The words of a picture with their places: what stands for it, and its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from bulletin.load.proof_texts.placed import Placed, Placing, Stretch

_UNIT = re.compile(r"\\[!-/:-@\[-`{-~]|&#?\w{1,31};|[^\\&]+|.", re.DOTALL)
_OPENING = {")": "("}


def caption_texts(image: Token, source: Placed, where: Stretch) -> Iterator[Placed]:
    """The alternative and the caption of a picture, `![alternative](name "caption")`, that stands at `where` in the source of its paragraph."""
    start = where[0] + len("![")
    yield source.part(start, start + len(image.content)).stripped()
    caption = str(image.attrs.get("title", ""))
    if caption:
        yield _caption(source, where, start + len(image.content)).stripped()


def _caption(source: Placed, where: Stretch, start: int) -> Placed:
    """What stands between the last quotation marks before the closing bracket; inside of them no such mark is without a backslash."""
    content = source.content
    end = start + len(content[start : where[1] - 1].rstrip()) - 1
    mark = _OPENING.get(content[end], content[end])
    opening = content.rfind(mark, start, end)
    while content[opening - 1] == "\\" and opening > start:
        opening = content.rfind(mark, start, opening)
    placing = Placing()
    for unit in _UNIT.finditer(content, opening + 1, end):
        said = unescapeAll(unit[0])
        if said == unit[0]:
            placing.copy(source, *unit.span())
        else:
            placing.add_altered(said, source.at(unit.start()))
    return placing.placed
