"""A PostgreSQL 15 of the tests' own: made in a temporary folder, on the loopback only, by a user who is not root."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.programs import install
from tests.registers import SCRATCH

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
USER = "tester"


@dataclass
class Server:
    """The server; `url` names its database `postgres`."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def make(cls) -> Server:
        """A new server, started."""
        if not (PROGRAMS / "initdb").exists():
            install("postgresql-15")
        folder = Path(tempfile.mkdtemp(prefix="bulletin-postgresql-", dir=SCRATCH))
        if os.getuid() == 0:
            shutil.chown(folder, _nobody().pw_uid, _nobody().pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = cls(folder, port)
        server.run("initdb", "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8")
        settings = [
            f"port = {port}",
            "listen_addresses = '127.0.0.1'",
            f"unix_socket_directories = '{folder}'",
            "shared_buffers = 16MB",
            "max_connections = 40",
        ]
        with (server.folder / "data/postgresql.conf").open("a") as file:
            file.write("\n".join(settings) + "\n")
        server.start()
        return server

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str, options: str = "") -> str:
        """The URL of a new database, instead of one of the same name."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
            connection.execute(f"CREATE DATABASE {name} {options}".encode())
        return self.url_of(name)

    def start(self) -> None:
        """Starts the server as a child that ends when the tests do, however they end."""
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [PROGRAMS / "postgres", "-D", self.folder / "data"],
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_end_with_parent,  # noqa: PLW1509  the tests have no threads
                **_user(),
            )
        self.wait()

    def stop(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGQUIT)  # "immediate": what is lost is a test's
        self.process.wait()

    def kill(self) -> None:
        """`kill -9` of the postmaster; its children go once they notice, and only then can it start again."""
        assert self.process
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        self.process.kill()
        self.process.wait()
        while any(map(_runs, map(int, children))):
            time.sleep(0.01)

    def kill_backend(self) -> None:
        """`kill -9` of the process that serves our program; the server starts all of its processes anew."""
        asked = "SELECT pid FROM pg_stat_activity WHERE application_name = 'bulletin'"
        with psycopg.connect(self.url, autocommit=True) as connection:
            for (pid,) in connection.execute(asked).fetchall():
                os.kill(pid, signal.SIGKILL)

    def wait(self) -> None:
        """Waits until the server answers."""
        while True:
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def run(self, program: str, *arguments: str) -> None:
        """One of the server's programs, by a user who is not root: as root they refuse to run."""
        command = [PROGRAMS / program, "--pgdata", self.folder / "data", *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/", **_user())
        assert done.returncode == 0, done.stderr


def _user() -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    return {"user": _nobody().pw_uid, "group": _nobody().pw_gid, "extra_groups": []}


def _nobody() -> pwd.struct_passwd:
    names = [each.pw_name for each in pwd.getpwall()]
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _end_with_parent() -> None:
    """Asks the kernel for SIGQUIT when the process that started this one is gone (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _runs(pid: int) -> bool:
    """True if the process is there, and is not only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
