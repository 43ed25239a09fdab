"""SPC001: blanks between Han, and beside marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.facts.pairs import Pair
from bulletin.proofread.matching import BLANK, HAN, after, before, matches, report
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_BLANKS = re.compile(f"[{BLANK}]+")
_CHINESE = re.compile(f"[{HAN}“”‘’（）《》〈〉〔〕【】，。、；：！？…—]")
_AFTER_THESE = frozenset("，。、；：！？（《〈〔【")
_BEFORE_THESE = frozenset("，。、；：！？）》〉〕】")
_NUMBER_OF_CHAPTER = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}[编章节条款届讲课回集部篇]$")
_BYLINE = re.compile("（[^（）]{0,20}(?:记者|通讯员|作者|供稿|摄影|撰稿|来源|整理)")
_POINTS = re.compile("[，。；：！？、]")

MANUAL = Manual(
    code="SPC001",
    title=message("汉字之间的空格"),
    says=message(
        "正文的汉字之间、标点前后不打空格；标题里分开两个短语可以空一格；姓名里不打空格，两字姓名印出来自会拉开。"
    ),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="公文排印惯例；GB/T 15834—2011，5.1.1（标点紧跟在文字之后）",
    bad=("全省老干部 工作会议召开， 大家发了言。",),
    good=(
        "全省老干部工作会议召开，大家发了言。",
        "开展“以老助老 守望相助”活动。",
        "本刊讯（记者 张三 通讯员 李四）会议召开。",
    ),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        if text.text.role is not Role.CELL:
            yield from _in_text(text)


def _in_text(text: ReadText) -> Iterator[Finding]:
    content = text.content
    sentences = text.prose and bool(_POINTS.search(content))
    for _, blanks in matches((text,), _BLANKS):
        left, right = before(content, blanks.start()), after(content, blanks.end())
        if not (left and right and _between_chinese(left, right)):
            continue
        words = text.words(*blanks.span())
        if left in _AFTER_THESE or right in _BEFORE_THESE:
            yield report(MANUAL, words, message("标点旁边有空格"), replacement="")
        elif _is_name(text):
            yield report(MANUAL, words, message("姓名里有空格"), message("去掉空格，两字姓名印出来自会拉开"), "")
        elif sentences and not _is_meant(text, blanks.start()):
            yield report(MANUAL, words, message("汉字之间有空格"), replacement="")
        elif not text.prose and len(blanks[0]) > 1:
            yield report(MANUAL, words, message("标题里的空格只留一个"), replacement=" ")


def _between_chinese(left: str, right: str) -> bool:
    """True of a blank between Chinese characters, or beside a mark that only Chinese has."""
    chinese = bool(_CHINESE.match(left)), bool(_CHINESE.match(right))
    return all(chinese) or left in _AFTER_THESE or right in _BEFORE_THESE


def _is_name(text: ReadText) -> bool:
    return text.text.role is Role.SPEAKER or text.text.field.startswith("editors.")


def _is_meant(text: ReadText, place: int) -> bool:
    """True after the number of a chapter, in a byline, in a slogan or a title. In lines without any mark (names, verse) all blanks are."""
    if _NUMBER_OF_CHAPTER.search(text.content[max(0, place - 8) : place]):
        return True
    within = text.enclosing[place]
    return within is not None and (within.mark != "（" or _is_byline(text.content, within))


def _is_byline(content: str, pair: Pair) -> bool:
    return bool(_BYLINE.match(content, pair.start))


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
