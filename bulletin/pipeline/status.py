"""Showing what stands where in an issue."""

from __future__ import annotations

from pathlib import Path

from bulletin.compose import clearance_states, numbering_text
from bulletin.model.build import ArticleStatus, ClearanceState, IssueStatus, SignState, SignStatus
from bulletin.model.distribution import print_run
from bulletin.model.issue import Manuscript
from bulletin.model.key import IssueKey
from bulletin.model.problem import has_errors
from bulletin.model.walk import characters
from bulletin.pipeline.proofreading import proofread_read
from bulletin.pipeline.reading import read, sign_status


def status(root: Path, key: IssueKey) -> IssueStatus:
    """What stands where in the issue; as much as can be read of it."""
    sources = read(root, key)
    issue = sources.value
    if issue is None:
        return IssueStatus(key, "", "", "", 0, (), sources.problems)
    states = clearance_states(issue)
    return IssueStatus(
        key=key,
        title=issue.publication.title,
        numbering=numbering_text(issue.head),
        date=issue.head.date.isoformat(),
        print_run=print_run(issue),
        articles=tuple(_article_status(each, *states[each.slug]) for each in issue.manuscripts),
        problems=sources.problems,
        signoff=sign_status(issue) if not has_errors(sources.problems) else SignStatus(SignState.NONE),
        proofreading=proofread_read(root, issue, ()).counts,
    )


def _article_status(manuscript: Manuscript, state: ClearanceState, by: str) -> ArticleStatus:
    return ArticleStatus(
        slug=manuscript.slug,
        kind=manuscript.kind.label,
        title=" ".join(manuscript.title),
        byline=manuscript.byline,
        characters=characters((manuscript.blocks, manuscript.notes)),
        clearance=state,
        cleared_by=by,
    )
