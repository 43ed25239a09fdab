"""A folder target that somebody changed by hand, or took from us meanwhile: it is found, mended, swept, refused; on this machine's disk and a server's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.model.errors import TargetLocked, TargetUnavailable
from bulletin.model.release import Release
from bulletin.publish.manifests import write_manifest
from bulletin.publish.targets import lock
from bulletin.publish.targets.disk import Disk
from bulletin.publish.targets.folder.target import FolderTarget
from bulletin.publish.targets.local.disk import LocalDisk
from bulletin.publish.targets.sftp.disk import SftpDisk
from bulletin.publish.targets.target import Manifest, Parcel, Received
from tests.folder_targets import NEW, PAGE, NoLinks, holder, new, old, seen, tree
from tests.ssh_server import SshServer, at_home, ssh_server

OLD_NAME, NEW_NAME = old().release.name, new().release.name
WAYS = {"link": LocalDisk, "folder": NoLinks, "sftp": SftpDisk}


class Site:
    """A target with the old release, and the new one live; what visitors see of it is below `root`."""

    def __init__(self, disk: Disk, root: Path) -> None:
        self.root = root
        self.disk = disk
        self.target = FolderTarget(disk)
        for each in (old(), new()):
            self.receive(each, old().release if self.target.kept() else None)
            self.target.switch(each.release.name)
        self.current = root / "current"

    def receive(self, parcel: Parcel, base: Release | None = None) -> Received:
        """Receives it as a command would: locked."""
        with self.target.locked(holder()):
            return self.target.receive(parcel, base, lambda _: None)

    def edit(self, path: str, content: bytes) -> None:
        """Changes a file as an editor on the server does: in place, where other releases share it."""
        (self.current / path).write_bytes(content)


def _folder(path: Path) -> None:
    """A folder made by hand, which the server's user may write in."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o777)


@pytest.fixture(scope="module")
def server() -> Iterator[SshServer]:
    with ssh_server() as running, at_home(running):
        yield running


@pytest.fixture(params=WAYS)
def site(request: pytest.FixtureRequest, server: SshServer, tmp_path: Path) -> Iterator[Site]:
    if request.param == "sftp":
        folder = server.new_folder()
        disk = SftpDisk(server.place(folder.name), Path("/"), lambda told: pytest.fail(str(told)))
        yield Site(disk, folder)
        disk.close()
    else:
        yield Site(WAYS[request.param](str(tmp_path / "site")), tmp_path / "site")  # type: ignore[call-arg, arg-type]


def test_nothing_is_written_where_all_is_right(site: Site) -> None:
    before = {path: path.lstat().st_ino for path in site.root.rglob("*")}
    for each in (old(), new()):
        assert site.receive(each) == Received(0, 0, 4)
    assert {path: path.lstat().st_ino for path in site.root.rglob("*")} == before


def test_the_live_release_is_mended(site: Site) -> None:
    site.edit("index.html", b"HOME 2")  # of the same size
    site.edit("2026/11/01/index.html", b"longer than it was")
    (site.current / "style.css").unlink()
    for each in ("2026/12", "2026/12/backdoor"):
        _folder(site.current / each)
    (site.current / "2026/12/backdoor/a.php").write_bytes(b"")
    (site.current / "2026/b.php").symlink_to("/etc/passwd")
    assert site.target.live() == NEW_NAME
    assert site.receive(new()) == Received(3, 16, 1, removed=2)
    assert seen(site.root) == NEW
    assert not (site.current / "2026/12").exists()
    assert site.receive(new()) == Received(0, 0, 4)
    assert site.target.live() == NEW_NAME


def test_what_releases_share_is_not_written_through(site: Site) -> None:
    """Both were edited, as it is one file: only the one that is received is mended, until the other is."""
    site.edit("style.css", b"BODY {}")
    assert site.target.examine(old().release) == ("style.css",)
    assert site.receive(new()).sent == 1
    assert (site.target.examine(new().release), site.target.examine(old().release)) == ((), ("style.css",))
    assert site.receive(old()).sent == 1
    assert site.target.examine(old().release) == ()


@pytest.mark.parametrize("spoiled", [new, old])
def test_whatever_lies_in_the_way_is_put_away(site: Site, spoiled: object) -> None:
    parcel = old() if spoiled is old else new()
    folder = site.root / site.target._current.site(parcel.release.name)
    (folder / "index.html").unlink()
    for each in ("index.html", "index.html/x"):
        _folder(folder / each)
    (folder / "index.html/x/y").write_bytes(b"")
    (folder / "style.css").unlink()
    os.mkfifo(folder / "style.css")
    for each in sorted((folder / "2026").rglob("*"), reverse=True):
        each.unlink() if each.is_file() else each.rmdir()
    (folder / "2026").rmdir()
    (folder / "2026").symlink_to("/tmp")
    received = site.receive(parcel)
    assert (received.sent, received.removed) == (4, 2)
    assert site.target.examine(parcel.release) == ()
    assert not (folder / "2026").is_symlink()


def test_a_file_that_cannot_be_had_leaves_the_others_and_what_is_strange(site: Site) -> None:
    """What is strange goes last: until then nothing is taken from visitors."""
    site.edit("style.css", b"BODY {}")
    (site.current / "strange.html").write_bytes(b"")

    def read(path: str) -> bytes:
        raise TargetUnavailable(lock._BREAK)

    with pytest.raises(TargetUnavailable):
        site.receive(Parcel(new().release, new().manifest, read))
    assert seen(site.root) == {**NEW, "style.css": b"BODY {}", "strange.html": b""}


@pytest.mark.parametrize("parcel", [old(), new()], ids=["kept", "live"])
def test_a_manifest_that_is_another_is_written_again(site: Site, parcel: Parcel) -> None:
    other = replace(parcel.release, by="乙某", at="2026-11-24T09:30:00+08:00")
    manifest = Manifest(write_manifest(other), b"signature")
    assert site.receive(Parcel(other, manifest, parcel.read)) == Received(0, 0, 4)
    assert site.target.manifest(other.name) == manifest
    assert site.receive(parcel) == Received(0, 0, 4)
    assert site.target.manifest(other.name) == parcel.manifest


@pytest.mark.parametrize("what", ["pipe", "link", "folder", "huge"])
def test_what_lies_in_the_place_of_a_manifest_is_told_and_mended(site: Site, what: str) -> None:
    place = site.root / "releases" / OLD_NAME / "release.json"
    place.unlink()
    if what == "pipe":
        os.mkfifo(place)
    elif what == "link":
        place.symlink_to("/etc/passwd")
    elif what == "folder":
        _folder(place)
        _folder(place / "in")
    else:
        place.touch()
        os.truncate(place, 65 * 1024 * 1024)
    with pytest.raises(TargetUnavailable, match=r"release.json”.*没有读"):
        site.target.manifest(OLD_NAME)
    assert site.receive(old()) == Received(0, 0, 4)
    assert site.target.manifest(OLD_NAME) == old().manifest


def test_a_linked_file_that_was_edited_is_sent_anew(site: Site) -> None:
    site.edit(PAGE, b"ARTICLE")  # of the same size
    third = Parcel(replace(new().release, serial=3), new().manifest, new().read)
    third = replace(third, manifest=Manifest(write_manifest(third.release)))
    assert site.receive(third, new().release) == Received(1, 7, 3)
    site.target.switch(third.release.name)
    assert seen(site.root) == NEW


def test_all_that_no_kept_release_needs_is_swept(site: Site) -> None:
    before = tree(site.root)
    releases = site.root / "releases"
    rubbish = {
        "releases/00007-aaaaaaaa.incoming": "site/2024/01/01/index.html",
        f"releases/{NEW_NAME}.incoming": "site/index.html",
        "releases/00008-aaaaaaaa": "site/index.html",
        "next-00008-aaaaaaaa": "index.html",
        ".part-folder": "1/index.html",
    }
    for folder, path in rubbish.items():
        for above in reversed((site.root / folder / path).relative_to(site.root).parents[:-1]):
            if not (site.root / above).exists():
                _folder(site.root / above)
        (site.root / folder / path).write_bytes(b"secret")
    files = {".part-lock", f"releases/{OLD_NAME}/.part-release.json"}
    files |= {f"{site.target._current.site(name)}/2026/10/.part-index.html" for name in (OLD_NAME, NEW_NAME)}
    files |= {"releases/00009-aaaaaaaa"}
    for path in files:
        (site.root / path).write_bytes(b"secret")
    (releases / "notes").mkdir()
    with site.target.locked(holder()):
        assert {*site.target.sweep()} == {*files, *rubbish}
        assert site.target.sweep() == ()
    (releases / "notes").rmdir()
    assert tree(site.root) == before


def test_on_an_empty_target_there_is_nothing_to_sweep(tmp_path: Path) -> None:
    target = FolderTarget(LocalDisk(str(tmp_path / "site")))
    with target.locked(holder()):
        assert target.sweep() == ()


def test_a_live_release_without_a_manifest_is_not_swept(tmp_path: Path) -> None:
    site = Site(LocalDisk(str(tmp_path / "site")), tmp_path / "site")
    (site.root / "releases" / NEW_NAME / "release.json").unlink()
    with site.target.locked(holder()):
        assert site.target.sweep() == ()
    assert seen(site.root) == NEW
    assert site.receive(new()) == Received(0, 0, 4)
    assert site.target.manifest(NEW_NAME) == new().manifest


def test_who_lost_the_lock_changes_nothing(site: Site) -> None:
    shown, target = seen(site.root), site.target
    acts = (
        lambda: target.switch(OLD_NAME),
        lambda: target.remove([OLD_NAME]),
        target.sweep,
        lambda: target.receive(old(), None, lambda _: None),
    )
    for act in acts:
        with target.locked(holder()):
            (site.root / "lock").unlink()
            (site.root / "lock").write_bytes(lock.write_lock(holder("乙某")))
            with pytest.raises(TargetLocked, match="发布锁被别人拿走了"):
                act()
        assert "乙某" in (site.root / "lock").read_text("utf-8"), "the other's lock stays"
        (site.root / "lock").unlink()
    assert (seen(site.root), target.kept()) == (shown, (NEW_NAME, OLD_NAME))


@pytest.mark.parametrize("kind", ["fresh", "live"])
def test_who_loses_the_lock_while_receiving_keeps_nothing(site: Site, kind: str) -> None:
    def read(path: str) -> bytes:
        (site.root / "lock").unlink(missing_ok=True)
        return NEW[path]

    release = replace(new().release, serial=3) if kind == "fresh" else replace(new().release, by="乙某")
    if kind == "live":
        site.edit("index.html", b"HOME 2")
    with pytest.raises(TargetLocked):
        site.receive(Parcel(release, Manifest(write_manifest(release)), read), old().release)
    assert site.target.kept() == (NEW_NAME, OLD_NAME)
    assert site.target.manifest(NEW_NAME) == new().manifest


@pytest.mark.parametrize("name", ["lock", "lock.taking"])
@pytest.mark.parametrize("what", ["folder", "link", "dangling", "pipe"])
def test_whatever_lies_in_the_place_of_a_lock_can_be_broken(site: Site, name: str, what: str) -> None:
    place = site.root / name
    if name == "lock.taking":
        (site.root / "lock").write_bytes(b"")
    if what == "folder":
        _folder(place)
        _folder(place / "in")
    elif what == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to("current/index.html" if what == "link" else "nowhere")
    with pytest.raises(TargetLocked, match="读不懂的发布锁") as told, site.target.locked(holder()):
        pass
    assert "--break-lock" in str(told.value.advice)
    with site.target.locked(holder(), breaking=True):
        assert place.name == "lock.taking" or place.is_file()
    assert sorted(each.name for each in site.root.iterdir()) == ["current", "releases"]
    assert seen(site.root) == NEW
