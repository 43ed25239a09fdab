"""A folder of this machine as a disk: whole files, links or copies, what is refused and how it is told."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.model.errors import TargetUnavailable
from bulletin.publish.targets.disk import Disk, LinksRefused
from bulletin.publish.targets.local import files as local_files
from bulletin.publish.targets.local.disk import LocalDisk
from tests.faults import Children, children_of
from tests.folder_targets import PAGE, new, old, publish
from tests.registers import REPOSITORY


@pytest.fixture
def disk(tmp_path: Path) -> LocalDisk:
    return LocalDisk(str(tmp_path / "site"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_it_is_a_disk(disk: LocalDisk) -> None:
    as_disk: Disk = disk
    as_disk.close()


def test_what_is_not_there(disk: LocalDisk, root: Path) -> None:
    assert (disk.names(""), disk.names("a"), disk.sizes("a"), disk.read("a")) == ((), (), {}, None)
    assert (disk.points_to("a"), disk.sums(["a", "a/b"])) == ("", {})
    disk.remove("a")
    assert not root.exists(), "looking makes nothing"


def test_files_and_folders(disk: LocalDisk) -> None:
    disk.make_folders(["a/b", "a/c", "a"])
    disk.write(["a/b/1", "a/2"], lambda path: path.encode())
    disk.write(["a/2"], lambda _: b"again")
    assert disk.names("a") == ("2", "b", "c")
    assert disk.sizes("a") == {"2": 5, "b/1": 5}
    assert disk.read("a/b/1") == b"a/b/1"
    assert disk.sums(["a/2", "a/3"]) == {"a/2": hashlib.sha256(b"again").hexdigest()}
    disk.rename("a", "d")
    disk.synchronise(["", "d", "d/b"])
    disk.remove("d/b")
    disk.remove("d/2")
    assert disk.names("d") == ("c",)


def test_many_files_are_written_side_by_side(disk: LocalDisk) -> None:
    paths = [f"{number}" for number in range(100)]
    disk.make_folders([""])
    disk.write(paths, lambda path: path.encode() * 1000)
    assert disk.sums(paths) == {path: hashlib.sha256(path.encode() * 1000).hexdigest() for path in paths}
    disk.link([(path, f"l{path}") for path in paths])
    assert len(disk.sizes("")) == 200


def test_what_a_reader_raises_goes_through(disk: LocalDisk, root: Path) -> None:
    disk.make_folders([""])
    for count in (3, 100):
        with pytest.raises(KeyError, match="2"):
            disk.write([f"{number}" for number in range(count)], {"0": b"", "1": b""}.__getitem__)
    assert sorted(each.name for each in root.iterdir())[:2] == ["0", "1"]
    assert not [*root.glob(".part-*")]


def test_links_are_not_followed(disk: LocalDisk, root: Path) -> None:
    """Whoever may write there could lead us anywhere."""
    disk.make_folders(["outside", "site"])
    disk.write(["outside/secret"], lambda _: b"secret")
    (root / "site/file").symlink_to("../outside/secret")
    (root / "site/folder").symlink_to("../outside")
    os.mkfifo(root / "site/pipe")
    assert disk.sizes("site").keys() == {"file", "folder", "pipe"}
    assert disk.sums(["site/file", "site/folder", "site/pipe", "site"]) == {}
    disk.write(["site/file"], lambda _: b"mine")
    disk.remove("site/folder")
    disk.remove("site")
    assert disk.read("outside/secret") == b"secret"


def test_a_file_that_is_written_anew_leaves_its_other_names_alone(disk: LocalDisk) -> None:
    disk.make_folders([""])
    disk.write(["one"], lambda _: b"1")
    disk.link([("one", "two")])
    disk.write(["two"], lambda _: b"2")
    assert (disk.read("one"), disk.read("two")) == (b"1", b"2")


def test_a_file_is_created_once(disk: LocalDisk, root: Path) -> None:
    assert disk.create("lock", b"mine")
    assert not disk.create("lock", b"yours")
    assert (disk.read("lock"), disk.names("")) == (b"mine", ("lock",))


def test_a_link_leads_elsewhere(disk: LocalDisk, root: Path) -> None:
    disk.make_folders(["a", "b"])
    (root / ".part-current").symlink_to("left-by-a-killed-one")
    for to in ("a", "b"):
        disk.point("current", to)
        assert disk.points_to("current") == to
    assert disk.names("") == ("a", "b", "current")
    assert disk.points_to("a") == ""


def test_folders_change_places(disk: LocalDisk) -> None:
    disk.make_folders(["a/1", "b/2"])
    assert disk.exchanges()
    assert disk.exchange("a", "b")
    assert (disk.names("a"), disk.names("b"), disk.names("")) == (("2",), ("1",), ("a", "b"))
    with pytest.raises(TargetUnavailable, match="没有这个文件或文件夹"):
        disk.exchange("a", "c")


def test_a_c_library_that_cannot_exchange(disk: LocalDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_files.ctypes, "CDLL", lambda *_, **__: object())
    disk.make_folders(["a", "b"])
    assert not disk.exchanges()
    assert not disk.exchange("a", "b")


def _child(root: Path, script: str, *faults: str) -> str:
    """What a process says that does something with the disk while the kernel refuses it something."""
    told = [part for each in faults for part in ("-e", f"inject={each}")]
    names = ",".join(each.split(":")[0] for each in faults)
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={names}", *told]
    head = f"from bulletin.publish.targets.local.disk import LocalDisk\ndisk = LocalDisk({str(root)!r})\n"
    command = [*strace, sys.executable, "-c", head + script]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY).stdout


@pytest.mark.parametrize("fault", ["EPERM", "EMLINK", "EXDEV", "EOPNOTSUPP", "ENOSYS"])
def test_copies_where_hard_links_are_refused(disk: LocalDisk, root: Path, fault: str) -> None:
    disk.make_folders([""])
    disk.write(["one"], lambda _: b"x" * 3_000_000)
    refused = (f"?link:error={fault}", f"?linkat:error={fault}")
    _child(root, 'disk.link([("one", "two")])', *refused)
    assert (root / "two").read_bytes() == b"x" * 3_000_000
    assert not (root / "two").samefile(root / "one")
    assert (root / "two").stat().st_mode & 0o777 == 0o644
    assert disk.names("") == ("one", "two")


@pytest.mark.parametrize("fault", ["EPERM", "EOPNOTSUPP"])
def test_a_file_is_created_once_where_hard_links_are_refused(root: Path, fault: str) -> None:
    said = _child(root, 'print(disk.create("a", b"1"), disk.create("a", b"2"), disk.read("a"))', f"?link:error={fault}")
    assert said == "True False b'1'\n"
    assert [each.name for each in root.iterdir()] == ["a"]


@pytest.mark.parametrize("fault", ["EPERM", "ENOSYS", "EOPNOTSUPP"])
def test_where_there_are_no_links(root: Path, fault: str) -> None:
    script = 'disk.make_folders([""])\ntry: disk.point("a", "b")\nexcept Exception as e: print(type(e).__name__, e)'
    said = _child(root, script, f"?symlink:error={fault}", f"?symlinkat:error={fault}")
    assert said == f"{LinksRefused.__name__} “{root}/a”所在的磁盘上不能建链接\n"


def test_where_nothing_changes_places(root: Path) -> None:
    script = 'disk.make_folders(["a/1", "b"])\nprint(disk.exchanges(), disk.exchange("a", "b"), disk.names(""), disk.names("a"))'
    assert _child(root, script, "renameat2:error=EINVAL") == "False False ('a', 'b') ('1',)\n"


def test_modes_and_syncing_of_folders_that_a_file_system_does_not_know(root: Path) -> None:
    script = 'disk.make_folders(["a"])\ndisk.write(["a/1"], lambda _: b"1")\nprint(disk.read("a/1"))'
    assert _child(root, script, "?chmod:error=EPERM", "?fchmodat:error=EPERM") == "b'1'\n"
    script = 'disk.make_folders(["b"])\ndisk.synchronise(["b"])\nprint(disk.names(""))'
    assert _child(root, script, "fsync:error=EINVAL") == "('a', 'b')\n"


# what is refused


def test_only_the_root_itself_is_made(tmp_path: Path) -> None:
    """A disk that is not mounted must not be written under."""
    lost = LocalDisk(str(tmp_path / "mnt/web/site"))
    acts: list[Callable[[], object]] = [
        *(lambda: lost.names(""), lambda: lost.read("a"), lambda: lost.points_to("a")),
        *(lambda: lost.make_folders(["a"]), lambda: lost.create("lock", b"")),
    ]
    for act in acts:
        with pytest.raises(TargetUnavailable, match=f"没有“{tmp_path}/mnt/web”这个文件夹") as told:
            act()
        assert "磁盘可能没有挂上" in str(told.value.advice)
    assert not [*tmp_path.iterdir()]
    (tmp_path / "mnt/web").mkdir(parents=True)
    lost.make_folders(["a"])
    assert lost.names("") == ("a",)


def test_a_root_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"")
    with pytest.raises(TargetUnavailable, match="site”不是文件夹"):
        LocalDisk(str(tmp_path / "site")).names("")
    (tmp_path / "site").unlink()
    (tmp_path / "site").symlink_to("nowhere")
    with pytest.raises(TargetUnavailable, match="site”不是文件夹"):
        LocalDisk(str(tmp_path / "site")).create("lock", b"")


def test_a_file_where_a_folder_should_be(disk: LocalDisk, root: Path) -> None:
    disk.make_folders([""])
    disk.write(["releases"], lambda _: b"")
    assert disk.names("releases") == ()
    for act in (lambda: disk.make_folders(["releases/a"]), lambda: disk.write(["releases/a"], lambda _: b"")):
        with pytest.raises(TargetUnavailable, match=r"releases.*”：路径中间有一段不是文件夹"):
            act()


TOLD = {
    errno.ENOSPC: ("磁盘满了", "腾出空间后再运行一次"),
    errno.EDQUOT: ("磁盘配额用完了", "腾出空间后再运行一次"),
    errno.EACCES: ("没有权限", "写入权限"),
    errno.EROFS: ("磁盘是只读的", "查明磁盘为什么是只读的"),
    errno.EIO: ("磁盘读写出错", "磁盘可能坏了"),
}


@pytest.mark.parametrize("fault", TOLD)
def test_what_the_system_refuses_is_told_with_path_and_advice(disk: LocalDisk, root: Path, fault: int) -> None:
    disk.make_folders([""])
    script = 'try: disk.write(["page.html"], lambda _: b"1")\nexcept Exception as e: print(type(e).__name__, e.message, e.advice)'
    said = _child(root, script, f"fsync:error={errno.errorcode[fault]}")
    reason, advice = TOLD[fault]
    assert said.startswith(f"TargetUnavailable 写不了“{root}/page.html”：{reason} "), said
    assert advice in said
    assert disk.names("") == (), "no half file is left"


def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    """By a process without the rights of root."""
    root = tmp_path / "site"
    root.mkdir(mode=0o755)
    for each in (tmp_path, *tmp_path.parents[:-2]):
        each.chmod(each.stat().st_mode | 0o055)
    script = (
        "import os, sys; sys.path.insert(0, '.')\n"
        "from tests.folder_targets import act\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "else: os.chmod(sys.argv[1], 0o555)\n"
        "sys.exit(act(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    assert done.returncode == 3, done
    assert re.match(rf"TargetUnavailable\|写不了“{root}/lock”：没有权限\|请.+写入权限", done.stdout)
    assert not [*root.iterdir()]


# what survives a power cut


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The system calls of a publish that order what is on the disk, with paths below the target."""
    root, log = tmp_path_factory.mktemp("synced") / "site", tmp_path_factory.mktemp("log") / "log"
    publish(LocalDisk(str(root)), old())
    names = "?fsync,?rename,?renameat,?link,?linkat,?symlink,?symlinkat,?unlink"
    with children_of("tests.folder_targets:act", "bulletin.publish.targets.folder.target") as children:
        assert _run(children, root, ["-f", "-y", "-o", str(log), "-e", f"trace={names}"]) == 0
    lines = log.read_text().replace(f"{root}/", "").replace(str(root), "ROOT").splitlines()
    return [line.split(maxsplit=1)[1] for line in lines]


def _run(children: Children, root: Path, strace: list[str]) -> int:
    return children.run([str(root)], strace).code


def _where(calls: list[str], *parts: str) -> int:
    """The place of the only call with these parts."""
    found = [place for place, call in enumerate(calls) if all(part in call for part in parts)]
    assert len(found) == 1, (parts, found, calls)
    return found[0]


def test_each_file_is_on_the_disk_before_it_has_its_name(calls: list[str]) -> None:
    renamed = [match for call in calls if (match := re.search(r'rename\("(\S+/\.part-\S+)", "', call))]
    assert len(renamed) == 3, "two pages and the manifest"
    for each in renamed:
        assert _where(calls, "fsync(", f"<{each[1]}>") < calls.index(each.string)


def test_the_folders_are_on_the_disk_before_the_release_has_its_name_and_that_before_it_is_seen(
    calls: list[str],
) -> None:
    name = new().release.name
    incoming = f"releases/{name}.incoming"
    named = _where(calls, f'rename("{incoming}"')
    linked = _where(calls, "link", f'{incoming}/site/{PAGE}"')
    for folder in ("/site", "/site/2026", "/site/2026/10", "/site/2026/10/03", "/site/2026/11", "/site/2026/11/01", ""):
        assert linked < _where(calls, "fsync(", f"<{incoming}{folder}>") < named
    manifest = _where(calls, "rename(", f'"releases/{name}/release.json"')
    switched = _where(calls, 'rename(".part-current", "current"')
    kept = _where(calls, "fsync(", f"<releases/{name}>")
    assert named < _where(calls, "fsync(", "<releases>") < manifest < kept < switched
    assert [call for call in calls[switched:] if "fsync(" in call and "<ROOT>" in call]
