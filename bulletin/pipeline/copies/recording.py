"""Recording what happens to copies: sent, signed for, come back, destroyed, lost, found, void, corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from bulletin.model.copies import ARCHIVE, SPARE, numbers_text
from bulletin.model.copy_reports import Move, MoveReport, Tally
from bulletin.model.errors import UsageError
from bulletin.model.issue import IssueKey
from bulletin.model.problem import Message, message
from bulletin.model.publication import Publication
from bulletin.model.register import (
    CORRECTABLE,
    KIND_NAMES,
    STATE_NAMES,
    STEPS,
    Change,
    CopyRecord,
    EventKind,
    Request,
    State,
)
from bulletin.pipeline.copies.choosing import choose
from bulletin.pipeline.copies.opening import opened, read_settings

_UNALLOTTED = (ARCHIVE, SPARE)


def move(root: Path, key: IssueKey, wanted: Move, request: Request) -> MoveReport:
    """Records the move of all chosen copies, or of none. Copies of which it is recorded already are left alone.

    Raises:
        UsageError: A copy is not where it would have to be, or something that must be said is not said.
        RegisterError: The machine is at fault.
    """
    publication = read_settings(root)
    digits = publication.copy_number.digits
    with opened(root, publication, request.at) as register:
        records = register.copies(str(key))
        chosen = choose(records, wanted.choice, digits, lambda record: _able(record, wanted))
        already = tuple(record for record in chosen if _is_done(record, wanted))
        rest = tuple(record for record in chosen if record not in already)
        if not chosen:
            raise UsageError(message("没有可以“{kind}”的份", kind=KIND_NAMES[wanted.kind]))
        _require_steps(rest, wanted.kind, digits)
        _require_holder(rest, wanted, digits)
        notes = tuple(_notes(publication, wanted, register.clock_behind(request.at)))
        if rest and not wanted.dry_run:
            register.record(request, [_change(record, wanted, publication, request.day) for record in rest])
        tally = Tally.of(register.copies(str(key)))
    return MoveReport(key, wanted.kind, rest, already, tally, digits, notes, wanted.dry_run)


def _able(record: CopyRecord, wanted: Move) -> bool:
    """True if the move can be meant of a copy that is not named: spare copies are sent only by name."""
    if _is_done(record, wanted):
        return True
    if wanted.kind is EventKind.SENT and record.label in _UNALLOTTED and not wanted.holder:
        return False
    return _may(record, wanted.kind)


def _may(record: CopyRecord, kind: EventKind) -> bool:
    return record.kind in CORRECTABLE if kind is EventKind.CORRECTED else record.state in STEPS[kind]


def _is_done(record: CopyRecord, wanted: Move) -> bool:
    """True if just this was the last that was recorded of the copy: the command is being run again."""
    return (
        record.kind is wanted.kind and wanted.holder in ("", record.holder) and wanted.kind is not EventKind.REASSIGNED
    )


def _require_steps(records: Sequence[CopyRecord], kind: EventKind, digits: int) -> None:
    refused: dict[State, list[int]] = {}
    for record in records:
        if not _may(record, kind):
            refused.setdefault(record.state, []).append(record.number)
    if refused:
        where = tuple(f"{numbers_text(numbers, digits)}（{STATE_NAMES[state]}）" for state, numbers in refused.items())
        what = message("不能“{kind}”：{numbers}", kind=KIND_NAMES[kind], numbers=where)
        raise UsageError(what, message("什么也没有登记；先看这几份现在在哪里：bulletin copies find 份号"))


def _require_holder(records: Sequence[CopyRecord], wanted: Move, digits: int) -> None:
    if wanted.kind is not EventKind.SENT or wanted.holder:
        return
    nobody = [record.number for record in records if record.label in _UNALLOTTED]
    if nobody:
        what = message("{numbers} 是存档或机动份，没有收件单位", numbers=numbers_text(nobody, digits))
        raise UsageError(what, message("要发出去，写明给谁：--to 收件单位"))


def _change(record: CopyRecord, wanted: Move, publication: Publication, day: str) -> Change:
    return Change(
        issue=record.issue,
        number=record.number,
        kind=wanted.kind,
        label=record.label,
        holder=wanted.holder or record.holder,
        route=wanted.route or record.route,
        due=_due(record, wanted, publication, day),
        witnesses=wanted.witnesses,
        note=wanted.note,
    )


def _due(record: CopyRecord, wanted: Move, publication: Publication, day: str) -> str:
    """The day by which a copy that is sent must come back; one that is out keeps its day."""
    if wanted.kind is not EventKind.SENT:
        return record.due if wanted.kind in (EventKind.RECEIVED, EventKind.TRANSFERRED) else ""
    if wanted.due or not publication.register.return_days:
        return wanted.due
    return (date.fromisoformat(day) + timedelta(publication.register.return_days)).isoformat()


def _notes(publication: Publication, wanted: Move, ahead: str) -> Iterator[Message]:
    """What an editor should know, though it is recorded as it was said."""
    names = {unit.name for recipient in publication.recipients or () for unit in recipient.units}
    if wanted.holder and publication.recipients is not None and wanted.holder not in names:
        yield message("名册里没有“{name}”，照写的登记；写错了用 bulletin copies correct 更正", name=wanted.holder)
    if ahead:
        yield message("电脑的时间可能不对：上一笔登记在 {at}，比现在还晚", at=ahead[:16].replace("T", " "))
