"""Showing what stands where in an issue."""

from __future__ import annotations

from pathlib import Path

from bulletin.compose import clearance_state, numbering_text
from bulletin.model.build import ArticleStatus, IssueStatus, SignState, SignStatus
from bulletin.model.distribution import print_run
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.key import IssueKey
from bulletin.model.problem import has_errors
from bulletin.model.walk import characters
from bulletin.pipeline.reading import read, sign_status


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
        articles=tuple(_article_status(issue, manuscript) for manuscript in issue.manuscripts),
        problems=sources.problems,
        signoff=sign_status(issue) if not has_errors(sources.problems) else SignStatus(SignState.NONE),
    )


def _article_status(issue: Issue, manuscript: Manuscript) -> ArticleStatus:
    state, by = clearance_state(issue, manuscript)
    return ArticleStatus(
        slug=manuscript.slug,
        kind=manuscript.kind.label,
        title=" ".join(manuscript.title),
        byline=manuscript.byline,
        characters=characters((manuscript.blocks, manuscript.notes)),
        clearance=state,
        cleared_by=by,
    )
