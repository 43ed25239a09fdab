"""ADM001: counties, cities and districts together, in several ways in one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_FORM = re.compile(
    r"县（市、区）|县（区、市）|县（市）区|区县（市）|区（市、县）|区（县、市）|区（市）县"
    r"|(?<![山林库灾城郊地老新特牧矿苏])(?:县市区|市县区|区市县|区县市)|县（区）市"
)

MANUAL = Manual(
    code="ADM001",
    title=message("县（市、区）的写法不统一"),
    says=message("县、县级市、市辖区合称，一篇文章里用一种写法，如“县（市、区）”。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="公文用法：各县（市、区）",
    bad=("各县（市、区）委老干部局参加。\n区（市）县委老干部工作部门推动。",),
    good=("各县（市、区）委老干部局参加。\n各市、县（市、区）组织部门推动。",),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    found = [text.words(*form.span()) for text, form in matches(article.texts, _FORM)]
    count = Counter(words.content for words in found)
    if len(count) > 1:
        usual = count.most_common(1)[0][0]
        first = next(words for words in found if words.content == usual)
        for words in found:
            if words.content != usual:
                what = message("这里作“{form}”，本篇别处作“{usual}”", form=words.content, usual=usual)
                finding = report(MANUAL, words, what, message("全篇用一种写法"))
                yield Finding(
                    finding.code,
                    finding.severity,
                    words,
                    what,
                    finding.advice,
                    (Related(first, message("本篇多作“{usual}”", usual=usual)),),
                )


RULE = ArticleRule(MANUAL, _find)
