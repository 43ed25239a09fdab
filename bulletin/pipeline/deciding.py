"""Recording what editors decide about findings: it stays, the author is asked, or the decision is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from bulletin.load.decisions import load_decisions
from bulletin.load.folders import issue_folder
from bulletin.load.publication import problems_of
from bulletin.model.characters import check_decoded
from bulletin.model.errors import UsageError
from bulletin.model.finding import Decision, Finding, Verdict
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, Span, message
from bulletin.model.proof_text import Words
from bulletin.model.proofreading import Proofreading
from bulletin.pipeline.proofreading import proofread_issue
from bulletin.publish import locked, publish_file
from bulletin.render.records import render_decisions

_SHORTEST = 4
_AROUND = 8
"""Characters of the sentence that a record gives on each side of the words, by which people know them again."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Resolve:
    """What an editor decides: a verdict, or none where a decision is taken back; why; who, and when (ISO 8601)."""

    verdict: Verdict | None
    reason: str
    by: str
    at: str


def decide(root: Path, key: IssueKey, named: Iterable[str], resolve: Resolve) -> tuple[Decision, ...]:
    """Records a decision about each finding that is named by the beginning of its fingerprint; returns what was recorded, or taken back.

    Raises:
        UsageError: There is no such finding, or more than one begins so; a name or a reason is missing or cannot be written; the record
            cannot be read.
        CannotWrite: The record could not be written.
    """
    if resolve.verdict and not (resolve.reason.strip() and resolve.by.strip()):
        raise UsageError(message("请写理由（--reason）和姓名（--by）"))
    with locked(root / issue_folder(key)):
        recorded = _recorded(root, key)
        wanted = tuple(dict.fromkeys(each.strip().lower() for each in named))
        if resolve.verdict is None:
            gone = _chosen(wanted, {each.fingerprint: each for each in recorded}, message("没有以“{name}”开头的决定"))
            _write(root, key, tuple(each for each in recorded if each not in gone))
            return gone
        reading = proofread_issue(root, key)
        known = {each.finding.fingerprint: each.finding for each in reading.judged}
        findings = _chosen(wanted, known, message("没有编号以“{name}”开头的问题"))
        new = {each.fingerprint: _decision(each, resolve.verdict, resolve) for each in findings}
        kept = tuple(each for each in recorded if each.fingerprint not in new)
        _write(root, key, _in_order((*kept, *new.values()), reading))
        return tuple(new.values())


def _decision(finding: Finding, verdict: Verdict, resolve: Resolve) -> Decision:
    words = finding.words
    return Decision(
        code=finding.code,
        fingerprint=finding.fingerprint,
        verdict=verdict,
        reason=resolve.reason.strip(),
        by=resolve.by.strip(),
        at=resolve.at,
        article=words.text.slug,
        words=_plain(words),
    )


def _plain(words: Words) -> str:
    """The words among their neighbours, as a record may have them: 送学上门”【、】“送医上门. Characters that no file of ours may have are □."""
    sentence, start = words.sentence, words.place
    end = start + len(words.content)
    parts = sentence[max(0, start - _AROUND) : start], words.content[:_LONGEST], sentence[end : end + _AROUND]
    before, inside, after = ("".join(map(_allowed, part)).strip() for part in parts)
    return f"{before}【{inside}】{after}"


def _allowed(character: str) -> str:
    return "□" if character in "\n\t" or any(check_decoded(character, Span(""))) else character


T = TypeVar("T")


def _chosen(wanted: Iterable[str], known: dict[str, T], unknown: Message) -> tuple[T, ...]:
    """What is meant by each beginning of a fingerprint."""
    chosen = []
    for name in wanted:
        found = [each for fingerprint, each in known.items() if fingerprint.startswith(name)]
        if len(name) < _SHORTEST:
            raise UsageError(message("编号“{name}”太短，至少写 {count} 个字符", name=name, count=_SHORTEST))
        if not found:
            raise UsageError(
                replace(unknown, values=(("name", name),)), message("编号在 bulletin check 每个问题的末行")
            )
        if len(found) > 1:
            what = message("有 {count} 个编号以“{name}”开头", count=len(found), name=name)
            raise UsageError(what, message("多写几个字符"))
        chosen += found
    return tuple(chosen)


def _in_order(decisions: tuple[Decision, ...], reading: Proofreading) -> tuple[Decision, ...]:
    """In the order of the text; those that are about nothing any more stay first."""
    order = {each.finding.fingerprint: place for place, each in enumerate(reading.judged, start=1)}
    return tuple(sorted(decisions, key=lambda decision: order.get(decision.fingerprint, 0)))


def _recorded(root: Path, key: IssueKey) -> tuple[Decision, ...]:
    outcome = load_decisions(root, key)
    if outcome.value is None:
        raise UsageError(
            message("决定的记录 decisions.yaml 读不懂，没有改动它"), message("用 bulletin check 看错在哪里")
        )
    return outcome.value


def _write(root: Path, key: IssueKey, decisions: tuple[Decision, ...]) -> None:
    """Writes the record, but only one that can be read again."""
    artifact = render_decisions(key, decisions)
    if problems_of(artifact.path, artifact.content):
        raise UsageError(message("姓名或理由里有不能用的字符"), message("写成一行，不超过 500 字"))
    publish_file(root, artifact)
