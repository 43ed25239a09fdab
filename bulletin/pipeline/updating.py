"""A Word file that a leader edited, brought back into its article: planned, tried in memory, proven, and then written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bulletin.check import check_issue
from bulletin.compose import compose_edition
from bulletin.convert.docx import read_docx
from bulletin.convert.reading import MOST_BYTES, read_foreign
from bulletin.convert.updating import (
    Care,
    begins_alike,
    first_difference,
    first_unsaid,
    make_patch,
    part_of,
    renumbered,
)
from bulletin.load.article import ARTICLE_LIMIT, read_manuscript
from bulletin.load.encoding import read_original
from bulletin.load.folders import issue_folder
from bulletin.load.proof_texts import read_article_source
from bulletin.model.article_source import ArticleSource
from bulletin.model.errors import BulletinError, UsageError, reason_of
from bulletin.model.export import Export, SourceState, source_states
from bulletin.model.foreign import ChangePolicy, DropKind, ForeignDocument
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.key import IssueKey
from bulletin.model.original import Original
from bulletin.model.problem import Outcome, Problem, Severity, Span, error, has_errors, message
from bulletin.model.updating import Origin, Patch, Update
from bulletin.pipeline.reading import read
from bulletin.publish import correct_file, locked
from bulletin.render.docx import render_docx

_BYTES_OF_HAN = 3


@dataclass(frozen=True, slots=True)
class Edited:
    """The file that came back: its name, its bytes, and what is to become of the changes that Word tracked in it."""

    name: str
    content: bytes
    policy: ChangePolicy = ChangePolicy.ACCEPT


def read_edited(file: Path, policy: ChangePolicy) -> Edited:
    """The file that came back.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return Edited(file.name, stream.read(MOST_BYTES + 1), policy)
    except OSError as fault:
        raise UsageError(message("读不了“{file}”：{reason}", file=str(file), reason=reason_of(fault))) from fault


def plan_update(root: Path, key: IssueKey, slug: str, edited: Edited) -> Outcome[Update]:
    """What the edited file changes in an article, proven: exported again, the article would say what the file says.

    Nothing is written. The file may hold the whole issue. The problems are those of the article as it stands, of the file, or that the proof
    failed.
    """
    return next(outcome for _slug, outcome in plan_updates(root, key, (slug,), edited))


def plan_updates(
    root: Path, key: IssueKey, slugs: tuple[str, ...], edited: Edited
) -> Iterator[tuple[str, Outcome[Update]]]:
    """The same of several articles, each with its slug; of all where none is named."""
    outcome = read(root, key)
    if outcome.value is None or has_errors(outcome.problems):
        yield "", Outcome(None, outcome.problems)
        return
    document = _read(edited)
    if document.value is None:
        yield "", Outcome(None, document.problems)
        return
    planner = _Planner(root, outcome.value, document.value)
    for slug in slugs or tuple(manuscript.slug for manuscript in outcome.value.manuscripts):
        planned = planner.plan(slug)
        yield slug, Outcome(planned.value, (*document.problems, *planned.problems))


def _read(edited: Edited) -> Outcome[ForeignDocument]:
    """The Word file, if it is one."""
    document = read_foreign(edited.content, edited.name, edited.policy)
    if document.value is None or has_errors(document.problems):
        return Outcome(None, document.problems)
    if document.value.kind != "docx":
        what = message("收回改动要 Word 文件")
        return Outcome(None, (error("update", Span(edited.name), what, message("其他格式用 bulletin import 导入")),))
    return document


@dataclass
class _Planner:
    """Plans for articles of an issue, all from one edited file."""

    root: Path
    issue: Issue
    document: ForeignDocument

    def plan(self, slug: str) -> Outcome[Update]:
        path = f"{issue_folder(self.issue.head.key)}/{slug}.md"
        original = read_original(self.root, path, ARTICLE_LIMIT)
        source = read_article_source(original.value) if original.value else None
        if original.value is None or source is None:
            return Outcome(None, original.problems)
        before, exported = original.value, _exported(self.issue, slug)
        document = part_of(self.whole, exported, self.document) if self.of_issue else self.document
        span = Span(self.document.name)
        if document is None:
            return Outcome(None, (error("update", span, message("整期的 Word 文件里没有找到这一篇")),))
        size = sum(len(each.text) for each in document.paragraphs())
        if size > ARTICLE_LIMIT // _BYTES_OF_HAN:
            what = message("文件有 {count} 字，不像是这一篇", count=size)
            return Outcome(None, (error("update", span, what, message("请核对是不是拿错了文件")),))
        patched = _Trial(self.issue, slug, source, exported, document).patched()
        if isinstance(patched, Problem):
            return Outcome(None, (patched,))
        patch, after = patched
        return Outcome(Update(before, after, patch, document, _origin(self.states, before)))

    @cached_property
    def states(self) -> tuple[SourceState, ...]:
        """What the file says that it was exported from."""
        metadata = (each.text for each in self.document.dropped if each.kind is DropKind.METADATA)
        return source_states("\n".join(said.partition(": ")[2] for said in metadata))

    @cached_property
    def of_issue(self) -> bool:
        """True if the file holds the whole issue: it says so, or begins as an issue does."""
        return len(self.states) > 1 or begins_alike(self.whole, self.document)

    @cached_property
    def whole(self) -> ForeignDocument:
        """The whole issue as it would be exported."""
        return _exported(self.issue, "")


def apply_update(root: Path, key: IssueKey, update: Update) -> None:
    """Writes the article, if it still is what the plan was made for.

    Raises:
        UsageError: The article is a link, is read-only, or changed meanwhile.
        CannotWrite: The machine is at fault.
    """
    if update.before.content != update.after.content:
        with locked(root / issue_folder(key)):
            correct_file(root, update.before.path, update.before.content, update.after.content)


@dataclass(frozen=True, slots=True)
class _Trial:
    """The article with the patch, in memory."""

    issue: Issue
    slug: str
    source: ArticleSource
    exported: ForeignDocument
    document: ForeignDocument

    def patched(self) -> tuple[Patch, Original] | Problem:
        """The patch that proves right, and the article with it; or why there is none."""
        why: Problem | None = None
        for care in Care:
            patch = make_patch(self.source, self.exported, self.document, care)
            after = self.counted(self.source.original.edited(patch.edits))
            wrong = self.wrong(patch, after)
            if wrong is None:
                return patch, after
            why = why or wrong
        assert why is not None
        return why

    def counted(self, after: Original) -> Original:
        """The article with its typed numbers in order, if they were in order before."""
        manuscripts = [self.manuscript(each).value for each in (self.source.original, after)]
        sources = [self.source, read_article_source(after)]
        edits = [
            tuple(renumbered(source, manuscript.blocks)) if source and manuscript else ()
            for source, manuscript in zip(sources, manuscripts, strict=True)
        ]
        return after if edits[0] else after.edited(edits[1])

    def manuscript(self, file: Original) -> Outcome[Manuscript]:
        return read_manuscript(file.unified, file.path, self.issue.publication)

    def wrong(self, patch: Patch, after: Original) -> Problem | None:
        """Why the article with the patch may not be written."""
        span = Span(after.path)
        unsaid = first_unsaid(self.document, patch)
        if unsaid or not patch.edits:
            return _differs(span, *unsaid) if unsaid else None
        issue = self.issue
        outcome = self.manuscript(after)
        if outcome.value is None:
            return next(_new_problems(outcome.problems, ()), None) or _cannot(span)
        manuscripts = tuple(outcome.value if each.slug == self.slug else each for each in issue.manuscripts)
        changed = replace(issue, manuscripts=manuscripts)
        known = self.manuscript(self.source.original).problems
        problems = (*outcome.problems, *check_issue(changed)), (*known, *check_issue(issue))
        worse = next(_new_problems(*problems), None)
        if worse is not None:
            return worse
        difference = first_difference(_exported(changed, self.slug), patch)
        return _differs(span, *difference) if difference else None


def _exported(issue: Issue, slug: str) -> ForeignDocument:
    """The article as it would be exported, read back."""
    content = render_docx(Export(replace(compose_edition(issue), copy_number=""), slug, ()))
    read_back = read_docx(content, f"{slug}.docx")
    if read_back.value is None:
        raise BulletinError(message("导出的 Word 文件读不回来"))
    return read_back.value


def _new_problems(after: tuple[Problem, ...], before: tuple[Problem, ...]) -> Iterator[Problem]:
    known = Counter(problem.code for problem in before)
    return (problem for problem in after if problem.severity is Severity.ERROR and not known[problem.code])


def _cannot(span: Span) -> Problem:
    return error("update", span, message("改动写进稿件以后读不出来"), _BY_HAND)


_BY_HAND = message("请照着 Word 文件在稿件里改；没有写任何东西")


def _differs(span: Span, expected: str, found: str) -> Problem:
    what = message(
        "写进稿件以后与 Word 文件不一致：应为“{expected}”，却是“{found}”", expected=expected[:60], found=found[:60]
    )
    return error("update", span, what, _BY_HAND)


def _origin(states: tuple[SourceState, ...], before: Original) -> Origin:
    """Whether the document was exported from the article as it stands."""
    found = {state.path: state.sha256 for state in states}
    if not found:
        return Origin.UNKNOWN
    if before.path not in found:
        return Origin.OTHER
    return Origin.CURRENT if found[before.path] == hashlib.sha256(before.content).hexdigest() else Origin.OLDER
