"""Articles in memory: loaded, printed as a document, patched by another document, loaded again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from bulletin.convert.updating import first_difference, first_unsaid, make_patch
from bulletin.load.article import read_manuscript
from bulletin.load.issue import load_issue
from bulletin.load.proof_texts import read_article_source
from bulletin.load.publication import load_publication
from bulletin.model.foreign import ForeignDocument
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.original import Original
from bulletin.model.problem import has_errors
from bulletin.model.updating import Patch
from tests.conftest import REPOSITORY
from tests.foreign_print import foreign_print

KEY = IssueKey.parse("2026-10")
assert KEY
PATH = "issues/2026-10/01-shen-huaisheng.md"
SLUG = Path(PATH).stem
HEAD = "---\nkind: speech\ntitle: 在会上的讲话\nspeaker: 沈怀昇\nposition: 省委组织部副部长\ndate: 2026-10-13\n---\n\n"


@cache
def sample() -> Issue:
    publication = load_publication(REPOSITORY).value
    assert publication
    issue = load_issue(REPOSITORY, KEY, publication).value
    assert issue
    return issue


def issue_with(text: str) -> Issue:
    """The sample issue with this text in place of its first article."""
    issue = sample()
    outcome = read_manuscript(text.replace("\r\n", "\n"), PATH, issue.publication)
    assert not has_errors(outcome.problems), [str(each.message) for each in outcome.problems]
    assert outcome.value
    return replace(issue, manuscripts=(outcome.value, *issue.manuscripts[1:]))


def printed(text: str) -> ForeignDocument:
    return foreign_print(issue_with(text), SLUG)


def patch_of(text: str, edited: ForeignDocument) -> tuple[Patch, str]:
    """The patch that the edited document is to the article, and the article with it, which says what the document says."""
    original = Original(PATH, text)
    source = read_article_source(original)
    assert source
    patch = make_patch(source, printed(text), edited)
    after = original.edited(patch.edits).text
    assert first_difference(printed(after), patch) is None, after
    assert first_unsaid(edited, patch) is None, after
    return patch, after


def updated(before: str, after: str) -> str:
    """The article `before` when the document is brought back to it that says `after`."""
    return patch_of(before, printed(after))[1]
