"""PUN023: dashes that are too short, too long, or of other signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_SIDE = f"{HAN}“”‘’《》（）…，。：；！？"
_WRONG = re.compile(
    r"(?=[-－–―─━—])(?:"
    rf"(?P<dash>(?<=[{_SIDE}])(?:-{{2,}}|－{{2,}}|–{{2,}}|―+|─+|━+|—{{3,}})(?=[{_SIDE}])|^(?:-{{2,}}|－{{2,}}|―+|─+|—{{3,}})(?=[{HAN}“《]))"
    rf"|(?P<subtitle>(?<=[{HAN}”])[-－–—](?=(?:关于|记|访|写在|来自|读|评|谈|纪念|献给|兼论)[{HAN}“《]{{2}}))"
    rf"|(?P<single>(?<=[{HAN}”])[-－–](?=[{HAN}“])))"
)

MANUAL = Manual(
    code="PUN023",
    title=message("破折号的形式"),
    says=message("破折号占两个字：——。汉字之间单独一个短横，是破折号还是连接号，请看清楚。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.10.2、4.13",
    bad=("银龄讲堂--老同志自己的课堂。", "《不忘初心-记朝阳市志愿者团队》刊登了。"),
    good=("银龄讲堂——老同志自己的课堂。", "中国—东盟博览会，北京—上海高速铁路。", "时间为11月1日—12月31日。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _WRONG):
        words = text.words(*found.span())
        if found["single"]:
            unsure = report(
                MANUAL, words, message("汉字之间用了短横"), message("破折号是“——”，连接号是“—”，外国人名中间是“·”")
            )
            yield replace(unsure, severity=Severity.HINT)
        else:
            yield report(MANUAL, words, message("破折号应为“——”"), replacement="——")


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
