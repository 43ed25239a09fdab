"""The releases that a target keeps: listed, gone back to, removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bulletin.compose.publishing import came_and_went
from bulletin.load.issue import load_clearances
from bulletin.model.audience import Audience
from bulletin.model.clearance_log import standing
from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import NOTHING, message
from bulletin.model.progress import Progress
from bulletin.model.publication_log import Act
from bulletin.model.publishing import KeptRelease, ReleasesReport, SwitchReport
from bulletin.model.release import PublishedArticle, Release, age_of, difference, serial_of
from bulletin.model.target import LockHolder, TargetSettings
from bulletin.pipeline.publishing.log import opened_log
from bulletin.pipeline.publishing.pruning import prune_kept
from bulletin.pipeline.publishing.settings import read_targets
from bulletin.pipeline.publishing.switching import Change, Course, switch_to
from bulletin.pipeline.publishing.targets import find_target, live_release, read_release
from bulletin.publish.manifests import read_manifest
from bulletin.publish.signatures import signer_of
from bulletin.publish.targets.opening import open_target
from bulletin.publish.targets.target import Target


@dataclass(frozen=True, slots=True)
class Approach:
    """Who comes to a target: which target (empty for the only one), by whom, and whether the lock of somebody else is taken away."""

    target: str
    holder: LockHolder
    breaking: bool = False


def list_releases(root: Path, name: str, progress: Progress, *, examine: bool) -> ReleasesReport:
    """The releases of a target, newest first; with `examine`, all their files are read and compared with their manifests.

    Raises:
        UsageError: No such target.
        TargetUnavailable: It cannot be reached.
    """
    settings = find_target(root, read_targets(root), name)
    with open_target(root, settings.place, progress) as target:
        live = target.live()
        kept = tuple(_kept(root, target, settings, each, examine=examine) for each in target.kept())
        marked = tuple(each if each.name != live else _as_live(each) for each in kept)
        return ReleasesReport(settings.name, marked, examine)


def rollback(root: Path, approach: Approach, wanted: str, progress: Progress) -> SwitchReport:
    """Makes an older release live again: the one before, or the one that is named, whole or by its serial number.

    Raises:
        UsageError: There is no such release, or it would make public again what was taken back.
        TargetUnavailable: The target failed, or other things are served: then nothing changed.
    """
    with at_work(root, approach, progress) as course:
        live = live_release(root, course.target, course.settings)
        notes = course.log.reconcile(live.release)
        release = read_release(root, course.target, course.settings, _chosen(course.target, live.name, wanted))
        _require_still_cleared(root, release, live.release)
        had = live.release.files if live.release else {}
        shown = live.release.articles if live.release else ()
        came, went = came_and_went(shown, release.articles)
        change = Change(Act.ROLLED_BACK, release, live.release)
        switched = switch_to(course, change, difference(had, release.files).sent)
    notes = (*notes, *switched.notes)
    return SwitchReport(course.settings.name, live.name, release.name, came, went, switched.fetched, notes)


def prune(root: Path, approach: Approach, keep: int | None, progress: Progress) -> tuple[str, ...]:
    """Removes all kept releases but the live one and the newest, `keep` in all, that of the settings where it is left out; returns
    the names of those that went.

    Raises:
        UsageError: No such target.
        TargetUnavailable: The target failed.
    """
    with at_work(root, approach, progress) as course:
        live = live_release(root, course.target, course.settings)
        if not live.name:
            raise UsageError(message("“{name}”上还没有发布过", name=course.settings.name))
        course.log.reconcile(live.release)
        return prune_kept(course, live.name, keep or course.settings.keep)


@contextmanager
def at_work(root: Path, approach: Approach, progress: Progress) -> Iterator[Course]:
    """The target, locked, and its log."""
    publication = read_targets(root)
    settings = find_target(root, publication, approach.target)
    with (
        open_target(root, settings.place, progress) as target,
        target.locked(approach.holder, breaking=approach.breaking),
        opened_log(root, publication, settings.name, approach.holder) as log,
    ):
        yield Course(settings, target, log, progress)


def _chosen(target: Target, live: str, wanted: str) -> str:
    """The release that is meant.

    Raises:
        UsageError: There is none, or nothing to go back to.
    """
    kept = target.kept()
    if not kept:
        raise UsageError(message("还没有发布过"), message("先发布：bulletin publish"))
    older = [name for name in kept if not live or age_of(name) < age_of(live)]
    if not wanted:
        if not older:
            raise UsageError(message("没有更早的版可以回退"), message("保留了哪些版：bulletin releases"))
        return older[0]
    found = [name for name in kept if wanted == name or wanted.lstrip("0") == str(serial_of(name))]
    if not found:
        raise UsageError(message("没有保留“{wanted}”这一版", wanted=wanted), message("保留的有：{kept}", kept=kept))
    if found[0] == live and not target.unfinished():
        raise UsageError(message("现在正是第 {name} 版，不用回退", name=live))
    return found[0]


def _require_still_cleared(root: Path, release: Release, live: Release | None) -> None:
    """Refuses a release with articles that are not public now and whose clearance was taken back since.

    Raises:
        UsageError: There is such an article.
    """
    if release.audience is not Audience.PUBLIC:
        return
    shown = {each.path for each in live.articles} if live else set()
    taken = [each for each in release.articles if each.path not in shown and _is_taken_back(root, each)]
    if taken:
        what = message(
            "第 {name} 版里有已经撤回的《{title}》等 {count} 篇，不能回退到它",
            name=release.name,
            title=taken[0].title,
            count=len(taken),
        )
        raise UsageError(what, message("改用更近的版；确要重新公开，先用 bulletin clear 重新审签，再发布"))


def _is_taken_back(root: Path, article: PublishedArticle) -> bool:
    """True unless the article's address is cleared in the log of its issue."""
    year, issue, number = article.path.split("/")
    key = IssueKey.parse(f"{year}-{issue}")
    log = load_clearances(root, key).value if key else None
    cleared = {each.number for each in standing(log or ()).values() if each.digest}
    return int(number) not in cleared


def _kept(root: Path, target: Target, settings: TargetSettings, name: str, *, examine: bool) -> KeptRelease:
    """What can be said of a release, also where nothing of it can be believed."""
    try:
        manifest = target.manifest(name)
        release = read_manifest(manifest.content, name)
    except TargetUnavailable as broken:
        return KeptRelease(name, live=False, release=None, signed_by="", fault=broken.message)
    signed_by, fault = signer_of(manifest, root / settings.signers) if settings.signers else ("", None)
    wrong = target.examine(release) if examine else ()
    return KeptRelease(name, False, release, signed_by, fault or NOTHING, wrong)


def _as_live(kept: KeptRelease) -> KeptRelease:
    return KeptRelease(kept.name, True, kept.release, kept.signed_by, kept.fault, kept.wrong)
