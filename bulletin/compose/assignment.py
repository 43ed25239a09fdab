"""From the numbers that each holder is to get to what must be recorded, given what is recorded already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.model.copies import Allotment, numbers_text
from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.register import Change, CopyRecord, EventKind, State

WITHDRAWN_NOTE = "名单改动"


def assignment_changes(key: str, allotments: Sequence[Allotment], records: Sequence[CopyRecord]) -> tuple[Change, ...]:
    """What makes the register agree with the allotments, as far as nothing is printed: new numbers assigned, others given to
    other holders, those that nobody gets any more withdrawn."""
    recorded = {record.number: record for record in records}
    wanted = {number: allotment for allotment in allotments for number in allotment.numbers}
    changes = []
    for number, allotment in sorted(wanted.items(), key=lambda item: item[0]):
        kind = _kind(recorded.get(number), allotment)
        if kind is not None:
            route = allotment.route.value if allotment.route else ""
            changes.append(Change(key, number, kind, label=allotment.label, holder=allotment.holder, route=route))
    withdrawn = (
        number for number, record in recorded.items() if number not in wanted and record.state is State.ASSIGNED
    )
    changes += [Change(key, number, EventKind.WITHDRAWN, note=WITHDRAWN_NOTE) for number in sorted(withdrawn)]
    return tuple(changes)


def _kind(record: CopyRecord | None, allotment: Allotment) -> EventKind | None:
    """What is to be recorded of a number that this holder is to get."""
    if record is None or record.state is State.WITHDRAWN:
        return EventKind.ASSIGNED
    if record.state is State.ASSIGNED and (record.allotted, record.label) != (allotment.holder, allotment.label):
        return EventKind.REASSIGNED
    return None


def check_assignment(
    issue: Issue, allotments: Sequence[Allotment], records: Sequence[CopyRecord], span: Span
) -> Iterator[Problem]:
    """Problems where copies are on paper already, and the list now says another run, or gives them to somebody else.

    What is printed says at its foot how many copies there are, and to whom they went.
    """
    printed = on_paper(records)
    if not printed:
        return
    digits = issue.publication.copy_number.digits
    advice = message("名单的改动从下一期起算；要补发，用机动份：bulletin copies send 份号 --to 单位")
    wanted = {number: allotment for allotment in allotments for number in allotment.numbers}
    known = {record.number for record in records}
    if added := [number for number in wanted if number not in known]:
        what = message(
            "本期已经印了 {count} 份，不能再加号（{numbers}）", count=len(printed), numbers=numbers_text(added, digits)
        )
        yield error("copies-printed", span, what, advice)
        return
    if astray := [
        each.number for each in printed if each.number not in wanted or wanted[each.number].holder != each.allotted
    ]:
        what = message("名单改过，与已经印好的份号对不上：{numbers}", numbers=numbers_text(astray, digits))
        yield error("copies-printed", span, what, advice)


def on_paper(records: Sequence[CopyRecord]) -> tuple[CopyRecord, ...]:
    """Those that were printed, wherever they are now: the foot of the issue counts them, void ones too."""
    return tuple(record for record in records if record.file)


def allotments_of(records: Sequence[CopyRecord]) -> tuple[Allotment, ...]:
    """The numbers that each holder was allotted, in the order of their first number; withdrawn ones aside."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for record in records:
        if record.state is not State.WITHDRAWN:
            numbers.setdefault((record.label, record.allotted), []).append(record.number)
    return tuple(Allotment(label, "", holder, tuple(each)) for (label, holder), each in numbers.items())
