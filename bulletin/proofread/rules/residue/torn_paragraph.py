"""IMP002: a paragraph that the end of a page tore in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Role
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_GOES_ON = "，、"
_FULL_LINE = 28
"""Characters of a line of 版心: a paragraph that was torn is at least a line long."""
_BEGINS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、是要]|（[一二三四五六七八九十\d]{1,3}）|第[一二三四五六七八九十]{1,3}|\d|[①-⑳]|[“《（—•·]|附件|联系人|抄送|主送|同志们|各位"
)
_MARK = re.compile("[，。]")
"""A paragraph without one is a heading that is not marked as such."""
_HAN = re.compile(r"[\u4e00-\u9fff]")

MANUAL = Manual(
    code="IMP002",
    title=message("一段文字被断成了两段"),
    says=message(
        "从旧文件或 PDF 里复制过来的文字，常在原来换页的地方断成两段：前一段没有句末点号，后一段也不像新的一段。"
        "把两段之间的空行删去就接上了；程序不代改，因为两段文字各在各的行里。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="三校一读：段落完整",
    bad=(
        "各级组织部门和老干部工作部门要正确认识与其他领域党建工作的区别，\n准确把握离退休干部领域党建工作独特的内在属性和活动方式。",
        "各级组织部门和老干部工作部门要正确认识与其他领域党建工作的区别，准确把握离退休干部领\n域党建工作独特的内在属性、工作任务和活动方式。",
    ),
    good=(
        "同志们：\n今天的会议开得很好。",
        "两年来的情况如下。\n一是党支部建起来了，二是活动开展起来了。",
        "青山不老，\n绿水长流。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for before, after in pairwise(article.texts):
        if before.text.role is after.text.role is Role.PARAGRAPH and _torn(before, after):
            what = message("这一段没有写完：下一段开头是“{next}……”", next=after.content[:10])
            advice = message("如果是同一段，删去中间的空行；如果不是，补上句末的点号")
            words = before.words(max(0, len(before.content) - 4), len(before.content))
            related = Related(after.words(0, min(10, len(after.content))), message("接在后面的一段"))
            yield Finding(MANUAL.code, MANUAL.severity, words, what, advice, (related,))


def _torn(before: ReadText, after: ReadText) -> bool:
    """True if the first ends within a sentence, is as long as a line, and the second does not begin as paragraphs and members of lists do."""
    last = before.content[-1:]
    ends_within = last in _GOES_ON or bool(_HAN.match(last) and _MARK.search(before.content))
    long = len(before.content) >= _FULL_LINE
    return ends_within and long and not _BEGINS.match(after.content) and _is_prose(after)


def _is_prose(text: ReadText) -> bool:
    """True of a text that ends as a sentence does: signatures and dates do not."""
    return text.content[-1:] in "。！？；：”）…"


RULE = ArticleRule(MANUAL, _find)
