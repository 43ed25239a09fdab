"""What the tests of the log of publication share: articles, entries, a log that is filled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bulletin.model.publication_log import Act, Entry, LogEvent
from bulletin.model.register import FIRST, Request
from bulletin.model.release import PublishedArticle
from bulletin.register import Register
from tests.registers import DAY, Place, request

SUM = "cd" * 32
CLEARED = "2026-07-22T16:00:00+08:00"
LOGGED = 7
"""Events of the log that `logged` gives."""


def article(number: int, version: str = "a", issue: str = "2026/07") -> PublishedArticle:
    return PublishedArticle(f"{issue}/{number:02}", f"关于“{number}”的通知", f"sha256:{version * 64}", "杨红", CLEARED)


def entry(act: Act, serial: int, target: str = "官网", note: str = "", **articles: object) -> Entry:
    """The release of that serial number; `put_up` and `taken_off` are tuples of articles."""
    release = f"{serial:05}-3f9a2c1b" if act is not Act.WITHDRAWN else ""
    manifest = SUM if act in (Act.PUBLISHED, Act.ROLLED_BACK) else ""
    return Entry(act, target, release, manifest, note, **articles)  # type: ignore[arg-type]


def at(minute: int, day: str = DAY) -> str:
    return f"{day}T09:{minute:02}:00+08:00"


def asked(name: str, minute: int = 30, actor: str = "李晶鑫", day: str = DAY) -> Request:
    return Request(name, actor, day, at(minute, day))


def chain_of(*said: tuple[Request, Entry]) -> tuple[LogEvent, ...]:
    """Events without hashes, as far as what was public goes."""
    return tuple(LogEvent(seq, by, what, FIRST.hash, "") for seq, (by, what) in enumerate(said, 1))


@contextmanager
def logged(place: Place) -> Iterator[Register]:
    """A register in which two targets were published to; one article came in a new version, one was withdrawn, a release was removed."""
    one, two, three = (article(number) for number in (1, 2, 3))
    with place.open() as register:
        log = register.publications
        log.record(request("p1"), [entry(Act.PUBLISHED, 1, put_up=(one, two))])
        log.record(request("p2"), [entry(Act.PUBLISHED, 1, "内网", put_up=(three,))])
        log.record(request("p3"), [entry(Act.PUBLISHED, 2, put_up=(article(1, "b"),))])
        log.record(
            request("p4", actor="罗钰"),
            [
                entry(Act.WITHDRAWN, 3, note="数字有误", taken_off=(two,)),
                entry(Act.PUBLISHED, 3),
                entry(Act.REMOVED, 1, note="撤稿"),
            ],
        )
        log.record(request("p5"), [entry(Act.ROLLED_BACK, 2, "内网", "网页错位", put_up=(one,), taken_off=(three,))])
        yield register
