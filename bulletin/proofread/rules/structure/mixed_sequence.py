"""ENU003: 首先…其次…第三: words of one sequence that go on in another."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.enumerations import Fault, Form, Marker, Series
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules.structure.series import sections_of_series, words_of_marker

_WORDS = {1: "首先", 2: "其次", 3: "再次"}
_OTHERS = frozenset({Form.ORDINAL, Form.OF_THEM})

MANUAL = Manual(
    code="ENU003",
    title=message("两套序次语混用"),
    says=message("“首先、其次、再次、最后”是一套，“第一、第二、第三”是一套，不混用。"),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="编辑惯例",
    bad=("首先，抓政治建设。其次，抓思想建设。第三，抓组织建设。", "第一，定计划。其次，抓落实。"),
    good=(
        "首先，抓政治建设。其次，抓思想建设。再次，抓组织建设。",
        "第一，首先要定计划。第二，抓落实。第三，抓检查。",
        "首先，抓学习。其次，抓服务，第三季度完成。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for section in sections_of_series(article):
        words = [series for series in section if series.last.form is Form.WORD]
        others = [series for series in section if series.last.form in _OTHERS]
        yield from _gone_on(article, words, others)
        yield from _gone_on(article, [series for series in others if len(series.markers) == 1], words)
        for series in words:
            yield from (
                _finding(article, series.markers[place - 1], series.markers[place])
                for place, fault in series.faults
                if fault is Fault.MISSING
            )


def _gone_on(article: ReadArticle, begun: list[Series], gone_on: list[Series]) -> Iterator[Finding]:
    """A series that begins with two or more, where the other kind has come just so far."""
    starts = {series.last.text: series.last for series in begun}
    for series in gone_on:
        first = series.markers[0]
        last = starts.get(first.text)
        if last and last.number == first.number - 1 and last.start < first.start:
            yield _finding(article, last, first)


def _finding(article: ReadArticle, last: Marker, first: Marker) -> Finding:
    before, here = words_of_marker(article, last), words_of_marker(article, first)
    what = message("“{before}”后面是“{here}”", before=before.content, here=here.content)
    fitting = _WORDS.get(first.number) if last.form is Form.WORD else None
    if last.form is Form.WORD and first.form is Form.WORD:
        fitting = _WORDS[last.number + 1]
    advice = message("可用“{fitting}”", fitting=fitting) if fitting else message("用同一套序次语")
    return Finding("ENU003", MANUAL.severity, here, what, advice, (Related(before, message("前一个")),))


RULE = ArticleRule(MANUAL, _find)
