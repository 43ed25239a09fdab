"""Every rule of conformance sees the fault that it is there for, and no rule cries wolf: one faulty file a rule (safety, 3.3)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from PIL import Image

from bulletin.compose import compose_edition
from bulletin.model.edition import Edition
from bulletin.model.problem import Span
from bulletin.model.publication import PdfStandard, SourceFile
from bulletin.prove.conformance import RULES as CONFORMANCE_RULES
from bulletin.prove.conformance import prove_conformance, prove_syntax
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.render.print_edition import render_print
from tests.conftest import ARTICLE, Make, article, composed, load, printed, typeset

WHERE = Span("issues/2026-01/issue.yaml")
PARAGRAPH = "离退休干部工作要围绕中心、服务大局，" * 30
BODY = (
    "同志们：\n\n## 提高认识\n\n离退休干部“两个维护”[^1]，电话024-86214322。**一是**加强领导；*二是*抓好落实[^2]。\n\n"
    f"### 第一节\n\n{PARAGRAPH}\n\n> 引文一段。\n\n- 甲项\n- 乙项\n\n1. 子\n2. 丑\n\n{PARAGRAPH}\n\n## 抓好落实\n\n"
    "| 片区 | 人数 |\n|---|--:|\n" + "".join(f"| 东{row} | {row} |\n" for row in range(40)) + "\n"
    '![书屋外景](a.png "图1 书屋")\n\n见[网页](https://example.org/a)和[第一节](#第一节)。\n\n'
    "[^1]: 见《关于〈规范〉的通知》。\n\n[^2]: 又一注。"
)


@dataclass(frozen=True)
class Good:
    """A file that every rule is content with."""

    content: bytes
    edition: Edition

    def codes(self, content: bytes, standard: PdfStandard = PdfStandard.A_2A, folder: str = "") -> set[str]:
        file = PrintFile(content, self.edition, standard, folder=folder)
        return {problem.code for problem in prove_conformance(file, WHERE)}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    from tests.conftest import BASE

    root = tmp_path_factory.mktemp("good")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    files = {**BASE, ARTICLE: article(BODY), "issues/2026-01/02-b.md": article("第二篇。\n\n### 越级的标题\n\n正文。")}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    (root / "issues/2026-01/a.png").write_bytes(picture.getvalue())
    issue = load(root)
    edition = compose_edition(issue)
    content = render_print(typeset(edition, issue.publication), issue.publication).content
    return Good(content, edition)


def test_a_good_file_passes_every_rule(good: Good) -> None:
    assert good.codes(good.content) == set()
    assert prove_syntax(PrintFile(good.content, good.edition, PdfStandard.A_2A), WHERE) == ()


def test_the_good_file_has_something_for_every_rule_to_look_at(good: Good) -> None:
    """A table and paragraphs that go on over pages, both kinds of list, notes, a picture, links, headings of two levels."""
    file = PrintFile(good.content, good.edition, PdfStandard.A_2A)
    types = {node.type for node in file.nodes}
    assert types >= {
        "H1",
        "H2",
        "H3",
        "L",
        "Lbl",
        "Table",
        "TH",
        "TD",
        "Figure",
        "Caption",
        "Note",
        "Reference",
        "Link",
    }
    split = {node.type for node in file.nodes if len({page for page, _ in node.leaves()}) > 1}
    assert split >= {"P", "Table", "TBody"}
    assert len(list(file.of_type("THead"))) == 1  # its repetition is no part of the text


# Faults ------------------------------------------------------------------------------------------------------------------


def elements(pdf: Pdf) -> Iterator[Object]:
    """All structure elements in reading order."""

    def below(thing: Object) -> Iterator[Object]:
        yield thing
        for kid in thing.get("/K", Array()):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot.K[0])


def first(pdf: Pdf, type_: str) -> Object:
    return next(each for each in elements(pdf) if f"/{type_}" == each.S)


def things(pdf: Pdf, key: str, value: str) -> Iterator[Object]:
    return (each for each in pdf.objects if isinstance(each, Dictionary | pikepdf.Stream) and each.get(key) == value)


def metadata(old: str, new: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        text = pdf.Root.Metadata.read_bytes().decode()
        assert old in text
        pdf.Root.Metadata.write(text.replace(old, new).encode())

    return change


def contents(old: bytes, new: bytes, page: int = 0) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        stream = pdf.pages[page].Contents
        assert old in stream.read_bytes()
        stream.write(stream.read_bytes().replace(old, new, 1))

    return change


def append(more: bytes) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        stream = pdf.pages[0].Contents
        stream.write(stream.read_bytes() + b"\n" + more)

    return change


def no_title(pdf: Pdf) -> None:
    title = str(pdf.docinfo["/Title"])
    metadata(f'<rdf:li xml:lang="x-default">{title}</rdf:li>', '<rdf:li xml:lang="x-default"></rdf:li>')(pdf)
    del pdf.docinfo["/Title"]


def other_date(pdf: Pdf) -> None:
    metadata("2026-01-20", "2026-01-21")(pdf)
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = String("D:20260121")


def attach(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"x")
    stream.Type = Name.EmbeddedFile
    stream.Params = Dictionary(ModDate=String("D:20260120"))
    pdf.Root.AF = Array([pdf.make_indirect(Dictionary(
        Type=Name.Filespec, F=String("x.md"), UF=String("x.md"), AFRelationship=Name.Source, EF=Dictionary(F=stream)
    ))])  # fmt: skip


def kid_of_another(pdf: Pdf) -> None:
    paragraphs = [each for each in elements(pdf) if each.S == "/P"]
    paragraphs[0].P = first(pdf, "Art")


def swapped(pdf: Pdf) -> None:
    body = first(pdf, "Art").K
    paragraphs = [at for at, each in enumerate(body) if each.S == "/P"]
    a, b = paragraphs[0], paragraphs[-1]
    one, other = body[a], body[b]
    body[a], body[b] = other, one


def extra_cell(pdf: Pdf) -> None:
    row = [each for each in elements(pdf) if each.S == "/TR"][3]
    row.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD, P=row, K=Array())))


def paragraph_for_item(pdf: Pdf) -> None:
    first(pdf, "LI").S = Name.P


def loose_text(pdf: Pdf) -> None:
    first(pdf, "P").S = Name.Sect


def article_in_two(pdf: Pdf) -> None:
    first(pdf, "Sect").S = Name.Art


def mark_of_nobody(pdf: Pdf) -> None:
    paragraph = next(each for each in elements(pdf) if each.S == "/P")
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    listed = numbers[1]
    listed[int(paragraph.K[0])] = first(pdf, "H1")


def skipped_level(pdf: Pdf) -> None:
    first(pdf, "H2").S = Name.H3


def no_annotation_text(pdf: Pdf) -> None:
    del next(things(pdf, "/Subtype", "/Link")).Contents


def lost_annotation(pdf: Pdf) -> None:
    del next(things(pdf, "/Subtype", "/Link")).StructParent


def foreign_annotation(pdf: Pdf) -> None:
    next(things(pdf, "/Subtype", "/Link")).F = 6


def no_tab_order(pdf: Pdf) -> None:
    del next(page.obj for page in pdf.pages if "/Annots" in page.obj).Tabs


def fonts(pdf: Pdf) -> list[Object]:
    return list(things(pdf, "/Subtype", "/Type0"))


def not_embedded(pdf: Pdf) -> None:
    del fonts(pdf)[0].DescendantFonts[0].FontDescriptor.FontFile2


def foreign_face(pdf: Pdf) -> None:
    fonts(pdf)[0].BaseFont = Name("/ABCDEF+Arial")


def no_unicode(pdf: Pdf) -> None:
    del fonts(pdf)[0].ToUnicode


def private_use(pdf: Pdf) -> None:
    stream = fonts(pdf)[0].ToUnicode
    head, body = stream.read_bytes().split(b"beginbfchar", 1)
    code, _, rest = body.partition(b"> <")
    stream.write(head + b"beginbfchar" + code + b"> <e001" + rest[4:])


def bookmark(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("别的标题")


def lost_bookmark(pdf: Pdf) -> None:
    del pdf.Root.Outlines.First.First


def nameless_note(pdf: Pdf) -> None:
    del first(pdf, "Note").ID


def same_name(pdf: Pdf) -> None:
    one, other = (each for each in elements(pdf) if each.S == "/Note")
    other.ID = one.ID


def set_root(key: str, value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root[key] = value

    return change


def del_root(key: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        del pdf.Root[key]

    return change


def picture(key: str, value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        next(things(pdf, "/Subtype", "/Image"))[key] = value

    return change


def spoil(type_: str, key: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        del first(pdf, type_)[key]

    return change


def retype(old: str, new: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        first(pdf, old).S = Name(f"/{new}")

    return change


def blend(pdf: Pdf) -> None:
    next(iter(pdf.pages[0].Resources.ExtGState.values())).BM = Name.Fancy


def profile(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0].DestOutputProfile


def path_in_bookmark_target(pdf: Pdf) -> None:
    next(things(pdf, "/S", "/URI") if list(things(pdf, "/S", "/URI")) else links_with_action(pdf)).URI = String(
        "file:///home/wang/a.md"
    )


def links_with_action(pdf: Pdf) -> Iterator[Object]:
    return (link.A for link in things(pdf, "/Subtype", "/Link") if "/A" in link)


def script(pdf: Pdf) -> None:
    action = next(links_with_action(pdf))
    action.S, action.JS = Name.JavaScript, String("app.alert(1)")


def launch(pdf: Pdf) -> None:
    next(links_with_action(pdf)).S = Name.Launch


ARTIFACT = b"/Artifact BMC 0 0 1 1 re f EMC"
FAULTS: tuple[tuple[str, str, Callable[[Pdf], None]], ...] = (
    ("pdf-tag-parts", "text that is loose in a section", loose_text),
    ("pdf-tag-parts", "one article too many", article_in_two),
    ("pdf-language", "no language", del_root("/Lang")),
    ("pdf-language", "another language", set_root("/Lang", String("en"))),
    ("pdf-title-shown", "file name in the window", del_root("/ViewerPreferences")),
    ("pdf-marked", "does not say that it is tagged", del_root("/MarkInfo")),
    ("pdf-marked", "suspects", set_root("/MarkInfo", Dictionary(Marked=True, Suspects=True))),
    ("pdf-actions", "script", script),
    ("pdf-actions", "program", launch),
    ("pdf-actions", "at opening", set_root("/OpenAction", Array([0]))),
    ("pdf-attachments", "attached file", attach),
    ("pdf-output-intent", "no intent", del_root("/OutputIntents")),
    ("pdf-output-intent", "no profile", profile),
    ("pdf-colours", "CMYK text", append(b"/Artifact BMC 0 0 0 1 k 0 0 1 1 re f EMC")),
    ("pdf-colours", "CMYK picture", picture("/ColorSpace", Name.DeviceCMYK)),
    ("pdf-blending", "unknown blend mode", blend),
    ("pdf-pictures", "smoothed picture", picture("/Interpolate", True)),
    ("pdf-title", "no title", no_title),
    ("pdf-standards", "another part of PDF/A", metadata("<pdfaid:part>2<", "<pdfaid:part>3<")),
    ("pdf-standards", "no PDF/UA", metadata("<pdfuaid:part>1</pdfuaid:part>", "")),
    ("pdf-standards", "PDF/UA not explained", metadata("namespaceURI>http://www.aiim.org/pdfua", "namespaceURI>http://x")),
    ("pdf-info", "another author in the metadata", metadata("某局", "别局")),
    ("pdf-info", "another key", lambda pdf: pdf.docinfo.__setitem__("/Company", "x")),
    ("pdf-date", "another day", other_date),
    ("pdf-private", "path in a link", path_in_bookmark_target),
    ("pdf-private", "path in the contents", append(b"% /home/wang/bulletin")),
    ("pdf-tag-root", "another root", retype("Document", "Part")),
    ("pdf-tag-root", "kid of another", kid_of_another),
    ("pdf-tag-types", "a type of one's own", retype("BlockQuote", "Zitat")),
    ("pdf-tag-types", "a standard type mapped", lambda pdf: pdf.Root.StructTreeRoot.RoleMap.__setitem__("/P", Name.Span)),
    ("pdf-tag-nesting", "paragraph for item", paragraph_for_item),
    ("pdf-tag-nesting", "item outside a list", retype("BlockQuote", "LI")),
    ("pdf-parent-tree", "led to another", mark_of_nobody),
    ("pdf-parent-tree", "page not in the tree", lambda pdf: pdf.pages[0].obj.__delitem__("/StructParents")),
    ("pdf-untagged", "bare rectangle", append(b"0 0 1 1 re f")),
    ("pdf-untagged", "artifact in the text", contents(b"BDC", b"BDC " + ARTIFACT)),
    ("pdf-alternatives", "no words for a picture", spoil("Figure", "/Alt")),
    ("pdf-alternatives", "no place of a picture", spoil("Figure", "/A")),
    ("pdf-headings", "skipped level", skipped_level),
    ("pdf-table-grid", "one cell too many", extra_cell),
    ("pdf-table-heads", "head of what", spoil("TH", "/A")),
    ("pdf-lists", "no numbering", lambda pdf: [each for each in elements(pdf) if each.S == "/L"][1].__delitem__("/A")),
    ("pdf-notes", "no name", nameless_note),
    ("pdf-notes", "one name for two", same_name),
    ("pdf-links", "no words", no_annotation_text),
    ("pdf-links", "not in the tree", lost_annotation),
    ("pdf-annotations", "hidden link", foreign_annotation),
    ("pdf-tab-order", "no order", no_tab_order),
    ("pdf-embedding", "not embedded", not_embedded),
    ("pdf-faces", "another face", foreign_face),
    ("pdf-characters", "no ToUnicode", no_unicode),
    ("pdf-characters", "private use", private_use),
    ("pdf-reading-order", "paragraphs in another order", swapped),
    ("pdf-bookmarks", "another title", bookmark),
    ("pdf-bookmarks", "headings without bookmarks", lost_bookmark),
)  # fmt: skip
RAW = {"pdf-header", "pdf-encryption"}


@pytest.mark.parametrize(
    ("code", "change"), [fault[::2] for fault in FAULTS], ids=[f"{code}: {what}" for code, what, _ in FAULTS]
)
def test_each_rule_sees_its_fault_and_no_other_rule_does(good: Good, code: str, change: Callable[[Pdf], None]) -> None:
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        change(pdf)
        faulty = io.BytesIO()
        pdf.save(faulty)
    assert good.codes(faulty.getvalue()) == {code}


def test_every_rule_has_its_fault() -> None:
    assert {code for code, _ in CONFORMANCE_RULES} == {code for code, _, _ in FAULTS} | RAW


def test_the_header_says_that_the_file_is_binary(good: Good) -> None:
    at = good.content.index(b"\n%") + 2
    assert good.codes(good.content[:at] + b"abcd" + good.content[at + 4 :]) == {"pdf-header"}


def test_nothing_is_encrypted(good: Good) -> None:
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        locked = io.BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="x", user="", metadata=False))
    assert good.codes(locked.getvalue()) == {"pdf-encryption"}


def test_the_folder_of_the_publication_is_not_in_the_file(good: Good) -> None:
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        append(b"% seen in D'Artagnan/bulletin-folder")(pdf)
        faulty = io.BytesIO()
        pdf.save(faulty)
    assert good.codes(faulty.getvalue(), folder="D'Artagnan/bulletin-folder") == {"pdf-private"}
    assert good.codes(faulty.getvalue(), folder="elsewhere") == set()


def test_what_an_author_wrote_may_look_like_a_path(make: Make) -> None:
    body = (
        r"## C:\资料目录"
        "\n\n"
        r"见[D:\甲](https://example.org/?x=file:)和[file:乙](https://example.org/home/wang/)，/home/wang/。"
    )
    edition, publication = composed(
        make({ARTICLE: article(body, "kind: report\ntitle: /home/wang/\norganization: 某县")})
    )
    file = PrintFile(printed(edition, publication).content, edition, PdfStandard.A_2A)
    assert prove_conformance(file, WHERE) == ()


def test_the_standard_declared_is_the_standard_asked_for(good: Good) -> None:
    assert good.codes(good.content, PdfStandard.A_3A) == {"pdf-standards"}


def test_no_tree_at_all_is_told_and_stops_no_other_rule(good: Good) -> None:
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.Lang
        faulty = io.BytesIO()
        pdf.save(faulty)
    assert good.codes(faulty.getvalue()) >= {"pdf-tag-root", "pdf-parent-tree", "pdf-reading-order", "pdf-language"}


def test_broken_metadata_are_a_finding(good: Good) -> None:
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        pdf.Root.Metadata.write(b"<x:xmpmeta")
        faulty = io.BytesIO()
        pdf.save(faulty)
    assert good.codes(faulty.getvalue()) == {"pdf-title", "pdf-standards", "pdf-info"}


def test_qpdf_sees_broken_syntax(good: Good) -> None:
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        pdf.pages[0].Contents.write(b"q q q ) BT")
        faulty = io.BytesIO()
        pdf.save(faulty)
    found = prove_syntax(PrintFile(faulty.getvalue(), good.edition, PdfStandard.A_2A), WHERE)
    assert {problem.code for problem in found} == {"pdf-syntax"}


def test_a_linearized_file_is_refused_before_qpdf_looks_at_it(good: Good) -> None:
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        linear = io.BytesIO()
        pdf.save(linear, linearize=True)
    found = prove_syntax(PrintFile(linear.getvalue(), good.edition, PdfStandard.A_2A), WHERE)
    assert [problem.code for problem in found] == ["pdf-syntax"]


def test_attached_are_the_sources_and_nothing_else(good: Good) -> None:
    sources = (SourceFile("issue.yaml", "application/yaml", b"number: 1\n"),)
    file = PrintFile(good.content, good.edition, PdfStandard.A_2A, sources)
    assert {problem.code for problem in prove_conformance(file, WHERE)} == {"pdf-attachments"}


@pytest.mark.filterwarnings("ignore")  # the judge is new and says so
def test_another_judge_finds_nothing_but_what_it_does_not_know(good: Good) -> None:
    """pikepdf's own judge of PDF/A-2b, which lets nothing pass that it does not know: level A, PDF/UA, empty resources."""
    import pikepdf.pdfa

    unknown = ("pdfa", "pdfuaid", "expected 'B'", "patterns are not supported", "shadings are not supported")
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        findings = [str(finding.message) for finding in pikepdf.pdfa.check(pdf, "2b").findings]
    assert [said for said in findings if not any(known in said for known in unknown)] == []
    with Pdf.open(io.BytesIO(good.content)) as pdf:
        not_embedded(pdf)
        assert any("embed" in str(finding.message).lower() for finding in pikepdf.pdfa.check(pdf, "2b").findings)
