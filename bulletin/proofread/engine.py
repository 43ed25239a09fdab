"""Runs the rules, and holds them to what no rule may do: touch what is somebody else's, or say a thing twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bulletin.model.finding import Finding
from bulletin.proofread.reading import ReadArticle, ReadIssue, ReadText
from bulletin.proofread.rule import ArticleRule, Rule


def proofread(issue: ReadIssue, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """The findings of all rules, by file and place, each once."""
    found = (finding for rule in rules for finding in _findings(rule, issue))
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: (finding.words.span, finding.code)))


def _findings(rule: Rule, issue: ReadIssue) -> Iterator[Finding]:
    if isinstance(rule, ArticleRule):
        for article in issue.parts:
            yield from of_article(rule, article)
    else:
        texts = _texts(text for part in issue.parts for text in part.texts)
        yield from (_harmless(finding, texts) for finding in rule.find(issue))


def of_article(rule: ArticleRule, article: ReadArticle) -> Iterator[Finding]:
    """What a rule finds in one article."""
    texts = _texts(article.texts)
    for finding in rule.find(article):
        zone = texts[finding.words.text].zone(finding.words.start, finding.words.end)
        inside = zone is not None and zone.start <= finding.words.start and finding.words.end <= zone.end
        if not inside or rule.reads_quotations:
            yield _harmless(finding, texts)


def _texts(texts: Iterable[ReadText]) -> dict[object, ReadText]:
    return {text.text: text for text in texts}


def _harmless(finding: Finding, texts: dict[object, ReadText]) -> Finding:
    """Without a fix where that would change what is somebody else's, or does not stand in the file as it is read."""
    if finding.fix is None:
        return finding
    words = finding.fix.words
    touches = texts[words.text].zone(words.start, words.end)
    return finding if touches is None and words.text.contiguous(words.start, words.end) else replace(finding, fix=None)
