"""A manifest that somebody changed on the server: publishing, going back and listing fail as they should, or go on."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bulletin.model.errors import BulletinError
from bulletin.pipeline.publishing.releases import list_releases
from tests.hostile import changed_bytes, changed_values
from tests.pipeline.publishing.conftest import Bureau, quiet

FIRST = "issues/2024-01/01-a.md"
ARTICLE = {"path": "2024/01/01", "title": "题", "digest": "", "cleared_by": "", "cleared_at": ""}
PLANTED = [
    ("articles", [{**ARTICLE, "title": "题\x01目"}]),
    ("articles", [{**ARTICLE, "title": "题" * 2001}]),
    ("articles", [{**ARTICLE, "title": "\ud800"}]),
    ("articles", [{**ARTICLE, "path": "x"}]),
    ("articles", [ARTICLE, ARTICLE]),
    ("at", "昨天"),
    ("by", "\ud800"),
]


@pytest.fixture
def two(bureau: Bureau) -> Bureau:
    """A bureau that published twice."""
    bureau.publish()
    bureau.edit(FIRST, "新添的一句话。")
    bureau.publish()
    return bureau


def test_only_failures_that_we_know_come_out(two: Bureau, tmp_path: Path) -> None:
    dice = random.Random(7)
    whole, registers = tmp_path / "whole", tmp_path / "registers"
    shutil.copytree(two.folder, whole, symlinks=True)
    shutil.copytree(two.root / "registers", registers)
    for turn in range(30):
        _restore(two, whole, registers)
        manifest = two.folder / "releases" / dice.choice(two.kept()) / "release.json"
        content = manifest.read_bytes()
        if turn < 2 * len(PLANTED):
            changed = changed_values(content, dice, only=PLANTED[turn // 2])
        else:
            changed = (changed_bytes if turn % 2 else changed_values)(content, dice)
        manifest.write_bytes(changed)
        assert len(list_releases(two.root, "", quiet, examine=True).kept) == 2
        _tried(two.rollback)
        _tried(lambda: two.rollback("1"))
        if turn % 3 == 0:
            _tried(two.publish)


def test_what_visitors_see_is_replaced_where_its_manifest_is_broken(two: Bureau) -> None:
    """Publishing is the way out: it needs nothing of the release that is live."""
    manifest = two.folder / "current/../release.json"
    for said in PLANTED:
        manifest.write_bytes(changed_values(manifest.read_bytes(), random.Random(1), only=said))
        report = two.publish()
        assert report.done
        assert report.notes
        assert two.live() == two.made()
        manifest = two.folder / "releases" / report.release / "release.json"


def _restore(bureau: Bureau, whole: Path, registers: Path) -> None:
    for there, kept in ((bureau.folder, whole), (bureau.root / "registers", registers)):
        shutil.rmtree(there)
        shutil.copytree(kept, there, symlinks=True)


def _tried(act: Callable[[], object]) -> None:
    with suppress(BulletinError):
        act()
