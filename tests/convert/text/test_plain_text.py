"""Plain text: encodings, and which lines are a paragraph."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.convert.text import read_text
from bulletin.model.foreign import Alignment, ForeignDocument, ForeignParagraph

BODY = (
    "全县各级部门认真落实统一部署，把服务群众作为出发点和落脚点，先后走访慰问困难群众三千余户，帮助解决实际问题"
    "五百多件，受到普遍欢迎。下一步，将继续完善工作机制，把好事办好、实事办实，让群众得到更多实惠，为全县发展贡献力量。"
)


def read(text: str | bytes) -> ForeignDocument:
    outcome = read_text(text.encode() if isinstance(text, str) else text, "来稿.txt")
    assert outcome.value is not None, outcome.problems
    return outcome.value


def paragraphs(document: ForeignDocument) -> list[str]:
    return document.text.split("\n")


def wrapped(text: str, indent: str = "　　", width: int = 34) -> str:
    """The text as a program of old broke it."""
    text = indent + text
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, ends: str) -> None:
    assert paragraphs(read(ends.join(["标题一行", "", BODY]).encode(encoding))) == ["标题一行", BODY]


REFUSED = [
    (b"", "import-empty"),
    (" \n\u3000\n".encode(), "import-empty"),
    (b"\x01\x02\x03" * 50 + b"abc", "import-no-text"),
    ("工作".encode() + b"\xff\xfe\xfd" * 9, "encoding"),
    (("字" * 5_000_001).encode(), "import-too-long"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_refused(content: bytes, code: str) -> None:
    outcome = read_text(content, "来稿.txt")
    assert outcome.value is None
    assert [problem.code for problem in outcome.problems] == [code]


def test_a_line_is_a_paragraph() -> None:
    lines = ["标题", "某县", *[BODY] * 9]
    assert paragraphs(read("\n".join(lines))) == lines


def test_lines_between_empty_lines() -> None:
    text = f"内部资料\n注意保存\n\n——在全省工作经验交流暨业务能力提升会议\n开幕式上的讲话\n\n{BODY}\n\n报：省委；\n省委办公厅、省政府办公厅、省委组织部、省委宣\n传部。"
    assert paragraphs(read(text)) == [
        "内部资料",
        "注意保存",
        "——在全省工作经验交流暨业务能力提升会议开幕式上的讲话",
        BODY,
        "报：省委；",
        "省委办公厅、省政府办公厅、省委组织部、省委宣传部。",
    ]


@pytest.mark.parametrize("indent", ["　　", ""])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_broken_at_a_width(indent: str, between: str) -> None:
    heading = "一、主要做法"
    text = between.join([wrapped(BODY, indent), indent + heading, wrapped(BODY, indent), wrapped(BODY, indent)])
    assert paragraphs(read(text)) == [BODY, heading, BODY, BODY]


def test_latin_words_at_line_ends_stay_apart() -> None:
    text = "\n".join(["字" * 31 + " Open", "Document 格式" + "字" * 27 + "20", "20年完成" + "字" * 29] * 4)
    assert "Open Document 格式" in read(text).text
    assert "2020年完成" in read(text).text


def test_places_indents_and_pages() -> None:
    document = read(f"　　{BODY}\n\n\f                    标题居中\n{BODY}")
    first, title, last = (block for block in document.blocks if isinstance(block, ForeignParagraph))
    assert (first.indent_pt, first.place.line, first.place.page, first.new_page) == (32.0, 1, 1, False)
    assert (title.alignment, title.place.line, title.place.page, title.new_page) == (Alignment.CENTER, 3, 2, True)
    assert (last.place.paragraph, last.place.line, last.new_page) == (3, 4, False)


def left_over(document: ForeignDocument) -> Counter[str]:
    """The characters of the census that stand neither in a paragraph nor among what was dropped."""
    left = Counter(document.census)
    kept = [run.text for paragraph in document.paragraphs() for run in paragraph.runs]
    left.subtract("".join("".join([*kept, *(each.text for each in document.dropped)]).split()))
    return Counter({sign: count for sign, count in left.items() if count})


def test_control_characters_are_dropped_and_listed() -> None:
    document = read(f"工\x07作\x1b\n{BODY}")
    assert [(each.text, each.place.line) for each in document.dropped] == [("\x07\x1b", 1)]
    assert not left_over(document)


@given(st.text(st.sampled_from("工作。，\n\n\f\r\t\u3000 ab1\x07\u2028\x85\x0b\u200b：（")))
def test_no_character_is_lost(text: str) -> None:
    outcome = read_text(("字" * 200 + text).encode(), "来稿.txt")
    assert outcome.value is not None
    assert not left_over(outcome.value)
