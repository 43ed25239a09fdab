"""HDG003: a mark at the end of a heading."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_MARKS = {Role.HEADING: "。，；：、", Role.TITLE: "。；、", Role.SUBTITLE: "。，；：、", Role.HIGHLIGHT: "。；、"}

MANUAL = Manual(
    code="HDG003",
    title=message("标题末尾的标点"),
    says=message("独立成行的标题末尾不用句号、逗号、分号、冒号、顿号；问号、叹号、省略号可以用。段首标题不受此限。"),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录B.4",
    bad=("## 一、抓好学习。\n正文。", "## 下一步打算：\n正文。"),
    good=("## 一、抓好学习", "## 支部建在哪里？", "## 好一个“老把式”！"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        marks = _MARKS.get(text.text.role, "")
        content = text.content.rstrip()
        if len(content) > 1 and content[-1] in marks:
            mark = text.words(len(content) - 1, len(content))
            what = message("标题末尾不用“{mark}”", mark=mark.content)
            yield Finding("HDG003", MANUAL.severity, mark, what, fix=Fix(mark, "", Safety.SAFE))


RULE = ArticleRule(MANUAL, _find)
