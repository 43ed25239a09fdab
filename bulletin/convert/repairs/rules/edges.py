"""Blanks at the ends of a paragraph and of its lines: indents, which the program sets by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.model.problem import message

_BLANKS = " \t\u3000"
_BESIDE_LINE_END = re.compile(rf"[{_BLANKS}]+(?=\n)|(?<=\n)[{_BLANKS}]+")


def find(setting: Setting) -> Iterator[Edit]:
    """Blanks before the first and after the last character, and beside line ends."""
    text = setting.text
    why = message("段首、段尾的空格；缩进由排版完成")
    start, end = len(text) - len(text.lstrip(_BLANKS)), len(text.rstrip(_BLANKS))
    if start:
        yield Edit(0, start, "", why)
    if "\n" in text:
        for found in _BESIDE_LINE_END.finditer(text, start, end):
            yield Edit(found.start(), found.end(), "", why)
    if max(end, start) < len(text):
        yield Edit(max(end, start), len(text), "", why)
