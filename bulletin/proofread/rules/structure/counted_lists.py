"""ENU004: a list and the number that is given of it: A、B、C等两个方面."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.numerals import numeral_value
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_CLAIM = re.compile(
    r"(?P<etc>等)?(?:这)?(?<!第)(?P<count>[两二三四五六七八九十]|\d{1,2})个(?P<what>方面|层面|环节|维度|领域|阶段|步骤|角度|渠道|部分|方向)"
)
_BOUNDARY = re.compile("[。；：！？，]")
_BEGINS = re.compile(
    "围绕|聚焦|针对|包括|涉及|分为|分成|按照|通过|根据|结合|抓好|抓住|做好|突出|坚持|主要|明确|加强|推进|开展|提出|形成|建立|"
    "[从在对就按以由即是为把将给向和与及或的分有]"
)
"""Words after which a list may begin: what stands before them is perhaps none of its members."""
_ALSO = re.compile("[和与及]")
_LONGEST_MEMBER = 12
_LONGEST_LIST = 160

MANUAL = Manual(
    code="ENU004",
    title=message("并列的项与所说的数目不合"),
    says=message("“甲、乙、丙三个方面”：前面并列几项，就说几个；有“等”字时可以少列，不能多列。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="算术核对",
    bad=(
        "从组织设置、党员管理、制度保障、档案管理三个方面督促。",
        "明确机关、社区、农村、学校医院、国有企业、社会组织5个层面的任务。",
    ),
    good=(
        "从组织设置、党员管理、制度保障等6个方面督促。",
        "机关、学校围绕教学、科研、管理三个方面交流。",
        "从队伍、阵地和活动三个方面抓起。",
        "围绕“学习”“服务”“宣传”三个方面展开。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.prose:
        masked = _masked(text) if _CLAIM.search(text.content) else ""
        for found in _CLAIM.finditer(masked):
            count = numeral_value(found["count"]) or 0
            members = _members(masked, found.start(), count)
            if members and not _fits(members, count, open_ended=bool(found["etc"])):
                words = text.words(found.start("count"), found.end())
                what = message("前面并列{members}项，说的是“{said}”", members=len(members), said=words.content)
                yield Finding("ENU004", MANUAL.severity, words, what, message("核对数目和各项"))


def _masked(text: ReadText) -> str:
    """The text with all that stands in marks blotted out, and a 、 between marks that touch."""
    characters = list(text.content)
    for pair in text.pairs:
        if pair.depth == 0:
            characters[pair.start : pair.end] = "□" * (pair.end - pair.start)
            if pair.mark in "“《" and text.content[pair.end : pair.end + 1] == pair.mark:
                characters[pair.end - 1] = "、"
    return "".join(characters)


def _members(masked: str, end: int, count: int) -> list[str]:
    """The members of the list that ends here; none where it is no clear list, or may have begun before a comma."""
    before = masked[max(0, end - _LONGEST_LIST) : end]
    *_, clause_before, clause = ["", *_BOUNDARY.split(before)]
    if clause == before and end > _LONGEST_LIST:
        return []
    members = clause.split("、")
    clear = len(members) > 1 and all(0 < len(member) <= _LONGEST_MEMBER or "□" in member for member in members[1:])
    goes_on = masked[end - len(clause) - 1 : end - len(clause)] == "，" and "、" in clause_before
    return members if clear and not (goes_on and len(members) < count) else []


def _fits(members: list[str], count: int, *, open_ended: bool) -> bool:
    """True if the list has as many members as said, read in one way or another.

    It may begin at any member that has a word inside after which lists begin; 和 may stand between two members or inside of one.
    """
    for first, member in enumerate(members):
        if first and not _BEGINS.search(member, 1):
            continue
        fewest = len(members) - first
        most = fewest + sum(len(_ALSO.findall(each)) for each in members[first:])
        if fewest <= count <= most or (open_ended and count >= fewest):
            return True
    return False


RULE = ArticleRule(MANUAL, _find)
