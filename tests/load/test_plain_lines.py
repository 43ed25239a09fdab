"""Articles of plain lines are read without the Markdown parser: what comes out is what the parser would have made of them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.load.blocks import _read_parsed, _Reader, read_body
from bulletin.load.markdown import MAX_NESTING, all_plain

PIECES = (
    *(
        "甲",
        "乙丙",
        "a",
        "B c",
        "1",
        "2019年",
        "1. ",
        "1.",
        "1) ",
        "12.5",
        "（一）",
        "一、",
        "“引”",
        "《书》",
        "①",
        "——",
        "…",
        "正文一段。\n",
    ),
    *("**", "*", "***", "**一、好。**", " *a*", "**a*b**", "3*4", "_", "`", "[", "](", "<", "&", "\\", "!"),
    *(
        "\n",
        "\n\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\u3000",
        " \n",
        "##",
        "## ",
        "### ",
        "##### ",
        "###### ",
        "# ",
        "#",
        "＃",
    ),
    *(
        "- ",
        "-",
        "+ ",
        "> ",
        "|",
        "---",
        "~~~",
        "===",
        ":",
        "：",
        "。",
        "！",
        "~",
        "^",
        "{x}",
        "a@b.c",
        "http://x.cn",
        "'",
        '"',
        "/",
    ),
)


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("甲\n乙")
@example("2019年。\n\n1. 甲")
@example("**甲。**乙\n## 丙\n丁")
@example("**" * 3 + "甲")
@example("## 甲 ##")
@example("##\n甲")
def test_plain_lines_are_read_as_the_parser_reads_them(text: str) -> None:
    assert read_body(text, "x.md", 5) == _read_parsed(_Reader("x.md", 5, text.split("\n")), text)


@pytest.mark.parametrize(
    "text",
    [
        "甲。\n\n## 乙\n\n丙",
        "**一、甲。**乙。\n\n（一）丙。",
        "“甲”。",
        "2019年，甲。",
        "",
        "甲\n\n\n\n乙",
        "1978.3，甲",
    ],
)
def test_most_articles_are_plain(text: str) -> None:
    assert all_plain(text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "甲\n乙",
            "- 甲",
            "1. 甲",
            "1）甲\n1) 乙",
            "> 甲",
            "|甲|",
            "    甲",
            "　甲",
            "[甲](b)",
            "甲[^1]",
            "`甲`",
            "甲<br>",
            "甲&amp;",
        ),
        *(
            "\\*甲",
            "---",
            "***",
            "```",
            "# 甲",
            "甲 # 乙",
            "<!-- 甲 -->",
            "![甲](a.png)",
            "_甲_",
            "＃ 甲",
            "* 甲",
            "** 甲",
            "甲\n---",
        ),
        "*a " * MAX_NESTING + "b* " * MAX_NESTING,
    ],
)
def test_what_the_parser_must_see_is_not(text: str) -> None:
    assert not all_plain(text.split("\n"))
