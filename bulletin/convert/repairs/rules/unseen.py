"""Characters that nobody sees, from web pages and chats, and blanks that look like others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.model.problem import message

_UNSEEN = re.compile(
    "(?P<unseen>[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]+)|[\u00a0\u1680\u2000-\u200a\u202f\u205f]"
    r"|\t(?!\d{1,3}(?:\D|$))"
)


def find(setting: Setting) -> Iterator[Edit]:
    """Unseen characters go; odd blanks become plain ones. A tab before the page of an entry stays: it says where the entry ends."""
    if setting.text.isprintable() and "\u00a0" not in setting.text and "\ufe0f" not in setting.text:
        return
    for found in _UNSEEN.finditer(setting.text):
        if found["unseen"]:
            yield Edit(found.start(), found.end(), "", message("看不见的字符，多半是从网页复制来的"))
        else:
            yield Edit(found.start(), found.end(), " ", message("网页或制表用的特殊空格，换成普通空格"))
