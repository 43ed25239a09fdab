"""Whether an article may be public: cleared, and not changed since."""

from __future__ import annotations

from bulletin.compose.digest import digest_of
from bulletin.model.build import ClearanceState
from bulletin.model.issue import Clearance, Issue, Manuscript
from bulletin.model.site_build import Off


def clearance_state(issue: Issue, manuscript: Manuscript) -> tuple[ClearanceState, str]:
    """The state of the article's clearance, and who gave it or took it back (empty where nobody did)."""
    given = last_clearance(issue.clearances, manuscript.slug)
    if given is None:
        return ClearanceState.NONE, ""
    if not given.digest:
        return ClearanceState.REVOKED, given.by
    valid = given.digest == digest_of(manuscript, issue.pictures)
    return ClearanceState.VALID if valid else ClearanceState.VOID, given.by


def cleared_slugs(issue: Issue) -> frozenset[str]:
    """The articles that were cleared as they stand now."""
    return frozenset(each.slug for each in issue.manuscripts if is_cleared(issue, each))


def last_clearance(clearances: tuple[Clearance, ...], slug: str) -> Clearance | None:
    """The entry that counts for the article: the last one in the log."""
    return next((clearance for clearance in reversed(clearances) if clearance.slug == slug), None)


def is_cleared(issue: Issue, manuscript: Manuscript) -> bool:
    """True if the article was cleared as it stands now."""
    return clearance_state(issue, manuscript)[0] is ClearanceState.VALID


def why_off(issue: Issue, number: int) -> Off:
    """Why the article with this number in its public address is public no more."""
    given = next((each for each in reversed(issue.clearances) if each.number == number), None)
    if given is None:
        return Off.DELETED
    if not given.digest:
        return Off.REVOKED
    if given.slug in issue.slugs:
        return Off.CHANGED
    same = any(digest_of(each, issue.pictures) == given.digest for each in issue.manuscripts)
    return Off.RENAMED if same else Off.DELETED


def public_number(issue: Issue, manuscript: Manuscript) -> int:
    """The number of a cleared article in its public address, as its clearance records it."""
    given = last_clearance(issue.clearances, manuscript.slug)
    return given.number if given else 0
