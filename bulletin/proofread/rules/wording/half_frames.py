"""FRM001: 为契机, 为主题 … without the 以 or 把 that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_WHAT = "契机|抓手|载体|主题|统领|牵动|牵引|主线|切入点|突破口|落脚点|着力点|出发点|导向|引领|依托|支撑|指引|根本遵循|遵循|底色|主基调|宗旨"
_HALF = re.compile(rf"(?<![作成变视定因认以做划列最互分转当])为(?:{_WHAT})(?=[，。；、的]|$)")
_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]+)")
_BEGINS = re.compile(r"[以把将]")
_OTHERWISE = re.compile(r"[用视作定选确设题称列变成是主均都]|命名|围绕")
_OF_A_ROW = r"[\u4e00-\u9fff]{2,6}为[\u4e00-\u9fff]{1,6}"
_AFTER_ANOTHER = re.compile(rf"{_OF_A_ROW}、[\u4e00-\u9fff]{{2,6}}$")
_BEFORE_ANOTHER = re.compile(rf"、{_OF_A_ROW}")
"""居家为基础、社区为依托、机构为支撑: a row of these does without 以."""
_ROW = 20
_BEFORE = 90

MANUAL = Manual(
    code="FRM001",
    title=message("“为契机”“为主题”前面少了“以”"),
    says=message(
        "“为契机”“为抓手”“为主题”“为统领”等前面要有“以”或“把”；同一句前面的分句里有“以”的，用顿号并列的几个（居家为基础、社区为依托），不报。"
    ),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="《现代汉语词典》（第7版）“以”",
    bad=("三是贯彻落实全会精神为契机，大力推进制度建设。", "举办了“薪火相传”为主题的报告会。"),
    good=(
        "三是以贯彻落实全会精神为契机，大力推进制度建设。",
        "确立了以政治建设为统领，离退休干部党建为牵动的思路。",
        "把这项工作作为抓手。",
        "征文主要是以“家风”为主题的文章。",
        "发展居家为基础、社区为依托、机构为支撑的养老服务。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _HALF):
        if not (_has_its_beginning(text.content, found.start()) or _in_a_row(text.content, *found.span())):
            words = text.words(*found.span())
            what = message("“{words}”前面少了“以”", words=words.content)
            yield report(MANUAL, words, what, message("在这个分句前面加“以”，或者改写"))


def _has_its_beginning(content: str, place: int) -> bool:
    """True if the sentence has a 以 or 把 before, or the clause a verb that does without it."""
    near = content[max(0, place - _BEFORE) : place]
    sentence = near[max(map(near.rfind, "。；！？")) + 1 :]
    clause = _ORDINAL.sub("", sentence[sentence.rfind("，") + 1 :])
    return bool(_BEGINS.search(sentence) or _OTHERWISE.search(clause))


def _in_a_row(content: str, start: int, end: int) -> bool:
    """True if another like it stands beside it, with only 、 between."""
    before = content[max(0, start - _ROW) : start]
    return bool(_AFTER_ANOTHER.search(before) or _BEFORE_ANOTHER.match(content, end))


RULE = ArticleRule(MANUAL, _find)
