"""PUN002: marks of one kind directly within one another, inner marks with no outer ones, pairs that cross."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.facts.balance import Imbalance, Unbalanced
from bulletin.proofread.matching import report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

MANUAL = Manual(
    code="PUN002",
    title=message("引号、书名号的套用"),
    says=message(
        "引号里还用引号，外双内单；书名号里还用书名号，外双内单，再里一层又用双。单的不能独用，两对也不能交叉。"
    ),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.8.3.4、4.15.3.5",
    bad=(
        "印发《关于转发《建设标准》的通知》。",
        "他说：“要把“三会一课”落到实处。”",
        "学习〈条例〉和相关规定。",
        "开展（“送学上门）”活动。",
    ),
    good=("印发《关于转发〈建设标准〉的通知》。", "他说：“要把‘三会一课’落到实处。”", "学习《条例》和相关规定。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for one in article.unbalanced:
        said = _said(one)
        if said is not None:
            yield report(MANUAL, one.words, *said)


def _said(one: Unbalanced) -> tuple[Message, Message] | None:
    """What is wrong, and what to do."""
    quotation = one.mark in "“‘"
    if one.kind is Imbalance.CROSSED:
        return message("两对标点交叉了"), message("里面的一对先收，外面的一对后收")
    if one.kind is Imbalance.REPEATED and quotation:
        return message("引号里又用了同样的引号"), message("里层改用‘’")
    if one.kind is Imbalance.REPEATED:
        return message("书名号里又用了同样的书名号"), message("里层改用〈〉")
    if one.kind is Imbalance.ALONE and quotation:
        return message("单引号外面没有双引号"), message("改用“”")
    if one.kind is Imbalance.ALONE:
        return message("单书名号外面没有书名号"), message("改用《》")
    return None


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
