"""PUN003: 顿号 between quotation marks, or between titles, that stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bulletin.model.finding import Finding, Manual, Related, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.pairs import Pair
from bulletin.proofread.matching import before, report
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_MARKS = "“‘《〈"
_SENTENCE_ENDS = "。！？…"
_ENDS_LIST = re.compile("[，。；：！？”’）…]|[等和以及与或的在为是中]|$")
"""What may follow the last member: otherwise words belong to it alone, as in “六百行”、“五步”学习法, or the list goes on without quotation marks."""

MANUAL = Manual(
    code="PUN003",
    title=message("并列的引号之间、书名号之间的顿号"),
    says=message(
        "标有引号或书名号的并列成分之间通常不用顿号；其间插有别的文字时才用。国家标准说的是“通常”，各家报刊多有用的，所以只提示；"
        "同一篇里有的用、有的不用，则在第一处报一次警告。"
    ),
    severity=Severity.HINT,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.5.3.5",
    bad=(
        "开展“送学上门”、“送医上门”等服务。",
        "学习《条例》、《准则》、《规定》。",
        "开展“送学上门”“送医上门”等服务，学习《条例》、《准则》。",
    ),
    good=("开展“送学上门”“送医上门”等服务。", "组建“银龄”宣讲团、“夕阳红”艺术团，送课下乡。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    without = next((place for text in article.texts for place in _side_by_side(text)), None)
    marks = [mark for text in article.texts for mark in _marks(text)]
    for mark in marks:
        found = report(MANUAL, mark, message("并列的引号、书名号之间不用顿号"), replacement="")
        yield _both_ways(found, without) if without and mark is marks[0] else found


def _both_ways(found: Finding, without: Words) -> Finding:
    """Said once of an article: it is of one hand, and should be of one mind."""
    what = message("并列的引号、书名号之间，本篇有的用顿号，有的不用；通常不用")
    related = (Related(without, message("这里不用")),)
    return replace(found, severity=Severity.WARNING, message=what, related=related)


def _side_by_side(text: ReadText) -> Iterator[Words]:
    """The first two members of a list that have nothing between them; not sentences of a talk."""
    for one, other in pairwise(pair for pair in text.pairs if pair.mark in _MARKS):
        talk = text.content[one.end - 2] in _SENTENCE_ENDS
        if one.end == other.start and one.mark == other.mark and not talk:
            yield text.words(one.start, other.end)
            return


def _marks(text: ReadText) -> Iterator[Words]:
    """顿号 that need not stand there."""
    for members in _series(text):
        content = text.content
        if _ENDS_LIST.match(content, members[-1].end) and before(content, members[0].start) != "、":
            yield from (text.words(member.end, member.end + 1) for member in members[:-1])


def _series(text: ReadText) -> Iterator[list[Pair]]:
    """Pairs of the same marks with nothing but 顿号 between them, two or more."""
    by_start = {pair.start: pair for pair in text.pairs if pair.mark in _MARKS}
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
