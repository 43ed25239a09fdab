"""Whether an article may be public: cleared, and not changed since."""

from __future__ import annotations

from bulletin.compose.digest import digest_of
from bulletin.model.build import ClearanceState
from bulletin.model.issue import Issue, Manuscript


def clearance_state(issue: Issue, manuscript: Manuscript) -> tuple[ClearanceState, str]:
    """The state of the article's clearance, and who gave it (empty where nobody did)."""
    given = [clearance for clearance in issue.clearances if clearance.slug == manuscript.slug]
    digest = digest_of(manuscript, issue.pictures)
    for clearance in given:
        if clearance.digest == digest:
            return ClearanceState.VALID, clearance.by
    return (ClearanceState.VOID, given[-1].by) if given else (ClearanceState.NONE, "")


def is_cleared(issue: Issue, manuscript: Manuscript) -> bool:
    """True if the article was cleared as it stands now."""
    return clearance_state(issue, manuscript)[0] is ClearanceState.VALID
