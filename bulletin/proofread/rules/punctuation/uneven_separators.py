"""PUN006: different marks between the members of one series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.counted_members import Member, members_of
from bulletin.proofread.matching import report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_SEPARATORS = frozenset("，；。")

MANUAL = Manual(
    code="PUN006",
    title=message("分项之间的标点不一致"),
    says=message("同一列分项之间用同一种标点：都用分号，或者都用句号；各项都很短时，都用逗号。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="编辑惯例；分号、逗号的层次见GB/T 15834—2011，4.6、附录B.1.4",
    bad=("一是建好支部，二是选好书记；三是用好阵地；四是管好经费。",),
    good=("一是建好支部；二是选好书记；三是用好阵地；四是管好经费。", "一是看得懂，二是学得会，三是带得走。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for members in members_of(article):
        separated = [member for member in members if member.separator in _SEPARATORS]
        if any(member.has_stop for member in members):
            separated = [member for member in separated if member.separator != "；"]
        usual = _usual(separated)
        for member in separated:
            if member.separator != usual:
                mark = member.text.words(member.end, member.end + 1)
                what = message("这里用“{mark}”，同列别处用“{usual}”", mark=member.separator, usual=usual)
                yield report(MANUAL, mark, what, message("同一列分项之间的标点统一起来"))


def _usual(members: list[Member]) -> str:
    """The separator that most members have; of two that are as frequent, the first."""
    counted = Counter(member.separator for member in members).most_common(1)
    return counted[0][0] if counted else ""


RULE = ArticleRule(MANUAL, _find)
