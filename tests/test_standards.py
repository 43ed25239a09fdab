"""The numbers of GB/T 9704-2012 and of the bulletin's practice, measured on the finished PDF of the sample and of the real issue."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from bulletin.compose import compose_edition
from bulletin.model.edition import Edition
from bulletin.model.marks import OPENING
from bulletin.model.page import LINE_PT, WIDTH_PT
from bulletin.model.pages import TypesetEdition
from bulletin.model.prose import Signature
from bulletin.render.print_edition import render_print
from tests.conftest import REPOSITORY, SEED, load, typeset
from tests.pages import MM, Glyph, glyphs_of, ink_of, rules_of

RED = (215, 0, 15)
TOP, HEIGHT, WIDTH = 37.0, 225.0, 156.0


@dataclass(frozen=True)
class Printed:
    edition: Edition
    typeset: TypesetEdition
    content: bytes

    @property
    def last(self) -> int:
        return len(self.typeset.pages)


def left_of(page: int) -> float:
    return 28.0 if page % 2 else 26.0


@pytest.fixture(scope="module", params=["sample", "real"])
def issue(request: pytest.FixtureRequest) -> Printed:
    root: Path = REPOSITORY if request.param == "sample" else SEED
    if not root.exists():
        pytest.skip("the real issue is not published with the project; it lies beside the checkout of its makers")
    loaded = load(root)
    edition = compose_edition(loaded)
    lines = typeset(edition, loaded.publication)
    return Printed(edition, lines, render_print(lines, loaded.publication).content)


def found(glyphs: list[Glyph], text: str) -> list[Glyph]:
    """The glyphs of a text that stands on the page."""
    written = "".join(glyph.character for glyph in glyphs)
    assert text in written, text
    start = written.index(text)
    return glyphs[start : start + len(text)]


def test_paper(issue: Printed) -> None:
    """5.1: A4."""
    with pdfium.PdfDocument(issue.content) as document:
        for page in document:
            assert [side / MM for side in page.get_size()] == pytest.approx([210, 297], abs=0.05)


def test_type_area_and_grid(issue: Printed) -> None:
    """5.2.1, 5.2.3: 37 mm over it, 28 mm at the binding; 22 lines of 28 characters; every baseline on the grid, both sides in register."""
    sizes = set()
    fullest = 0
    for number in range(2, issue.last + 1):
        body = [glyph for glyph in glyphs_of(issue.content, number) if abs(glyph.size_pt - 15.75) < 0.01]
        rows = {round((glyph.y_mm - TOP) * MM / LINE_PT - 0.68, 2) for glyph in body}
        assert all(abs(row - round(row)) < 0.06 for row in rows), number
        fullest = max(fullest, len(rows))
        if body:
            assert min(glyph.x_mm for glyph in body if glyph.character not in OPENING) >= left_of(number) - 0.05
            assert max(glyph.x_mm for glyph in body) <= left_of(number) + WIDTH
        sizes |= {round(glyph.size_pt, 2) for glyph in glyphs_of(issue.content, number)}
    assert fullest == 22
    assert sizes <= {15.75, 22.0, 14.0, 10.0, 10.5, 12.0}
    assert 28 * 15.75 < WIDTH_PT < 28 * 15.8


def test_folio(issue: Printed) -> None:
    """7.5: 4号 digits in 宋体's Latin, a dash either side, its top 7 mm under the type area, one character in from the outer edge."""
    for number in (2, 3):
        glyphs = [glyph for glyph in glyphs_of(issue.content, number) if glyph.y_mm > TOP + HEIGHT]
        assert "".join(glyph.character for glyph in glyphs) == f"—{number}—"
        assert {round(glyph.size_pt, 1) for glyph in glyphs} == {14.0}
        outer = left_of(number) if number % 2 == 0 else left_of(number) + WIDTH
        if number % 2:
            dash = glyphs[-1]
            assert outer - (dash.x_mm + 14 / MM) == pytest.approx(14 / MM, abs=0.6)
            area = (dash.x_mm + 1, TOP + HEIGHT, dash.x_mm + 3, 290)
        else:
            dash = glyphs[0]
            assert dash.x_mm - outer == pytest.approx(14 / MM, abs=0.4)
            area = (dash.x_mm + 1, TOP + HEIGHT, dash.x_mm + 3, 290)
        top, _ = ink_of(issue.content, number, area)
        assert top - (TOP + HEIGHT) == pytest.approx(7, abs=0.3)


def test_first_page(issue: Printed) -> None:
    """Marking flush left in 黑体 on the first two lines; 编号 right of the first; masthead some 30 mm down (20 in one practice, 35 in GB/T 9704, 7.2.4), red, centred; 期号, publisher
    and date in 楷体; red rule 4 mm below, as wide as the type area."""
    glyphs = glyphs_of(issue.content, 1)
    head = issue.edition.masthead
    for line, text in enumerate(issue.edition.marking):
        marking = found(glyphs, text)
        assert {glyph.face for glyph in marking} == {"Hei"}
        assert marking[0].x_mm == pytest.approx(28, abs=0.3)
        assert (marking[0].y_mm - TOP) * MM == pytest.approx((line + 0.7) * LINE_PT, abs=2)
    widths = {round(found(glyphs, text)[-1].x_mm - found(glyphs, text)[0].x_mm, 1) for text in issue.edition.marking}
    assert len(widths) == 1
    label = found(glyphs, "编号：")
    assert label[0].x_mm > 28 + WIDTH / 2
    assert 28 + WIDTH - label[-1].x_mm - 15.75 / MM == pytest.approx(30, abs=1.5)
    title = found(glyphs, head.title)
    assert {glyph.face for glyph in title} == {"Biaosong"}
    assert {glyph.colour for glyph in title} == {RED}
    assert title[0].size_pt >= 42
    middle = (title[0].x_mm + title[-1].x_mm + title[-1].size_pt / MM) / 2
    assert middle == pytest.approx(28 + WIDTH / 2, abs=1)
    top, _ = ink_of(issue.content, 1, (title[0].x_mm + 8, TOP + 18, title[-1].x_mm, TOP + 45))
    assert 20 <= top - TOP <= 31
    assert {glyph.face for glyph in found(glyphs, head.publisher)} <= {"Kai", "WenKai"}
    [rule] = rules_of(issue.content, 1, lambda pixel: pixel[0] > 180 and pixel[1] < 60)
    assert (rule.left, rule.right) == pytest.approx((28, 28 + WIDTH), abs=0.1)
    publisher = found(glyphs, head.publisher)
    foot_of_characters = publisher[0].y_mm + 0.12 * 15.75 / MM
    assert rule.top - foot_of_characters == pytest.approx(4, abs=0.3)
    assert rule.thickness == pytest.approx(1.5 / MM, abs=0.06)


def test_contents_name_the_pages_on_which_articles_begin(issue: Printed) -> None:
    glyphs = glyphs_of(issue.content, 1)
    assert {glyph.face for glyph in found(glyphs, "本期要览")} == {"Hei"}
    for position, page in issue.typeset.openings:
        article = issue.edition.articles[position - 1]
        title = found(glyphs_of(issue.content, page), "".join(article.title[0].split()))
        assert {glyph.face for glyph in title} <= {"Biaosong", "Lat"}
        assert {round(glyph.size_pt, 1) for glyph in title} == {22.0}
    edge = 28 + WIDTH
    numbered = [
        page for highlight in issue.edition.highlights for page in (dict(issue.typeset.openings)[highlight.position],)
    ]
    for page in numbered:
        digits = [glyph for glyph in glyphs if glyph.x_mm > edge - 9 and glyph.character in str(page)]
        assert any(glyph.x_mm + 15.75 / 2 / MM == pytest.approx(edge, abs=0.3) for glyph in digits)


def test_imprint(issue: Printed) -> None:
    """7.4.1: on the last page, an even one; rules of 0.35, 0.25, 0.35 mm, as wide as the type area, the last at its foot; 4号."""
    assert issue.last % 2 == 0
    rules = rules_of(issue.content, issue.last, lambda pixel: max(pixel) < 130)
    assert len(rules) == 3
    for rule, thickness in zip(rules, (0.35, 0.25, 0.35), strict=True):
        assert (rule.left, rule.right) == pytest.approx((26, 26 + WIDTH), abs=0.1)
        assert rule.thickness == pytest.approx(thickness, abs=0.05)
    assert rules[-1].top + rules[-1].thickness == pytest.approx(TOP + HEIGHT, abs=0.1)
    glyphs = [glyph for glyph in glyphs_of(issue.content, issue.last) if rules[0].top < glyph.y_mm < rules[-1].top]
    assert {round(glyph.size_pt, 1) for glyph in glyphs} == {14.0}
    written = "".join(glyph.character for glyph in glyphs)
    labels = [line.label for line in issue.edition.imprint.distribution]
    assert [written.index(label) for label in labels] == sorted(written.index(label) for label in labels)
    assert written.endswith(issue.edition.imprint.print_run_text)
    hanging = {glyph.x_mm for glyph in glyphs if glyph.y_mm < rules[1].top}
    assert min(hanging) == pytest.approx(26 + 14 / MM, abs=0.2)


def test_headings_by_level(issue: Printed) -> None:
    """7.3.3: 一、 in 黑体, （一） in 楷体, 1. like the text, two characters in."""
    chains = {"一、": {"Hei"}, "（一）": {"Kai", "WenKai", "FangMarks"}}
    seen = set()
    for number in range(2, issue.last):
        glyphs = glyphs_of(issue.content, number)
        for before, glyph in pairwise(glyphs):
            begins = glyph.y_mm - before.y_mm > 5 and abs(glyph.x_mm - left_of(number) - 2 * 15.79 / MM) < 0.5
            for label, faces in chains.items():
                place = glyphs.index(glyph)
                written = "".join(each.character for each in glyphs[place : place + len(label)])
                if begins and written == label and glyph.size_pt == pytest.approx(15.75):
                    assert glyph.face in faces, (number, written)
                    seen.add(label)
    assert "一、" in seen


def test_attachments_and_signature(issue: Printed) -> None:
    """7.3.7: 附件 in 黑体 flush left on the first line, its title centred on the third; 7.3.5.2: the name two characters from the
    right, the date below it two characters further in."""
    openings = dict(issue.typeset.openings)
    labelled = [article for article in issue.edition.articles if article.label]
    signed = [article for article in issue.edition.articles if isinstance(article.blocks[-1], Signature)]
    assert bool(labelled) == bool(signed)
    for article in labelled:
        page = openings[article.position]
        glyphs = glyphs_of(issue.content, page)
        label, title = found(glyphs, article.label), found(glyphs, "".join(article.title[0].split()))
        assert {glyph.face for glyph in label} == {"Hei"}
        assert label[0].x_mm == pytest.approx(left_of(page), abs=0.3)
        assert (label[0].y_mm - TOP) * MM / LINE_PT == pytest.approx(0.7, abs=0.1)
        assert (title[0].y_mm - TOP) * MM / LINE_PT == pytest.approx(2.75, abs=0.15)
        middle = (title[0].x_mm + title[-1].x_mm + title[-1].size_pt / MM) / 2
        assert middle == pytest.approx(left_of(page) + WIDTH / 2, abs=2)
    for article in signed:
        signature = article.blocks[-1]
        assert isinstance(signature, Signature)
        pages = {page: glyphs_of(issue.content, page) for page in range(openings[article.position], issue.last + 1)}
        said = {page: "".join(glyph.character for glyph in glyphs) for page, glyphs in pages.items()}
        page = next(page for page, text in said.items() if signature.name + signature.date in text)
        both = found(pages[page], signature.name + signature.date)
        name, date = both[: len(signature.name)], both[len(signature.name) :]
        right = left_of(page) + WIDTH
        assert right - name[-1].x_mm - 15.75 / MM == pytest.approx(2 * 15.75 / MM, abs=0.6)
        assert date[0].x_mm - name[0].x_mm == pytest.approx(2 * 15.75 / MM, abs=0.3)
