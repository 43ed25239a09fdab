"""PUN013: members with the same verb, parted by 顿号 first and by 逗号 then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_VERBS = "建立|设立|成立|加强|坚持|推进|推动|开展|完善|健全|深化|强化|落实|提升|提高|创新|打造|做好|抓好|组织|举办|促进|发挥|引导|弘扬|讲好|实施"
_SERIES = re.compile(
    rf"(?<=[，。；：、“])(?P<verb>{_VERBS})[{HAN}]{{2,15}}、(?P=verb)[{HAN}]{{2,15}}(?P<mark>，)(?P=verb)[{HAN}]{{2,15}}(?=等?[。；])"
)

MANUAL = Manual(
    code="PUN013",
    title=message("同一个动词领起的几项，标点不一致"),
    says=message("同一个动词领起的并列几项，中间用同一种标点。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="编辑惯例；并列词语之间一般用顿号，见GB/T 15834—2011，4.5、附录B.1.1",
    bad=("从实际出发，建立党员名册、建立服务台账，建立联系制度。",),
    good=("从实际出发，建立党员名册、建立服务台账、建立联系制度。",),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _SERIES):
        mark = text.words(*found.span("mark"))
        yield report(MANUAL, mark, message("同列几项前面用顿号，这里用了逗号"), replacement="、")


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
