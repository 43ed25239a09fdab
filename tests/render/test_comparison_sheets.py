"""The comparison as it is drawn: both pages whole and searchable, what went struck on the left, what came boxed on the right."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from bulletin.compare import compare_pages
from bulletin.model.artifact import Artifact
from bulletin.model.comparison import Comparison
from bulletin.prove.glyph_lines import read_printed
from bulletin.render.comparison import Side, render_comparison
from tests.conftest import ARTICLE, Make, article, composed, printed

OLD, NEW = "正文一段，共340份，印发各县。", "正文一段，共280份，印发各县。"


class Compared:
    """Two editions of one article, and the sheets that compare them."""

    def __init__(self, make: Make, old: str, new: str, *, all_pages: bool = False) -> None:
        sides = []
        for name, body in (("送审稿", old), ("定稿", new)):
            edition, publication = composed(make({ARTICLE: article(body)}))
            sides.append(Side(name, printed(edition, publication).content))
        self.comparison: Comparison = compare_pages(*(read_printed(side.content) for side in sides))
        spreads = self.comparison.spreads if all_pages else self.comparison.changed
        self.sides, self.spreads = sides, spreads
        self.artifact: Artifact = render_comparison(sides[0], sides[1], spreads, publication, "compare.pdf")

    def picture(self, sheet: int) -> Image.Image:
        with pdfium.PdfDocument(self.artifact.content) as document:
            picture: Image.Image = document[sheet].render(scale=2).to_pil().convert("RGB")
        return picture


def reds(picture: Image.Image) -> list[tuple[int, int]]:
    """The places of red pixels."""
    return [
        (place % picture.width, place // picture.width)
        for place, (red, green, blue) in enumerate(picture.get_flattened_data())
        if red > 180 and green < 60 and blue < 60
    ]


@pytest.fixture
def compared(make: Make) -> Compared:
    return Compared(make, OLD, NEW)


def test_a_sheet_holds_both_pages_and_their_text(compared: Compared) -> None:
    [spread] = compared.spreads
    with pdfium.PdfDocument(compared.artifact.content) as document:
        assert len(document) == 1
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [420, 297]
        text = "".join(document[0].get_textpage().get_text_range().split())
    assert "共340份" in text
    assert "共280份" in text
    assert f"旧第{spread.old_page}页送审稿" in text
    assert f"新第{spread.new_page}页定稿" in text
    assert "删去的字" in text
    assert "增加的字" in text


def test_pages_are_laid_under_as_they_are_not_as_pictures(compared: Compared) -> None:
    with pikepdf.open(io.BytesIO(compared.artifact.content)) as document:
        kinds = [str(each.get("/Subtype")) for each in document.objects if isinstance(each, pikepdf.Stream)]
    assert kinds.count("/Form") == 2
    assert "/Image" not in kinds


def test_what_went_is_struck_on_the_left_and_what_came_is_boxed_on_the_right(compared: Compared) -> None:
    picture = compared.picture(0)
    legend = picture.height * 0.96
    left = {(x, y) for x, y in reds(picture) if x < picture.width / 2 and y < legend}
    right = {(x, y) for x, y in reds(picture) if x > picture.width / 2 and y < legend}
    strike = {y for _, y in left}
    assert strike
    assert max(strike) - min(strike) < 8, "one line through the number"
    assert max(x for x, _ in left) - min(x for x, _ in left) > 20
    box = {y for _, y in right}
    assert max(box) - min(box) > 25, "a frame around it"
    inside = [(x, y) for x, y in right if min(box) + 6 < y < max(box) - 6]
    columns = {x for x, _ in inside}
    assert len(columns) < 12, "a frame is empty but for its sides"


def test_marks_stand_where_the_words_stand(compared: Compared) -> None:
    """The struck line runs through the number itself: without it, the ink that it covers is that of digits."""
    picture = compared.picture(0)
    left = [(x, y) for x, y in reds(picture) if x < picture.width / 2 and y < picture.height * 0.96]
    box = (min(x for x, _ in left), min(y for _, y in left) - 10, max(x for x, _ in left), max(y for _, y in left) + 10)
    grey = picture.crop(box).convert("L")
    dark = sum(1 for value in grey.get_flattened_data() if value < 80)
    assert dark > 60
    with pdfium.PdfDocument(compared.artifact.content) as document:
        page = document[0]
        x0, x1 = box[0] / 2 - 2, box[2] / 2 + 2
        y0, y1 = page.get_height() - box[3] / 2 - 4, page.get_height() - box[1] / 2 + 4
        found = page.get_textpage().get_text_bounded(x0, y0, x1, y1)
    assert "340" in found


def test_the_same_comparison_gives_the_same_bytes(make: Make, compared: Compared) -> None:
    assert Compared(make, OLD, NEW).artifact.content == compared.artifact.content


def test_all_pages_and_pages_without_a_counterpart(make: Make) -> None:
    compared = Compared(make, OLD, OLD + "\n\n" + "新增的一段文字，" * 150, all_pages=True)
    alone = [spread for spread in compared.spreads if not spread.old_page]
    assert alone
    with pdfium.PdfDocument(compared.artifact.content) as document:
        assert len(document) == len(compared.spreads)
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert "没有对应的页" in texts[compared.spreads.index(alone[0])]
    assert any("这一面没有变" in text for text in texts)


def test_each_sheet_holds_its_own_pages(make: Make) -> None:
    paragraphs = [f"第{number}段。" + "正文一段，印发各县。" * 30 for number in range(1, 13)]
    changed = [text.replace("段。", "段，", 1) for text in paragraphs]
    compared = Compared(make, "\n\n".join(paragraphs), "\n\n".join(changed))
    assert len(compared.spreads) > 2
    with pdfium.PdfDocument(compared.artifact.content) as document:
        for spread, sheet in zip(compared.spreads, document, strict=True):
            text = "".join(sheet.get_textpage().get_text_range().split())
            assert text.count(f"—{spread.old_page}—") + text.count(f"—{spread.new_page}—") >= 2
            assert f"第{spread.old_page}页" in text


def test_names_that_look_like_markup_stay_text(make: Make) -> None:
    edition, publication = composed(make())
    content = printed(edition, publication).content
    spreads = compare_pages(read_printed(content), read_printed(content)).spreads
    artifact = render_comparison(Side("<b>甲</b>", content), Side("乙😀", content), spreads[:1], publication, "x.pdf")
    with pdfium.PdfDocument(artifact.content) as document:
        text = document[0].get_textpage().get_text_range()
    assert "<b>甲</b>" in text
    assert "乙〓" in text
