"""Hyphens and rules typed for a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.convert.repairs.edits import Edit, Setting
from bulletin.convert.repairs.zones import HAN
from bulletin.model.problem import message
from bulletin.model.repair import Certainty

_DASH = re.compile(rf"(?:^|(?<=[{HAN}，。！？、；：”’》）]))(?:-{{2,4}}|[－–―─━]{{2,4}}|ーー|— —|―)(?=[{HAN}“‘《（])")


def find(setting: Setting) -> Iterator[Edit]:
    """Two hyphens before Han, at the start or after Han, are ——."""
    for found in _DASH.finditer(setting.text):
        yield Edit(found.start(), found.end(), "——", message("破折号是“——”（GB/T 15834）"), Certainty.LIKELY)
