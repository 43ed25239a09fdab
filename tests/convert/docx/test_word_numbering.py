"""Automatic numbers: what Word prints before a paragraph. The answers are the examples of ECMA-376 part 1 (17.9, 17.18.59), and what Word shows."""

from __future__ import annotations

import pytest

from bulletin.convert.docx.counting import format_number
from tests.word_files import lines, opened, p

OFFICIAL = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))


def levels(*kinds: tuple[str, str], extra: str = "") -> str:
    return "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{extra}<w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (kind, shown) in enumerate(kinds)
    )


def abstract(content: str, key: int = 1) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{content}</w:abstractNum>'


def num(key: int, of: int = 1, inside: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{inside}</w:num>'


def item(text: str, key: int | str = 1, level: int | None = 0) -> str:
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return p(text, f'<w:numPr>{at}<w:numId w:val="{key}"/></w:numPr>')


def shown(body: str, numbering: str, **parts: str) -> list[str]:
    return lines(opened(body, numbering=numbering, **parts))


def test_the_four_levels_of_official_documents() -> None:
    at = (0, 1, 2, 3, 3, 2, 1, 0, 1, 2)
    body = "".join(item("甲", level=level) for level in at)
    assert shown(body, abstract(levels(*OFFICIAL)) + num(1)) == [
        "一、甲", "（一）甲", "1.甲", "（1）甲", "（2）甲", "2.甲", "（二）甲", "二、甲", "（一）甲", "1.甲",
    ]  # fmt: skip


def test_a_list_begins_again_where_it_says_so() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(levels(*OFFICIAL)) + num(1) + num(2, inside=again) + num(3)
    body = item("甲", 1) + item("乙", 1) + item("丙", 2) + item("丁", 2) + item("戊", 3)
    assert shown(body, numbering) == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"]


def test_an_override_may_say_how_a_level_looks() -> None:
    inside = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride>'
    assert shown(item("甲") + item("乙"), abstract(levels(*OFFICIAL)) + num(1, inside=inside)) == ["E)甲", "F)乙"]


def test_numbers_of_a_style() -> None:
    """The style names the list; which level it is, the list says."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H3"><w:name w:val="derived"/><w:basedOn w:val="H2"/></w:style>'
    )
    numbering = abstract(
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H2"/><w:lvlText w:val="（%2）"/></w:lvl>'
    ) + num(1)
    body = p("甲", '<w:pStyle w:val="H1"/>') + p("乙", '<w:pStyle w:val="H2"/>') + p("丙", '<w:pStyle w:val="H2"/>')
    body += p("丁", '<w:pStyle w:val="H2"/><w:numPr><w:numId w:val="0"/></w:numPr>') + p("戊", '<w:pStyle w:val="H1"/>')
    assert shown(body, numbering, styles=styles) == ["一、甲", "（一）乙", "（二）丙", "丁", "二、戊"]


def test_a_list_by_the_name_of_a_list_style() -> None:
    numbering = (
        abstract('<w:styleLink w:val="公文"/>' + levels(*OFFICIAL), 1)
        + abstract('<w:numStyleLink w:val="公文"/>', 2)
        + num(1, 1)
        + num(2, 2)
    )
    assert shown(item("甲", 2) + item("乙", 2, 1), numbering) == ["一、甲", "（一）乙"]


def test_several_levels_in_one_number_and_in_digits() -> None:
    kinds = (("chineseCounting", "第%1章"), ("decimal", "%1.%2"))
    body = item("甲") + item("乙", level=1) + item("丙", level=1)
    assert shown(body, abstract(levels(*kinds)) + num(1)) == ["第一章甲", "一.1乙", "一.2丙"]
    assert shown(body, abstract(levels(*kinds, extra="<w:isLgl/>")) + num(1)) == ["第1章甲", "1.1乙", "1.2丙"]


@pytest.mark.parametrize(("restart", "last"), [("", "（一）丁"), ('<w:lvlRestart w:val="0"/>', "（二）丁")])
def test_a_level_may_count_on(restart: str, last: str) -> None:
    numbering = abstract(
        levels(OFFICIAL[0])
        + f'<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>{restart}<w:lvlText w:val="（%2）"/></w:lvl>'
    )
    body = item("甲") + item("乙", level=1) + item("丙") + item("丁", level=1)
    assert shown(body, numbering + num(1))[-1] == last


@pytest.mark.parametrize(("mark", "seen"), [("\uf0b7", "•"), ("•", "•"), ("", "•"), ("—", "—")])
def test_bullets(mark: str, seen: str) -> None:
    assert shown(item("甲"), abstract(levels(("bullet", mark))) + num(1)) == [f"{seen}甲"]


@pytest.mark.parametrize("body", [item("甲", 0), item("甲", 7), item("甲", "x"), item("甲", level=8), p("甲")])
def test_no_number(body: str) -> None:
    assert shown(body, abstract(levels(*OFFICIAL)) + num(1)) == ["甲"]


def test_an_empty_paragraph_counts_and_one_that_was_deleted_does_not() -> None:
    deleted = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:author="a"/></w:rPr></w:pPr><w:del w:author="a"><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>'
    body = item("甲") + deleted + item("丙") + item("") + item("丁")
    assert shown(body, abstract(levels(*OFFICIAL)) + num(1)) == ["一、甲", "二、丙", "四、丁"]


@pytest.mark.parametrize(
    ("kind", "number", "seen"),
    [
        ("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"), ("chineseCounting", 20, "二十"),
        ("chineseCountingThousand", 101, "一百零一"), ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"), ("chineseCountingThousand", 10001, "一万零一"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographTraditional", 11, "甲"), ("ideographZodiac", 2, "丑"),
        ("decimalEnclosedCircle", 20, "⑳"), ("decimalEnclosedCircleChinese", 21, "21"), ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 3, "03"), ("lowerLetter", 27, "aa"), ("upperLetter", 26, "Z"), ("upperRoman", 1994, "MCMXCIV"),
        ("ideographDigital", 105, "一〇五"), ("decimalEnclosedParen", 3, "⑶"), ("nothing-known", 3, "3"), ("lowerRoman", 9999, "9999"),
    ],
)  # fmt: skip
def test_formats(kind: str, number: int, seen: str) -> None:
    assert format_number(number, kind) == seen
