"""The register in PostgreSQL, where several editors share one: in a schema of its own, `copies`, in the database of the URL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from bulletin.model.errors import RegisterRefused, RegisterUnavailable, UsageError
from bulletin.model.problem import Message, message
from bulletin.register.exporting import lines_of, read_lines
from bulletin.register.store import Cell, Chains, Row

BUSY_SECONDS = 15
_NEEDED = 120_000
_LOCK = 0x62756C6C65746E
"""The lock that writers wait for: `bulletn`, known to no other program."""
_REACHING = {
    "connect_timeout": "10",
    "tcp_user_timeout": "30000",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "application_name": "bulletin",
    "client_encoding": "utf8",
}
_SETTINGS = """
SET search_path TO copies;
SET lock_timeout TO '{seconds}s';
SET statement_timeout TO '120s';
SET idle_in_transaction_session_timeout TO '120s';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
"""
_SCHEMA_MADE = """
SELECT 'column ' || c.relname || '.' || a.attname AS name,
    concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attcollation, pg_get_expr(d.adbin, d.adrelid)) AS made
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'table ' || relname, concat_ws(' ', relkind, relpersistence, relrowsecurity, relhasrules) FROM pg_class
WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'constraint ' || conrelid::regclass || '.' || conname, concat_ws(' ', pg_get_constraintdef(oid, true), convalidated)
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype <> 't'
UNION ALL
SELECT 'index ' || indexrelid::regclass, concat_ws(' ', pg_get_indexdef(indexrelid, 0, true), indisvalid)
FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'trigger ' || tgname, concat_ws(' ', pg_get_triggerdef(t.oid, true), tgenabled)
FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT tgisinternal
UNION ALL
SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
"""
_EXISTS = """
SELECT 1 AS found FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'copies' AND c.relname = 'meta'
"""
"""Not `to_regclass`: that may answer from a cache of before the lock, when another process had not made the schema yet."""
_SCRATCH = "copies_as_meant"


class PostgresqlStore:
    """A connection to the database."""

    dialect = "postgresql"
    backup_suffix = ".jsonl"

    def __init__(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: Cell) -> Sequence[Row]:
        with _explained():
            return self._connection.execute(_query(sql), values).fetchall()

    def change(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        with _explained(), self._connection.cursor() as cursor:
            cursor.executemany(_query(sql), rows)

    def run(self, script: str) -> None:
        with _explained():
            if not self.exists():
                self._connection.execute("CREATE SCHEMA IF NOT EXISTS copies")
            self._connection.execute(script.encode())

    @contextmanager
    def writing(self) -> Iterator[None]:
        with _explained(), self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with _explained(), self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    def exists(self) -> bool:
        return bool(self.rows(_EXISTS))

    def damage(self) -> tuple[Message, ...]:
        return ()

    def schema(self) -> Mapping[str, str]:
        return {str(row["name"]): str(row["made"]) for row in self.rows(_SCHEMA_MADE)}

    def fresh_schema(self, scripts: Sequence[str]) -> Mapping[str, str]:
        with _explained(), self._connection.transaction(force_rollback=True):
            self._connection.execute(f"CREATE SCHEMA {_SCRATCH}".encode())
            self._connection.execute(f"SET LOCAL search_path TO {_SCRATCH}".encode())
            for script in scripts:
                self._connection.execute(script.encode())
            return self.schema()

    def back_up(self, path: Path) -> Chains:
        path.write_bytes(lines_of(self))
        return read_lines(path.read_bytes()).chains


@contextmanager
def open_postgresql(url: str) -> Iterator[PostgresqlStore]:
    """The database of a URL.

    Raises:
        UsageError: The URL is none, or says a password.
        RegisterUnavailable: The server cannot be reached, refuses us, or cannot hold our texts.
    """
    _refuse_bad_url(url)
    with _explained():
        connection = psycopg.connect(url, autocommit=True, row_factory=dict_row, **_REACHING)  # type: ignore[arg-type]
    with closing(connection):
        with _explained():
            connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
            connection.execute(_SETTINGS.format(seconds=BUSY_SECONDS).encode())
            _refuse_bad_server(connection)
        yield PostgresqlStore(connection)


def _query(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


def _refuse_bad_url(url: str) -> None:
    try:
        said = conninfo_to_dict(url) if url.startswith(("postgresql://", "postgres://")) else {}
    except psycopg.ProgrammingError:
        said = {}
    if not said:
        what = message("bulletin.yaml 里登记册的 url 不是 PostgreSQL 的地址")
        raise UsageError(what, message("应写成 postgresql://用户@主机/数据库"))
    if "password" in said:
        what = message("bulletin.yaml 里登记册的 url 写着密码")
        raise UsageError(what, message("请删去密码，改写在 ~/.pgpass 里，或由 PGPASSWORD 给出"))


def _refuse_bad_server(connection: psycopg.Connection[dict[str, Any]]) -> None:
    if connection.info.server_version < _NEEDED or connection.info.parameter_status("server_encoding") != "UTF8":
        what = message("数据库不能用来登记份号：要 PostgreSQL 12 以上，编码 UTF8")
        raise RegisterUnavailable(what, message("请数据库管理员另建一个数据库"))


@contextmanager
def _explained() -> Iterator[None]:
    """Says in the editor's language what the database could not do."""
    try:
        yield
    except (errors.IntegrityError, errors.RaiseException) as fault:
        raise RegisterRefused(
            message("登记册拒绝了这次登记（英文说明：{reason}）", reason=_first_line(fault))
        ) from fault
    except (errors.LockNotAvailable, errors.QueryCanceled, errors.DeadlockDetected) as fault:
        what = message("登记册正被别人使用，等了 {seconds} 秒还没有轮到", seconds=BUSY_SECONDS)
        raise RegisterUnavailable(what, message("请过一会儿重新运行；已经记下的不会重复")) from fault
    except (errors.InsufficientPrivilege, errors.InvalidAuthorizationSpecification) as fault:
        what = message("数据库不让用登记册（英文说明：{reason}）", reason=_first_line(fault))
        raise RegisterUnavailable(what, message("请数据库管理员授权")) from fault
    except psycopg.Error as fault:
        reached = not isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError)
        template = message("数据库出错") if reached else message("数据库连不上，或中途断了")
        what = message("{what}（英文说明：{reason}）", what=template, reason=_first_line(fault))
        raise RegisterUnavailable(what, message("排除故障后重新运行即可；已经记下的不会重复")) from fault


def _first_line(fault: psycopg.Error) -> str:
    return next(iter(str(fault).strip().splitlines()), type(fault).__name__)
