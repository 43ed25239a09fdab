"""Forms say what the register says: every copy once, what happened filled in, the rest left to be written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.compose.forms import (
    FormSource,
    check_offices,
    check_run,
    compose_circulation,
    compose_destruction,
    compose_distribution,
    compose_recall,
    compose_signing,
    compose_slips,
    compose_slips_table,
    destruction_numbers,
    form_source,
    outgoing_numbers,
    recall_numbers,
)
from bulletin.compose.forms.offices import Listing
from bulletin.load.recipients import recipients_in
from bulletin.model.forms import (
    LABEL_SIZES,
    SLIP_SIZE,
    ColumnKind,
    FormName,
    TableForm,
    parse_numbers,
    table_width_mm,
)
from bulletin.model.issue import Issue
from bulletin.model.problem import Span
from bulletin.model.recipient import Route, Unit
from bulletin.model.register import EventKind, Request
from tests.conftest import Make, load
from tests.ledger import AT, FILE, Ledger, assigned, assignments

KEY = "2026-01"
LIST = (
    "units:\n  - {name: 甲局, copies: 2}\n  - {name: 乙局, copies: 3}\n"
    "groups:\n  - {name: 各科, count: 3}\n  - {name: 各县, copies: 1, members: [东县, 西县]}\n"
)
ISSUE = (
    "number: 1\nserial: 10\ndate: 2026-01-20\nmarking: [内部资料, 注意保存]\n"
    "editors: {responsible: 张三, phone: 010-12345678}\n"
    "distribution:\n  报: [[甲局]]\n  送: [[乙局]]\n  发: [[各科, 各县]]\narchive: 4\nspare: 2\n"
)
ROUTES = {"甲局": "机要交通", "乙局": "交换站", "各科": "专人", "东县": "交换站"}
# 甲局 1-2, 乙局 3-5, 各科 6-8, 东县 9, 西县 10, 存档 11-14, 机动 15-16


@pytest.fixture
def issue(make: Make) -> Issue:
    return load(make({"house/recipients.yaml": LIST, "issues/2026-01/issue.yaml": ISSUE}))


@pytest.fixture
def ledger(issue: Issue) -> Ledger:
    return assigned(issue, ROUTES)


def source_of(issue: Issue, ledger: Ledger, pages: int = 44) -> FormSource:
    return form_source(issue, ledger.copies(KEY), tuple(ledger.events()), ledger.head(), pages)


def row(form: TableForm, holder: str) -> dict[str, str]:
    """The row that names the holder, by the heads of its columns."""
    heads = [column.title for column in form.columns]
    return next(dict(zip(heads, cells, strict=True)) for cells in form.rows if holder in cells)


def numbers_in(form: TableForm) -> list[int]:
    return sorted(number for text in form.cells(ColumnKind.NUMBERS) for number in parse_numbers(text))


def test_a_row_a_recipient_in_the_order_of_the_list(issue: Issue, ledger: Ledger) -> None:
    form = compose_distribution(source_of(issue, ledger))
    assert [cells[:5] for cells in form.rows] == [
        ("1", "报", "甲局", "2", "000001－000002"),
        ("2", "送", "乙局", "3", "000003－000005"),
        ("3", "发", "各科", "3", "000006－000008"),
        ("4", "发", "东县", "1", "000009"),
        ("5", "发", "西县", "1", "000010"),
        ("6", "存档", "存档", "4", "000011－000014"),
        ("7", "机动", "机动", "2", "000015－000016"),
    ]
    assert form.parts[0].total[2:4] == ("合计", "16")
    assert form.notes == ("其中：报2份，送3份，发5份，存档4份，机动2份；合计16份，与印数一致。",)
    assert dict(form.facts)["印数"] == "16份"
    assert dict(form.facts)["标识"] == "内部资料、注意保存"
    assert form.subtitle == "《测试动态》2026年第1期（总第10期）"


def test_the_columns_of_the_registers_fill_the_page(issue: Issue, ledger: Ledger) -> None:
    """Standards, section 5.3: the columns; and none is so narrow that its head is broken in a word."""
    source = source_of(issue, ledger)
    titles = {
        compose_distribution: "序号 类别 收文单位 份数 份号（起—止） 发出日期 发送方式 签收人 签收日期时间 清退份数 清退日期 经手人 备注",
        compose_recall: "序号 期号 标题 标识 份号 应退单位 应退份数 实退份数 缺份及说明 清退人签字 接收人签字 清退日期 处理",
        compose_destruction: (
            "序号 标题、期号 编号（份号） 标识 份数 页数 形成时间 原保管部门 销毁理由 审批人\n及日期 销毁方式 地点 "
            "销毁日期 经办人 监销人1 监销人2"
        ),
        compose_circulation: "序号 阅件人 送阅时间 退回时间 签字",
    }
    for compose, expected in titles.items():
        form = compose(source)
        assert " ".join(column.title for column in form.columns) == expected
        assert sum(column.width_mm for column in form.columns) == pytest.approx(
            table_width_mm(landscape=form.landscape)
        )
        assert min(column.width_mm for column in form.columns) >= 9


def test_digits_decide_the_width_of_the_numbers(issue: Issue, ledger: Ledger) -> None:
    wide = replace(
        issue, publication=replace(issue.publication, copy_number=replace(issue.publication.copy_number, digits=8))
    )
    for compose in (
        compose_distribution,
        compose_recall,
        compose_destruction,
        lambda source: compose_signing(source, ""),
    ):
        forms = [compose(source_of(each, ledger)) for each in (issue, wide)]
        widths = [next(c.width_mm for c in form.columns if c.kind is ColumnKind.NUMBERS) for form in forms]
        assert widths[1] > widths[0] + 6
        assert min(column.width_mm for column in forms[1].columns if column.kind is ColumnKind.TEXT) >= 20
    assert row(compose_distribution(source_of(wide, ledger)), "甲局")["份号（起—止）"] == "00000001－00000002"


def test_what_the_register_knows_is_filled_in(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2], KEY, day="2026-01-26", actor="罗钰")
    ledger.say(EventKind.RECEIVED, [1, 2], KEY, day="2026-01-27", actor="程以宁", note="王芳")
    ledger.say(EventKind.SENT, [3, 4], KEY, day="2026-01-26")
    ledger.say(EventKind.TRANSFERRED, [2], KEY, day="2026-02-01", holder="甲局二处")
    ledger.say(EventKind.RETURNED, [1], KEY, day="2026-03-01")
    form = compose_distribution(source_of(issue, ledger))
    first = row(form, "甲局")
    assert first["发出日期"] == "2026.01.26"
    assert first["签收人"] == "王芳"
    assert first["签收日期时间"] == "2026.01.27"
    assert first["经手人"] == "罗钰"
    assert (first["清退份数"], first["清退日期"]) == ("1", "2026.03.01")
    assert first["备注"] == "000002转交甲局二处"
    partly = row(form, "乙局")
    assert partly["发出日期"] == "2026.01.26（2份）"
    assert (partly["签收人"], partly["清退份数"]) == ("", "")
    assert row(form, "各科")["发出日期"] == ""


def test_a_mistake_that_was_corrected_is_not_told(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [9, 10], KEY)
    ledger.say(EventKind.RECEIVED, [9], KEY, note="李四")
    ledger.say(EventKind.CORRECTED, [9], KEY, note="登错了")
    form = compose_distribution(source_of(issue, ledger))
    assert row(form, "东县")["签收人"] == ""
    assert row(form, "东县")["发出日期"] == "2026.10.26"


def test_a_spare_copy_that_was_sent_has_a_row_of_its_own(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [16], KEY, holder="丙局", route="专人")
    source = source_of(issue, ledger)
    form = compose_distribution(source)
    assert row(form, "丙局")["份号（起—止）"] == "000016"
    assert row(form, "丙局")["类别"] == "机动"
    assert row(form, "机动")["份数"] == "1"
    assert "机动2份；合计16份" in form.notes[0]
    assert 16 in outgoing_numbers(source, "专人")
    assert "丙局" in [slip.holder for slip in compose_slips(source, FormName.LABELS, LABEL_SIZES[0], 1, "").slips]


def test_a_copy_that_came_back_and_was_given_on_begins_anew(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [9], KEY)
    ledger.say(EventKind.RETURNED, [9], KEY)
    ledger.say(EventKind.REASSIGNED, [9], KEY, holder="丁县", label="发")
    source = source_of(issue, ledger)
    assert row(compose_distribution(source), "丁县")["发出日期"] == ""
    assert 9 not in recall_numbers(source)


def test_void_numbers_belong_to_nobody_and_are_told(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.VOIDED, [16], KEY, note="印坏")
    source = source_of(issue, ledger)
    form = compose_distribution(source)
    assert numbers_in(form) == list(range(1, 16))
    assert form.notes[1] == "作废1份：000016，不计入合计。"
    assert "合计15份，印数16份" in form.notes[0]
    assert list(check_run(source, Span("issue.yaml"))) == []


def test_until_a_copy_is_on_paper_the_register_must_agree_with_the_print_run(issue: Issue) -> None:
    ledger = Ledger()
    ledger.record(Request("assign", "罗钰", "2026-01-20", AT), assignments(issue, ROUTES))
    assert list(check_run(source_of(issue, ledger), Span("issue.yaml"))) == []
    for archive in (3, 5):
        other = replace(issue, archive=archive)
        (problem,) = check_run(source_of(other, ledger), Span("issue.yaml"))
        assert problem.code == "forms-run"
        assert f"有 16 份，印数是 {12 + archive} 份" in str(problem.message)
        assert "bulletin copies assign 2026-01" in str(problem.advice)
        assert dict(compose_distribution(source_of(other, ledger)).facts)["印数"] == f"{12 + archive}份"


@pytest.mark.parametrize("printed", [range(1, 17), [16]])
def test_once_a_copy_is_on_paper_the_register_is_the_truth(issue: Issue, printed: list[int]) -> None:
    ledger = Ledger()
    ledger.record(Request("assign", "罗钰", "2026-01-20", AT), assignments(issue, ROUTES))
    ledger.say(EventKind.PRINTED, printed, KEY)
    ledger.say(EventKind.VOIDED, [16], KEY, note="印坏")
    for archive in (3, 5):
        source = source_of(replace(issue, archive=archive), ledger)
        assert list(check_run(source, Span("issue.yaml"))) == []
        form = compose_distribution(source)
        assert dict(form.facts)["印数"] == "16份"
        assert "合计15份，印数16份" in form.notes[0]


def test_a_number_that_was_void_before_it_was_printed_is_not_in_the_run(issue: Issue) -> None:
    ledger = Ledger()
    ledger.record(Request("assign", "罗钰", "2026-01-20", AT), assignments(issue, ROUTES))
    ledger.say(EventKind.VOIDED, [3], KEY, note="号码机跳号")
    ledger.say(EventKind.PRINTED, [1, 2, *range(4, 17)], KEY)
    form = compose_distribution(source_of(issue, ledger))
    assert dict(form.facts)["印数"] == "15份"
    assert "合计15份，与印数一致" in form.notes[0]


def test_the_list_of_next_month_says_nothing_of_holders_that_it_does_not_name(issue: Issue, ledger: Ledger) -> None:
    unit = replace(issue.publication.recipients[0].units[0], contact="办公室", route=Route.PICKUP)
    recipients = (replace(issue.publication.recipients[0], units=(unit,)), issue.publication.recipients[3])
    later = replace(issue, publication=replace(issue.publication, recipients=recipients))
    slips = compose_slips(source_of(later, ledger), FormName.LABELS, LABEL_SIZES[0], 1, "").slips
    assert [(slip.holder, slip.copies, slip.contact, slip.route) for slip in slips] == [
        ("甲局", 2, "办公室", "机要交通"),
        ("乙局", 3, "", "交换站"),
        ("各科", 3, "", "专人"),
        ("东县", 1, "", "交换站"),
        ("西县", 1, "", ""),
    ]


def test_withdrawn_numbers_are_nowhere(issue: Issue) -> None:
    ledger = Ledger()
    ledger.say(EventKind.ASSIGNED, [1, 2], KEY, label="报", holder="甲局")
    ledger.say(EventKind.WITHDRAWN, [2], KEY, note="名单改动")
    assert numbers_in(compose_distribution(source_of(issue, ledger))) == [1]


def test_a_part_for_each_route(issue: Issue, ledger: Ledger) -> None:
    source = source_of(issue, ledger)
    form = compose_signing(source, "")
    assert [part.title for part in form.parts] == ["机要交通", "交换站", "专人", "发送方式未定"]
    assert [cells[:4] for cells in form.parts[1].rows] == [
        ("2", "乙局", "3", "000003－000005"),
        ("4", "东县", "1", "000009"),
    ]
    assert form.parts[1].total[1:3] == ("合计2件", "4")
    assert form.parts[1].rows[0][4:] == ("", "　月　日　时")
    assert form.parts[2].total[1:3] == ("合计3件", "3")
    assert numbers_in(form) == list(range(1, 11))
    only = compose_signing(source, "交换站")
    assert [part.title for part in only.parts] == ["交换站"]
    assert numbers_in(only) == [3, 4, 5, 9]


def test_nothing_is_typed_where_people_sign_and_the_head_says_what_is_known(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2], KEY, day="2026-01-26", actor="罗钰")
    ledger.say(EventKind.RECEIVED, [1, 2], KEY, day="2026-01-27", note="王芳")
    ledger.say(EventKind.SENT, [3, 4, 5, 9], KEY, day="2026-01-26", actor="罗钰")
    ledger.say(EventKind.SENT, [6, 7], KEY, day="2026-01-26", actor="罗钰")
    ledger.say(EventKind.SENT, [10], KEY, day="2026-01-26", actor="程以宁")
    form = compose_signing(source_of(issue, ledger), "")
    assert {row[4:] for row in form.rows} == {("", "　月　日　时")}
    assert form.facts == (("标识", "内部资料、注意保存"),)
    assert [(part.title, *(said for _label, said in part.facts)) for part in form.parts] == [
        ("机要交通", "2026.01.26", "罗钰"),
        ("交换站", "2026.01.26", "罗钰"),
        ("专人", "", ""),
        ("发送方式未定", "2026.01.26", "程以宁"),
    ]
    ledger.say(EventKind.SENT, [8], KEY, day="2026-01-26", actor="程以宁")
    assert compose_signing(source_of(issue, ledger), "专人").parts[0].facts == (
        ("送出日期", "2026.01.26"),
        ("送件人", ""),
    )


def test_a_form_for_one_route_has_a_file_of_its_own(issue: Issue, ledger: Ledger) -> None:
    source = source_of(issue, ledger)
    assert (compose_signing(source, "").stem, compose_signing(source, "交换站").stem) == ("签收单", "签收单-交换站")
    for route, stems in {"": ("回执", "信封标签-70x37"), "专人": ("回执-专人", "信封标签-70x37-专人")}.items():
        size = next(size for size in LABEL_SIZES if size.name == "70x37")
        sheets = [compose_slips(source, name, size, 1, route) for name in (FormName.RECEIPTS, FormName.LABELS)]
        assert tuple(sheet.stem for sheet in sheets) == stems
        assert compose_slips_table(source, sheets[1]).stem == ("信封标签-专人" if route else "信封标签")


def test_each_office_of_a_group_that_is_only_counted_has_a_slip(issue: Issue, ledger: Ledger) -> None:
    source = source_of(issue, ledger)
    slips = compose_slips(source, FormName.RECEIPTS, SLIP_SIZE, 1, "").slips
    assert [(slip.serial, slip.addressee, slip.numbers) for slip in slips] == [
        ("1", "甲局", "000001－000002"),
        ("2", "乙局", "000003－000005"),
        ("3-1", "各科：", "000006"),
        ("3-2", "各科：", "000007"),
        ("3-3", "各科：", "000008"),
        ("4", "东县", "000009"),
        ("5", "西县", "000010"),
    ]
    (problem,) = check_offices(source, "", Span("issue.yaml"))
    assert problem.code == "forms-offices"
    assert "各科（3个）" in str(problem.message)
    assert "一行一个，删去“个数”" in str(problem.advice)
    assert list(check_offices(source, "交换站", Span("issue.yaml"))) == []


def of_group(text: str, copies: int) -> tuple[tuple[str, int], ...]:
    """The offices among which so many copies of a group are parted, if the list says this of it."""
    recipients = recipients_in(text.encode()).value
    assert recipients
    units = recipients[0].units
    listed = Listing({unit.name: unit for unit in units}, {recipients[0].name: units})
    return tuple((office.name, office.copies) for office in listed.offices("各科", copies))


def test_copies_of_a_group_are_parted_as_the_list_says() -> None:
    counted = "groups:\n  - {name: 各科, count: 3, copies: 2}\n"
    assert of_group(counted, 6) == (("", 2), ("", 2), ("", 2))
    assert of_group(counted, 7) == (("", 2), ("", 2), ("", 2), ("", 1))
    assert of_group(counted, 1) == (("", 1),)
    named = "groups:\n  - {name: 各科, copies: 2, members: [一科, {name: 二科, copies: 1}]}\n"
    assert of_group(named, 3) == (("一科", 2), ("二科", 1))
    assert of_group(named, 5) == (("", 2), ("", 2), ("", 1))
    assert of_group("groups:\n  - {name: 各科, count: 1, copies: 2}\n", 3) == ()


@given(st.integers(1, 30), st.integers(1, 9), st.integers(1, 200))
def test_every_copy_of_a_group_goes_to_one_office(count: int, each: int, copies: int) -> None:
    unit = Unit("各科", each, Span("x"), members=count)
    offices = Listing({}, {"各科": (unit,)}).offices("各科", copies)
    assert sum(office.copies for office in offices) == copies if count > 1 else True
    assert all(1 <= office.copies <= each for office in offices) or count == 1


def test_slips_say_what_and_how_many(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2], KEY, due="2026-12-31")
    unit = replace(issue.publication.recipients[0].units[0], contact="办公室", address="解放路1号")
    recipients = (replace(issue.publication.recipients[0], units=(unit,)), *issue.publication.recipients[1:])
    known = replace(issue, publication=replace(issue.publication, recipients=recipients))
    sheet = compose_slips(source_of(known, ledger), FormName.RECEIPTS, SLIP_SIZE, 1, "")
    slip = sheet.slips[0]
    assert (slip.number, slip.holder, slip.copies, slip.numbers) == (1, "甲局", 2, "000001－000002")
    assert (slip.contact, slip.address, slip.route, slip.due) == ("办公室", "解放路1号", "机要交通", "2026.12.31")
    assert [slip.number for slip in sheet.slips] == [1, 2, 3, 3, 3, 4, 5]
    assert (sheet.days, sheet.sender, sheet.phone) == (7, "某局", "010-12345678")
    assert sheet.short == "《测试动态》2026年第1期"
    assert sheet.return_days == 0


def test_recall_lists_what_was_sent_and_what_is_missing(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2, 3, 4, 5], KEY, due="2026-03-31")
    ledger.say(EventKind.RECEIVED, [1, 2, 3, 4, 5], KEY)
    ledger.say(EventKind.TRANSFERRED, [2], KEY, holder="甲局二处")
    ledger.say(EventKind.RETURNED, [3, 2], KEY, day="2026-03-30")
    ledger.say(EventKind.LOST, [5], KEY, note="搬家")
    form = compose_recall(source_of(issue, ledger))
    assert numbers_in(form) == [1, 2, 3, 4, 5]
    assert form.facts == (("清退期限", "2026.03.31"),)
    assert row(form, "甲局")["实退份数"] == ""
    assert row(form, "甲局二处")["实退份数"] == "1"
    partly = row(form, "乙局")
    assert (partly["应退份数"], partly["实退份数"], partly["清退日期"]) == ("3", "1", "2026.03.30")
    assert partly["缺份及说明"] == "缺1份：000004；遗失：000005"
    assert (partly["清退人签字"], partly["接收人签字"]) == ("", "")
    assert form.notes == ("应退5份，已清退2份，未清退3份。",)
    assert form.parts[0].total[6:8] == ("5", "2")


def test_units_that_need_return_nothing_are_not_asked(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2], KEY, due="2026-03-31")
    ledger.say(EventKind.SENT, [3, 4, 5, 9], KEY)
    ledger.say(EventKind.RETURNED, [9], KEY)
    source = source_of(issue, ledger)
    form = compose_recall(source)
    assert [cells[5] for cells in form.rows] == ["甲局", "东县"]
    assert form.facts == (("清退期限", "2026.03.31"),)
    assert numbers_in(form) == [1, 2, 9] == sorted(recall_numbers(source))
    ledger.say(EventKind.RETURNED, [4], KEY)
    assert numbers_in(compose_recall(source_of(issue, ledger))) == [1, 2, 3, 4, 5, 9]


def test_all_that_is_out_is_listed_if_nobody_was_asked(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2, 3, 9], KEY)
    ledger.say(EventKind.RETURNED, [9], KEY)
    form = compose_recall(source_of(issue, ledger))
    assert numbers_in(form) == [1, 2, 3, 9]
    assert form.facts == (("清退期限", ""),)


def test_days_that_differ_stand_in_each_row(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2, 3], KEY, due="2026-03-31")
    ledger.say(EventKind.SENT, [4], KEY, due="2026-04-30")
    form = compose_recall(source_of(issue, ledger))
    assert form.facts == (("清退期限", "见各行"),)
    assert row(form, "甲局")["清退期限"] == "2026.03.31"
    assert row(form, "乙局")["清退期限"] == "2026.03.31（1份）、2026.04.30（1份）"
    assert sum(column.width_mm for column in form.columns) == pytest.approx(table_width_mm(landscape=True))
    assert len(form.parts[0].total) == len(form.columns)


def test_what_was_lost_and_found_is_back(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [9], KEY, due="2026-03-31")
    ledger.say(EventKind.LOST, [9], KEY, note="搬家")
    assert row(compose_recall(source_of(issue, ledger)), "东县")["实退份数"] == ""
    ledger.say(EventKind.FOUND, [9], KEY)
    source = source_of(issue, ledger)
    assert row(compose_recall(source), "东县")["实退份数"] == "1"
    assert destruction_numbers(source) == (9,)


def test_destruction_lists_what_is_done_apart_from_what_waits(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2, 3], KEY)
    ledger.say(EventKind.RETURNED, [1, 2, 3], KEY)
    ledger.say(EventKind.VOIDED, [16], KEY, note="印坏")
    ledger.say(EventKind.DESTROYED, [1, 2], KEY, day="2026-12-28", actor="罗钰", witnesses=("程以宁", "周砚", "李四"))
    ledger.say(EventKind.DESTROYED, [15], KEY, day="2026-12-28", witnesses=("程以宁", "周砚"), note="送销毁中心")
    source = source_of(issue, ledger)
    form = compose_destruction(source)
    assert [part.title for part in form.parts] == ["已销毁", "拟销毁"]
    assert numbers_in(form) == [1, 2, 3, 15, 16] == sorted(destruction_numbers(source))
    assert [part.total[4] for part in form.parts] == ["3", "2"]
    done = row(form, "甲局")
    assert (done["销毁理由"], done["销毁日期"], done["经办人"]) == ("清退", "2026.12.28", "罗钰")
    assert (done["监销人1"], done["监销人2"]) == ("程以宁", "周砚、李四")
    assert (done["页数"], done["形成时间"], done["标识"]) == ("44", "2026.01.20", "内部资料")
    waiting = row(form, "乙局")
    assert (waiting["销毁日期"], waiting["监销人1"], waiting["审批人\n及日期"]) == ("", "", "")
    assert [[cells[0] for cells in part.rows] for part in form.parts] == [["1", "2"], ["1", "2"]]
    assert [cells[8] for cells in form.rows if cells[7] == "某局"] == ["送销毁中心", "作废"]
    assert [bool(part.notes) for part in form.parts] == [False, True]
    assert form.signatures == ("经办人", "监销人1", "监销人2")
    assert row(compose_destruction(source_of(issue, ledger, pages=0)), "甲局")["页数"] == ""


def test_what_nobody_proposed_is_not_to_be_destroyed(issue: Issue, ledger: Ledger) -> None:
    """Spare and archive copies, one of these lent out and come back, and numbers that were void before they were on paper."""
    ledger.say(EventKind.SENT, [11], KEY, holder="丙局")
    ledger.say(EventKind.RETURNED, [11], KEY)
    ledger.say(EventKind.ASSIGNED, [17], KEY, label="发", holder="东县")
    ledger.say(EventKind.VOIDED, [17], KEY, note="跳号")
    source = source_of(issue, ledger)
    assert destruction_numbers(source) == ()
    assert compose_destruction(source).parts == ()
    ledger.say(EventKind.DESTROYED, [11, 12, 15], KEY, witnesses=("程以宁", "周砚"))
    form = compose_destruction(source_of(issue, ledger))
    assert [(part.title, part.total[4]) for part in form.parts] == [("已销毁", "3")]
    assert {(cells[2], cells[8]) for cells in form.rows} == {
        ("000011", "清退"),
        ("000012", "存档份"),
        ("000015", "余份"),
    }


def test_spoiled_pieces_are_one_row(issue: Issue, ledger: Ledger) -> None:
    """A copy that was printed three times left two spoiled pieces, wherever it is itself."""
    ledger.say(EventKind.REPRINTED, [7, 8, 12], KEY, note="卡纸", file=FILE)
    ledger.say(EventKind.REPRINTED, [7], KEY, note="又卡纸", file=FILE)
    ledger.say(EventKind.DESTROYED, [12], KEY, witnesses=("程以宁", "周砚"))
    source = source_of(issue, ledger)
    done, waiting = compose_destruction(source).parts
    (spoiled,) = waiting.rows
    assert (spoiled[2], spoiled[4], spoiled[8]) == ("000007－000008、000012、000007", "4", "补印废件")
    assert (done.total[4], waiting.total[4]) == ("1", "4")
    assert sorted(destruction_numbers(source)) == [7, 7, 8, 12, 12]
    assert row(compose_distribution(source), "各科")["备注"] == "补印000007－000008"


def test_the_anchor_is_the_whole_hash(issue: Issue, ledger: Ledger) -> None:
    form = compose_distribution(source_of(issue, ledger))
    assert form.anchor.startswith(f"登记册截至第 {ledger.head().seq} 笔，校验 {ledger.head().hash[:8]} ")
    assert form.anchor.split("校验")[1].replace(" ", "") == ledger.head().hash


def test_what_cannot_be_printed_is_left_out(issue: Issue, ledger: Ledger) -> None:
    ledger.say(EventKind.SENT, [1, 2], KEY, actor="罗\u200b　钰\ue000")
    assert row(compose_distribution(source_of(issue, ledger)), "甲局")["经手人"] == "罗 钰"


COPIES = st.lists(st.tuples(st.sampled_from("报送发"), st.integers(1, 9)), min_size=1, max_size=30)


@given(COPIES, st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_every_live_copy_stands_in_one_row(
    issue_once: Issue, copies: list[tuple[str, int]], sent: set[int], void: set[int]
) -> None:
    ledger, number = Ledger(), 1
    for place, (label, count) in enumerate(copies):
        ledger.say(EventKind.ASSIGNED, range(number, number + count), KEY, label=label, holder=f"{place}局")
        number += count
    ledger.say(EventKind.PRINTED, range(1, number), KEY)
    ledger.say(EventKind.VOIDED, sorted(each for each in void if each < number), KEY, note="印坏")
    ledger.say(EventKind.SENT, sorted(each for each in sent - void if each < number), KEY)
    source = source_of(issue_once, ledger)
    form = compose_distribution(source)
    live = [each for each in range(1, number) if each not in void]
    assert numbers_in(form) == live == sorted(source.live_numbers)
    assert sum(map(int, form.cells(ColumnKind.COUNT))) == len(live)
    assert numbers_in(compose_signing(source, "")) == live
    assert numbers_in(compose_recall(source)) == sorted(set(live) & sent)


@pytest.fixture(scope="module")
def issue_once(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    from tests.conftest import BASE

    root = tmp_path_factory.mktemp("publication")
    for path, content in BASE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    return load(root)
