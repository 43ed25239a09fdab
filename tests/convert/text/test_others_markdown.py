"""Markdown of others: what becomes of its markup, and that nothing else goes."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.convert.text import read_markdown
from bulletin.model.foreign import DropKind, ForeignDocument, ForeignParagraph, ForeignTable, Look, Run

SOURCE = """\
---
title: "全县工作做法"
date: 2020-07-13
---
<!-- 待核 -->
# 大标题

**一、强化引领。**市委见[通知](https://a.example/b "题")，很*重要*[^甲]
第二行<br>完

1. 甲事
2. 乙事
   - 丙事

|单位|户数|
|--|:-:|
|东区|**12**|

> 引文

![示意图](图/a.png)

[^甲]: 注文
"""


def read(text: str) -> ForeignDocument:
    outcome = read_markdown(text.encode(), "来稿.md")
    assert outcome.value is not None
    return outcome.value


def left_over(document: ForeignDocument) -> Counter[str]:
    left = Counter(document.census)
    kept = [run.text for paragraph in document.paragraphs() for run in paragraph.runs]
    dropped = [each.text for each in document.dropped if each.kind is not DropKind.METADATA]
    left.subtract("".join("".join([*kept, *dropped]).split()))
    return Counter({sign: count for sign, count in left.items() if count})


def test_what_its_markup_becomes() -> None:
    document = read(SOURCE)
    assert not left_over(document)
    title, heading, lead, first, second, third, table, quote = document.blocks
    assert isinstance(lead, ForeignParagraph)
    assert isinstance(table, ForeignTable)
    assert isinstance(quote, ForeignParagraph)
    assert [(each.text, each.level) for each in (title, heading) if isinstance(each, ForeignParagraph)] == [
        ("全县工作做法", 1),
        ("大标题", 1),
    ]
    assert lead.runs == (
        Run("一、强化引领。", Look(bold=True)),
        Run("市委见"),
        Run("通知", link="https://a.example/b"),
        Run("，很"),
        Run("重要", Look(italic=True)),
        Run("", note="甲"),
        Run("第二行<br>完"),
    )
    assert lead.place.line == 8
    items = [each for each in (first, second, third) if isinstance(each, ForeignParagraph)]
    assert [(each.number, each.list_level, each.text) for each in items] == [
        ("1.", 0, "1.甲事"), ("2.", 0, "2.乙事"), ("•", 1, "•丙事")
    ]  # fmt: skip
    assert [cell.paragraphs[0].runs for cell in table.rows[1]] == [(Run("东区"),), (Run("12", Look(bold=True)),)]
    assert quote.style == "Quote"
    assert [note.paragraphs[0].text for note in document.notes] == ["注文"]
    assert [each.text for each in document.dropped if each.kind is DropKind.HIDDEN] == ["<!-- 待核 -->"]


def test_a_picture_is_named_and_asked_for() -> None:
    problems = read_markdown(SOURCE.encode(), "来稿.md").problems
    assert [(problem.code, "图/a.png" in str(problem.message)) for problem in problems] == [("import-picture", True)]


def test_lines_that_end_a_sentence_are_paragraphs() -> None:
    document = read("第一段。\n第二段写到\n这里。**三、**甲：\n第四段")
    assert [(each.text, each.place.line) for each in document.paragraphs()] == [
        ("第一段。", 1), ("第二段写到这里。三、甲：", 2), ("第四段", 4)
    ]  # fmt: skip


PLAIN = ["正文[^甲]\n\n[^甲]: 注\n\n[^乙]: 没有人用的注", "[" * 500, "> " * 50 + "深"]


@pytest.mark.parametrize("text", PLAIN)
def test_what_would_lose_words_is_read_as_plain_text(text: str) -> None:
    outcome = read_markdown(text.encode(), "来稿.md")
    assert outcome.value is not None
    assert [problem.code for problem in outcome.problems] == ["import-markdown"]
    assert not left_over(outcome.value)
    assert "".join(outcome.value.text.split()) == "".join(text.split())


_PIECES = ["工作", "\n", "\n\n", "# ", "- ", "1. ", "> ", "**", "*", "_", "`", "```\n", "|", "|-|\n", "[^a]", "[^a]: ", "[甲](b)", "![c](d)",
           "<e>", "<!-- f -->", "<!--", "&nbsp;", "\\*", "---\n", "    ", "http://g.h", "<http://i.j>", "===\n", "：", "。"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_no_letter_is_lost(text: str) -> None:
    document = read("正文。" + text)
    assert not left_over(document)


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a ", "`", "> ", "- a\n", "|a", "<!--", "<!-- -->", "[^a]", "**一", "_ "]
)
def test_hostile_markdown_takes_little_time(piece: str) -> None:
    """A quadratic reading takes minutes for this."""
    read_markdown((piece * 30_000).encode(), "a.md")
    block = piece * (19_000 // len(piece))
    read_markdown(f"{block}\n\n{block}".encode(), "a.md")
