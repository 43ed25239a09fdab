"""Options that the commands about copies share, and how copies are shown."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import click

from bulletin.cli.arguments import complete_issue
from bulletin.cli.help import Day
from bulletin.cli.language import _, shown_text, translated
from bulletin.model.copies import NumberRange, number_text, numbers_text
from bulletin.model.copy_reports import Choice, Tally
from bulletin.model.issue import IssueKey
from bulletin.model.register import KIND_NAMES, STATE_NAMES, CopyRecord, Request

C = TypeVar("C")


def now() -> str:
    """The hour, with its zone (ISO 8601)."""
    return datetime.now().astimezone().isoformat("T", "seconds")


def new_request(by: str, day: date | None = None, request: str = "") -> Request:
    """A request of this person, now; a program that tries again says its own name of it."""
    by = by.strip()
    if not by:
        raise click.UsageError(_("请写经手人姓名（--by）"))
    return Request(request or str(uuid.uuid4()), by, (day or date.today()).isoformat(), now())


def copies_argument(function: C) -> C:
    """`[issue] [numbers]...`, in any order."""
    decorate: Any = click.argument(
        "words", nargs=-1, metavar=f"[{_('期')}] [{_('份号')}...]", shell_complete=complete_issue
    )
    return decorate(function)  # type: ignore[no-any-return]


def issue_option(function: C) -> C:
    """The issue, where a number is the argument."""
    decorate: Any = click.option("--issue", "issue", metavar=_("期"), help=_("哪一期（默认是最新登记的一期）"))
    return decorate(function)  # type: ignore[no-any-return]


def by_options(function: C) -> C:
    """Who does it, on which day, and whether it is only tried."""
    return _all(
        function,
        click.option("--by", required=True, envvar="BULLETIN_BY", metavar=_("姓名"), help=_("经手人（也可设在 BULLETIN_BY 里）")),
        click.option("--date", "day", type=Day(), metavar="YYYY-MM-DD", help=_("哪一天的事（默认今天）")),
        click.option("--request", default="", metavar=_("编号"), help=_("这次操作的编号：同一编号再来一次，不会重复登记（供脚本用）")),
        click.option("--dry-run", is_flag=True, help=_("只看会怎样，不登记")),
    )  # fmt: skip


def choice_options(function: C) -> C:
    """Which copies, other than by number."""
    return _all(
        function,
        click.option("--recipient", default="", metavar=_("单位"), help=_("这个单位的各份")),
        click.option("--all", "every", is_flag=True, help=_("凡可以的各份")),
    )


def _all(function: C, *decorators: Callable[[Any], Any]) -> C:
    decorated: Any = function
    for decorate in reversed(decorators):
        decorated = decorate(decorated)
    return decorated  # type: ignore[no-any-return]


def split_words(words: Sequence[str]) -> tuple[str | None, tuple[NumberRange, ...]]:
    """The issue, if one is named, and the numbers: `2026-07` is an issue, `000013-000040` numbers."""
    issue, ranges = None, []
    for word in words:
        if word.count("-") == 1 and len(word.split("-")[0]) == 4 and IssueKey.parse(word):
            issue = word
        elif found := NumberRange.parse(word):
            ranges.append(found)
        else:
            raise click.UsageError(
                _("“{word}”不是期号，也不是份号；份号写成 000127 或 000013-000040").format(word=word)
            )
    return issue, tuple(ranges)


def choice_of(ranges: tuple[NumberRange, ...], recipient: str, *, every: bool) -> Choice:
    """Which copies are meant."""
    if every and (ranges or recipient):
        raise click.UsageError(_("--all 不能和份号、--recipient 同时写"))
    return Choice(ranges, recipient, every)


def tally_line(tally: Tally) -> str:
    """`登记 340 份＝在库 40＋在途 12＋在外 288`."""
    parts = "＋".join(f"{translated(STATE_NAMES[state])} {count}" for state, count in tally.counts)
    return _("登记 {total} 份＝{parts}").format(total=tally.total, parts=parts or "0")


def grouped(records: Sequence[CopyRecord]) -> list[list[CopyRecord]]:
    """Neighbours that can stand on one line: same issue, label, holder, state and last event."""
    groups: list[list[CopyRecord]] = []
    for record in records:
        last = groups[-1][-1] if groups else None
        if last and last.number + 1 == record.number and _likeness(last) == _likeness(record):
            groups[-1].append(record)
        else:
            groups.append([record])
    return groups


def _likeness(record: CopyRecord) -> tuple[object, ...]:
    return (
        record.issue,
        record.label,
        record.holder,
        record.state,
        record.kind,
        record.day,
        record.note,
        record.due,
        record.piece,
    )


def numbers_of(records: Sequence[CopyRecord], digits: int) -> str:
    return numbers_text((record.number for record in records), digits)


def copy_record(record: CopyRecord, digits: int) -> dict[str, object]:
    """A copy as JSON."""
    return {
        "issue": record.issue,
        "number": number_text(record.number, digits),
        "state": record.state.value,
        "label": record.label,
        "holder": record.holder,
        "allotted": record.allotted,
        "route": record.route,
        "due": record.due,
        "last": record.kind.value,
        "day": record.day,
        "actor": record.actor,
        "note": record.note,
        "piece": record.piece,
        "marks": record.marks.split(),
        "file": record.file,
    }


def event_text(record: CopyRecord) -> str:
    """`签收 2026-07-25（王芳）`: the last that was recorded of a copy."""
    said = f"{translated(KIND_NAMES[record.kind])} {record.day}"
    return shown_text(f"{said}（{record.note}）" if record.note else said)
