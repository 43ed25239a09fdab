"""NUM002: 余 or 多 after a number that is not round: 18余, 23多, 1/4多."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.numbers import Number
from bulletin.proofread.matching import matches
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_MORE = frozenset({"多", "余", "来"})
_WHOLE_THINGS = frozenset(
    "个项人名位次条件家户份篇期种类支所处间台辆套册本张幅场届批组队节门款座栋只头棵株把枚颗块段首堂课笔艘架班"
)
_FRACTION = re.compile(r"(?<![\d/.])(?P<fraction>\d{1,3}/\d{1,4})(?P<more>[多余])(?![/\d])")

MANUAL = Manual(
    code="NUM002",
    title=message("零数后面用“余”“多”"),
    says=message("“余”“多”表示整数后面还有零头，前面应当是整十、整百的数；分数后面也不用（占1/4多）。"),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）“多”“余”",
    bad=("占总数1/4多。", "报名科目18余门。", "走访党员123多名。", "培训二十三余人。"),
    good=(
        "报名科目10余门。",
        "走访党员120多名。",
        "投入35万余元，历时3年多，重5公斤多，年龄25岁多。",
        "两个多月来，办实事1.5万余件。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for number in text.numbers:
            more = text.content[number.start + len(number.numeral) : number.end - len(number.counter)]
            if more in _MORE and number.counter in _WHOLE_THINGS and _uneven(number):
                what = message("“{after}”前面应是整十、整百的数，这里是{numeral}", after=more, numeral=number.numeral)
                advice = message("写准确的数，或者写成整十、整百的数加“{after}”", after=more)
                yield Finding("NUM002", MANUAL.severity, text.words(number.start, number.end), what, advice)
    for text, found in matches(article.texts, _FRACTION):
        what = message(
            "“{after}”前面应是整十、整百的数，这里是{numeral}", after=found["more"], numeral=found["fraction"]
        )
        advice = message("写成“超过四分之一”“四分之一强”这样的说法，或者写准确的数")
        yield Finding("NUM002", MANUAL.severity, text.words(*found.span()), what, advice)


def _uneven(number: Number) -> bool:
    """True of a number that has ones, or a fraction, and no multiplier."""
    return number.value is not None and number.digits == number.numeral and number.value % 10 != 0


RULE = ArticleRule(MANUAL, _find)
