"""PUN025: no mark at the end of the last paragraph before a heading, or of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.matching import HAN, is_han, report
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_SHORTEST = 40
"""Characters of a paragraph that is surely prose: no salutation, signature or date."""
_LAST_SENTENCE = re.compile(rf"[。！？”）][{HAN}，、：；“”（）《》\d%]{{10,400}}$")
"""Words after the last full stop that are no byline or signature: long, and without a blank."""
_ENDS_SECTION = frozenset({Role.HEADING, Role.CAPTION})

MANUAL = Manual(
    code="PUN025",
    title=message("段末没有标点"),
    says=message(
        "一段话说完，末尾要有句号、问号或叹号。只看一节、一篇的最后一段；后面还有正文的，可能是换页时断开的，由 IMP002 看。"
    ),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.1.3",
    bad=("全省离退休干部党支部的建设质量有了明显提高。各地各单位对照规范找差距、补短板，老同志参加组织生活更加方便",),
    good=("全省离退休干部党支部的建设质量有了明显提高。", "江澜省委老干部局", "现将有关事项通知如下："),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, following in zip_longest(article.texts, article.texts[1:]):
        if _is_prose(text) and (following is None or following.text.role in _ENDS_SECTION):
            content = text.content.rstrip()
            if (is_han(content[-1]) or content[-1] in "，、") and _LAST_SENTENCE.search(content):
                last = text.words(len(content) - 1, len(content))
                what = message("这一段末尾没有标点") if is_han(content[-1]) else message("这一段没有写完")
                yield report(MANUAL, last, what, message("补上句号"))


def _is_prose(text: ReadText) -> bool:
    """True of a paragraph of sentences."""
    return text.text.role is Role.PARAGRAPH and len(text.content) >= _SHORTEST and "。" in text.content


RULE = ArticleRule(MANUAL, _find)
