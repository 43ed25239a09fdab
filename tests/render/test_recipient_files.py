"""The list of recipients written: as a table that comes back as it went, as a file in which nothing moves that did not change."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bulletin.load.recipient_table import load_recipient_table
from bulletin.load.recipients import load_recipients, recipients_in
from bulletin.load.recipients_source import cut_recipients
from bulletin.load.schemas import json_schemas
from bulletin.model.artifact import Artifact
from bulletin.model.recipient import Recipient
from bulletin.model.recipient_list import COLUMNS, Field, RecipientsSource
from bulletin.render.recipient_table import render_csv, render_workbook
from bulletin.render.recipients import render_recipients
from tests.conftest import REPOSITORY
from tests.load.tables import part
from tests.recipient_lists import lists, said

LIST = "house/recipients.yaml"
Renderer = Callable[[tuple[Recipient, ...], str], Artifact]
RENDERERS = pytest.mark.parametrize(("render", "name"), [(render_workbook, "a.xlsx"), (render_csv, "a.csv")])
quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def recipients_of(text: str) -> tuple[Recipient, ...]:
    outcome = recipients_in(text.encode())
    assert not outcome.problems
    assert outcome.value is not None
    return outcome.value


SAMPLE = load_recipients(REPOSITORY).value or ()


# Tables


@RENDERERS
@quick
@given(listed=lists())
def test_what_is_exported_comes_back(
    render: Renderer, name: str, tmp_path: Path, listed: tuple[Recipient, ...]
) -> None:
    """Marks that begin a formula, that part columns, that quote, among all else."""
    path = tmp_path / name
    path.write_bytes(render(listed, name).content)
    table = load_recipient_table(path)
    assert table.value is not None, table.problems
    assert said(table.value.recipients) == said(listed)
    assert table.value.columns == frozenset(COLUMNS)


@RENDERERS
def test_the_same_list_gives_the_same_bytes(render: Renderer, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render(SAMPLE, name).content
    later = datetime(2031, 2, 3, 4, 5, 6)
    monkeypatch.setattr("time.localtime", lambda *_: later.timetuple())
    clock = SimpleNamespace(datetime=SimpleNamespace(now=lambda **_: later), timezone=timezone)
    monkeypatch.setattr("openpyxl.writer.excel.datetime", clock)
    monkeypatch.setattr("openpyxl.packaging.core.datetime", clock)
    assert render(SAMPLE, name).content == first


def test_nobody_and_no_day_is_named_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(render_workbook(SAMPLE, "a.xlsx").content)
    core = part(path, "docProps/core.xml")
    assert b"created" not in core
    assert b"creator" not in core
    assert b"openpyxl" not in core
    with zipfile.ZipFile(path) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_workbook_as_it_is_worked_in() -> None:
    """Head and names in view, widths by what Han take, telephones and formula marks as text, routes from a list, A4 across."""
    text = (
        "units:\n  - {name: 省人力资源社会保障厅, copies: 3, contact: '03868610001', since: 2026-01-02}\n"
        "  - {name: =SUM(A1), contact: +86 386, address: '@甲'}\n"
    )
    sheet = load_workbook(io.BytesIO(render_workbook(recipients_of(text), "a.xlsx").content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [field.value for field in COLUMNS]
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["B"].width == 22
    assert (sheet["C2"].value, sheet["C2"].data_type) == (3, "n")
    assert (sheet["E2"].value, sheet["E2"].data_type, sheet["E2"].number_format) == ("03868610001", "s", "@")
    assert sheet["G2"].value.date() == date(2026, 1, 2)
    for cell, value in (("B3", "=SUM(A1)"), ("E3", "+86 386"), ("F3", "@甲")):
        assert (sheet[cell].value, sheet[cell].data_type, sheet[cell].quotePrefix) == (value, "s", True)
    assert not sheet["B2"].quotePrefix
    (choice,) = sheet.data_validations.dataValidation
    assert choice.type == "list"
    assert choice.formula1 == '"机要交通,交换站,专人,自取"'
    assert "D2" in choice.sqref
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(render_workbook(recipients_of(text), "a.xlsx").content)).read(
        "xl/worksheets/sheet1.xml"
    )


def test_a_day_that_excel_does_not_know_is_text() -> None:
    listed = recipients_of("units:\n  - {name: 甲, since: 1899-12-31}\n")
    sheet = load_workbook(io.BytesIO(render_workbook(listed, "a.xlsx").content)).worksheets[0]
    assert sheet["G2"].value == "1899-12-31"


def test_the_text_file_opens_as_chinese_and_calculates_nothing() -> None:
    listed = recipients_of("units:\n  - {name: =1+1, contact: -5, address: '''＝甲'}\n")
    content = render_csv(listed, "a.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n")[1] == "单列,'=1+1,1,,'-5,''＝甲,,,"


# The file


def rewritten(text: str, new: tuple[Recipient, ...]) -> str:
    return render_recipients(new, recipients_of(text), cut_recipients(text, LIST)).content.decode()


WRITTEN = """\
# yaml-language-server: $schema=../.schemas/recipients.json
# 名册

units:                 # 单个单位
  # 甲局的话
  - {name: 甲局, copies: 2}      # 甲局同行
  - name: 乙局         # 乙局同行
    copies: 1
    # 乙局里面

    route: 专人
  - name: 丙局
# 组的话
groups:
  - name: 各科         # 各科同行
    copies: 2
    members:           # 名单
      - 子科
      # 丑科的话
      - name: 丑科     # 丑科同行
        copies: 3
      - {name: 寅科, route: 自取}
  - {name: 各处, count: 5}
  - name: 各室
    members: [卯室, 辰室]
# 尾
"""


def test_nothing_changed_nothing_moves() -> None:
    assert rewritten(WRITTEN, recipients_of(WRITTEN)) == WRITTEN


def changed(text: str, old: str, new: str) -> tuple[Recipient, ...]:
    assert old in text
    return recipients_of(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: 甲局, copies: 2", "name: 甲局, copies: 4", {"  - {name: 甲局, copies: 2}      # 甲局同行\n": "  # 甲局同行\n  - name: 甲局\n    copies: 4\n"}),
        (
            "    copies: 1\n    # 乙局里面\n",
            "    copies: 6\n    # 乙局里面\n",
            {
                "  - name: 乙局         # 乙局同行\n    copies: 1\n    # 乙局里面\n\n    route: 专人\n": (
                    "  # 乙局同行\n  # 乙局里面\n  - name: 乙局\n    copies: 6\n    route: 专人\n"
                )
            },
        ),
        ("  - name: 丙局\n", "", {"  - name: 丙局\n": ""}),
        (
            "  - name: 丙局\n",
            "  - name: 丙局\n  - {name: 丁局, contact: '张三: 1'}\n",
            {"  - name: 丙局\n": '  - name: 丙局\n  - name: 丁局\n    copies: 1\n    contact: "张三: 1"\n'},
        ),
        (
            "      - 子科\n",
            "      - 子科\n      - 巳科\n",
            {
                "  - name: 各科         # 各科同行\n    copies: 2\n    members:           # 名单\n      - 子科\n": (
                    "  # 各科同行\n  # 名单\n  - name: 各科\n    copies: 2\n    members:\n      - 子科\n      - 巳科\n"
                )
            },
        ),
        ("count: 5", "count: 6", {"  - {name: 各处, count: 5}\n": "  - name: 各处\n    copies: 1\n    count: 6\n"}),
        (
            "[卯室, 辰室]",
            "[辰室]",
            {"  - name: 各室\n    members: [卯室, 辰室]\n": "  - name: 各室\n    copies: 1\n    members:\n      - 辰室\n"},
        ),
    ],
    ids=["field", "inner comment", "gone", "new", "member", "count", "flow"],
)  # fmt: skip
def test_only_what_changed_is_written_anew(old: str, new: str, expected: dict[str, str]) -> None:
    wanted = WRITTEN
    for before, after in expected.items():
        assert before in wanted
        wanted = wanted.replace(before, after)
    assert rewritten(WRITTEN, changed(WRITTEN, old, new)) == wanted


def test_members_that_say_the_same_stay_though_their_group_says_something_else() -> None:
    new = changed(WRITTEN, "copies: 2\n    members", "copies: 4\n    members")
    assert rewritten(WRITTEN, new) == WRITTEN.replace(
        "  - name: 各科         # 各科同行\n    copies: 2\n    members:           # 名单\n",
        "  # 各科同行\n  # 名单\n  - name: 各科\n    copies: 4\n    members:\n",
    )


def test_a_list_of_one_kind_gets_the_other() -> None:
    new = recipients_of("units:\n  - name: 甲局\ngroups:\n  - {name: 各科, count: 2}\n")
    assert rewritten("# 头\nunits:\n  - name: 甲局\n", new) == (
        "# 头\nunits:\n  - name: 甲局\ngroups:\n  - name: 各科\n    copies: 1\n    count: 2\n"
    )
    assert rewritten(
        "# 头\ngroups:   # 组\n  - {name: 各科, count: 2}\n", recipients_of("units:\n  - name: 甲局\n")
    ) == ("# 头\ngroups: []\nunits:\n  - name: 甲局\n    copies: 1\n")


@pytest.mark.parametrize(
    "text",
    [
        "units: [{name: 甲局}, {name: 乙局, copies: 2}]\n",
        "units: [{name: 甲局},\n  {name: 乙局, copies: 2}]\n",
        '# 头\n"units":\n  - {name: 甲局}\n  - {name: 乙局, copies: 2}\n',
        "# 头\n{units: [{name: 甲局}, {name: 乙局, copies: 2}]}\n",
        "units:\n- {name: 甲局}\n- name: 乙局\n  copies: 2\n",
        "units:\n      -   name: 甲局\n      -   name: 乙局\n          copies: 2\n",
        "---\nunits:\n  -\n    name: 甲局\n  - name: 乙局\n    copies: 2\n",
        "units:\n  - name: 甲局\n  - name: 乙局\n    copies:\n      2\n",
        "units:\n  - name: 甲局\n  - name: '乙局'\n    copies: 2\n    contact: 张三\n      李四\n",
    ],
)
def test_however_it_was_written(text: str) -> None:
    old = recipients_of(text)
    new = (*recipients_of("units:\n  - {name: 丙局, copies: 7}\n"), *old[:1])
    written = rewritten(text, new)
    assert said(recipients_of(written)) == said(new)
    if text.startswith("# 头"):
        assert written.startswith("# 头\n")


@quick
@given(lists(), lists())
def test_any_list_to_any_other(old: tuple[Recipient, ...], new: tuple[Recipient, ...]) -> None:
    """Written, read back, written over: always what was wanted, and what stayed stands as it stood."""
    first = render_recipients(old, (), RecipientsSource((), head=("# 名册",))).content.decode()
    assert said(recipients_of(first)) == said(old)
    assert rewritten(first, recipients_of(first)) == first
    second = rewritten(first, new)
    assert said(recipients_of(second)) == said(new)
    assert second.startswith("# 名册\n")


@quick
@given(lists())
def test_an_editors_program_reads_it_as_we_do(listed: tuple[Recipient, ...]) -> None:
    """No telephone is a number to it, no name a truth value: it finds nothing to mark in what we wrote."""
    written = render_recipients(listed, (), RecipientsSource(())).content.decode()
    data = json.loads(json.dumps(yaml.safe_load(written) or {}, default=str))
    jsonschema.validate(data, json_schemas()["recipients"], jsonschema.Draft202012Validator)


@quick
@given(st.data(), lists())
def test_comments_stay_with_what_stays(data: st.DataObject, listed: tuple[Recipient, ...]) -> None:
    plain = render_recipients(listed, (), RecipientsSource((), head=("# 名册",))).content.decode().split("\n")[:-1]
    noted = []
    for number, line in enumerate(plain):
        if data.draw(st.booleans()):
            noted.append(" " * data.draw(st.integers(0, 8)) + f"# 注{number}")
        noted.append(line)
    text = "\n".join(noted) + "\n"
    shuffled = tuple(data.draw(st.permutations(listed)))
    written = rewritten(text, shuffled)
    assert said(recipients_of(written)) == said(shuffled)
    assert sorted(line.strip() for line in written.split("\n") if line.strip().startswith("#")) == sorted(
        line.strip() for line in noted if line.strip().startswith("#")
    )


def test_the_sample_is_written_in_the_samples_style() -> None:
    text = (REPOSITORY / LIST).read_text("utf-8")
    assert rewritten(text, SAMPLE) == text
    fresh = render_recipients(SAMPLE, (), RecipientsSource(())).content.decode()
    assert "  - name: 省委办公厅\n    copies: 2\n    route: 机要交通\n    contact: 文电处 0386-8610021\n" in fresh
    assert (
        "    copies: 2\n    route: 机要交通\n    members:\n      - name: 澜阳市委老干部局\n        route: 专人\n      - 临溪"
        in fresh
    )
    assert Field.COUNT.value not in fresh
