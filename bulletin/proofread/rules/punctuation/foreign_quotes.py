"""PUN020: quotation marks that are straight, or of another region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_QUOTED = re.compile(
    r"(?=[\"＂'＇「])(?:"
    rf"[\"＂](?P<straight>[^\"＂\n]{{1,120}})[\"＂]|(?<![A-Za-z0-9])['＇](?P<single>[^'＇\n]{{1,60}})['＇](?![A-Za-z])"
    rf"|「(?P<corner>[^「」\n]{{1,120}})」|(?P<alone>(?<=[{HAN}，。：])[\"＂](?=[{HAN}])))"
)
_CHINESE = re.compile(rf"[{HAN}，。、；：！？]")

MANUAL = Manual(
    code="PUN020",
    title=message("直引号、直角引号"),
    says=message("横排文稿的引号是“”和‘’，不用电脑键盘上的直引号，也不用「」。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.8.2",
    bad=('开展"送学上门"活动。', "组织「银龄讲堂」活动。"),
    good=("开展“送学上门”活动。", '型号为TV-55"的电视机1台。'),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _QUOTED):
        inner = found["straight"] or found["single"] or found["corner"]
        words = text.words(*found.span())
        if inner is None:
            yield report(MANUAL, words, message("这里用了直引号，而且不成对"), message("改用“或”"))
        elif _CHINESE.search(inner):
            yield report(MANUAL, words, message("引号应为“”"), replacement=f"“{inner}”")


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
