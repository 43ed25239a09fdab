"""HDG002: sections of one level that have displayed headings in part, and run-in headings in part."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role, Words
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules.structure.heading_levels import heading_level

MANUAL = Manual(
    code="HDG002",
    title=message("同级标题有的独立成行、有的在段首"),
    says=message("一篇文章里同一级的标题，要么都独立成行，要么都作段首标题。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="编辑惯例",
    bad=("## 一、抓学习\n正文。\n## 二、抓服务\n正文。\n**三、抓作用。**正文。",),
    good=("## 一、抓学习\n**1. 定计划。**正文。\n**2. 抓落实。**正文。\n## 二、抓服务\n正文。",),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    styles: dict[int, tuple[list[ReadText], list[ReadText]]] = {}
    for text in article.texts:
        level = heading_level(text)
        if level:
            styles.setdefault(level, ([], []))[text.text.role is Role.HEADING].append(text)
    for run_in, displayed in styles.values():
        if run_in and displayed:
            fewer, more = sorted((run_in, displayed), key=len)
            what = message(
                "这一级的标题有{displayed}个独立成行，{run_in}个在段首", displayed=len(displayed), run_in=len(run_in)
            )
            related = (Related(_heading(more[0]), message("另一种")),)
            yield Finding("HDG002", MANUAL.severity, _heading(fewer[0]), what, message("统一成一种"), related)


def _heading(text: ReadText) -> Words:
    end = len(text.content) if text.text.role is Role.HEADING else text.text.strong[0][1]
    return text.words(0, end)


RULE = ArticleRule(MANUAL, _find)
