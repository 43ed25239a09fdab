"""The register in a file of SQLite: journal and syncing as they must be for nothing to be lost (safety, sections 2.1 and 6.1).

`journal_mode=DELETE` with `synchronous=EXTRA` lost nothing in simulated power cuts; `FULL` and WAL did. WAL is besides at fault in
the versions that systems of now have (3.7.0 to 3.51.2: "WAL-reset bug").
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from bulletin.model.errors import RegisterRefused, RegisterUnavailable
from bulletin.model.problem import Message, message
from bulletin.register.chains import chains_of
from bulletin.register.store import Cell, Chain, Chains, Row

BUSY_SECONDS = 15.0
APPLICATION = 0x62756C6C
"""`bull`: what `file` and SQLite know the register by (PRAGMA application_id)."""
_NEEDED = (3, 37)  # STRICT tables
_PRAGMAS = """
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = EXTRA;
PRAGMA fullfsync = 1;
PRAGMA foreign_keys = 1;
PRAGMA trusted_schema = 0;
PRAGMA cell_size_check = 1;
PRAGMA recursive_triggers = 1;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
"""


class SqliteStore:
    """A connection to the file."""

    dialect = "sqlite"
    backup_suffix = ".sqlite"

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._is_examined = False

    def rows(self, sql: str, *values: Cell) -> Sequence[Row]:
        with _explained(self._path):
            return self._connection.execute(sql, values).fetchall()

    def change(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        with _explained(self._path):
            self._connection.executemany(sql, rows)

    def run(self, script: str) -> None:
        with _explained(self._path):
            _run(self._connection, script)

    @contextmanager
    def writing(self) -> Iterator[None]:
        self._refuse_damage()
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._transaction("BEGIN"):
            yield

    def _refuse_damage(self) -> None:
        """Nothing is written into a damaged file. Once a connection, for it reads the whole file (1.6 s for 400,000 events)."""
        if not self._is_examined:
            found = [str(row["quick_check"]) for row in self.rows("PRAGMA quick_check(1)")]
            if found != ["ok"]:
                raise damaged(self._path, message("英文说明：{reason}", reason=found[0]))
            self._is_examined = True

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with _explained(self._path):
            self._connection.execute(begin)
        try:
            yield
            with _explained(self._path):
                self._connection.execute("COMMIT")
        finally:
            with _explained(self._path):
                if self._connection.in_transaction:
                    self._connection.rollback()

    def exists(self) -> bool:
        return bool(self.rows("SELECT 1 AS found FROM sqlite_master WHERE name = 'meta'"))

    def damage(self) -> tuple[Message, ...]:
        found = [str(row["integrity_check"]) for row in self.rows("PRAGMA integrity_check(20)")]
        return tuple(message("数据库文件损坏（英文说明：{reason}）", reason=each) for each in found if each != "ok")

    def schema(self) -> Mapping[str, str]:
        return _schema_of(self._connection)

    def fresh_schema(self, scripts: Sequence[str]) -> Mapping[str, str]:
        with closing(_connected(":memory:")) as connection:
            for script in scripts:
                _run(connection, script)
            return _schema_of(connection)

    def back_up(self, path: Path) -> Chains:
        with _explained(path), closing(_connected(f"{self._path.absolute().as_uri()}?mode=ro")) as source:
            with closing(_connected(path.absolute().as_uri())) as copy:
                copy.execute("PRAGMA journal_mode = OFF")
                source.backup(
                    copy
                )  # a connection of its own reads: the one that holds the lock may not (sqlite3_backup_step)
            with closing(_connected(f"{path.absolute().as_uri()}?mode=ro")) as copy:
                chains = chains_of(SqliteStore(copy, path))
                return Chains(_whole(chains.copies), _whole(chains.publications))


@contextmanager
def new_sqlite(path: Path) -> Iterator[SqliteStore]:
    """A register that is being made at a place where nobody looks for one yet.

    Raises:
        RegisterUnavailable: SQLite is too old, disk full.
    """
    _refuse_old_library()
    with _explained(path), closing(_connected(path.absolute().as_uri())) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        yield SqliteStore(connection, path)


@contextmanager
def open_sqlite(path: Path) -> Iterator[SqliteStore]:
    """The register in a file that is there.

    Raises:
        RegisterUnavailable: The file is no register, in use, or SQLite is too old. Damage is found before anything is written.
    """
    _refuse_old_library()
    with _explained(path), closing(_connected(f"{path.absolute().as_uri()}?mode=rw")) as connection:
        _refuse_no_register(connection, path)
        _run(connection, _PRAGMAS)
        yield SqliteStore(connection, path)


def _whole(chain: Chain) -> Chain:
    return replace(chain, entries=list(chain.entries))


def _connected(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, timeout=BUSY_SECONDS, isolation_level=None, uri=uri != ":memory:")
    connection.row_factory = _row
    return connection


def _row(cursor: sqlite3.Cursor, values: tuple[object, ...]) -> Row:
    return dict(zip((column[0] for column in cursor.description), values, strict=True))


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Runs the statements one by one: `executescript` would end the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _refuse_no_register(connection: sqlite3.Connection, path: Path) -> None:
    """Refuses a file that is no register, before anything is done with it."""
    if connection.execute("PRAGMA application_id").fetchone()["application_id"] != APPLICATION:
        raise damaged(path, message("不是份号登记册"))


def _schema_of(connection: sqlite3.Connection) -> dict[str, str]:
    found = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return {f"{row['type']} {row['name']}": row["sql"] for row in found}


def _refuse_old_library() -> None:
    if sqlite3.sqlite_version_info < _NEEDED:
        what = message("这台电脑的 SQLite 是 {version}，太旧，不能用来登记份号", version=sqlite3.sqlite_version)
        raise RegisterUnavailable(what, message("请换用 SQLite 3.37 以上的 Python"))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Says in the editor's language what SQLite could not do."""
    try:
        yield
    except sqlite3.IntegrityError as fault:
        raise RegisterRefused(message("登记册拒绝了这次登记（英文说明：{reason}）", reason=str(fault))) from fault
    except sqlite3.Error as fault:
        raise _failure(path, fault) from fault


def _failure(path: Path, fault: sqlite3.Error) -> RegisterUnavailable:
    code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        what = message("登记册正被别人使用，等了 {seconds} 秒还没有轮到", seconds=int(BUSY_SECONDS))
        return RegisterUnavailable(what, message("请过一会儿重新运行；已经记下的不会重复"))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, message("英文说明：{reason}", reason=str(fault)))
    reason = {
        sqlite3.SQLITE_FULL: message("磁盘满了"),
        sqlite3.SQLITE_READONLY: message("磁盘是只读的"),
        sqlite3.SQLITE_PERM: message("没有权限"),
        sqlite3.SQLITE_CANTOPEN: message("打不开文件，或不能在它旁边写文件"),
        sqlite3.SQLITE_IOERR: message("磁盘读写出错"),
    }.get(code, message("英文说明：{reason}", reason=str(fault)))
    what = message("登记册“{path}”用不了：{reason}", path=str(path), reason=reason)
    return RegisterUnavailable(what, message("排除故障后重新运行即可；已经记下的不会重复"))


def damaged(path: Path, reason: Message) -> RegisterUnavailable:
    """What is said of a file that is no register any more."""
    what = message("登记册“{path}”损坏了，或不是登记册：{reason}", path=str(path), reason=reason)
    return RegisterUnavailable(what, message("没有改动它；请先把它另存一份，再用最近的备份恢复"))
