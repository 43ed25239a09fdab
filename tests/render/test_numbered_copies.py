"""Numbered copies as they are written: stamped, shared, labelled, and read by every program that may meet them."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from bulletin.model.copies import CodeKind, CopyMarks
from bulletin.model.page import POINTS_PER_MM, WIDTH_PT, left_margin_pt
from bulletin.model.press import Colour
from bulletin.model.stamp import SMALL_BASELINE_PT, PageKind
from bulletin.render.copies import Stamper, render_single
from bulletin.render.copies.appending import Appendix
from bulletin.render.copies.symbols import datamatrix_modules, qr_modules
from tests.conftest import ARTICLE, BASE, REPOSITORY
from tests.copies import EVERYTHING, PLAIN, SADDLE, copy_pages, print_issue, six_pages, text_of_page
from tests.pages import Glyph, glyphs_of
from tests.programs import installed, node_of
from tests.sheets import numbered_pdf, operators

PDFJS_PAGE = Path(__file__).with_name("pdfjs_page.mjs")
COPIES = 5


def number_on(content: bytes, page: int) -> list[Glyph]:
    """The glyphs of the number after its label, on a page from 1."""
    glyphs = glyphs_of(content, page)
    label = next(glyph for glyph in glyphs if glyph.character == "编")
    return [glyph for glyph in glyphs if abs(glyph.y_mm - label.y_mm) < 0.1 and glyph.character.isdigit()]


def said(glyphs: list[Glyph]) -> str:
    return "".join(glyph.character for glyph in sorted(glyphs, key=lambda glyph: glyph.x_mm))


def test_each_copy_has_its_number_and_nothing_else_changes() -> None:
    run = six_pages().run(COPIES)
    pages = len(pikepdf.open(io.BytesIO(run.printed)).pages)
    before = [text_of_page(run.printed, page).split() for page in range(pages)]
    for copy in range(COPIES):
        number = f"{copy + 1:06}"
        for page in range(pages):
            found = text_of_page(run.content, copy * pages + page)
            assert found.count(number) == (page == 0)
            assert found.replace(number, "").split() == before[page]


@pytest.mark.parametrize("settings", ["", "copy_number: {position: left, digits: 8}\n", "typesetting: {size: 16}\n"])
def test_the_number_stands_as_if_it_had_been_set_with_its_label(settings: str) -> None:
    """On the label's line, in its size, right behind it, in the face that its digits have; within the type area."""
    printed = print_issue(settings, BASE[ARTICLE])
    run = printed.run([123])
    label = [glyph for glyph in glyphs_of(run.printed, 1) if glyph.character in "编号："][:3]
    number = number_on(run.content, 1)
    assert said(number) == run.stamps[0].number
    assert {round(glyph.y_mm, 2) for glyph in number} == {round(label[0].y_mm, 2)}
    assert {round(glyph.size_pt, 2) for glyph in number} == {round(label[0].size_pt, 2)}
    assert number[0].x_mm == pytest.approx(label[2].x_mm + label[2].size_pt / POINTS_PER_MM, abs=0.02)
    assert {(glyph.face, glyph.colour) for glyph in number} == {("Lat", (0, 0, 0))}
    end = number[-1].x_mm + number[-1].size_pt / 2 / POINTS_PER_MM
    assert end < (left_margin_pt(1) + WIDTH_PT) / POINTS_PER_MM


def test_small_numbers_stand_across_from_the_folio() -> None:
    """At the binding edge, flush with the type area, about the height of the folio's dash; the first page has its own."""
    run = six_pages().run(1, CopyMarks(every_page=True))
    for page in range(2, 7):
        small = [glyph for glyph in glyphs_of(run.content, page) if glyph.size_pt == pytest.approx(7.5, abs=0.01)]
        assert said(small) == "000001"
        (dash, *_) = (
            glyph for glyph in glyphs_of(run.content, page) if glyph.character == "—" and glyph.size_pt < 14.1
        )
        assert abs(small[0].y_mm - dash.y_mm) < 1
        assert small[0].y_mm == pytest.approx(297 - SMALL_BASELINE_PT / POINTS_PER_MM, abs=0.01)
        margin = left_margin_pt(page) / POINTS_PER_MM
        edge = small[-1].x_mm + 3.75 / POINTS_PER_MM if page % 2 == 0 else small[0].x_mm
        assert edge == pytest.approx(margin + 156 if page % 2 == 0 else margin, abs=0.02)
        assert abs(small[0].x_mm - dash.x_mm) > 100
    assert not [glyph for glyph in glyphs_of(run.content, 1) if glyph.size_pt < 8]


def test_what_copies_share_is_there_once() -> None:
    run = six_pages().run(COPIES, EVERYTHING)
    sheets = pikepdf.open(io.BytesIO(run.sheets))
    drawn = {page.obj.Contents.objgen for page in sheets.pages}
    with pikepdf.open(io.BytesIO(run.content)) as pdf:
        fonts = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        ]
        names = [str(font.BaseFont) for font in fonts if font.get("/Subtype") == "/Type0"]
        assert len(names) == len(set(names)), "a press that keeps fonts by name would mistake one for the other"
        assert sum(name.startswith("/DIGITS+") for name in names) == 1
        copies = copy_pages(pdf, len(run.order))
        resources = [[page.Resources.objgen for page in copy] for copy in copies]
        assert all(each == resources[0] for each in resources)
        for copy in copies:
            assert {stream.objgen for page in copy for stream in page.Contents} >= drawn
            own = {stream.objgen for page in copy for stream in page.Contents}
            others = {
                stream.objgen for other in copies if other is not copy for page in other for stream in page.Contents
            }
            assert len(own - others) == 3
        forms = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        assert len(forms) == len(sheets.pages), "no form mixes what is fixed with what varies"


def test_a_run_begins_with_its_sheets_byte_for_byte() -> None:
    run = six_pages().run(COPIES)
    assert run.content.startswith(run.sheets)


def test_a_single_copy_begins_with_what_was_signed_byte_for_byte() -> None:
    printed = six_pages()
    (stamp,) = printed.stamps([7])
    for marks in (CopyMarks(), EVERYTHING):
        content = render_single(printed.content, stamp, Stamper(printed.stamping(marks), printed.digits))
        assert content.startswith(printed.content)
        assert len(content) < len(printed.content) + 12_000
        assert said(number_on(content, 1)) == "000007"


@pytest.mark.parametrize("copies", [1, 63, 64, 65, 130])
def test_labels_and_page_tree(copies: int) -> None:
    run = six_pages().run(copies)
    sides = len(run.order)
    with pdfium.PdfDocument(run.content) as document:
        assert len(document) == copies * sides
        labels = [document.get_page_label(page) for page in range(len(document))]
    assert labels == [f"{copy:06}-{side}" for copy in range(1, copies + 1) for side in range(1, sides + 1)]
    with pikepdf.open(io.BytesIO(run.content)) as pdf:
        assert len(pdf.pages) == copies * sides
        assert len(pdf.Root.Pages.Kids) == -(-copies // 64)


def test_the_same_bytes_whatever_the_seed_of_hashes(tmp_path: Path) -> None:
    script = (
        "import sys; from tests.copies import *; run = six_pages().run(3, EVERYTHING, SADDLE);"
        "sys.stdout.buffer.write(run.content)"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "77")
    ]
    assert made[0] == made[1] == six_pages().run(3, EVERYTHING, SADDLE).content
    assert six_pages().run(4, EVERYTHING, SADDLE).content != made[0]


def test_bytes_grow_with_copies_and_no_faster() -> None:
    sizes = [len(six_pages().run(copies, CopyMarks(code=CodeKind.QR)).content) for copies in (100, 200, 300)]
    first, second = sizes[1] - sizes[0], sizes[2] - sizes[1]
    assert second == pytest.approx(first, rel=0.05)
    assert first / 100 < 2_000


@pytest.mark.parametrize(("colour", "inks"), [(Colour.GREY, {"g"}), (Colour.CMYK, {"k"})])
def test_stamps_are_printed_in_black_ink(colour: Colour, inks: set[str]) -> None:
    """In grey and CMYK no other ink is touched, as register of the press would show; 12 % for what is hardly seen."""
    profile = replace(PLAIN, colour=colour, crop_marks=True)
    run = six_pages().run(1, EVERYTHING, profile)
    before = list(operators(run.sheets))
    with pikepdf.open(io.BytesIO(run.content)) as pdf:
        streams = [stream for page in pdf.pages for stream in page.Contents]
        content = b"\n".join(
            stream.read_bytes()
            for stream in streams
            if b" re" in stream.read_bytes() and b"/P" not in stream.read_bytes()
        )
    used = {name.decode() for name in re.findall(rb"\b(rg|RG|g|G|k|K)\b", content)}
    assert used == inks
    assert before
    shades = {shade.decode() for shade in re.findall(rb"([\d.]+) [gk]\b", content)}
    assert shades == ({"0", "0.88"} if colour is Colour.GREY else {"1", "0.12"})


def test_codes_are_as_the_standards_have_them() -> None:
    modules = qr_modules("测试动态 2026-01 000001 1A2B3C4D")
    assert len(modules) in {29, 33}
    finder = [list(row[:7]) for row in modules[:7]]
    assert finder[0] == [1] * 7
    assert finder[1] == [1, 0, 0, 0, 0, 0, 1]
    matrix = datamatrix_modules("2026-01 000001 1A2B3C4D")
    assert len(matrix) == len(matrix[0]) == 18
    assert all(row[0] for row in matrix)
    assert all(matrix[-1])
    assert [row[-1] for row in matrix] == [0, 1] * 9
    assert len(datamatrix_modules("2026-s1 00000001 ABCDEFAB")) == 20


def rendered(content: bytes, page: int) -> Image.Image:
    with pdfium.PdfDocument(content) as document:
        picture: Image.Image = document[page].render(scale=100 / 72, grayscale=True).to_pil()
    return picture.convert("L")


@pytest.mark.parametrize("profile", [PLAIN, SADDLE], ids=lambda profile: profile.name)
def test_nothing_but_the_stamps_is_seen_to_change(profile: object) -> None:
    """By the pixel: where a copy differs from its sheets is where its stamps belong."""
    run = six_pages().run(2, EVERYTHING, profile)  # type: ignore[arg-type]
    sides = len(run.content and run.order) if profile is PLAIN else len(run.order) // 2
    stamping, scale = run.stamping, 100 / 72
    for side in range(sides):
        before, after = rendered(run.sheets, side), rendered(run.content, sides + side)
        if profile is PLAIN:
            places = [stamping.tracing_place(PageKind.of(side + 1))]
            areas = [
                (place.left_pt, place.foot_pt, place.left_pt + place.edge_pt, place.foot_pt + place.edge_pt)
                for place in places
            ]
            number = stamping.number_place(PageKind.of(side + 1))
            assert number
            width = 6 * number.size_pt / 2
            left = number.x_pt - (width if number.right else 0)
            areas.append((left - 1, number.y_pt - 3, left + width + 1, number.y_pt + number.size_pt))
            if side == 0:
                code = stamping.code_place
                areas.append((code.left_pt, code.foot_pt, code.left_pt + code.edge_pt, code.foot_pt + code.edge_pt))
            for left, foot, right, top in areas:
                box = (
                    int(left * scale) - 1,
                    int(before.height - top * scale) - 1,
                    int(right * scale) + 2,
                    int(before.height - foot * scale) + 2,
                )
                assert ImageChops.difference(before.crop(box), after.crop(box)).getbbox(), "the stamp is seen"
                for each in (before, after):
                    each.paste(255, box)
            assert ImageChops.difference(before, after).getbbox() is None
        else:
            changed = sum(ImageChops.difference(before, after).point(lambda grey: 255 * (grey > 10)).histogram()[255:])
            assert 0 < changed < before.width * before.height / 100


def test_house_contents_that_leave_the_page_turned_do_not_turn_the_stamp() -> None:
    """The engine's pages begin with a matrix that is never undone: the stamp is drawn as if it were not there."""
    with pikepdf.open(io.BytesIO(six_pages().content)) as pdf:
        start = pdf.pages[0].Contents.read_bytes().split()[:7]
    assert start[-1] == b"cm"
    printed = six_pages()
    content = render_single(printed.content, printed.stamps([1])[0], Stamper(printed.stamping(), printed.digits))
    assert {glyph.size_pt > 0 and round(glyph.size_pt, 2) for glyph in number_on(content, 1)} == {15.75}


@pytest.mark.slow
def test_other_programs_read_and_draw_the_last_copy(tmp_path: Path, pdfjs: Path) -> None:
    """qpdf finds nothing; poppler, MuPDF and pdf.js read its number; what poppler and MuPDF draw of it is alike."""
    copies = 130
    run = six_pages().run(copies, CopyMarks(code=CodeKind.QR))
    path = tmp_path / "run.pdf"
    path.write_bytes(run.content)
    page = str((copies - 1) * len(run.order) + 1)
    qpdf = subprocess.run([installed("qpdf", "qpdf"), "--check", str(path)], check=True, capture_output=True, text=True)
    assert "No syntax or stream encoding errors found" in qpdf.stdout
    assert "WARNING" not in qpdf.stdout + qpdf.stderr
    poppler = [installed("pdftotext", "poppler-utils"), "-f", page, "-l", page, str(path), "-"]
    assert f"{copies:06}" in subprocess.run(poppler, check=True, capture_output=True, text=True).stdout
    mupdf = [installed("mutool", "mupdf-tools"), "draw", "-q", "-F", "txt", str(path), page]
    assert f"{copies:06}" in subprocess.run(mupdf, check=True, capture_output=True, text=True).stdout
    said = subprocess.run(
        [node_of(pdfjs), str(PDFJS_PAGE), str(pdfjs / "pdfjs-dist"), str(path), page], check=True, capture_output=True
    )
    found = json.loads(said.stdout)
    assert found["label"] == f"{copies:06}-1"
    assert f"{copies:06}" in found["text"]
    assert f"{copies:06}" in found["shown"], "what is drawn"
    drawn = [tmp_path / "poppler", tmp_path / "mupdf.png"]
    subprocess.run(
        [
            installed("pdftoppm", "poppler-utils"),
            "-r",
            "100",
            "-gray",
            "-png",
            "-singlefile",
            "-f",
            page,
            "-l",
            page,
            str(path),
            str(drawn[0]),
        ],
        check=True,
    )
    subprocess.run(
        [
            installed("mutool", "mupdf-tools"),
            "draw",
            "-q",
            "-r",
            "100",
            "-c",
            "gray",
            "-o",
            str(drawn[1]),
            str(path),
            page,
        ],
        check=True,
    )
    head = (0, 0, 827, 300)
    pictures = [
        Image.open(each).convert("L").crop(head).resize((83, 30)) for each in (tmp_path / "poppler.png", drawn[1])
    ]
    difference = ImageChops.difference(*pictures)
    assert sum(difference.tobytes()) / len(difference.tobytes()) < 4
    assert min(pictures[0].tobytes()) < 100


def test_a_file_without_a_cross_reference_stream_is_not_added_to() -> None:
    with pytest.raises(ValueError, match="cross-reference"):
        Appendix(numbered_pdf(2))
