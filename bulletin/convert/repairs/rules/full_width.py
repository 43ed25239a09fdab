"""Full-width letters and figures, which are half-width in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.model.problem import message

_FULL = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]+|(?<=[０-９0-9])．(?=[０-９0-9])|(?<=^[０-９0-9])．|(?<=^[０-９0-9]{2})．")
_SHIFT = 0xFEE0


def find(setting: Setting) -> Iterator[Edit]:
    """Letters, figures and %, and the point between figures."""
    for found in _FULL.finditer(setting.text):
        plain = "".join(chr(ord(sign) - _SHIFT) for sign in found[0])
        yield Edit(found.start(), found.end(), plain, message("全角的字母、数字改半角（GB/T 15835）"))
