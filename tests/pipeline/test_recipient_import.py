"""From a table to the list and back: nothing lost, nothing written that was not wanted, one datum from the list to the numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bulletin.compose import allocate, compose_edition
from bulletin.load.recipients import load_recipients
from bulletin.model.artifact import Artifact
from bulletin.model.errors import UsageError
from bulletin.model.recipient import Recipient
from bulletin.model.recipient_list import ImportReport, ListRow, RecipientsSource, rows_of
from bulletin.pipeline.recipients import export_recipients, import_recipients
from bulletin.render.recipients import render_recipients
from tests.archive import problem_line
from tests.conftest import REPOSITORY, Make, load
from tests.load.tables import HEAD, workbook
from tests.recipient_lists import lists, said

TODAY = date(2026, 1, 20)
LIST = "house/recipients.yaml"
KEPT = f"{LIST}.bak"


def take(root: Path, source: Path, *, dry_run: bool = False) -> ImportReport:
    return import_recipients(root, source, TODAY, dry_run=dry_run)


def edited(path: Path, edit: Callable[[Worksheet], None]) -> Path:
    book = load_workbook(path)
    edit(book.worksheets[0])
    book.save(path)
    return path


def stand(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of the house with its content and when it was written."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (root / "house").iterdir()}


@pytest.fixture
def sample(make: Make) -> Path:
    """The list of the sample publication."""
    return make({LIST: (REPOSITORY / LIST).read_bytes()})


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.csv"])
def test_out_and_in_again_changes_nothing(sample: Path, tmp_path: Path, name: str) -> None:
    before = stand(sample)
    assert export_recipients(sample, tmp_path / name) == 49
    report = take(sample, tmp_path / name)
    assert report == ImportReport((), (), 49, report.copies_before, report.copies_before)
    assert stand(sample) == before


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists(), lists())
def test_any_list_becomes_what_the_table_says(
    make: Make, tmp_path: Path, old: tuple[Recipient, ...], new: tuple[Recipient, ...]
) -> None:
    root = make({LIST: listed(old).content})
    other = make({LIST: listed(new).content}, folder="other")
    export_recipients(other, tmp_path / "名册.xlsx", force=True)
    report = take(root, tmp_path / "名册.xlsx")
    assert not report.problems or {problem.severity.value for problem in report.problems} <= {"warning", "hint"}
    assert sorted(said(load_recipients(root).value or ()), key=str) == sorted(said(new), key=str)
    assert take(root, tmp_path / "名册.xlsx").changes == ()


def listed(recipients: tuple[Recipient, ...]) -> Artifact:
    return render_recipients(recipients, (), RecipientsSource((), head=("# 名册",)))


def test_what_is_changed_in_excel_is_what_is_written(sample: Path, tmp_path: Path) -> None:
    before = (sample / LIST).read_bytes()

    def edit(sheet: Worksheet) -> None:
        sheet["C2"] = 4
        sheet.delete_rows(3)
        sheet.append(["单列", "省审计厅", 2, "交换站", "办公室 0386-8619999"])

    path = edited(exported(sample, tmp_path), edit)
    report = take(sample, path)
    assert [(change.kind.value, change.name) for change in report.changes] == [
        ("changed", "省委办公厅"),
        ("added", "省审计厅"),
        ("removed", "省人大常委会办公厅"),
    ]
    assert (report.copies_before, report.copies_after, report.written, report.kept) == (242, 245, LIST, KEPT)
    assert (sample / KEPT).read_bytes() == before
    after = (sample / LIST).read_text("utf-8").split("\n")
    gone = [line for line in before.decode().split("\n") if line not in after]
    assert gone == [
        "  - name: 省人大常委会办公厅",
        "    contact: 机要室 0386-8610172",
        "    address: 澜阳市江城路9号",
    ]


def exported(root: Path, folder: Path) -> Path:
    export_recipients(root, folder / "名册.xlsx", force=True)
    return folder / "名册.xlsx"


def test_a_look_writes_nothing(sample: Path, tmp_path: Path) -> None:
    path = edited(exported(sample, tmp_path), lambda sheet: sheet.delete_rows(3))
    before = stand(sample)
    report = take(sample, path, dry_run=True)
    assert len(report.changes) == 1
    assert (report.written, report.kept) == ("", "")
    assert stand(sample) == before


def test_one_fault_and_nothing_is_written(sample: Path, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.delete_rows(3)
        sheet["C9"] = "几份"
        sheet["D12"] = "快递"

    before = stand(sample)
    report = take(sample, edited(exported(sample, tmp_path), edit))
    assert [problem_line(problem) for problem in report.problems] == [
        "名册.xlsx:C9 error field-value",
        "名册.xlsx:D12 error field-value",
    ]
    assert stand(sample) == before


def test_a_broken_list_is_not_written_over(make: Make, tmp_path: Path) -> None:
    root = make({LIST: "units:\n  - {name: 甲局, copies: 两}\n"})
    before = stand(root)
    report = take(root, workbook(tmp_path / "名册.xlsx", [["名称"], ["乙局"]]))
    assert [problem_line(problem) for problem in report.problems] == [f"{LIST}:2:24 error field-value"]
    assert stand(root) == before


def test_the_first_list_comes_from_a_table(make: Make, tmp_path: Path) -> None:
    root = make({LIST: None})
    report = take(
        root, workbook(tmp_path / "名册.xlsx", [HEAD, ["单列", "甲局", 2], ["各科", None, 1, *[None] * 5, 3]])
    )
    assert (report.written, report.kept, report.copies_before, report.copies_after) == (LIST, "", 0, 5)
    assert (root / LIST).read_text("utf-8") == (
        "units:\n  - name: 甲局\n    copies: 2\ngroups:\n  - name: 各科\n    copies: 1\n    count: 3\n"
    )


def test_columns_that_the_table_has_not_stay_as_they_were(make: Make, tmp_path: Path) -> None:
    """Wherever the unit stands now; an empty cell of a column that there is empties the field."""
    text = (
        "units:\n  - {name: 甲局, copies: 2, route: 专人, contact: 张三, address: 江城路1号, since: 2026-01-01}\n"
        "groups:\n  - {name: 各科, copies: 3, route: 交换站, members: [乙科, 丙科]}\n"
    )
    root = make({LIST: text})
    rows = [
        ["组别", "名称", "联系人"],
        ["单列", "甲局", None],
        ["单列", "乙科", "李四"],
        ["各科", "丙科", None],
        ["各科", "丁科", None],
    ]
    take(root, workbook(tmp_path / "名册.xlsx", rows))
    kept = [row.cells().values() for row in rows_of_list(root)]
    assert [" ".join(filter(None, row)) for row in kept] == [
        "甲局 2 专人 江城路1号 2026-01-01",
        "乙科 3 交换站 李四",
        "各科 丙科 3 交换站",
        "各科 丁科 1",
    ]


def rows_of_list(root: Path) -> list[ListRow]:
    return list(rows_of(load_recipients(root).value or ()))


def test_a_table_without_groups_does_not_scatter_them(make: Make, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsx", [["名称", "份数"], ["甲局", 2]])
    root = make()
    before = stand(root)
    assert [problem_line(problem) for problem in take(root, path).problems] == ["名册.xlsx error sheet-head"]
    assert stand(root) == before
    without = make({LIST: "units:\n  - {name: 甲局, copies: 5}\n"}, folder="without")
    assert take(without, path).written == LIST


def test_names_that_issues_still_say_are_told(make: Make, tmp_path: Path) -> None:
    root = make()
    report = take(
        root, workbook(tmp_path / "名册.xlsx", [HEAD, ["单列", "乙局", 2], ["各科", None, 1, *[None] * 5, 3]])
    )
    assert [problem_line(problem) for problem in report.problems] == [
        "issues/2026-01/issue.yaml:7:8 warning recipient-unknown"
    ]
    assert report.written == LIST


def test_comments_that_go_are_told_and_kept(make: Make, tmp_path: Path) -> None:
    root = make({LIST: "units:\n  # 甲局的话\n  - {name: 甲局}   # 同行\n  # 乙局的话\n  - {name: 乙局}\n"})
    report = take(root, workbook(tmp_path / "名册.xlsx", [["名称", "份数"], ["乙局", 1]]))
    assert [str(problem.message) for problem in report.problems if problem.code == "recipients-comments"] == [
        "2 处注释随删去的单位去掉了"
    ]
    assert (root / LIST).read_text("utf-8") == "units:\n  # 乙局的话\n  - {name: 乙局}\n"
    assert "# 同行" in (root / KEPT).read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "units: [{name: 甲局}, {name: 丙局}]\n",
        "# 头\n\nunits:\n  -\n    name: 甲局\n  - {name: 丙局}\n",
        '"units":\n  - {name: 甲局}\n  - {name: 丙局}\n',
    ],
)
def test_a_file_in_another_style_is_written_whole(make: Make, tmp_path: Path, text: str) -> None:
    root = make({LIST: text})
    report = take(root, workbook(tmp_path / "名册.xlsx", [["名称", "份数"], ["甲局", 1], ["乙局", 2]]))
    assert report.written
    assert [row.unit.name for row in rows_of_list(root)] == ["甲局", "乙局"]
    assert (root / LIST).read_text("utf-8").startswith("# 头\n") == text.startswith("# 头\n")


def test_a_list_too_large_for_its_file_is_refused(make: Make, tmp_path: Path) -> None:
    root = make({LIST: "units:\n  - {name: 甲局}\n"})
    rows = [["名称", "地址"], *([f"单位{number:05}", "江城路" * 10] for number in range(3000))]
    before = stand(root)
    report = take(root, workbook(tmp_path / "名册.xlsx", rows))
    assert [problem.code for problem in report.problems if problem.severity.value == "error"] == ["file-size"]
    assert report.written == ""
    assert stand(root) == before


def test_export_writes_over_nothing_and_knows_its_kinds(make: Make, tmp_path: Path) -> None:
    root = make()
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"mine")
    for target in (path, tmp_path / "名册.xls", tmp_path / "名册"):
        with pytest.raises(UsageError):
            export_recipients(root, target)
    assert path.read_bytes() == b"mine"
    export_recipients(root, path, force=True)
    assert path.read_bytes().startswith(b"PK")
    broken = make({LIST: "units: {\n"}, folder="broken")
    with pytest.raises(UsageError):
        export_recipients(broken, tmp_path / "另.xlsx")
    assert not (tmp_path / "另.xlsx").exists()


def test_one_datum_from_the_table_to_the_numbers(make: Make, tmp_path: Path) -> None:
    """What Excel says is what the foot says, and what is allotted."""
    root = make()
    rows = [HEAD, ["单列", "甲局", 7], ["各科", "子科", 2], ["各科", "丑科", 3, *[None] * 4, "2026-01-19"]]
    take(root, workbook(tmp_path / "名册.xlsx", rows))
    issue = load(root)
    allotted = allocate(issue).value
    assert allotted is not None
    assert [(each.holder, len(each.numbers)) for each in allotted] == [
        ("甲局", 7),
        ("子科", 2),
        ("存档", 4),
        ("机动", 1),
    ]
    assert sum(len(each.numbers) for each in allotted) == compose_edition(issue).imprint.print_run == 14
