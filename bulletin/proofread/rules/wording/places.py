"""PLC001: a city or a county after a province that it does not lie in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_PROVINCE = re.compile(
    r"(河北省|山西省|辽宁省|吉林省|黑龙江省|江苏省|浙江省|安徽省|福建省|江西省|山东省|河南省|湖北省|湖南省|广东省|海南省|四川省|贵州省|云南省|陕西省|甘肃省|青海省"
    r"|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区)([\u4e00-\u9fff]{2,11}?[市县旗州盟])"
)

MANUAL = Manual(
    code="PLC001",
    title=message("市、县不属于前面的省"),
    says=message(
        "省、自治区后面紧接着写的市、县，要在这个省里；只看写全了的名称（辽宁省铁岭市），全国哪里都没有的名称不报。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="民政部公布的行政区划",
    bad=("先后到辽宁省长春市考察。",),
    good=("先后到吉林省长春市考察。", "辽宁省铁岭市清河区。", "浙江省直机关某市级协会。", "吉林省吉林市。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _PROVINCE):
        province, place = found.groups()
        owners = sorted(owner for owner, name in article.house.belongings if name == place)
        if owners and province not in owners:
            words = text.words(*found.span(2))
            what = message(
                "{place}不在{province}，在{owners}", place=place, province=province, owners="、".join(owners)
            )
            yield report(MANUAL, words, what, message("核对省名和市、县名"))


RULE = ArticleRule(MANUAL, _find)
