"""A PostgreSQL 15 of the tests' own: made in a temporary folder, on the loopback only, by a user who is not root."""

from __future__ import annotations

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

import psycopg

from tests.programs import install

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
USER = "tester"


@dataclass
class Server:
    """The server; `url` names its database `postgres`."""

    folder: Path
    port: int

    @classmethod
    def make(cls) -> Server:
        """A new server, started."""
        if not (PROGRAMS / "initdb").exists():
            install("postgresql-15")
        folder = Path(tempfile.mkdtemp(prefix="bulletin-postgresql-"))
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
        self.run("pg_ctl", "--wait", "--log", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self.run("pg_ctl", "--wait", "--mode", "immediate", "stop")

    def kill(self) -> None:
        """`kill -9` of the postmaster; its children go once they notice, and only then can it start again."""
        pid = self._pid()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        os.kill(pid, signal.SIGKILL)
        while any(map(_runs, (pid, *map(int, children)))):
            time.sleep(0.01)

    def remove(self) -> None:
        if (self.folder / "data/postmaster.pid").exists() and _runs(self._pid()):
            self.stop()
        shutil.rmtree(self.folder)

    def run(self, program: str, *arguments: str) -> None:
        """One of the server's programs, by a user who is not root: as root they refuse to run."""
        user: dict[str, object] = {}
        if os.getuid() == 0:
            user = {"user": _nobody().pw_uid, "group": _nobody().pw_gid, "extra_groups": []}
        command = [PROGRAMS / program, "--pgdata", self.folder / "data", *arguments]
        log = self.folder.with_suffix(".said")
        with log.open("w") as said:  # not a pipe: the server would keep it open
            done = subprocess.run(command, check=False, stdout=said, stderr=said, cwd="/", **user)  # type: ignore[call-overload]
        text = log.read_text()
        log.unlink()
        assert done.returncode == 0, text

    def _pid(self) -> int:
        return int((self.folder / "data/postmaster.pid").read_text().split("\n", maxsplit=1)[0])


def _nobody() -> pwd.struct_passwd:
    names = [each.pw_name for each in pwd.getpwall()]
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _runs(pid: int) -> bool:
    """True if the process is there, and is not only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
