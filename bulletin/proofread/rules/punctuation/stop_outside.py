"""PUN007: 句号 outside of a whole sentence that is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_QUOTED = re.compile(
    r"(?:指出|强调|提出|提到|说|说道|写道|问道|讲|讲到|要求|表示|认为|告诉[^，。：“”]{1,8})：“[^“”]{7,400}[^“”。！？…；，](?P<end>”。)"
)

MANUAL = Manual(
    code="PUN007",
    title=message("引用整句，句号放在引号外"),
    says=message("“指出：”“说：”后面引用的是完整的话，句末的点号放在引号里面。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录B.2.1",
    bad=("他强调：“支部建设是慢工细活，急不得，更拖不得”。",),
    good=(
        "他强调：“支部建设是慢工细活，急不得，更拖不得。”",
        "他把这叫作“慢工细活”。",
        "他强调，支部建设要“急不得、拖不得”。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _QUOTED):
        what = message("引用的是完整的话，句号应在引号里面")
        yield report(MANUAL, text.words(*found.span("end")), what, message("改为“。”在前、引号在后"))


RULE = ArticleRule(MANUAL, _find)
