"""Runs the rules, and holds them to what no rule may do: touch what is somebody else's, or say a thing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from bulletin.model.finding import Finding, Safety
from bulletin.model.problem import Severity
from bulletin.model.proof_text import ProofText, Words
from bulletin.proofread.reading import ReadArticle, ReadIssue, ReadText
from bulletin.proofread.rule import ArticleRule, Rule

Texts: TypeAlias = Mapping[ProofText, ReadText]

_WEIGHTS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def proofread(issue: ReadIssue, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """The findings of all rules, by file and place, each once. A rule that is faulty raises: nobody should believe that it found nothing."""
    texts = _texts(issue.parts)
    found = (finding for rule in rules for finding in _findings(rule, issue, texts))
    return tuple(sorted(_told_once(dict.fromkeys(found)), key=lambda finding: (finding.words.span, finding.code)))


def of_article(rule: ArticleRule, article: ReadArticle) -> Iterator[Finding]:
    """What a rule finds in one article."""
    return _of_article(rule, article, _texts((article,)))


def _findings(rule: Rule, issue: ReadIssue, texts: Texts) -> Iterator[Finding]:
    if isinstance(rule, ArticleRule):
        for article in issue.parts:
            yield from _of_article(rule, article, texts)
    else:
        yield from (_harmless(finding, texts) for finding in rule.find(issue))


def _of_article(rule: ArticleRule, article: ReadArticle, texts: Texts) -> Iterator[Finding]:
    for finding in rule.find(article):
        words = finding.words
        if rule.reads_quotations or texts[words.text].zone_around(words.start, words.end) is None:
            yield _harmless(finding, texts)


def _texts(parts: Iterable[ReadArticle]) -> Texts:
    return {text.text: text for part in parts for text in part.texts}


def _harmless(finding: Finding, texts: Texts) -> Finding:
    """Without a fix where that would change what is somebody else's, or what stands otherwise in the file than it is read.

    In quotation marks that are no quotation, nobody but a reader knows whose words they are: no fix is safe there.
    """
    fix = finding.fix
    if fix is None:
        return finding
    words, text = fix.words, texts[fix.words.text]
    if text.zone(words.start, words.end) is not None or not words.text.contiguous(words.start, words.end):
        return replace(finding, fix=None)
    if fix.safety is Safety.SAFE and text.in_quotation_marks(words.start, words.end):
        return replace(finding, fix=replace(fix, safety=Safety.UNSAFE))
    return finding


def _told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One cause, one finding: within a family of rules (`PUN`, `NUM`), a heavier finding hides the lighter ones whose words are among its own, and
    of findings that weigh the same, the first on the very same words hides those of other rules. Of families that would write the same in the
    place of the same words, the heaviest speaks for all, with the places that the others name."""
    families: defaultdict[tuple[ProofText, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        families[finding.words.text, finding.code.rstrip("0123456789")].append(finding)
    yield from _merged(told for family in families.values() for told in _heaviest(sorted(family, key=_place)))


def _merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each wrong form: what the house knows of it before what comparison says."""
    alike: defaultdict[tuple[Words, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.fix is None:
            yield finding
        else:
            alike[finding.words, finding.fix.replacement].append(finding)
    for same in alike.values():
        first, *others = sorted(same, key=lambda finding: (_WEIGHTS[finding.severity], not finding.entry))
        named = (related for finding in others for related in finding.related)
        yield replace(first, related=tuple(dict.fromkeys((*first.related, *named))))


def _heaviest(family: list[Finding]) -> Iterator[Finding]:
    reach = [-1] * len(_WEIGHTS)
    first: dict[tuple[int, int, Severity], str] = {}
    for finding in family:
        words, weight = finding.words, _WEIGHTS[finding.severity]
        code = first.setdefault((words.start, words.end, finding.severity), finding.code)
        if code == finding.code and max(reach[:weight], default=-1) < words.end:
            yield finding
        reach[weight] = max(reach[weight], words.end)


def _place(finding: Finding) -> tuple[int, int, int]:
    """Wider and heavier words before those that lie in them."""
    return finding.words.start, -finding.words.end, _WEIGHTS[finding.severity]
