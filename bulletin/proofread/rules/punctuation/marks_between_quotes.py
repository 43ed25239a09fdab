"""PUN003: 顿号 between quotation marks, or between titles, that stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.pairs import Pair
from bulletin.proofread.matching import before, report
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_ENDS_LIST = re.compile("[，。；：！？”’）…]|[等和以及与或的在为是中]|$")
"""What may follow the last member: otherwise words belong to it alone, as in “六百行”、“五步”学习法, or the list goes on without quotation marks."""

MANUAL = Manual(
    code="PUN003",
    title=message("并列的引号之间、书名号之间的顿号"),
    says=message("标有引号或书名号的并列成分之间通常不用顿号；其间插有别的文字时才用。"),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.5.3.5",
    bad=("开展“送学上门”、“送医上门”等服务。", "学习《条例》、《准则》、《规定》。"),
    good=("开展“送学上门”“送医上门”等服务。", "组建“银龄”宣讲团、“夕阳红”艺术团，送课下乡。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for members in _series(text):
            content = text.content
            if _ENDS_LIST.match(content, members[-1].end) and before(content, members[0].start) != "、":
                for member in members[:-1]:
                    mark = text.words(member.end, member.end + 1)
                    yield report(MANUAL, mark, message("并列的引号、书名号之间不用顿号"), replacement="")


def _series(text: ReadText) -> Iterator[list[Pair]]:
    """Pairs of the same marks with nothing but 顿号 between them, two or more."""
    by_start = {pair.start: pair for pair in text.pairs if pair.mark in "“‘《〈"}
    inside: set[int] = set()
    for pair in by_start.values():
        members = [pair]
        while pair.start not in inside and (following := _following(text, members[-1], by_start)):
            members.append(following)
            inside.add(following.start)
        if len(members) > 1:
            yield members


def _following(text: ReadText, pair: Pair, by_start: dict[int, Pair]) -> Pair | None:
    following = by_start.get(pair.end + 1)
    alike = following is not None and following.mark == pair.mark
    return following if alike and text.content.startswith("、", pair.end) else None


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
