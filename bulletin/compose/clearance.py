"""Whether an article may be public: cleared, and not changed since; and what is said where one was withdrawn."""

from __future__ import annotations

from collections import Counter
from datetime import date

from bulletin.compose.digest import digest_of
from bulletin.model.build import ClearanceState
from bulletin.model.clearance_log import Log, holder, is_withdrawal, standing, withdrawn
from bulletin.model.edition import WebEdition
from bulletin.model.issue import Clearance, Issue, Manuscript
from bulletin.model.key import IssueKey
from bulletin.model.moment import day_of
from bulletin.model.site import Tombstone
from bulletin.model.site_build import Held, Off


def clearance_states(issue: Issue) -> dict[str, tuple[ClearanceState, str]]:
    """Of each article, by slug: the state of its clearance, and who gave it or took it back (empty where nobody did)."""
    counts = standing(issue.clearances)
    return {each.slug: _state(issue, each, counts.get(each.slug)) for each in issue.manuscripts}


def cleared_slugs(issue: Issue) -> frozenset[str]:
    """The articles that were cleared as they stand now."""
    return frozenset(slug for slug, (state, _) in clearance_states(issue).items() if state is ClearanceState.VALID)


def held_back(issue: Issue, edition: WebEdition) -> Held:
    """Which articles of the issue are not in the edition."""
    shown = {article.slug for article in edition.articles}
    states = Counter(state for slug, (state, _) in clearance_states(issue).items() if slug not in shown)
    held = (ClearanceState.NONE, ClearanceState.VOID, ClearanceState.REVOKED, ClearanceState.WITHDRAWN)
    return Held(*(states[each] for each in held))


def why_off(issue: Issue, number: int) -> Off:
    """Why the article with this number in its public address is public no more."""
    found = holder(issue.clearances, number)
    if found is None:
        return Off.DELETED
    slug, given = found
    if not given.digest:
        return taken_back(given)
    if slug in issue.slugs:
        return Off.CHANGED
    same = any(digest_of(each, issue.pictures) == given.digest for each in issue.manuscripts)
    return Off.RENAMED if same else Off.DELETED


def taken_back(given: Clearance) -> Off:
    """In which way a clearance was taken back."""
    return Off.WITHDRAWN if is_withdrawal(given) else Off.REVOKED


def compose_tombstones(key: IssueKey, log: Log) -> tuple[Tombstone, ...]:
    """What stands on the public site in the place of withdrawn articles of an issue, by their numbers.

    It is made from the log alone, so it stands whatever became of the articles. Where the whole folder of an issue was taken from the
    sources the log is gone with it, and so are its tombstones: readers are told there that the page is missing.
    """
    return tuple(Tombstone(key, number, day_of(entry.at)) for number, entry in withdrawn(log).items())


def public_numbers(issue: Issue) -> dict[str, int]:
    """The numbers of articles in their public addresses, by slug, as the log records them."""
    return {slug: each.number for slug, each in standing(issue.clearances).items()}


def cleared_days(issue: Issue) -> dict[str, date | None]:
    """The day in China of the entry that counts of each article, by slug."""
    return {slug: day_of(each.at) for slug, each in standing(issue.clearances).items()}


def _state(issue: Issue, manuscript: Manuscript, given: Clearance | None) -> tuple[ClearanceState, str]:
    if given is None:
        return ClearanceState.NONE, ""
    if not given.digest:
        return ClearanceState.WITHDRAWN if is_withdrawal(given) else ClearanceState.REVOKED, given.by
    valid = given.digest == digest_of(manuscript, issue.pictures)
    return ClearanceState.VALID if valid else ClearanceState.VOID, given.by
