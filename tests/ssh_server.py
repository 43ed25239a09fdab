"""An OpenSSH server of the tests' own: files by SFTP only, on a high port of the loopback, with keys made for it."""

from __future__ import annotations

import ctypes
import getpass
import os
import pwd
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bulletin.model.target import ServerPlace
from tests.programs import installed

LOOPBACK = "127.0.0.1"
SSHD = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
Subsystem sftp internal-sftp {sftp}
ForceCommand internal-sftp {sftp}
{more}
"""


@dataclass
class SshServer:
    """The server; `files` is a folder that its user may write in, `home` one with `.ssh` of somebody whom it lets in."""

    folder: Path
    port: int
    user: str
    sftp: str = ""
    more: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def known_hosts(self) -> Path:
        return self.home / ".ssh/known_hosts"

    @property
    def key(self) -> Path:
        return self.home / ".ssh/id_ed25519"

    def place(self, path: str = "", port: int = 0) -> ServerPlace:
        """A folder below `files` as a target says it."""
        return ServerPlace(LOOPBACK, port or self.port, self.user, str(self.files / path), str(self.known_hosts))

    def new_folder(self) -> Path:
        """An empty folder that its user may write in."""
        folder = Path(tempfile.mkdtemp(dir=self.files))
        if os.getuid() == 0:
            owner = pwd.getpwnam(self.user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        folder.chmod(0o755)
        return folder

    def trust(self, port: int = 0) -> None:
        """Puts the server's key where its visitors look for it, under another port too."""
        kind, key = (self.folder / "host_key.pub").read_text().split()[:2]
        with self.known_hosts.open("a") as file:
            file.write(f"[{LOOPBACK}]:{port or self.port} {kind} {key}\n")

    def start(self) -> None:
        """Starts the server as a child that ends when the tests do, however they end; waits until it answers."""
        settings = SSHD.format(port=self.port, folder=self.folder, sftp=self.sftp, more=self.more)
        self.start_with(settings)

    def start_with(self, settings: str) -> None:
        """Starts the server with these settings (sshd_config(5))."""
        program = installed("/usr/sbin/sshd", "openssh-server")
        file = self.folder / "sshd_config"
        file.write_text(settings)
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        command = [program, "-D", "-E", str(self.folder / "log"), "-f", str(file)]
        self.process = subprocess.Popen(command, cwd="/", preexec_fn=_end_with_parent)  # noqa: PLW1509
        while not answers(self.port):
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.02)

    def restart(self, *changes: tuple[str, str]) -> None:
        """Stops the server, and starts it with words of its settings replaced."""
        self.stop()
        settings = (self.folder / "sshd_config").read_text()
        for old, new in changes:
            assert old in settings
            settings = settings.replace(old, new)
        self.start_with(settings)

    def sessions(self) -> list[int]:
        """The processes that serve visitors, by number."""
        assert self.process
        return descendants(self.process.pid)

    def cut(self) -> None:
        """`kill -9` of all that serve visitors: their connections are gone."""
        for process in self.sessions():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def stop(self) -> None:
        assert self.process
        sessions = self.sessions()
        for process in (self.process.pid, *sessions):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()


@contextmanager
def at_home(server: SshServer) -> Iterator[pytest.MonkeyPatch]:
    """The tests are somebody whom the server lets in: their home and their agent are not those of who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(server.home))
        patch.delenv("SSH_AUTH_SOCK", raising=False)
        yield patch


@contextmanager
def ssh_server(user: str = "", sftp: str = "", more: str = "") -> Iterator[SshServer]:
    """A server at work; its key is in `known_hosts` of `home`, a key that it accepts in `.ssh/id_ed25519` there.

    Args:
        user: Who logs in; the tests' own user if they are not root's, else one that may little.
        sftp: Options of internal-sftp (sftp-server(8)).
        more: Further lines of sshd_config(5).
    """
    folder = Path(tempfile.mkdtemp(prefix="bulletin-sshd-"))
    folder.chmod(0o755)
    server = SshServer(folder, free_port(), user or _visitor(), sftp, more)
    for made in (server.files, server.home, server.key.parent):
        made.mkdir()
    if os.getuid() == 0:
        owner = pwd.getpwnam(server.user)
        os.chown(server.files, owner.pw_uid, owner.pw_gid)
    make_key(folder / "host_key")
    make_key(server.key)
    shutil.copy(f"{server.key}.pub", folder / "authorized_keys")
    server.trust()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def make_key(path: Path, kind: str = "ed25519", passphrase: str = "") -> None:
    """A pair of keys: the secret one at the path, the public one beside it."""
    command = [installed("ssh-keygen", "openssh-client"), "-q", "-t", kind, "-N", passphrase, "-C", "test", "-f"]
    subprocess.run([*command, str(path)], check=True)


def fingerprint(public_key: Path) -> str:
    """`SHA256:…` as ssh-keygen says it."""
    command = [installed("ssh-keygen", "openssh-client"), "-l", "-f", str(public_key)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[1]


@contextmanager
def agent_with(key: Path, passphrase: str) -> Iterator[str]:
    """An agent that knows a key which is kept encrypted; its socket."""
    folder = Path(tempfile.mkdtemp(prefix="bulletin-agent-"))
    socket_of_it = str(folder / "agent")
    asker = folder / "ask"
    asker.write_text(f"#!/bin/sh\necho '{passphrase}'\n")
    asker.chmod(0o700)
    with subprocess.Popen([installed("ssh-agent", "openssh-client"), "-D", "-a", socket_of_it]) as agent:
        while not Path(socket_of_it).exists():
            time.sleep(0.01)
        asking = {"SSH_AUTH_SOCK": socket_of_it, "SSH_ASKPASS": str(asker), "SSH_ASKPASS_REQUIRE": "force"}
        command = [installed("ssh-add", "openssh-client"), "-q", str(key)]
        try:
            subprocess.run(command, check=True, env={**os.environ, **asking}, stdin=subprocess.DEVNULL)
            yield socket_of_it
        finally:
            agent.terminate()
    shutil.rmtree(folder)


class Proxy:
    """Stands between visitors and the server, and resets connections once so many bytes have passed, to and fro."""

    def __init__(self, port: int, after: int = 10**12) -> None:
        self.passed = 0
        self.pause: float = 0
        """Seconds for each block of up to 4 KiB."""
        self._to, self._after = port, after
        self._entry = socket.create_server((LOOPBACK, 0))
        self.port: int = self._entry.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._entry.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                visitor, _ = self._entry.accept()
                server = socket.create_connection((LOOPBACK, self._to))
                for end in (visitor, server):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for way in ((server, visitor, self._may_pass), (visitor, server, self._may_pass)):
                    threading.Thread(target=_pass_on, args=way, daemon=True).start()

    def _may_pass(self, count: int) -> bool:
        self.passed += count
        time.sleep(self.pause)
        return self.passed <= self._after


def _pass_on(source: socket.socket, to: socket.socket, may_pass: Callable[[int], bool]) -> None:
    with suppress(OSError):
        while (block := source.recv(4096)) and may_pass(len(block)):
            to.sendall(block)
    for end in (source, to):
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing is a reset
            end.shutdown(socket.SHUT_RDWR)
    source.close()


def answers(port: int) -> bool:
    with suppress(ConnectionRefusedError), socket.create_connection((LOOPBACK, port)):
        return True
    return False


def free_port() -> int:
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port: int = free.getsockname()[1]
    return port


def descendants(process: int) -> list[int]:
    """All processes that a process has started, and those that they have."""
    with suppress(FileNotFoundError):
        children = [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
        return [*children, *(each for child in children for each in descendants(child))]
    return []


def _visitor() -> str:
    return "nobody" if os.getuid() == 0 else getpass.getuser()


def _end_with_parent() -> None:
    """Asks the kernel for SIGKILL when the process that started this one is gone (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
