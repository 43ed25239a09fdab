"""FIX002: expressions and names that were right once, in a document of a later day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.house import TermKind
from bulletin.model.problem import Severity, message
from bulletin.proofread.reading import ReadArticle
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.wordings import Wording, finding_of, within_marks, wordings_in

_KINDS = frozenset({TermKind.FIXED, TermKind.BRAND})
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FORMER = re.compile(r"(?:原|时任|曾任|历任|前|当时的?|时称|原名|更名前)[^，。；]{0,6}$")
_SENTENCE_END = re.compile(r"[。！？；\n]")
_BEFORE = 12
_NEAR = 100

MANUAL = Manual(
    code="FIX002",
    title=message("过了时的表述和名称"),
    says=message(
        "按文稿的日期，已经改了的表述、撤并了的机构、废止了的法律。前面有“原”“时任”的，同一句里写明是以前哪一年的，引文和题名里的，不报。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="各条注明的文件；house/terms.yaml 的 valid_from、valid_until",
    bad=("同以习近平同志为总书记的党中央保持高度一致。", "国家旅游局印发通知。"),
    good=(
        "同以习近平同志为核心的党中央保持高度一致。",
        "原国家旅游局印发的通知仍然有效。",
        "2015年，国家旅游局印发通知。",
    ),
    given="terms:\n"
    "  - {id: hexin, kind: fixed, preferred: 以习近平同志为核心的党中央, forbid: [以习近平同志为总书记的党中央],\n"
    "     valid_from: 2016-10-27}\n"
    "  - {id: lvyou, kind: fixed, preferred: 文化和旅游部, forbid: [国家旅游局], valid_from: 2018-04-01}\n",
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for wording in wordings_in(article, _KINDS):
        if wording.term.dated and not _of_then(wording):
            wrong, right = within_marks(wording.words.content), within_marks(wording.term.preferred)
            since = str(wording.term.valid_from or "")
            if since:
                what = message("“{wrong}”：{since}以后的文稿写作“{right}”", wrong=wrong, since=since, right=right)
            else:
                what = message("“{wrong}”那时应为“{right}”", wrong=wrong, right=right)
            yield finding_of(MANUAL.code, wording, what)


def _of_then(wording: Wording) -> bool:
    """True where the text says that it speaks of an earlier time."""
    content, since = wording.text.content, wording.term.valid_from
    before = _SENTENCE_END.split(content[max(0, wording.start - _NEAR) : wording.start])[-1]
    after = _SENTENCE_END.split(content[wording.end : wording.end + _NEAR])[0]
    if _FORMER.search(before[-_BEFORE:]):
        return True
    return since is not None and any(int(year) <= since.year for year in _YEAR.findall(f"{before} {after}"))


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
