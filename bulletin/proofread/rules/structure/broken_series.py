"""ENU002: series that leave out a number, have one twice, or change their form: 一要…二是…三是…"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.enumerations import Fault, Form, Series
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules.structure.series import sections_of_series, words_of_marker

_SHOWN = 5
"""So many other markers of the series are named."""

MANUAL = Manual(
    code="ENU002",
    title=message("序次语缺号、重号、混用"),
    says=message("“一是”“二是”“三是”依次写，不缺、不重；一组里不混用“一要”“二是”。"),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="编辑惯例",
    bad=(
        "一要深入调研。二是善于继承。三是精心谋划。",
        "一是抓学习；三是抓服务。",
        "一是抓学习；二是抓服务；二是抓作用。",
    ),
    good=(
        "一是抓学习；二是抓服务；三是抓作用。",
        "一是抓学习，一要定计划，二要抓检查；二是抓服务。",
        "一是一，二是二，三要素齐全。",
        "第一，学习。第二，服务。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for section in sections_of_series(article):
        for series in section:
            if series.last.form is not Form.WORD:
                yield from _numbers(article, series)
                yield from _forms(article, series)


def _numbers(article: ReadArticle, series: Series) -> Iterator[Finding]:
    for place, fault in series.faults:
        before, here = (words_of_marker(article, marker) for marker in series.markers[place - 1 : place + 1])
        related = (Related(before, message("前一个")),)
        names = {"before": before.content, "here": here.content}
        if fault is Fault.REPEATED:
            yield Finding(
                "ENU002", MANUAL.severity, here, message("“{here}”重复", **names), message("依次改正序号"), related
            )
        elif fault is Fault.MISSING:
            what = message("“{before}”后面是“{here}”，中间缺号", **names)
            yield Finding("ENU002", MANUAL.severity, here, what, message("依次改正序号，或者补上缺的一项"), related)


def _forms(article: ReadArticle, series: Series) -> Iterator[Finding]:
    """Each marker of another form than most of its series."""
    forms = Counter(marker.form for marker in series.markers)
    usual = forms.most_common(1)[0][0]
    for marker in series.markers:
        if marker.form is not usual:
            here = words_of_marker(article, marker)
            others = [words_of_marker(article, each) for each in series.markers if each.form is usual]
            what = message("这里是“{here}”，同一组里是“{there}”", here=here.content, there=others[0].content)
            related = tuple(Related(each, message("同一组")) for each in others[:_SHOWN])
            yield Finding("ENU002", MANUAL.severity, here, what, message("同一组用一种说法"), related)


RULE = ArticleRule(MANUAL, _find)
