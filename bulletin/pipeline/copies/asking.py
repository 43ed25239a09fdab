"""What the register can say: who has which copy, what is overdue, what happened to a copy."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bulletin.model.copies import number_text
from bulletin.model.copy_reports import CopiesReport, HistoryReport, OverdueReport, Tally
from bulletin.model.errors import UsageError
from bulletin.model.problem import did_you_mean, message
from bulletin.model.register import CopyRecord, State
from bulletin.pipeline.copies.opening import find_registered, opened, read_settings


def list_copies(root: Path, name: str | None, at: str) -> CopiesReport:
    """All copies of an issue that are registered; of the newest, where none is named."""
    publication = read_settings(root)
    with opened(root, publication, at) as register:
        records = register.copies(find_registered(register, name))
    return _report(records, publication.copy_number.digits)


def find_copy(root: Path, number: int, name: str | None, at: str) -> CopiesReport:
    """The copies of that number, the newest issue first; of one issue, where it is named.

    Raises:
        UsageError: There is none.
    """
    publication = read_settings(root)
    digits = publication.copy_number.digits
    with opened(root, publication, at) as register:
        issue = find_registered(register, name) if name else ""
        records = tuple(each for each in register.numbered(number) if issue in ("", each.issue))
    if not records:
        what = message("没有登记第 {number} 号", number=number_text(number, digits))
        raise UsageError(what, message("用 bulletin copies list 看登记了哪些"))
    return _report(tuple(sorted(records, key=lambda each: each.issue, reverse=True)), digits)


def find_holder(root: Path, holder: str, name: str | None, at: str) -> CopiesReport:
    """What the holder has, or is to have: of all issues, or of one.

    Raises:
        UsageError: Nobody of that name ever had a copy.
    """
    publication = read_settings(root)
    with opened(root, publication, at) as register:
        found = register.copies(find_registered(register, name) if name else "", holder)
        holders = register.holders() if not found else ()
    if not found:
        near = did_you_mean(holder, holders, message("用 bulletin copies list 看全部"))
        raise UsageError(message("登记册里没有“{holder}”", holder=holder), near)
    return _report(found, publication.copy_number.digits)


def find_overdue(root: Path, name: str | None, day: date, at: str) -> OverdueReport:
    """Copies that were sent more than so many days ago and nobody signed for, and copies that should have come back by now."""
    publication = read_settings(root)
    settings = publication.register
    with opened(root, publication, at) as register:
        issue = find_registered(register, name) if name else ""
        out = tuple(each for each in register.out(awaited=True) if issue in ("", each.issue))
    latest = (day - timedelta(settings.receipt_days)).isoformat()
    return OverdueReport(
        day=day.isoformat(),
        receipt_days=settings.receipt_days,
        unsigned=tuple(each for each in out if each.state is State.IN_TRANSIT and each.day < latest),
        unreturned=tuple(each for each in out if each.due and each.due < day.isoformat()),
        digits=publication.copy_number.digits,
    )


def history(root: Path, number: int, name: str | None, at: str) -> HistoryReport:
    """All that is recorded of a copy: of an issue, or of the newest one that has that number.

    Raises:
        UsageError: There is no such copy.
    """
    publication = read_settings(root)
    text = number_text(number, publication.copy_number.digits)
    with opened(root, publication, at) as register:
        issues = tuple(sorted(each.issue for each in register.numbered(number)))
        issue = find_registered(register, name) if name else issues[-1] if issues else ""
        events = register.history(issue, number)
    if not events:
        raise UsageError(
            message("没有登记第 {number} 号", number=text), message("用 bulletin copies list 看登记了哪些")
        )
    return HistoryReport(issue, text, events, tuple(each for each in issues if each != issue))


def _report(records: tuple[CopyRecord, ...], digits: int) -> CopiesReport:
    issues = tuple(dict.fromkeys(record.issue for record in records))
    return CopiesReport(issues, records, Tally.of(records), digits)
