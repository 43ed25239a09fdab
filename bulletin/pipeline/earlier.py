"""What earlier issues called things, gathered once from each and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import astuple
from functools import cache, partial
from pathlib import Path
from typing import Any

import bulletin.proofread
from bulletin.load.article import ARTICLE_LIMIT
from bulletin.load.files import read_bytes
from bulletin.load.folders import issue_folder, issue_path, list_articles, list_issues
from bulletin.load.issue import load_issue
from bulletin.load.proof_texts import load_proof_texts
from bulletin.load.publication import load_publication
from bulletin.model.archive_facts import ArchiveFacts, IssueFacts, joined
from bulletin.model.artifact import Artifact
from bulletin.model.errors import CannotWrite
from bulletin.model.house import EMPTY_HOUSE, House
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.proof_text import ProofTexts
from bulletin.model.publication import Publication
from bulletin.proofread import ReadIssue, read_article
from bulletin.proofread.archive import issue_facts
from bulletin.publish import publish_file

_MOST = 60
"""So many issues are looked back at: what was written for five years is what is usual."""
KEPT = "build/.proofreading"
"""Where the facts of each issue are kept, below the publication."""


def earlier_facts(root: Path, issue: Issue) -> ArchiveFacts:
    """What the issues before this one called things; what is not kept yet is gathered, and kept where that can be written."""
    keys = _before(root, issue.head.key)
    return joined(_facts(root, issue.publication, key) for key in keys)


def gather_facts(
    root: Path, until: IssueKey | None, workers: int, before_job: Callable[[], None]
) -> Iterator[IssueKey]:
    """Gathers the facts of the issues before `until`, or of all, that are not kept yet, several at once; gives each when that is done."""
    keys = _before(root, until) if until else list_issues(root)
    missing = [key for key in keys if _kept(root, key, _made_from(root, key)) is None]
    publication = load_publication(root).value if missing else None
    if publication is not None:
        from bulletin.pipeline.site.workers import (
            work,
        )  # loads what starts processes: only where there is work for them

        yield from work(partial(_gathered, root, publication), missing, workers, before_job)


def read_texts(issue: Issue, texts: tuple[ProofTexts, ...], house: House) -> ReadIssue:
    """The issue as rules look at it; each article under its own date, where it has one."""
    own, *articles = texts
    days = {manuscript.slug: manuscript.date or issue.head.date for manuscript in issue.manuscripts}
    read_articles = tuple(read_article(article, house, days[article.slug]) for article in articles)
    return ReadIssue(issue, read_article(own, house, issue.head.date), read_articles, house)


def _before(root: Path, key: IssueKey) -> tuple[IssueKey, ...]:
    """The issues before this one, those of the years before among them; the last of them."""
    earlier = [other for other in list_issues(root) if other < key]
    return tuple(earlier[-_MOST:])


def _gathered(root: Path, publication: Publication, key: IssueKey) -> IssueKey:
    _facts(root, publication, key)
    return key


def _facts(root: Path, publication: Publication, key: IssueKey) -> IssueFacts:
    made_from = _made_from(root, key)
    kept = _kept(root, key, made_from)
    if kept is not None:
        return kept
    issue = load_issue(root, key, publication).value
    facts = IssueFacts(str(key))
    if issue is not None:
        facts = issue_facts(read_texts(issue, load_proof_texts(root, key, issue), EMPTY_HOUSE))
    content = json.dumps([made_from, *astuple(facts)], ensure_ascii=False).encode()
    with suppress(CannotWrite):
        publish_file(root, Artifact(_path(key), "application/json", content))
    return facts


def _path(key: IssueKey) -> str:
    return f"{KEPT}/{key}.json"


def _kept(root: Path, key: IssueKey, made_from: str) -> IssueFacts | None:
    """The facts of the issue, if they were gathered from these very files by this very program."""
    try:
        said, *facts = json.loads((root / _path(key)).read_bytes())
        return IssueFacts(*map(_tuples, facts)) if said == made_from else None
    except (OSError, ValueError, TypeError):
        return None


def _tuples(said: Any) -> Any:
    return tuple(map(_tuples, said)) if isinstance(said, list) else said


def _made_from(root: Path, key: IssueKey) -> str:
    """A digest of the issue's texts, and of the part of the program that gathers facts."""
    paths = (issue_path(key), *(f"{issue_folder(key)}/{name}" for name in list_articles(root, key)))
    digest = hashlib.blake2b(_program(), digest_size=16)
    for path in paths:
        content = read_bytes(root, path, ARTICLE_LIMIT).value or b""
        digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@cache
def _program() -> bytes:
    """A digest of what gathers facts."""
    folder = Path(bulletin.proofread.__file__).parent
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.glob("*.py")) + sorted((folder / "facts").glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.digest()
