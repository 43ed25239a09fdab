"""Proofreading an issue: its texts, what is found in them, and what was decided about that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.load.article import ARTICLE_LIMIT
from bulletin.load.decisions import load_decisions, read_remark
from bulletin.load.encoding import read_original
from bulletin.load.folders import issue_path
from bulletin.load.house import load_house
from bulletin.load.proof_texts import load_proof_texts
from bulletin.model.archive_facts import ArchiveFacts
from bulletin.model.finding import Finding, Manual
from bulletin.model.house import EMPTY_HOUSE, House
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.original import Original
from bulletin.model.problem import Problem, Severity, Span, error, in_order, message
from bulletin.model.proof_text import ProofTexts
from bulletin.model.proofreading import Judged, Proofreading
from bulletin.pipeline.earlier import earlier_facts, read_texts
from bulletin.pipeline.reading import read
from bulletin.proofread import RULES, ReadIssue, proofread
from bulletin.proofread.aids import reading_aids
from bulletin.proofread.judging import Noted, check_decisions, judge

MANUALS: tuple[Manual, ...] = tuple(rule.manual for rule in RULES)
"""The pages of all rules."""
CODES = frozenset(manual.code for manual in MANUALS)


@dataclass(frozen=True, slots=True)
class Sources:
    """An issue as it was read for the proofreader: its files as they lie there, the texts of each, and what earlier issues called things."""

    issue: Issue
    house: House
    originals: tuple[Original, ...]
    texts: tuple[ProofTexts, ...]
    archive: ArchiveFacts
    problems: tuple[Problem, ...]
    """What is wrong with the files of the house."""


def proofread_issue(root: Path, key: IssueKey) -> Proofreading:
    """The problems of the structure, and the findings in all texts that could be read, each with the decision about it."""
    outcome = read(root, key)
    if outcome.value is None:
        return Proofreading(key, outcome.problems)
    return proofread_read(root, outcome.value, outcome.problems)


def proofread_read(root: Path, issue: Issue, problems: tuple[Problem, ...]) -> Proofreading:
    """The same of an issue that was just read, with the problems of its structure."""
    sources = read_sources(root, issue)
    judged, found = judge_findings(root, sources, findings_of(sources))
    told = in_order((*problems, *sources.problems, *found))
    return Proofreading(issue.head.key, told, judged, sources.texts, sources.originals)


def judge_findings(
    root: Path, sources: Sources, findings: tuple[Finding, ...]
) -> tuple[tuple[Judged, ...], tuple[Problem, ...]]:
    """The findings with the decisions about them, and what is wrong with the decisions."""
    recorded = load_decisions(root, sources.issue.head.key)
    noted, misread = read_remarks(sources.texts)
    judged = judge(findings, recorded.value or (), noted)
    unused = check_decisions(judged, recorded.value or (), noted, CODES)
    return judged, (*recorded.problems, *misread, *unused)


def read_sources(root: Path, issue: Issue) -> Sources:
    """The texts of an issue, and the files that they stand in."""
    texts = load_proof_texts(root, issue.head.key, issue)
    originals = (read_original(root, each.path, ARTICLE_LIMIT).value or Original(each.path, "") for each in texts)
    house = load_house(root, issue.publication)
    archive = earlier_facts(root, issue)
    return Sources(issue, house.value or EMPTY_HOUSE, tuple(originals), texts, archive, house.problems)


def findings_of(sources: Sources) -> tuple[Finding, ...]:
    """What the rules find, by file and place."""
    return proofread(read_for_rules(sources), RULES)


def read_for_rules(sources: Sources) -> ReadIssue:
    """The issue as rules look at it."""
    read_issue = read_texts(sources.issue, sources.texts, sources.house)
    return replace(read_issue, archive=sources.archive)


def with_aids(root: Path, reading: Proofreading) -> Proofreading:
    """The same with what somebody has to look at in its articles, because no rule can judge it."""
    issue = read(root, reading.key).value
    if issue is None:
        return reading
    slugs = {texts.slug for texts in reading.texts}
    return replace(reading, aids=reading_aids(read_for_rules(read_sources(root, issue))).only(slugs))


def undecided_problems(reading: Proofreading) -> Iterator[Problem]:
    """What keeps the issue from being signed: each error and each warning that is neither mended nor kept with a reason, and what is wrong with
    decisions; nothing where there is none."""
    yield from (problem for problem in reading.problems if problem.severity is Severity.ERROR)
    if undecided := reading.undecided:
        weights = Counter(each.finding.severity for each in undecided)
        what = message(
            "校对还有错误 {errors} 处、警告 {warnings} 处没有处理，不能定稿",
            errors=weights[Severity.ERROR],
            warnings=weights[Severity.WARNING],
        )
        advice = message("逐处改正，或写明理由保留：bulletin check {issue}", issue=str(reading.key))
        yield error("undecided", Span(issue_path(reading.key)), what, advice)
        yield from (each.finding.problem for each in undecided)


def read_remarks(texts: tuple[ProofTexts, ...]) -> tuple[tuple[Noted, ...], tuple[Problem, ...]]:
    """The decisions that stand in remarks, and what is wrong with such remarks."""
    noted: list[Noted] = []
    problems: list[Problem] = []
    for remark in (remark for each in texts for remark in each.remarks):
        said = read_remark(remark.content, remark.span)
        noted += (Noted(decision, remark.texts) for decision in said.value or ())
        problems += said.problems
    return tuple(noted), tuple(problems)
