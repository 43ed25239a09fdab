"""PUN017: a colon after 即, and one before 就是."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NAMELY = re.compile(r"，(?:亦?即)(?P<after>：)|”(?P<before>：)(?=就是|即)")

MANUAL = Manual(
    code="PUN017",
    title=message("“，即：”“：就是”"),
    says=message("“即”“就是”已经引起下文，不必再用冒号：“……，即……”“……就是……”。"),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录A.6",
    bad=("建立“两个机制”，即：联系机制和保障机制。",),
    good=("建立“两个机制”，即联系机制和保障机制。", "建立“两个机制”：联系机制和保障机制。"),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _NAMELY):
        name = "after" if found["after"] else "before"
        mark = text.words(*found.span(name))
        replacement = "" if name == "after" else "，"
        yield report(MANUAL, mark, message("有了“即”“就是”，不再用冒号"), replacement=replacement)


RULE = ArticleRule(MANUAL, _find)
