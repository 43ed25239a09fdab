"""HDG001: headings that skip a level, and headings that stand twice in one place. (Their numbers are looked at by `check`.)"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.numbering import section_label, typed_number
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_UNNUMBERED = re.compile(r"[^，。；：！？、…]{1,19}[\u4e00-\u9fff]")
"""A line that is a heading without a number or a sign for one: short, and without any mark."""

MANUAL = Manual(
    code="HDG001",
    title=message("标题跳级、重复"),
    says=message(
        "标题依次用“一、”“（一）”“1.”“（1）”，不跳级；没有编号、单独成行的标题也算一级；同一处没有两个一样的标题。编号对不对另由检查程序看。"
    ),
    severity=Severity.ERROR,
    strength=Strength.STANDARD,
    source="GB/T 9704—2012，7.3.3；GB/T 15834—2011，附录B.3.8",
    bad=("### （一）创建品牌\n正文。", "## 一、主要做法\n正文。\n## 二、主要做法\n正文。"),
    good=("## 一、主要做法\n### （一）抓学习\n正文。\n### （二）抓服务\n正文。\n## 二、下一步打算\n### （一）抓学习",),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    above = 0
    for text in article.texts:
        level = heading_level(text)
        if not level:
            if not above and _is_unnumbered(text):
                above = 1
            continue
        if text.text.role is Role.HEADING and level > above + 1:
            words = text.words(0, len(text.content))
            what = message(
                "这是“{here}”一级的标题，前面没有“{missing}”一级",
                here=section_label(level, 1),
                missing=section_label(above + 1, 1),
            )
            yield Finding("HDG001", MANUAL.severity, words, what, message("改标题的级别，或者补上一级标题"))
        above = level
    yield from _twice(article)


def heading_level(text: ReadText) -> int:
    """The level of a heading, or of a run-in heading in bold that begins with a number; 0 of other texts."""
    if text.text.role is Role.HEADING:
        return text.text.level
    if text.text.strong and text.text.strong[0][0] == 0:
        typed = typed_number(text.content)
        return typed.level if typed else 0
    return 0


def _is_unnumbered(text: ReadText) -> bool:
    return text.text.role is Role.PARAGRAPH and bool(_UNNUMBERED.fullmatch(text.content))


def _twice(article: ReadArticle) -> Iterator[Finding]:
    seen: dict[int, dict[str, ReadText]] = {}
    for text in (text for text in article.texts if text.text.role is Role.HEADING):
        level, typed = text.text.level, typed_number(text.content)
        name = text.content[typed.width :] if typed else text.content
        seen = {upper: names for upper, names in seen.items() if upper <= level}
        first = seen.setdefault(level, {}).setdefault(name, text)
        if first is not text:
            words = text.words(len(text.content) - len(name), len(text.content))
            related = (Related(first.words(0, len(first.content)), message("前一个")),)
            yield Finding(
                "HDG001", MANUAL.severity, words, message("标题重复"), message("改一个标题，或者合并"), related
            )


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
