"""CON007: labels side by side that are made differently: “2017年推进年”“2018互动年”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.pairs import Pair
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_YEAR = re.compile(r"(?:19|20)\d\d(?P<sign>年?)")

MANUAL = Manual(
    code="CON007",
    title=message("并列的名称写法不一样"),
    says=message("并排的几个带年份的名称，有的写“年”，有的不写；年份通常写全，所以指出没有“年”的。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="三校一读：并列成分写法一致",
    bad=("设计了“2017年活动推进年”“2018互动年”“2019发展年”三个年度的布局。",),
    good=("设计了“2017推进年”“2018互动年”“2019发展年”三个年度的布局。",),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for row in _rows(text):
            signs = [(pair, found["sign"]) for pair in row if (found := _YEAR.match(text.content, pair.start + 1))]
            if len(signs) == len(row) and len({sign for _, sign in signs}) > 1:
                yield _finding(text, signs)


def _finding(text: ReadText, signs: list[tuple[Pair, str]]) -> Finding:
    """At the first label without 年, with the other ones."""
    with_sign, (first, *others) = ([text.words(pair.start + 1, pair.end - 1) for pair, sign in signs if bool(sign) is said]
                                   for said in (True, False))  # fmt: skip
    related = (
        Related(with_sign[0], message("这里有“年”")),
        *(Related(words, message("同样的写法")) for words in others),
    )
    what = message("并排的几个名称，年份后有的有“年”，有的没有")
    return Finding(MANUAL.code, MANUAL.severity, first, what, message("核对原文件后统一"), related)


def _rows(text: ReadText) -> Iterator[list[Pair]]:
    """Quotation marks that stand side by side, or with 、 between."""
    row: list[Pair] = []
    for pair in text.pairs:
        if pair.mark != "“" or pair.depth:
            continue
        if row and text.content[row[-1].end : pair.start] not in ("", "、"):
            yield row
            row = []
        row.append(pair)
    if len(row) > 1:
        yield row


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
