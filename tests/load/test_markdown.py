"""Markdown as a Chinese editor means it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.load.blocks import read_body
from bulletin.load.markdown import too_much
from bulletin.model.prose import (
    Block,
    Divider,
    Emphasis,
    Figure,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    Link,
    NoteRef,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Verbatim,
)
from bulletin.model.walk import plain_text, walk


def blocks(text: str) -> tuple[Block, ...]:
    body = read_body(text, "x.md", 1)
    assert not body.problems, body.problems
    return body.blocks


def inlines(text: str) -> tuple[Inline, ...]:
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**一、强化政治引领。**市委始终把……", ["一、强化政治引领。"]),  # the trap: not bold by CommonMark
        ("**（一）加强领导。**各级", ["（一）加强领导。"]),
        ("**1. 企业重视。**长期以来", ["1. 企业重视。"]),
        ("他说**“学习”**很重要", ["“学习”"]),
        ("突出**《条例》**学习", ["《条例》"]),
        ("，**重点**。", ["重点"]),
        ("达到**109.6万**人", ["109.6万"]),
        ("使用**APP**学习", ["APP"]),
        ("**甲——**乙", ["甲——"]),
        ("**甲……**乙，**丙**", ["甲……", "丙"]),
        ("（**甲**）", ["甲"]),
        ("a **b** c", ["b"]),
        ("**全段加粗。**", ["全段加粗。"]),
        ("**甲**、**乙**和**丙**", ["甲", "乙", "丙"]),
        ("2**3和4**5", []),  # powers, not bold
    ],
)
def test_bold_beside_chinese_marks(text: str, bold: list[str]) -> None:
    body = read_body(text, "x.md", 1)
    found = [plain_text(strong.content) for strong in walk(body.blocks, Strong)]
    assert found == bold
    if bold:
        assert "**" not in "".join(part.content for part in walk(body.blocks, Text))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("老干部\n工作", "老干部工作"),
        ("到2020年\n7月", "到2020年7月"),
        ("发展\n5G应用", "发展5G应用"),
        ("open\nsource", "open source"),
        ("强调\n“学习”", "强调“学习”"),
        ("see the\n**standard** and\n[ISO](https://iso.org/)", "see the standard and ISO"),
        ("**强调**\n学习", "强调学习"),
        ("　　段首空两格", "段首空两格"),
        ("    四个空格不是代码", "四个空格不是代码"),
    ],
)
def test_lines_of_a_paragraph_join(text: str, joined: str) -> None:
    assert plain_text(inlines(text)) == joined


def test_every_kind_of_block() -> None:
    found = blocks(
        "## 标题\n\n正文[^a]，见[网页](https://example.org/a)。*楷体*  \n另起一行\n\n"
        "> 引文\n\n- 甲\n- 乙\n\n3. 丙\n4. 丁\n\n| 项 | 数 |\n|---|--:|\n| 甲 | 1 |\n\n"
        '![图上是书屋](a.png "书屋")\n\n---\n\n```\n原样\n```\n\n[^a]: 注文'
    )
    kinds = [Heading, Paragraph, Quote, ItemList, ItemList, Table, Figure, Divider, Verbatim]
    assert [type(block) for block in found] == kinds
    assert [item.mark for item in found[4].items] == ["3.", "4."]  # type: ignore[union-attr]
    assert found[5].alignments == ("", "right")  # type: ignore[union-attr]
    assert (found[6].alternative, found[6].caption) == ("图上是书屋", "书屋")  # type: ignore[union-attr]
    assert len(list(walk(found, NoteRef))) == len(list(walk(found, Link))) == 1
    assert len(list(walk(found, LineBreak))) == len(list(walk(found, Emphasis))) == 1


def test_setext_underline_is_a_divider_and_not_a_title() -> None:
    assert [type(block) for block in blocks("正文\n---\n后文")] == [Paragraph, Divider, Paragraph]


def test_comments_are_kept_with_their_places_and_not_printed() -> None:
    body = read_body("甲<!-- 一 -->乙\n\n<!-- 二\n\n二 -->\n<!-- 三 -->丙\n<!--\n四-->\n丁", "x.md", 10)
    assert [(comment.content, comment.span.line) for comment in body.comments] == [
        ("一", 10),
        ("二\n\n二", 12),
        ("三", 15),
        ("四", 16),
    ]
    assert [plain_text(block.content) for block in walk(body.blocks, Paragraph)] == ["甲乙", "丙", "丁"]
    assert not body.problems


HAN = st.text(st.sampled_from("老干部工作动态一二三，。“”（）《》——……、：；"), min_size=1, max_size=20)
MARKUP = st.sampled_from(
    ["**", "*", "_", "`", "\n", "\n\n", "> ", "- ", "1. ", "## ", "[", "](", ")", "![", "[^1]", "[^1]: ", "|", "|-|\n",
     "<!--", "-->", "<b>", "&amp;", "\\", "    ", "---\n", "```\n", "~", "https://a.b", "<https://a.b>"]
)  # fmt: skip


@given(st.lists(st.one_of(HAN, MARKUP), max_size=40).map("".join))
def test_no_text_is_ever_lost_without_a_problem(text: str) -> None:
    """Whatever the markup, each Han character reaches a block, a note or a comment, or a problem says that it does not."""
    body = read_body(text, "x.md", 1)
    if body.problems:
        return
    kept = "".join(walk((body.blocks, body.notes, body.comments), str))
    for character in set(text):
        if "\u4e00" <= character <= "\u9fff":
            assert kept.count(character) >= text.count(character)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5_000,
        "![" * 2_500,
        ("*a" * 2_400 + "\n") * 4,
        ("**a" * 1_600 + "\n") * 4,
        "`" * 5_000,
        "".join("`" * count + " " for count in range(1, 90)),
        ("<a" * 2_400 + "\n") * 4,
        ("_a_" * 1_600 + "\n") * 4,
        ("[a](" * 90 + "\n") * 4,
        ("&a" * 2_400 + "\n") * 4,
        ("<!--" * 1_200 + "\n") * 4,
        "\\" * 4_999,
        "[^a" * 400,
        "> " * 2_400,
        "- " * 2_400,
        "1. " * 1_600,
        "- a\n" * 20_000,
        "|a" * 400 + "\n" + "|-" * 400 + "\n" + ("|b" * 400 + "\n") * 40,
        "".join("  " * depth + "- a\n" for depth in range(200)),
    ],
    ids=lambda text: text[:8],
)
def test_slow_texts_are_refused_or_read(text: str) -> None:
    """Safety, row 25: each of these took seconds or minutes in a parser without caps. (The suite's time is the measure.)"""
    if too_much(text) is None:
        read_body(text, "x.md", 1)
