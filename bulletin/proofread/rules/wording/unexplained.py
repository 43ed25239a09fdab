"""ABB001: a numeral that stands for a list (“三联”), and no word of what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.matching import report
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_SHORT = re.compile(r"“((?:[两双三四五六七八九]|十(?![一二三四五六七八九]))[\u4e00-\u9fff]{1,5})”")
_NO_LIST = re.compile(
    r".[百千万]|[一二三四五六七八九十]{2,}|.{0,2}(?:届|中全会|大$|五$|四$|农$)|.*(?:课堂|彩|路军|方面军|合院|川)"
)
_EXPLAINED_AFTER = re.compile(r"[^。；]{0,14}(?:即|就是|是指|指的是|包括|：|——|（|，分别是)")
_BEFORE = 60

MANUAL = Manual(
    code="ABB001",
    title=message("数字简称没有说明内容"),
    says=message(
        "加引号的数字简称（“三建”“五学五推进”），本期不止一段里用，却没有一处说明是哪几项，读者看不懂；只提到一次的，不报。大家都知道的（“四个意识”），写进 house/terms.yaml。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="公文通例：使用非规范化简称，先用全称并注明简称",
    bad=("建立党员“三联”对接机制。\n召开“三联”推进会。",),
    given="terms:\n"
    "  - {id: sysssz, kind: abbreviation, preferred: 三严三实, members: [严以修身, 严以用权, 严以律己]}\n"
    "  - {id: lxyz, kind: abbreviation, preferred: 两学一做, members: [学党章党规, 学系列讲话, 做合格党员]}\n",
    good=(
        "参加“两学一做”学习教育。",
        "建立党员“三联”对接机制，即联系支部、联系党员、联系群众。",
        "开展“六个一”活动。",
        "打造“一站式”服务。",
        "人称“老三”。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    first: dict[str, tuple[ReadText, re.Match[str]]] = {}
    again: set[str] = set()
    explained = {term.preferred.strip("“”") for term in issue.house.terms}
    for text in issue.texts:
        for found in (each for each in _SHORT.finditer(text.content) if not _NO_LIST.match(each[1])):
            if first.setdefault(found[1], (text, found))[0] is not text:
                again.add(found[1])
            if _is_explained(text.content, found):
                explained.add(found[1])
    for name, (text, found) in first.items():
        if name in again and not any(name[:length] in explained for length in range(2, len(name) + 1)):
            what = message("本期没有说明“{name}”是哪几项", name=name)
            advice = message("第一次出现时说明内容；大家都知道的，写进 house/terms.yaml")
            yield report(MANUAL, text.words(*found.span()), what, advice)


def _is_explained(content: str, found: re.Match[str]) -> bool:
    """True if what is in it follows at once, or a list stands before it in the sentence."""
    before = content[max(0, found.start() - _BEFORE) : found.start()]
    return bool(_EXPLAINED_AFTER.match(content, found.end())) or before.count("、") + before.count("”“") >= 2


RULE = IssueRule(MANUAL, _find)
