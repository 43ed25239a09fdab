"""Lines, edges and fonts of a finished PDF: pages that are right, and the same pages spoiled."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace

import pikepdf
import pytest

from bulletin.model.artifact import Artifact
from bulletin.model.build import LayoutProof
from bulletin.model.page import BODY_SIZES, LINE_PT, left_margin_pt
from bulletin.model.pages import Passage
from bulletin.model.printed import AREA_TOP_PT, PrintedGlyph, PrintedPage
from bulletin.model.problem import Problem, Span
from bulletin.model.prose import Paragraph, Spaced, Text
from bulletin.prove.glyph_lines import read_printed
from bulletin.prove.layout import prove_layout
from bulletin.prove.print_lines import (
    BodyLine,
    Joint,
    body_lines,
    check_edges,
    check_grid,
    check_line_ends,
    check_line_starts,
    check_long_marks,
    full_lines,
    grid_lines,
    line_joints,
)
from bulletin.render.print_edition import render_print
from tests.conftest import ARTICLE, REPOSITORY, Make, article, composed, printed, typeset

WHERE = Span("issues/2026-01/issue.yaml")
SIZE = BODY_SIZES["15.75"]
FIRST_BASELINE = AREA_TOP_PT - (LINE_PT - SIZE.size_pt) / 2 - 0.88 * SIZE.size_pt
LONG = "离退休干部党建工作是党的建设的重要组成部分，要认真贯彻落实《意见》精神，" * 12


def place_of(_line: str) -> Span:
    return WHERE


def page_of(*texts: str, number: int = 2, size_pt: float = SIZE.size_pt, dy: float = 0.0) -> PrintedPage:
    """A page whose lines stand on the grid, each glyph on its pitch from the left edge."""
    glyphs = [
        PrintedGlyph(character, x, FIRST_BASELINE - row * LINE_PT - dy, size_pt, x + size_pt)
        for row, text in enumerate(texts)
        for column, character in enumerate(text)
        if character != "　"
        for x in [left_margin_pt(number) + column * SIZE.pitch_pt]
    ]
    return PrintedPage(number, 595.3, 841.9, tuple(glyphs), (), frozenset(), None)


def joints_on(*pages: PrintedPage) -> tuple[Joint, ...]:
    return line_joints(body_lines(pages), SIZE)


def on_grid(page: PrintedPage) -> tuple[BodyLine, ...]:
    return grid_lines(body_lines([page]), SIZE)


def full(end: str) -> str:
    """A line of 28 characters that ends so."""
    return "字" * (28 - len(end)) + end


def told(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("line", "faulty"),
    [
        ("，正文", True),
        ("》正文", True),
        ("·正文", True),
        ("—17日", True),
        ("%正文", True),
        ("——正文", False),
        ("……正文", False),
        ("“正文", False),
        ("正文，", False),
    ],
)
def test_marks_that_may_not_begin_a_line(line: str, faulty: bool) -> None:
    problems = list(check_line_starts(joints_on(page_of(full("正文"), line)), place_of))
    assert told(problems) == ["proof-line-start"] * faulty
    assert all("第 2 页" in str(problem.message) and problem.advice.template for problem in problems)


@pytest.mark.parametrize(
    ("line", "faulty"),
    [
        ("正文“", True),
        ("正文（", True),
        ("正文和/", True),
        ("见https://example.org/", False),
        ("正文”", False),
        ("正文——", False),
    ],
)
def test_marks_that_may_not_end_a_line(line: str, faulty: bool) -> None:
    assert told(check_line_ends(joints_on(page_of(full(line), "正文")), place_of)) == ["proof-line-end"] * faulty


@pytest.mark.parametrize(
    ("upper", "lower", "faulty"),
    [("正文—", "—正文", True), ("正文…", "…正文", True), ("正文——", "——正文", False), ("2020—", "2021", False)],
)
def test_a_dash_of_two_is_not_parted(upper: str, lower: str, faulty: bool) -> None:
    assert told(check_long_marks(joints_on(page_of(full(upper), lower)), place_of)) == ["proof-split"] * faulty
    over_pages = joints_on(page_of(full(upper)), page_of(lower, number=3))
    assert told(check_long_marks(over_pages, place_of)) == ["proof-split"] * faulty


def test_what_the_author_begins_and_ends_paragraphs_with_is_the_authors() -> None:
    assert joints_on(page_of("短的一行（", "，短的下一行")) == ()
    assert joints_on(page_of(full("字"), "　　·另起一段")) == ()


def test_what_cannot_be_parted_is_not_told() -> None:
    for text in ("，" * 28, "—" * 27 + "，", "a" * 28):
        [joint] = joints_on(page_of(text, "，正文"))
        assert not joint.avoidable
        assert told(check_line_starts([joint], place_of)) == []


def test_cells_of_tables_and_program_text_are_not_looked_at() -> None:
    assert joints_on(page_of(full("甲（"), "，乙", size_pt=12.0)) == ()
    [joint] = joints_on(page_of(full("甲（"), "乙"))
    assert told(check_line_ends([joint], place_of)) == ["proof-line-end"]


def test_lines_of_titles_and_of_list_items_are_looked_at() -> None:
    assert len(joints_on(page_of("　　　题目一行", "　　　，又一行", size_pt=22.0))) == 1
    item = "　　　" + "字" * 25
    assert told(check_line_starts(joints_on(page_of(item, "　　　，又一行")), place_of)) == ["proof-line-start"]


def test_lines_on_the_grid() -> None:
    page = page_of(*["　　正文"] * 22)
    assert list(check_grid(on_grid(page), place_of)) == []
    for dy in (0.5, -0.5, 14.0):
        assert len(list(check_grid(on_grid(page_of(*["正文"] * 5, dy=dy)), place_of))) == 5
    assert list(check_grid(on_grid(page_of("脚注", size_pt=10.5, dy=7)), place_of)) == []


def test_full_lines_end_at_the_edge() -> None:
    page = page_of("　　" + "字" * 26, full("字"), full("。"), "末行。", "　　又一段。")
    looked = full_lines(body_lines([page]), SIZE)
    assert [line.line.text for line in looked] == ["字" * 26, full("字"), full("。")]
    # the pitch adds white after each character but the last: a full line of 28 ends where the type area does
    assert told(check_edges(looked[:2], place_of)) == []
    # a stop's empty half reaches out, its ink does not: as drawn here, on a whole em, the line is short
    assert told(check_edges(looked[2:], place_of)) == ["proof-edge"]
    assert full_lines(body_lines([page_of("同志们：", "　　" + "字" * 26)]), SIZE) == ()


def test_lines_that_could_not_be_filled_are_counted_and_not_told() -> None:
    [short] = full_lines(body_lines([page_of("字" * 27, "字")]), SIZE)
    assert (short.ragged, short.forced) == (True, False)
    assert told(check_edges([short], place_of)) == ["proof-edge"]
    [forced] = full_lines(body_lines([page_of("字" * 4 + "a" * 22, "字")]), SIZE)
    assert (forced.ragged, forced.forced) == (True, True)
    assert told(check_edges([forced], place_of)) == []
    [long] = full_lines(body_lines([page_of("字" * 29, "字")]), SIZE)
    assert told(check_edges([long], place_of)) == ["proof-edge"]


@pytest.fixture
def proof_of(make: Make) -> Callable[..., LayoutProof]:
    """The proof of the pages of an issue whose article has the body given; with more style, if any."""

    def prove(body: str, css: str = "") -> LayoutProof:
        sheet = (REPOSITORY / "assets/css/print.css").read_text("utf-8") + css
        edition, publication = composed(make({ARTICLE: article(body), "assets/css/print.css": sheet}))
        return prove_layout(
            edition, typeset(edition, publication), printed(edition, publication), publication.typesetting.size, WHERE
        )

    return prove


def test_a_good_pdf_passes_and_is_counted(proof_of: Callable[..., LayoutProof]) -> None:
    proof = proof_of(f"{LONG}\n\n{LONG}")
    assert proof.problems == ()
    figures = proof.figures
    assert figures.pages >= 3
    assert figures.sheets == (figures.pages + 1) // 2
    assert figures.full_lines > 20
    assert figures.lines > figures.full_lines
    assert figures.ragged_lines == 0
    assert 0 <= figures.stretch_mean_em <= figures.stretch_max_em < 0.26
    assert {"Fang", "Song"} <= {face.family for face in figures.faces}
    ran = [each for each in proof.examinations if each.places is not None]
    assert len(ran) >= 5
    assert all(each.places and each.places > 0 and each.faults == 0 for each in ran)


def test_lines_that_the_engine_breaks_itself_are_ragged(proof_of: Callable[..., LayoutProof]) -> None:
    proof = proof_of(LONG, ".body p { white-space: normal; padding-right: 20pt }")
    assert {problem.code for problem in proof.problems} == {"proof-edge"}
    assert {(problem.span.path, problem.span.line) for problem in proof.problems} == {(ARTICLE, 7)}, "by its manuscript"
    [edges] = [each for each in proof.examinations if each.faults]
    assert edges.faults == len(proof.problems) == proof.figures.ragged_lines


def test_a_line_that_begins_with_a_comma_is_told(make: Make) -> None:
    """In the finished lines, each break is moved to before the next comma."""
    edition, publication = composed(make({ARTICLE: article("天地玄黄，" * 30)}))
    lines = typeset(edition, publication)

    def spoiled(text: Text | Spaced) -> Text | Spaced:
        return replace(text, content=text.content.replace("\n", "").replace("，", "\n，", 1))

    def spoiled_part(part: object) -> object:
        if not isinstance(part, Passage):
            return part
        [block] = part.blocks
        assert isinstance(block, Paragraph)
        return replace(part, blocks=(replace(block, content=tuple(map(spoiled, block.content))),))

    pages = tuple(replace(page, parts=tuple(map(spoiled_part, page.parts))) for page in lines.pages)
    artifact = render_print(replace(lines, pages=pages), publication)
    proof = prove_layout(edition, lines, artifact, SIZE, WHERE)
    assert "proof-line-start" in {problem.code for problem in proof.problems}
    assert "proof-line-start" not in {
        problem.code for problem in prove_layout(edition, lines, printed(edition, publication), SIZE, WHERE).problems
    }


def test_two_texts_on_one_line_are_no_full_line() -> None:
    assert full_lines(body_lines([page_of("内部资料" + "　" * 18 + "编号：", "注意保存")]), SIZE) == ()
    assert joints_on(page_of("内部资料（" + "　" * 20 + "（（（", "，注意保存")) == ()


def changed_fonts(content: bytes, change: Callable[[pikepdf.Object], None]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") in ("/Font", "/FontDescriptor"):
                change(each)
        file = io.BytesIO()
        document.save(file)
    return file.getvalue()


def test_fonts_that_are_not_embedded_or_not_ours_are_told(make: Make) -> None:
    def without_program(part: pikepdf.Object) -> None:
        if "/FontFile2" in part and str(part["/FontName"]).endswith("+Fang"):
            del part["/FontFile2"]

    def renamed(part: pikepdf.Object) -> None:
        if str(part.get("/BaseFont", "")).endswith("+Hei"):
            part["/BaseFont"] = pikepdf.Name("/ABCDEF+SimSun")

    edition, publication = composed(make())
    artifact = printed(edition, publication)
    for change, family in ((without_program, "Fang"), (renamed, "SimSun")):
        spoiled = Artifact(artifact.path, artifact.media_type, changed_fonts(artifact.content, change))
        problems = [
            each
            for each in prove_layout(edition, typeset(edition, publication), spoiled, SIZE, WHERE).problems
            if each.code == "proof-font"
        ]
        assert problems
        assert all(f"“{family}”" in str(problem.message) for problem in problems)


def test_pages_are_read_with_their_pictures_fonts_and_folios(make: Make) -> None:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (200, 100), "red").save(file, "PNG")
    root = make({"issues/2026-01/map.png": file.getvalue(), ARTICLE: article("正文。\n\n![图](map.png)")})
    edition, publication = composed(root)
    pages = read_printed(printed(edition, publication).content)
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    [picture] = [picture for page in pages for picture in page.pictures]
    assert picture.right_pt - picture.left_pt == pytest.approx(200 / 200 * 72, abs=1)
    assert any(
        (font.family, font.size_pt, font.embedded) == ("Fang", 15.75, True) for page in pages for font in page.fonts
    )
    assert all(page.dash_pt is not None and 40 < page.dash_pt < 99 for page in pages if page.foot)
