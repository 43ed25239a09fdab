"""QTE005: marks that take in too much, or say a noun twice: 向“某某同志学习活动”, “事迹报告”主题报告会."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_LEARNING = re.compile(r"向“[^“”]{2,30}?(?P<words>(?:同志|先进典型)?(?:的)?学习(?:的)?活动”)")
_NOUNS = (
    "活动|专栏|讲座|工程|计划|行动|项目|课堂|报告|论坛|讲坛|大赛|比赛|会议|基地|驿站|品牌|制度|机制|模式|栏目|展览|演出"
)
_TWICE = re.compile(
    rf"(?P<words>(?P<noun>{_NOUNS})”)(?:主题|系列|专题|教育|实践|品牌|专项)?(?P=noun)(?P<end>会?)(?![{HAN}]?[》])"
)

MANUAL = Manual(
    code="QTE005",
    title=message("引号括进了不该括的词"),
    says=message(
        "“向‘……学习活动’”，引号只括名称，“学习活动”在外面；引号里最后一个词，引号外面又说一遍的（“……报告”主题报告会），里面的可删。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="GB/T 15834—2011，附录A.7",
    bad=("开展向“学习标兵张三同志学习活动”。", "举办“感人事迹报告”主题报告会。"),
    good=("开展向“学习标兵”张三同志学习活动。", "举办“感人事迹”主题报告会。", "开展“送学活动”，活动很好。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _LEARNING):
        yield report(
            MANUAL,
            text.words(*found.span("words")),
            message("“学习活动”不是名称的一部分"),
            message("后引号移到名称后面"),
        )
    for text, found in matches(article.prose, _TWICE):
        what = message("引号里外都有“{noun}”", noun=found["noun"])
        yield report(
            MANUAL, text.words(*found.span("words")), what, message("删去引号里的“{noun}”", noun=found["noun"])
        )


RULE = ArticleRule(MANUAL, _find)
