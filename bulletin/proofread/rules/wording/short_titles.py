"""ABB002: a short title, or a short name, that is used before it is explained: 《标准》 … （以下简称《标准》）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role, Words
from bulletin.proofread.matching import matches
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_SHORT = re.compile(r"（(?:以下|下文|下)?(?:统一|统)?简称(?:为)?[：:]?(?P<name>《[^《》]{2,16}》|“[^“”]{2,16}”)）")
_TITLES = frozenset({Role.TITLE, Role.SUBTITLE})

MANUAL = Manual(
    code="ABB002",
    title=message("简称用在了说明之前"),
    says=message(
        "用“（以下简称《标准》）”说明的简称，要在说明以后才用；前面（包括小标题）已经用了的，说明移到第一次出现的地方。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="《党政机关公文处理工作条例》第十九条；公文用法：简称先全称后简称",
    bad=("以落实《标准》为抓手。\n落实《离退休干部党支部规范化建设标准》（以下简称《标准》），抓好工作。",),
    good=("落实《离退休干部党支部规范化建设标准》（以下简称《标准》），抓好工作。\n以落实《标准》为抓手。",),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    body = [text for text in article.texts if text.text.role not in _TITLES]
    told: set[str] = set()
    for text, found in matches(body, _SHORT):
        name = found["name"]
        first = next((each for each in body if name in each.content), text)
        place = first.content.find(name)
        if name not in told and (first is not text or place < found.start("name")):
            yield _finding(first.words(place, place + len(name)), text.words(*found.span("name")))
        told.add(name)


def _finding(early: Words, explained: Words) -> Finding:
    what = message("{name}在后面才说明是简称", name=early.content)
    related = Related(explained, message("在这里说明"))
    return Finding(MANUAL.code, MANUAL.severity, early, what, message("把说明移到这里，或者这里写全称"), (related,))


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
