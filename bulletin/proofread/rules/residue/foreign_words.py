"""FOR001: Latin words between Han that slipped in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_WORD = re.compile(rf"(?<=[{HAN}，、])[a-z]{{2,20}}(?=[{HAN}，、。])")
_LITTLE_WORDS = re.compile("and|or|of|the|to|in|on|for|with|is|by|at|from|as|it|are|be|de|le|shi|you|he")
"""Words of English sentences, and syllables that an input method left untouched."""
_USUAL = re.compile("apps?|wifi|ppt|pdf|km|kg|mm|cm|ml|mg|kw|dpi|ph|vs|vlog|logo|email|ktv|emo|bug|ip|ai")

MANUAL = Manual(
    code="FOR001",
    title=message("混进汉字里的外文词"),
    says=message("汉字之间夹着 and、of 之类的外文词，多半是输入法没有切换，或者从别处粘贴来的；别的小写外文词只提示。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="《国家通用语言文字法》（2000年）第十一条：汉语文出版物符合国家通用语言文字的规范和标准",
    bad=("文化促进会and志愿者团队共同承办。",),
    good=("建立微信群和QQ群，开发手机app，推广5G应用。", "文字整理稿使用DOCX格式，分辨率不低于300dpi。"),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _WORD):
        if not _USUAL.fullmatch(found[0]):
            what = message("汉字之间夹着外文“{word}”", word=found[0])
            finding = report(MANUAL, text.words(*found.span()), what, message("是误打的请改掉；是专名，查对大小写"))
            yield finding if _LITTLE_WORDS.fullmatch(found[0]) else replace(finding, severity=Severity.HINT)


RULE = ArticleRule(MANUAL, _find)
