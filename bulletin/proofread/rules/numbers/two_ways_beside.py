"""NUM010: one count in Han numerals and one in Arabic ones where both are of a kind: 六大项22条; 三年多, 3年多; 甲、乙等五名, 3名."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.numbers import Number, Style
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_BESIDE = re.compile(
    r"(?<![\d第一二三四五六七八九十])(?P<han>[二三四五六七八九十]{1,3}大?[项类条个点方面]{1,2})共?\d+[项类条个点件](?![\d月])"
)
_SPANS = frozenset({"年", "个月", "天"})
_PERSONS = frozenset({"名", "人"})
_MOST = 2
_FEW = range(3, 10)
_RANKS = frozenset("前后至到")

MANUAL = Manual(
    code="NUM010",
    title=message("同类的数一处用汉字、一处用阿拉伯数字"),
    says=message(
        "挨着的两个数（六大项22条）、同一段时间（三年多、3年多）、一篇文章里几次数的人（五名、3名）用同一种数字；一篇里阿拉伯数字数人两次以上，才说汉字的一处。"
    ),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15835—2011，4.3（同类别同形式）",
    bad=(
        "落实六大项22条工作任务。",
        "经过三年多的探索，取得成效。\n3年多来，帮助了许多人。",
        "救助3名老干部，走访12名党员，表彰20名志愿者，张三等五名老同志参加。",
    ),
    good=(
        "落实6大项22条工作任务。",
        "经过三年多的探索，取得成效。\n三年多来，帮助了许多人。",
        "救助3名老干部，走访12名党员，表彰20名志愿者，张三等5名老同志参加，每人有一名联系人。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _BESIDE):
        words = text.words(*found.span("han"))
        yield report(MANUAL, words, message("后面的数是阿拉伯数字，这里是汉字"), message("用同一种数字"))
    yield from _spans(article)
    yield from _persons(article)


def _spans(article: ReadArticle) -> Iterator[Finding]:
    """One length of time with 多 or 来, in both kinds of numerals: the Arabic one is told."""
    kinds: dict[object, dict[Style, Words]] = defaultdict(dict)
    for text, number in _own(article):
        vague = number.after == "多" or text.content.startswith(("来", "以来"), number.end)
        if vague and number.counter in _SPANS:
            words = text.words(number.start, number.end)
            kinds[number.value, number.counter, number.after].setdefault(number.style, words)
    for styles in kinds.values():
        if len(styles) > 1:
            yield _finding(styles[Style.ARABIC], styles[Style.HAN])


def _persons(article: ReadArticle) -> Iterator[Finding]:
    """Few persons in Han numerals in an article that counts persons in Arabic ones."""
    counted = [(text.words(number.start, number.end), number) for text, number in _own(article)]
    persons = [(words, number) for words, number in counted if number.counter in _PERSONS and number.exact]
    arabic = [words for words, number in persons if number.style is Style.ARABIC]
    for words, number in persons:
        few = number.style is Style.HAN and number.value is not None and number.value in _FEW
        ranked = words.text.content[max(0, words.start - 1) : words.start] in _RANKS
        if few and not ranked and number.counter == "名" and len(arabic) >= _MOST:
            yield _finding(words, arabic[0])


def _own(article: ReadArticle) -> Iterator[tuple[ReadText, Number]]:
    """The numbers of the author's own words, but for ordinals and ranges."""
    for text in article.prose:
        for number in text.numbers:
            if not number.ordinal and number.upper is None and not text.zone(number.start, number.end):
                yield text, number


def _finding(words: Words, other: Words) -> Finding:
    what = message("这里是“{here}”，别处是“{there}”", here=words.content, there=other.content)
    return Finding(
        MANUAL.code, MANUAL.severity, words, what, message("用同一种数字"), (Related(other, message("别处")),)
    )


RULE = ArticleRule(MANUAL, _find)
