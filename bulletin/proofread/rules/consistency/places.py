"""META003: an article under the name of one place that speaks of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.reading import ReadArticle, ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_PLACE = re.compile(r"([\u4e00-\u9fff]{2,5}?)(?:省|市|县|区|旗|自治州|街道|镇|乡)")
_OFTEN = 3

MANUAL = Manual(
    code="META003",
    title=message("题下的单位与正文说的地方不是一处"),
    says=message("题下单位的地名，正文和标题里一次也没有，倒有三次以上是另一篇的地名：单位可能张冠李戴了。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="三校一读：署名与正文互相核对",
    bad=(
        "单位：中共林溪市委老干部局\n南栎县山多。南栎县抓支部，南栎县抓场所，老同志都满意。\n另一篇：\n单位：中共南栎县委老干部局\n南栎县的做法。",
    ),
    good=(
        "单位：中共林溪市委老干部局\n林溪市同南栎县结对。南栎县抓支部，南栎县抓场所。\n另一篇：\n单位：中共南栎县委老干部局\n南栎县的做法。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    places = {article.slug: _places(article) for article in issue.articles}
    for article in issue.articles:
        byline = _byline(article)
        own = places[article.slug]
        if byline is None or not own:
            continue
        said = "\n".join(text.content for text in article.texts if text is not byline)
        if any(place in said for place in own):
            continue
        others = {place for slug, theirs in places.items() if slug != article.slug for place in theirs} - own
        spoken = max(sorted(others), key=said.count, default="")
        if spoken and said.count(spoken) >= _OFTEN:
            what = message(
                "正文里没有“{own}”，却有 {times} 处“{other}”",
                own=tuple(sorted(own)),
                times=said.count(spoken),
                other=spoken,
            )
            words = byline.words(0, len(byline.content))
            yield Finding(MANUAL.code, MANUAL.severity, words, what, message("核对题下的单位"))


def _byline(article: ReadArticle) -> ReadText | None:
    return next(article.of_role(Role.ORGANIZATION), None)


def _places(article: ReadArticle) -> set[str]:
    """The names of places in the byline, without 省, 市, 县 …"""
    byline = _byline(article)
    return set(_PLACE.findall(byline.content.removeprefix("中共"))) if byline else set()


RULE = IssueRule(MANUAL, _find)
