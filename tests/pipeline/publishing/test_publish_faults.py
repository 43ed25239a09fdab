"""The whole command, killed or refused at its writes: visitors see the old site or the new one, the log knows, and running it again finishes."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin.model.publication_log import shown_on
from tests.faults import Children, children_of
from tests.pipeline.publishing.conftest import Bureau

FIRST = "issues/2024-01/01-a.md"
IMPORTED = (
    "bulletin.pipeline.publishing.publishing",
    "bulletin.publish.targets.folder.target",
    "bulletin.pipeline.site.making",
)


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with children_of("tests.pipeline.publishing.acting:act", *IMPORTED) as made:
        yield made


class Copies:
    """A bureau with one release live and the next one made, put back to that moment before each child."""

    def __init__(self, bureau: Bureau, kept: Path) -> None:
        bureau.publish()
        self.old = bureau.live()
        bureau.edit(FIRST, "新添的一句话。")
        self.bureau, self.kept, self.turn = bureau, kept, 0
        bureau.publish(dry_run=True)
        self.new = bureau.made()
        for name in ("srv", "registers"):
            shutil.copytree(self._place(name), kept / name, symlinks=True)

    def again(self) -> list[str]:
        """Everything as it was; what the next child is called with."""
        for name in ("srv", "registers"):
            shutil.rmtree(self._place(name))
            shutil.copytree(self.kept / name, self._place(name), symlinks=True)
        self.turn += 1
        return [str(self.bureau.root), str(self.turn)]

    def _place(self, name: str) -> Path:
        return self.bureau.root / name if name == "registers" else self.bureau.folder.parent


@pytest.fixture
def copies(bureau: Bureau, tmp_path: Path) -> Copies:
    return Copies(bureau, tmp_path / "kept")


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["signal=SIGKILL", "error=ENOSPC"])
@pytest.mark.parametrize("calls", ["rename,symlink", "pwrite64,fdatasync,unlink"])
def test_at_every_write(copies: Copies, children: Children, calls: str, fault: str) -> None:
    """What a dead process left locked is taken over; nothing is public that the log does not say."""
    bureau, points, states = copies.bureau, 0, set()
    bureau.host = socket.gethostname()
    for ended in children.each_fault(copies.again, calls, fault):
        points += 1
        live = bureau.live()
        assert live in (copies.old, copies.new), points
        states.add(live == copies.new)
        said = {each.digest for each in shown_on(bureau.log(), "外网").values()} if live == copies.new else set()
        if live == copies.new:
            assert {each.digest for each in bureau.publish().plan.put_up} <= said  # type: ignore[union-attr]
        if ended.code == 3:
            assert "磁盘满了" in ended.said, ended.said
        again = bureau.publish()
        assert again.done
        assert bureau.live() == copies.new
        assert [each for each in bureau.kept() if "." in each] == []
    assert points > 5
    assert False in states
