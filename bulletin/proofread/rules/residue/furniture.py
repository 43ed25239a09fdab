"""IMP003: folios and running heads of the pages that a text was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_DASH = "—–－―\\-"
_FOLIO = re.compile(
    rf"[{_DASH}]{{1,2}}[ \u3000]?\d{{1,3}}[ \u3000]?[{_DASH}]{{1,2}}|\d{{1,3}} ?[{_DASH}]|\d{{1,3}}|第 ?\d{{1,3}} ?页(?:[，/ ]{{0,2}}共 ?\d{{1,3}} ?页)?"
)
_RUNNING_HEAD = re.compile(
    rf"《?[{HAN}·]{{2,12}}》?[ \u3000]{{0,4}}(?:\d{{4}}年)?第 ?\d{{1,3}} ?期[ \u3000]{{0,4}}(?:（?总第 ?\d{{1,5}} ?期）?)?[ \u3000\d{_DASH}]{{0,8}}"
)
_FOLIO_WITHIN = re.compile(rf"(?<=[{HAN}，、])[ \u3000]?[{_DASH}] ?\d{{1,3}} ?[{_DASH}][ \u3000]?(?=[{HAN}])")

MANUAL = Manual(
    code="IMP003",
    title=message("残留的页码和书眉"),
    says=message("从成书、成刊的文件里取来的文字，常夹着原来的页码和书眉。"),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="校对惯例：删去原版式的页码、书眉",
    bad=("— 12 —", "第3页 共12页", "老同志把支部— 12 —当作自己的家。", "工作动态 第7期（总第494期）"),
    good=("全省9个市共走访180个支部。", "《求是》2020年第7期刊登了这篇文章。"),
    safety=Safety.UNSAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        content = text.content.strip()
        if text.text.role in (Role.PARAGRAPH, Role.ITEM):
            words = text.words(0, len(text.content))
            if _FOLIO.fullmatch(content):
                yield report(MANUAL, words, message("这一段像是残留的页码"), message("删去这一段"))
            elif _RUNNING_HEAD.fullmatch(content):
                yield report(MANUAL, words, message("这一段像是残留的书眉"), message("删去这一段"))
    for text, found in matches(article.prose, _FOLIO_WITHIN):
        yield report(MANUAL, text.words(*found.span()), message("句子里夹着页码"), replacement="")


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
