"""PUN031: a point both inside and outside of quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_TWICE = re.compile("[。！？]”(?P<stop>。)|。”(?P<point>[，；、])|(?P<inside>[，；、])”[，。；、]")

MANUAL = Manual(
    code="PUN031",
    title=message("引号内外都有点号"),
    says=message("引号里面已经有了句末点号，引号外面就不再用点号。引号里是问号、叹号的，只提示。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录B.2.1",
    bad=("他说：“支部就是家。”。",),
    good=("他说：“支部就是家。”大家都笑了。", "他把支部叫作“家”。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _TWICE):
        if found["inside"]:
            words = text.words(*found.span())
            yield report(MANUAL, words, message("引号里面的“{mark}”是多余的", mark=found["inside"]))
        elif found["point"]:
            words = text.words(*found.span())
            yield report(MANUAL, words, message("引号里外都有点号"), message("句子没有说完的，去掉里面的句号"))
        else:
            outer = report(MANUAL, text.words(*found.span("stop")), message("引号里外都有点号"), replacement="")
            yield outer if found[0][0] == "。" else replace(outer, severity=Severity.HINT)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
