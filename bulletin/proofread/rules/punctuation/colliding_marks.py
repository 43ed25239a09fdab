"""PUN019: marks that stand twice, marks that cannot stand side by side, pairs with nothing in them, marks where no mark can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_COLLISION = re.compile(
    r"(?=[，。、；：！？“‘《〈〔（])(?:"
    r"(?P<points>(?:[，、；：]|。(?!。。))[，。、；：！？]+)"
    r"|(?P<surplus>(?<=[！？])[，、；：。])"
    r"|(?P<empty>“”|‘’|《》|〈〉|〔〕|（）)"
    r"|(?P<first>(?<=[（《〈〔])[，。、；：]|^[，。、；：！？])"
    r"|(?P<last>[，、；：](?=[）》〉〕])))"
)
_NO_HAN = re.compile(f"[^{HAN}]*")

MANUAL = Manual(
    code="PUN019",
    title=message("标点重复、相撞、落空"),
    says=message("两个点号不能连用；引号、书名号里不能没有内容；段首、前括号之后和后括号之前不能有点号。"),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，5.1.1、附录B.2",
    bad=("全省老同志积极响应，，踊跃报名。", "老同志踊跃报名，。", "印发《》的通知。", "各县（市、区、）都要落实。"),
    good=("老同志踊跃报名。", "真的吗？！太好了！！", "各县（市、区）都要落实。", "他说：“好。”大家都笑了。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _COLLISION):
        words = text.words(*found.span())
        if found["points"]:
            yield report(MANUAL, words, *_collision(found[0]))
        elif found["surplus"]:
            yield report(MANUAL, words, message("问号、叹号后面不再用“{mark}”", mark=found[0]), replacement="")
        elif found["empty"]:
            if not _is_blank_to_fill(found[0], text.text.role):
                yield report(MANUAL, words, message("“{pair}”里没有内容", pair=found[0]))
        elif not _NO_HAN.fullmatch(text.content):
            what = message("这里不能有“{mark}”", mark=found[0])
            yield report(MANUAL, words, what, replacement="" if found["last"] else None)


def _collision(marks: str) -> tuple[Message, Message, str | None]:
    """What is wrong with marks side by side, what to do, and the one mark that is meant where that is sure."""
    if len(set(marks)) == 1:
        return message("“{mark}”重复了", mark=marks[0]), message("只留一个"), marks[0]
    return message("“{marks}”不能连用", marks=marks), message("只留一个"), None


def _is_blank_to_fill(pair: str, role: Role) -> bool:
    """True of empty brackets in a form."""
    return pair == "（）" and role in (Role.CELL, Role.ITEM, Role.FIELD)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
