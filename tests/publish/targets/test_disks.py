"""What every disk promises, held against each that there is."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.publish.targets.disk import MOST_READ_MB, NO_FILE, Disk, Unreadable
from bulletin.publish.targets.local.disk import LocalDisk
from bulletin.publish.targets.sftp.disk import SftpDisk
from tests.ssh_server import SshServer, at_home, ssh_server

Made = tuple[Disk, Path]


@contextmanager
def _sftp(server: SshServer) -> Iterator[Made]:
    folder = server.new_folder()
    disk = SftpDisk(server.place(folder.name), Path("/"), lambda told: pytest.fail(str(told)))
    try:
        yield disk, folder
    finally:
        disk.close()


@contextmanager
def _local(server: SshServer) -> Iterator[Made]:
    folder = server.new_folder()
    yield LocalDisk(str(folder)), folder


DISKS: dict[str, Callable[[SshServer], AbstractContextManager[Made]]] = {"sftp": _sftp, "local": _local}
"""Each kind of disk: an empty one, and its folder as this machine sees it."""


@dataclass(frozen=True)
class Given:
    """A disk, its folder as this machine sees it."""

    disk: Disk
    folder: Path

    def put(self, path: str, content: bytes = b"x") -> Path:
        """A file that was there before."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)
        for each in (self.folder / path).parents:
            if self.folder in (each, *each.parents):
                each.chmod(0o777)
        (self.folder / path).chmod(0o666)
        return self.folder / path


@pytest.fixture(scope="module")
def server() -> Iterator[SshServer]:
    with ssh_server(sftp="-u 077") as running, at_home(running):
        yield running


@pytest.fixture(params=DISKS)
def given(request: pytest.FixtureRequest, server: SshServer) -> Iterator[Given]:
    mask = os.umask(0o077)  # of a disk on this machine; that of the server's is the same
    try:
        with DISKS[request.param](server) as (disk, folder):
            yield Given(disk, folder)
    finally:
        os.umask(mask)


def test_names_are_told_in_order_and_of_no_folder_there_are_none(given: Given) -> None:
    for path in ("a/二.html", "a/.htaccess", "a/一/x", "a/1"):
        given.put(path)
    assert given.disk.names("a") == (".htaccess", "1", "一", "二.html")
    assert given.disk.names("") == ("a",)
    assert given.disk.names("b") == ()


def test_sizes_are_told_of_everything_below_a_folder(given: Given) -> None:
    given.put("r/index.html", b"12345")
    given.put("r/2026/10/图.png", b"123")
    given.put("r/2026/.hidden", b"")
    given.put("elsewhere/x")
    (given.folder / "r/link").symlink_to("../elsewhere")
    os.mkfifo(given.folder / "r/pipe")
    sizes = dict(given.disk.sizes("r"))
    assert sizes == {"2026/.hidden": 0, "2026/10/图.png": 3, "index.html": 5, "link": NO_FILE, "pipe": NO_FILE}
    assert given.disk.sizes("nowhere") == {}


def test_a_name_that_is_no_unicode_is_no_stumbling_block(given: Given) -> None:
    """Somebody unpacked an archive by hand."""
    given.put("r/好")
    os.rename(os.fsencode(given.folder / "r/好"), os.fsencode(given.folder) + b"/r/" + "好".encode("gbk"))
    (name,) = given.disk.sizes("r")
    assert name.encode("utf-8", "surrogateescape") == "好".encode("gbk")
    given.disk.remove(f"r/{name}")
    assert given.disk.names("r") == ()


@pytest.mark.parametrize("size", [0, 1, 255 * 1024, 256 * 1024, 1_000_003])
def test_a_file_is_read_as_it_was_written(given: Given, size: int) -> None:
    content = hashlib.sha256(b"seed").digest() * (size // 32 + 1)
    given.disk.write(["a"], {"a": content[:size]}.__getitem__)
    assert (given.folder / "a").read_bytes() == content[:size]
    assert given.disk.read("a") == content[:size]
    assert given.disk.sums(["a"]) == {"a": hashlib.sha256(content[:size]).hexdigest()}


def test_what_is_not_there_is_told(given: Given) -> None:
    given.put("there", b"content")
    assert given.disk.read("nowhere/a") is None
    assert given.disk.sums(["a/b", "there", "c"]) == {"there": hashlib.sha256(b"content").hexdigest()}
    assert given.disk.points_to("nowhere") == ""
    assert given.disk.points_to("there") == ""
    given.disk.remove("nowhere/a")


@pytest.mark.parametrize("what", ["pipe", "link", "folder", "huge"])
def test_only_files_of_a_bearable_size_are_read(given: Given, what: str) -> None:
    """Somebody who may write there could keep us waiting for good, lead us elsewhere, or fill the memory."""
    given.put("there")
    place = given.folder / "lock"
    if what == "pipe":
        os.mkfifo(place)
    elif what == "link":
        place.symlink_to("there")
    elif what == "folder":
        place.mkdir()
    else:
        os.truncate(given.put("lock"), MOST_READ_MB * 1024 * 1024 + 1)
    with pytest.raises(Unreadable, match=f"“{place}”.*没有读"):
        given.disk.read("lock")


def test_folders_are_made_with_those_above_them(given: Given) -> None:
    given.disk.make_folders(["a/b/c", "a/d", "a/b"])
    given.disk.make_folders(["a/b/c", "a/e"])
    found = sorted(each.relative_to(given.folder).as_posix() for each in given.folder.rglob("*"))
    assert found == ["a", "a/b", "a/b/c", "a/d", "a/e"]


def test_the_web_server_may_read_whatever_the_umask(given: Given) -> None:
    given.disk.make_folders(["a/b"])
    given.disk.write(["a/b/x"], lambda _: b"x")
    given.disk.link([("a/b/x", "a/y")])
    given.disk.create("z", b"z")
    modes = {each.name: each.stat().st_mode & 0o777 for each in given.folder.rglob("*")}
    assert modes == {"a": 0o755, "b": 0o755, "x": 0o644, "y": 0o644, "z": 0o644}


def test_many_files_are_written_and_replaced(given: Given) -> None:
    paths = [f"f{number % 7}/{number}.html" for number in range(300)]
    given.disk.make_folders({path.split("/")[0] for path in paths})
    for turn in ("old", "new"):
        given.disk.write(paths, lambda path, turn=turn: f"{turn} {path}".encode())
    for path in paths:
        assert (given.folder / path).read_bytes() == f"new {path}".encode()
    assert len([each for each in given.folder.rglob("*") if each.is_file()]) == len(paths)


def test_content_is_asked_for_one_file_after_another(given: Given) -> None:
    inside = threading.Lock()

    def content(path: str) -> bytes:
        assert inside.acquire(blocking=False)
        inside.release()
        return path.encode()

    given.disk.write([str(number) for number in range(100)], content)
    assert len(given.disk.names("")) == 100


def test_a_file_whose_content_cannot_be_had_leaves_nothing(given: Given) -> None:
    given.put("a", b"old")

    def content(path: str) -> bytes:
        raise TargetUnavailable(message("没有权限"))

    with pytest.raises(TargetUnavailable, match="没有权限"):
        given.disk.write(["a", "b"], content)
    assert given.disk.names("") == ("a",)
    assert given.disk.read("a") == b"old"


def test_a_file_in_no_folder_is_refused_with_its_path(given: Given) -> None:
    with pytest.raises(TargetUnavailable, match=f"{given.folder}/nowhere/a.*没有这个文件或文件夹"):
        given.disk.write(["nowhere/a"], lambda _: b"x")


def test_links_share_what_they_lead_to(given: Given) -> None:
    first, second = given.put("old/a", b"a"), given.put("old/b", b"b")
    given.put("new/b", b"an earlier attempt")
    given.disk.link([("old/a", "new/a"), ("old/b", "new/b")])
    assert (given.folder / "new/a").samefile(first)
    assert (given.folder / "new/b").samefile(second)
    with pytest.raises(TargetUnavailable, match="没有这个文件或文件夹"):
        given.disk.link([("old/c", "new/c")])


def test_writing_over_a_link_leaves_the_other_name_alone(given: Given) -> None:
    """Kept releases share files: none may change with another."""
    given.put("old/a", b"old")
    given.disk.link([("old/a", "b")])
    given.disk.write(["b"], lambda _: b"new")
    assert given.disk.read("old/a") == b"old"


def test_of_many_who_create_a_file_one_succeeds(given: Given) -> None:
    assert given.disk.create("lock", b"first")
    assert not given.disk.create("lock", b"second")
    assert given.disk.read("lock") == b"first"
    given.disk.remove("lock")
    assert given.disk.create("lock", b"third")
    assert given.disk.names("") == ("lock",)


def test_of_many_who_create_at_once_one_succeeds_and_all_see_a_whole_file(given: Given) -> None:
    contents = [f"{number}".encode() * 50_000 for number in range(6)]
    made: list[bytes] = []

    def create(content: bytes) -> None:
        if given.disk.create("lock", content):
            made.append(content)
        assert given.disk.read("lock") in contents

    threads = [threading.Thread(target=create, args=[content]) for content in contents]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert made == [given.disk.read("lock")]
    assert given.disk.names("") == ("lock",)


def test_who_follows_a_link_always_meets_something(given: Given) -> None:
    given.put("releases/1/index", b"1")
    given.put("releases/2/index", b"2")
    given.disk.point("current", "releases/1")
    assert given.disk.points_to("current") == "releases/1"
    met: set[bytes] = set()
    done = threading.Event()

    def visit() -> None:
        while not done.is_set():
            met.add((given.folder / "current/index").read_bytes())

    visitor = threading.Thread(target=visit)
    visitor.start()
    for turn in range(50_000):
        given.disk.point("current", f"releases/{turn % 2 + 1}")
        if turn >= 100 and len(met) == 2:
            break
    done.set()
    visitor.join()
    assert met == {b"1", b"2"}
    assert given.disk.points_to("current") == f"releases/{turn % 2 + 1}"
    assert given.disk.names("") == ("current", "releases")


def test_a_link_does_not_take_the_place_of_a_folder(given: Given) -> None:
    given.put("current/index.html", b"made by hand")
    with pytest.raises(TargetUnavailable, match=f"{given.folder}/current"):
        given.disk.point("current", "releases/1")
    assert given.disk.names("") == ("current",)
    assert given.disk.read("current/index.html") == b"made by hand"


def test_files_and_folders_get_another_name(given: Given) -> None:
    given.put("a.incoming/x", b"x")
    given.put("file", b"new")
    given.put("other", b"old")
    given.disk.rename("a.incoming", "a")
    given.disk.rename("file", "other")
    assert given.disk.names("") == ("a", "other")
    assert given.disk.read("a/x") == b"x"
    assert given.disk.read("other") == b"new"
    with pytest.raises(TargetUnavailable, match="没有这个文件或文件夹"):
        given.disk.rename("nothing", "something")


def test_what_is_removed_is_gone_with_all_that_is_in_it_and_nothing_else(given: Given) -> None:
    given.put("kept/a", b"a")
    for path in ("gone/a", "gone/b/c/d", "gone/b/.e", "single"):
        given.put(path)
    (given.folder / "gone/link").symlink_to("../kept")
    (given.folder / "link").symlink_to("kept")
    for path in ("gone", "single", "link"):
        given.disk.remove(path)
        given.disk.remove(path)
    assert given.disk.names("") == ("kept",)
    assert given.disk.read("kept/a") == b"a"


def test_names_are_synchronised(given: Given) -> None:
    given.put("a/x")
    given.disk.synchronise(["", "a"])
    with pytest.raises(TargetUnavailable, match="没有这个文件或文件夹"):
        given.disk.synchronise(["nowhere"])


def test_a_disk_may_be_closed_twice(given: Given) -> None:
    given.disk.close()
    given.disk.close()
