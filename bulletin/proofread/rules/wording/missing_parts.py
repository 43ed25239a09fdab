"""FRM006: sentences that lack a part: a subject, an object, 的 before the noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.matching import matches
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule


@dataclass(frozen=True, slots=True)
class _Gap:
    """A pattern whose first group is the words beside which something is missing."""

    pattern: re.Pattern[str]
    what: Message
    advice: Message


_ROUSED = "力|性|情|能|劲|志|心|感|趣|神|望|量|源|求|费|资|本|魂|需|业"
_GAPS = (
    _Gap(
        re.compile(
            r"。(值得)(?=(?:我们|大家|各地|各级|各单位|全[省市县区局]|认真|好好|很好|学习|借鉴|推广)[^，。]{2,})"
        ),
        message("一句话用“值得”开头，没有主语"),
        message("前面的句号改成逗号，或者补主语"),
    ),
    _Gap(
        re.compile(
            r"(?:^|[，。；])(常委)(?=、[^，。；]{1,12}(?:部长|书记|省长|市长|县长|区长|主任|司令员|政委|秘书长))"
        ),
        message("“常委”前面没有说是哪一级、哪里的"),
        message("写成“省委常委”“市委常委”“区委常委”等"),
    ),
    _Gap(
        re.compile(
            rf"(激发[^，。；：“”的]{{2,12}}(?:党员|干部|群众|职工|老同志|青年|教师)(?![^。；]{{0,60}}?(?:{_ROUSED})(?:[，。；]|$))[^。；]{{4,24}})(?=[。；])"
        ),
        message("“激发”后面没有宾语"),
        message("补“热情”“积极性”等"),
    ),
    _Gap(
        re.compile(r"(?:把|将|对)[^，。；：“”]{2,30}建设(?:层层|逐级|逐一|级级)?(压实|压紧)(?=[，。；])"),
        message("“压实”的是责任、任务，前面没有说"),
        message("写成“……责任压实”"),
    ),
    _Gap(
        re.compile(r"是[^，。；：“”]{2,20}(?<![的一个项种])((?:最)?重要组成部分)(?=[，。；])"),
        message("“重要组成部分”前面少了“的”"),
        message("加“的”"),
    ),
    _Gap(
        re.compile(r"(?:把|将)[^，。；：“”]{2,20}(当)(?=一[项件个种][^，。；]{2,10}(?:来|去)?(?:完成|抓|做|办|对待))"),
        message("书面写“当作”“当成”"),
        message("改成“当作”"),
    ),
)

MANUAL = Manual(
    code="FRM006",
    title=message("句子缺成分"),
    says=message(
        "一句话里少了一块：“值得”开头而没有主语，“常委”不说哪一级，“激发”没有宾语，“压实”不说压实什么，“是……重要组成部分”少“的”。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="新闻出版行业标准 CY/T 266—2023《图书编校质量差错判定和计算方法》语法差错（成分残缺）",
    bad=(
        "大家的发言各有特色。值得我们学习借鉴。",
        "经同意，常委、组织部部长张三主持会议。",
        "有效激发各级党组织和党员凝聚力量、争当先进。",
        "把党支部建设层层压实，领导亲自抓。",
        "这项工作是党的建设重要组成部分。",
        "把每一次报告都当一项政治任务来完成。",
    ),
    good=(
        "大家的发言各有特色，值得我们学习借鉴。",
        "值得注意的是，人数还在增加。经同意，区委常委、组织部部长张三主持会议。",
        "有效激发各级党组织和党员凝聚力量、争当先进的热情。",
        "把党支部建设责任层层压实，领导亲自抓。",
        "这项工作是党的建设的重要组成部分，是一个重要组成部分。",
        "把每一次报告都当作一项政治任务来完成。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for gap in _GAPS:
        for text, found in matches(article.prose, gap.pattern):
            yield Finding(MANUAL.code, MANUAL.severity, text.words(*found.span(1)), gap.what, gap.advice)


RULE = ArticleRule(MANUAL, _find)
