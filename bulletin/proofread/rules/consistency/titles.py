"""CON002: titles in 《》 that are almost the same."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.consistency import disagreements, forms_of, other_words
from bulletin.proofread.facts.alike import Likeness
from bulletin.proofread.reading import ReadIssue
from bulletin.proofread.rule import IssueRule
from bulletin.proofread.rules.consistency.telling import telling

_SHORTEST = 6
_SURE = frozenset({Likeness.MARKS, Likeness.SLIP})

MANUAL = Manual(
    code="CON002",
    title=message("书名号里的题名前后不一致"),
    says=message(
        "同一份文件、同一篇文章，本期引用的题名应当一字不差；题名里的引号、顿号也是题名的一部分。只有一处带副题的，比主题。"
        "只差一个词、换上的也是成词的（民事、刑事），看作两份文件，不报。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="《党政机关公文处理工作条例》第二十条（四）：引文准确；三校一读：本期题名互相核对",
    bad=(
        "形成了《不忘初心“余热”绽放最美“夕阳红”——关于志愿者团队的调查报告》。\n省局印发了《不忘初心“献余热”绽放最美“夕阳红”》。",
        "学习《关于进一步加强和改进离退休干部工作的意见》。\n落实《关于进一步加强改进离退休干部工作的意见》。",
    ),
    good=(
        "学习《中华人民共和国民事诉讼法》。\n学习《中华人民共和国刑事诉讼法》。",
        "执行《2025年老干部工作要点》。\n制定《2026年老干部工作要点》。",
        "印发《关于印发〈全省离退休干部党支部工作规范〉的通知》。\n落实《全省离退休干部党支部工作规范》。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    titled = forms_of(mention for text in issue.texts for mention in text.titled)
    long = tuple(form for form in titled if len(form.key) >= _SHORTEST)
    for disagreement in disagreements(long, issue, apart=other_words):
        severity = MANUAL.severity if disagreement.likeness in _SURE else Severity.HINT
        yield telling(MANUAL, disagreement, severity, issue)


RULE = IssueRule(MANUAL, _find)
