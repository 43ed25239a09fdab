"""PUN016: 逗号 after 重点是, 目标为, where no pause belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_IS = re.compile(r"(?:重点|目标|任务|主题|原则|宗旨|思路|做法|内容|要求|目的)(?:是|为)(?P<mark>，)")

MANUAL = Manual(
    code="PUN016",
    title=message("“重点是”后面的逗号"),
    says=message("“重点是”“目标为”后面一般不停顿；要停顿、引起下文，用冒号。"),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.7、附录A.6",
    bad=("今年的工作重点是，建好支部、选好书记。",),
    good=("今年的工作重点是：建好支部，选好书记。", "今年的工作重点是建好支部、选好书记。"),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _IS):
        mark = text.words(*found.span("mark"))
        yield report(MANUAL, mark, message("这里不停顿，或者用冒号"), message("删去逗号，或者改用冒号"), "：")


RULE = ArticleRule(MANUAL, _find)
