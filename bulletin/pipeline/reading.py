"""From a folder to an issue with all its problems: what every command begins with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletin.check import check_issue
from bulletin.compose import clearance_states
from bulletin.load.folders import PUBLICATION_FILE, list_issues
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.build import CheckReport, ClearanceState, SignState, SignStatus
from bulletin.model.errors import UsageError
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, has_errors, in_order, message, warning
from bulletin.model.publication import Publication
from bulletin.pipeline.faces import check_faces
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.printed import print_record
from bulletin.prove.leaks.sharing import find_mentions


def find_issue(root: Path, name: str | None) -> IssueKey:
    """The issue called `name` (`2026-07`), or the newest one.

    Raises:
        UsageError: There is no such issue, or none at all, or `root` is no publication.
    """
    require_publication(root)
    keys = list_issues(root)
    if not keys:
        raise UsageError(message("这个刊物还没有建立任何一期"), message("用 bulletin new issue 新建"))
    if name is None:
        return newest(keys)
    key = IssueKey.parse(name)
    if key not in keys:
        known = tuple(str(key) for key in keys[-5:])
        raise UsageError(message("没有“{name}”这一期", name=name), message("最近几期：{known}", known=known))
    return key


def find_issue_if_any(root: Path, name: str | None) -> IssueKey | None:
    """The issue called `name`, or the newest one; none where none is named and there is none yet.

    Raises:
        UsageError: There is no such issue, or `root` is no publication.
    """
    if name is None and (root / PUBLICATION_FILE).exists() and not list_issues(root):
        return None
    return find_issue(root, name)


def newest(keys: tuple[IssueKey, ...]) -> IssueKey:
    """The last regular issue, or the last supplement where there is no regular one."""
    return max(keys, key=lambda key: (not key.supplement, key))


def read(root: Path, key: IssueKey) -> Outcome[Issue]:
    """The issue with all problems of its files and its structure."""
    publication = load_publication(root)
    if publication.value is None:
        return Outcome(None, in_order(publication.problems))
    issue = read_issue(root, key, publication.value)
    problems = (*publication.problems, *check_faces(publication.value), *issue.problems)
    if issue.value is not None and not has_errors(problems):
        problems = (*problems, *_void_signoff(issue.value))
    return Outcome(issue.value, in_order(problems))


def read_issue(root: Path, key: IssueKey, publication: Publication) -> Outcome[Issue]:
    """The issue of a publication that is loaded already, with the problems of its own files and its structure."""
    issue = load_issue(root, key, publication)
    if issue.value is None:
        return issue
    return Outcome(issue.value, (*issue.problems, *check_issue(issue.value), *_of_clearances(issue.value)))


def sign_status(issue: Issue) -> SignStatus:
    """Whether the issue is signed as it stands, and what changed since it was; the issue has no errors."""
    signed = issue.signoff
    if signed is None:
        return SignStatus(SignState.NONE)
    changed = signed.printed.changed(print_record(issue, signed.printed.pdf))
    return SignStatus(SignState.VOID if changed else SignState.VALID, signed.by, signed.at, changed)


def _void_signoff(issue: Issue) -> Iterator[Problem]:
    status = sign_status(issue)
    if status.state is SignState.VOID:
        what = message("{by}签发后有改动：{parts}", by=status.by, parts=status.changed)
        advice = message("要付印，请重新签发：bulletin sign {issue} --by 姓名", issue=str(issue.head.key))
        yield warning("signoff-void", issue.head.places.file, what, advice)


def _of_clearances(issue: Issue) -> Iterator[Problem]:
    """Warnings of clearances that are void, and of articles that may be public and lead to others that may not."""
    states = clearance_states(issue)
    yield from find_mentions(issue, {slug for slug, (state, _) in states.items() if state is ClearanceState.VALID})
    for manuscript in issue.manuscripts:
        state, by = states[manuscript.slug]
        if state is ClearanceState.VOID:
            what = message("{by}审签后有改动，审签已失效：再做网站时会撤下", by=by)
            advice = message(
                "要公开，请重新审签：bulletin clear {issue} {slug} --by 姓名",
                issue=str(issue.head.key),
                slug=manuscript.slug,
            )
            yield warning("clearance-void", manuscript.span, what, advice)


def check(root: Path, key: IssueKey) -> CheckReport:
    """Everything that can be said about the issue without making it."""
    return CheckReport(key, read(root, key).problems)
