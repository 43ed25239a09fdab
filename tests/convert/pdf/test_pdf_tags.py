"""The tags of a PDF tell its paragraphs where they agree with the page, and are forgotten where they do not."""

from __future__ import annotations

import io

import pikepdf
import weasyprint

from bulletin.convert.pdf.tags import ELEMENT_LIMIT, read_tags
from tests.convert.pdf.test_reading_pdf import LONG, SHEET, texts

FULL = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午" * 2
"""Two whole lines of 27 characters: where it ends cannot be seen without an indent."""


def tagged(body: str, style: str = "") -> bytes:
    content: bytes | None = weasyprint.HTML(
        string=f"<html lang=zh><title>来稿</title><style>{SHEET}{style}</style><body>{body}</body></html>"
    ).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    assert content is not None
    return content


def marked(kids: object, **more: object) -> bytes:
    """A file of one page whose structure is `kids`."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    root = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, **more)
    pdf.Root.StructTreeRoot = pdf.make_indirect(root)
    pdf.Root.StructTreeRoot.K = kids(pdf, page) if callable(kids) else kids
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def test_paragraphs_that_fill_their_last_line_are_told_apart() -> None:
    style = "p{text-indent:0;text-align:left}.first{text-indent:2em}"
    body = "".join(f"<p>{FULL}</p>" for _ in range(3)) + "".join(f"<p class=first>{LONG}</p>" for _ in range(20))
    assert texts(tagged(body, style))[:3] == [FULL] * 3


def test_the_words_for_a_picture_are_read() -> None:
    element = pikepdf.Dictionary

    def kids(_: pikepdf.Pdf, page: pikepdf.Object) -> object:
        return [
            element(S=pikepdf.Name.Figure, Alt="读书会的合影", Pg=page, K=7),
            element(S=pikepdf.Name.P, Pg=page, K=[1, 2]),
        ]

    tags = read_tags(marked(kids))
    assert tags.alternatives[0] == {7: "读书会的合影"}
    assert set(tags.blocks[0]) == {1, 2}
    assert len(set(tags.blocks[0].values())) == 1


def test_roles_of_a_program_are_those_that_it_names() -> None:
    element = pikepdf.Dictionary

    def kids(_: pikepdf.Pdf, page: pikepdf.Object) -> object:
        return [element(S=pikepdf.Name("/正文"), Pg=page, K=each) for each in (3, 4)]

    assert not read_tags(marked(kids)).blocks[0]
    assert set(read_tags(marked(kids, RoleMap=element({"/正文": pikepdf.Name.P}))).blocks[0]) == {3, 4}


def test_a_tree_that_holds_itself_ends() -> None:
    def kids(pdf: pikepdf.Pdf, page: pikepdf.Object) -> object:
        itself = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, Pg=page))
        itself.K = [5, itself, itself]
        return itself

    assert set(read_tags(marked(kids)).blocks[0]) <= {5}


def test_tags_that_are_nonsense_are_no_tags() -> None:
    for kids in (3, "甲", [pikepdf.Dictionary(S=3, K=1)], [None], pikepdf.Dictionary(MCID="甲")):
        tags = read_tags(marked(kids))
        assert not any(tags.blocks.values())


def test_a_tree_of_millions_is_read_as_far_as_the_limit() -> None:
    def kids(pdf: pikepdf.Pdf, page: pikepdf.Object) -> object:
        thousand = pdf.make_indirect(pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.P, Pg=page, K=1)] * 1000))
        return pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.Sect, K=thousand)] * (2 * ELEMENT_LIMIT // 1000))

    assert set(read_tags(marked(kids)).blocks[0]) == {1}


def test_what_is_no_pdf_has_no_tags() -> None:
    assert not read_tags(b"PK").blocks
