"""Options that the commands about copies share, and how copies are shown."""

from __future__ import annotations

import re
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
from bulletin.model.key import IssueKey
from bulletin.model.recipient import Route
from bulletin.model.register import KIND_NAMES, STATE_NAMES, CopyRecord, Request

C = TypeVar("C")
ROUTES = click.Choice([each.value for each in Route])
_BETWEEN = re.compile(r"[\s,，、;；]+")
_BACKWARDS = re.compile(r"\d{1,8}[-－—–~～至]\d{1,8}")


def now() -> str:
    """The hour, with its zone (ISO 8601)."""
    return datetime.now().astimezone().isoformat("T", "seconds")


def new_request(by: str | None, day: date | None = None, request: str = "") -> Request:
    """A request of this person, now; a program that tries again says its own name of it."""
    by = (by or "").strip()
    if not by:
        raise click.UsageError(_("请写经手人：--by 姓名（常用的可以设在环境变量 BULLETIN_BY 里）"))
    if day and day > date.today():
        said = _("日期 {day} 还没有到，今天是 {today}")
        raise click.UsageError(said.format(day=day.isoformat(), today=date.today().isoformat()))
    return Request(request or str(uuid.uuid4()), by, (day or date.today()).isoformat(), now())


def copies_argument(function: C) -> C:
    """`[issue] [numbers]...`, in any order."""
    decorate: Any = click.argument(
        "words", nargs=-1, metavar=f"[{_('期')}] [{_('份号')}...]", shell_complete=complete_issue
    )
    return decorate(function)  # type: ignore[no-any-return]


def by_options(function: C) -> C:
    """Who does it, on which day, and whether it is only tried."""
    return _all(
        function,
        click.option("--by", envvar="BULLETIN_BY", metavar=_("姓名"), help=_("经手人（也可设在 BULLETIN_BY 里）")),
        click.option("--date", "day", type=Day(), metavar="YYYY-MM-DD", help=_("哪一天的事（默认今天）")),
        click.option("--request", default="", metavar=_("编号"), help=_("这次操作的编号：同一编号再来一次，不会重复登记（供脚本用）")),
        click.option("--dry-run", is_flag=True, help=_("只看会怎样，不登记")),
    )  # fmt: skip


def choice_options(function: C) -> C:
    """Which copies, other than by number."""
    return _all(
        function,
        click.option("--recipient", default="", metavar=_("单位"), help=_("这个单位的各份")),
        click.option(
            "--route", type=ROUTES, metavar=_("方式"), help=_("只是这种发送方式的：机要交通、交换站、专人、自取")
        ),
        click.option("--all", "every", is_flag=True, help=_("凡可以的各份（存档、机动份除外）")),
    )


def _all(function: C, *decorators: Callable[[Any], Any]) -> C:
    decorated: Any = function
    for decorate in reversed(decorators):
        decorated = decorate(decorated)
    return decorated  # type: ignore[no-any-return]


def split_words(words: Sequence[str]) -> tuple[str | None, tuple[NumberRange, ...]]:
    """The issue, if one is named, and the numbers: `2026-07` is an issue, `000013-000040` numbers; marks between them as one types
    or pastes them."""
    issue, ranges = None, []
    for word in filter(None, (part for each in words for part in _BETWEEN.split(each.strip()))):
        if word.count("-") == 1 and len(word.split("-")[0]) == 4 and IssueKey.parse(word):
            issue = word
        elif found := NumberRange.parse(word.removeprefix("第").removesuffix("号")):
            ranges.append(found)
        else:
            raise click.UsageError(_not_a_number(word))
    return issue, tuple(ranges)


def split_issue(words: Sequence[str]) -> tuple[str | None, str]:
    """The issue, if one is named, and what else is said."""
    issues = [word for word in words if IssueKey.parse(word) and len(word.split("-")[0]) == 4]
    rest = [word for word in words if word not in issues]
    return issues[0] if issues else None, " ".join(rest).strip()


def one_number(text: str) -> int:
    """The copy number that the text is; 0 if it is none."""
    found = NumberRange.parse(text.removeprefix("第").removesuffix("号"))
    if found and len(found) > 1:
        raise click.UsageError(_("一次只查一份；要看几份，用 bulletin copies list"))
    return found.first if found else 0


def _not_a_number(word: str) -> str:
    said = _("“{word}”不是期号，也不是份号；份号写成 000127 或 000013-000040，几处用空格或逗号分开")
    if _BACKWARDS.fullmatch(word):
        said = _("“{word}”前后颠倒：小的号在前，大的号在后")
    return said.format(word=word)


def choice_of(ranges: tuple[NumberRange, ...], recipient: str, route: str | None, *, every: bool) -> Choice:
    """Which copies are meant."""
    if every and (ranges or recipient):
        raise click.UsageError(_("--all 不能和份号、--recipient 同时写"))
    return Choice(ranges, recipient, every, route or "")


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
    """`2026-07-25 签收（王芳）`: the last that was recorded of a copy."""
    said = f"{record.day} {translated(KIND_NAMES[record.kind])}"
    return shown_text(f"{said}（{record.note}）" if record.note else said)
