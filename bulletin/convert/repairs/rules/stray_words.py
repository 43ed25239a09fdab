"""A Latin word between Han that a machine read for a Han: never changed, only shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.convert.repairs.zones import HAN
from bulletin.model.problem import message
from bulletin.model.repair import Certainty

_WORD = re.compile(rf"(?<=[{HAN}”》）]) ?\b(?:and|or|of|in|the|to|with) ?(?=[{HAN}“《（])")


def find(setting: Setting) -> Iterator[Edit]:
    """` and ` between Han is most often 和, misread or machine-translated."""
    for found in _WORD.finditer(setting.text):
        why = message("中文里夹着“{word}”，可能是识别或翻译的错误，请核对原稿", word=found[0].strip())
        yield Edit(found.start(), found.end(), found[0], why, Certainty.DOUBTFUL)
