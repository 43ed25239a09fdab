"""What is asked of publishing, what it plans, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bulletin.model.build import ClearReport
from bulletin.model.problem import NOTHING, Message, Problem
from bulletin.model.release import Difference, PublishedArticle, Release
from bulletin.model.site_build import SiteOrder
from bulletin.model.target import LockHolder


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Articles that are taken back, and why."""

    articles: tuple[PublishedArticle, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PublishOrder:
    """What is wanted: to which target (empty for the only one), by whom, and how the site is made before (its audience is that of the target).

    `dry_run` only plans; `allow_removed` lets any number of pages go, and articles that lost their clearance by an edit; `breaking` takes away
    the lock of somebody else; `fresh` says that the target is new though the log knows of releases on it. `confirm` is asked once the plan is
    made, before anything is sent; `clock` tells the time (ISO 8601, with zone).
    """

    target: str
    holder: LockHolder
    site: SiteOrder
    dry_run: bool = False
    allow_removed: bool = False
    breaking: bool = False
    fresh: bool = False
    confirm: Callable[[Plan], bool] = lambda _: True
    clock: Callable[[], str] | None = None


class Part(Enum):
    """Parts of a site, as an editor thinks of them."""

    ARTICLES = "articles"
    ISSUES = "issues"
    LISTS = "lists"
    SEARCH = "search"
    MACHINES = "machines"
    LOOKS = "looks"


PARTS = tuple(Part)


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do to a target: the release that is live and the one that would be, what differs, and which articles come, change
    and go. `touched` counts pages of articles whose text stayed, and what stands around it changed. `counts` are files that differ in each part of the site, in the order of `PARTS`; `bytes_sent` what has to travel."""

    target: str
    live: str
    wanted: str
    difference: Difference
    put_up: tuple[PublishedArticle, ...]
    changed: tuple[PublishedArticle, ...]
    taken_off: tuple[PublishedArticle, ...]
    touched: int
    counts: tuple[int, ...]
    bytes_sent: int
    files: int
    bytes_all: int

    @property
    def pages_removed(self) -> tuple[str, ...]:
        """The pages that would be gone."""
        return tuple(path for path in self.difference.removed if path.endswith(".html"))


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What became of publishing. No plan where the site could not be made: `problems` tell why. `done` is true if the release is live, also where nothing
    had to be done. `fetched` counts files that were fetched from the address of the site and were right."""

    target: str
    problems: tuple[Problem, ...]
    plan: Plan | None = None
    done: bool = False
    release: str = ""
    sent: int = 0
    sent_bytes: int = 0
    fetched: int = 0
    removed: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    wrong: tuple[str, ...] = ()
    """Files of the live release that are not as it says, where only looking was wanted."""


@dataclass(frozen=True, slots=True)
class KeptRelease:
    """A release that a target keeps, as it is listed: `fault` is empty where its manifest can be read and its signature is right; `signed_by` is
    empty where nobody signed it."""

    name: str
    live: bool
    release: Release | None
    signed_by: str
    fault: Message
    wrong: tuple[str, ...] = ()
    """Files that are not as the manifest says; looked for only when asked."""


@dataclass(frozen=True, slots=True)
class ReleasesReport:
    """The releases of a target, newest first."""

    target: str
    kept: tuple[KeptRelease, ...]
    examined: bool = False


@dataclass(frozen=True, slots=True)
class SwitchReport:
    """What became of going back: from which release to which, which articles came and went."""

    target: str
    before: str
    after: str
    put_up: tuple[PublishedArticle, ...]
    taken_off: tuple[PublishedArticle, ...]
    fetched: int = 0
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawnFrom:
    """What became of a target when an article was taken back: what was published, and why it failed (empty if
    it did not)."""

    target: str
    published: PublishReport | None = None
    failed: Message = NOTHING
    advice: Message = NOTHING


@dataclass(frozen=True, slots=True)
class WithdrawalReport:
    """What became of taking articles back: of their clearances, and of each target; and where they are besides."""

    cleared: ClearReport
    targets: tuple[WithdrawnFrom, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def done(self) -> bool:
        """True if the articles are nowhere any more."""
        return bool(self.cleared.articles) and not any(each.failed.template for each in self.targets)
