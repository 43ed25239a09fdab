"""Forms of an issue, from its register to the disk: all or none, and what is wrong is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest

from bulletin.load.publication import load_publication
from bulletin.model.errors import UsageError
from bulletin.model.forms import FormName, FormOrder, FormsReport
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, Severity
from bulletin.model.register import Change, EventKind, Request
from bulletin.pipeline.copies.forms import find_forms, find_label, make_forms
from bulletin.register import Register, open_register
from tests.conftest import Make, copy_sample, load
from tests.ledger import AT, assignments, recorded, registered

KEY = IssueKey(2026, False, 1)
ROUTES = {"甲局": "交换站", "各科": "专人"}


def silent(_what: Message) -> None:
    pass


@pytest.fixture
def root(make: Make) -> Path:
    root = make()
    registered(root, KEY, ROUTES)
    return root


@pytest.fixture
def forms(root: Path, tmp_path: Path) -> Callable[..., FormsReport]:
    def run(*words: str, **said: object) -> FormsReport:
        return make_forms(root, KEY, FormOrder(words, AT, **said), tmp_path / "out", silent)  # type: ignore[arg-type]

    return run


def names(report: FormsReport) -> list[str]:
    return [Path(file.path).name for file in report.files]


def text_of(path: str | Path) -> str:
    with pdfium.PdfDocument(str(path)) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_what_goes_with_the_copies_is_made_first(forms: Callable[..., FormsReport], tmp_path: Path) -> None:
    report = forms()
    assert [problem.code for problem in report.problems] == ["forms-offices"]
    assert names(report) == ["分发登记表.pdf", "签收单.pdf", "回执.pdf", "信封标签-99.1x38.1.pdf"]
    assert {Path(file.path).parent for file in report.files} == {tmp_path / "out/2026-01/forms"}
    assert [(file.rows, file.pages) for file in report.files] == [(4, 1), (2, 2), (4, 1), (4, 1)]


def test_what_comes_back_follows(forms: Callable[..., FormsReport], root: Path) -> None:
    recorded(root, EventKind.SENT, [1, 2], due="2026-06-30")
    assert names(forms())[4:] == ["清退登记表.pdf"]
    recorded(root, EventKind.RETURNED, [1, 2])
    assert names(forms())[4:] == ["清退登记表.pdf", "销毁登记表.pdf"]
    recorded(root, EventKind.DESTROYED, [1], witnesses=("程以宁", "周砚"))
    text = text_of(forms("销毁").files[0].path)
    assert "程以宁" in text
    assert "000001" in text
    assert "000002" in text


def test_workbooks_beside_them(forms: Callable[..., FormsReport]) -> None:
    report = forms("签收单", "标签", xlsx=True)
    assert names(report) == ["签收单.pdf", "签收单.xlsx", "信封标签-99.1x38.1.pdf", "信封标签.xlsx"]
    book = openpyxl.load_workbook(report.files[1].path)
    assert book.sheetnames == ["交换站", "专人"]


def test_the_head_of_the_register_is_on_paper(forms: Callable[..., FormsReport], root: Path) -> None:
    publication = load_publication(root).value
    assert publication
    with open_register(root, publication.register, at=AT) as register:
        head = register.head()
    text = text_of(forms("分发登记表").files[0].path).replace(" ", "").replace("\r\n", "")
    assert f"登记册截至第{head.seq}笔，校验{head.hash}" in text


def test_the_same_register_gives_the_same_bytes(forms: Callable[..., FormsReport]) -> None:
    files = {file.path: Path(file.path).read_bytes() for file in forms(xlsx=True).files}
    assert {file.path: Path(file.path).read_bytes() for file in forms(xlsx=True).files} == files
    assert len(files) == 8


def test_one_route_only(forms: Callable[..., FormsReport]) -> None:
    whole = Path(forms("签收单").files[0].path)
    report = forms("签收单", "回执", "标签", route="专人", xlsx=True)
    assert names(report) == [
        *("签收单-专人.pdf", "签收单-专人.xlsx", "回执-专人.pdf", "回执-专人.xlsx"),
        *("信封标签-99.1x38.1-专人.pdf", "信封标签-专人.xlsx"),
    ]
    assert "甲局" in text_of(whole)
    text = text_of(report.files[0].path)
    assert "各科" in text
    assert "甲局" not in text
    report = forms("回执", "分发", route="自取")
    assert names(report) == ["分发登记表.pdf"]
    assert forms("签收单", route="交换站").problems == ()
    assert [str(problem.message) for problem in report.problems] == ["没有要列入回执的份"]


def test_forms_with_nothing_in_them_are_not_made(forms: Callable[..., FormsReport]) -> None:
    report = forms("清退", "销毁", "传阅单")
    assert names(report) == ["传阅单.pdf"]
    assert [problem.code for problem in report.problems] == ["forms-empty", "forms-empty"]


def changed_list(root: Path) -> None:
    path = root / "house/recipients.yaml"
    path.write_text(path.read_text().replace("copies: 2", "copies: 3"))


def test_nothing_is_made_of_a_register_that_the_list_has_left_behind(make: Make, tmp_path: Path) -> None:
    root = make()
    publication = load_publication(root).value
    assert publication
    with open_register(root, publication.register, at=AT) as register:
        register.record(Request("assign", "罗钰", "2026-01-20", AT), assignments(load(root), ROUTES))
    changed_list(root)
    report = make_forms(root, KEY, FormOrder((), AT), tmp_path / "out", silent)
    assert [problem.code for problem in report.problems if problem.severity is Severity.ERROR] == ["forms-run"]
    assert report.files == ()
    assert not (tmp_path / "out/2026-01").exists()


def test_next_months_list_leaves_the_forms_of_what_is_printed_alone(
    forms: Callable[..., FormsReport], root: Path
) -> None:
    before = text_of(forms("分发").files[0].path)
    changed_list(root)
    assert text_of(forms("分发").files[0].path) == before
    assert "印数：10份" in before


def test_a_name_that_cannot_be_printed_is_told_where_it_stands(make: Make, tmp_path: Path) -> None:
    root = make({"house/recipients.yaml": "units:\n  - {name: 甲局, copies: 2}\ngroups:\n  - {name: 各科, count: 3}\n"})
    publication = load_publication(root).value
    assert publication
    changes = assignments(load(root), {})
    changes[0] = Change("2026-01", 1, EventKind.ASSIGNED, label="报", holder="甲🙂局")
    with open_register(root, publication.register, at=AT) as register:
        register.record(Request("assign", "罗钰", "2026-01-20", AT), changes)
    report = make_forms(root, KEY, FormOrder(("分发",), AT), tmp_path / "out", silent)
    assert [problem.code for problem in report.problems] == ["glyph-missing"]
    assert "U+1F642" in str(report.problems[0].message)
    assert report.files == ()


def test_a_name_that_no_label_holds_is_told_where_it_stands(make: Make, tmp_path: Path) -> None:
    name = "江澜省人民政府离退休干部工作办公室" * 8
    text = f"units:\n  - {{name: 甲局, copies: 2}}\n  - {{name: {name}, copies: 1}}\n"
    issue = "number: 1\nserial: 10\ndate: 2026-01-20\neditors: {responsible: 张三, phone: 010-12345678}\n"
    issue += f"distribution:\n  报: [[甲局, {name}]]\narchive: 1\nspare: 1\n"
    root = make({"house/recipients.yaml": text, "issues/2026-01/issue.yaml": issue})
    registered(root, KEY)
    report = make_forms(root, KEY, FormOrder(("标签", "分发"), AT, label="60x40"), tmp_path / "out", silent)
    assert [(problem.code, problem.span.path, problem.span.line) for problem in report.problems] == [
        ("forms-long", "house/recipients.yaml", 3)
    ]
    assert not (tmp_path / "out/2026-01").exists()


def test_what_is_not_there_is_said(forms: Callable[..., FormsReport], make: Make, tmp_path: Path) -> None:
    for said, expected in (
        ({"label": "1x1"}, "没有“1x1”这种标签"),
        ({"start": 15}, "--start 只能是 1 到 14"),
        ({"start": 0}, "--start 只能是 1 到 14"),
        ({"label": "60x40", "start": 2}, "--start 只能是 1 到 1"),
        ({"route": "邮局"}, "没有“邮局”这种发送方式"),
    ):
        with pytest.raises(UsageError, match=expected):
            forms("标签", **said)
    with pytest.raises(UsageError, match="没有“花名册”这种表"):
        forms("花名册")
    other = make(folder="other")
    with pytest.raises(UsageError):
        make_forms(other, KEY, FormOrder((), AT), tmp_path / "out", silent)
    publication = load_publication(other).value
    assert publication
    with open_register(other, publication.register, at=AT) as register:
        assert isinstance(register, Register)
    with pytest.raises(UsageError, match="登记册里没有 2026-01 的份号"):
        make_forms(other, KEY, FormOrder((), AT), tmp_path / "out", silent)


def test_names_may_be_short_and_sizes_written_as_people_do() -> None:
    assert find_forms(["签收", "分发登记表", "签收单"]) == (FormName.SIGNING, FormName.DISTRIBUTION)
    with pytest.raises(UsageError, match="没有“登记表”这种表"):
        find_forms(["登记表"])
    assert {find_label(name).name for name in ("70x37", "70×37", "70*37mm", " 70X37 ")} == {"70x37"}


def test_the_samples_forms(tmp_path: Path) -> None:
    """The sample's own list, every form, every copy."""
    root = copy_sample(tmp_path / "sample")
    key = IssueKey(2026, False, 10)
    registered(root, key)
    order = FormOrder((), AT, xlsx=True)
    report = make_forms(root, key, order, tmp_path / "out", silent)
    (problem,) = report.problems
    assert (problem.code, problem.severity) == ("forms-offices", Severity.WARNING)
    assert "各县（市、区）委老干部局（76个）" in str(problem.message)
    assert [file.rows for file in report.files][::2] == [50, 48, 223, 223]
    assert names(report)[::2] == ["分发登记表.pdf", "签收单.pdf", "回执.pdf", "信封标签-99.1x38.1.pdf"]


def test_the_real_issues_forms(seed: Path, tmp_path: Path) -> None:
    root = tmp_path / "real"
    shutil.copytree(seed, root)
    key = IssueKey(2020, False, 7)
    registered(root, key)
    recorded(root, EventKind.SENT, list(range(1, 301)), "2020-07", due="2026-12-31")
    report = make_forms(root, key, FormOrder((), AT, label="70x37", start=5), tmp_path / "out", silent)
    assert {problem.code for problem in report.problems} <= {"forms-offices"}
    assert names(report)[3:] == ["信封标签-70x37.pdf", "清退登记表.pdf"]
    assert "合计340份，与印数一致" in text_of(report.files[0].path)
