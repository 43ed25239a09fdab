"""Whatever somebody makes of a manifest: it is refused, or it is one that could have been written."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bulletin.model.errors import BulletinError
from bulletin.publish.manifests import read_manifest, write_manifest
from tests.hostile import changed_bytes, changed_values
from tests.releases import AT, release

SITE = replace(
    release({"index.html": b"x", "2026/10/03/index.html": b"y", "assets/a.css": b"z"}, serial=12),
    carried=("assets/a.css",),
    withdrawn=(("2026/10/01", AT),),
)
Change = Callable[[bytes, random.Random], bytes]


@pytest.mark.parametrize("change", [changed_bytes, changed_values])
@pytest.mark.parametrize("seed", range(20))
def test_nothing_else_comes_out(change: Change, seed: int) -> None:
    dice, content = random.Random(seed), write_manifest(SITE)
    read = 0
    for made in _made(content, change, dice):
        try:
            found = read_manifest(made, SITE.name)
        except BulletinError:
            continue
        read += 1
        assert write_manifest(found) == made
        assert found.name == SITE.name
    assert read < 200


def _made(content: bytes, change: Change, dice: random.Random) -> Iterator[bytes]:
    for _ in range(200):
        made = content
        for _ in range(dice.randint(1, 3)):
            made = change(made, dice)
        yield made


def test_some_that_are_changed_are_manifests() -> None:
    """Else the mutations try nothing: what only says other words is a manifest, and only a signature shows that it was changed."""
    made = changed_values(write_manifest(SITE), random.Random(1), only=("by", "某人"))
    assert json.loads(made)["by"] == "某人"
    assert read_manifest(made, SITE.name).by == "某人"
