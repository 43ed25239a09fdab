"""Forms as files: the same bytes each time, no text a formula, labels where the sheets have them, nothing outside its cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import openpyxl
import pikepdf
import pytest

from bulletin.compose.forms import (
    FormSource,
    compose_circulation,
    compose_destruction,
    compose_distribution,
    compose_recall,
    compose_signing,
    compose_slips,
    compose_slips_table,
    form_source,
)
from bulletin.compose.forms.columns import continued
from bulletin.model.artifact import Artifact
from bulletin.model.forms import (
    A4_MM,
    BINDING_MM,
    LABEL_SIZES,
    SLIP_SIZE,
    ColumnKind,
    FormName,
    SheetSize,
    SlipSheet,
    TableForm,
    parse_numbers,
)
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.page import POINTS_PER_MM
from bulletin.model.problem import Problem, Span
from bulletin.model.register import EventKind
from bulletin.prove.forms import prove_slips, prove_table
from bulletin.prove.glyph_lines import lines_of, read_glyphs
from bulletin.render.forms import fit_slips, render_slips, render_table, render_table_workbook
from bulletin.render.workbook import workbook_bytes, write_text
from tests.conftest import BASE, load
from tests.ledger import FILE, assigned

KEY = IssueKey(2026, False, 1)
SPAN = Span("issues/2026-01/issue.yaml")
LONG = "江澜省人民政府发展研究中心离退休干部工作处暨关心下一代工作委员会办公室（老年大学筹备组）"
MEMBERS = 60


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    """An issue for units with names of many lengths, some with addresses."""
    root = tmp_path_factory.mktemp("publication")
    names = [*(f"{'青屏市委老干部局离休处'[: 3 + place % 9]}{place}" for place in range(MEMBERS - 1)), LONG]
    listed = "".join(f"      - {name}\n" for name in names)
    files = BASE | {"house/recipients.yaml": f"groups:\n  - name: 各科\n    copies: 2\n    members:\n{listed}"}
    files["issues/2026-01/issue.yaml"] = files["issues/2026-01/issue.yaml"].replace("  报: [[甲局]]\n", "")
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    issue = load(root)
    group = issue.publication.recipients[0]
    units = tuple(
        replace(unit, address="江澜市解放大街88号院3号楼", contact="办公室") if place % 3 == 0 else unit
        for place, unit in enumerate(group.units)
    )
    return replace(issue, publication=replace(issue.publication, recipients=(replace(group, units=units),)))


@pytest.fixture(scope="module")
def source(issue: Issue) -> FormSource:
    routes = {
        unit.name: ("机要交通", "交换站", "专人", "自取")[place % 4]
        for place, unit in enumerate(issue.publication.recipients[0].units)
    }
    ledger = assigned(issue, routes)
    ledger.say(EventKind.SENT, range(1, 61), str(KEY), due="2026-12-31")
    ledger.say(EventKind.RECEIVED, range(1, 31), str(KEY), note="欧阳文静")
    ledger.say(EventKind.RETURNED, range(1, 21), str(KEY))
    return form_source(issue, ledger.copies(str(KEY)), tuple(ledger.events()), ledger.head(), 44)


COMPOSED = {
    "distribution": compose_distribution,
    "signing": lambda source: compose_signing(source, ""),
    "recall": compose_recall,
    "destruction": compose_destruction,
    "circulation": compose_circulation,
}


def numbers_of(form: TableForm) -> Sequence[int]:
    return [number for text in form.cells(ColumnKind.NUMBERS) for number in parse_numbers(text)]


def slips(source: FormSource, size: SheetSize, start: int = 1) -> SlipSheet:
    return compose_slips(source, FormName.LABELS, size, start, "")


def drawn(sheet: SlipSheet, source: FormSource) -> bytes:
    publication = source.issue.publication
    return render_slips(sheet, fit_slips(sheet, publication), KEY, publication).content


def proved(sheet: SlipSheet, source: FormSource, content: bytes) -> tuple[Problem, ...]:
    return prove_slips(sheet, range(1, 2 * MEMBERS + 1), content, SPAN)


@pytest.fixture(scope="module")
def table_of(source: FormSource) -> Callable[[str], Artifact]:
    """Each register as printed, once."""
    return cache(lambda name: render_table(COMPOSED[name](source), KEY, source.issue.publication))


@pytest.mark.parametrize("name", COMPOSED)
def test_a_register_is_printed_and_read_back(
    name: str, source: FormSource, table_of: Callable[[str], Artifact]
) -> None:
    form, artifact = COMPOSED[name](source), table_of(name)
    assert artifact.path == f"2026-01/forms/{form.name.value}.pdf"
    assert prove_table(form, numbers_of(form), artifact.content, SPAN) == ()
    assert render_table(form, KEY, source.issue.publication).content == artifact.content
    with pikepdf.open(io.BytesIO(artifact.content)) as pdf:
        assert pdf.Root.Lang == "zh-CN"
        assert str(pdf.docinfo["/Title"]) == f"《测试动态》2026年第1期（总第10期）{form.name.value}"
        width, height = (float(side) / POINTS_PER_MM for side in pdf.pages[0].mediabox[2:])
        assert (round(width), round(height)) == ((297, 210) if form.landscape else (210, 297))


def test_rows_are_high_enough_to_write_in(source: FormSource, table_of: Callable[[str], Artifact]) -> None:
    """8 mm and more from baseline to baseline, where the register is not known yet."""
    for name, compose in COMPOSED.items():
        form, content = compose(source), table_of(name).content
        first = form.columns[0].width_mm * POINTS_PER_MM + 25 * POINTS_PER_MM
        lines = lines_of(glyph for glyph in next(read_glyphs(content)) if glyph.x_pt < first)
        serials = [line for line in lines if line.text.isdecimal()]
        gaps = [a.baseline_pt - b.baseline_pt for a, b in pairwise(serials)]
        assert min(gaps) >= 8 * POINTS_PER_MM - 0.1


@pytest.mark.parametrize("size", LABEL_SIZES, ids=lambda size: size.name)
def test_labels_of_every_size_hold_their_texts(size: SheetSize, source: FormSource) -> None:
    sheet = slips(source, size)
    content = drawn(sheet, source)
    assert proved(sheet, source, content) == ()
    assert size is not LABEL_SIZES[0] or drawn(sheet, source) == content, "the same bytes each time"
    pages = -(-MEMBERS // size.per_sheet)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == pages
        width, height = (float(side) / POINTS_PER_MM for side in pdf.pages[0].mediabox[2:])
        assert (width, height) == pytest.approx(size.paper_mm, abs=0.01)


@pytest.mark.parametrize("size", LABEL_SIZES, ids=lambda size: size.name)
def test_sheets_of_labels_fit_their_paper(size: SheetSize) -> None:
    _, left, top = size.place_mm(0)
    _, last_left, last_top = size.place_mm(size.per_sheet - 1)
    width, height = size.paper_mm
    assert left >= -1e-9
    assert top >= -1e-9
    assert last_left + size.width_mm == pytest.approx(width - left)
    assert last_top + size.height_mm == pytest.approx(height - top)
    assert (size.roll and size.paper_mm != A4_MM) or size.paper_mm == A4_MM
    assert size.name == f"{size.width_mm:g}x{size.height_mm:g}"


def test_sheets_with_gaps_have_the_margins_of_their_makers() -> None:
    sizes = {size.name: size for size in LABEL_SIZES}
    for name, margins in {"63.5x38.1": (7.25, 15.15), "99.1x38.1": (4.65, 15.15), "70x37": (0, 0.5)}.items():
        assert sizes[name].place_mm(0)[1:] == pytest.approx(margins)
    assert sizes["63.5x38.1"].place_mm(1)[1] == pytest.approx(7.25 + 66)


def test_a_begun_sheet_is_gone_on_with(source: FormSource) -> None:
    size = LABEL_SIZES[0]
    sheet = slips(source, size, start=4)
    content = drawn(sheet, source)
    assert proved(sheet, source, content) == ()
    assert proved(slips(source, size), source, content)
    glyphs = next(read_glyphs(content))
    used = {(glyph.x_pt // (297.6), round(glyph.y_pt)) for glyph in glyphs}
    _, _, top = size.place_mm(3)
    assert max(y for _, y in used) < (297 - top) * POINTS_PER_MM
    first_row = [x for x, y in used if y > (297 - top - size.height_mm) * POINTS_PER_MM]
    assert set(first_row) == {1}


def test_long_names_are_set_smaller_and_the_rest_alike(source: FormSource) -> None:
    levels = fit_slips(slips(source, LABEL_SIZES[0]), source.issue.publication)
    assert None not in levels
    assert levels[-1] > levels[0]
    assert len(set(levels[:-1])) == 1


def test_what_does_not_fit_at_any_size_is_said(source: FormSource) -> None:
    sheet = slips(source, next(size for size in LABEL_SIZES if size.name == "60x40"))
    crowded = replace(sheet, slips=(replace(sheet.slips[0], holder=LONG * 4), *sheet.slips[1:]))
    levels = fit_slips(crowded, source.issue.publication)
    assert levels[0] is None
    assert None not in levels[1:]


def test_scattered_numbers_are_never_broken_and_stay_in_their_places(source: FormSource) -> None:
    numbers = [*range(1, 150, 2)]
    text = "、".join(f"{number:06}" for number in numbers)
    sheet = compose_slips(source, FormName.RECEIPTS, SLIP_SIZE, 1, "")
    one = replace(sheet, slips=(replace(sheet.slips[0], numbers=text, copies=len(numbers)),))
    assert prove_slips(one, numbers, drawn(one, source), SPAN) == ()
    large = replace(one, name=FormName.LABELS, size=next(size for size in LABEL_SIZES if size.name == "105x74"))
    assert prove_slips(large, numbers, drawn(large, source), SPAN) == ()
    form = compose_distribution(source)
    row = (*form.rows[0][:3], str(len(numbers)), text, *form.rows[0][5:])
    part = replace(form.parts[0], rows=continued([row], form.columns), total=())
    assert len(part.rows) == 4
    table = replace(form, parts=(part,))
    content = render_table(table, KEY, source.issue.publication).content
    assert prove_table(table, numbers, content, SPAN) == ()
    found = [line.text for glyphs in read_glyphs(content) for line in lines_of(glyphs)]
    assert all(any(f"{number:06}" in line for line in found) for number in numbers)


def test_a_number_in_a_remark_is_never_broken(issue: Issue) -> None:
    """Six figures or eight, alone or a range: each stands in one line of the narrow columns of words."""
    for digits in (6, 8):
        style = replace(issue.publication.copy_number, digits=digits)
        wide = replace(issue, publication=replace(issue.publication, copy_number=style))
        source = form_source_of(wide)
        for compose in (compose_distribution, compose_recall):
            form = compose(source)
            content = render_table(form, KEY, wide.publication).content
            assert prove_table(form, numbers_of(form), content, SPAN) == ()
            place = next(at for at, column in enumerate(form.columns) if column.title in ("备注", "缺份及说明"))
            left = (BINDING_MM + sum(column.width_mm for column in form.columns[:place])) * POINTS_PER_MM
            right = left + form.columns[place].width_mm * POINTS_PER_MM
            glyphs = [glyph for page in read_glyphs(content) for glyph in page if left <= glyph.x_pt < right]
            text = "\n".join(line.text for line in lines_of(glyphs))
            ranges = [each for row in form.rows for each in re.findall(r"\d{6,}(?:－\d+)?", row[place])]
            assert len(ranges) >= 2
            assert all(each in text for each in ranges)


def form_source_of(issue: Issue) -> FormSource:
    """A register in which remarks have much to say of two units' copies."""
    ledger, key = assigned(issue), str(KEY)
    ledger.say(EventKind.REPRINTED, [1, 2, 3], key, note="卡纸", file=FILE)
    ledger.say(EventKind.SENT, range(1, 5), key)
    ledger.say(EventKind.LOST, [1, 2], key, note="搬家")
    ledger.say(EventKind.RETURNED, [3], key)
    return form_source(issue, ledger.copies(key), tuple(ledger.events()), ledger.head(), 44)


def test_each_part_is_numbered_by_itself(source: FormSource) -> None:
    form = compose_signing(source, "")
    content = render_table(form, KEY, source.issue.publication).content
    feet = [lines_of(glyph for glyph in glyphs if glyph.y_pt < 14 * POINTS_PER_MM) for glyphs in read_glyphs(content)]
    assert len(form.parts) == 4
    assert ["".join(line.text for line in lines).replace("　", "") for lines in feet] == ["第1页共1页"] * 4
    crowded = replace(form, parts=(form.parts[0], replace(form.parts[1], rows=form.parts[1].rows * 3, total=())))
    content = render_table(crowded, KEY, source.issue.publication).content
    feet = [lines_of(glyph for glyph in glyphs if glyph.y_pt < 14 * POINTS_PER_MM) for glyphs in read_glyphs(content)]
    texts = ["".join(line.text for line in lines).replace("　", "") for lines in feet]
    assert texts == ["第1页共1页", "第1页共3页", "第2页共3页", "第3页共3页"]


@pytest.mark.parametrize("size", [*LABEL_SIZES, SLIP_SIZE], ids=lambda size: size.name)
def test_offices_without_a_name_have_room_for_it(size: SheetSize, source: FormSource) -> None:
    """A line to write on below the name of the group, or after it: nothing is printed where the name will be."""
    name = FormName.RECEIPTS if size is SLIP_SIZE else FormName.LABELS
    sheet = compose_slips(source, name, size, 1, "")
    slips = tuple(replace(each, holder="各县（市、区）委老干部局", office=1, nameless=True) for each in sheet.slips)
    sheet = replace(sheet, slips=slips)
    content = drawn(sheet, source)
    assert proved(sheet, source, content) == ()
    page, left, top = size.place_mm(0)
    assert page == 0
    edge, below = (left + size.width_mm) * POINTS_PER_MM, (size.paper_mm[1] - top - size.height_mm) * POINTS_PER_MM
    glyphs = [each for each in next(read_glyphs(content)) if each.x_pt < edge and each.y_pt > below]
    lines = lines_of(glyphs)
    place = next(place for place, line in enumerate(lines) if "老干部局：" in line.text)
    if name is FormName.RECEIPTS:
        assert edge - lines[place].glyphs[-1].right_pt > 55 * POINTS_PER_MM
    else:
        assert lines[place].baseline_pt - lines[place + 1].baseline_pt > 8.5 * POINTS_PER_MM


def test_receipts_have_room_to_sign_and_are_cut_apart(source: FormSource) -> None:
    sheet = compose_slips(source, FormName.RECEIPTS, SLIP_SIZE, 1, "")
    content = drawn(sheet, source)
    assert proved(sheet, source, content) == ()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == MEMBERS // 4


def workbook(form: TableForm) -> tuple[bytes, openpyxl.Workbook]:
    content = render_table_workbook(form, KEY, date(2026, 1, 20)).content
    return content, openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("name", COMPOSED)
def test_a_workbook_has_the_same_columns_and_rows(name: str, source: FormSource) -> None:
    form = COMPOSED[name](source)
    _, book = workbook(form)
    assert len(book.worksheets) == len(form.parts)
    for sheet, part in zip(book.worksheets, form.parts, strict=True):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        heads = [column.title for column in form.columns]
        place = rows.index(heads) + 1
        shown = [["" if value is None else str(value) for value in row] for row in rows]
        expected = [list(row) for row in part.rows] + ([list(part.total)] if part.total else [])
        assert shown[place : place + len(expected)] == expected
        assert sheet.print_title_rows == f"${place}:${place}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (9, 1, 0)
        assert sheet.page_setup.orientation == ("landscape" if form.landscape else "portrait")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert form.anchor in [row[0] for row in rows]


def test_figures_are_numbers_and_copy_numbers_are_text(source: FormSource) -> None:
    """序号, 份数, 页数 and 清退份数 can be added and sorted, and Excel has nothing to remark; 000015 stays 000015."""
    for compose, figures in (
        (compose_distribution, {"序号": 1, "份数": 2, "清退份数": 2}),
        (compose_recall, {"序号": 1, "应退份数": 2, "实退份数": 2}),
        (compose_destruction, {"序号": 1, "份数": 2, "页数": 44}),
    ):
        form = compose(source)
        _, book = workbook(form)
        heads = [column.title for column in form.columns]
        rows = [list(row) for row in book.worksheets[0].iter_rows()]
        first = rows[[[cell.value for cell in row] for row in rows].index(heads) + 1]
        cells = dict(zip(heads, first, strict=True))
        assert {head: cells[head].value for head in figures} == figures
        assert {cells[head].data_type for head in figures} == {"n"}
        assert {cells[head].number_format for head in figures} == {"General"}
        numbers = next(cell for cell in first if cell.value == "000001－000002")
        assert (numbers.data_type, numbers.number_format) == ("s", "@")


def test_counts_are_numbers_and_all_else_is_text(source: FormSource) -> None:
    form = compose_distribution(source)
    odd = tuple(f"{mark}1+1" for mark in "=+-@")
    row = (*form.rows[0][:2], *odd[:1], "2", *form.rows[0][4:9], *odd[1:], "")
    _, book = workbook(replace(form, parts=(replace(form.parts[0], rows=(row,)),)))
    cells = {cell.value: cell for line in book.worksheets[0].iter_rows() for cell in line if cell.value is not None}
    assert cells[2].data_type == "n"
    for text in odd:
        assert cells[text].data_type != "f"
        assert cells[text].quotePrefix
        assert cells[text].number_format == "@"
    assert cells["000001－000002"].data_type in ("s", "inlineStr")
    assert "<f>" not in _sheet_xml(workbook(form)[0])


def _sheet_xml(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_workbook_has_no_clock_in_it(source: FormSource) -> None:
    first, _ = workbook(compose_distribution(source))
    assert workbook(compose_distribution(source))[0] == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-01-20T00:00:00Z") == 2
    book = openpyxl.Workbook()
    write_text(book.worksheets[0]["A1"], "=HYPERLINK()")
    assert b"openpyxl" not in zipfile.ZipFile(io.BytesIO(workbook_bytes(book, "题", date(2026, 1, 1)))).read(
        "docProps/core.xml"
    )


def test_slips_are_a_list_too(source: FormSource) -> None:
    sheet = slips(source, LABEL_SIZES[0])
    _, book = workbook(compose_slips_table(source, sheet))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [1, "青屏市0", "办公室", "江澜市解放大街88号院3号楼", 2, "000001－000002", "机要交通"] in rows
