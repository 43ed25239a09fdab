"""What the register can say: who has which copy, what is overdue, what happened to a copy."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bulletin.model.copies import number_text
from bulletin.model.copy_reports import CopiesReport, HistoryReport, OverdueReport, Tally
from bulletin.model.errors import UsageError
from bulletin.model.issue import IssueKey
from bulletin.model.problem import did_you_mean, message
from bulletin.model.register import CopyRecord, State
from bulletin.pipeline.copies.opening import opened, read_settings


def list_copies(root: Path, key: IssueKey, at: str) -> CopiesReport:
    """All copies of the issue that are registered."""
    publication = read_settings(root)
    with opened(root, publication, at) as register:
        records = register.copies(str(key))
    return _report(records, publication.copy_number.digits)


def find_copy(root: Path, number: int, key: IssueKey | None, at: str) -> CopiesReport:
    """The copy of that number: of the issue, or of the newest one whose numbers are registered.

    Raises:
        UsageError: There is none.
    """
    publication = read_settings(root)
    digits = publication.copy_number.digits
    with opened(root, publication, at) as register:
        issue = str(key) if key else _newest(register.copies())
        records = tuple(record for record in register.copies(issue) if record.number == number)
    if not records:
        what = message("{issue} 没有登记第 {number} 号", issue=issue, number=number_text(number, digits))
        raise UsageError(what, message("用 bulletin copies list 看登记了哪些"))
    return _report(records, digits)


def find_holder(root: Path, holder: str, key: IssueKey | None, at: str) -> CopiesReport:
    """What the holder has, or is to have: of the issue, or of all issues.

    Raises:
        UsageError: Nobody of that name ever had a copy.
    """
    publication = read_settings(root)
    with opened(root, publication, at) as register:
        records = register.copies(str(key) if key else "")
    found = tuple(record for record in records if holder in (record.holder, record.allotted))
    if not found:
        holders = sorted({record.holder for record in records})
        near = did_you_mean(holder, holders, message("用 bulletin copies list 看全部"))
        raise UsageError(message("登记册里没有“{holder}”", holder=holder), near)
    return _report(found, publication.copy_number.digits)


def find_overdue(root: Path, key: IssueKey | None, day: date, at: str) -> OverdueReport:
    """Copies that were sent more than so many days ago and nobody signed for, and copies that should have come back by now."""
    publication = read_settings(root)
    settings = publication.register
    with opened(root, publication, at) as register:
        records = register.copies(str(key) if key else "")
    latest = (day - timedelta(settings.receipt_days)).isoformat()
    out = (State.IN_TRANSIT, State.HELD)
    return OverdueReport(
        day=day.isoformat(),
        receipt_days=settings.receipt_days,
        unsigned=tuple(each for each in records if each.state is State.IN_TRANSIT and each.day < latest),
        unreturned=tuple(each for each in records if each.state in out and each.due and each.due < day.isoformat()),
        digits=publication.copy_number.digits,
    )


def history(root: Path, number: int, key: IssueKey | None, at: str) -> HistoryReport:
    """All that is recorded of a copy: of the issue, or of the newest one whose numbers are registered.

    Raises:
        UsageError: There is no such copy.
    """
    publication = read_settings(root)
    text = number_text(number, publication.copy_number.digits)
    with opened(root, publication, at) as register:
        issue = str(key) if key else _newest(register.copies())
        events = register.history(issue, number)
    if not events:
        raise UsageError(message("{issue} 没有登记第 {number} 号", issue=issue, number=text))
    return HistoryReport(issue, text, events)


def _newest(records: tuple[CopyRecord, ...]) -> str:
    """The newest issue whose numbers are registered."""
    keys = {record.issue: IssueKey.parse(record.issue) for record in records}
    known = [key for key in keys.values() if key is not None]
    if not known:
        raise UsageError(message("登记册还是空的"), message("先登记份号：bulletin copies assign"))
    return str(max(known, key=lambda key: (not key.supplement, key)))


def _report(records: tuple[CopyRecord, ...], digits: int) -> CopiesReport:
    issues = tuple(dict.fromkeys(record.issue for record in records))
    return CopiesReport(issues, records, Tally.of(records), digits)
