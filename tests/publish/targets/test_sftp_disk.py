"""A server's folder as a disk: what is told when the server fails, and what is done for one that cannot do everything."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import Message
from bulletin.model.target import ServerPlace
from bulletin.publish.targets.sftp.disk import SftpDisk
from bulletin.publish.targets.sftp.session import Patience
from tests.programs import installed
from tests.ssh_server import Proxy, SshServer, at_home, ssh_server

LOST = "连接断了"
FILES = {f"{folder}/{number}.html": f"{folder} {number} ".encode() * 400 for folder in "ab" for number in range(6)}


@pytest.fixture(scope="module")
def server() -> Iterator[SshServer]:
    with ssh_server() as running, at_home(running):
        yield running


@contextmanager
def disk_on(
    server: SshServer, folder: Path, port: int = 0, answer: float = 60
) -> Iterator[tuple[SftpDisk, list[Message]]]:
    """The folder as a disk, and what was told of what the server cannot do."""
    told: list[Message] = []
    place = server.place(folder.relative_to(server.files).as_posix(), port)
    disk = SftpDisk(place, Path("/"), told.append, Patience(connect=15, answer=answer))
    try:
        yield disk, told
    finally:
        disk.close()


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(TargetUnavailable) as caught:
        act()
    return str(caught.value.message), str(caught.value.advice)


def publish(disk: SftpDisk) -> None:
    """Puts a release beside the one that is live, and switches."""
    assert disk.create("lock", b"me") or disk.read("lock") == b"me"
    if "2" not in disk.names("releases"):
        disk.make_folders(f"releases/2.incoming/{folder}" for folder in "ab")
        disk.write([f"releases/2.incoming/{path}" for path in FILES if path[0] == "a"], lambda path: FILES[path[20:]])
        kept = [path for path in FILES if path[0] == "b"]
        disk.link([(f"releases/1/{path}", f"releases/2.incoming/{path}") for path in kept])
        disk.synchronise(["releases/2.incoming/a", "releases/2.incoming"])
        assert disk.sums([f"releases/2.incoming/{path}" for path in FILES]).keys()
        disk.rename("releases/2.incoming", "releases/2")
    disk.point("current", "releases/2")
    disk.remove("lock")


def prepare(server: SshServer) -> Path:
    """A folder with a release that is live."""
    folder = server.new_folder()
    with disk_on(server, folder) as (disk, _):
        disk.make_folders(["releases/1/b"])
        disk.write([f"releases/1/{path}" for path in FILES if path[0] == "b"], lambda path: FILES[path[11:]])
        disk.point("current", "releases/1")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_connection_that_breaks_anywhere_leaves_the_old_or_the_new(server: SshServer) -> None:
    """After every so many bytes, to and fro; and running it again finishes."""
    uncut = Proxy(server.port)
    server.trust(uncut.port)
    with disk_on(server, prepare(server), uncut.port) as (disk, _):
        connecting = uncut.passed
        publish(disk)
    uncut.close()
    met = set()
    for after in range(connecting // 2, uncut.passed, (uncut.passed - connecting) // 16):
        folder = prepare(server)
        proxy = Proxy(server.port, after)
        server.trust(proxy.port)

        def cut(folder: Path = folder, proxy: Proxy = proxy) -> None:
            with disk_on(server, folder, proxy.port) as (disk, _):
                publish(disk)

        said, advice = refused(cut)
        proxy.close()
        assert LOST in said
        assert "再运行一次" in advice
        live = os.readlink(folder / "current")
        met.add(live)
        assert contents(folder / "current").keys() == (
            {path for path in FILES if path[0] == "b"} if live[-1] == "1" else FILES.keys()
        )
        whole = {path for path in contents(folder) if "/.part-" not in path and path.startswith("releases")}
        assert all((folder / path).read_bytes() == FILES["/".join(path.split("/")[-2:])] for path in whole)
        with disk_on(server, folder) as (disk, _):
            publish(disk)
        assert contents(folder / "current") == FILES
        assert sorted(each.name for each in folder.iterdir() if not each.name.startswith(".part-")) == [
            "current",
            "releases",
        ]
    assert "releases/1" in met


def test_a_server_that_is_killed_is_told_and_so_is_all_that_is_asked_afterwards(server: SshServer) -> None:
    folder = server.new_folder()
    with disk_on(server, folder) as (disk, _):
        written = 0

        def content(path: str) -> bytes:
            nonlocal written
            written += 1
            if written == 100:
                server.cut()
            return path.encode() * 1000

        said, advice = refused(lambda: disk.write([str(number) for number in range(500)], content))
        assert LOST in said
        assert "再运行一次" in advice
        for act in (
            lambda: disk.names(""),
            lambda: disk.read("1"),
            lambda: disk.create("a", b"a"),
            lambda: disk.remove("1"),
        ):
            assert LOST in refused(act)[0]
    whole = [each for each in folder.iterdir() if not each.name.startswith(".part-")]
    assert 0 < len(whole) < 500
    assert all(each.read_bytes() == each.name.encode() * 1000 for each in whole)


def test_a_server_that_hangs_is_not_waited_for(server: SshServer) -> None:
    with disk_on(server, server.new_folder(), answer=0.3) as (disk, _):
        assert disk.create("a", b"a")
        for process in server.sessions():
            os.kill(process, signal.SIGSTOP)
        try:
            said, advice = refused(lambda: disk.read("a"))
        finally:
            for process in server.sessions():
                os.kill(process, signal.SIGCONT)
    assert "已有 0.3 秒没有动静" in said
    assert "再运行一次" in advice


def test_a_slow_server_is_waited_for_as_long_as_something_comes(server: SshServer) -> None:
    """Two seconds in all, at least, and one is the longest that is waited for a sign."""
    proxy = Proxy(server.port)
    server.trust(proxy.port)
    with disk_on(server, server.new_folder(), proxy.port, answer=1) as (disk, _):
        proxy.pause = 0.02
        disk.write([str(number) for number in range(100)], lambda path: path.encode() * 2000)
        proxy.pause = 0
        assert len(disk.names("")) == 100
    proxy.close()


def test_somebody_who_thinks_for_a_while_is_not_hung_up_on() -> None:
    """Many servers ask for a sign of life, and hang up on who gives none: the editor is reading the plan meanwhile."""
    with (
        ssh_server(more="ClientAliveInterval 1\nClientAliveCountMax 1") as strict,
        at_home(strict),
        disk_on(strict, strict.new_folder()) as (disk, _),
    ):
        time.sleep(3.2)
        assert disk.create("a", b"a")


def test_it_ends_where_another_loop_is_at_work(server: SshServer) -> None:
    """In a thread of its own: a test may not start a loop where a browser's is at work."""

    async def inside() -> bool:
        with disk_on(server, server.new_folder()) as (disk, _):
            return disk.create("a", b"a")

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, inside()).result()


def _interrupted(place: ServerPlace) -> None:
    """In a process of its own, as Ctrl-C is for all that a process has: ends with 0 if it came through."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in the background without
    main = threading.get_ident()

    def content(path: str) -> bytes:
        if path == "500":
            signal.pthread_kill(main, signal.SIGINT)
        return path.encode() * 10_000

    disk = SftpDisk(place, Path("/"), lambda _: None)
    try:
        disk.write([str(number) for number in range(20_000)], content)
    except KeyboardInterrupt:
        disk.close()
        sys.exit(0)
    sys.exit(1)


def test_ctrl_c_leaves_nothing_behind(server: SshServer) -> None:
    folder = server.new_folder()
    process = get_context("spawn").Process(target=_interrupted, args=(server.place(folder.name),))
    process.start()
    process.join()
    assert process.exitcode == 0
    names = [each.name for each in folder.iterdir()]  # closing has waited for what tidies up
    assert 0 < len(names) < 20_000
    assert not [name for name in names if name.startswith(".part-")]


@contextmanager
def small_disk(server: SshServer, kilobytes: int) -> Iterator[Path]:
    """A folder on a disk of its own."""
    folder = server.new_folder()
    as_root("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0777", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        as_root("umount", "--lazy", str(folder))


def as_root(*command: str) -> None:
    subprocess.run([*([] if os.getuid() == 0 else ["sudo", "-n"]), *command], check=True)


def test_a_full_disk_is_told_as_such_and_takes_more_once_there_is_room(server: SshServer) -> None:
    paths = [f"{number}.html" for number in range(40)]

    def content(path: str) -> bytes:
        return path.encode() * 3000

    with small_disk(server, 400) as folder, disk_on(server, folder) as (disk, _):
        (folder / "ballast").write_bytes(bytes(200_000))
        said, advice = refused(lambda: disk.write(paths, content))
        assert "磁盘满了" in said
        assert f"“{folder}/" in said
        assert "腾出空间" in advice
        assert not [name for name in disk.names("") if name.startswith(".part-")]
        assert all(each.read_bytes() == content(each.name) for each in folder.glob("*.html"))
        assert "磁盘满了" in refused(lambda: disk.create("lock", bytes(400_000)))[0]
        assert "lock" not in disk.names("")
        as_root("mount", "-o", "remount,size=8m", str(folder))
        disk.write(paths, content)
        assert len(disk.sums(paths)) == len(paths)


def test_a_disk_without_room_for_names_is_full_too(server: SshServer) -> None:
    with small_disk(server, 400) as folder, disk_on(server, folder) as (disk, _):
        as_root("mount", "-o", "remount,nr_inodes=10", str(folder))
        assert "磁盘满了" in refused(lambda: disk.write([str(number) for number in range(40)], str.encode))[0]


def test_a_read_only_disk_is_told_as_such_and_can_be_read(server: SshServer) -> None:
    with small_disk(server, 400) as folder, disk_on(server, folder) as (disk, told):
        disk.write(["a"], lambda _: b"a")
        as_root("mount", "-o", "remount,ro", str(folder))
        for act in (
            lambda: disk.write(["a"], lambda _: b"b"),
            lambda: disk.make_folders(["b"]),
            lambda: disk.create("lock", b""),
            lambda: disk.point("current", "a"),
            lambda: disk.rename("a", "b"),
            lambda: disk.link([("a", "b")]),
            lambda: disk.remove("a"),
        ):
            said, _ = refused(act)
            assert not told
            assert "磁盘是只读的" in said
            assert str(folder) in said
        assert disk.read("a") == b"a"
        assert disk.names("") == ("a",)


def test_where_the_user_may_not_write_the_path_and_the_reason_are_told(server: SshServer) -> None:
    folder = server.new_folder()
    (folder / "theirs").mkdir(mode=0o555)
    with disk_on(server, folder) as (disk, _):
        for act in (
            lambda: disk.write(["theirs/a"], lambda _: b""),
            lambda: disk.make_folders(["theirs/b"]),
            lambda: disk.create("theirs/lock", b""),
            lambda: disk.point("theirs/current", "a"),
        ):
            said, advice = refused(act)
            assert "没有权限" in said
            assert f"{folder}/theirs" in said
            assert "能读能写" in advice
    assert not list((folder / "theirs").iterdir())


def test_the_targets_own_folder_is_made_if_it_is_missing(server: SshServer) -> None:
    folder = server.new_folder() / "srv/www"
    with disk_on(server, folder) as (disk, _):
        assert disk.names("") == ()
        disk.make_folders(["releases"])
    assert (folder / "releases").is_dir()


@pytest.mark.parametrize(
    ("lacks", "told_of", "linked"),
    [
        ("fsync", ["没有 fsync"], True),
        ("hardlink", ["不能用硬链接"], False),
        ("hardlink,copy-data", ["不能用硬链接", "不会自己复制文件"], False),
        ("statvfs,limits,lsetstat", [], True),
        ("fsync,hardlink,copy-data,statvfs,limits", ["fsync", "硬链接", "复制"], False),
    ],
)
def test_a_server_that_lacks_something_is_helped_out_and_it_is_told_once(
    lacks: str, told_of: list[str], linked: bool
) -> None:
    with ssh_server(sftp=f"-P {lacks}") as simple, at_home(simple):
        folder = simple.new_folder()
        with disk_on(simple, folder) as (disk, told):
            disk.make_folders(["1/b"])
            disk.write([f"1/{path}" for path in FILES if path[0] == "b"], lambda path: FILES[path[2:]])
            large = os.urandom(700_000)
            disk.write(["large"], lambda _: large)
            disk.link([(f"1/{path}", path[2:]) for path in FILES if path[0] == "b"] + [("large", "copy")])
            assert disk.create("lock", b"a")
            assert not disk.create("lock", b"b")
            disk.point("current", "1")
            disk.synchronise(["", "1"])
        assert (folder / "copy").read_bytes() == large
        assert (folder / "copy").samefile(folder / "large") == linked
        assert (folder / "copy").stat().st_mode & 0o777 == 0o644
        assert contents(folder / "current") == {path: FILES[path] for path in FILES if path[0] == "b"}
        assert (folder / "lock").read_bytes() == b"a"
        assert not list(folder.rglob(".part-*"))
        said = [str(each) for each in told]
        assert len(said) == len(told_of)
        assert all(any(word in each for each in said) for word in told_of)


def test_a_server_that_grants_one_talk_a_connection_is_enough() -> None:
    with ssh_server(more="MaxSessions 1") as strict, at_home(strict):
        folder = strict.new_folder()
        with disk_on(strict, folder) as (disk, told):
            disk.write([str(number) for number in range(200)], str.encode)
            assert len(disk.names("")) == 200
        assert told == []


def test_many_files_are_sent_by_several_talks_on_one_connection(server: SshServer) -> None:
    with disk_on(server, server.new_folder()) as (disk, _):
        before = len(server.sessions())
        disk.write([str(number) for number in range(200)], str.encode)
        assert len(server.sessions()) == before + 3


def test_on_a_server_that_cannot_replace_a_file_in_one_step_nothing_is_begun() -> None:
    with ssh_server(sftp="-P posix-rename") as simple, at_home(simple):
        folder = simple.new_folder()

        def connect() -> None:
            with disk_on(simple, folder):
                pass

        said, advice = refused(connect)
    assert "posix-rename" in said
    assert "OpenSSH" in advice


def test_between_two_disks_there_are_copies(server: SshServer) -> None:
    with small_disk(server, 400) as other, disk_on(server, server.files) as (disk, told):
        disk.write(["a"], lambda _: b"a" * 1000)
        disk.link([("a", f"{other.name}/a")])
        assert (other / "a").read_bytes() == b"a" * 1000
        assert ["硬链接" in str(each) for each in told] == [True]
        disk.remove("a")


def test_files_are_synchronised_before_they_get_their_names(server: SshServer, tmp_path: Path) -> None:
    """As the server's kernel sees it; of folders, their names."""
    folder = server.new_folder()
    (folder / "old").write_bytes(b"old")
    with disk_on(server, folder) as (disk, _):
        command = [installed("strace", "strace"), "-f", "-y", "-e", "trace=fsync,?rename,?renameat,?renameat2"]
        at = [part for process in server.sessions() for part in ("-p", str(process))]
        with subprocess.Popen(
            [*command, "-o", str(tmp_path / "calls"), *at], stderr=subprocess.PIPE, text=True
        ) as tracer:
            assert tracer.stderr
            for _ in server.sessions():
                assert "attached" in tracer.stderr.readline()
            disk.write([str(number) for number in range(20)], str.encode)
            disk.create("lock", b"")
            disk.synchronise([""])
            tracer.terminate()
    calls = (tmp_path / "calls").read_text()
    for number in range(20):
        part = f"{folder}/.part-{number}"
        assert 0 < calls.index(f"<{part}>") < calls.index(f'"{part}"')
    assert "-lock>)" in calls
    assert f"fsync({calls.rpartition('fsync(')[2].partition('<')[0]}<{folder}>)" in calls


def test_of_large_files_few_are_held_at_a_time(server: SshServer) -> None:
    held: list[int] = []
    folder = server.new_folder()
    with disk_on(server, folder) as (disk, _):
        megabytes = 5

        def content(path: str) -> bytes:
            whole = len([each for each in folder.iterdir() if not each.name.startswith(".part-")])
            held.append(len(held) - whole)
            return bytes(megabytes * 2**20)

        disk.write([str(number) for number in range(30)], content)
    assert max(held) * megabytes <= 64
