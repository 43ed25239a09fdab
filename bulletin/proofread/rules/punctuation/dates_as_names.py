"""PUN010: 间隔号 in days that are names: only after January, November and December."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import after, before, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NUMERALS = "一二三四五六七八九十〇零"
_DAY = re.compile(rf"(?<![{_NUMERALS}第])(?P<month>[二三四五六七八九十])(?P<mark>[·•・])(?P<day>[{_NUMERALS}]{{1,3}})")
_OPENING, _CLOSING = frozenset("“‘"), frozenset("”’")
_BARE = re.compile(
    rf"(?<![“‘{_NUMERALS}第十])(?:七一|十一|五一|六一|八一)(?=前夕|期间|[、和与](?:十一|国庆|春节)|假期|表彰|走访慰问|来临|到来)"
)

MANUAL = Manual(
    code="PUN010",
    title=message("以月、日命名的节日和事件"),
    says=message("用汉字数字写的节日和事件，只在一月、十一月、十二月后面用间隔号，如“一二·九”；“七一”“五四”不用。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.14.3.5；GB/T 15835—2011，5.2.3",
    bad=("结合七·一党日活动走访老党员。",),
    good=("结合“七一”党日活动走访老党员。", "举办“一二·九”歌会，观看纪录片《“一·二八”往事》。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _DAY):
        content, (start, end) = text.content, found.span()
        what = message("这个月份的节日中间不用间隔号")
        if before(content, start) in _OPENING or after(content, end) in _CLOSING:
            yield report(MANUAL, text.words(*found.span("mark")), what, replacement="")
        else:
            whole = text.words(start, end)
            quoted = Fix(whole, f"“{found['month']}{found['day']}”", Safety.UNSAFE)
            yield replace(report(MANUAL, whole, what, message("去掉间隔号，加上引号")), fix=quoted)
    for text, found in matches(article.prose, _BARE):
        bare = report(MANUAL, text.words(*found.span()), message("节日的月和日通常加引号：“{day}”", day=found[0]))
        yield replace(bare, severity=Severity.HINT)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
