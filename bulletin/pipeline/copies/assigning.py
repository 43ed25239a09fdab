"""Giving each recipient of an issue its numbers, and recording them."""

from __future__ import annotations

from pathlib import Path

from bulletin.compose import (
    allocate,
    allotments_of,
    assignment_changes,
    check_assignment,
    going_with_holders,
    moved,
    on_paper,
)
from bulletin.load.folders import issue_folder, issue_path
from bulletin.model.copies import Allotment
from bulletin.model.copy_reports import AssignReport
from bulletin.model.distribution import print_run
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Span, has_errors
from bulletin.model.register import Change, CopyRecord, EventKind, Request, State
from bulletin.pipeline.copies.anchoring import check_anchor, keep_anchor
from bulletin.pipeline.copies.opening import opened, read_settings
from bulletin.pipeline.reading import read
from bulletin.publish import locked
from bulletin.register import Register


def assign(root: Path, key: IssueKey, request: Request, *, dry_run: bool) -> AssignReport:
    """Allots the numbers of the issue to its recipients and makes the register agree; what agrees already is left alone.

    Until a copy is printed, a changed list may give its number to another holder or take it back; afterwards that is an error.

    Raises:
        UsageError: `bulletin.yaml` has errors.
        RegisterUnavailable, CannotWrite: The machine is at fault.
    """
    publication = read_settings(root)
    with locked(root / issue_folder(key)), opened(root, publication, request.at, create=True) as register:
        sources = read(root, key)
        if sources.value is None or has_errors(sources.problems):
            return AssignReport(key, sources.problems)
        check_anchor(root, key, register)
        records = register.copies(str(key))
        allotted = allot(sources.value, register, records)
        problems = (*sources.problems, *allotted.problems)
        if allotted.value is None or has_errors(problems):
            return AssignReport(key, problems)
        changes = assignment_changes(str(key), allotted.value, records)
        if changes and not dry_run:
            register.record(request, changes)
            keep_anchor(root, key, register)
        before = _before(sources.value, register)
    return AssignReport(
        key=key,
        problems=problems,
        allotments=allotted.value,
        assigned=_of_kind(changes, EventKind.ASSIGNED),
        reassigned=_of_kind(changes, EventKind.REASSIGNED),
        withdrawn=_of_kind(changes, EventKind.WITHDRAWN),
        moved=moved(before, allotted.value),
        print_run=print_run(sources.value),
        digits=publication.copy_number.digits,
        dry_run=dry_run,
    )


def allot(issue: Issue, register: Register, records: tuple[CopyRecord, ...]) -> Outcome[tuple[Allotment, ...]]:
    """The numbers of each recipient as the list now says, with problems where copies on paper say otherwise."""
    unusable = frozenset(record.number for record in records if record.state is State.VOIDED and not record.file)
    stays = (*allotments_of(on_paper(records)), *_before(issue, register))
    allotted = allocate(issue, stays, unusable)
    if allotted.value is None:
        return allotted
    faults = check_assignment(issue, allotted.value, records, Span(issue_path(issue.head.key)))
    return Outcome(allotted.value, (*allotted.problems, *faults))


def _before(issue: Issue, register: Register) -> tuple[Allotment, ...]:
    """Where numbers go with their holders: what each recipient had in the newest issue before this one that is registered."""
    if not issue.publication.fixed_numbers:
        return ()
    keys = (IssueKey.parse(each) for each in register.issues())
    own = issue.head.key
    earlier = [key for key in keys if key is not None and key.supplement == own.supplement and key < own]
    return going_with_holders(allotments_of(register.copies(str(max(earlier))))) if earlier else ()


def _of_kind(changes: tuple[Change, ...], kind: EventKind) -> tuple[int, ...]:
    return tuple(change.number for change in changes if change.kind is kind)
