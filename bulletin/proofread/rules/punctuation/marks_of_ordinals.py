"""PUN029: the marks after 第一, （一）, 一是."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NUMERAL = "[一二三四五六七八九十]"
_ORDINAL = re.compile(
    rf"(?:(?<=[。；：])|^)(?:"
    rf"(?:第{_NUMERAL}{{1,3}}|其{_NUMERAL}|首先|其次|最后)(?P<word>、)(?!第?{_NUMERAL}|[^，。；]{{0,12}}、[^，。；]{{0,12}}[次个批期届章条季])"
    rf"|{_NUMERAL}{{1,2}}是(?P<is>[、，：])(?=[{HAN}“])"
    rf")|(?:(?<=[。；])|(?<=：))（(?:{_NUMERAL}{{1,3}}|\d{{1,2}})）(?P<bracket>[、，．.])"
)

MANUAL = Manual(
    code="PUN029",
    title=message("序次语后面的标点"),
    says=message("“第一”“首先”后面用逗号；“（一）”“（1）”后面不用标点；“一是”后面不停顿。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，附录B.3.1、B.3.4、B.3.7",
    bad=("要做到两点。第一、建好支部。第二、选好书记。", "一是、建好支部；二是选好书记。"),
    good=("要做到两点。第一，建好支部。第二，选好书记。", "一是建好支部；二是选好书记。", "第一、第二产业比重下降。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.prose, _ORDINAL):
        kind = next(name for name in ("word", "is", "bracket") if found[name])
        mark = text.words(*found.span(kind))
        if kind == "word":
            yield report(MANUAL, mark, message("“第一”“首先”后面用逗号"), replacement="，")
        elif kind == "is":
            yield report(MANUAL, mark, message("“一是”后面不用标点"), replacement="")
        else:
            yield report(MANUAL, mark, message("带括号的序号后面不用标点"), replacement="")


RULE = ArticleRule(MANUAL, _find)
