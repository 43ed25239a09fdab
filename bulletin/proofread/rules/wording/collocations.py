"""COL001: verbs and nouns that do not go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule


@dataclass(frozen=True, slots=True)
class _Pair:
    """Verbs, the nouns that end the clause, and the verb that goes with these; or, where it is the noun that does not fit, what is said instead."""

    verbs: str
    nouns: str
    right: str
    severity: Severity = Severity.WARNING
    after: str = "[，。；：、！？]"

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:^|[^加])({self.verbs})(?:了)?([^，。；：、“”（）加提增扩强和与]{{0,10}}?)({self.nouns})(?={self.after}|$)"
        )


_POWERS = "凝聚力|向心力|吸引力|感染力|号召力|影响力|感召力"
_PAIRS = tuple(
    (pair, pair.pattern)
    for pair in (
        _Pair("加快|扩大|加深|降低", "力度", "加大"),
        _Pair("加大|加强|增强|提高|强化", "步伐|进度", "加快"),
        _Pair("加强|加大", _POWERS, "增强"),
        _Pair("降低", "差距", "缩小"),
        _Pair("取得|收到|达到", "作用", "起到"),
        _Pair("作出|做出", "功勋", "建立", after="[，。；：、！？的]"),
        _Pair("完成", "内容", "完成……任务", Severity.HINT),
        _Pair("建设", "(?:中国|强国|复兴|振兴)梦", "实现", after="[，。；：、！？而]"),
        _Pair("提高|提升|增强|增加", "力度", "加大", Severity.HINT),
        _Pair("缩短", "差距", "缩小", Severity.HINT),
        _Pair("改善", "水平", "提高", Severity.HINT),
        _Pair("加强", "意识", "增强", Severity.HINT),
        _Pair("起到", "效果|成效", "收到", Severity.HINT),
    )
)

MANUAL = Manual(
    code="COL001",
    title=message("动词和宾语搭配不当"),
    says=message(
        "“步伐”用“加快”，“力度”用“加大”，“凝聚力”用“增强”，“差距”用“缩小”，“功勋”用“建立”，“梦”用“实现”；两可的只提示。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）各动词的释义和例子",
    bad=(
        "加大转型发展的步伐。",
        "加强党的凝聚力。",
        "加快推进力度，确保完成。",
        "做出卓越功勋。",
        "在建设中做出卓越功勋的老领导。",
        "圆满完成了各项培训内容。",
        "为建设社会主义强国梦而奋斗。",
    ),
    good=(
        "加快转型发展的步伐，加大推进力度。",
        "增强党的凝聚力。",
        "加强凝聚力建设。",
        "加快转型，加大力度。",
        "取得成绩，发挥作用。",
        "圆满完成了各项培训任务，为实现强国梦而奋斗。",
        "降低收费标准，缩小差距。",
    ),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for pair, pattern in _PAIRS:
        for text, found in matches(article.texts, pattern):
            verb, noun = text.words(*found.span(1)), found[3]
            what = message("“{verb}”和“{noun}”不搭配", verb=verb.content, noun=noun)
            said = pair.right if "…" in pair.right else f"{pair.right}……{noun}"
            advice = message("一般说“{said}”", said=said)
            fix = None if "…" in pair.right else Fix(verb, pair.right, Safety.UNSAFE)
            yield Finding(MANUAL.code, pair.severity, verb, what, advice, fix=fix)


RULE = ArticleRule(MANUAL, _find)
