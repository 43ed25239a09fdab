"""PUN001: quotation marks, brackets and marks of titles of which one half is missing."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.facts.balance import Imbalance
from bulletin.proofread.facts.pairs import CLOSING
from bulletin.proofread.matching import report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

NAMES = {
    "“": message("引号"),
    "‘": message("单引号"),
    "《": message("书名号"),
    "〈": message("单书名号"),
    "（": message("括号"),
    "〔": message("六角括号"),
    "【": message("方头括号"),
    "「": message("直角引号"),
    "『": message("双直角引号"),
}

MANUAL = Manual(
    code="PUN001",
    title=message("成对的标点缺了一半，或者两半不同"),
    says=message("引号、括号、书名号成对使用。引文连续几段时，每段开头都用前引号，只在最后一段末尾用后引号，不算缺。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.8.2、4.8.3.5、4.9.2、4.15.2",
    bad=(
        "开展“送学上门活动，惠及老同志300人。",
        "印发《建设标准（试行》，抓好落实。",
        "印发《关于转发〈建设标准》的通知》。",
    ),
    good=(
        "开展“送学上门”活动，惠及老同志300人。",
        "要做到：1）人员到位；2）经费到位（含补贴）。",
        "信里说：“我今年83岁。\n“灯亮了，我心里也亮了。”",
    ),
)

_HALVES = frozenset({Imbalance.UNCLOSED, Imbalance.UNOPENED})


def _find(article: ReadArticle) -> Iterator[Finding]:
    for one in article.unbalanced:
        words = one.words
        if one.kind in _HALVES:
            yield report(MANUAL, words, _half(one.kind, NAMES[one.mark]), message("补上缺的一半，或删去多的一半"))
        elif one.kind is Imbalance.MISMATCHED:
            what = message("前一半是“{opening}”，这里应是“{closing}”", opening=one.mark, closing=CLOSING[one.mark])
            yield report(MANUAL, words, what)


def _half(kind: Imbalance, name: Message) -> Message:
    if kind is Imbalance.UNCLOSED:
        return message("有前{name}，没有后{name}", name=name)
    return message("有后{name}，没有前{name}", name=name)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
