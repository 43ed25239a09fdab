"""PUN005: 分号 between the members of a series of which one has a 句号 within."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.counted_members import members_of
from bulletin.proofread.matching import report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

MANUAL = Manual(
    code="PUN005",
    title=message("分项里有句号，项末用了分号"),
    says=message("分项列举的各项中，有一项里面已经有句号，各项的末尾就不能再用分号，都用句号。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录A.5",
    bad=("一是建好支部。每季度检查一次；二是选好书记；三是用好阵地。",),
    good=("一是建好支部。每季度检查一次。二是选好书记。三是用好阵地。", "一是建好支部；二是选好书记；三是用好阵地。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for members in members_of(article):
        if any(member.has_stop for member in members):
            for member in members:
                if member.separator == "；":
                    mark = member.text.words(member.end, member.end + 1)
                    yield report(MANUAL, mark, message("同列的项里已有句号，项末不用分号"), replacement="。")


RULE = ArticleRule(MANUAL, _find)
