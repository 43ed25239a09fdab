"""CON001: names and quotations in quotation marks that are almost the same."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.consistency import Basis, Disagreement, counted, disagreements, forms_of, other_words
from bulletin.proofread.facts.alike import Likeness, distance
from bulletin.proofread.reading import ReadIssue
from bulletin.proofread.rule import IssueRule
from bulletin.proofread.rules.consistency.telling import telling

_LONG_ENOUGH = 6
_USUAL, _VERY_USUAL = 2, 4

MANUAL = Manual(
    code="CON001",
    title=message("引号里的名称、引语前后不一致"),
    says=message(
        "同一个品牌、活动、口号，或者同一段引语，本期应当写得一样。只差一两个字、只差标点的，多半有一处写错了。"
        "以词库的写法为准；没有收录的，先看主办单位自己的文稿怎么写，再看哪种写法多。差别较大的（少了末尾几个字、并列项次序不同）只作提示。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="三校一读：统一本期的名称和引语",
    bad=(
        "各地打造“枫叶驿站”，开设“枫叶驿站”专栏。\n我市建成3个“枫林驿站”。",
        "学习教育以“不忘初心、牢记使命”为主题。\n开展了“不忘初心，牢记使命”主题教育。",
    ),
    good=(
        "变“要我脱贫”为“我要脱贫”。",
        "第一站走进“武汉专场招聘会”。\n第二站走进“天津专场招聘会”。",
        "落实“一支部一品牌”。\n落实“一支部一特色”。",
        "推行“一户一策”。\n推行“一人一策”。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    quoted = forms_of(mention for text in issue.texts for mention in text.quoted)
    for disagreement in disagreements(quoted, issue):
        yield telling(MANUAL, disagreement, _severity(disagreement, issue), issue)


def _severity(found: Disagreement, issue: ReadIssue) -> Severity:
    """A slip is sure if the right form is known and usual. Else another word makes another name (银龄宣讲团, 银发宣讲团; 责任区, 责任岗), most of
    all in articles of two offices, and in a short name."""
    if found.likeness is not Likeness.SLIP:
        return Severity.WARNING if found.likeness is Likeness.MARKS else Severity.HINT
    first, second = found.doubted.key, found.other.key
    usual = counted(found.doubted.name, found.other.name, issue)[1]
    known = found.basis is Basis.HOUSE or (found.basis is Basis.OWN and usual >= _USUAL)
    long = min(len(first), len(second)) >= _LONG_ENOUGH and first[-1] == second[-1]
    another_word = distance(first, second, 1) > 1 and other_words(first, second)
    sure = known or (long and not another_word and (found.one_hand(issue) or usual >= _VERY_USUAL))
    return Severity.WARNING if sure else Severity.HINT


RULE = IssueRule(MANUAL, _find)
