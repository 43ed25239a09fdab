"""ENU001: 三个方面： followed by two, or by four."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.numbering import MOST_SECTIONS
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role, Words
from bulletin.proofread.facts.enumerations import Form, Series
from bulletin.proofread.facts.numerals import numeral_value
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules.structure.series import sections_of_series, words_of_marker

_NOUNS = (
    "方面|特点|特征|优势|原因|问题|措施|举措|办法|做法|意见|建议|要求|任务|工作|环节|层面|维度|重点|原则|阶段|步骤|变化|效果|成效|体会|经验|启示|转变|关系|"
    "机制|抓手|事|难点|短板|不足|困难|目标|模式|途径|渠道|方式"
)
_ANNOUNCED = re.compile(
    r"(?<![第这那上述前每几等各“十百\d])(?P<said>(?P<count>[两二三四五六七八九十]|\d{1,2})(?:个|项|点|条|大|种|件|步)"
    rf"(?:(?:主要|重要|基本|具体|突出|明显|显著|重点|关键|新))?(?:{_NOUNS}))(?P<tail>[^，。；：！？、“”\d]{{0,12}})(?P<stop>[：。])"
)
_TO_COME = re.compile(r"(?:讲|谈|提|说|强调|汇报|抓好|做好|抓|做到|做了|采取)[^，。；：]{0,8}$")
_LOOK_BACK = 16

MANUAL = Manual(
    code="ENU001",
    title=message("说的数目与列出的不合"),
    says=message("“三个方面：”后面紧接着的“一是”“二是”或者小标题，个数要与所说的一样。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="算术核对",
    bad=(
        "主要有三个特点：一是起步早；二是覆盖广。",
        "下面，我讲三点意见：\n## 一、提高认识\n正文。\n## 二、狠抓落实",
        "重点抓好四个方面工作。一是学习。二是服务。三是宣传。",
    ),
    good=(
        "主要有三个特点：一是起步早；二是覆盖广；三是效果好。",
        "下面，我讲两点意见：\n## 一、提高认识\n正文。\n## 二、狠抓落实",
        "抓好三个方面工作，成效明显。一是学习。二是服务。",
    ),
)


@dataclass(frozen=True, slots=True)
class _Announcement:
    """How many are to come: in the text that is `place`-th in its article; `end` is where its sentence ends."""

    place: int
    words: Words
    count: int
    end: int
    calls: bool


def _find(article: ReadArticle) -> Iterator[Finding]:
    begun = {
        (series.markers[0].text, series.markers[0].start): series
        for section in sections_of_series(article)
        for series in section
        if series.sound and series.last.form is not Form.WORD
    }
    for announced in _announcements(article):
        series = _series(article, announced, begun)
        headings = [] if series or not announced.calls else _headings(article, announced)
        last = words_of_marker(article, series.last) if series else headings[-1] if headings else None
        count = series.last.number if series else len(headings)
        if last and count not in (1, announced.count):
            what = message("说的是“{said}”，后面列了{count}个", said=announced.words.content, count=count)
            related = (Related(last, message("最后一个")),)
            yield Finding(
                "ENU001", MANUAL.severity, announced.words, what, message("改数目，或者补上、删去一项"), related
            )


def _announcements(article: ReadArticle) -> Iterator[_Announcement]:
    for place, text in enumerate(article.texts):
        for found in _ANNOUNCED.finditer(text.content) if text.prose else ():
            count = numeral_value(found["count"])
            if count and count > 1:
                before = text.content[max(0, found.start() - _LOOK_BACK) : found.start()]
                calls = found["stop"] == "：" or bool(_TO_COME.search(before))
                yield _Announcement(place, text.words(*found.span("said")), count, found.end(), calls)


def _series(article: ReadArticle, announced: _Announcement, begun: dict[tuple[int, int], Series]) -> Series | None:
    """The series that begins right after the announcement, in its text or with the next one."""
    if announced.end < len(article.texts[announced.place].content):
        return begun.get((announced.place, announced.end))
    return begun.get((announced.place + 1, 0))


def _headings(article: ReadArticle, announced: _Announcement) -> list[Words]:
    """The headings that come right after the announcement, of one level, up to one of a higher level."""
    first = announced.place + 1
    ends = announced.end == len(article.texts[announced.place].content)
    if not ends or first == len(article.texts) or article.texts[first].text.role is not Role.HEADING:
        return []
    level = article.texts[first].text.level
    following = (article.texts[place] for place in range(first, len(article.texts)))
    own = takewhile(lambda text: text.text.role is not Role.HEADING or text.text.level >= level, following)
    alike = (_whole(text) for text in own if text.text.role is Role.HEADING and text.text.level == level)
    return list(islice(alike, MOST_SECTIONS))


def _whole(text: ReadText) -> Words:
    return text.words(0, len(text.content))


RULE = ArticleRule(MANUAL, _find)
