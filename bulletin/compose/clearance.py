"""Whether an article may be public: cleared, and not changed since."""

from __future__ import annotations

from bulletin.compose.digest import digest_of
from bulletin.model.build import ClearanceState
from bulletin.model.issue import Clearance, Issue, Manuscript


def clearance_state(issue: Issue, manuscript: Manuscript) -> tuple[ClearanceState, str]:
    """The state of the article's clearance, and who gave it (empty where nobody did)."""
    given = last_clearance(issue.clearances, manuscript.slug)
    if given is None or not given.digest:
        return ClearanceState.NONE, ""
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


def public_number(issue: Issue, manuscript: Manuscript) -> int:
    """The number of a cleared article in its public address, as its clearance records it."""
    given = last_clearance(issue.clearances, manuscript.slug)
    return given.number if given else 0
