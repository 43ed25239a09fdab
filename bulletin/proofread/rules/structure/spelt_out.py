"""ENU005: “四个坚持”, spelt out with three."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.numerals import numeral_value
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_NAME = re.compile(
    r"“(?P<count>[两二三四五六七八九十]|\d{1,2})个?(?P<head>[\u4e00-\u9fff]{2,4})”(?:，?(?:即|就是|也就是|是指)[：，]?|：)(?P<spelt>[^。！？“”]{4,300})[。！？]"
)
_HEAD_FIRST = re.compile("[，、；：]")

MANUAL = Manual(
    code="ENU005",
    title=message("“几个什么”展开后少了"),
    says=message("“四个坚持”，即坚持……、坚持……：展开的各项都带同一个词时，次数要与所说的一样。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="算术核对",
    bad=("做到“四个坚持”，即坚持定期通报、坚持征求意见、坚持参观考察。",),
    good=(
        "做到“三个坚持”，即坚持定期通报、坚持征求意见、坚持参观考察。",
        "落实“五个统筹”，即统筹城乡、区域、经济社会发展。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.prose:
        for found in _NAME.finditer(text.content):
            head, count = found["head"], numeral_value(found["count"])
            members = [part for part in _HEAD_FIRST.split(found["spelt"]) if part]
            with_head = sum(head in member for member in members)
            if count and 1 < with_head < count and with_head == len(members):
                words = text.words(found.start() + 1, found.end("head"))
                what = message("展开的只有{found}个“{head}”", found=with_head, head=head)
                yield Finding("ENU005", MANUAL.severity, words, what, message("核对，补上缺的，或者改数目"))


RULE = ArticleRule(MANUAL, _find)
