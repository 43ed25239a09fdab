"""PUN014: 逗号 between the things that 一些 … 等 lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_LIST = re.compile(rf"一些[{HAN}]{{2,8}}(?P<mark>，)[{HAN}]{{2,8}}等(?=[。，；])")

MANUAL = Manual(
    code="PUN014",
    title=message("“一些甲，乙等”"),
    says=message("“一些……等”列举的词语之间用顿号。"),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.5、附录B.1.2",
    bad=("为青少年讲解一些案例，法律常识等。",),
    good=("为青少年讲解一些案例、法律常识等。",),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _LIST):
        mark = text.words(*found.span("mark"))
        yield report(MANUAL, mark, message("列举的词语之间宜用顿号"), replacement="、")


RULE = ArticleRule(MANUAL, _find)
