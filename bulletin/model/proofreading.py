"""What the proofreader says of an issue: each finding with what was decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from bulletin.model.finding import Decision, Finding, Fix, Safety, Verdict
from bulletin.model.key import IssueKey
from bulletin.model.original import Original
from bulletin.model.problem import Message, Problem, Severity, has_errors
from bulletin.model.proof_text import ProofTexts
from bulletin.model.reading_aids import NO_AIDS, ReadingAids


class Standing(Enum):
    """What has become of a finding: nothing yet, it stays with a reason, or the author was asked and has not answered."""

    OPEN = "open"
    KEPT = "kept"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and the decision about it, if there is one."""

    finding: Finding
    decision: Decision | None = None

    @property
    def standing(self) -> Standing:
        if self.decision is None:
            return Standing.OPEN
        return Standing.KEPT if self.decision.verdict is Verdict.KEEP else Standing.ASKED

    @property
    def settled(self) -> bool:
        """True if it need not be looked at again before the issue is printed."""
        return self.standing is Standing.KEPT


def gathered(judged: Iterable[Judged]) -> tuple[tuple[Judged, ...], ...]:
    """The findings in order, those together that say the same of the same words and propose the same, so that a reader meets each thing once.

    Each is still decided about, and mended, by itself. One that names another place, that was decided about, or that is about marks which nobody
    could judge without their sentence, stands alone.
    """
    groups: dict[object, list[Judged]] = {}
    for each in judged:
        groups.setdefault(_told(each), []).append(each)
    return tuple(map(tuple, groups.values()))


def _told(judged: Judged) -> object:
    """What a reader is told of a finding, but for the place."""
    finding, fix = judged.finding, judged.finding.fix
    words = finding.words
    plain = any(map(str.isalnum, words.content)) or (fix is not None and fix.safety is Safety.SAFE)
    if finding.related or judged.decision or not plain:
        return finding, judged.decision
    proposal = (fix.words.content, fix.replacement, fix.safety) if fix else None
    return finding.code, finding.severity, words.text.path, words.content, finding.message, finding.advice, proposal


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings are not settled, by severity, and how many of those can be mended by the program, safely or not; how many are kept, and
    how many wait for an answer."""

    errors: int = 0
    warnings: int = 0
    hints: int = 0
    safe: int = 0
    unsafe: int = 0
    kept: int = 0
    asked: int = 0

    @property
    def open(self) -> int:
        return self.errors + self.warnings + self.hints

    @classmethod
    def sum_of(cls, counts: Iterable[Counts]) -> Counts:
        """All of them together."""
        rows = [tuple(getattr(each, name) for name in cls.__slots__) for each in counts]
        return cls(*map(sum, zip(*rows, strict=True)))


NO_FINDINGS = Counts()


def count(judged: Iterable[Judged]) -> Counts:
    """The counts of these findings."""
    every = tuple(judged)
    findings = [each.finding for each in every if not each.settled]
    weights = [finding.severity for finding in findings]
    writable = [each.finding.fix.safety for each in every if each.standing is Standing.OPEN and each.finding.fix]
    return Counts(
        errors=weights.count(Severity.ERROR),
        warnings=weights.count(Severity.WARNING),
        hints=weights.count(Severity.HINT),
        safe=writable.count(Safety.SAFE),
        unsafe=writable.count(Safety.UNSAFE),
        kept=sum(1 for each in every if each.standing is Standing.KEPT),
        asked=sum(1 for each in every if each.standing is Standing.ASKED),
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings are wanted: of these codes (or those that begin so), but not of those, in these articles; all where nothing is said."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    slugs: frozenset[str] = frozenset()

    def takes(self, finding: Finding) -> bool:
        """True if the finding is wanted."""
        wanted = not self.select or finding.code.startswith(self.select)
        return (
            wanted
            and not (self.ignore and finding.code.startswith(self.ignore))
            and self.reads(finding.words.text.slug)
        )

    def reads(self, slug: str) -> bool:
        """True if this article is wanted; the slug of `issue.yaml` is empty."""
        return not self.slugs or slug in self.slugs


@dataclass(frozen=True, slots=True)
class Proofreading:
    """The issue read: `problems` of its files and its structure, and of the decisions; `judged`, what was found in its texts, by file and
    place. Without texts where the issue could not be read at all."""

    key: IssueKey
    problems: tuple[Problem, ...]
    judged: tuple[Judged, ...] = ()
    texts: tuple[ProofTexts, ...] = ()
    originals: tuple[Original, ...] = ()
    aids: ReadingAids = NO_AIDS

    def original(self, path: str) -> Original:
        """The file that a finding is in."""
        return next((each for each in self.originals if each.path == path), Original(path, ""))

    @property
    def counts(self) -> Counts:
        return count(self.judged)

    @property
    def undecided(self) -> tuple[Judged, ...]:
        """Errors and warnings that keep the issue from being signed: nobody kept them with a reason."""
        weighty = (each for each in self.judged if each.finding.severity is not Severity.HINT)
        return tuple(each for each in weighty if not each.settled)

    def only(self, selection: Selection) -> Proofreading:
        """The findings that are wanted, with all problems of the articles that are."""
        judged = tuple(each for each in self.judged if selection.takes(each.finding))
        others = {texts.path for texts in self.texts if not selection.reads(texts.slug)}
        problems = tuple(each for each in self.problems if each.span.path not in others)
        texts = tuple(each for each in self.texts if selection.reads(each.slug))
        return replace(self, problems=problems, judged=judged, texts=texts)

    def without_hints(self) -> Proofreading:
        """Only what weighs."""
        return replace(self, judged=tuple(each for each in self.judged if each.finding.severity is not Severity.HINT))

    def strictly(self) -> Proofreading:
        """Every warning as an error, as for the final proof."""
        return replace(
            self,
            problems=tuple(replace(each, severity=_strict(each.severity)) for each in self.problems),
            judged=tuple(
                replace(each, finding=replace(each.finding, severity=_strict(each.finding.severity)))
                for each in self.judged
            ),
        )

    def fails(self, least: Severity) -> bool:
        """True if something that is not settled weighs that much, or the structure is in error."""
        weights = {each.severity for each in self.problems}
        weights |= {each.finding.severity for each in self.judged if not each.settled}
        heavy = list(Severity)[: list(Severity).index(least) + 1]
        return has_errors(self.problems) or any(weight in heavy for weight in weights)


def _strict(severity: Severity) -> Severity:
    return Severity.ERROR if severity is Severity.WARNING else severity


@dataclass(frozen=True, slots=True)
class IssueCounts:
    """How an issue of the archive stands: errors and warnings of its structure, the counts of its findings, and how often each rule found
    something, the most frequent first."""

    key: IssueKey
    structure: tuple[int, int]
    counts: Counts
    codes: tuple[tuple[str, int], ...]

    def fails(self, least: Severity, *, strict: bool) -> bool:
        """True if something that is not settled weighs that much, or the structure is in error; `strict` counts warnings as errors."""
        errors, warnings = self.structure[0] + self.counts.errors, self.structure[1] + self.counts.warnings
        heavy = {Severity.ERROR: errors + (warnings if strict else 0), Severity.WARNING: errors + warnings}
        return bool(heavy.get(least, errors + warnings + self.counts.hints))


def issue_counts(reading: Proofreading) -> IssueCounts:
    """How the issue stands."""
    weights = Counter(problem.severity for problem in reading.problems)
    codes = Counter(each.finding.code for each in reading.judged if not each.settled)
    structure = weights[Severity.ERROR], weights[Severity.WARNING]
    return IssueCounts(reading.key, structure, reading.counts, tuple(codes.most_common()))


@dataclass(frozen=True, slots=True)
class Refused:
    """A fix that was not made, and why."""

    finding: Finding
    why: Message


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a request to mend: the issue as it stands then, the fixes that were made, each file before and after, and what was not made."""

    proofreading: Proofreading
    made: tuple[Fix, ...] = ()
    changes: tuple[tuple[Original, Original], ...] = ()
    refused: tuple[Refused, ...] = ()


Say = Callable[[Message], str]
"""A message in the language of the reader."""
