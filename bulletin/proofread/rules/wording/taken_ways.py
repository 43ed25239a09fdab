"""FRM002: 采取 without the way or the measure that is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_TAKEN = re.compile(
    r"采取(?!“)(?!了?(?:有效|有力|果断|积极|强制|相应|必要|不同)?(?:措施|行动|办法|方式))([^，。；：！？“”（）]{4,40})[，。；！？]"
)
_WAYS = re.compile(
    r"方式|办法|措施|形式|手段|做法|行动|对策|步骤|方法|模式|战术|策略|政策|态度|途径|方案|路线|立场|方针|机制|制度|举措|体制|法$|制$|步伐"
)
_END = re.compile(r"[。；！？]")
_AHEAD = 60

MANUAL = Manual(
    code="FRM002",
    title=message("“采取”后面少了“方式”“措施”等"),
    says=message("“采取”的是方式、办法、措施、形式等；后面只有动作的，看看是不是少了这些词，或者可以去掉“采取”。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）“采取”",
    bad=("对人数少的，采取与同一系统的党员组建联合党支部。",),
    good=(
        "对人数少的，采取与同一系统的党员组建联合党支部的方式。",
        "采取典型引路、面上推动的办法。",
        "采取了有力措施。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _TAKEN):
        if not _WAYS.search(_END.split(text.content[found.start(1) : found.start(1) + _AHEAD], maxsplit=1)[0]):
            what = message("“采取”后面没有“方式”“办法”“措施”等词")
            yield report(MANUAL, text.words(found.start(), found.start() + 2), what, message("补上，或者去掉“采取”"))


RULE = ArticleRule(MANUAL, _find)
