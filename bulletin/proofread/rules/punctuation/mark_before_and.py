"""PUN026: 顿号 before 和 and 等."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_WORDS_WITH_AND = "平谐睦解气蔼田约顺声弦尚静好县洽衷悦亲风易善美缓暖"
_TOGETHER = "一起|一道|一同|共同|打成|交朋友|交流|谈|聊|对接|相|同吃|结|在|把|被|给|向|对|让|是|说"
_SORTS = "情况|方面|问题|领域|单位|部门|人员|工作|活动|形式|方式|方法|内容|地区|各|多|[一二两三四五六七八九十]个"
"""What follows 等 where it ends a list, and is no verb."""
_BEFORE = re.compile(
    rf"、[{HAN}]{{1,8}}(?P<and>、)和(?![{_WORDS_WITH_AND}])(?![{HAN}]{{0,8}}(?:{_TOGETHER}))[{HAN}]{{2,8}}(?=[，。；、）等])"
    rf"|(?P<so_on>、)等(?=(?:{_SORTS})|[，。；）\d])"
    rf"|(?P<as_well>、)以及(?=[{HAN}])"
)

MANUAL = Manual(
    code="PUN026",
    title=message("“和”“等”前面的顿号"),
    says=message("并列成分之间用顿号，最后两项之间用“和”时不再用顿号，“等”前面也不用；“以及”前面用逗号（只提示）。"),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录A.3、B.1.1、B.1.2",
    bad=("分布在机关、高校、企业、等领域。", "走访机关、高校、和社区。"),
    good=(
        "分布在机关、高校、企业等领域。",
        "走访机关、高校和社区。",
        "讲团结、和睦相处，常走访、和老同志一起读报。",
        "不等待、等不得，按甲等、等外分开。",
    ),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _BEFORE):
        kind = next(name for name in ("and", "so_on", "as_well") if found[name])
        mark = text.words(*found.span(kind))
        if kind == "and":
            yield report(MANUAL, mark, message("“和”前面不用顿号"), replacement="")
        elif kind == "so_on":
            yield report(MANUAL, mark, message("“等”前面不用顿号"), replacement="")
        else:
            as_well = report(MANUAL, mark, message("“以及”前面宜用逗号"), replacement="，")
            yield replace(as_well, severity=Severity.HINT)


RULE = ArticleRule(MANUAL, _find)
