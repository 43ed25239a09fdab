"""Recording what happens to copies: sent, signed for, come back, destroyed, lost, found, void, corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bulletin.model.copies import ARCHIVE, SPARE, numbers_text
from bulletin.model.copy_reports import Move, MoveReport, Tally
from bulletin.model.errors import UsageError
from bulletin.model.problem import NOTHING, Message, did_you_mean, message
from bulletin.model.publication import Publication
from bulletin.model.register import CORRECTABLE, KIND_NAMES, STEPS, Change, CopyRecord, EventKind, Request, State
from bulletin.pipeline.copies.anchoring import anchored
from bulletin.pipeline.copies.choosing import choose, where_they_are
from bulletin.pipeline.copies.opening import find_issue_of, opened, read_settings

_OF_THE_HOUSE = (ARCHIVE, SPARE)
_BACK = (EventKind.RETURNED, EventKind.FOUND)
_OPEN_ENDED = frozenset({EventKind.SENT, EventKind.RECEIVED, EventKind.RETURNED, EventKind.DESTROYED})
"""What can be said of all copies at once; what is rarer is said of each by its number."""
_ADVICE = {
    State.ASSIGNED: message("还没有印：先运行 bulletin copies print"),
    State.IN_STOCK: message("还没有发出：先运行 bulletin copies send"),
    State.IN_TRANSIT: message("已经发出，还没有签收：先运行 bulletin copies receive，或收回（return）"),
    State.HELD: message("已经签收：要收回，用 bulletin copies return；登错了，用 bulletin copies correct"),
}


def move(root: Path, name: str | None, wanted: Move, request: Request) -> MoveReport:
    """Records the move of all chosen copies, or of none. Copies of which just this is recorded already are left alone.

    Args:
        root: The publication's folder.
        name: The issue; where it is left out, the one that the numbers tell, or the newest that is registered.
        wanted: What is to be recorded, and of which copies.
        request: Who asks, and when.

    Raises:
        UsageError: A copy is not where it would have to be, or something that must be said is not said.
        RegisterUnavailable: The machine is at fault.
    """
    publication = read_settings(root)
    digits = publication.copy_number.digits
    if wanted.choice.every and wanted.kind not in _OPEN_ENDED:
        raise UsageError(message("“{kind}”要写明份号，不能用 --all", kind=KIND_NAMES[wanted.kind]))
    with opened(root, publication, request.at) as register:
        issue = find_issue_of(register, name, wanted.choice.ranges, lambda record: _may(record, wanted.kind))
        with anchored(root, issue, register):
            records = register.copies(issue)
            chosen = choose(records, wanted.choice, digits, lambda record: _is_meant(record, wanted))
            already = tuple(record for record in chosen if _is_done(record, wanted))
            rest = tuple(record for record in chosen if record not in already)
            _require_steps(chosen, rest, wanted, digits)
            _require_days(rest, wanted, request.day, digits)
            notes = tuple(_notes(publication, wanted, register.clock_behind(request.at)))
            if rest and not wanted.dry_run:
                register.record(request, [_change(record, wanted, publication, request.day) for record in rest])
            now = {record.number: record for record in register.copies(issue)}
    done = tuple(_as_it_would_be(record, wanted) if wanted.dry_run else now[record.number] for record in rest)
    return MoveReport(issue, wanted.kind, done, already, Tally.of(now.values()), digits, notes, wanted.dry_run)


def _is_meant(record: CopyRecord, wanted: Move) -> bool:
    """True if the move can be meant of a copy that is not named: nothing of the house's own, nothing that came back is sent again,
    and only what came back is destroyed."""
    if _is_done(record, wanted):
        return True
    match wanted.kind:
        case EventKind.SENT:
            meant = record.kind not in _BACK and (record.label not in _OF_THE_HOUSE or bool(wanted.holder))
        case EventKind.DESTROYED:
            meant = record.kind is EventKind.RETURNED
        case EventKind.RETURNED:
            meant = record.state is State.HELD
        case _:
            meant = True
    return meant and _may(record, wanted.kind)


def _may(record: CopyRecord, kind: EventKind) -> bool:
    if kind is EventKind.CORRECTED:
        return record.in_force in CORRECTABLE
    return record.state in STEPS[kind]


def _is_done(record: CopyRecord, wanted: Move) -> bool:
    """True if just this was the last that was recorded of the copy: the command is being run again."""
    said = ((wanted.holder, record.holder), (wanted.note, record.note), (wanted.due, record.due))
    return record.kind is wanted.kind and all(not new or new == old for new, old in said)


def _require_steps(chosen: Sequence[CopyRecord], rest: Sequence[CopyRecord], wanted: Move, digits: int) -> None:
    """Raises: UsageError: There is no copy, or one of which this cannot be recorded."""
    kind = KIND_NAMES[wanted.kind]
    if not chosen:
        advice = _ADVICE[State.ASSIGNED] if wanted.kind is EventKind.SENT else NOTHING
        raise UsageError(message("没有可以“{kind}”的份", kind=kind), advice)
    refused = [record for record in rest if not _may(record, wanted.kind)]
    if refused:
        what = message("不能“{kind}”：{numbers}；什么也没有登记", kind=kind, numbers=where_they_are(refused, digits))
        look = message("先看这几份现在在哪里：bulletin copies find 份号")
        raise UsageError(what, _ADVICE.get(refused[0].state, look))
    nobody = [record.number for record in rest if record.holder in _OF_THE_HOUSE]
    if nobody and wanted.kind is EventKind.SENT and not wanted.holder:
        what = message("{numbers} 是存档或机动份，没有收件单位", numbers=numbers_text(nobody, digits))
        raise UsageError(what, message("要发出去，写明给谁：--to 收件单位"))


def _require_days(records: Sequence[CopyRecord], wanted: Move, day: str, digits: int) -> None:
    """Raises: UsageError: Something would have happened before what made it possible."""
    later = [record for record in records if record.day > day and wanted.kind is not EventKind.CORRECTED]
    if later:
        what = message(
            "日期 {day} 早于 {numbers} 的上一笔（{kind} {before}）；什么也没有登记",
            day=day,
            numbers=numbers_text((record.number for record in later), digits),
            kind=KIND_NAMES[later[0].kind],
            before=later[0].day,
        )
        raise UsageError(what, message("请核对 --date"))


def _change(record: CopyRecord, wanted: Move, publication: Publication, day: str) -> Change:
    """What is said; all else the copy keeps."""
    return Change(
        issue=record.issue,
        number=record.number,
        kind=wanted.kind,
        holder=wanted.holder,
        route=wanted.route,
        due=_due(wanted, publication, day),
        witnesses=wanted.witnesses,
        note=wanted.note,
    )


def _due(wanted: Move, publication: Publication, day: str) -> str:
    """The day by which a copy that is sent must come back."""
    if wanted.kind is not EventKind.SENT or wanted.due or not publication.register.return_days:
        return wanted.due
    return (date.fromisoformat(day) + timedelta(publication.register.return_days)).isoformat()


def _as_it_would_be(record: CopyRecord, wanted: Move) -> CopyRecord:
    return replace(record, holder=wanted.holder or record.holder, route=wanted.route or record.route)


def _notes(publication: Publication, wanted: Move, ahead: str) -> Iterator[Message]:
    """What an editor should know, though it is recorded as it was said."""
    names = {unit.name for recipient in publication.recipients or () for unit in recipient.units}
    if wanted.holder and publication.recipients is not None and wanted.holder not in names:
        yield message("名册里没有“{name}”，照写的登记；写错了用 bulletin copies correct 更正", name=wanted.holder)
        near = did_you_mean(wanted.holder, names, NOTHING)
        if near is not NOTHING:
            yield near
    if ahead:
        yield message("电脑的时间可能不对：上一笔登记在 {at}，比现在还晚", at=ahead[:16].replace("T", " "))
