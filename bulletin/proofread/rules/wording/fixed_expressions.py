"""FIX001: fixed expressions, names and titles: a wrong word, another order, a part that is missing or that is not one of them."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.finding import Finding, Fix, Manual, Safety, Strength
from bulletin.model.house import Term, TermKind
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.members import Member, chains_in, gap_in, has_others, out_of_order
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.wordings import advice_of, allowed, finding_of, within_marks, wordings_in

_KINDS = frozenset({TermKind.FIXED, TermKind.BRAND, TermKind.ABBREVIATION})
_MARKS = "、，；“”"

MANUAL = Manual(
    code="FIX001",
    title=message("固定表述不准确"),
    says=message(
        "文件定下来的表述、机构和文件的名称、数字简称的各项内容，一字不改，次序不变。"
        "各项齐全而次序不同的报；中间一项被换成相近说法的报；只用其中几项的不报。引文和题名里的不报。"
    ),
    severity=Severity.ERROR,
    strength=Strength.PRACTICE,
    source="各条注明的文件；house/terms.yaml",
    bad=(
        "开展“不忘初心，牢记使命”主题教育。",
        "增强政治意识、大局意识、看齐意识、核心意识。",
        "增强政治意识、全局意识、核心意识、看齐意识。",
    ),
    good=(
        "开展“不忘初心、牢记使命”主题教育。",
        "增强政治意识、大局意识、核心意识、看齐意识。",
        "增强政治意识、大局意识和责任意识。",
    ),
    safety=Safety.UNSAFE,
    given="terms:\n"
    "  - {id: chuxin, kind: fixed, preferred: 不忘初心、牢记使命, fix: unsafe,\n"
    "     pattern: '“(不忘初心，牢记使命)”(?=主题教育)'}\n"
    "  - {id: sgys, kind: abbreviation, preferred: 四个意识, severity: error,\n"
    "     members: [政治意识, 大局意识, 核心意识, 看齐意识]}\n",
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for wording in wordings_in(article, _KINDS):
        if not wording.term.dated:
            wrong, right = within_marks(wording.words.content), within_marks(wording.term.preferred)
            what = message("“{wrong}”：规范的表述是“{right}”", wrong=wrong, right=right)
            yield finding_of(MANUAL.code, wording, what)
    for text in article.texts:
        for term in article.house.series_in(text.content):
            if term.kind in _KINDS and term.counts_on(article.day):
                yield from _of_members(term, text)


def _of_members(term: Term, text: ReadText) -> Iterator[Finding]:
    count = len(term.members)
    for chain in chains_in(text.content, term.members):
        if allowed(term, text, chain[0].start, chain[-1].end):
            continue
        if out_of_order(chain, count) and not has_others(chain, text.content):
            yield _disordered(term, text, chain)
        elif gap := gap_in(chain, count):
            yield from _replaced(term, text, *gap)


def _disordered(term: Term, text: ReadText, chain: tuple[Member, ...]) -> Finding:
    words = text.words(chain[0].start, chain[-1].end)
    members = within_marks("、".join(term.members))
    what = message("“{name}”各项的次序是：{members}", name=within_marks(term.preferred), members=members)
    return Finding(MANUAL.code, term.severity, words, what, advice_of(term), entry=term.entry.id)


def _replaced(term: Term, text: ReadText, index: int, start: int, end: int) -> Iterator[Finding]:
    """The member that something like it stands for."""
    between = text.content[start:end]
    start += len(between) - len(between.lstrip(_MARKS))
    words = text.words(start, start + len(between.strip(_MARKS)))
    right = term.members[index]
    if _alike(words.content, right):
        name = within_marks(term.preferred)
        what = message("“{name}”里是“{right}”，这里作“{wrong}”", name=name, right=right, wrong=words.content)
        fix = Fix(words, right, Safety.UNSAFE)
        yield Finding(MANUAL.code, term.severity, words, what, advice_of(term), fix=fix, entry=term.entry.id)


def _alike(one: str, other: str) -> bool:
    """True if at least half of the characters are the same, in the same places."""
    same = sum(left == right for left, right in zip(one, other, strict=False))
    return len(one) == len(other) and len(one) > 1 and 2 * same >= len(one)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
