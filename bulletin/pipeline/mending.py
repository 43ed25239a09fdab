"""Mending an issue: fixes are tried in memory, read and proofread again, and only what changes nothing else is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulletin.check import check_issue
from bulletin.load.article import read_manuscript
from bulletin.load.folders import issue_folder
from bulletin.load.issue import reread_head
from bulletin.load.proof_texts import read_article_texts, read_issue_texts
from bulletin.model.finding import Finding, Fix
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.original import Original
from bulletin.model.problem import Message, Problem, message
from bulletin.model.proof_text import ProofTexts
from bulletin.model.proofreading import Judged, Mended, Proofreading, Refused, Selection, Standing
from bulletin.pipeline.proofreading import Sources, findings_of, judge_findings, proofread_read, read_sources
from bulletin.pipeline.reading import read
from bulletin.proofread.mending import by_text, choose, edited, new_findings, only_words_changed
from bulletin.publish import correct_file, locked

_ROUNDS = 10
"""Fixes that touch each other wait for the next round; no text needs more of them."""


@dataclass(frozen=True, slots=True)
class MendOrder:
    """Which findings are to be mended, unsafe fixes too or not, and whether the files are to be written."""

    selection: Selection
    unsafe: bool = False
    write: bool = False


def mend_issue(root: Path, key: IssueKey, order: MendOrder) -> Mended:
    """Makes the fixes that are wanted and allowed, of findings that nobody decided about, until there is none left to make.

    A fix that cannot be made without changing something else, or without giving rise to a new finding, is left and told.

    Raises:
        UsageError: A file is a link, is read-only, or changed meanwhile.
        CannotWrite: The machine is at fault.
    """
    with locked(root / issue_folder(key)):
        outcome = read(root, key)
        if outcome.value is None:
            return Mended(Proofreading(key, outcome.problems))
        sources = read_sources(root, outcome.value)
        trial = _Trial(root, order, _State(sources, findings_of(sources)))
        rounds = 0
        while rounds < _ROUNDS and trial.mend():
            rounds += 1
        changes = tuple(
            (before, after)
            for before, after in zip(sources.originals, trial.state.sources.originals, strict=True)
            if before != after
        )
        if order.write:
            for before, after in changes:
                correct_file(root, before.path, before.content, after.content)
            outcome = read(root, key)
    if outcome.value is None:  # a fix that does this is not made
        return Mended(Proofreading(key, outcome.problems), tuple(trial.made), changes)
    reading = proofread_read(root, outcome.value, outcome.problems)
    return Mended(reading, tuple(trial.made), changes, tuple(trial.refused))


@dataclass(frozen=True, slots=True)
class _State:
    """The issue with some fixes made, and what is found in it then."""

    sources: Sources
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Trial:
    """The issue as it would be with the fixes so far."""

    root: Path
    order: MendOrder
    state: _State
    made: list[Fix] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    """What could not be made when it was last tried: when others are made, it may be possible."""

    def mend(self) -> bool:
        """Makes what can be made at once; false if there is nothing."""
        judged, _problems = judge_findings(self.root, self.state.sources, self.state.findings)
        chosen = choose((each.finding for each in judged if self._wanted(each)), unsafe=self.order.unsafe)
        self.refused = []
        accepted = self._accept(self.state, (), chosen)
        self.state = _last(self.state, accepted)
        self.made += _fixes(accepted)
        return bool(accepted)

    def _wanted(self, judged: Judged) -> bool:
        return judged.standing is Standing.OPEN and self.order.selection.takes(judged.finding)

    def _accept(self, state: _State, accepted: _Findings, tried: _Findings) -> _Findings:
        """`accepted` and those of `tried` that do no harm beside them: halves are tried until the harmful ones are known."""
        if not tried:
            return accepted
        after = _after(state, _fixes((*accepted, *tried)))
        if isinstance(after, _State):
            return (*accepted, *tried)
        if len(tried) == 1:
            self.refused.append(Refused(tried[0], after))
            return accepted
        half = len(tried) // 2
        return self._accept(state, self._accept(state, accepted, tried[:half]), tried[half:])


_Findings = tuple[Finding, ...]


def _fixes(findings: _Findings) -> tuple[Fix, ...]:
    return tuple(finding.fix for finding in findings if finding.fix)


def _last(state: _State, accepted: _Findings) -> _State:
    after = _after(state, _fixes(accepted)) if accepted else state
    return after if isinstance(after, _State) else state


def _after(state: _State, fixes: tuple[Fix, ...]) -> _State | Message:
    """The issue with the fixes, or why they cannot be made."""
    before = state.sources
    files = edited(before.originals, fixes)
    sources = _reread(before, files) if files else None
    if files and sources is None:
        return message("改了稿件的结构会出错，要人来改")
    grouped = by_text(fixes)
    if sources is None or not only_words_changed(before.texts, sources.texts, grouped):
        return message("这一处与加粗、链接等标记连在一起，改了会带动别处")
    findings = findings_of(sources)
    new = next(new_findings((before.texts, sources.texts), (state.findings, findings), grouped), None)
    if new:
        return message("改了会出现新的问题：{code} {what}", code=new.code, what=new.message)
    return _State(sources, findings)


def _reread(before: Sources, files: tuple[Original, ...]) -> Sources | None:
    """What the files would be read as; `None` where that has problems that it had not before."""
    issue, texts = before.issue, list(before.texts)
    for place, (old, new) in enumerate(zip(before.originals, files, strict=True)):
        if old == new:
            continue
        changed = _reread_file(issue, new)
        if changed is None or _worse(_problems_of(issue, old), _problems_of(changed[0], new)):
            return None
        issue, texts[place] = changed
    return replace(before, issue=issue, originals=files, texts=tuple(texts))


def _reread_file(issue: Issue, file: Original) -> tuple[Issue, ProofTexts] | None:
    """The issue and the texts of this file, as the file is now."""
    if file.path == issue.head.places.file.path:
        reread = reread_head(issue, file.unified)
        return (reread, read_issue_texts(file.unified, file.path)) if reread else None
    manuscript = read_manuscript(file.unified, file.path, issue.publication).value
    if manuscript is None:
        return None
    manuscripts = tuple(manuscript if each.slug == manuscript.slug else each for each in issue.manuscripts)
    return replace(issue, manuscripts=manuscripts), read_article_texts(file.unified, file.path)


def _problems_of(issue: Issue, file: Original) -> Counter[str]:
    own = file.path == issue.head.places.file.path
    problems: tuple[Problem, ...] = () if own else read_manuscript(file.unified, file.path, issue.publication).problems
    return Counter(problem.code for problem in (*problems, *check_issue(issue)))


def _worse(before: Counter[str], after: Counter[str]) -> bool:
    return any(after[code] > before[code] for code in after)
