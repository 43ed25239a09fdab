"""The whole command, killed or refused at its writes: visitors see the old site or the new one, the log knows, and running it again finishes."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archives import write_archive
from tests.faults import Children, children_of
from tests.pipeline.publishing.conftest import Bureau

FIRST = "issues/2024-01/01-a.md"
IMPORTED = ("bulletin.pipeline.publishing.publishing", "bulletin.publish.targets.folder.target")


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with children_of("tests.pipeline.publishing.acting:act", *IMPORTED) as made:
        yield made


class Moment:
    """A bureau with one release live and the next one made, put back to that moment before each child."""

    def __init__(self, folder: Path) -> None:
        self.bureau = Bureau(write_archive(folder / "publication", issues=1, articles=2), folder / "srv/gzdt")
        self.bureau.host = socket.gethostname()
        self.bureau.folder.parent.mkdir()
        self.bureau.set("")
        self.bureau.publish()
        self.old = self.bureau.live()
        self.bureau.edit(FIRST, "新添的一句话。")
        self.bureau.publish(dry_run=True)
        self.new = self.bureau.made()
        self.kept, self.turn = folder / "kept", 0
        for place in self._places():
            shutil.copytree(place, self.kept / place.name, symlinks=True)

    def again(self) -> list[str]:
        """Everything as it was; what the next child is called with."""
        for place in self._places():
            shutil.rmtree(place)
            shutil.copytree(self.kept / place.name, place, symlinks=True)
        self.turn += 1
        return [str(self.bureau.root), str(self.turn)]

    def _places(self) -> tuple[Path, Path]:
        return self.bureau.folder.parent, self.bureau.root / "registers"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("calls", "fault"), [("symlink,unlink,fdatasync", "signal=SIGKILL"), ("symlink,fdatasync", "error=ENOSPC")]
)
def test_at_every_write(tmp_path: Path, children: Children, calls: str, fault: str) -> None:
    """What a dead process left locked is taken over; nothing is public that the log does not say. (Each write of the target by itself, and of
    the register, has its own tests.)"""
    moment, points, changed = Moment(tmp_path), 0, set()
    bureau = moment.bureau
    for ended in children.each_fault(moment.again, calls, fault):
        points += 1
        live = bureau.live()
        assert live in (moment.old, moment.new), points
        changed.add(live == moment.new)
        if live == moment.new:
            assert bureau.log()[-1].entry.release.startswith("00002"), "what is live is in the log"
        if ended.code == 3:
            assert "磁盘" in ended.said, ended.said
        assert bureau.publish().done
        assert bureau.live() == moment.new
        assert not [name for name in bureau.kept() if "." in name]
        assert not (bureau.folder / "lock").exists()
    assert points > 5
    assert False in changed
