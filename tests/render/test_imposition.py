"""Press files: pages where they belong, marks to the tenth of a millimetre, inks, and nothing that does not belong on paper."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from bulletin.model.errors import RenderingFailed
from bulletin.model.page import POINTS_PER_MM
from bulletin.model.press import BUILT_IN_PROFILES, Colour, Imposition, PressProfile
from bulletin.model.sheets import BLANK, lay_out, page_order
from bulletin.prove.glyph_lines import read_glyphs
from bulletin.render.imposition import impose
from tests.conftest import REPOSITORY, composed, printed
from tests.sheets import leafed_through, lines_mm, numbered_pdf, operators, print_pdf, text_of

DUPLEX, SADDLE, SIDE = (PressProfile(each.value, each, signature_sheets=2) for each in Imposition)
RGB_OPERATORS = {"rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "BI", "INLINE IMAGE"}


def press_file(source: bytes, profile: PressProfile, tail: int = 1) -> bytes:
    with pdfium.PdfDocument(source) as document:
        order = page_order(profile, len(document), tail)
    return impose(source, lay_out(profile, order), profile)


@pytest.fixture(scope="module")
def sample() -> bytes:
    """The print PDF of the sample issue."""
    return printed(*composed(REPOSITORY)).content


@pytest.mark.parametrize("profile", [DUPLEX, SADDLE, SIDE], ids=lambda profile: profile.name)
@pytest.mark.parametrize("pages", [4, 8, 12, 38, 64])
def test_each_page_is_in_its_cell_and_nowhere_else(profile: PressProfile, pages: int) -> None:
    order = page_order(profile, pages, 1)
    sides = lay_out(profile, order)
    content = impose(numbered_pdf(pages), sides, profile)
    for number, side in enumerate(sides):
        for cell in side.cells:
            found = text_of(content, number, cell.left_mm, cell.left_mm + 210)
            assert found == (f"page {cell.page}" if cell.page != BLANK else "")
    assert leafed_through(sides, profile) == list(order)


def test_creep_is_on_paper() -> None:
    """Where PDFium finds the first letter of each page of a booklet of 64."""
    content = press_file(numbered_pdf(64), replace(SADDLE, paper_mm=0.12))
    firsts = [[glyph for glyph in glyphs if glyph.character == "p"] for glyphs in read_glyphs(content)]
    for number, (left, right) in enumerate(firsts):
        creep = 0.12 * (number // 2)
        assert left.x_pt / POINTS_PER_MM == pytest.approx(100 / POINTS_PER_MM + creep, abs=0.01)
        assert right.x_pt / POINTS_PER_MM == pytest.approx(210 + 100 / POINTS_PER_MM - creep, abs=0.01)
        assert left.y_pt == right.y_pt == pytest.approx(700, abs=0.01)


def boxes_mm(content: bytes) -> dict[str, list[float]]:
    with pikepdf.open(io.BytesIO(content)) as document:
        page = document.pages[0]
        return {
            name: [round(float(edge) / POINTS_PER_MM, 2) for edge in page[name]]
            for name in ("/MediaBox", "/BleedBox", "/TrimBox")
        }


@pytest.mark.parametrize(
    ("profile", "media", "bleed", "trim"),
    [
        (DUPLEX, [0, 0, 210, 297], [0, 0, 210, 297], [0, 0, 210, 297]),
        (SADDLE, [0, 0, 420, 297], [0, 0, 420, 297], [0, 0, 420, 297]),
        (replace(DUPLEX, crop_marks=True), [0, 0, 230, 317], [7, 7, 223, 310], [10, 10, 220, 307]),
        (replace(SIDE, crop_marks=True), [0, 0, 450, 320], [12, 8.5, 438, 311.5], [15, 11.5, 435, 308.5]),
        (replace(SIDE, crop_marks=True, bleed_mm=0), [0, 0, 450, 320], [15, 11.5, 435, 308.5], [15, 11.5, 435, 308.5]),
    ],
)
def test_boxes(profile: PressProfile, media: list[float], bleed: list[float], trim: list[float]) -> None:
    assert boxes_mm(press_file(numbered_pdf(4), profile)) == {"/MediaBox": media, "/BleedBox": bleed, "/TrimBox": trim}


def test_crop_marks_stand_3_mm_off_the_trim_and_are_5_mm_long() -> None:
    found = set(lines_mm(press_file(numbered_pdf(4), replace(DUPLEX, crop_marks=True)), 2))
    beside = {(x, y, x + 5, y) for x in (2, 223) for y in (10, 307)}
    above = {(x, y, x, y + 5) for x in (10, 220) for y in (2, 310)}
    crosses = {(x - 2.5, 158.5, x + 2.5, 158.5) for x in (4.5, 225.5)} | {(x, 156, x, 161) for x in (4.5, 225.5)}
    assert found == beside | above | crosses


def test_marks_keep_out_of_a_wider_bleed() -> None:
    content = press_file(numbered_pdf(4), replace(SADDLE, crop_marks=True, bleed_mm=5))
    left, foot, right, head = boxes_mm(content)["/BleedBox"]
    for from_x, from_y, to_x, to_y in lines_mm(content, 1):  # a back: no staples
        assert (
            max(from_x, to_x) <= left
            or min(from_x, to_x) >= right
            or max(from_y, to_y) <= foot
            or min(from_y, to_y) >= head
        )


@pytest.mark.parametrize("profile", [replace(SADDLE, crop_marks=True), replace(SIDE, crop_marks=True)])
def test_fold_and_staples(profile: PressProfile) -> None:
    """The fold in the middle, on every side; staples 70 mm from head and foot, on the outside of the outermost sheet only."""
    content = press_file(numbered_pdf(16), profile)
    fold = {(225, 3.5, 225, 8.5), (225, 311.5, 225, 316.5)}
    x = 225 if profile.imposition is Imposition.SADDLE else 229
    staples = {(x, 81.5, x, 91.5), (x, 228.5, x, 238.5)}
    for side in range(8):
        lines = set(lines_mm(content, side))
        assert fold <= lines
        inside = {line for line in lines if 100 < line[0] < 350} - fold
        assert inside == (staples if side == 0 else set())
    assert (81.5 - 11.5, 308.5 - 238.5) == (70, 70)


def test_no_marks_without_crop_marks() -> None:
    for profile in (DUPLEX, SADDLE, SIDE):
        assert not list(lines_mm(press_file(numbered_pdf(8), profile), 0))


def test_collating_marks_go_down_the_spine() -> None:
    content = press_file(numbered_pdf(8 * 21), replace(SIDE, collating_marks=True))
    steps = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            drawn = [
                [*map(float, each.operands)]
                for each in pikepdf.parse_content_stream(page)
                if str(each.operator) == "re"
            ]
            marks = [[round(edge / POINTS_PER_MM, 1) for edge in box] for box in drawn if box[2] < 100]
            assert all((left, width, height) == (209, 2, 5) for left, _, width, height in marks)
            steps.append([297 - foot - 5 for _, foot, _, _ in marks])
    assert [step for step in steps if step] == [[90 + 6 * (number % 19)] for number in range(21)]
    assert all(not step for number, step in enumerate(steps) if number % 4)


@pytest.mark.parametrize("profile", BUILT_IN_PROFILES, ids=lambda profile: profile.name)
def test_text_of_the_sample_is_whole(sample: bytes, profile: PressProfile) -> None:
    """Each page's text as PDFium reads it in its cell is what it reads in the print PDF."""
    with pdfium.PdfDocument(sample) as document:
        wanted = [page.get_textpage().get_text_bounded().strip() for page in document]
    order = page_order(profile, len(wanted), 2)
    sides = lay_out(profile, order)
    content = impose(sample, sides, profile)
    margin = 10 if profile.crop_marks else 0
    for number, side in enumerate(sides):
        for cell in side.cells:
            found = text_of(content, number, margin + cell.left_mm, margin + cell.left_mm + 210)
            assert found == (wanted[cell.page - 1] if cell.page != BLANK else "")


def fonts_of(document: pikepdf.Pdf) -> int:
    """How many font files are embedded."""
    dictionaries = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
    return len([each for each in dictionaries if each.get("/Type") == "/FontDescriptor"])


def test_the_sample_looks_as_before(sample: bytes) -> None:
    """Each page drawn in its cell is the page as drawn from the print PDF, pictures too; blanks are white."""
    order = page_order(SADDLE, 38, 2)
    sides = lay_out(SADDLE, order)
    with pdfium.PdfDocument(sample) as source, pdfium.PdfDocument(impose(sample, sides, SADDLE)) as press:
        pages = [page.render(scale=1).to_pil().convert("L") for page in source]
        for number, side in enumerate(sides):
            drawn = press[number].render(scale=1).to_pil().convert("L")
            for cell in side.cells:
                left = round((cell.left_mm + cell.shift_mm) * POINTS_PER_MM)
                found = drawn.crop((left, 0, left + 594, 841))
                wanted = pages[cell.page - 1] if cell.page != BLANK else Image.new("L", (595, 842), 255)
                assert far_off(found, wanted.crop((0, 0, 594, 841))) < 12, cell


def far_off(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of brightness between two pages, in spots of 40 × 40 px."""
    spots = [image.resize((15, 21), Image.Resampling.BOX) for image in (one, other)]
    return int(ImageChops.difference(*spots).getextrema()[1])


@pytest.mark.parametrize("profile", BUILT_IN_PROFILES, ids=lambda profile: profile.name)
def test_a_press_file_is_no_larger_and_always_the_same(sample: bytes, profile: PressProfile) -> None:
    content = press_file(sample, profile, 2)
    assert len(content) < 1.02 * len(sample)
    assert content == press_file(sample, profile, 2)
    with pikepdf.open(io.BytesIO(content)) as document, pikepdf.open(io.BytesIO(sample)) as source:
        assert fonts_of(document) == fonts_of(source) == 8
        assert set(document.Root.keys()) == {"/Type", "/Pages", "/ViewerPreferences"}
        assert set(document.trailer.Info.keys()) == {"/Title"}
        assert document.Root.ViewerPreferences.PrintScaling == "/None"
        flip = "/DuplexFlipShortEdge" if profile.folded else "/DuplexFlipLongEdge"
        assert document.Root.ViewerPreferences.Duplex == flip
        assert not document.check_pdf_syntax()
        for page in document.pages:
            assert not set(page.keys()) & {"/Annots", "/StructParents", "/Tabs"}
    assert not {name for name, _ in operators(content)} & {"BMC", "BDC", "EMC"}


def inks_of(content: bytes) -> set[tuple[str, tuple[float | str, ...]]]:
    return {(name, operands) for name, operands in operators(content) if name in {*RGB_OPERATORS, "g", "G", "k", "K"}}


def spaces_of(content: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        images = [
            each for each in document.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        return {str(image.ColorSpace) for image in images}


@pytest.mark.parametrize("marks", [True, False])
def test_the_sample_in_grey(sample: bytes, marks: bool) -> None:
    content = press_file(sample, replace(SADDLE, colour=Colour.GREY, crop_marks=marks))
    red = 0.3 * 0.843137 + 0.11 * 0.058824
    assert inks_of(content) <= {("g", (0,)), ("G", (0,)), ("g", (round(red, 4),)), ("G", (round(red, 4),))}
    assert ("g", (round(red, 4),)) in inks_of(content)
    assert spaces_of(content) == {"/DeviceGray"}


def test_the_sample_in_four_inks(sample: bytes) -> None:
    """Black text in black ink alone, the masthead in the standard's red, marks in all inks, and no other colour."""
    content = press_file(sample, replace(SADDLE, colour=Colour.CMYK, crop_marks=True))
    black, red = (0, 0, 0, 1), (0, 0.8, 0.8, 0)
    assert inks_of(content) == {
        ("k", black), ("K", black), ("k", red), ("CS", ("/Registration",)), ("SCN", (1,))
    }  # fmt: skip
    assert spaces_of(content) == {"/DeviceCMYK"}
    with pikepdf.open(io.BytesIO(content)) as document:
        space = document.pages[0].Resources.ColorSpace["/Registration"]
        assert [str(part) for part in space[:3]] == ["/Separation", "/All", "/DeviceCMYK"]


def test_colours_stay_where_they_are_wanted(sample: bytes) -> None:
    assert ("rg", (0.843137, 0, 0.058824)) in inks_of(press_file(sample, SADDLE))


@pytest.mark.parametrize(
    ("drawn", "grey", "cmyk"),
    [
        ("0 0 0 rg", ("g", (0,)), ("k", (0, 0, 0, 1))),
        ("0.5 g", ("g", (0.5,)), ("k", (0, 0, 0, 0.5))),
        ("0.2 0.2 0.2 RG", ("G", (0.2,)), ("K", (0, 0, 0, 0.8))),
        ("0.9 0 0.07 rg", ("g", (0.2777,)), ("k", (0, 0.8, 0.8, 0))),
        ("0 0.4 0.8 rg", ("g", (0.324,)), ("k", (0.8, 0.4, 0, 0.2))),
        ("0.1 0.2 0.3 0.4 K", ("G", (0.419,)), ("K", (0.1, 0.2, 0.3, 0.4))),
        ("/DeviceRGB cs 1 1 1 sc", ("g", (1,)), ("k", (0, 0, 0, 0))),
        ("/DeviceGray CS", ("G", (0,)), ("K", (0, 0, 0, 1))),
    ],
)
def test_every_colour_operator(drawn: str, grey: object, cmyk: object) -> None:
    source = print_pdf([f"{drawn} 10 10 50 50 re f"])
    assert grey in inks_of(press_file(source, replace(DUPLEX, colour=Colour.GREY)))
    assert cmyk in inks_of(press_file(source, replace(DUPLEX, colour=Colour.CMYK)))
    for colour in (Colour.GREY, Colour.CMYK):
        assert not {name for name, _ in operators(press_file(source, replace(DUPLEX, colour=colour)))} & RGB_OPERATORS


@pytest.mark.parametrize(
    "drawn", ["/Pattern cs /P scn", "/Lab cs 50 0 0 sc", "/S sh", "BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"]
)
def test_a_colour_that_cannot_be_converted_is_refused(drawn: str) -> None:
    source = print_pdf([f"{drawn} 10 10 50 50 re f"])
    for colour in (Colour.GREY, Colour.CMYK):
        with pytest.raises(RenderingFailed, match="不会换算") as raised:
            press_file(source, replace(DUPLEX, colour=colour))
        assert "rgb" in str(raised.value.advice)
    assert press_file(source, DUPLEX)


def test_a_page_that_is_not_a4_is_refused() -> None:
    with pikepdf.open(io.BytesIO(numbered_pdf(4))) as document:
        document.pages[2].MediaBox = [0, 0, 500, 842]
        written = io.BytesIO()
        document.save(written)
    with pytest.raises(RenderingFailed, match="第 3 页不是 A4") as raised:
        press_file(written.getvalue(), SADDLE)
    assert "@page" in str(raised.value.advice)


COLOURS = {(255, 255, 255): 255, (0, 0, 0): 0, (128, 128, 128): 128, (30, 90, 200): 84, (240, 200, 40): 194}


def with_picture(kind: str, pixels: list[tuple[int, int, int]]) -> bytes:
    """An A4 page filled by a picture of stripes."""
    image = Image.new("RGB", (32 * len(pixels), 32))
    for number, pixel in enumerate(pixels):
        image.paste(pixel, (32 * number, 0, 32 * number + 32, 32))
    with pikepdf.new() as document:
        encoded = io.BytesIO()
        image.save(encoded, "JPEG", quality=95, subsampling=0)
        stream = pikepdf.Stream(document, encoded.getvalue() if kind == "JPEG" else image.tobytes())
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = *image.size, 8
        stream.ColorSpace = pikepdf.Name.DeviceRGB
        if kind == "JPEG":
            stream.Filter = pikepdf.Name.DCTDecode
        page = document.add_blank_page(page_size=(595.2756, 841.8898))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream))
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("colour", [Colour.GREY, Colour.CMYK])
def test_pictures_look_as_before(kind: str, colour: Colour) -> None:
    """Stripes as PDFium draws them: grey by brightness, in four inks near the colour (the simple mixture of inks, unmanaged)."""
    content = press_file(with_picture(kind, list(COLOURS)), replace(DUPLEX, colour=colour))
    assert spaces_of(content) == {"/DeviceGray" if colour is Colour.GREY else "/DeviceCMYK"}
    with pdfium.PdfDocument(content) as document:
        drawn = document[0].render(scale=0.5).to_pil().convert("RGB")
    for number, (pixel, grey) in enumerate(COLOURS.items()):
        found = drawn.getpixel((round((number + 0.5) * drawn.width / len(COLOURS)), drawn.height // 2))
        wanted = (grey, grey, grey) if colour is Colour.GREY else pixel
        assert max(abs(one - other) for one, other in zip(found, wanted, strict=True)) <= (
            3 if colour is Colour.GREY else 45
        ), (pixel, found)


def test_a_picture_without_colour_is_printed_in_black_alone() -> None:
    content = press_file(with_picture("PNG", [(0, 0, 0), (99, 99, 99)]), replace(DUPLEX, colour=Colour.CMYK))
    assert spaces_of(content) == {"/DeviceGray"}


def test_bleed_is_kept_outside_and_cut_at_the_fold() -> None:
    """A page that is drawn 3 mm over its edges: on paper it ends at the bleed, but not across the fold."""
    with pikepdf.open(io.BytesIO(print_pdf(["0 g -50 -50 800 1000 re f"] * 4))) as document:
        for page in document.pages:
            page.TrimBox = [0, 0, 595.2756, 841.8898]
            page.MediaBox = [-8.504, -8.504, 603.78, 850.394]
        for white in (0, 1):  # beside page 4 on the first side, beside page 3 on the second
            document.pages[white].Contents = document.make_stream(b"")
        written = io.BytesIO()
        document.save(written)
    content = press_file(written.getvalue(), replace(SADDLE, crop_marks=True))
    with pdfium.PdfDocument(content) as document:
        sides = [page.render(scale=2).to_pil().convert("L") for page in document]
    pixel = 2 * POINTS_PER_MM  # scale 2: two pixels a point

    def dark(side: int, x_mm: float, y_mm: float) -> bool:
        return sides[side].getpixel((round(x_mm * pixel), round(y_mm * pixel))) < 128

    assert [dark(0, x, 100) for x in (11.5, 12.5, 224.5, 225.8)] == [False, True, True, False]
    assert [dark(1, x, 100) for x in (224.2, 225.5, 437.5, 438.5)] == [False, True, True, False]
    assert [dark(0, 100, y) for y in (8, 9, 311, 312)] == [False, True, True, False]
