"""What a proofreader reads is what is printed, and each character of it stands in its file where it is said to stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.load.blocks import Body, read_body
from bulletin.load.encoding import read_text
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.proof_texts import load_proof_texts, read_article_texts
from bulletin.load.proof_texts.body import read_body_texts
from bulletin.load.proof_texts.scalars import placed_scalar
from bulletin.load.publication import load_publication
from bulletin.load.strict_yaml import parse_yaml
from bulletin.load.yaml_faults import Lines
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.proof_text import ProofText, ProofTexts, Role
from bulletin.model.prose import Block, Figure, Heading, ItemList, Paragraph, Quote, Table
from bulletin.model.walk import plain_text
from tests.conftest import REPOSITORY, Make

PIECES = (
    *("甲", "乙丙", "a", "B c", "1", "，", "。", "“引”", "《书》", "𠮷", "😀", "\u3000", "正文一段。\n", "ab\ncd\n"),
    *("**", "*", "***", "_", "**粗**", " *斜* ", "**甲**<!-- 校 -->", "`码`", "`` a`b ``", "` c `", "`甲\n乙`"),
    *("[文](b.md)", '[文](<b c> "题")', "[", "](", ")", "<https://a.cn>", "<a@b.cn>", "<", ">", "!"),
    *("\\*", "\\甲", "\\\\", "\\\n", "&lt;", "&#65;", "&amp;x", "&", "  \n", " \n", "\t", " ", "\n\u3000"),
    *("<!-- 注 -->", "<!-- 注\n解 -->", "\n\n<!-- 独 -->\n\n", "[^1]", "[^2]", "\n\n[^1]: 注文\n", "\n\n[^2]: 一\n\n    二\n"),
    *("\n", "\n\n", "\n\n", "## ", "### 标 ##\n", "- ", "\n- 项\n", "  - 内\n", "1. ", "3) ", "> ", "\n> 引\n", "> > ", "    "),
    *("\n\n|a|b|\n|-|-|\n", "|x|y|\n", "| 甲\\|乙 | **c** |\n", "x | y\n--|--\n1 | `2`\n", "\\|", "|", "\n---\n"),
    *("\n\n![图](a.png)\n\n", '![图 \\* 文](a.png "题 \\"甲\\" &amp; 乙")', "![", "```\n", "~~~\n码\n~~~\n"),
)  # fmt: skip

VALUE_PIECES = (
    *(
        "甲",
        "乙丙",
        "a",
        "B c",
        "1",
        "，",
        "“引”",
        "：",
        ": ",
        "#",
        " #",
        "😀",
        "𠮷",
        "\u3000",
        "'",
        '"',
        "\\",
        "-",
        "- ",
        "|",
    ),
    *("[", "]", "{", ",", " ", "  ", "\n", "\n\n", "\n  ", "\t", "&", "*", "!", "%", "~", "——", "\x7f", "\u00e9"),
)
CHANGED = frozenset(" \t\n'\"\\\x7f")
"""What may stand otherwise in YAML: blanks, marks, what is escaped (as rare Han are, by the program that writes the test's files)."""


def printed_texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts of the blocks as the model has them, in the order of reading; code is none."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield plain_text(block.content)
            case Quote():
                yield from printed_texts(block.blocks)
            case ItemList():
                for item in block.items:
                    yield from printed_texts(item.blocks)
            case Table():
                yield from (plain_text(cell) for row in (block.head, *block.rows) for cell in row)
            case Figure():
                yield from (block.alternative, block.caption)


def texts_of_body(blocks: Iterable[Block], body: Body | Manuscript) -> list[str]:
    """The same with the footnotes, and without what is empty."""
    notes = (plain_text(note.content) for note in body.notes)
    return [text for text in (*printed_texts(blocks), *notes) if text]


def misplaced(text: ProofText, lines: list[str]) -> list[tuple[int, str]]:
    """The characters that do not stand where they are said to; those that stand otherwise in the file must lie in it at least."""
    return [(offset, text.content[offset]) for offset in range(len(text.content)) if not stands(text, offset, lines)]


def stands(text: ProofText, offset: int, lines: list[str]) -> bool:
    """True if the character at `offset` stands where it is said to."""
    span = text.span(offset)
    line = lines[span.line - 1] + "\n"
    if text.contiguous(offset, offset + 1):
        return line[span.column - 1 : span.column] == text.content[offset]
    return 1 <= span.column <= len(line)


@settings(max_examples=1500)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("甲`` a ``乙")
@example("> a\n甲\n> ` b\n>   c `")
@example("**a\n<!-- 校 -->b**")
@example("- | a | b |\n  |---|---|\n  | c |")
@example("- a | b\n--|--\nc | d | e")
@example("> a | b\n> --|--\n> \\| | d")
@example("\u3000\n甲\n\u3000\u3000乙")
@example("![a](b.png 'c \\' d')")
@example("![a](b.png (c \\( d\\)))")
@example('甲<!-- 一 -->\n\n![a](b.png "c\nd")<!-- 二 -->')
def test_generated_bodies_are_read_as_they_are_printed(text: str) -> None:
    body = read_body(text, "x.md", 1)
    read = read_body_texts(text, "x.md", 1)
    if not body.blocks:
        return
    assert [each.content for each in read.texts] == texts_of_body(body.blocks, body)
    lines = text.split("\n")
    for each in read.texts:
        assert misplaced(each, lines) == []


@pytest.mark.parametrize("style", ["", '"', "'", "|", ">"])
@settings(max_examples=300)
@given(
    said=st.lists(st.sampled_from(VALUE_PIECES), min_size=1, max_size=10).map("".join),
    width=st.sampled_from((4, 9, 80)),
)
def test_values_of_yaml_stand_where_they_stand(style: str, said: str, width: int) -> None:
    source = yaml.dump({"a": [said, "末"]}, default_style=style, allow_unicode=True, width=width)
    tree = parse_yaml(source, "x.yaml", 3)
    lines = Lines(source, "x.yaml", 3)
    assert tree.value == {"a": [said, "末"]} or tree.problems
    if tree.problems:  # a key in quotation marks is none of ours
        return
    for where, value in ((("a", 0), said), (("a", 1), "末")):
        placed = placed_scalar(value, lines, tree.places[where])
        text = ProofText("x.yaml", "", Role.FIELD, placed.content, placed.anchors, altered=placed.altered)
        assert placed.content == value
        assert misplaced(text, ["", "", *source.split("\n")]) == []
        altered = sum(end - start for start, end in placed.altered)
        assert altered <= sum(character in CHANGED or character > "\uffff" for character in value), source


def all_texts(root: Path) -> Iterator[tuple[Issue, tuple[ProofTexts, ...]]]:
    """Each issue of a publication, and its texts."""
    publication = load_publication(root).value
    assert publication is not None
    for key in list_issues(root):
        issue = load_issue(root, key, publication).value
        assert issue is not None
        yield issue, load_proof_texts(root, key, issue)


@pytest.mark.parametrize("name", ["sample", "real"])
def test_an_issue_is_read_as_it_is_printed(name: str, request: pytest.FixtureRequest) -> None:
    root = REPOSITORY if name == "sample" else request.getfixturevalue("seed")
    for issue, (own, *articles) in all_texts(root):
        assert len(articles) == len(issue.manuscripts) > 0
        for manuscript, article in zip(issue.manuscripts, articles, strict=True):
            body = [text.content for text in article.texts if not text.field]
            assert body == texts_of_body(manuscript.blocks, manuscript)
            assert [text.content for text in article.texts if text.field] == fields_of(manuscript)
        for part in (own, *articles):
            lines = (read_text(root, part.path, 1 << 20).value or "").split("\n")
            assert part.texts
            for text in part.texts:
                assert misplaced(text, lines) == []


def fields_of(manuscript: Manuscript) -> list[str]:
    """What is printed of an article's front matter, in the order of reading."""
    names = (manuscript.speaker, manuscript.position, manuscript.organization)
    notes = manuscript.editors_note.split("\n")
    return [said for said in (*notes, *manuscript.title, manuscript.subtitle, *names) if said]


def test_what_is_printed_of_an_issue_is_read_with_its_place(make: Make) -> None:
    issue = (
        "number: 1\nserial: 10\ndate: 2026-01-20\nmarking: [内部资料, '注意 保存']\n"
        'editors: {responsible: 张三, editors: ["李\\u56db"], phone: 010-12345678}\n'
        "distribution:\n  报: [[甲局]]\n  发: {text: 各科（室）, to: [[各科]]}\n"
        "highlights:\n  - 甲\n  - >-\n    乙\n    丙\narchive: 4\nspare: 1\neditors_note: |\n  第一段。\n\n  第二段。\n"
    )
    ((_, (own, _)),) = all_texts(make({"issues/2026-01/issue.yaml": issue}))
    assert [(text.role, text.field, text.content, text.span(0).line) for text in own.texts] == [
        (Role.FIELD, "marking.0", "内部资料", 4),
        (Role.FIELD, "marking.1", "注意 保存", 4),
        (Role.HIGHLIGHT, "highlights.0", "甲", 10),
        (Role.HIGHLIGHT, "highlights.1", "乙 丙", 12),
        (Role.EDITORS_NOTE, "editors_note", "第一段。", 17),
        (Role.EDITORS_NOTE, "editors_note", "第二段。", 19),
        (Role.FIELD, "distribution.报.0.0", "甲局", 7),
        (Role.FIELD, "distribution.发.text", "各科（室）", 8),
        (Role.FIELD, "editors.responsible", "张三", 5),
        (Role.FIELD, "editors.editors.0", "李四", 5),
        (Role.FIELD, "editors.phone", "010-12345678", 5),
    ]


def test_what_a_text_is() -> None:
    body = (
        "同志们：\n\n## 标题\n\n**一、好。**正文[址](http://a.cn)<http://b.cn>`码`。[^1]\n\n- 项\n\n  > 引\n\n> 引\n>\n> - 引\n\n"
        "|甲|\n|-|\n|乙|\n\n![代](a.png '题')\n\n[^1]: 注\n\n    **注**\n\n```\n码\n```\n"
    )
    read = read_body_texts(body, "issues/2026-01/01-report.md", 1)
    assert [(text.role, text.content) for text in read.texts] == [
        (Role.PARAGRAPH, "同志们："),
        (Role.HEADING, "标题"),
        (Role.PARAGRAPH, "一、好。正文址http://b.cn码。"),
        (Role.ITEM, "项"),
        *[(Role.QUOTE, "引")] * 3,
        (Role.CELL, "甲"),
        (Role.CELL, "乙"),
        (Role.CAPTION, "代"),
        (Role.CAPTION, "题"),
        (Role.NOTE, "注\n注"),
    ]
    paragraph, note = read.texts[2], read.texts[-1]
    assert {text.slug for text in read.texts} == {"01-report"}
    assert [text.level for text in read.texts if text.level] == [1]
    assert [paragraph.content[slice(*each)] for each in paragraph.verbatim] == ["http://b.cn", "码"]
    assert [paragraph.content[slice(*each)] for each in paragraph.strong] == ["一、好。"]
    assert note.strong == ((2, 3),)


@pytest.mark.parametrize(
    ("body", "remarks"),
    [
        ("甲<!-- 一 -->乙\n丙<!--二-->", [("一", (1, 2), ["甲乙丙"]), ("二", (2, 2), ["甲乙丙"])]),
        ("<!-- 一 -->\n\n甲\n\n乙", [("一", (1, 1), ["甲"])]),
        ("<!-- 一 -->\n<!-- 二\n二 -->\n\n- 甲\n- 乙", [("一", (1, 1), ["甲", "乙"]), ("二\n二", (2, 1), ["甲", "乙"])]),
        ("<!-- 一 --> <!-- 二 -->\n\n|甲|\n|-|\n|乙|", [("一", (1, 1), ["甲", "乙"]), ("二", (1, 12), ["甲", "乙"])]),
        ("- 甲\n  <!-- 一 -->\n- 乙\n  <!-- 二 -->\n\n丙\n\n  <!-- 三 -->", [("一", (2, 3), ["乙"]), ("二", (4, 3), ["丙"]), ("三", (8, 3), [])]),
        ("|甲|\n|-|\n|乙<!-- 一 -->|", [("一", (3, 3), ["乙"])]),
        ("![甲](a.png '题')<!-- 一 -->", [("一", (1, 16), ["甲", "题"])]),
        ("甲[^1]\n\n[^1]: 注<!-- 一 -->", [("一", (3, 8), ["注"])]),
        ("> <!-- 一 -->\n> 甲\n>\n> 乙", [("一", (1, 3), ["甲"])]),
    ],
)  # fmt: skip
def test_a_remark_knows_what_it_is_about(body: str, remarks: list[tuple[str, tuple[int, int], list[str]]]) -> None:
    read = read_body_texts(body, "x.md", 1)
    assert [
        (each.content, (each.span.line, each.span.column), [text.content for text in each.texts])
        for each in read.remarks
    ] == remarks


def test_words_that_stand_otherwise_in_the_file_are_not_contiguous() -> None:
    (text,) = read_body_texts("甲**乙**丙\\*丁&lt;戊\n己<!-- 注 -->庚", "x.md", 1).texts
    assert text.content == "甲乙丙*丁<戊己庚"
    whole = {(start, end) for start in range(9) for end in range(start + 1, 10) if text.contiguous(start, end)}
    assert whole == {(0, 1), (1, 2), (2, 3), (4, 5), (6, 7), (7, 8), (8, 9)}
    assert (text.span(2).column, text.end_span(2).column, text.end_span(0).column) == (7, 5, 1)


@pytest.mark.parametrize(
    "text", ["", "没有稿件信息", "---\ntitle: 甲\n", "---\ntitle: [甲\n---\n乙", "---\n- 甲\n---\n乙"]
)
def test_what_is_no_manuscript_has_no_fields(text: str) -> None:
    assert [each for each in read_article_texts(text, "x.md").texts if each.field] == []
