"""Recording which articles may be public, and showing what stands where."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bulletin.compose import clearance_state, digest_of, numbering_text
from bulletin.model.build import ArticleStatus, CheckReport, IssueStatus
from bulletin.model.distribution import print_run
from bulletin.model.errors import UsageError
from bulletin.model.issue import Clearance, Issue, IssueKey, Manuscript
from bulletin.model.problem import has_errors, message
from bulletin.model.walk import characters
from bulletin.pipeline.reading import read
from bulletin.publish import locked, publish_file
from bulletin.render.records import render_clearances


def clear(root: Path, key: IssueKey, articles: Iterable[str], by: str, at: str) -> CheckReport:
    """Records that the articles, as they stand, may be public; earlier clearances of the same articles are replaced.

    Nothing is recorded when the issue has errors.

    Args:
        root: The publication's folder.
        key: The issue.
        articles: File names, with or without `.md`, or numbers (`3`).
        by: Who cleared them.
        at: When, ISO 8601.

    Raises:
        UsageError: There is no such article.
        CannotWrite: The record could not be written.
    """
    with locked(root / "issues" / str(key)):
        return _change(root, key, articles, by, at)


def revoke(root: Path, key: IssueKey, articles: Iterable[str]) -> CheckReport:
    """Takes clearances back; as `clear`, but works on an issue with errors too."""
    with locked(root / "issues" / str(key)):
        return _change(root, key, articles, "", "")


def _change(root: Path, key: IssueKey, articles: Iterable[str], by: str, at: str) -> CheckReport:
    sources = read(root, key)
    issue = sources.value
    if issue is None or (by and has_errors(sources.problems)):
        return CheckReport(key, sources.problems)
    chosen = [_article(issue, name) for name in articles]
    slugs = {manuscript.slug for manuscript in chosen}
    kept = [clearance for clearance in issue.clearances if clearance.slug not in slugs]
    if by:
        kept += [Clearance(each.slug, by, at, digest_of(each, issue.pictures)) for each in chosen]
    kept.sort(key=lambda clearance: clearance.slug)
    publish_file(root, render_clearances(key, tuple(kept)))
    return CheckReport(key, tuple(problem for problem in sources.problems if problem.span.path.endswith(".md")))


def _article(issue: Issue, name: str) -> Manuscript:
    wanted = Path(name).name.removesuffix(".md")
    for position, manuscript in enumerate(issue.manuscripts, start=1):
        if wanted in (manuscript.slug, str(position), f"{position:02}"):
            return manuscript
    known = tuple(manuscript.slug for manuscript in issue.manuscripts)
    raise UsageError(message("本期没有“{name}”这篇文章", name=name), message("本期文章：{known}", known=known))


def status(root: Path, key: IssueKey) -> IssueStatus:
    """What stands where in the issue; as much as can be read of it."""
    sources = read(root, key)
    issue = sources.value
    if issue is None:
        return IssueStatus(key, "", "", "", 0, (), sources.problems)
    return IssueStatus(
        key=key,
        title=issue.publication.title,
        numbering=numbering_text(issue.head),
        date=issue.head.date.isoformat(),
        print_run=print_run(issue),
        articles=tuple(_article_status(issue, *numbered) for numbered in enumerate(issue.manuscripts, start=1)),
        problems=sources.problems,
    )


def _article_status(issue: Issue, position: int, manuscript: Manuscript) -> ArticleStatus:
    state, by = clearance_state(issue, manuscript)
    return ArticleStatus(
        position=position,
        slug=manuscript.slug,
        kind=manuscript.kind.label,
        title=" ".join(manuscript.title),
        byline=manuscript.byline,
        characters=characters((manuscript.blocks, manuscript.notes)),
        clearance=state,
        cleared_by=by,
    )
