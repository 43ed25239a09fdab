"""Tables that are broken, of another kind, or made to harm: refused by what they are, each with a word on what to do."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.load.recipient_table import load_recipient_table
from bulletin.load.recipients import recipients_in
from bulletin.load.workbook import read_workbook
from bulletin.render.recipient_table import render_workbook
from tests.conftest import REPOSITORY
from tests.load.tables import HEAD, part, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [HEAD, ["单列", "甲局", 2], ["各科", "乙科", 1]]
MEGABYTE = 1024 * 1024


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbook(tmp_path / "名册.xlsx", ROWS)


def refused(path: Path) -> str:
    """The one thing that is said of the file."""
    outcome = load_recipient_table(path)
    assert outcome.value is None
    assert [(problem.code, problem.span.path) for problem in outcome.problems] == [("sheet-file", path.name)]
    assert str(outcome.problems[0].advice)
    return str(outcome.problems[0].message)


def test_files_of_other_kinds(tmp_path: Path) -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    kinds: dict[str, tuple[bytes, str]] = {
        "旧.xls": (compound, "旧格式"),
        "密.xlsx": (compound + "EncryptedPackage".encode("utf-16-le"), "密码"),
        "文.xlsx": ("名称,份数\n甲局,2\n".encode(), "不是 Excel"),
        "页.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "不是 Excel"),
        "空.xlsx": (b"", "不是 Excel"),
        "断.xlsx": (b"PK\x03\x04" + bytes(50), "不是 Excel"),
    }
    for name, (content, word) in kinds.items():
        (tmp_path / name).write_bytes(content)
        assert word in refused(tmp_path / name)


def test_archives_that_are_no_workbooks(path: Path) -> None:
    content = part(path, "xl/workbook.xml")
    assert "宏" in refused(with_part(path, "xl/vbaProject.bin", b"\xd0\xcf"))
    with_part(path, "xl/vbaProject.bin", None)
    assert load_recipient_table(path).value
    assert "不是 .xlsx" in refused(with_part(path, "xl/workbook.xml", None))
    assert load_recipient_table(with_part(path, "xl/workbook.xml", content)).value


def test_parts_twice_and_too_many_of_them(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    assert "重名" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1001):
            archive.writestr(f"xl/{number}.bin", b"")
    assert "太多" in refused(path)


def test_a_part_with_a_password(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    path.write_bytes(content)
    assert "密码" in refused(path)


DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY a "啊"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "name", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be"])
def test_document_types_in_any_part_and_encoding(path: Path, name: str, codec: str) -> None:
    text = part(path, name).decode()
    body = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
    written = f'<?xml version="1.0" encoding="{codec[:6].rstrip("-")}"?>{DOCTYPE}{body}'.encode(codec)
    assert "DTD" in refused(with_part(path, name, written))


def test_an_encoding_in_which_a_document_type_could_hide(path: Path) -> None:
    hidden = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x+AD4-<worksheet/>'
    assert "DTD" in refused(with_part(path, SHEET, hidden))


def test_a_small_file_that_grows(path: Path) -> None:
    grown = part(path, SHEET).replace(b"</sheetData>", b" " * (25 * MEGABYTE) + b"</sheetData>")
    with_part(path, SHEET, grown)
    assert path.stat().st_size < MEGABYTE
    assert "超过上限 24 MB" in refused(path)


def test_sizes_that_lie(path: Path) -> None:
    """The archive's list says that the part is small: no more than that is read."""
    grown = part(path, SHEET).replace(b"</sheetData>", b" " * (30 * MEGABYTE) + b"</sheetData>")
    with_part(path, SHEET, grown)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(mark)
        while at >= 0:
            if int.from_bytes(content[at + offset : at + offset + 4], "little") == len(grown):
                content[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
            at = content.find(mark, at + 4)
    path.write_bytes(content)
    assert "损坏" in refused(path)


def test_a_large_file(tmp_path: Path) -> None:
    (tmp_path / "名册.xlsx").write_bytes(bytes(9 * MEGABYTE))
    assert [problem.code for problem in load_recipient_table(tmp_path / "名册.xlsx").problems] == ["file-size"]


def test_a_file_that_is_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "别名.xlsx").symlink_to(path)
    assert [problem.code for problem in load_recipient_table(tmp_path / "别名.xlsx").problems] == ["file-link"]


def _row(number: object, cells: str = "") -> bytes:
    return f'<row r="{number}">{cells}</row>'.encode()


def _merges(count: int) -> bytes:
    return b"<mergeCells>" + b'<mergeCell ref="A1:A1048576"/>' * count + b"</mergeCells>"


@pytest.mark.parametrize(
    ("added", "after", "word"),
    [
        (b"".join(_row(number) for number in range(4, 300_000)), b"", "超过 10000 行"),
        (_row(999_999_999_999), b"", "超过 10000 行"),
        (_row(1_048_576, '<c r="XFD1048576"><v>1</v></c>'), b"", "超过 10000 行"),
        (_row("x"), b"", "损坏"),
        (_row(4, '<c r="A4" t="s"><v>99</v></c>'), b"", "损坏"),
        (_row(4, '<c r="A4"><v>x</v></c>'), b"", "损坏"),
        (b"", _merges(100_000), "损坏"),
        (b"", b'<mergeCells><mergeCell ref="?"/></mergeCells>', "损坏"),
        (b"<row><c>", b"", "损坏"),
    ],
    ids=[
        "rows",
        "row number",
        "last cell",
        "no number",
        "no such text",
        "no value",
        "merges",
        "no range",
        "not closed",
    ],
)
def test_sheets_that_would_take_for_ever_or_make_no_sense(path: Path, added: bytes, after: bytes, word: str) -> None:
    sheet = part(path, SHEET).replace(b"</sheetData>", added + b"</sheetData>" + after)
    assert word in refused(with_part(path, SHEET, sheet))


@pytest.mark.parametrize("dimension", [b"A1", b"A1:XFD1048576", b"C3:D4"])
def test_what_a_sheet_says_of_its_size_is_not_believed(path: Path, dimension: bytes) -> None:
    sheet = part(path, SHEET)
    assert b'<dimension ref="A1:I3"' in sheet
    with_part(path, SHEET, sheet.replace(b'ref="A1:I3"', b'ref="' + dimension + b'"'))
    table = load_recipient_table(path).value
    assert table is not None
    assert [recipient.name for recipient in table.recipients] == ["甲局", "各科"]


def test_wide_rows_cost_no_more_than_narrow_ones(path: Path) -> None:
    wide = b"".join(_row(number, f'<c r="XFD{number}"><v>1</v></c>') for number in range(4, 9000))
    with_part(path, SHEET, part(path, SHEET).replace(b"</sheetData>", wide + b"</sheetData>"))
    assert load_recipient_table(path).value


def test_text_files_that_are_too_long(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("名称,份数\n" + "甲,1\n" * 20_000, encoding="utf-8")
    assert "超过 10000 行" in refused(path)
    path.write_text("名称,份数\n" + "甲" * 200_000 + ",1\n", encoding="utf-8")
    assert "太长" in refused(path)


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_but_never_raises(data: st.DataObject) -> None:
    content = bytearray(_whole())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcome = read_workbook(bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))]), "名册.xlsx")
    assert (outcome.value is None) == bool(outcome.problems)


@settings(max_examples=150)
@given(st.data())
def test_damaged_parts_are_read_or_refused_but_never_raise(data: st.DataObject) -> None:
    """The archive is whole; what is in it is not."""
    fresh = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_whole())) as old, zipfile.ZipFile(fresh, "w") as new:
        broken = data.draw(st.sampled_from([name for name in old.namelist() if "theme" not in name]))
        for name in old.namelist():
            content = bytearray(old.read(name))
            for _ in range(3 if name == broken else 0):
                content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(32, 126))
            new.writestr(name, bytes(content))
    outcome = read_workbook(fresh.getvalue(), "名册.xlsx")
    assert (outcome.value is None) == bool(outcome.problems)


def _whole() -> bytes:
    """The same bytes at any time, as random changes of them need."""
    listed = recipients_in(
        "units:\n  - {name: 甲局, copies: 2, since: 2026-01-01}\ngroups:\n  - {name: 各科, count: 3}\n".encode()
    )
    return render_workbook(listed.value or (), "名册.xlsx").content


def _grow(path: Path) -> None:
    """As much as the limits let through: half a million cells."""
    rows = b"".join(
        _row(
            number,
            "".join(f'<c r="{letter}{number}" t="inlineStr"><is><t>甲{number}</t></is></c>' for letter in "ABCD"),
        )
        for number in range(4, 9_900)
    )
    with_part(path, SHEET, part(path, SHEET).replace(b"</sheetData>", rows + b"</sheetData>"))


@pytest.mark.parametrize("build", [_grow], ids=["largest"])
def test_the_largest_table_within_bounds(path: Path, build: Callable[[Path], None]) -> None:
    """600 MB of memory and a minute of time, both far more than needed."""
    build(path)
    memory = 600 * MEGABYTE
    script = "import sys; from pathlib import Path; from bulletin.load.recipient_table import load_recipient_table as load; print(len(load(Path(sys.argv[1])).problems))"
    done = subprocess.run(
        [sys.executable, "-c", script, path],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONUTF8": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 0
