"""Lists as they come from Excel: any order and name of columns, any writing of numbers and days; each fault at its cell."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.load.recipient_table import load_recipient_table
from bulletin.model.problem import Span
from tests.load.tables import HEAD, Rows, faults, part, said, with_part, workbook

LISTED = [
    HEAD,
    ["单列", "甲局", 2, "机要交通", "张三 0386-8610001", "江城路1号", date(2026, 1, 1), date(2026, 12, 31)],
    ["各科", "乙科", 1, "交换站"],
    ["各科", "丙科", 3, "自取"],
    ["各县局", None, 1, "交换站", None, None, None, None, 76],
]
SAID = [
    ["单列", "甲局", "2", "机要交通", "张三 0386-8610001", "江城路1号", "2026-01-01", "2026-12-31"],
    ["各科", "乙科", "1", "交换站"],
    ["各科", "丙科", "3", "自取"],
    ["各县局", "", "1", "交换站", "", "", "", "", "76"],
]


def separated(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def test_a_workbook(tmp_path: Path) -> None:
    assert said(workbook(tmp_path / "名册.xlsx", LISTED)) == SAID


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_text_file(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = separated(tmp_path / "名册.csv", LISTED, encoding, delimiter)
    assert said(path) == SAID
    assert [line for line in faults(path) if " hint encoding" not in line] == []


def test_text_of_another_language_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes("名稱,份數\n縣政府辦公室,2\n".encode("big5"))
    assert faults(path) == ["名册.csv error encoding"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [(2, 2), (2.0, 2), ("2", 2), ("２", 2), ("2.0", 2), ("2份", 2), (" 2 份 ", 2), ("02", 2), (None, 1), (0, 0)],
)
def test_numbers(tmp_path: Path, written: object, meant: int) -> None:
    assert said(workbook(tmp_path / "名册.xlsx", [["名称", "份数"], ["甲局", written]])) == [
        ["单列", "甲局", str(meant)]
    ]


@pytest.mark.parametrize("written", ["两份", "-1", "1.5", 2.5, "1,000", "12345678", True, date(2026, 1, 1)])
def test_no_numbers(tmp_path: Path, written: object) -> None:
    assert faults(workbook(tmp_path / "名册.xlsx", [["名称", "份数"], ["甲局", written]])) == [
        "名册.xlsx:B2 error field-value"
    ]


@pytest.mark.parametrize(
    "written",
    [
        date(2026, 1, 2), datetime(2026, 1, 2, 8, 30), "2026-1-2", "2026-01-02", "2026年1月2日", "2026年 1月 2日",
        "2026.1.2", "2026/1/2", "２０２６－０１－０２", "2026-01-02 00:00:00",
    ],
)  # fmt: skip
def test_days(tmp_path: Path, written: object) -> None:
    path = workbook(tmp_path / "名册.xlsx", [["名称", "份数", "起"], ["甲局", 1, written]])
    assert said(path) == [["单列", "甲局", "1", "", "", "", "2026-01-02"]]


@pytest.mark.parametrize("written", ["2026年1月", "2026-02-30", 2026.1, 46023, "1月2日", "明年"])
def test_no_days(tmp_path: Path, written: object) -> None:
    path = workbook(tmp_path / "名册.xlsx", [["名称", "份数", "止"], ["甲局", 1, written]])
    assert faults(path) == ["名册.xlsx:C2 error field-value"]


def test_columns_in_any_order_by_their_usual_names(tmp_path: Path) -> None:
    """Over them a title and who made the table; telephones in a column of their own and as numbers; 序号 and 备注 besides."""
    rows = [
        ["《测试动态》发送名册"],
        ["制表：办公室", None, None, "2026年1月"],
        [],
        ["序号", "联系电话", "收件 单位", "联系人", "数量（份）", "备注", "投递方式："],
        [1, 8610001, "甲局", "张三", 2, "新址", "机要"],
        [None, None, None, None, None, None, None],
        [2, "0386-8610002", "乙局", None, "３", None, "专人送达"],
        ["序号", "联系电话", "收件 单位", "联系人", "数量（份）", "备注", "投递方式："],
        [3, None, "丙局\n（办公室）", None, 1, "合计不算", "文件交换站"],
        ["合计", None, None, None, 6],
    ]
    path = workbook(tmp_path / "名册.xlsx", rows)
    assert said(path) == [
        ["单列", "甲局", "2", "机要交通", "8610001 张三"],
        ["单列", "乙局", "3", "专人", "0386-8610002"],
        ["单列", "丙局（办公室）", "1", "交换站"],
    ]
    assert faults(path) == ["名册.xlsx:F4 hint sheet-column"]
    assert separated(tmp_path / "名册.csv", rows).exists()
    assert said(tmp_path / "名册.csv") == said(path)


def test_a_sum_that_is_none(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["各科", None, 2, None, None, None, None, None, 3],
        ["小计", None, 2],
        ["单列", "甲局", 1],
        ["合计", None, 8],
    ]
    path = workbook(tmp_path / "名册.xlsx", rows)
    assert faults(path) == ["名册.xlsx:C5 error sheet-sum"]
    assert "相加是 7" in str(load_recipient_table(path).problems[0].message)
    for right in (3, 7):  # as the column stands, and in full
        assert said(workbook(path, [*rows[:-1], ["总计", None, right]]))


def test_merged_cells(tmp_path: Path) -> None:
    """A group's name, a route and a contact are for all rows that the cell covers; a number of copies is not."""

    def merge(sheet: Worksheet) -> None:
        for merged in ("A1:E1", "A3:A5", "D3:D5", "E4:E5", "C4:C5"):
            sheet.merge_cells(merged)

    rows = [
        ["发送名册"],
        ["组别", "名称", "份数", "发送方式", "联系人"],
        ["各科", "甲科", 2, "机要交通", "张三"],
        [None, "乙科", 3, None, "李四"],
        [None, "丙科", None, None, None],
        ["各处", "丁处", 1, "自取", None],
    ]
    assert said(workbook(tmp_path / "名册.xlsx", rows, merge)) == [
        ["各科", "甲科", "2", "机要交通", "张三"],
        ["各科", "乙科", "3", "机要交通", "李四"],
        ["各科", "丙科", "1", "机要交通", "李四"],
        ["各处", "丁处", "1", "自取"],
    ]


def test_a_blank_group_is_not_guessed(tmp_path: Path) -> None:
    rows = [HEAD, [None, "甲局", 1], ["各科", "乙科", 1], [None, "丙科", 1], [None, "丁科", 1], ["各处", "戊处", 1]]
    assert faults(workbook(tmp_path / "名册.xlsx", rows)) == ["名册.xlsx:A4 error sheet-row"]
    rows[3][0] = rows[4][0] = "—"
    assert [row[:2] for row in said(workbook(tmp_path / "名册.xlsx", rows))] == [
        ["单列", "甲局"],
        ["单列", "丙科"],
        ["单列", "丁科"],
        ["各科", "乙科"],
        ["各处", "戊处"],
    ]


def test_rows_of_a_group_apart(tmp_path: Path) -> None:
    rows = [HEAD, ["各科", "甲科", 1], ["单列", "乙局", 1], ["各科", "丙科", 1]]
    assert [row[:2] for row in said(workbook(tmp_path / "名册.xlsx", rows))] == [
        ["单列", "乙局"],
        ["各科", "甲科"],
        ["各科", "丙科"],
    ]


def test_groups_by_count(tmp_path: Path) -> None:
    """Named in either column; one of one is a unit."""
    rows = [
        HEAD,
        [None, "各县局", 1, None, None, None, None, None, "76个"],
        [None, "甲局", 1, None, None, None, None, None, 1],
    ]
    assert said(workbook(tmp_path / "名册.xlsx", rows)) == [
        ["单列", "甲局", "1"],
        ["各县局", "", "1", "", "", "", "", "", "76"],
    ]


def test_every_fault_at_its_cell_and_all_at_once(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["单列", "甲局", "两份", "邮寄", "张\u200b三", None, "2026-02-01", "2026-01-31"],
        ["单列", None, 2],
        ["单列", "乙局", 1, None, None, None, "2026-02-01", "2026-01-31"],
        ["各科", "丙科", 1],
        ["各科", "丙科", 1],
        ["各科", None, 1, None, None, None, None, None, 5],
        ["各处", None, 1, None, None, None, None, None, 5],
        ["各处", "丁处", 1],
        ["各室", "戊室", 1, None, None, None, None, None, 5],
        ["单列", "甲" * 501, 1],
        ["单列", "己<!-- 注 -->", 1],
        ["单列", "庚局", "#REF!", "=A1"],
    ]

    def errors(sheet: Worksheet) -> None:
        sheet["C13"].data_type = "e"

    found = faults(workbook(tmp_path / "名册.xlsx", rows, errors))
    assert sorted(found, key=lambda line: int(line.split()[0].split(":")[1][1:])) == [
        "名册.xlsx:E2 error character",
        "名册.xlsx:C2 error field-value",
        "名册.xlsx:D2 error field-value",
        "名册.xlsx:B3 error field-value",
        "名册.xlsx:I7 error sheet-row",
        "名册.xlsx:A9 error sheet-row",
        "名册.xlsx:I10 error sheet-row",
        "名册.xlsx:B11 error field-value",
        "名册.xlsx:B12 error field-value",
        "名册.xlsx:C13 error sheet-cell",
        "名册.xlsx:D13 error sheet-cell",
    ]
    clean = workbook(tmp_path / "名册.xlsx", [HEAD, *rows[3:6]])
    assert faults(clean) == ["名册.xlsx:B4 error recipient-repeated", "名册.xlsx:H2 error recipient-term"]


def test_formulas_by_their_results(tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsx", [["名称", "份数"], ["甲局", "=1+1"], ["乙局", 1]])
    assert faults(path) == ["名册.xlsx:B2 error sheet-cell"]  # nobody has computed it yet
    sheet = part(path, "xl/worksheets/sheet1.xml")
    assert b"<v></v>" in sheet or b"<v />" in sheet or b"<v/>" in sheet
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        sheet = sheet.replace(b"<f>1+1</f>" + empty, b"<f>1+1</f><v>2</v>")
    assert said(with_part(path, "xl/worksheets/sheet1.xml", sheet))[0] == ["单列", "甲局", "2"]
    blank = sheet.replace(b"<f>1+1</f><v>2</v>", b'<f>IF(1=1,"")</f><v></v>').replace(b'r="B2"', b'r="B2" t="str"')
    assert said(with_part(path, "xl/worksheets/sheet1.xml", blank))[0] == ["单列", "甲局", "1"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "名册.xlsx error sheet-head"),
        ([["单位情况", "份"], ["甲局", 2]], "名册.xlsx error sheet-head"),
        ([["份数", "联系人"], [2, "张三"]], "名册.xlsx error sheet-head"),
        ([[]] * 25 + [["名称", "份数"], ["甲局", 2]], "名册.xlsx error sheet-head"),
        ([["名称", "份数", "数量"], ["甲局", 2, 2]], "名册.xlsx:C1 error sheet-head"),
    ],
)
def test_headings_that_cannot_be_found(tmp_path: Path, rows: Rows, expected: str) -> None:
    assert faults(workbook(tmp_path / "名册.xlsx", rows)) == [expected]


def test_names_alone_are_a_list(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text("单位名称\n甲局\n乙局\n", encoding="utf-8")
    assert said(tmp_path / "名册.csv") == [["单列", "甲局", "1"], ["单列", "乙局", "1"]]


def test_the_sheet_with_the_list_is_found(tmp_path: Path) -> None:
    def more(sheet: Worksheet) -> None:
        book = sheet.parent
        sheet.title = "说明"
        hidden = book.create_sheet("旧名册")
        hidden.append(HEAD)
        hidden.append(["单列", "老局", 1])
        hidden.sheet_state = "hidden"
        for title in ("名册", "备用"):
            listed = book.create_sheet(title)
            listed.append(["名称", "份数"])
            listed.append([title + "局", 1])

    path = workbook(tmp_path / "名册.xlsx", [["用法：每年核对一次"]], more)
    assert said(path) == [["单列", "名册局", "1"]]
    assert faults(path) == ["名册.xlsx hint sheet-others"]


def test_quotes_and_formula_guards_in_text_files(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("名称,份数,联系人\n'=甲局,1,'+86 386\n\"乙局\n办公室\",2,'丙\n", encoding="utf-8")
    assert said(path) == [["单列", "=甲局", "1", "", "+86 386"], ["单列", "乙局办公室", "2", "", "'丙"]]
    path.write_text('名称,份数\n甲局,1\n"乙局,2\n丙局,3\n', encoding="utf-8")
    assert faults(path) == ["名册.csv:A3 error sheet-file"]


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Span("名册.xlsx", 7, 2), "名册.xlsx:B7"),
        (Span("名册.CSV", 7, 28), "名册.CSV:AB7"),
        (Span("名册.xlsx", 1, 26), "名册.xlsx:Z1"),
        (Span("名册.xlsx"), "名册.xlsx"),
        (Span("house/recipients.yaml", 7, 2), "house/recipients.yaml:7:2"),
    ],
)
def test_cells_are_named_as_the_sheet_names_them(span: Span, shown: str) -> None:
    assert str(span) == shown
