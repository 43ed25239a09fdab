"""Copies traced from what comes back: files, scans and photographs, faint codes among them; and from what is sent to do harm."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from PIL import Image

from bulletin.model.copies import CodeKind, CopyCode, CopyMarks
from bulletin.model.errors import UsageError
from bulletin.model.page import POINTS_PER_MM
from bulletin.model.stamp import FileKind, MarkedFile, PageKind
from bulletin.prove.code_reading import read_codes
from bulletin.prove.tracing import PAGE_LIMIT, read_copy_marks
from bulletin.render.copies import Stamper, render_single
from bulletin.render.copies.symbols import qr_modules
from tests.copies import EVERYTHING, SADDLE, print_issue, six_pages
from tests.photographs import drawn, jpeg, noisy, photographed, scan_pdf, scanned, screened
from tests.sheets import numbered_pdf


@pytest.fixture(scope="module")
def copy() -> bytes:
    """Copy 7 with everything on it."""
    printed = six_pages()
    stamper = Stamper(printed.stamping(EVERYTHING), printed.digits)
    return render_single(printed.content, printed.stamps([7])[0], stamper)


def code(number: int = 7, publication: str = "测试动态") -> CopyCode:
    (stamp,) = six_pages().stamps([number])
    assert stamp.code
    return CopyCode(publication, stamp.code.issue, stamp.code.number, stamp.code.check)


def test_a_pdf_tells_its_copy_on_every_page(copy: bytes) -> None:
    marks = read_copy_marks(copy).marks
    assert [mark.page for mark in marks] == [1, 2, 3, 4, 5, 6]
    assert {mark.numbers for mark in marks} == {("000007",)}
    assert set(marks[0].codes) == {code(), code(publication="")}
    assert {mark.codes for mark in marks[1:]} == {(code(publication=""),)}
    assert (marks[0].issue, {mark.issue for mark in marks[1:]}) == ("2026-01", {""})


def test_a_number_alone() -> None:
    printed = six_pages()
    content = render_single(printed.content, printed.stamps([7])[0], Stamper(printed.stamping(), printed.digits))
    (mark,) = read_copy_marks(content).marks
    assert (mark.page, mark.issue, mark.numbers, mark.codes) == (1, "2026-01", ("000007",), ())


def test_what_bears_no_number_tells_nothing() -> None:
    """But whoever asks is told what was looked into: better light helps a photograph, and no PDF."""
    assert read_copy_marks(six_pages().content) == MarkedFile(FileKind.PDF, ())
    assert read_copy_marks(numbered_pdf(2)) == MarkedFile(FileKind.PDF, ())
    assert read_copy_marks(jpeg(Image.new("L", (300, 300), 255))) == MarkedFile(FileKind.PICTURE, ())


def test_the_number_at_the_left() -> None:
    printed = print_issue(
        "copy_number: {position: left, digits: 8}\n",
        "---\nkind: report\ntitle: 题\norganization: 某县\n---\n\n一段。\n",
    )
    content = render_single(printed.content, printed.stamps([1234])[0], Stamper(printed.stamping(), printed.digits))
    assert [mark.numbers for mark in read_copy_marks(content).marks] == [("00001234",)]


@pytest.mark.parametrize(
    "marks", [CopyMarks(code=CodeKind.QR), CopyMarks(code=CodeKind.DATAMATRIX)], ids=["qr", "datamatrix"]
)
def test_all_copies_of_a_run_on_sheets(marks: CopyMarks) -> None:
    found = read_copy_marks(six_pages().run([3, 4], marks, SADDLE).content).marks
    assert [mark.numbers for mark in found] == [("000003",), ("000004",)]
    name = "测试动态" if marks.code is CodeKind.QR else ""
    assert [mark.codes for mark in found] == [(code(3, name),), (code(4, name),)]


@pytest.mark.parametrize(
    ("page", "degrees"), [(0, 0), (0, -12), (0, 187), (1, 7), (1, 90), (1, 187), (4, 0), (4, 7), (4, -12), (4, 90)]
)
def test_a_photograph_of_any_page(copy: bytes, page: int, degrees: float) -> None:
    """Turned, from the side, in a shadow, noisy, as a JPEG of quality 60."""
    content = jpeg(photographed(drawn(copy, page, 250), degrees))
    (mark,) = read_copy_marks(content).marks
    assert set(mark.codes) & {code(), code(publication="")}
    assert (mark.page, mark.numbers, mark.issue) == (1, (), "")


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photograph_that_is_to_be_turned(copy: bytes, orientation: int) -> None:
    (mark,) = read_copy_marks(jpeg(photographed(drawn(copy, 1, 250)), orientation=orientation)).marks
    assert mark.codes == (code(publication=""),)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP", "BMP"])
def test_other_pictures(copy: bytes, kind: str) -> None:
    file = io.BytesIO()
    drawn(copy, 1).save(file, kind)
    assert [mark.codes for mark in read_copy_marks(file.getvalue()).marks] == [(code(publication=""),)]


def test_scans_in_a_pdf_and_in_a_tiff_of_several_pages(copy: bytes) -> None:
    scans = [noisy(drawn(copy, page), 5) for page in (2, 3)]
    assert [(mark.page, mark.codes) for mark in read_copy_marks(scan_pdf(scans, 200)).marks] == [
        (1, (code(publication=""),)),
        (2, (code(publication=""),)),
    ]
    file = io.BytesIO()
    fresh = [scan.copy() for scan in scans]  # Pillow's encoders leave their settings in a picture
    fresh[0].save(file, "TIFF", save_all=True, append_images=fresh[1:])
    assert [mark.page for mark in read_copy_marks(file.getvalue()).marks] == [1, 2]


@pytest.mark.parametrize("lines_per_inch", [106, 141])
@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("number", [7, 123456])
def test_the_faint_code_outlives_printing_and_scanning(lines_per_inch: int, dpi: int, number: int) -> None:
    """12 % of black is screened by a laser printer into dots a third of a millimetre and less apart."""
    run = six_pages().run([number], CopyMarks(tracing=True))
    place = run.stamping.tracing_place
    left, foot = (edge / POINTS_PER_MM for edge in (place(PageKind.EVEN).left_pt, place(PageKind.EVEN).foot_pt))
    area = (left - 8, 297 - foot - 18, left + 18, 297 - foot + 8)
    print_ = screened(run.content, 1, area, lines_per_inch)
    assert read_codes(scanned(print_, dpi, 5)) == (code(number, "").text().strip(),)


def test_the_faint_code_is_hardly_seen(copy: bytes) -> None:
    """No darker than an eighth of black, on a hundredth of the paper's width and height."""
    page = drawn(copy, 1)
    box = (0, page.height - round(25 / 25.4 * 200), page.width, page.height - round(8 / 25.4 * 200))
    greys = page.crop(box).tobytes()
    assert min(greys) >= 220
    assert sum(grey < 250 for grey in greys) / (page.width * page.height) < 0.002


LOCKED = "加了密码"
BROKEN = "打不开"


def locked() -> bytes:
    with pikepdf.open(io.BytesIO(numbered_pdf(1))) as pdf:
        file = io.BytesIO()
        pdf.save(file, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return file.getvalue()


def bomb() -> bytes:
    """A PNG of some kilobytes that says it is 20,000 pixels wide and high."""
    file = io.BytesIO()
    Image.new("1", (16, 16)).save(file, "PNG")
    content = bytearray(file.getvalue())
    content[16:24] = (20_000).to_bytes(4) * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", BROKEN),
        (b"hello", BROKEN),
        (b"%PDF-1.7\n" + b"\0" * 1000, BROKEN),
        (b"PK\x03\x04" + b"\0" * 100, BROKEN),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, BROKEN),
        (b"\0\0\0\x18ftypheic" + b"\0" * 100, BROKEN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", BROKEN),
        (locked(), LOCKED),
        (bomb(), "像素"),
    ],
    ids=["empty", "text", "no-pdf", "zip", "no-png", "heic", "svg", "locked", "bomb"],
)
def test_files_that_cannot_be_traced(content: bytes, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_copy_marks(content)
    assert said in str(raised.value)
    assert str(raised.value.advice)


def test_a_pdf_cut_short(copy: bytes) -> None:
    """PDFium may mend it, or not; nothing else may happen."""
    for length in (1000, len(copy) // 2, len(copy) - 500):
        try:
            marks = read_copy_marks(copy[:length]).marks
        except UsageError as fault:
            assert BROKEN in str(fault)  # noqa: PT017
        else:
            assert all(mark.page for mark in marks)


def test_a_photograph_cut_short_still_tells_what_is_left(copy: bytes) -> None:
    content = jpeg(drawn(copy, 0), 90)
    (mark,) = read_copy_marks(content[: len(content) * 2 // 3]).marks
    assert code() in mark.codes


def test_more_pages_than_are_looked_at() -> None:
    with pytest.raises(UsageError, match=f"最多查 {PAGE_LIMIT} 页"):
        read_copy_marks(numbered_pdf(PAGE_LIMIT + 1))


def test_codes_of_others_are_left_out() -> None:
    modules = qr_modules("https://example.org/ 1 2")
    picture = Image.new("L", (len(modules), len(modules)), 255)
    picture.putdata([0 if ink else 255 for row in modules for ink in row])
    page = Image.new("L", (800, 800), 255)
    page.paste(picture.resize((400, 400), Image.Resampling.NEAREST), (200, 200))
    assert read_codes(page) == ("https://example.org/ 1 2",)
    assert read_copy_marks(jpeg(page)).marks == ()


def test_codes_that_can_be_read_and_those_that_cannot() -> None:
    right = code()
    assert CopyCode.parse(right.text()) == right
    assert CopyCode.parse(right.compact()) == code(publication="")
    named = CopyCode("工作 动态", "2026-s1", "000001", "00AA11BB")
    assert CopyCode.parse(named.text()) == named
    for text in (
        "",
        "2026-01 000001",
        "2026-01 一二三 1A2B3C4D",
        "2026-01 000001 1a2b3c4d",
        "2026-01 000001 1A2B3C4D9",
        " 1 2",
        "2026-01 123456789 1A2B3C4D",
        f"2026-01 {'1' * 5_000} 1A2B3C4D",
    ):
        assert CopyCode.parse(text) is None, text
