"""What earlier issues called things, for the proofreader to compare an issue with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.proof_texts import load_proof_texts
from bulletin.model.archive_facts import ArchiveFacts, IssueFacts, joined
from bulletin.model.house import EMPTY_HOUSE
from bulletin.model.key import IssueKey
from bulletin.model.publication import Publication
from bulletin.pipeline.proofreading import read_texts
from bulletin.pipeline.site.workers import work
from bulletin.proofread.archive import issue_facts


def earlier_facts(
    root: Path, key: IssueKey, publication: Publication, workers: int, before_job: Callable[[], None]
) -> ArchiveFacts:
    """The names of all issues before this one, several issues read at once; an issue that cannot be read is passed over."""
    earlier = [each for each in list_issues(root) if each < key]
    facts = work(partial(facts_of, root, publication), earlier, workers, before_job)
    known = {each.issue: each for each in facts if each}
    return joined(known[str(each)] for each in earlier if str(each) in known)


def facts_of(root: Path, publication: Publication, key: IssueKey) -> IssueFacts | None:
    """The names of one issue; they depend on its own files alone, so they may be kept as long as these are the same."""
    issue = load_issue(root, key, publication).value
    return issue_facts(read_texts(issue, load_proof_texts(root, key, issue), EMPTY_HOUSE)) if issue else None
