"""The life of numbered copies through the commands' spine: assigned, printed, moved, asked for, traced."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bulletin.model.copies import NumberRange
from bulletin.model.copy_reports import Choice, Move, PrintOrder
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import Severity
from bulletin.model.register import EventKind, State
from bulletin.pipeline.copies.asking import find_copy, find_holder, find_overdue, history, list_copies
from bulletin.pipeline.copies.assigning import assign
from bulletin.pipeline.copies.keeping import export, rebuild, verify
from bulletin.pipeline.copies.recording import move
from bulletin.pipeline.copies.tracing import trace
from tests.conftest import BASE, Make
from tests.ten_copies import (
    AT,
    ISSUE,
    KEY,
    RECIPIENTS,
    asked,
    first_pages,
    holders,
    moved,
    ordered,
    printed,
    signed,
    states,
)


def test_numbers_follow_the_list(root: Path) -> None:
    assert holders(root) == ["甲局"] * 2 + ["各科"] * 3 + ["存档"] * 4 + ["机动"]
    assert set(states(root).values()) == {State.ASSIGNED}


def test_assigning_again_changes_nothing(root: Path) -> None:
    before = export(root, root / "before.jsonl", AT)
    again = assign(root, KEY, asked("again"), dry_run=False)
    assert (again.assigned, again.reassigned, again.withdrawn) == ((), (), ())
    assert export(root, root / "after.jsonl", AT) == before


def test_a_dry_run_records_nothing(make: Make) -> None:
    root = make()
    report = assign(root, KEY, asked("assign"), dry_run=True)
    assert report.assigned == (*range(1, 11),)
    with pytest.raises(UsageError, match="空的"):
        list_copies(root, str(KEY), AT)


def test_a_changed_list_moves_what_is_not_printed(root: Path) -> None:
    (root / RECIPIENTS).write_text(BASE[RECIPIENTS].replace("copies: 2", "copies: 1"), "utf-8")
    report = assign(root, KEY, asked("fewer"), dry_run=False)
    assert (report.reassigned, report.withdrawn) == ((2, 5, 9), (10,))
    assert states(root)[10] is State.WITHDRAWN
    (root / RECIPIENTS).write_text(BASE[RECIPIENTS], "utf-8")
    assert assign(root, KEY, asked("more"), dry_run=False).assigned == (10,)
    assert list_copies(root, str(KEY), AT).tally.total == 10


def test_a_void_number_is_never_given_again(root: Path) -> None:
    moved(root, EventKind.VOIDED, "3", note="错号")
    report = assign(root, KEY, asked("again"), dry_run=False)
    numbers = [number for each in report.allotments for number in each.numbers]
    assert numbers == [1, 2, *range(4, 12)]


def test_the_run_is_one_file_with_each_number_once(root: Path) -> None:
    report = printed(root)
    (file,) = report.files
    assert Path(file.path) == root / "build/2026-01/copies/000001-000010.pdf"
    assert first_pages(Path(file.path), 10) == [f"{number:06}" for number in range(1, 11)]
    assert set(states(root).values()) == {State.IN_STOCK}
    assert {record.file for record in list_copies(root, str(KEY), AT).records} == {file.sha256}


def test_printing_again_gives_the_same_file_and_counts_once(root: Path) -> None:
    first = printed(root)
    os.unlink(first.files[0].path)
    again = printed(root, name="again")
    assert again.repeated
    assert again.files == first.files
    assert len(history(root, 1, str(KEY), AT).events) == 2


def test_printing_in_another_form_is_a_reprint(root: Path) -> None:
    printed(root)
    with pytest.raises(UsageError, match="已经"):
        printed(root, ordered(profile="骑马订"), name="other")
    ranges = Choice((NumberRange(1, 10),))
    report = printed(root, ordered(ranges, profile="骑马订", again=True, reason="改用骑马订"), name="other")
    assert report.files
    assert {record.piece for record in list_copies(root, str(KEY), AT).records} == {2}


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (ordered(batch=4), ["000001-000004", "000005-000008", "000009-000010"]),
        (ordered(each=True), ["000001-000002-甲局", "000003-000005-各科", "000006-000009-存档", "000010-机动"]),
        (ordered(Choice(holder="甲局")), ["000001-000002"]),
        (ordered(Choice((NumberRange(3, 10**8 - 1),))), ["000003-000010"]),
    ],
    ids=["batches", "each", "recipient", "from"],
)  # fmt: skip
def test_files_as_they_are_wanted(root: Path, order: PrintOrder, names: list[str]) -> None:
    report = printed(root, order)
    assert [Path(file.path).stem for file in report.files] == names
    in_stock = [number for number, state in states(root).items() if state is State.IN_STOCK]
    assert in_stock == [number for file in report.files for number in file.numbers]


def test_nothing_is_printed_that_is_not_signed_as_it_stands(make: Make) -> None:
    root = signed(make())
    assign(root, KEY, asked("assign"), dry_run=False)
    path = root / "issues/2026-01/signoff.yaml"
    path.unlink()
    with pytest.raises(UsageError, match="还没有签发"):
        printed(root)
    assert not (root / "build/2026-01/copies").exists()
    assert set(states(root).values()) == {State.ASSIGNED}


def test_nothing_is_printed_before_numbers_are_assigned(make: Make) -> None:
    with pytest.raises(UsageError, match="登记"):
        printed(signed(make()))


def test_nothing_is_printed_when_the_list_changed_since(root: Path) -> None:
    text = BASE[RECIPIENTS].replace("copies: 2", "copies: 1").replace("count: 3", "count: 4")
    (root / RECIPIENTS).write_text(text, "utf-8")  # still ten: the sign-off holds
    report = printed(root)
    assert [problem.code for problem in report.problems] == ["copies-assigned"]
    assert not report.files


def test_a_reprint_voids_the_first_piece_and_counts_once(root: Path) -> None:
    printed(root)
    order = ordered(Choice((NumberRange(7, 7),)), again=True, reason="卡纸")
    first, again = printed(root, order, name="reprint"), printed(root, order, name="reprint")
    assert first.files == again.files
    (record,) = find_copy(root, 7, str(KEY), AT).records
    assert (record.piece, record.note, record.state) == (2, "卡纸", State.IN_STOCK)
    assert [event.change.kind for event in history(root, 7, str(KEY), AT).events][-1] is EventKind.REPRINTED


def test_a_copy_from_the_list_to_the_shredder(root: Path) -> None:
    printed(root)
    assert len(moved(root, EventKind.SENT).done) == 5  # archive and spare stay
    assert len(moved(root, EventKind.RECEIVED, "1-2", note="王芳").done) == 2
    assert [record.number for record in find_overdue(root, None, date(2026, 1, 29), AT).unsigned] == [3, 4, 5]
    moved(root, EventKind.RETURNED, "1")
    moved(root, EventKind.DESTROYED, "1", witnesses=("王芳", "张强"))
    assert states(root)[1] is State.DESTROYED
    tally = list_copies(root, str(KEY), AT).tally
    assert tally.total == 10
    assert dict(tally.counts) == {State.IN_STOCK: 5, State.IN_TRANSIT: 3, State.HELD: 1, State.DESTROYED: 1}
    assert verify(root, None, AT).faults == ()


def test_a_move_that_is_made_again_counts_once(root: Path) -> None:
    printed(root)
    moved(root, EventKind.SENT, name="one")
    again = moved(root, EventKind.SENT, name="two")
    assert (again.done, len(again.already)) == ((), 5)
    assert len(history(root, 1, str(KEY), AT).events) == 3


def test_all_or_nothing(root: Path) -> None:
    printed(root)
    moved(root, EventKind.SENT, "1-3")
    with pytest.raises(UsageError, match="000004") as fault:
        moved(root, EventKind.RECEIVED, "1-4")
    assert "在库" in str(fault.value)
    assert states(root)[1] is State.IN_TRANSIT


def test_a_spare_copy_is_sent_by_name_only(root: Path) -> None:
    printed(root)
    with pytest.raises(UsageError, match="机动"):
        moved(root, EventKind.SENT, "10")
    report = moved(root, EventKind.SENT, "10", holder="省档案馆")
    assert [note.template[:5] for note in report.notes] == ["名册里没有"]
    (record,) = find_holder(root, "省档案馆", None, AT).records
    assert record.number == 10


def test_a_slip_is_corrected_and_kept(root: Path) -> None:
    printed(root)
    moved(root, EventKind.SENT)
    moved(root, EventKind.RECEIVED, "4", note="王芳")
    moved(root, EventKind.CORRECTED, "4", note="签收的是000005")
    assert states(root)[4] is State.IN_TRANSIT
    kinds = [event.change.kind for event in history(root, 4, str(KEY), AT).events]
    assert kinds[-2:] == [EventKind.RECEIVED, EventKind.CORRECTED]


def test_days_of_return_come_from_the_settings(make: Make) -> None:
    settings = BASE["bulletin.yaml"] + "copy_register: {return_days: 30}\n"
    root = signed(make({"bulletin.yaml": settings}))
    assign(root, KEY, asked("assign"), dry_run=False)
    printed(root)
    moved(root, EventKind.SENT)
    moved(root, EventKind.RECEIVED)
    (record,) = find_copy(root, 1, str(KEY), AT).records
    assert record.due == "2026-02-20"
    day = date(2026, 2, 21)
    assert len(find_overdue(root, str(KEY), day, AT).unreturned) == 5


def test_an_export_rebuilds_the_register(root: Path, make: Make) -> None:
    printed(root)
    heads = export(root, root / "register.jsonl", AT)
    other = make(folder="other")
    assert rebuild(other, root / "register.jsonl", AT) == heads
    assert verify(other, heads.copies, AT).faults == ()


@pytest.mark.parametrize("code", ["qr", "datamatrix"])
def test_a_copy_is_traced_by_its_code(make: Make, code: str) -> None:
    root = signed(make({"bulletin.yaml": BASE["bulletin.yaml"] + f"copy_number: {{code: {code}, tracing: true}}\n"}))
    assign(root, KEY, asked("assign"), dry_run=False)
    report = printed(root, ordered(Choice((NumberRange(7, 7),))))
    found = trace(root, Path(report.files[0].path), AT).copies
    assert {(each.number, each.genuine) for each in found} == {("000007", True)}
    assert {each.record.holder for each in found if each.record} == {"存档"}
    (record,) = find_copy(root, 7, str(KEY), AT).records
    assert set(record.marks.split()) == {code, "trace"}


def test_a_code_of_another_register_is_not_true(make: Make) -> None:
    yaml = BASE["bulletin.yaml"] + "copy_number: {code: qr}\n"
    root, other = (signed(make({"bulletin.yaml": yaml}, folder=name)) for name in ("one", "two"))
    for each in (root, other):
        assign(each, KEY, asked("assign"), dry_run=False)
    printed(other)
    order = replace(ordered(Choice((NumberRange(7, 7),))), fresh_key=b"f" * 32)
    report = printed(root, order)
    assert {each.genuine for each in trace(other, Path(report.files[0].path), AT).copies} == {False}


def test_a_printed_run_gets_no_more_numbers(root: Path) -> None:
    printed(root)
    (root / RECIPIENTS).write_text(BASE[RECIPIENTS].replace("copies: 2", "copies: 3"), "utf-8")
    report = assign(root, KEY, asked("more"), dry_run=False)
    assert [problem.code for problem in report.problems if problem.severity is Severity.ERROR] == ["copies-printed"]
    assert list_copies(root, str(KEY), AT).tally.total == 10
    (root / RECIPIENTS).write_text(BASE[RECIPIENTS], "utf-8")
    moved(root, EventKind.VOIDED, "10", note="多余")
    assert assign(root, KEY, asked("again"), dry_run=False).assigned == ()


def change_a_word(root: Path) -> None:
    path = root / "issues/2026-01/01-report.md"
    path.write_text(path.read_text("utf-8").replace("正文一段", "正文两段"), "utf-8")
    signed(root)


def test_one_run_has_one_text(root: Path) -> None:
    printed(root, ordered(Choice((NumberRange(1, 4),))))
    change_a_word(root)
    report = printed(root, name="rest")
    assert [problem.code for problem in report.problems] == ["copies-mixed"]
    assert not report.files
    insisted = printed(root, ordered(reason="改正一处错字"), name="rest")
    assert [problem.severity.value for problem in insisted.problems] == ["warning"]
    assert find_copy(root, 5, str(KEY), AT).records[0].note == "改正一处错字"
    aside = [path.name for path in (root / "build/2026-01").iterdir() if path.name.startswith("copies-")]
    assert len(aside) == 1  # what was printed before is kept, apart


def test_one_run_has_the_same_marks(root: Path) -> None:
    printed(root, ordered(Choice((NumberRange(1, 4),))))
    (root / "bulletin.yaml").write_text(BASE["bulletin.yaml"] + "copy_number: {code: qr}\n", "utf-8")
    assert [problem.code for problem in printed(root, name="rest").problems] == ["copies-mixed"]


def test_files_are_made_again_whatever_became_of_the_copies(root: Path) -> None:
    first = printed(root)
    moved(root, EventKind.SENT)
    moved(root, EventKind.RETURNED, "1")
    moved(root, EventKind.DESTROYED, "1", witnesses=("王芳", "张强"))
    moved(root, EventKind.LOST, "2", note="丢失")
    printed(root, ordered(Choice((NumberRange(7, 7),)), again=True, reason="卡纸"), name="reprint")
    assert printed(root, name="same").files == first.files


def test_a_void_copy_is_not_reprinted_by_an_old_request(root: Path) -> None:
    printed(root)
    order = ordered(Choice((NumberRange(7, 7),)), again=True, reason="卡纸")
    printed(root, order, name="reprint")
    moved(root, EventKind.VOIDED, "7", note="不要了")
    with pytest.raises(UsageError, match="只有在库的份可以补印"):
        printed(root, order, name="reprint")


def test_a_slip_in_the_holder_is_corrected(root: Path) -> None:
    printed(root)
    moved(root, EventKind.SENT, "10", holder="甲")
    report = moved(root, EventKind.CORRECTED, "10", note="单位写错")
    assert (report.done[0].holder, report.done[0].state) == ("机动", State.IN_STOCK)
    assert moved(root, EventKind.SENT, "10", name="right", holder="省档案馆").done[0].holder == "省档案馆"


def test_all_means_what_an_editor_means(root: Path) -> None:
    printed(root)
    moved(root, EventKind.SENT)
    moved(root, EventKind.RECEIVED, "1-3", note="王芳")
    moved(root, EventKind.RETURNED, "1")
    assert [record.number for record in moved(root, EventKind.SENT, name="second").already] == [4, 5]
    gone = moved(root, EventKind.DESTROYED, name="all", witnesses=("王芳", "张强"))
    assert [record.number for record in gone.done] == [1]  # what came back; neither archive nor spare
    with pytest.raises(UsageError, match="写明份号"):
        moved(root, EventKind.VOIDED, name="all", note="多余")


def test_by_route(make: Make) -> None:
    units = "units:\n  - {name: 甲局, copies: 2, route: 交换站}\n  - {name: 乙局, copies: 3, route: 专人}\n"
    issue = BASE[ISSUE].replace("发: [[各科]]", "发: [[乙局]]")
    root = signed(make({RECIPIENTS: units, ISSUE: issue}))
    assign(root, KEY, asked("assign"), dry_run=False)
    printed(root)
    report = move(root, str(KEY), Move(EventKind.SENT, Choice(every=True, route="专人")), asked("send"))
    assert [(record.number, record.route) for record in report.done] == [(3, "专人"), (4, "专人"), (5, "专人")]


def test_nothing_happens_before_what_made_it_possible(root: Path) -> None:
    printed(root)
    moved(root, EventKind.SENT)
    wanted = Move(EventKind.RECEIVED, Choice((NumberRange(1, 1),)), note="王芳")
    with pytest.raises(UsageError, match="早于"):
        move(root, str(KEY), wanted, asked("early", day="2026-01-01"))


def test_another_name_in_the_receipt_is_not_swallowed(root: Path) -> None:
    printed(root)
    moved(root, EventKind.SENT)
    moved(root, EventKind.RECEIVED, "1", note="王芳")
    with pytest.raises(UsageError, match="已签收"):
        moved(root, EventKind.RECEIVED, "1", name="other", note="张强")


def test_an_issue_whose_folder_was_put_away(root: Path) -> None:
    printed(root)
    moved(root, EventKind.SENT)
    (root / "issues/2026-01").rename(root / "away")
    assert moved(root, EventKind.RECEIVED, "1", note="王芳").done
    assert list_copies(root, None, AT).tally.total == 10


def test_a_number_that_two_issues_have(root: Path) -> None:
    printed(root)
    second = BASE[ISSUE].replace("number: 1", "number: 2").replace("serial: 10", "serial: 11").replace("01-20", "01-25")
    shutil.copytree(root / "issues/2026-01", root / "issues/2026-02")
    (root / "issues/2026-02/issue.yaml").write_text(second, "utf-8")
    for name in ("signoff.yaml", "copies.yaml"):
        (root / "issues/2026-02" / name).unlink()
    assign(root, IssueKey(2026, False, 2), asked("second"), dry_run=False)
    first = move(root, None, Move(EventKind.SENT, Choice((NumberRange(1, 1),))), asked("first"))
    assert first.issue == "2026-01"  # the second is not printed
    both = Move(EventKind.VOIDED, Choice((NumberRange(2, 2),)), note="多余")
    with pytest.raises(UsageError, match="不止一期"):
        move(root, None, both, asked("both"))
    assert [record.issue for record in find_copy(root, 1, None, AT).records] == ["2026-02", "2026-01"]


@pytest.mark.parametrize("left", ["nothing", "an older copy"])
def test_a_register_that_was_lost_is_not_begun_anew(root: Path, left: str) -> None:
    path = root / "registers/copies.sqlite"
    older = path.read_bytes()
    printed(root)
    path.unlink()
    if left == "an older copy":
        path.write_bytes(older)
    with pytest.raises(UsageError, match="登记册不是原来那一册"):
        assign(root, KEY, asked("anew"), dry_run=False)
    with pytest.raises(UsageError, match="登记册不是原来那一册"):
        printed(root, name="anew")


def test_a_new_title_makes_no_copy_false(make: Make) -> None:
    yaml = BASE["bulletin.yaml"] + "copy_number: {code: qr}\n"
    root = signed(make({"bulletin.yaml": yaml}))
    assign(root, KEY, asked("assign"), dry_run=False)
    report = printed(root, ordered(Choice((NumberRange(7, 7),))))
    (root / "bulletin.yaml").write_text(yaml.replace("测试动态", "新动态"), "utf-8")
    with pytest.raises(UsageError, match="是“测试动态”的"):
        trace(root, Path(report.files[0].path), AT)
    renamed = yaml.replace("测试动态", "新动态") + "copy_register: {name: 测试动态}\n"
    (root / "bulletin.yaml").write_text(renamed, "utf-8")
    assert {each.genuine for each in trace(root, Path(report.files[0].path), AT).copies} == {True}
