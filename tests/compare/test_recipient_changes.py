"""What changed between two lists of recipients."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulletin.compare import compare_recipients
from bulletin.load.recipients import recipients_in
from bulletin.model.recipient import Recipient
from bulletin.model.recipient_list import ChangeKind, Field, RecipientChange, rows_of
from tests.recipient_lists import lists


def listed(text: str) -> tuple[Recipient, ...]:
    outcome = recipients_in(text.encode())
    assert outcome.value is not None, outcome.problems
    return outcome.value


OLD = (
    "units:\n  - {name: 甲局, copies: 2, route: 专人}\n  - {name: 乙局}\n  - {name: 丙局}\n"
    "groups:\n  - {name: 各科, members: [子科, 丑科, 寅科, 卯科]}\n  - {name: 各县, count: 5}\n"
)


def changes(*replacements: tuple[str, str]) -> list[str]:
    new = OLD
    for before, after in replacements:
        assert before in new
        new = new.replace(before, after)
    return [shown(change) for change in compare_recipients(listed(OLD), listed(new))]


def shown(change: RecipientChange) -> str:
    fields = " ".join(f"{each.field.value}:{each.old}→{each.new}" for each in change.fields)
    return f"{change.kind.value} {change.group}/{change.name} {change.copies} {fields}".rstrip()


def test_each_kind_of_change() -> None:
    assert changes() == []
    assert changes(("copies: 2, route: 专人", "copies: 3, contact: 张三")) == [
        "changed /甲局 3 份数:2→3 发送方式:专人→ 联系人:→张三"
    ]
    assert changes(("  - {name: 乙局}\n", "")) == ["removed /乙局 1"]
    assert changes(("寅科,", "寅科, 辰科,")) == ["added 各科/辰科 1"]
    assert changes(("count: 5", "count: 6")) == ["changed 各县/各县 6 个数:5→6"]
    assert changes(("子科, 丑科", "丑科, 子科"))[0] in ("moved 各科/丑科 1 次序:2→1", "moved 各科/子科 1 次序:1→2")
    assert changes(("[子科, 丑科, 寅科, 卯科]", "[卯科, 子科, 丑科, 寅科]")) == ["moved 各科/卯科 1 次序:4→1"]
    assert changes(("丑科, ", ""), ("  - {name: 丙局}\n", "  - {name: 丙局}\n  - {name: 丑科, copies: 2}\n")) == [
        "moved /丑科 2 组别:各科→ 份数:1→2"
    ]
    assert changes(("  - {name: 各县, count: 5}\n", "  - {name: 各县, members: [东县, 西县]}\n")) == [
        "added 各县/东县 1",
        "added 各县/西县 1",
        "removed 各县/各县 5",
    ]


def test_a_name_that_two_lost_or_gained_is_not_guessed_to_have_moved() -> None:
    old = listed(
        "groups:\n  - {name: 一组, members: [甲, 乙]}\n  - {name: 二组, members: [甲, 丙]}\n  - {name: 三组, members: [丁]}\n"
    )
    new = listed(
        "groups:\n  - {name: 一组, members: [乙]}\n  - {name: 二组, members: [丙]}\n  - {name: 三组, members: [丁, 甲]}\n"
    )
    assert [shown(change) for change in compare_recipients(old, new)] == [
        "added 三组/甲 1",
        "removed 一组/甲 1",
        "removed 二组/甲 1",
    ]


@given(lists(), lists())
def test_the_changes_account_for_every_row(old: tuple[Recipient, ...], new: tuple[Recipient, ...]) -> None:
    before, after = ({row.key: row for row in rows_of(each)} for each in (old, new))
    found = compare_recipients(old, new)
    kinds = {kind: [change for change in found if change.kind is kind] for kind in ChangeKind}
    came = len(after) - len(before)
    assert len(kinds[ChangeKind.ADDED]) - len(kinds[ChangeKind.REMOVED]) == came
    for change in found:
        if change.kind is ChangeKind.REMOVED:
            assert (change.group, change.name) in before
        else:
            row = after[change.group, change.name]
            said = row.cells()
            assert all(each.new == said[each.field] for each in change.fields if each.field is not Field.ORDER)
    untouched = after.keys() - {(change.group, change.name) for change in found}
    assert all(before[key].cells() == after[key].cells() for key in untouched)


@given(st.permutations(range(8)))
def test_the_fewest_moves(order: list[int]) -> None:
    """What did not move stands in the old order, and no longer row of such could be chosen."""
    old = listed("units:\n" + "".join(f"  - {{name: 单位{number}}}\n" for number in range(8)))
    found = compare_recipients(old, tuple(old[number] for number in order))
    moved = {int(change.name[-1]) for change in found}
    stayed = [number for number in order if number not in moved]
    assert stayed == sorted(stayed)
    assert len(stayed) == _longest(order)


def _longest(order: list[int]) -> int:
    ending: list[int] = []
    for index, number in enumerate(order):
        ending.append(1 + max((ending[other] for other in range(index) if order[other] < number), default=0))
    return max(ending)
