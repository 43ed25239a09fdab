"""PUN035: 《条例》第十条，明确了…: 逗号 between what says and 明确, 规定."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_SUBJECT = re.compile(
    r"(?:》第[一二三四五六七八九十百零\d]{1,6}[条款章]|(?:^|[。；])《[^《》]{2,40}》)(?P<mark>，)(?=(?:明确|规定|指出|要求|提出|强调)(?:了|[^，。；]{2}))"
)

MANUAL = Manual(
    code="PUN035",
    title=message("文件、条款和它的动词之间用了逗号"),
    says=message("“《条例》第十条明确了……”，主语不长，中间不停顿，不用逗号。"),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="GB/T 15834—2011，4.4.3.1（较长的主语之后才用逗号）",
    bad=("《条例》第十条，明确了十类党支部。",),
    good=("《条例》第十条明确了十类党支部。", "根据《条例》，明确了十类党支部。"),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _SUBJECT):
        if not re.search(
            r"(?:根据|依据|按照|学习|贯彻|落实|制定|出台|印发)[^，。；]{0,12}$",
            text.content[max(0, found.start() - 24) : found.start()],
        ):
            yield report(
                MANUAL, text.words(*found.span("mark")), message("主语和“明确”“规定”之间不用逗号"), replacement=""
            )


RULE = ArticleRule(MANUAL, _find)
