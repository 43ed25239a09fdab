"""Which numbers each holder gets: the copies of a run, from 000001 on, parted among those whom the issue names.

*Source:* 条例, arts. 9 (一) and 25 (二): the number is the copy's place in the run, and who gets how many is settled before printing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from bulletin.model.copies import ARCHIVE, SPARE, Allotment
from bulletin.model.distribution import print_run
from bulletin.model.issue import Issue
from bulletin.model.problem import Outcome, Problem, error, message
from bulletin.model.recipient import Recipient, Unit


@dataclass(frozen=True, slots=True)
class _Share:
    """A holder, still without numbers, and how many it is to get."""

    allotment: Allotment
    copies: int


def allocate(
    issue: Issue, stays: Sequence[Allotment] = (), unusable: Collection[int] = ()
) -> Outcome[tuple[Allotment, ...]]:
    """Who gets which copies: 报, 送, 发 in the order of the issue, members in that of the list, then archive and spare.

    The run is the first numbers that are usable, as many as copies are printed. Each holder takes the lowest that are left when it is
    its turn; but first it keeps, of the numbers that stay with it, as many as it still gets and as are in this run.

    Args:
        issue: An issue without errors.
        stays: Whose numbers stay, the weightiest first: copies that are on paper already; the issue before, where numbers go
            with their holders (`Publication.fixed_numbers`).
        unusable: Numbers of this issue that were voided and may never be given again.
    """
    shares = tuple(_shares(issue))
    run = _usable(sum(share.copies for share in shares), unusable)
    problems = tuple(_faults(issue, run))
    if problems:
        return Outcome(None, problems)
    kept = _kept(shares, stays, run)
    taken = {number for numbers in kept for number in numbers}
    free = (number for number in run if number not in taken)
    return Outcome(
        tuple(
            replace(share.allotment, numbers=tuple(sorted((*numbers, *islice(free, share.copies - len(numbers))))))
            for share, numbers in zip(shares, kept, strict=True)
        )
    )


def moved(before: Sequence[Allotment], now: Sequence[Allotment]) -> tuple[tuple[Allotment, Allotment], ...]:
    """Of those that get copies before and now, each that could not keep what it had, as it was and as it is."""
    had = {each.holder: each for each in going_with_holders(before)}
    pairs = [(had[each.holder], each) for each in going_with_holders(now) if each.holder in had]
    return tuple((old, new) for old, new in pairs if not _keeps(old.numbers, new.numbers))


def _keeps(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    return len({*old} & {*new}) == min(len(old), len(new))


def going_with_holders(allotments: Sequence[Allotment]) -> tuple[Allotment, ...]:
    """Those of recipients: what archive and spare have in one issue means nothing for the next."""
    return tuple(each for each in allotments if each.label not in (ARCHIVE, SPARE))


def _shares(issue: Issue) -> Iterator[_Share]:
    """What each holder is to get, in the order of numbers; who gets none is left out."""
    recipients = issue.publication.recipients_by_name()
    for listed in issue.distribution:
        named = (recipients[each.name] for each in listed.addressees() if each.name in recipients)
        for recipient in named:
            for unit in recipient.units_on(issue.head.date):
                if unit.total:
                    yield _Share(_allotment(listed.label, recipient, unit), unit.total)
    for label, copies in ((ARCHIVE, issue.archive), (SPARE, issue.spare)):
        if copies:
            yield _Share(Allotment(label, "", label, ()), copies)


def _allotment(label: str, recipient: Recipient, unit: Unit) -> Allotment:
    """Without numbers; a group of which only a count is known holds its copies itself."""
    group = recipient.name if recipient.group and not recipient.counted else ""
    return Allotment(label, group, unit.name, (), unit.route, unit.contact, unit.address)


def _usable(copies: int, unusable: Collection[int]) -> tuple[int, ...]:
    void = frozenset(unusable)
    return tuple(islice((number for number in count(1) if number not in void), copies))


def _kept(shares: tuple[_Share, ...], stays: Sequence[Allotment], run: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The numbers that each holder keeps; no number is kept twice."""
    free = set(run)
    had: dict[str, list[int]] = {}
    for allotment in stays:
        had.setdefault(allotment.holder, []).extend(allotment.numbers)
    kept = []
    for share in shares:
        numbers = dict.fromkeys(number for number in had.get(share.allotment.holder, ()) if number in free)
        kept.append(tuple(islice(numbers, share.copies)))
        free.difference_update(kept[-1])
    return kept


def _faults(issue: Issue, run: tuple[int, ...]) -> Iterator[Problem]:
    """What must not be: another sum than the foot of the issue says, or a number with more digits than are printed."""
    span = issue.head.places.of("distribution")
    if len(run) != print_run(issue):
        what = message("各单位份数相加是 {sum}，报尾印的是 {run}", sum=len(run), run=print_run(issue))
        yield error("allocation-sum", span, what, message("这是程序的错误，请告诉维护人员；没有分配份号"))
    digits = issue.publication.copy_number.digits
    if run and run[-1] >= 10**digits:
        what = message("作废的份号不再使用，要编到 {last}，{digits} 位的份号不够用", last=run[-1], digits=digits)
        advice = message("把 bulletin.yaml 里 copy_number 的 digits（份号位数）改大")
        yield error("copy-number-digits", span, what, advice)
