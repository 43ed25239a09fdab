"""Killed, no room, broken, read-only at every system call of a publish: visitors see the old site or the new one, and the next command finishes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from bulletin.model.errors import TargetLocked, TargetUnavailable
from bulletin.publish.targets.folder.target import FolderTarget
from bulletin.publish.targets.local.disk import LocalDisk
from tests.faults import KILLED, Children, Ended, children_of
from tests.folder_targets import (
    NEW,
    OLD,
    SECRET,
    NoLinks,
    act,
    clean,
    held,
    holder,
    mend_new,
    new,
    old,
    publish,
    seen,
    take_back,
    tree,
)
from tests.programs import installed
from tests.registers import REPOSITORY, SCRATCH
from tests.releases import parcel

CALLS = "openat,mkdir,write,fsync,rename,renameat2,symlink,link,linkat,unlink,unlinkat,rmdir,chmod,fchmod,readlink,getdents64"
NO_EXCHANGE = ("?renameat2:error=EINVAL",)
NO_HARD_LINKS = ("?link:error=EPERM", "?linkat:error=EPERM")
WAYS: Mapping[str, tuple[type[LocalDisk], tuple[str, ...]]] = {
    "link": (LocalDisk, ()),
    "exchange": (NoLinks, ()),
    "two renames": (NoLinks, (*NO_EXCHANGE, *NO_HARD_LINKS)),
}
NAMES = {old().release.name: OLD, new().release.name: NEW}


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with children_of("tests.folder_targets:act", "bulletin.publish.targets.folder.target") as made:
        yield made


class Stage:
    """A target with the old release, put back as it was before each publish of the new one."""

    def __init__(self, folder: Path, disk: type[LocalDisk]) -> None:
        self.root = folder / "site"
        self.kept = folder / "kept"
        publish(disk(str(self.kept)), old())
        (self.kept / "releases/00009-aaaaaaaa.incoming/site/a").mkdir(parents=True)
        (self.kept / "releases/00009-aaaaaaaa.incoming/site/a/b").write_bytes(b"rubbish")

    def reset(self) -> list[str]:
        """Puts it back; returns what a child is called with."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.kept, self.root, symlinks=True)
        return [str(self.root)]

    def disk_kept(self) -> LocalDisk:
        """What each publish begins with."""
        return LocalDisk(str(self.kept))

    def disk(self) -> LocalDisk:
        return LocalDisk(str(self.root))


@pytest.fixture
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        yield Path(folder)


def _shown(stage: Stage) -> str:
    """The release that visitors see, after asserting that it is whole, and that the target says so."""
    live = FolderTarget(stage.disk()).live()
    assert seen(stage.root) == NAMES[live]
    return live


def _finishes(stage: Stage, undisturbed: Mapping[str, tuple[str, bytes]]) -> None:
    try:
        publish(stage.disk(), new())
    except TargetLocked:  # killed between making the lock and filling it, which without hard links are two steps
        assert (stage.root / "lock").read_bytes() == b""
        publish(stage.disk(), new(), breaking=True)
    assert tree(stage.root) == undisturbed


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("fault", "step"), [("signal=SIGKILL", 1), ("error=ENOSPC", 3), ("error=EIO", 5)])
def test_a_fault_at_every_call(children: Children, scratch: Path, way: str, fault: str, step: int) -> None:
    """Only two renames, on a disk without links that cannot exchange folders, can leave nothing to be seen; who looks then mends it."""
    disk, always = WAYS[way]
    stage = Stage(scratch, disk)
    assert act(*stage.reset()) == 0
    undisturbed = tree(stage.root)
    shown, gaps = [], 0
    for ended in children.each_fault(stage.reset, CALLS, fault, always, step):
        assert ended.code in ({KILLED} if "KILL" in fault else {0, 3}), ended
        if ended.code == 3:
            _is_told(ended)
        if not (stage.root / "current").exists():
            gaps += 1
        shown.append(_shown(stage))
        if ended.code == 0:
            assert shown[-1] == new().release.name
        _finishes(stage, undisturbed)
    assert len(shown) >= 60 // step
    assert {*shown} == NAMES.keys()
    assert gaps == 0 or (way == "two renames" and "KILL" in fault and gaps <= 3)


def _is_told(ended: Ended) -> None:
    kind, _, text = ended.said.partition("|")
    assert kind == "TargetUnavailable", ended
    assert "写不了" in text or "读不了" in text, ended
    assert "磁盘满了" in text or "磁盘读写出错" in text, ended
    assert "腾出空间后再运行一次" in text or "管理员检查" in text, ended


def test_killed_while_a_release_is_removed(children: Children, scratch: Path) -> None:
    """A release of which something is missing is none."""
    stage = Stage(scratch, LocalDisk)
    publish(stage.disk_kept(), new())
    counts = set()
    with children_of("tests.folder_targets:remove_old") as removing:
        for ended in removing.each_fault(stage.reset, "unlink,unlinkat,rmdir,fsync", "signal=SIGKILL"):
            assert ended.code == KILLED
            target = FolderTarget(stage.disk())
            counts.add(len(target.kept()))
            if old().release.name in target.kept():
                assert target.examine(old().release) == ()
            assert seen(stage.root) == NEW
            publish(stage.disk(), parcel({**NEW, "index.html": b"home 3"}, 3))
            assert len([*(stage.root / "releases").iterdir()]) == len(target.kept())
    assert counts == {1, 2}


def _spoil(stage: Stage) -> None:
    """A site without what is to be taken back, and all places where that can lie."""
    for each in (new(), held(), clean()):
        publish(stage.disk_kept(), each)
    releases = stage.kept / "releases"
    for place in ("00009-aaaaaaaa.incoming/site", "00008-aaaaaaaa/site/2026"):
        (releases / place).mkdir(parents=True)
        (releases / place / "index.html").write_text(SECRET)
    (releases / new().release.name / "site/.part-index.html").write_text(SECRET)
    (stage.kept / ".part-1").write_text(SECRET)


def _holding(root: Path) -> list[Path]:
    """Files with the text that is to be taken back."""
    return [path for path in root.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_killed_while_a_text_is_taken_back(scratch: Path) -> None:
    """Whenever: the next command finds nothing to remove, or what is left, and nothing of the text stays."""
    stage = Stage(scratch, LocalDisk)
    _spoil(stage)
    kept = {each.release.name: each.release for each in (old(), new(), clean())}
    left = set()
    with children_of("tests.folder_targets:take_back") as children:
        for ended in children.each_fault(stage.reset, "unlink,unlinkat,rmdir,fsync,rename", "signal=SIGKILL"):
            assert ended.code == KILLED
            left.add((held().release.name in FolderTarget(stage.disk()).kept(), len(_holding(stage.root))))
            assert take_back(str(stage.root)) == 0
            assert _holding(stage.root) == []
            target = FolderTarget(stage.disk())
            assert {*target.kept()} == kept.keys()
            assert [target.examine(each) for each in kept.values()] == [()] * 3
            assert seen(stage.root)["index.html"] == b"home 4"
            with target.locked(holder()):
                assert target.sweep() == ()
    assert {(True, 5), (False, 5), (False, 4), (False, 1)} <= left


def test_killed_while_the_live_release_is_mended(scratch: Path) -> None:
    """Each file is what somebody made of it, or right; and releases that share it have it as it was."""
    stage = Stage(scratch, LocalDisk)
    publish(stage.disk_kept(), new())
    site = stage.kept / "current"
    (site / "style.css").unlink()
    (site / "style.css").write_bytes(b"BODY {}")
    (site / "index.html").unlink()
    (site / "2026/strange.html").write_bytes(b"strange")
    before = seen(stage.kept)
    mended = set()
    with children_of("tests.folder_targets:mend_new") as children:
        for ended in children.each_fault(stage.reset, "openat,write,fsync,rename,unlink", "signal=SIGKILL"):
            assert ended.code == KILLED
            now = {path: each for path, each in seen(stage.root).items() if "/.part-" not in f"/{path}"}
            assert all(each in (before.get(path), NEW.get(path)) for path, each in now.items())
            assert "2026/strange.html" in now or now == NEW, "last"
            mended.add(frozenset(now.items()))
            assert mend_new(str(stage.root)) == 0
            assert seen(stage.root) == NEW
            assert FolderTarget(stage.disk()).examine(old().release) == ()
    assert len(mended) == 4


@contextmanager
def _mounted(folder: Path, *what: str) -> Iterator[Path]:
    folder.mkdir()
    _as_root("mount", *what, str(folder))
    try:
        yield folder
    finally:
        _as_root("umount", "--lazy", str(folder))


def _as_root(*command: str) -> str:
    before = [] if os.getuid() == 0 else ["sudo", "-n"]
    return subprocess.run([*before, *command], check=True, capture_output=True, text=True).stdout.strip()


BIG = {**NEW, "film.bin": b"x" * 400_000}


@pytest.mark.parametrize("way", [LocalDisk, NoLinks])
def test_a_disk_that_is_full(tmp_path: Path, way: type[LocalDisk]) -> None:
    with _mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=500k", "tmpfs") as disk:
        root = disk / "site"
        publish(way(str(root)), old())
        (disk / "ballast").write_bytes(b"x" * 200_000)
        with pytest.raises(TargetUnavailable, match=r"写不了“.+film.bin”：磁盘满了") as told:
            publish(LocalDisk(str(root)), parcel(BIG, 2))
        assert str(told.value.advice) == "发布目标的磁盘满了；腾出空间后再运行一次，会接着发"
        assert seen(root) == OLD
        assert not (root / "lock").exists()
        (disk / "ballast").unlink()
        assert publish(LocalDisk(str(root)), parcel(BIG, 2)).sent == 2
        assert seen(root) == BIG


def test_a_disk_that_became_read_only(tmp_path: Path) -> None:
    with _mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=500k", "tmpfs") as disk:
        root = disk / "site"
        publish(LocalDisk(str(root)), old())
        before = tree(root)
        _as_root("mount", "-o", "remount,ro", str(disk))
        with pytest.raises(TargetUnavailable, match=r"写不了“.+”：磁盘是只读的") as told:
            publish(LocalDisk(str(root)), new())
        assert "只读" in str(told.value.advice)
        target = FolderTarget(LocalDisk(str(root)))
        assert (target.live(), target.kept(), target.examine(old().release)) == (
            old().release.name,
            (old().release.name,),
            (),
        )
        assert tree(root) == before
        _as_root("mount", "-o", "remount,rw", str(disk))
        publish(LocalDisk(str(root)), new())
        assert seen(root) == NEW


def test_a_real_limit_of_the_file_system(tmp_path: Path) -> None:
    """No file may grow beyond a size: by the kernel itself."""
    root = tmp_path / "site"
    publish(LocalDisk(str(root)), old())
    script = (
        "import resource, sys; from tests.folder_targets import act\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))\n"
        "sys.exit(act(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(root)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=REPOSITORY)
    assert done.returncode == 3, done
    assert "release.json”：文件太大" in done.stdout
    assert seen(root) == OLD
    publish(LocalDisk(str(root)), new())
    assert seen(root) == NEW


def test_a_real_disk_without_links(tmp_path: Path) -> None:
    """exFAT, as on a USB disk, by a file system of user space: no links, no hard links, no exchange, no modes."""
    image = tmp_path / "image"
    with image.open("wb") as file:
        file.truncate(4_000_000)
    subprocess.run([installed("mkfs.exfat", "exfatprogs"), image], check=True, capture_output=True)
    installed("mount.exfat-fuse", "exfat-fuse")
    device = _as_root("losetup", "--find", "--show", str(image))
    try:
        with _mounted(tmp_path / "usb", "-t", "exfat-fuse", device) as disk:
            root = disk / "site"
            publish(LocalDisk(str(root)), old())
            assert seen(root) == OLD
            target = FolderTarget(LocalDisk(str(root)))
            assert not target.switches_at_once
            assert publish(LocalDisk(str(root)), new()).had == 2
            assert seen(root) == NEW
            target.switch(old().release.name)
            assert (seen(root), target.live()) == (OLD, old().release.name)
            target.remove([new().release.name])
            assert target.examine(old().release) == ()
            assert sorted(each.name for each in root.iterdir()) == ["current", "releases"]
    finally:
        _as_root("losetup", "--detach", device)
