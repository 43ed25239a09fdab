"""MKP001: signs of markup that would be printed as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from bulletin.model.finding import Finding, Manual, Safety, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_MARKUP = re.compile(
    r"(?=[*_`<&\[#])(?:"
    r"(?P<sign>(?<!\*)\*{2,3}(?!\*)|(?<![_A-Za-z0-9])__(?=[^_\s])|(?<=[^_\s])__(?![_A-Za-z0-9])|`{1,3})"
    r"|(?P<tag></?(?:a|b|br|div|em|font|h[1-6]|i|img|li|p|span|strong|sub|sup|table|td|tr|u)(?:\s[^<>]{0,80})?/?>)"
    r"|(?P<entity>&(?:nbsp|lt|gt|amp|quot|[lr][ds]quo|[mn]dash|hellip|middot|#\d{2,5}|#x[0-9A-Fa-f]{2,5});)"
    r"|(?P<object>\[(?:图片|表情|视频|语音|文件|链接)\])"
    rf"|(?P<heading>^(?:#{{2,6}}\s*|#\s+)(?=[{HAN}])))"
)

MANUAL = Manual(
    code="MKP001",
    title=message("残留的排版符号"),
    says=message("加粗号、网页代码、微信的“[图片]”等没有起作用，会照样印出来。标题、姓名等栏不认排版符号，写了就印。"),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="校对惯例：印样中不得有代码",
    bad=("**认真落实各项任务。", "老同志<br>都说好。", "见现场照片[图片]。"),
    good=("认真落实各项任务。", "把气温控制在26℃以下，A&B两组轮换。"),
    safety=Safety.SAFE,
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _MARKUP):
        plain = unescape(found["entity"]).replace("\u00a0", "") if found["entity"] else ""
        replacement = None if found["object"] else plain
        what = message("“{markup}”会照样印出来", markup=found[0])
        yield report(MANUAL, text.words(*found.span()), what, replacement=replacement)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
