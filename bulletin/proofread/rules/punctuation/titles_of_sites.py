"""PUN034: 《…网》: 书名号 about what is no work: a web site, an account, a platform."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import HAN, matches, report
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule

_SITE = re.compile(
    rf"《[{HAN}A-Za-z0-9]{{2,14}}(?<![天蛛渔法情电管路])(?P<noun>网站|官网|网|公众号|客户端|微博|频道|电视台|广播电台|出版社|杂志社|报社)》"
)

MANUAL = Manual(
    code="PUN034",
    title=message("网站、公众号、单位用了书名号"),
    says=message(
        "书名号标示书、报、刊、文件、文章、节目等作品的名称；网站、公众号、频道、媒体单位不是作品，不加书名号。"
    ),
    severity=Severity.WARNING,
    strength=Strength.STANDARD,
    source="GB/T 15834—2011，4.15.1、附录A.13",
    bad=("《中国老年报》《某省党员先锋网》作了报道。", "在《某局公众号》上推送。"),
    good=(
        "《中国老年报》、某省党员先锋网作了报道。",
        "看电影《天网》，读《关于建设服务网的通知》《情网》。",
        "《织起服务网》是一篇通讯。",
    ),
)
_WORK = re.compile(r"[的和与了着起成张撒织建补破]|关于")


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text, found in matches(article.texts, _SITE):
        if not _WORK.search(found[0]):
            words = text.words(*found.span())
            what = message("“{noun}”不是作品名，不用书名号", noun=found["noun"])
            yield report(MANUAL, words, what, message("去掉书名号"))


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
