"""Sources that may be attached: what editors wrote for readers, without what they wrote for each other."""

from __future__ import annotations

import pytest

from bulletin.load.sources import load_sources, plain_article, plain_markdown, plain_yaml
from bulletin.model.key import IssueKey
from tests.conftest import ARTICLE, Make, article


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("number: 1\n", "number: 1\n"),
        ("# 领导还没同意\nnumber: 1\n", "number: 1\n"),
        ("number: 1   # 待定\nspare: 2\n", "number: 1\nspare: 2\n"),
        ("title: C#语言\n", "title: C#语言\n"),
        ("title: '甲 # 乙'  # 丙\n", "title: '甲 # 乙'\n"),
        ('title: "甲 # 乙"\n', 'title: "甲 # 乙"\n'),
        ("list: [甲, # 一\n  乙] # 二\n", "list: [甲,\n  乙]\n"),
        ("a:\n  # 一\n  b: 1\n", "a:\n  b: 1\n"),
    ],
)
def test_remarks_in_yaml_are_left_out(written: str, plain: str) -> None:
    assert plain_yaml(written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("正文。\n", "正文。\n"),
        ("正<!-- 批注 -->文。\n", "正文。\n"),
        ("甲。\n\n<!-- 批\n\n注 -->\n\n乙。\n", "甲。\n\n\n\n乙。\n"),
        ("`<!-- 码 -->`和<!-- 批注 -->文\n", "`<!-- 码 -->`和文\n"),
        ("```\n<!-- 码 -->\n```\n\n<!-- 批注 -->\n", "```\n<!-- 码 -->\n```\n\n\n"),
        ("- 甲<!-- 批\n  注 -->乙\n", "- 甲乙\n"),
        ("| 甲<!-- 批注 --> | 乙 |\n|--|--|\n| 1 | 2 |\n", "| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n"),
    ],
)
def test_remarks_in_markdown_are_left_out_and_code_is_kept(written: str, plain: str) -> None:
    assert plain_markdown(written) == plain


def test_an_article_is_whole_but_for_its_remarks() -> None:
    text = "---\nkind: report # 待定\ntitle: 标题\n---\n\n正文<!-- 批注 -->。\n"
    assert plain_article(text, "x.md") == "---\nkind: report\ntitle: 标题\n---\n\n正文。\n"


def test_the_issues_own_files_and_no_others(make: Make) -> None:
    root = make({
        ARTICLE: article("正文<!-- SECRET -->。"),
        "issues/2026-01/clearances.yaml": "clearances: []\n",
        "issues/2026-01/02-b.md": article("又一篇。"),
    })  # fmt: skip
    sources = load_sources(root, IssueKey(2026, False, 1))
    assert [source.name for source in sources] == ["issue.yaml", "01-report.md", "02-b.md"]
    assert b"SECRET" not in b"".join(source.content for source in sources)
    assert "正文。".encode() in sources[1].content
