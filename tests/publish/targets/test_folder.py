"""A folder target: what is received, linked, read back, switched to, removed, examined, and who may do it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.model.errors import TargetLocked, TargetUnavailable
from bulletin.publish.manifests import read_manifest
from bulletin.publish.targets import lock
from bulletin.publish.targets.folder.target import FolderTarget
from bulletin.publish.targets.local.disk import LocalDisk
from bulletin.publish.targets.target import Manifest, Parcel, Received
from tests.folder_targets import NEW, OLD, PAGE, NoLinks, holder, new, old, publish, seen, tree
from tests.releases import parcel

OLD_NAME, NEW_NAME = old().release.name, new().release.name


class TwoRenames(NoLinks):
    """A disk without links, on which two folders cannot change places."""

    def exchanges(self) -> bool:
        return False

    def exchange(self, one: str, other: str) -> bool:
        return False


@pytest.fixture(params=[LocalDisk, NoLinks, TwoRenames])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> LocalDisk:
    """A disk of each way of switching, still empty."""
    made: LocalDisk = request.param(str(tmp_path / "site"))
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "site"


def _published(disk: LocalDisk, *parcels: Parcel) -> FolderTarget:
    for each in parcels:
        publish(disk, each)
    return FolderTarget(disk)


def _nothing(_: object) -> None:
    """Nobody is told of progress."""


def test_an_empty_target(disk: LocalDisk, root: Path) -> None:
    root.mkdir()
    target = FolderTarget(disk)
    assert (target.kept(), target.live(), target.switches_at_once) == ((), "", True)
    assert not list(root.iterdir())


def test_releases_are_received_and_switched_to(disk: LocalDisk, root: Path) -> None:
    target = _published(disk, old())
    assert seen(root) == OLD
    assert (target.kept(), target.live()) == ((OLD_NAME,), OLD_NAME)
    assert target.manifest(OLD_NAME) == old().manifest
    assert publish(disk, new()) == Received(2, len(NEW["index.html"]) + len(NEW["2026/11/01/index.html"]), 2)
    assert seen(root) == NEW
    assert (target.kept(), target.live()) == ((NEW_NAME, OLD_NAME), NEW_NAME)
    assert (target.examine(new().release), target.examine(old().release)) == ((), ())
    assert target.switches_at_once is not isinstance(disk, TwoRenames)


def test_there_and_back_and_again(disk: LocalDisk, root: Path) -> None:
    target = _published(disk, old(), new())
    before = tree(root)
    for name, shown in [(OLD_NAME, OLD), (OLD_NAME, OLD), (NEW_NAME, NEW), (OLD_NAME, OLD), (NEW_NAME, NEW)]:
        target.switch(name)
        assert seen(root) == shown
        assert target.live() == name
        assert target.examine(old().release) == target.examine(new().release) == ()
    assert tree(root) == before


def test_the_layout(root: Path) -> None:
    """What the other targets and the web server's settings rely on."""
    _published(LocalDisk(str(root)), old())
    assert os.readlink(root / "current") == f"releases/{OLD_NAME}/site"
    assert sorted(each.name for each in root.iterdir()) == ["current", "releases"]
    assert sorted(each.name for each in (root / "releases" / OLD_NAME).iterdir()) == ["release.json", "site"]


def test_a_disk_without_links_has_a_folder_in_their_place(root: Path) -> None:
    _published(NoLinks(str(root)), old(), new())
    assert not (root / "current").is_symlink()
    assert sorted(each.name for each in root.iterdir()) == ["current", "releases"]
    assert not (root / "releases" / NEW_NAME / "site").exists()
    assert (root / "releases" / OLD_NAME / "site").is_dir()


def test_servers_may_read_whatever_the_umask(disk: LocalDisk, root: Path) -> None:
    before = os.umask(0o077)
    try:
        _published(disk, old(), new())
    finally:
        os.umask(before)
    modes = {mode for path, (mode, _) in tree(root).items() if path != "current" or isinstance(disk, NoLinks)}
    assert modes == {"drwxr-xr-x", "-rw-r--r--"}
    assert root.stat().st_mode & 0o777 == 0o755


def test_the_signature_lies_beside_the_manifest(disk: LocalDisk, root: Path) -> None:
    signed = Parcel(old().release, Manifest(old().manifest.content, b"signature"), old().read)
    assert _published(disk, signed).manifest(OLD_NAME).signature == b"signature"
    assert (root / "releases" / OLD_NAME / "release.json.sig").read_bytes() == b"signature"


def test_what_the_base_has_is_linked_not_sent(disk: LocalDisk, root: Path) -> None:
    _published(disk, old())
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        return NEW[path]

    publish(disk, Parcel(new().release, new().manifest, read))
    assert sorted(asked) == ["2026/11/01/index.html", "index.html"]
    one = FolderTarget(disk)._current.site(OLD_NAME)
    assert (root / one / PAGE).samefile(root / "current" / PAGE)


@pytest.mark.parametrize("spoiled", [b"ARTICLE", b"longer than it was", None])
def test_a_file_of_the_base_that_rotted_is_sent_anew(disk: LocalDisk, root: Path, spoiled: bytes | None) -> None:
    """Of the same size, of another, gone: it is not linked on; and the base is left as it is, for who examines it."""
    target = _published(disk, old())
    rotten = root / "current" / PAGE
    rotten.unlink()
    if spoiled is not None:
        rotten.write_bytes(spoiled)
    assert target.examine(old().release) == (PAGE,)
    assert publish(disk, new()).sent == 3
    assert seen(root) == NEW
    assert target.examine(new().release) == ()
    assert target.examine(old().release) == (PAGE,)


def _attempt(disk: LocalDisk, fail_at: str) -> None:
    """An attempt that is broken off at a file."""

    def read(path: str) -> bytes:
        if path == fail_at:
            raise TargetUnavailable(new().release and lock._BREAK)
        return NEW[path]

    with pytest.raises(TargetUnavailable):
        publish(disk, Parcel(new().release, new().manifest, read))


def test_an_earlier_attempt_is_used(disk: LocalDisk, root: Path) -> None:
    _published(disk, old())
    _attempt(disk, "index.html")
    assert seen(root) == OLD
    incoming = root / "releases" / f"{NEW_NAME}.incoming" / "site"
    assert (incoming / "2026/11/01/index.html").read_bytes() == b"new"
    assert publish(disk, new()).sent == 1
    assert seen(root) == NEW


@pytest.mark.parametrize("spoiled", [b"NEW", b"longer"])
def test_what_is_wrong_in_an_earlier_attempt_is_sent_again(disk: LocalDisk, root: Path, spoiled: bytes) -> None:
    _published(disk, old())
    _attempt(disk, "index.html")
    incoming = root / "releases" / f"{NEW_NAME}.incoming" / "site"
    (incoming / "2026/11/01/index.html").write_bytes(spoiled)
    (incoming / "strange.html").write_bytes(b"")
    (incoming / ".part-index.html").write_bytes(b"half")
    assert publish(disk, new()).sent == 2
    assert seen(root) == NEW


def test_rubbish_of_others_is_swept_and_what_is_not_ours_stays(disk: LocalDisk, root: Path) -> None:
    _published(disk, old())
    releases = root / "releases"
    for rubbish in ("00007-aaaaaaaa.incoming/site", "00008-aaaaaaaa/site", "notes", "00009-aaaaaaaa.bak"):
        (releases / rubbish).mkdir(parents=True)
    (root / ".part-lock").write_bytes(b"")
    publish(disk, new())
    assert sorted(each.name for each in releases.iterdir()) == [OLD_NAME, NEW_NAME, "00009-aaaaaaaa.bak", "notes"]
    assert sorted(each.name for each in root.iterdir()) == ["current", "releases"]


def test_a_live_release_that_lost_its_manifest_is_not_swept(root: Path) -> None:
    disk = LocalDisk(str(root))
    _published(disk, old())
    (root / "releases" / OLD_NAME / "release.json").unlink()
    target = FolderTarget(disk)
    assert (target.live(), target.kept()) == (OLD_NAME, ())
    target.receive(new(), None, _nothing)
    assert seen(root) == OLD


class _Lying(LocalDisk):
    """A disk that gives back something else than what it was given: once, or always."""

    def __init__(self, root: str, times: int) -> None:
        super().__init__(root)
        self.times = times

    def sums(self, paths):  # type: ignore[no-untyped-def]
        found = dict(super().sums(paths))
        for path in found:
            if path.endswith("11/01/index.html") and self.times:
                self.times -= 1
                found[path] = "0" * 64
        return found


def test_what_is_read_back_otherwise_is_refused(root: Path) -> None:
    _published(LocalDisk(str(root)), old())
    with pytest.raises(TargetUnavailable, match=r"“2026/11/01/index.html”读回来不一样了，共 1 个") as told:
        publish(_Lying(str(root), 1), new())
    assert "再运行一次会重发" in str(told.value.advice)
    assert seen(root) == OLD
    assert FolderTarget(LocalDisk(str(root))).kept() == (OLD_NAME,)
    assert publish(_Lying(str(root), 1), new()).sent == 1, "the file that was there read otherwise, and was sent again"
    assert seen(root) == NEW


def test_what_was_left_and_sent_again_is_read_back_too(root: Path) -> None:
    _published(LocalDisk(str(root)), old())
    _attempt(LocalDisk(str(root)), "index.html")
    with pytest.raises(TargetUnavailable, match="读回来不一样了"):
        publish(_Lying(str(root), 2), new())
    assert seen(root) == OLD


def test_a_site_that_changed_meanwhile_is_refused_as_it_says(disk: LocalDisk, root: Path) -> None:
    class Changed(Exception):
        """What the reader of a parcel raises."""

    def read(path: str) -> bytes:
        raise Changed(path)

    _published(disk, old())
    with pytest.raises(Changed):
        publish(disk, Parcel(new().release, new().manifest, read))
    assert seen(root) == OLD
    assert FolderTarget(disk).kept() == (OLD_NAME,)
    assert not (root / "lock").exists()


def test_a_release_that_was_received_already(disk: LocalDisk, root: Path) -> None:
    target = _published(disk, old())
    target.receive(new(), old().release, _nothing)
    assert target.receive(new(), old().release, _nothing) == Received(0, 0, 4)
    assert seen(root) == OLD
    assert publish(disk, old()) == Received(0, 0, 4), "and one that is live"
    assert seen(root) == OLD


def test_a_release_that_was_received_and_then_spoiled(disk: LocalDisk, root: Path) -> None:
    target = _published(disk, old())
    target.receive(new(), old().release, _nothing)
    path = root / "releases" / NEW_NAME / "site/index.html"
    path.unlink()
    path.write_bytes(b"HOME 2")
    assert publish(disk, new()).sent == 1
    assert seen(root) == NEW


def test_progress_is_told_with_counts(tmp_path: Path) -> None:
    disk = LocalDisk(str(tmp_path / "site"))
    many = {f"{number}.html": b"%d" % number for number in range(450)}
    said: list = []
    publish(disk, parcel(many), said)
    lines = [str(each) for each in said]
    assert lines[:3] == ["正在发送 200/450", "正在发送 400/450", "正在发送 450/450"]
    assert "正在读回核对 450/450" in lines
    said.clear()
    assert publish(disk, parcel({**many, "1.html": b"x"}, 2), said) == Received(1, 1, 449)
    assert "正在沿用目标上已有的文件 449/449" in [str(each) for each in said]
    assert len(seen(tmp_path / "site")) == 450


def test_newest_first_beyond_five_digits(disk: LocalDisk) -> None:
    target = FolderTarget(disk)
    for serial in (99_999, 100_000, 2):
        target.receive(parcel(OLD, serial), None, _nothing)
    assert [name.partition("-")[0] for name in target.kept()] == ["100000", "99999", "00002"]


def test_releases_are_removed_but_never_the_live_one(disk: LocalDisk, root: Path) -> None:
    third = parcel({**NEW, "index.html": b"home 3"}, 3)
    target = _published(disk, old(), new(), third)
    with pytest.raises(TargetUnavailable, match=f"第 {third.release.name} 版正在给读者看，不能删"):
        target.remove([OLD_NAME, third.release.name])
    assert len(target.kept()) == 3
    target.remove([OLD_NAME, NEW_NAME])
    assert target.kept() == (third.release.name,)
    assert [each.name for each in (root / "releases").iterdir()] == [third.release.name]
    assert seen(root)["index.html"] == b"home 3"
    target.remove([OLD_NAME])
    target.remove([])


@pytest.mark.parametrize("name", ["", "..", "../..", "00001-aaaaaaaa/../x", "current", "00001-aaaaaaaa.incoming"])
def test_only_names_of_releases_are_taken(disk: LocalDisk, name: str) -> None:
    target = _published(disk, old())
    for act in (lambda: target.remove([name]), lambda: target.manifest(name), lambda: target.switch(name)):
        with pytest.raises(TargetUnavailable, match=r"不是版的名称|没有第"):
            act()
    assert target.live() == OLD_NAME


def test_a_release_that_is_not_kept(disk: LocalDisk) -> None:
    target = _published(disk, old())
    for act in (lambda: target.manifest(NEW_NAME), lambda: target.switch(NEW_NAME)):
        with pytest.raises(TargetUnavailable, match=f"发布目标上没有第 {NEW_NAME} 版"):
            act()


def test_what_was_changed_by_hand_is_found(disk: LocalDisk, root: Path) -> None:
    target = _published(disk, old())
    site = root / "current"
    (site / "style.css").write_bytes(b"BODY {}")
    (site / "index.html").unlink()
    (site / "2026/backdoor.php").write_bytes(b"")
    (site / PAGE).unlink()
    (site / PAGE).symlink_to("/etc/passwd")
    assert target.examine(old().release) == ("2026/10/03/index.html", "2026/backdoor.php", "index.html", "style.css")


def _folder_by_hand(root: Path) -> None:
    (root / "current").mkdir(parents=True)
    (root / "current/index.html").write_bytes(b"by hand")


def _link_by_hand(root: Path) -> None:
    (root / "www").mkdir(parents=True)
    (root / "www/index.html").write_bytes(b"by hand")
    (root / "current").symlink_to("www")


def _file_by_hand(root: Path) -> None:
    root.mkdir()
    (root / "current").write_bytes(b"by hand")


@pytest.mark.parametrize("by_hand", [_folder_by_hand, _link_by_hand, _file_by_hand])
def test_a_site_that_somebody_else_put_there_is_not_touched(
    disk: LocalDisk, root: Path, by_hand: Callable[[Path], None]
) -> None:
    by_hand(root)
    before = tree(root)
    target = FolderTarget(disk)
    assert target.live() == ""
    with pytest.raises(TargetUnavailable, match=r"current .*没有动它") as told:
        publish(disk, old())
    assert "mv current current.old" in str(told.value.advice)
    assert tree(root) == before, "told before anything is sent"
    (root / "current").rename(root / "current.old")
    publish(disk, old())
    assert seen(root) == OLD


def test_a_link_of_ours_that_leads_nowhere(root: Path) -> None:
    (root / "releases").mkdir(parents=True)
    (root / "current").symlink_to(f"releases/{OLD_NAME}/site")
    disk = LocalDisk(str(root))
    assert FolderTarget(disk).live() == ""
    publish(disk, new())
    assert seen(root) == NEW


# the lock


def test_the_lock_keeps_others_out_and_is_gone_after(disk: LocalDisk, root: Path) -> None:
    target = FolderTarget(disk)
    with target.locked(holder()):
        assert json.loads((root / "lock").read_bytes())["by"] == "甲某"
        with (
            pytest.raises(
                TargetLocked, match=r"甲某正在“.+”上发布，从 2026-11-23 09:30 开始，到现在 1 小时 5 分钟"
            ) as told,
            target.locked(holder("乙某", at="2026-11-23T10:35:10+08:00")),
        ):
            pass
        assert "--break-lock" in str(told.value.advice)
        assert json.loads((root / "lock").read_bytes())["by"] == "甲某"
    assert not (root / "lock").exists()
    with target.locked(holder("乙某")):
        pass


@pytest.mark.parametrize(
    ("later", "age"),
    [
        ("2026-11-23T09:29:00+08:00", "不到 1 分钟"),
        ("2026-11-23T09:42:59+08:00", "12 分钟"),
        ("2026-11-23T03:00:00+00:00", "1 小时 30 分钟"),
        ("2026-11-26T09:30:00+08:00", "3 天"),
    ],
)
def test_the_age_of_a_lock(later: str, age: str) -> None:
    with pytest.raises(TargetLocked, match=f"开始，到现在 {age}$"):
        lock.refuse_unless_dead(lock.write_lock(holder()), holder("乙某", at=later))


def _dead() -> int:
    """The number of a process that is gone."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def test_the_lock_of_a_dead_process_of_this_machine_is_taken_over(disk: LocalDisk, root: Path) -> None:
    root.mkdir()
    (root / "lock").write_bytes(lock.write_lock(holder("乙某", process=_dead())))
    publish(disk, old())
    assert not (root / "lock").exists()


def _changed(name: str, value: object) -> bytes:
    said = json.loads(lock.write_lock(holder()))
    return json.dumps(said | {name: value}).encode()


@pytest.mark.parametrize(
    ("held", "dead"),
    [
        (lambda: lock.write_lock(holder()), False),
        (lambda: lock.write_lock(holder(process=1)), False),
        (lambda: lock.write_lock(holder(process=_dead())), True),
        (lambda: lock.write_lock(holder(host="elsewhere", process=_dead())), False),
        (lambda: _changed("started", "1"), True),  # its number was given away again
        (lambda: _changed("boot", "another"), True),  # the machine was started since
        (lambda: json.dumps(json.loads(_changed("boot", "x")) | {"machine": "y"}).encode(), False),  # of the same name
        (lambda: _changed("namespace", "pid:[1]"), False),  # a container
        (lambda: json.dumps(json.loads(_changed("namespace", "x")) | {"process": _dead()}).encode(), False),
    ],
)
def test_who_is_dead(held: Callable[[], bytes], dead: bool) -> None:
    content = held()
    if dead:
        lock.refuse_unless_dead(content, holder("乙某"))
    else:
        with pytest.raises(TargetLocked, match="正在"):
            lock.refuse_unless_dead(content, holder("乙某"))


def test_a_child_that_ended_and_was_not_fetched_yet_is_dead() -> None:
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.read()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        lock.refuse_unless_dead(lock.write_lock(holder(process=process.pid)), holder("乙某"))


def test_who_cannot_be_known_is_not_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a system does not say which machine and start it is."""
    content = lock.write_lock(holder(process=_dead()))
    monkeypatch.setattr(lock, "_text", lambda _: "")
    with pytest.raises(TargetLocked):
        lock.refuse_unless_dead(content, holder("乙某"))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b"{}", b"\xff", b"[" * 100_000),
        *(
            _changed("by", 1),
            _changed("at", "yesterday"),
            _changed("at", "2026-11-23T09:30:00"),
            _changed("process", True),
        ),
        *(_changed("process", 0), _changed("process", "1"), _changed("by", "\x1b[2J"), _changed("host", "a\nb")),
    ],
)
def test_a_lock_that_cannot_be_read_is_told_and_can_be_broken(tmp_path: Path, content: bytes) -> None:
    disk = LocalDisk(str(tmp_path))
    (tmp_path / "lock").write_bytes(content)
    assert lock.holder_of(content) is None
    with pytest.raises(TargetLocked, match="读不懂的发布锁"):
        publish(disk, old())
    publish(disk, old(), breaking=True)
    assert seen(tmp_path) == OLD


def test_a_lock_is_read_by_others() -> None:
    assert lock.holder_of(lock.write_lock(holder())) == holder()
    assert "machine-id" not in lock.write_lock(holder()).decode()
    assert Path("/etc/machine-id").read_text().strip() not in lock.write_lock(holder()).decode()


def test_a_lock_is_broken_when_it_is_said_and_only_the_own_one_is_removed(disk: LocalDisk, root: Path) -> None:
    target = FolderTarget(disk)
    with target.locked(holder()):
        with target.locked(holder("乙某"), breaking=True):
            assert json.loads((root / "lock").read_bytes())["by"] == "乙某"
        assert not (root / "lock").exists()
        with target.locked(holder("丙某")):
            pass
    with target.locked(holder()):
        (root / "lock").write_bytes(lock.write_lock(holder("丁某")))
    assert json.loads((root / "lock").read_bytes())["by"] == "丁某", "somebody else's"


class _Overtaken(LocalDisk):
    """A disk on which somebody else takes the dead lock over at the worst moment: when it was judged."""

    def create(self, path: str, content: bytes) -> bool:
        if path == "lock.taking":
            self.remove("lock")
            assert super().create("lock", lock.write_lock(holder("丙某")))
        return super().create(path, content)


@pytest.mark.parametrize("breaking", [True, False])
def test_of_two_who_take_a_lock_over_one_is_refused(root: Path, breaking: bool) -> None:
    root.mkdir()
    (root / "lock").write_bytes(lock.write_lock(holder("乙某", process=_dead())))
    with pytest.raises(TargetLocked, match="丙某正在"):
        publish(_Overtaken(str(root)), old(), breaking=breaking)
    assert json.loads((root / "lock").read_bytes())["by"] == "丙某"


def test_who_was_killed_while_taking_a_lock_over_stands_in_nobodys_way(disk: LocalDisk, root: Path) -> None:
    root.mkdir()
    for name in ("lock", "lock.taking"):
        (root / name).write_bytes(lock.write_lock(holder("乙某", process=_dead())))
    publish(disk, old())
    assert sorted(each.name for each in root.iterdir()) == ["current", "releases"]


def test_somebody_who_takes_a_lock_over_just_now_is_waited_for(root: Path) -> None:
    root.mkdir()
    (root / "lock").write_bytes(lock.write_lock(holder("乙某", process=_dead())))
    (root / "lock.taking").write_bytes(lock.write_lock(holder("丙某")))
    with pytest.raises(TargetLocked, match="丙某正在"):
        publish(LocalDisk(str(root)), old())
    publish(LocalDisk(str(root)), old(), breaking=True)


def test_many_who_publish_at_once(tmp_path: Path) -> None:
    """One after another or not at all; the target is whole, and no lock is left."""
    script = "import sys; from tests.folder_targets import act; sys.exit(act(sys.argv[1]))"
    root = tmp_path / "site"
    publish(LocalDisk(str(root)), old())
    (root / "lock").write_bytes(lock.write_lock(holder("乙某", process=_dead())))
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(root)], stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    said = [each.communicate()[0] for each in started]
    assert 0 in [each.returncode for each in started]
    assert all(each.startswith("TargetLocked|") for each in said if each), said
    assert seen(root) == NEW
    assert sorted(each.name for each in root.iterdir()) == ["current", "releases"]
    assert read_manifest(FolderTarget(LocalDisk(str(root))).manifest(NEW_NAME).content, NEW_NAME) == new().release
