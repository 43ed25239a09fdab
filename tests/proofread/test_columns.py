"""Where a finding is said to stand, there the words stand: in every kind of text, in files of every making."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest

from bulletin.load.encoding import read_text
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.proof_texts import load_proof_texts
from bulletin.load.publication import load_publication
from bulletin.model.house import EMPTY_HOUSE
from bulletin.proofread.engine import of_article
from bulletin.proofread.reading import read_article
from tests.conftest import ARTICLE, Make
from tests.proofread.test_proof_engine import rule_of
from tests.proofreading import DAY

WRONG = "錯字"
"""What is looked for; it stands in the files nowhere else."""

HEAD = "kind: report\ntitle: 标题\norganization: 某县"
BODIES = {
    "a paragraph": "正文{}。",
    "the end of a line": "正文\n{}",
    "indented by two full-width blanks": "\u3000\u3000正文{}。",
    "a paragraph of several lines": "正文一行\n第二行 \n\u3000\u3000第三行{}在此\n末行",
    "after a hard line end": "正文  \n  {}又\\\n三{}",
    "after bold, in bold": "**一、{}。**正文**{}**尾",
    "after a link, in a link": '见[甲{}乙](https://a.cn/b "题")与<https://a.cn>后{}',
    "after code and escapes": "`a  b`与\\*\\_甲&lt;&amp;{}",
    "after a remark": "甲<!-- 注\n注 -->{}乙<!-- 校 -->{}",
    "after a footnote's mark": "甲[^1]{}\n\n[^1]: 注{}文\n    续{}\n\n    又{}",
    "a heading": "## 标题{} ##\n\n正文",
    "a list": "- 甲{}\n- 乙\n  续{}\n    1. 丙{}\n\n       丁{}",
    "a quotation": "> 引{}\n> 文{}\n懒行{}\n>\n> - 项{}",
    "a table": "| 甲\\|{} | 乙 |\n|---|:-:|\n|  {}  | **丙**{} |\n| 丁\\|{}\\|{}",
    "a table without bars at its sides": "甲{} | 乙{}\n---|---\n丙{} | {}",
    "a table in a list": "- | 甲{} | 乙 |\n  |---|---|\n  | 丙 | {} |",
    "a figure": '![甲{}](a.png "图 \\" {} 题")',
    "rare Han and emoji": "𠮷野家😀👨‍👩‍👧{}𠮷{}",
    "blanks of all widths": "甲 乙\u3000丙\u00a0丁\t{}",
    "a long paragraph": "正文，" * 1200 + "{}" + "正文，" * 300,
}
HEADS = {
    "plain": "title: 甲 乙{} # 注",
    "in quotation marks": 'title: "甲\\"\\u4e00\\\\{}\'"',
    "in single ones": "title: '甲''乙 '' {}'",
    "over lines": "title: 甲{}\n  乙\n  {}丙",
    "a list": "title: [甲{}, '乙{}', \"丙{}\"]",
    "a list of lines": "title:\n  - 甲{}\n  -   乙{}",
    "a subtitle": "title: 甲\nsubtitle: ——乙{}",
    "a block": "title: 甲\neditors_note: |\n  第一段{}。\n\n    第二段{}。",
    "a folded block": "title: 甲\neditors_note: >-\n    第一{}\n    段{}。\n\n    第二段{}。",
    "rare Han and emoji": "title: 𠮷😀\u3000{}",
}
MADE: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "BOM": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "GB 18030": lambda text: (text + "\n\n这是一份用旧编码保存的稿件，正文都是常用的汉字。" * 9).encode("gb18030"),
}


def found_in(make: Make, path: str, content: bytes) -> tuple[list[tuple[int, int]], list[str]]:
    """Line and column of each of the wrong words that were found in a file, and the file's lines."""
    root = make({path: content})
    publication = load_publication(root).value
    assert publication is not None
    (key,) = list_issues(root)
    issue = load_issue(root, key, publication).value
    assert issue is not None
    texts = next(each for each in load_proof_texts(root, key, issue) if each.path == path)
    article = read_article(texts, EMPTY_HOUSE, DAY)
    spans = sorted(each.words.span for each in of_article(rule_of(WRONG, reads=True), article))
    assert {span.path for span in spans} <= {path}
    return [(span.line, span.column) for span in spans], (read_text(root, path, 1 << 20).value or "").split("\n")


def places_in(lines: list[str]) -> list[tuple[int, int]]:
    """Where the wrong words stand, as somebody counts who reads the file."""
    return [
        (number, start + 1)
        for number, line in enumerate(lines, start=1)
        for start in range(len(line))
        if line.startswith(WRONG, start)
    ]


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("name", BODIES)
def test_in_the_body(make: Make, name: str, made: str) -> None:
    text = f"---\n{HEAD}\n---\n\n{BODIES[name].replace('{}', WRONG)}\n"
    found, lines = found_in(make, ARTICLE, MADE[made](text))
    assert found == places_in(lines)
    assert len(found) == BODIES[name].count("{}") > 0


@pytest.mark.parametrize("made", ["UTF-8", "CRLF", "BOM"])
@pytest.mark.parametrize("name", HEADS)
def test_in_front_matter(make: Make, name: str, made: str) -> None:
    text = f"---\nkind: report\norganization: 某县\n{HEADS[name].replace('{}', WRONG)}\n---\n\n正文。\n"
    found, lines = found_in(make, ARTICLE, MADE[made](text))
    assert found == places_in(lines)
    assert len(found) == HEADS[name].count("{}") > 0


@pytest.mark.parametrize("made", ["UTF-8", "CRLF", "BOM"])
def test_in_the_fields_of_an_issue(make: Make, made: str) -> None:
    text = (
        "number: 1\nserial: 10\ndate: 2026-01-20\nmarking: [内部{}, '注''{}']\n"
        'editors: {responsible: 张{}, editors: ["\\u674e{}"], phone: 010-12345678{}}\n'
        "distribution:\n  报: [[甲局]]\n  发: {text: 各科{}, to: [[各科]]}\n"
        "highlights:\n  - 甲{}\n  - >-\n    乙\n    {}\narchive: 4\nspare: 1\neditors_note: |\n  段。\n\n  二{}。\n"
    )
    found, lines = found_in(make, "issues/2026-01/issue.yaml", MADE[made](text.replace("{}", WRONG)))
    assert found == places_in(lines)
    assert len(found) == text.count("{}")
