"""Characters that look like a Han but are none: radicals and compatibility forms, as PDF files give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.model.problem import message

_LOOK_ALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICALS = dict(
    zip(
        "⺁⺅⺆⺈⺌⺟⺠⺣⺩⺪⺫⺬⺮⺯⺼⺽⺾⻀⻁⻂⻄⻅⻆⻇⻈⻉⻊⻋⻌⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻳",
        "厂亻冂勹小母民灬王疋目示竹糸月臼艹艹虎衤西见角角讠贝足车辶辶邑钅长镸长门阜雨青韦页风飞食饣饣首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟",
        strict=True,
    )
)
"""Radicals without a decomposition of their own.

Source: Unicode, EquivalentUnifiedIdeograph.txt, in the simplified form where that is what is printed.
"""


def find(setting: Setting) -> Iterator[Edit]:
    """Each becomes the Han that it looks like."""
    for found in _LOOK_ALIKE.finditer(setting.text):
        sign = found[0]
        plain = _RADICALS.get(sign) or unicodedata.normalize("NFKC", sign)
        if plain != sign:
            yield Edit(found.start(), found.end(), plain, message("样子是汉字、编码不是，搜索时找不到"))
