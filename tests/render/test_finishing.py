"""The finished PDF: one tag tree for the whole text, metadata that agree, sources attached where they are asked for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Object, Pdf

from bulletin.compose import compose_edition
from bulletin.model.problem import Span
from bulletin.model.publication import PdfStandard, SourceFile
from bulletin.prove.conformance import prove_conformance
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.conformance.tags import Node
from bulletin.render.print_edition import render_print
from tests.conftest import ARTICLE, Make, article, composed, load, printed, typeset

WHERE = Span("issue.yaml")


def tags_of(root: Path) -> PrintFile:
    edition, publication = composed(root)
    return PrintFile(printed(edition, publication).content, edition, publication.pdf_standard)


def texts(file: PrintFile, node: Node) -> str:
    return "".join(file.texts[mark] for mark in node.leaves())


def shape(node: Node) -> str:
    """The tree in one line: `P`, `L(LI(Lbl LBody))`."""
    inner = " ".join(shape(kid) for kid in node.nodes)
    return f"{node.type}({inner})" if inner else node.type


def body_shapes(make: Make, body: str) -> list[str]:
    file = tags_of(make({ARTICLE: article(body)}))
    return [shape(node) for node in next(file.of_type("Art")).nodes[2:]]


def test_the_issue_is_a_document_of_its_parts(make: Make) -> None:
    file = tags_of(make({"issues/2026-01/02-b.md": article("又一篇。")}))
    assert [node.type for node in file.roots[0].nodes] == ["Sect", "Art", "Art", "Sect"]
    assert [texts(file, node) for node in file.of_type("H1")] == ["测试动态", "标题", "标题"]
    front, *_, foot = file.roots[0].nodes
    assert "L(LI(LBody))" in shape(front)
    assert shape(foot).startswith("Sect(L(LI(Lbl LBody(P)) LI(Lbl LBody(P)))")


@pytest.mark.parametrize(
    ("body", "shapes"),
    [
        ("正文**一是**和*二是*。", ["P(Span Span)"]),
        ("一段[^1]，又一句。\n\n[^1]: 注文。", ["P(Reference Note(Lbl))"]),
        ("- 甲\n- 乙", ["L(LI(Lbl LBody(P)) LI(Lbl LBody(P)))"]),
        ("- 甲\n\n  1. 子", ["L(LI(Lbl LBody(P L(LI(Lbl LBody(P))))))"]),
        ("> 引文。\n>\n> 又。", ["BlockQuote(P P)"]),
        ("| 甲 | 乙 |\n|--|--|\n| 1 |  |", ["Table(THead(TR(TH TH)) TBody(TR(TD TD)))"]),
        ("```\na\nb\n```\n\n见`c`。", ["P", "P(Code)"]),
        ("见[此处](https://example.org/)。", ["P(Link)"]),
    ],
)
def test_every_kind_of_block_has_its_tags(make: Make, body: str, shapes: list[str]) -> None:
    assert body_shapes(make, body) == shapes


def test_levels_of_headings_are_never_skipped(make: Make) -> None:
    """An author may begin with （一）; who goes from heading to heading meets no gap."""
    file = tags_of(
        make(
            {ARTICLE: article("### 甲\n\n正文。\n\n### 乙\n\n正文。\n\n## 丙\n\n#### 丁\n\n正文。\n\n### 戊\n\n正文。")}
        )
    )
    levels = [node.type for node in next(file.of_type("Art")).walk() if node.type in {"H1", "H2", "H3", "H4"}]
    assert levels == ["H1", "H2", "H2", "H2", "H3", "H3"]


def test_what_goes_on_over_a_page_is_one_element(make: Make) -> None:
    sentence = "离退休干部工作要围绕中心、服务大局。"
    rows = "".join(f"| 第{row}行 | {row} |\n" for row in range(60))
    items = "".join(f"- {sentence * 3}\n" for _ in range(30))
    body = f"{sentence * 90}\n\n| 行 | 数 |\n|--|--|\n{rows}\n{items}\n> {sentence * 90}\n\n末段。"
    file = tags_of(make({ARTICLE: article(body)}))
    assert len(file.pdf.pages) > 6
    (story,) = file.of_type("Art")
    assert [node.type for node in story.nodes] == ["H1", "P", "P", "Table", "L", "BlockQuote", "P"]
    paragraph = story.nodes[2]
    assert texts(file, paragraph) == sentence * 90
    assert len({page for page, _ in paragraph.leaves()}) > 1
    table = next(file.of_type("Table"))
    assert shape(table).count("TR") == 61
    assert len({page for page, _ in table.leaves()}) > 1


def test_the_head_that_a_table_repeats_is_no_text(make: Make) -> None:
    rows = "".join(f"| 第{row}行 | {row} |\n" for row in range(60))
    file = tags_of(make({ARTICLE: article(f"| 片区名 | 数 |\n|--|--|\n{rows}")}))
    shown = ["".join(file.text_of(number, shown) for shown in page.shown) for number, page in enumerate(file.pages)]
    assert sum(page.count("片区名") for page in shown) > 1
    assert texts(file, file.roots[0]).count("片区名") == 1


def test_a_footnote_in_a_repeated_head_is_read_once_wherever_it_is_printed(make: Make) -> None:
    rows = "".join(f"| 第{row}行 | {row} |\n" for row in range(60))
    file = tags_of(make({ARTICLE: article(f"| 片区[^1] | 数 |\n|--|--|\n{rows}\n[^1]: 注文甲。")}))
    assert texts(file, next(file.of_type("THead"))) == "片区①①注文甲。数"


def test_a_footnote_is_read_where_it_is_referred_to(make: Make) -> None:
    file = tags_of(make({ARTICLE: article("前句[^1]后句，再[^2]末。\n\n[^1]: 注文甲。\n\n[^2]: 注文乙。")}))
    story = next(file.of_type("Art"))
    assert texts(file, story.nodes[2]) == "前句①①注文甲。后句，再②②注文乙。末。"
    names = [str(note.thing.ID) for note in file.of_type("Note")]
    assert len(set(names)) == 2


def test_folios_and_rules_are_artifacts(make: Make) -> None:
    file = tags_of(make())
    folios = [
        file.text_of(number, shown)
        for number, page in enumerate(file.pages)
        for shown in page.shown
        if shown.mark is None
    ]
    assert "".join(folios).replace(" ", "") == "".join(f"—{number}—" for number in range(1, len(file.pages) + 1))


def test_a_picture_has_its_words_and_its_place(make: Make) -> None:
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (200, 100)).save(content, "PNG")
    files: dict[str, str | bytes | None] = {
        ARTICLE: article('![书屋外景](a.png "图1 书屋")'),
        "issues/2026-01/a.png": content.getvalue(),
    }
    file = tags_of(make(files))
    assert shape(next(file.of_type("Div"))) == "Div(Figure Caption)"
    figure = next(file.of_type("Figure"))
    assert str(figure.thing.Alt) == "书屋外景"
    left, foot, right, top = (float(edge) for edge in figure.attribute("/Layout", "/BBox"))  # type: ignore[union-attr]
    assert (right - left, top - foot) == pytest.approx((200 * 72 / 200, 100 * 72 / 200), abs=0.1)
    assert 28 * 72 / 25.4 < left < right < (210 - 26) * 72 / 25.4
    assert (297 - 100) * 72 / 25.4 < foot < top < (297 - 37) * 72 / 25.4


def test_a_link_over_two_lines_is_one_link(make: Make) -> None:
    text = "一二三四五六七八九十" * 5
    file = tags_of(make({ARTICLE: article(f"见[{text}](https://example.org/a)。")}))
    (link,) = file.of_type("Link")
    assert texts(file, link) == text
    assert len(link.annotations) >= 2
    assert {str(each.Contents) for each in link.annotations} == {text}


def test_info_and_metadata_say_the_same(make: Make) -> None:
    """A title with marks that XML knows; the issue's date; nothing else."""
    file = tags_of(make({"bulletin.yaml": "title: 《甲》<乙>&动态\npublisher: 某局\n"}))
    info = {key: str(value) for key, value in file.pdf.docinfo.items()}
    assert info.keys() == {"/Title", "/Author", "/Producer", "/CreationDate", "/ModDate"}
    assert info["/Title"].startswith("《甲》<乙>&动态")
    assert info["/CreationDate"] == info["/ModDate"] == "D:20260120"
    said = "".join(ElementTree.fromstring(file.pdf.Root.Metadata.read_bytes()).itertext())
    assert info["/Title"] in said
    assert info["/Producer"] in said
    assert prove_conformance(file, WHERE) == ()


A3A = "title: 测试动态\npublisher: 某局\npdf: {standard: a-3a}\n"


def test_sources_are_attached_by_name_with_the_issues_date(make: Make) -> None:
    issue = load(make({"bulletin.yaml": A3A}))
    edition = compose_edition(issue)
    sources = (
        SourceFile("issue.yaml", "application/yaml", b"number: 1\n"),
        SourceFile("01-a.md", "text/markdown", "正文".encode()),
    )
    content = render_print(typeset(edition, issue.publication), issue.publication, sources).content
    assert issue.publication.pdf_standard is PdfStandard.A_3A
    assert prove_conformance(PrintFile(content, edition, PdfStandard.A_3A, sources), WHERE) == ()
    with Pdf.open(io.BytesIO(content)) as pdf:
        attached = {str(each.UF): each for each in pdf.Root.AF}
        assert attached.keys() == {"issue.yaml", "01-a.md"}
        for each in attached.values():
            assert (each.AFRelationship, str(each.F)) == ("/Source", str(each.UF))
            assert str(each.EF.F.Params.ModDate) == "D:20260120"
        assert set(pdf.attachments) == {"issue.yaml", "01-a.md"}  # what a reader's program lists
        assert b"pdfaid:part>3<" in pdf.Root.Metadata.read_bytes()


def test_the_parent_tree_has_an_entry_for_every_annotation(make: Make) -> None:
    file = tags_of(make({ARTICLE: article("见[甲](https://example.org/a)和[乙](mailto:a@example.org)。")}))

    def annotations(pdf: Pdf) -> Iterator[Object]:
        return (each for page in pdf.pages for each in page.obj.get("/Annots", Array()))

    keys = list(file.pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]
    assert keys == list(range(len(file.pdf.pages) + 2))
    assert sorted(int(each.StructParent) for each in annotations(file.pdf)) == keys[-2:]
    assert file.pdf.Root.StructTreeRoot.ParentTreeNextKey == len(keys)


def test_the_engines_own_tree_and_metadata_are_gone(make: Make) -> None:
    file = tags_of(make())
    packets = [
        each for each in file.pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Type") == "/Metadata"
    ]
    roots = [
        each for each in file.pdf.objects if isinstance(each, Dictionary) and each.get("/Type") == "/StructTreeRoot"
    ]
    assert (len(packets), len(roots)) == (1, 1)


def test_words_are_parted_in_lines_and_between_them(make: Make) -> None:
    """The engine draws no blank that stands alone, and a line ends with its last letter; a screen reader must not run words together."""
    words = "The quick brown fox jumps over the lazy dog and so on and on till the end of the line comes along again."
    file = tags_of(make({ARTICLE: article(f"{words}\n\n用**Word Excel**两种。")}))
    story = next(file.of_type("Art"))
    spoken = ["".join(_spoken(file, node)) for node in story.nodes]
    assert spoken[2:] == [words, "用Word Excel两种。"]


def _spoken(file: PrintFile, node: Node) -> Iterator[str]:
    if "/ActualText" in node.thing:
        yield str(node.thing.ActualText)
        return
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _spoken(file, kid)
        elif isinstance(kid, tuple):
            yield file.texts.get(kid, "")
