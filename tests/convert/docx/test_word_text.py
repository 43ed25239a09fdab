"""What a Word file says: runs, looks, fields, notes, pictures, boxes, tables, and what is left out of it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.convert.docx import read_docx
from bulletin.model.foreign import Alignment, ChangePolicy, DropKind, ForeignDocument, ForeignTable, Look
from tests.word_files import lines, opened, p, png, r, word_file

BREAK = '<w:r><w:br w:type="page"/></w:r>'
INSERTED = '<w:ins w:author="王" w:date="2026-07-01T08:00:00Z">' + r("新") + "</w:ins>"
DELETED = '<w:del w:author="李"><w:r><w:delText>旧</w:delText></w:r></w:del>'
HIDDEN = r("密", "<w:vanish/>")
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def is_whole(document: ForeignDocument) -> bool:
    """True if the census has all characters of the text and of what was left out, and no others."""
    kept = "".join(run.text for each in document.paragraphs() for run in each.runs)
    left = "".join(each.text for each in document.dropped if each.kind is not DropKind.METADATA)
    return Counter(document.census) == Counter("".join((kept + left).split()))


@pytest.mark.parametrize(
    ("runs", "seen"),
    [
        (r("甲") + "<w:r><w:tab/></w:r>" + r("乙"), "甲\t乙"),
        (r("甲") + "<w:r><w:br/></w:r>" + r("乙"), "甲\u2028乙"),
        (r("A") + "<w:r><w:noBreakHyphen/></w:r>" + r("B"), "A-B"),
        (r("甲") + "<w:r><w:softHyphen/></w:r>" + r("乙"), "甲乙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r("甲"), "✓甲"),
        ('<w:r><w:sym w:font="Symbol" w:char="xyz"/></w:r>' + r("甲"), "甲"),
        ("<w:r><w:ruby><w:rt>" + r("jia") + "</w:rt><w:rubyBase>" + r("甲") + "</w:rubyBase></w:ruby></w:r>", "甲"),
        ("<w:sdt><w:sdtContent>" + r("甲") + "</w:sdtContent></w:sdt>", "甲"),
        ("<w:smartTag>" + r("甲") + "</w:smartTag>", "甲"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        (FIELD.format(code="DATE", result=r("7月")), "7月"),
        ('<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>", "3"),
        ("<w:something>" + r("甲") + "</w:something>", "甲"),
        (HIDDEN + r("甲"), "甲"),
        (INSERTED + DELETED, "新"),
    ],
)
def test_characters(runs: str, seen: str) -> None:
    document = opened(p(runs=runs) + p("末"))
    assert lines(document) == [seen, "末"]
    assert is_whole(document)


def test_looks_come_from_hand_style_and_defaults() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="标题一"/><w:basedOn w:val="a"/><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:name w:val="重"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = p("甲") + p("乙", '<w:pStyle w:val="b"/>')
    body += p(
        runs=r("丙", '<w:rStyle w:val="c"/>') + r("丁", '<w:b w:val="0"/><w:rFonts w:eastAsia="楷体"/><w:i/>'),
        properties='<w:pStyle w:val="b"/>',
    )
    first, second, third = opened(body, styles=styles).blocks
    assert first.runs[0].look == Look("宋体", 10.5)
    assert (second.runs[0].look, second.level, second.alignment, second.style) == (
        Look("黑体", 16.0, bold=True),
        1,
        Alignment.CENTER,
        "标题一",
    )
    assert [run.look for run in third.runs] == [
        Look("黑体", 16.0),
        Look("楷体", 16.0, italic=True),
    ]  # bold twice is not bold (17.7.3)


def test_styles_that_go_round_end() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    assert lines(opened(p("甲", '<w:pStyle w:val="a"/>'), styles=styles)) == ["甲"]


def test_indents_and_pages() -> None:
    section = "<w:sectPr/>"
    body = (
        p("甲", '<w:ind w:firstLineChars="200"/>')
        + p("乙", '<w:ind w:firstLine="640"/>')
        + p("丙", "<w:pageBreakBefore/>")
    )
    body += p(runs=BREAK) + p("丁") + p("戊", section) + p("己")
    blocks = opened(body).blocks
    assert [round(each.indent_pt) for each in blocks[:2]] == [21, 32]
    assert [each.new_page for each in blocks] == [False, False, True, True, False, True]


def test_how_a_section_begins_is_said_by_itself() -> None:
    """The first ends on its page, for the second goes on there; the third begins another."""

    def section(kind: str, former: str = "") -> str:
        return f'<w:sectPr><w:type w:val="{kind}"/>{former}</w:sectPr>'

    changed = "<w:sectPrChange><w:sectPr/></w:sectPrChange>"
    body = p("甲", section("nextPage")) + p("乙", section("continuous", changed)) + p("丙") + section("oddPage")
    assert [each.new_page for each in opened(body).blocks] == [False, False, True]


@pytest.mark.parametrize(("indent", "points"), [("640", 32.0), ("32pt", 32.0), ("1cm", 28.3), ("x", 0.0), ("nan", 0.0)])
def test_measures_may_have_units(indent: str, points: float) -> None:
    """In strict files (ECMA-376 part 1, 22.9.2.15)."""
    body = p(runs=r("甲", '<w:sz w:val="16pt"/>'), properties=f'<w:ind w:firstLine="{indent}"/>')
    (paragraph,) = opened(body).paragraphs()
    assert (round(paragraph.indent_pt, 1), paragraph.runs[0].look.size_pt) == (points, 16.0)


@pytest.mark.parametrize(
    ("policy", "seen", "left"),
    [
        (ChangePolicy.ACCEPT, ["甲新乙", "丙丁", "戊己"], "旧"),
        (ChangePolicy.REJECT, ["甲旧乙", "丙", "丁", "戊己"], "新"),
    ],
)
def test_tracked_changes(policy: ChangePolicy, seen: list[str], left: str) -> None:
    """Words, an end of a paragraph, and words that were moved."""
    ended = '<w:p><w:pPr><w:rPr><w:del w:author="李"/></w:rPr></w:pPr>' + r("丙") + "</w:p>"
    moved = (
        '<w:moveFrom w:author="王">' + r("己") + "</w:moveFrom>",
        '<w:moveTo w:author="王">' + r("己") + "</w:moveTo>",
    )
    body = p(runs=r("甲") + INSERTED + DELETED + r("乙")) + ended + p("丁")
    body += (
        p(runs=moved[0] + r("戊") + moved[1])
        if policy is ChangePolicy.ACCEPT
        else p(runs=r("戊") + moved[0] + moved[1])
    )
    document = opened(body, policy)
    assert lines(document) == seen
    assert is_whole(document)
    assert next(each.text for each in document.dropped if each.kind is DropKind.DELETED) == left
    assert {(each.kind.value, each.text, each.author) for each in document.changes} >= {
        ("inserted", "新", "王"),
        ("deleted", "旧", "李"),
    }


def test_comments_say_what_they_are_about() -> None:
    body = p(
        runs=r("甲")
        + '<w:commentRangeStart w:id="1"/>'
        + r("乙丙")
        + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    )
    document = opened(body, comments='<w:comment w:id="1" w:author="张">' + p("请核实") + p("数字") + "</w:comment>")
    assert [(each.about, each.text, each.author) for each in document.remarks] == [("乙丙", "请核实\n数字", "张")]
    assert lines(document) == ["甲乙丙"]


def test_what_a_comment_is_about_is_cut_and_nothing_else() -> None:
    body = p(runs='<w:commentRangeStart w:id="1"/>' + r("甲" * 300) + '<w:r><w:commentReference w:id="1"/></w:r>')
    document = opened(body, comments='<w:comment w:id="1" w:author="张">' + p("长") + "</w:comment>")
    assert [each.about for each in document.remarks] == ["甲" * 200 + "…"]
    assert lines(document) == ["甲" * 300]


def test_notes_are_numbered_as_they_are_called() -> None:
    body = p(
        runs=r("甲")
        + '<w:r><w:endnoteReference w:id="5"/></w:r>'
        + r("乙")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    notes = '<w:footnote w:id="2">' + p("脚") + '</w:footnote><w:footnote w:id="3">' + p("没人提") + "</w:footnote>"
    document = opened(body, footnotes=notes, endnotes='<w:endnote w:id="5">' + p("尾") + "</w:endnote>")
    assert [run.note for run in document.blocks[0].runs if run.note] == ["1", "2"]
    assert {note.label: note.paragraphs[0].text for note in document.notes} == {"1": "尾", "2": "脚"}
    assert ("没人提", DropKind.HIDDEN) in [(each.text, each.kind) for each in document.dropped]
    assert is_whole(document)


BOX = "<w:txbxContent>" + p("框") + "</w:txbxContent>"


@pytest.mark.parametrize(
    "shape",
    [
        f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>',
        f'<mc:AlternateContent><mc:Choice Requires="cx1"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>',
    ],
)
def test_text_boxes_are_read_once(shape: str) -> None:
    document = opened(p(runs=f"<w:r>{shape}</w:r>" + r("甲")))
    assert [(each.text, each.boxed) for each in document.paragraphs()] == [("框", True), ("甲", False)]
    assert is_whole(document)


def test_pictures_links_and_what_is_outside() -> None:
    related = (
        '<Relationship Id="p1" Type="x/image" Target="media/图.png"/><Relationship Id="p2" Type="x/image" Target="http://evil.example/a.png" TargetMode="External"/>'
        '<Relationship Id="l1" Type="x/hyperlink" Target="https://example.org/" TargetMode="External"/><Relationship Id="l2" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
    )
    drawing = '<w:r><w:drawing><wp:docPr descr="全景"/><a:blip r:embed="{}"/></w:drawing></w:r>'
    body = (
        p(runs=drawing.format("p1"))
        + p(runs=drawing.format("p2") + r("甲"))
        + p(
            runs='<w:hyperlink r:id="l1">'
            + r("乙")
            + '</w:hyperlink><w:hyperlink r:id="l2">'
            + r("丙")
            + "</w:hyperlink>"
        )
    )
    body += p(runs=FIELD.format(code='HYPERLINK "https://example.org/x"', result=r("丁")))
    outcome = read_docx(word_file(body, related, **{"word/media/图.png": png(4, 3)}), "稿.docx")
    document = outcome.value
    assert document is not None
    assert [(each.name, each.alternative) for each in document.pictures] == [("picture-1.png", "全景")]
    assert [run.picture for run in document.blocks[0].runs] == ["picture-1.png"]
    assert [(run.text, run.link) for run in document.blocks[2].runs] == [("乙", "https://example.org/"), ("丙", "")]
    assert document.blocks[3].runs[0].link == "https://example.org/x"
    told = " ".join(str(problem.message) for problem in outcome.problems)
    assert "外面的地址" in told
    assert "链接" in told


def test_tables_with_spans_nested_tables_and_rows_that_were_deleted() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    inner = "<w:tbl><w:tr>" + cell("里") + "</w:tr></w:tbl>"
    body = (
        "<w:tbl><w:tr>" + cell("甲", '<w:gridSpan w:val="2"/>') + cell("乙", '<w:vMerge w:val="restart"/>') + "</w:tr>"
        "<w:tr>" + cell("丙") + f"<w:tc><w:tcPr/>{inner}{p('丁')}</w:tc>" + cell("", "<w:vMerge/>") + "</w:tr>"
        '<w:tr><w:trPr><w:del w:author="李"/></w:trPr>' + cell("戊") + "</w:tr></w:tbl>"
    )
    document = opened(body)
    table = document.blocks[0]
    assert isinstance(table, ForeignTable)
    seen = [
        [("".join(each.text for each in cell.paragraphs), cell.columns, cell.rows) for cell in row]
        for row in table.rows
    ]
    assert seen == [[("甲", 2, 1), ("乙", 1, 2)], [("丙", 1, 1), ("里丁", 1, 1)]]
    assert is_whole(document)


def test_headers_footers_and_who_wrote_it_are_left_out_and_told() -> None:
    core = '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>某人</dc:creator></cp:coreProperties>'
    package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="x/core-properties" Target="docProps/core.xml"/></Relationships>'
    document = opened(
        p("甲"), header=p("页眉字"), footer=p("页脚字"), **{"docProps/core.xml": core, "_rels/.rels": package}
    )
    assert {(each.kind, each.text) for each in document.dropped} == {
        (DropKind.HEADER, "页眉字"), (DropKind.FOOTER, "页脚字"), (DropKind.METADATA, "creator: 某人"),
    }  # fmt: skip
    assert is_whole(document)


RUNS = st.sampled_from([r("甲"), r("b c"), HIDDEN, INSERTED, DELETED, FIELD.format(code="X", result=r("域")), f"<w:r><w:pict>{BOX}</w:pict></w:r>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "<w:r><w:tab/></w:r>", BREAK])  # fmt: skip
PARAGRAPHS = st.lists(RUNS, max_size=5).map(lambda runs: p(runs="".join(runs)))
CELLS = st.lists(PARAGRAPHS, min_size=1, max_size=2).map(lambda inside: f"<w:tc>{''.join(inside)}</w:tc>")
TABLES = st.lists(CELLS, min_size=1, max_size=3).map(lambda cells: f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>")


@given(st.lists(PARAGRAPHS | TABLES, min_size=1, max_size=6), st.sampled_from(ChangePolicy))
@settings(max_examples=150)
def test_nothing_is_lost_whatever_stands_where(blocks: list[str], policy: ChangePolicy) -> None:
    document = opened(p("首") + "".join(blocks), policy)
    assert is_whole(document)
