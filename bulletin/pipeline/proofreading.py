"""Proofreading an issue: from its folder to all that the rules find in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulletin.load.proof_texts import load_proof_texts
from bulletin.model.build import ProofreadReport
from bulletin.model.house import House
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.proof_text import ProofTexts
from bulletin.pipeline.reading import read
from bulletin.proofread import RULES, ReadIssue, proofread, read_article
from bulletin.proofread.rule import Rule


def proofread_issue(root: Path, key: IssueKey, house: House, rules: Iterable[Rule] = RULES) -> ProofreadReport:
    """What the rules find in an issue, and the problems of its files; nothing is found in what cannot be read."""
    outcome = read(root, key)
    if outcome.value is None:
        return ProofreadReport(key, (), (), outcome.problems)
    texts = load_proof_texts(root, key, outcome.value)
    findings = proofread(read_texts(outcome.value, texts, house), rules)
    return ProofreadReport(key, texts, findings, outcome.problems)


def read_texts(issue: Issue, texts: tuple[ProofTexts, ...], house: House) -> ReadIssue:
    """The issue as rules look at it; each article under its own date, where it has one."""
    own, *articles = texts
    days = {manuscript.slug: manuscript.date or issue.head.date for manuscript in issue.manuscripts}
    read_articles = tuple(read_article(article, house, days[article.slug]) for article in articles)
    return ReadIssue(issue, read_article(own, house, issue.head.date), read_articles, house)
