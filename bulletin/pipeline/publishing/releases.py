"""The releases that a target keeps: listed, gone back to, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.compose.publishing import came_and_went
from bulletin.model.audience import Audience
from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.model.problem import NOTHING, message
from bulletin.model.progress import Progress
from bulletin.model.publication_log import Act
from bulletin.model.publishing import KeptRelease, ReleasesReport, SwitchReport
from bulletin.model.release import Release, age_of, difference, serial_of
from bulletin.model.target import LockHolder, TargetSettings
from bulletin.pipeline.publishing.log import opened_log
from bulletin.pipeline.publishing.pruning import prune_kept
from bulletin.pipeline.publishing.refusing import refuse_stranger, refuse_taken_back
from bulletin.pipeline.publishing.settings import read_targets
from bulletin.pipeline.publishing.signing import path_in
from bulletin.pipeline.publishing.switching import Change, Course, switch_to
from bulletin.pipeline.publishing.targets import find_target, live_release, read_release
from bulletin.publish.manifests import read_manifest
from bulletin.publish.signatures import signer_of
from bulletin.publish.targets.opening import open_target
from bulletin.publish.targets.target import Target


@dataclass(frozen=True, slots=True)
class Approach:
    """Who comes to a target: which target (empty for the only one), by whom, whether the lock of somebody else is taken away, and what
    time it is (ISO 8601, with zone)."""

    target: str
    holder: LockHolder
    breaking: bool = False
    clock: Callable[[], str] | None = None


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
        marked = tuple(replace(each, live=each.name == live) for each in kept)
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
        refuse_stranger(course.settings, course.name, release)
        if course.settings.audience is Audience.PUBLIC:
            refuse_taken_back(root, release, live.release.articles if live.release else ())
        progress(message("正在读回第 {name} 版核对", name=release.name))
        _refuse_damaged(release, course.target.examine(release))
        had = live.release.files if live.release else {}
        came, went = came_and_went(live.release.articles if live.release else (), release.articles)
        change = Change(Act.ROLLED_BACK, release, live.release)
        switched = switch_to(course, change, difference(had, release.files).sent)
    notes = (*notes, *switched.notes)
    return SwitchReport(course.settings.name, live.name, release.name, came, went, switched.fetched, notes)


def _refuse_damaged(release: Release, wrong: tuple[str, ...]) -> None:
    """Raises: UsageError: Files of the release are not as its manifest says."""
    if wrong:
        what = message(
            "第 {name} 版有 {count} 个文件被人改动过，如 {path}，不能回退到它",
            name=release.name,
            count=len(wrong),
            path=f"/{wrong[0]}",
        )
        raise UsageError(what, message("改用别的版，或用现在的稿件再发布一次"))


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
        opened_log(root, publication, settings.name, approach.holder, approach.clock) as log,
    ):
        yield Course(settings, target, log, progress, publication.register.name)


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
            raise UsageError(message("没有更早的版可以回退"), message("保留着的：{kept}", kept=kept))
        return older[0]
    found = [name for name in kept if wanted == name or wanted.lstrip("0") == str(serial_of(name))]
    if not found:
        raise UsageError(message("没有保留“{wanted}”这一版", wanted=wanted), message("保留的有：{kept}", kept=kept))
    if found[0] == live and not target.unfinished():
        raise UsageError(message("现在正是第 {name} 版，不用回退", name=live))
    return found[0]


def _kept(root: Path, target: Target, settings: TargetSettings, name: str, *, examine: bool) -> KeptRelease:
    """What can be said of a release, also where nothing of it can be believed."""
    try:
        manifest = target.manifest(name)
        release = read_manifest(manifest.content, name)
    except TargetUnavailable as broken:
        return KeptRelease(name, live=False, release=None, signed_by="", fault=broken.message)
    signed_by, fault = signer_of(manifest, path_in(root, settings.signers)) if settings.signers else ("", None)
    wrong = target.examine(release) if examine else ()
    return KeptRelease(name, False, release, signed_by, fault or NOTHING, wrong)
