"""nginx serves a folder target while releases come and go: every answer is there, whole, and never of an older release than the one before it."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bulletin.publish.targets.folder.target import FolderTarget
from bulletin.publish.targets.local.disk import LocalDisk
from tests.folder_targets import NoLinks, publish
from tests.releases import parcel
from tests.web_servers import WebServer, nginx_at

PATHS = ("2026/10/03/", "style.css", "search.js", "")
"""A page, what it needs, and the home page, as they are asked for."""
TURNS = 100
KEPT = 3


def _contents(turn: int) -> dict[str, bytes]:
    """The files of a release: each says which it is from its beginning to its end."""
    return {
        "2026/10/03/index.html": b"<p>page %d" % turn * 300,
        "style.css": b"/* style %d */" % turn * 100,
        "search.js": b"// search %d\n" % turn * 20_000,
        "index.html": b"<p>home %d" % turn * 10,
        "same.html": b"never changes",
    }


@dataclass
class History:
    """The releases in the order in which they were switched to: how many switches were begun, and how many done."""

    turns: list[int] = field(default_factory=list)
    done: int = 0

    @contextmanager
    def switching(self, turn: int) -> Iterator[None]:
        self.turns.append(turn)
        yield
        self.done = len(self.turns)


class Reader(threading.Thread):
    """Somebody who reads a page and what belongs to it, again and again."""

    def __init__(self, server: WebServer, history: History, *, keep_alive: bool) -> None:
        super().__init__()
        self._port, self._history, self._keep_alive = server.port, history, keep_alive
        self._over = threading.Event()
        self.pages = 0
        self.misses: list[str] = []

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._port)
        while not self._over.is_set():
            place = max(self._history.done - 1, 0)
            for path in PATHS:
                if not self._keep_alive:
                    connection.close()
                connection.request("GET", f"/{path}")
                response = connection.getresponse()
                place = self._judge(path, response.status, response.read(), place)
            self.pages += 1
        connection.close()

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _judge(self, path: str, status: int, content: bytes, place: int) -> int:
        """The place in the history that the answer is of, from the one of the answer before it on."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        turns = self._history.turns
        for later in range(place, len(turns)):
            if status == 200 and content == _contents(turns[later])[name]:
                return later
        self.misses.append(f"{path or name}: {status} {content[:20]!r}, not of {turns[place:]}")
        return place


@contextmanager
def _reading(server: WebServer, history: History) -> Iterator[list[Reader]]:
    readers = [Reader(server, history, keep_alive=keep_alive) for keep_alive in (True, True, False)]
    for each in readers:
        each.start()
    try:
        yield readers
    finally:
        for each in readers:
            each.stop()


@pytest.fixture
def root() -> Iterator[Path]:
    """A folder that the web server may read."""
    with tempfile.TemporaryDirectory(prefix="bulletin-target-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder, "site")


def _come_and_go(disk: LocalDisk, history: History, turns: int) -> None:
    """Publishes, rolls back to the release before, rolls forward, and prunes."""
    target = FolderTarget(disk)
    for turn in range(1, turns + 1):
        coming, before = parcel(_contents(turn), turn + 1), target.live()
        with history.switching(turn):
            publish(disk, coming)
        for back, name in ((turn - 1, before), (turn, coming.release.name)):
            with history.switching(back):
                target.switch(name)
        target.remove(target.kept()[KEPT:])


@pytest.mark.parametrize("way", [LocalDisk, NoLinks], ids=["link", "exchange"])
def test_nothing_is_missing_or_mixed_while_releases_come_and_go(root: Path, way: type[LocalDisk]) -> None:
    """A hundred publishes, two hundred rollbacks."""
    disk, history = way(str(root)), History()
    with history.switching(0):
        publish(disk, parcel(_contents(0)))
    assert (root / "current").is_symlink() is (way is LocalDisk)
    assert FolderTarget(disk).switches_at_once
    with nginx_at(root / "current") as server, _reading(server, history) as readers:
        _come_and_go(disk, history, TURNS)
    assert [each.misses for each in readers] == [[], [], []]
    assert history.done == 3 * TURNS + 1
    assert min(each.pages for each in readers) >= 20, "they did read meanwhile"
    assert len(FolderTarget(disk).kept()) == KEPT


class _Gap(LocalDisk):
    """A disk that takes the old link away before it makes the new one, as some tools do."""

    wait: Callable[[], None]

    def point(self, link: str, to: str) -> None:
        self.remove(link)
        self.wait()
        super().point(link, to)


class _InPlace(LocalDisk):
    """A disk that writes a release into the folder of another one, file by file."""

    wait: Callable[[], None]

    def point(self, link: str, to: str) -> None:
        old = self.points_to(link)
        for path in sorted(self.sizes(to), reverse=True):
            self.wait()
            self.write([f"{old}/{path}"], lambda _, path=path: self.read(f"{to}/{path}") or b"")


@pytest.mark.parametrize("bad", [_Gap, _InPlace])
def test_these_readers_do_see_what_other_ways_do(root: Path, bad: type[_Gap | _InPlace]) -> None:
    disk, history = bad(str(root)), History()
    with history.switching(0):
        publish(LocalDisk(str(root)), parcel(_contents(0)))
    with nginx_at(root / "current") as server, _reading(server, history) as readers:

        def wait() -> None:
            """Until each has read two pages more."""
            enough = [each.pages + 2 for each in readers]
            while any(each.pages < count for each, count in zip(readers, enough, strict=True)):
                time.sleep(0.001)

        disk.wait = wait
        with history.switching(1):
            publish(disk, parcel(_contents(1), 2))
    assert all(each.misses for each in readers)


class _TwoRenames(NoLinks):
    """A disk that can do nothing in one step."""

    def exchanges(self) -> bool:
        return False

    def exchange(self, one: str, other: str) -> bool:
        return False


def test_where_nothing_can_be_done_at_once_a_page_may_be_missing_for_a_moment_but_never_mixed(root: Path) -> None:
    """And the target says so before."""
    disk, history = _TwoRenames(str(root)), History()
    with history.switching(0):
        publish(disk, parcel(_contents(0)))
    assert not FolderTarget(disk).switches_at_once
    with nginx_at(root / "current") as server, _reading(server, history) as readers:
        _come_and_go(disk, history, 20)
    assert {miss.split(" ")[1] for each in readers for miss in each.misses} <= {"404", "403"}
