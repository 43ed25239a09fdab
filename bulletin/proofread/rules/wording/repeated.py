"""REP001: a character, a word or a clause typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_CHARACTERS = re.compile(
    r"(?=[的了和与及是在把被将从到们等])(?:"
    r"(?<![目标有])的(的)(?!确)|(?<![不大])(?<!不得)了(了)(?![解结事却断无当如望之]|不起)|(?<![温缓总谦暖中祥调求柔共宁饱平融谐附])和(和)(?![美睦气平谐解顺畅善田县林龙硕静布服好约声风弦局衷弟])"
    r"|(?<![参赠授赋付给])与(与)(?![会否日时众人])|(?<![以普涉顾触波遍累企埃论危])及(及)(?![时格早第其物])|(?<![于但凡总老就正若如或可只国求])是(是)(?!非)"
    r"|(?<![现存实所正内潜好自旨意外重难健贵])在(在)(?![处校职场座线岗此位野逃即])|(?<![一几两大门车刀手火])把(把)(?![握关控持脉柄式手子])|(?<![棉植毛床盖])被(被)(?!子|套|褥)"
    r"|(?<![干即上名大老战猛武少中主])将(将)(?![军士领官帅近来门校])|从(从)(?!容|严|业|事|教|政|军|前|此|宽|优|众)|(?<![达看想遇得收受听感见找直等做回周迟报签])到(到)(?![位场达期底处会访岗家手来])|们(们)|等(等等))"
)
_WORDS = (
    "进行|通过|以及|我们|他们|同时|因此|由于|关于|对于|根据|按照|为了|已经|必须|应当|不断|充分|积极|坚持|加强|推进|推动|实现|切实|认真|深入|大力|努力"
    "|制定|制订|召开|举办|印发|部署|强化|深化|发挥|全面|着力|提高|提升|围绕|开展|落实|确保|促进|完善|建立|做好|抓好|各级|所有|这些|如果|因为|但是|而且|或者|并且|从而|以来"
)
_WORD = re.compile(rf"({_WORDS})(\1)(?!地)")
_LONG = re.compile(r"([\u4e00-\u9fff]{3,8})(\1)(?![议域])")
_COUNTED = re.compile(r"[一二两三几半]|(.)\1+$|(?:哈|呵|嘿|咚|啦|叮)")
_CLAUSE = re.compile(r"[^，。；：、！？“”‘’（）《》\n]+")
_CLAUSE_LENGTH = 8

MANUAL = Manual(
    code="REP001",
    title=message("字、词、分句重复"),
    says=message("多打了一遍的字（的的、了了）、词（进一步进一步）和分句。叠词（的的确确、一个部门一个部门）不报。"),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="校对惯例：多字",
    bad=(
        "发挥老干部的的作用。",
        "进一步进一步加强领导。",
        "认真贯彻落实会议精神，认真贯彻落实会议精神，抓好各项工作。",
    ),
    good=(
        "有目的的学习，的的确确有收获。",
        "为了了解情况，不了了之的事不能有。",
        "对话和和平谈判。",
        "一个部门一个部门地走访。",
        "常务委员会委员会议。",
        "讲政治，讲政治，再讲政治。",
    ),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for pattern in (_CHARACTERS, _WORD, _LONG):
        for text, found in matches(article.prose, pattern):
            if pattern is not _LONG or not _COUNTED.match(found[1]):
                yield _twice(text, *found.span(found.lastindex or 0))
    for text in article.prose:
        yield from _clauses(text)


def _clauses(text: ReadText) -> Iterator[Finding]:
    before = ""
    for clause in _CLAUSE.finditer(text.content):
        if clause[0] == before and len(before) >= _CLAUSE_LENGTH:
            yield _twice(text, clause.start() - 1, clause.end())
        before = clause[0]


def _twice(text: ReadText, start: int, end: int) -> Finding:
    words = text.words(start, end)
    what = message("“{words}”重复了", words=words.content.strip("，。；：、"))
    return report(MANUAL, words, what, replacement="")


RULE = ArticleRule(MANUAL, _find)
