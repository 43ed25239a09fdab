"""Odd things at the ends of pages: nothing is lost, every build is proved, and a screen reader hears each part as one."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from bulletin.model.build import BuildOrder
from bulletin.model.problem import has_errors
from bulletin.pipeline.building import build
from bulletin.pipeline.reading import find_issue
from bulletin.prove.conformance.tags import read_tags
from tests.conftest import ARTICLE, BASE, Make, article

TEXT = "这是一段用来填满版面的正文，内容并不重要，只为了让它占去几行的位置，看看分页的时候会发生什么事情。"
ISSUE = "issues/2026-01/issue.yaml"
LONG = "中共某某省委老干部局离退休干部党建工作领导小组办公室"


def notice(body: str, organization: str = "某局") -> str:
    return article(body, f"kind: notice\ntitle: 通知\norganization: {organization}\ndate: 2026-01-02")


def attachments(count: int, title: str = "附件") -> dict[str, str]:
    return {
        f"issues/2026-01/{place:02}-a.md": article("表。", f"kind: attachment\ntitle: {title}{place}")
        for place in range(2, 2 + count)
    }


def paragraphs(count: int) -> str:
    return "\n\n".join([TEXT] * count)


def table(head: str, rows: int) -> str:
    return "\n".join([f"| {head} | 乙 |", "|---|---|", *(f"| 一{number} | 二 |" for number in range(rows))])


NOTES = "\n\n".join(f"{TEXT * 2}[^{place}]{TEXT}" for place in range(1, 14))
CASES: dict[str, dict[str, str]] = {
    "footnotes on every page": {ARTICLE: article(NOTES + "\n\n" + "".join(f"[^{place}]: 注文{place}。\n" for place in range(1, 14)))},
    "a footnote in a repeated head": {ARTICLE: article(table("甲[^h]", 28) + "\n\n[^h]: 注文。\n")},
    "attachments listed at a page end": {ARTICLE: notice(paragraphs(9)), **attachments(3)},
    "forty attachments": {ARTICLE: notice(TEXT), **attachments(40)},
    "a long signature": {ARTICLE: notice(TEXT, LONG * 2)},
    "a long by-line": {ARTICLE: article(TEXT, f"kind: report\ntitle: 标题\norganization: {LONG * 2}")},
    "a long line of the author's": {ARTICLE: article(TEXT, f"kind: report\ntitle: [{LONG * 2}, 乙]\norganization: 某县")},
    "a masthead of Latin and Han": {"bulletin.yaml": "title: OECD Newsletter 工作动态\npublisher: 某局\n"},
    "a long publisher": {"bulletin.yaml": f"title: 动态\npublisher: {LONG * 2}\n"},
    "a long marking": {ISSUE: BASE[ISSUE].replace("[内部资料, 注意保存]", f"[{'内部资料' * 5}, 注意保存]")},
    "tables in a quotation": {ARTICLE: article("\n>\n> 隔一段。\n>\n".join("> " + table(f"甲{place}", rows).replace("\n", "\n> ") for place, rows in enumerate((16, 20, 20))))},
    "lists in lists": {ARTICLE: article("\n".join(f"{place}. {TEXT}\n   - 甲\n   - {TEXT}" for place in range(1, 12)))},
    "code over pages": {ARTICLE: article("```\n" + "\n".join(f"line {number}" for number in range(60)) + "\n```")},
    "notes of the editors, following on": {
        ARTICLE: article(paragraphs(7)),
        **{
            f"issues/2026-01/{place:02}-b.md": article(TEXT * 4, f"kind: report\ntitle: 第{place}篇\norganization: 某县\neditors_note: {TEXT * 2}")
            for place in range(2, 7)
        },
        "bulletin.yaml": BASE["bulletin.yaml"] + "layout: {articles: continue}\n",
    },
}  # fmt: skip


def printed(root: Path) -> bytes:
    report = build(root, find_issue(root, None), BuildOrder(root / "build"), lambda _: None)
    assert not has_errors(report.problems), report.problems
    return (root / "build/2026-01/print.pdf").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("files", CASES.values(), ids=CASES.keys())
def test_every_part_is_whole(make: Make, files: dict[str, str]) -> None:
    with pikepdf.open(io.BytesIO(printed(make(files)))) as document:
        nodes = [node for root in read_tags(document) for node in root.walk()]
    articles = [node for node in nodes if node.type == "Art"]
    assert len(articles) == 1 + sum(path.endswith(".md") and path != ARTICLE for path in files)
    for node in nodes:
        if node.type in {"Document", "Sect", "Art", "BlockQuote", "L", "Table", "TR"}:
            assert not [kid for kid in node.kids if type(kid) is not type(node)], node.type
    assert sum(node.type == "Table" for node in nodes) == sum(text.count("|---|---|") for text in files.values())


def test_what_is_nested_too_deeply_is_refused(make: Make) -> None:
    root = make({ARTICLE: article("> > > > > > > " + TEXT)})
    report = build(root, find_issue(root, None), BuildOrder(root / "build"), lambda _: None)
    assert [(problem.code, problem.span.line) for problem in report.problems] == [("nesting", 7)]


def test_editors_beyond_a_page_are_refused(make: Make) -> None:
    names = [
        f"{family}{one}{other}" for family in "赵钱孙李周吴" for one in "一二三四五六七" for other in "甲乙丙丁戊己"
    ]
    editors = BASE[ISSUE].replace("responsible: 张三,", f"responsible: 张三, editors: [{', '.join(names)}],")
    root = make({ISSUE: editors})
    report = build(root, find_issue(root, None), BuildOrder(root / "build"), lambda _: None)
    assert [problem.code for problem in report.problems] == ["page-overfull"]
