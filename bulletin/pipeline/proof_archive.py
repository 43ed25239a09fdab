"""The whole archive proofread, several issues at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bulletin.load.folders import list_issues
from bulletin.model.key import IssueKey
from bulletin.model.proofreading import IssueCounts, Selection, issue_counts
from bulletin.pipeline.earlier import gather_facts
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.proofreading import proofread_issue
from bulletin.pipeline.site.workers import work


def proofread_archive(
    root: Path, selection: Selection, workers: int, before_job: Callable[[], None]
) -> Iterator[IssueCounts]:
    """How each issue of the archive stands, several at once, in the order in which they are done.

    Raises:
        UsageError: `root` is no publication.
    """
    require_publication(root)
    tuple(gather_facts(root, None, workers, before_job))  # each issue is compared with those before it
    count = partial(_count_issue, root, selection)
    yield from work(count, list_issues(root), workers, before_job)


def _count_issue(root: Path, selection: Selection, key: IssueKey) -> IssueCounts:
    return issue_counts(proofread_issue(root, key).only(selection))
