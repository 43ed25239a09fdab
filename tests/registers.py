"""What the tests of the copy register share: a place with a register in each kind of database, requests, and a child process."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bulletin.model.copies import NumberRange
from bulletin.model.errors import BulletinError, RegisterRefused
from bulletin.model.publication_log import Act, Entry
from bulletin.model.register import Change, EventKind, RegisterSettings, Request
from bulletin.model.release import PublishedArticle
from bulletin.register import Register, import_register, open_register, store

REPOSITORY = Path(__file__).resolve().parent.parent

SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where tests that kill put their files: a killed process loses nothing that a disk would have kept, and here syncing is quick."""
AT = "2026-07-23T09:30:00+08:00"
DAY = "2026-07-23"
ISSUE = "2026-07"
FILE = "ab" * 32
TABLES = ("event", "head", "meta", "publication", "publication_head")


@dataclass(frozen=True)
class Place:
    """Where a register is or will be."""

    root: Path
    settings: RegisterSettings

    @property
    def file(self) -> Path:
        return self.root / "registers/copies.sqlite"

    def open(self, *, create: bool = True) -> AbstractContextManager[Register]:
        return open_register(self.root, self.settings, at=AT, create=create)

    def sql(self, *statements: str) -> list[tuple]:
        """Statements by another program than ours, in one transaction; gives the rows of the last."""
        if self.settings.url:
            import psycopg

            with psycopg.connect(self.settings.url) as shared:
                shared.execute("SET search_path TO copies")
                done = [shared.execute(each.encode()) for each in statements][-1]
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self.file)) as own, own:
            return [own.execute(each).fetchall() for each in statements][-1]

    def tamper(self, *statements: str) -> None:
        """Statements by one who turns the triggers off first, and on again."""
        if self.settings.url:
            on = "SELECT relname, tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal"
            triggers = self.sql(on)
            off = [f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in TABLES]
            back = [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in triggers]
        else:
            found = self.sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            off, back = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
        self.sql(*off, *statements, *back)


def request(name: str, actor: str = "李晶鑫", at: str = AT) -> Request:
    return Request(name, actor, DAY, at)


def changes(kind: EventKind, numbers: Iterable[int], issue: str = ISSUE, **said: object) -> list[Change]:
    return [Change(issue, number, kind, **said) for number in numbers]  # type: ignore[arg-type]


def assign(numbers: Iterable[int], holder: str = "甲局", label: str = "报", issue: str = ISSUE) -> list[Change]:
    return changes(EventKind.ASSIGNED, numbers, issue, holder=holder, label=label, route="机要交通")


def printing(numbers: Iterable[int]) -> list[Change]:
    return changes(EventKind.PRINTED, numbers, file=FILE, marks="qr")


def sending(numbers: Iterable[int], due: str = "") -> list[Change]:
    return changes(EventKind.SENT, numbers, due=due)


@contextmanager
def filled(place: Place) -> Iterator[Register]:
    """A register with twelve copies: all are printed, 1 to 6 sent, 1 to 3 signed for, 12 destroyed."""
    with place.open() as register:
        register.record(request("assign"), assign(range(1, 13)))
        register.record(request("print"), printing(range(1, 13)))
        register.record(request("send"), sending(range(1, 7), due="2026-12-31"))
        register.record(request("receive"), changes(EventKind.RECEIVED, range(1, 4)))
        register.record(request("destroy"), changes(EventKind.DESTROYED, [12], witnesses=("张三", "李四")))
        yield register


def publishing(count: str) -> list[Entry]:
    """A withdrawal, and a release with so many new articles."""
    withdrawn = PublishedArticle("2026/06/01", "撤下的")
    new = tuple(PublishedArticle(f"2026/07/{each:02}", f"第 {each} 篇") for each in range(1, int(count) + 1))
    return [
        Entry(Act.WITHDRAWN, "官网", "", note="数字有误", taken_off=(withdrawn,)),
        Entry(Act.PUBLISHED, "官网", "00002-3f9a2c1b", FILE, put_up=new),
    ]


def act(root: str, url: str, what: str, argument: str) -> int:
    """What a child process does with a register; returns its exit code: 3 for a failure that an editor is told of."""
    place = Place(Path(root), RegisterSettings(url))
    try:
        if what == "import":
            import_register(place.root, place.settings, Path(argument).read_bytes(), at=AT)
            return 0
        if what == "migrate":
            store.SCHEMA = Path(argument)
        with place.open() as register:
            _use(register, what, argument)
    except BulletinError as fault:
        sys.stdout.write(f"{type(fault).__name__}|{fault.message}\n")
        sys.stdout.flush()
        return 3
    return 0


def _use(register: Register, what: str, argument: str) -> None:
    if what == "assign":
        register.record(request(f"assign {argument}"), assign(numbers_of(argument)))
    elif what == "print":
        register.record(request(f"print {argument}"), printing(numbers_of(argument)))
    elif what == "publish":
        register.publications.record(request(f"publish {argument}"), publishing(argument))
    elif what == "loop":  # until it is killed
        for turn in range(10_000):
            register.record(request(f"turn {turn}"), assign([1000 + turn]))
            sys.stdout.write(f"{turn}\n")
            sys.stdout.flush()
            time.sleep(0.01)  # between two changes others have a turn
    elif what == "queue":
        _queue(register, argument)


def numbers_of(text: str) -> NumberRange:
    numbers = NumberRange.parse(text)
    assert numbers
    return numbers


def _queue(register: Register, name: str) -> None:
    """Takes the next five free numbers, three times; who was too late tries again."""
    taken = 0
    while taken < 3:
        first = max((each.number for each in register.copies(ISSUE)), default=0) + 1
        try:
            register.record(request(f"{name} {taken}"), assign(range(first, first + 5), holder=name))
            taken += 1
        except RegisterRefused:
            continue


def child(place: Place, what: str, argument: str = "") -> list[str]:
    """The command of a process that acts."""
    script = "import sys; from tests.registers import act; sys.exit(act(*sys.argv[1:]))"
    return [sys.executable, "-c", script, str(place.root), place.settings.url, what, argument]
