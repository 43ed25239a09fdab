"""NUM004: the same kind of thing counted in Han numerals in one place, and in Arabic ones in another: 三点意见, 5点意见."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.numbers import Number, Style
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_ANNOUNCING = (
    "个方面",
    "个特点",
    "个问题",
    "个原因",
    "点意见",
    "点要求",
    "点建议",
    "点体会",
    "项任务",
    "项措施",
    "项工作",
    "件事",
    "个环节",
)
_LARGEST = 10

MANUAL = Manual(
    code="NUM004",
    title=message("同类数目汉字、阿拉伯数字混用"),
    says=message("同一期里同一类数目（几点意见、几个方面）用同一种数字；只提示用得少的那一种。"),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15835—2011，4.3（同类别同形式）",
    bad=("下面，我讲三点意见。\n我讲5点意见。\n再提三点意见。",),
    good=("下面，我讲三点意见。\n我讲五点意见。", "分析5个方面的数据，采取三项措施。"),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    kinds: dict[str, dict[Style, list[Words]]] = {}
    for article in issue.articles:
        for text in article.prose:
            for number, kind in _announced(text):
                styles = kinds.setdefault(kind, {Style.HAN: [], Style.ARABIC: []})
                styles[number.style].append(text.words(number.start, number.end))
    for styles in kinds.values():
        yield from _minority(styles)


def _announced(text: ReadText) -> Iterator[tuple[Number, str]]:
    """The small numbers of points that the author's own words announce, each with its kind."""
    for number in text.numbers:
        start = number.end - len(number.counter)
        kind = next((kind for kind in _ANNOUNCING if text.content.startswith(kind, start)), "")
        small = number.exact and number.value is not None and 1 < number.value <= _LARGEST
        own = (
            not number.ordinal
            and text.content[max(0, number.start - 1) : number.start] != "“"
            and not text.zone(number.start, number.end)
        )
        if kind and small and own:
            yield number, kind


def _minority(styles: dict[Style, list[Words]]) -> Iterator[Finding]:
    fewer, more = sorted(styles.values(), key=len)
    if fewer:
        what = message("这里是“{here}”，别处是“{there}”", here=fewer[0].content, there=more[0].content)
        related = tuple(Related(words, message("别处")) for words in more[:1])
        for words in fewer:
            yield Finding("NUM004", MANUAL.severity, words, what, message("同一类数目用同一种数字"), related)


RULE = IssueRule(MANUAL, _find)
