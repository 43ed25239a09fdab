"""Findings meet decisions: what stays as it stands, what the author was asked, and which decisions are about nothing any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bulletin.model.finding import Decision, Finding
from bulletin.model.problem import Problem, did_you_mean, message, warning
from bulletin.model.proof_text import ProofText
from bulletin.model.proofreading import Judged


@dataclass(frozen=True, slots=True)
class Noted:
    """A decision that stands in a remark, and the texts that it is about."""

    decision: Decision
    texts: tuple[ProofText, ...]


def judge(findings: Iterable[Finding], recorded: Iterable[Decision], noted: Iterable[Noted]) -> tuple[Judged, ...]:
    """Each finding with the decision about it: that of the record before that of a remark, the last before earlier ones."""
    by_fingerprint = {decision.fingerprint: decision for decision in recorded}
    by_text = {(text, note.decision.code): note.decision for note in noted for text in note.texts}
    return tuple(
        Judged(finding, by_fingerprint.get(finding.fingerprint) or by_text.get((finding.words.text, finding.code)))
        for finding in findings
    )


def check_decisions(
    judged: Sequence[Judged], recorded: Sequence[Decision], noted: Sequence[Noted], codes: Collection[str]
) -> Iterator[Problem]:
    """A warning for each decision about a rule that there is not, or about nothing that is found."""
    used = {each.finding.fingerprint for each in judged}
    for decision in recorded:
        if decision.code not in codes:
            yield _unknown(decision, codes)
        elif decision.fingerprint not in used:
            what = message("这个决定（{code}，编号 {finding}）没有用了：{words} 那一句改了，或者不再有这个问题",
                           code=decision.code, finding=decision.fingerprint[:8], words=decision.words)  # fmt: skip
            advice = message("收回它：bulletin decide 期号 {finding} --take-back", finding=decision.fingerprint[:8])
            yield warning("decision-unused", decision.span, what, advice)
    yield from _check_remarks(judged, noted, codes)


def _check_remarks(judged: Sequence[Judged], noted: Sequence[Noted], codes: Collection[str]) -> Iterator[Problem]:
    found: dict[ProofText, set[str]] = defaultdict(set)
    for each in judged:
        found[each.finding.words.text].add(each.finding.code)
    for note in noted:
        code = note.decision.code
        if code not in codes:
            yield _unknown(note.decision, codes)
        elif not any(code in found[text] for text in note.texts):
            what = message("这条批注没有用了：这里没有 {code} 的问题", code=code)
            yield warning("decision-unused", note.decision.span, what, message("删去这条批注"))


def _unknown(decision: Decision, codes: Collection[str]) -> Problem:
    what = message("没有“{code}”这条校对规则", code=decision.code)
    advice = did_you_mean(decision.code, codes, message("全部规则：bulletin explain"))
    return warning("decision-code", decision.span, what, advice)
