"""Numbers parted among recipients: every copy to exactly one holder, the sum that the foot of the issue says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.compose import allocate, compose_edition, going_with_holders, moved
from bulletin.model.copies import ARCHIVE, SPARE, Allotment
from bulletin.model.issue import Addressee, DistributionList, Issue
from bulletin.model.problem import Span
from bulletin.model.publication import CopyNumber
from bulletin.model.recipient import Recipient, Route, Unit
from tests.conftest import Make, load

SPAN = Span("x")
DAY = date(2026, 1, 20)
_ISSUE: list[Issue] = []


@pytest.fixture(autouse=True)
def _one_issue(make: Make) -> None:
    _ISSUE[:] = [load(make(folder="one"))]


terms = st.sampled_from(
    [(None, None), (None, None), (DAY, DAY), (DAY + timedelta(1), None), (None, DAY - timedelta(1))]
)


@st.composite
def units(draw: st.DrawFn, name: str) -> Unit:
    since, until = draw(terms)
    return Unit(name, draw(st.integers(0, 4)), SPAN, since=since, until=until)


@st.composite
def recipients(draw: st.DrawFn) -> tuple[Recipient, ...]:
    """Units, groups with members, and groups of which only a count is known."""
    made = []
    for index in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from(["unit", "members", "count"]))
        if kind == "unit":
            made.append(Recipient(f"单位{index}", (draw(units(f"单位{index}")),), SPAN))
        elif kind == "members":
            members = tuple(draw(units(f"成员{index}之{number}")) for number in range(draw(st.integers(1, 5))))
            made.append(Recipient(f"组{index}", members, SPAN, group=True))
        else:
            counted = replace(draw(units(f"组{index}")), members=draw(st.integers(1, 6)))
            made.append(Recipient(f"组{index}", (counted,), SPAN, group=True))
    return tuple(made)


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    """An issue for a list, its recipients dealt out to 报, 送 and 发 in any order."""
    return issue_for(draw(recipients()), draw)


def issue_for(listed: tuple[Recipient, ...], draw: st.DrawFn) -> Issue:
    ranks: dict[str, list[Addressee]] = {"报": [], "送": [], "发": []}
    for recipient in draw(st.permutations(listed)):
        label = draw(st.sampled_from(["报", "送", "发", None]))
        if label:
            ranks[label].append(Addressee(recipient.name, SPAN))
    issue = _ISSUE[0]
    return replace(
        issue,
        publication=replace(issue.publication, recipients=listed),
        distribution=tuple(DistributionList(label, "", (tuple(each),), SPAN) for label, each in ranks.items() if each),
        archive=draw(st.integers(0, 5)),
        spare=draw(st.integers(0, 5)),
    )


def allotted(issue: Issue, stays: tuple[Allotment, ...] = (), unusable: Iterable[int] = ()) -> tuple[Allotment, ...]:
    outcome = allocate(issue, stays, frozenset(unusable))
    assert not outcome.problems
    assert outcome.value is not None
    return outcome.value


def numbers(allotments: tuple[Allotment, ...]) -> list[int]:
    return [number for allotment in allotments for number in allotment.numbers]


def first_usable(copies: int, unusable: frozenset[int]) -> list[int]:
    return [number for number in range(1, copies + len(unusable) + 1) if number not in unusable][:copies]


unusable_numbers = st.frozensets(st.integers(1, 40), max_size=8)


@given(issues(), unusable_numbers)
def test_every_copy_has_one_holder_and_the_foot_says_how_many(issue: Issue, unusable: frozenset[int]) -> None:
    """No gap, no overlap, nothing used again that was voided, numbers ascending in the order of the list."""
    now = allotted(issue, unusable=unusable)
    run = compose_edition(issue).imprint.print_run
    assert numbers(now) == first_usable(run, unusable)
    assert all(allotment.numbers for allotment in now)


@given(issues())
def test_in_the_order_of_the_issue_then_archive_and_spare(issue: Issue) -> None:
    now = allotted(issue)
    wanted = []
    by_name = issue.publication.recipients_by_name()
    for listed in issue.distribution:
        for addressee in listed.addressees():
            recipient = by_name[addressee.name]
            received = [unit for unit in recipient.units if unit.receives_on(DAY) and unit.copies]
            wanted += [(listed.label, unit.name, unit.copies * unit.members) for unit in received]
    wanted += [(ARCHIVE, ARCHIVE, issue.archive)] if issue.archive else []
    wanted += [(SPARE, SPARE, issue.spare)] if issue.spare else []
    assert [(each.label, each.holder, len(each.numbers)) for each in now] == wanted


@given(issues(), unusable_numbers)
def test_the_same_list_gives_the_same_numbers(issue: Issue, unusable: frozenset[int]) -> None:
    now = allotted(issue, unusable=unusable)
    assert allotted(issue, unusable=unusable) == now
    assert allotted(issue, now, unusable) == now
    assert moved(now, now) == ()


@given(st.data(), recipients(), unusable_numbers, unusable_numbers)
def test_numbers_that_stay(
    data: st.DataObject, listed: tuple[Recipient, ...], void: frozenset[int], void_now: frozenset[int]
) -> None:
    """From one issue to another with other names, copies and voided numbers."""
    before = allotted(issue_for(listed, data.draw), unusable=void)
    changed = tuple(
        replace(each, units=tuple(replace(unit, copies=data.draw(st.integers(0, 4))) for unit in each.units))
        for each in listed
    )
    issue = issue_for(changed, data.draw)
    now = allotted(issue, going_with_holders(before), void_now)
    run = first_usable(compose_edition(issue).imprint.print_run, void_now)
    assert sorted(numbers(now)) == run
    had = {each.holder: each.numbers for each in before if each.label not in (ARCHIVE, SPARE)}
    kept = {}
    for each in now:
        of_the_house = each.label in (ARCHIVE, SPARE)
        could = [] if of_the_house else [number for number in had.get(each.holder, ()) if number in run]
        kept[each] = set(could[: len(each.numbers)])
        assert kept[each] <= set(each.numbers)
    others = [number for each in now for number in each.numbers if number not in kept[each]]
    assert others == sorted(others)  # what is left, in the order of the list
    pairs = {new.holder for _old, new in moved(before, now)}
    assert pairs == {
        each.holder
        for each in now
        if (old := had.get(each.holder)) and each.label not in (ARCHIVE, SPARE)
        if len(set(old) & set(each.numbers)) < min(len(old), len(each.numbers))
    }


def _issue(*listed: Recipient, archive: int = 0, spare: int = 0) -> Issue:
    names = tuple(Addressee(recipient.name, SPAN) for recipient in listed)
    issue = _ISSUE[0]
    return replace(
        issue,
        publication=replace(issue.publication, recipients=listed),
        distribution=(DistributionList("发", "", (names,), SPAN),),
        archive=archive,
        spare=spare,
    )


def _unit(name: str, copies: int) -> Recipient:
    return Recipient(name, (Unit(name, copies, SPAN, route=Route.COURIER, contact="甲 0386-1", address="乙路"),), SPAN)


def test_rows_say_how_a_copy_comes_to_its_holder() -> None:
    members = Recipient("各局", (Unit("甲局", 1, SPAN), Unit("乙局", 2, SPAN, route=Route.PICKUP)), SPAN, group=True)
    counted = Recipient("各科", (Unit("各科", 2, SPAN, members=3),), SPAN, group=True)
    assert allotted(_issue(_unit("丙局", 1), members, counted, archive=2, spare=1)) == (
        Allotment("发", "", "丙局", (1,), Route.COURIER, "甲 0386-1", "乙路"),
        Allotment("发", "各局", "甲局", (2,)),
        Allotment("发", "各局", "乙局", (3, 4), Route.PICKUP),
        Allotment("发", "", "各科", (5, 6, 7, 8, 9, 10)),
        Allotment("存档", "", "存档", (11, 12)),
        Allotment("机动", "", "机动", (13,)),
    )


def test_a_new_recipient_takes_what_is_free_and_others_keep_theirs() -> None:
    before = allotted(_issue(_unit("甲", 2), _unit("乙", 1), _unit("丙", 2), archive=1))
    after = _issue(_unit("丁", 2), _unit("甲", 1), _unit("丙", 2), archive=1)
    stays = going_with_holders(before)
    assert [(each.holder, each.numbers) for each in allotted(after, stays)] == [
        ("丁", (2, 3)),
        ("甲", (1,)),
        ("丙", (4, 5)),
        ("存档", (6,)),
    ]
    assert moved(before, allotted(after, stays)) == ()
    shorter = allotted(_issue(_unit("丙", 2), _unit("乙", 1)), stays)
    assert [(each.holder, each.numbers) for each in shorter] == [("丙", (1, 2)), ("乙", (3,))]
    assert [(old.numbers, new.numbers) for old, new in moved(before, shorter)] == [((4, 5), (1, 2))]
    assert [each.numbers for each in allotted(_issue(_unit("丙", 2), _unit("乙", 1)))] == [(1, 2), (3,)]


def test_voided_numbers_are_never_given_again() -> None:
    assert [each.numbers for each in allotted(_issue(_unit("甲", 2), _unit("乙", 2)), unusable={1, 3})] == [
        (2, 4),
        (5, 6),
    ]


def test_more_numbers_than_digits() -> None:
    issue = _issue(_unit("甲", 9))
    issue = replace(issue, publication=replace(issue.publication, copy_number=CopyNumber(1, "right")))
    assert allotted(issue)[0].numbers == tuple(range(1, 10))
    outcome = allocate(issue, unusable={5})
    assert outcome.value is None
    assert [problem.code for problem in outcome.problems] == ["copy-number-digits"]


def test_another_sum_than_the_foot_says_gives_no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletin.compose.allocation.print_run", lambda _issue: 8)
    outcome = allocate(_issue(_unit("甲", 9)))
    assert outcome.value is None
    assert [problem.code for problem in outcome.problems] == ["allocation-sum"]
