"""Publishing: the site is made and proven, compared with what is live, sent, read back, switched to, and fetched again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.compose.publishing import carry, compose_plan
from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import Message, Problem, message
from bulletin.model.progress import Progress
from bulletin.model.publication_log import Act
from bulletin.model.publishing import Plan, PublishOrder, PublishReport, Withdrawal
from bulletin.model.release import PublishedArticle, Release, serial_of
from bulletin.model.target import TargetSettings
from bulletin.pipeline.publishing.log import opened_log
from bulletin.pipeline.publishing.pruning import prune_kept, remove_withdrawn
from bulletin.pipeline.publishing.refusing import (
    refuse_another_site,
    refuse_losses,
    refuse_lost_place,
    refuse_public_records,
    refuse_undone_withdrawals,
)
from bulletin.pipeline.publishing.settings import read_targets
from bulletin.pipeline.publishing.signing import require_signing, signed
from bulletin.pipeline.publishing.site_release import LostLooks, Made, reader_of, require_unchanged, site_release
from bulletin.pipeline.publishing.switching import Change, Course, switch_to
from bulletin.pipeline.publishing.targets import Live, find_target, live_release, read_release
from bulletin.pipeline.site.building import build_site
from bulletin.publish import locked
from bulletin.publish.manifests import write_manifest
from bulletin.publish.targets.opening import open_target
from bulletin.publish.targets.target import Parcel, Received, Target

_NO_REASON = "没有写明原因"
"""Of a withdrawal in the log of clearances that says none; kept as it is written."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is being published, and where to."""

    root: Path
    settings: TargetSettings
    order: PublishOrder
    target: Target
    made: Made


def publish(root: Path, order: PublishOrder, progress: Progress) -> PublishReport:
    """Makes the site of the target's audience, and puts it on the target.

    Nothing goes out but the bytes that were proven and searched; nothing is live before all of it is there and was read back; whatever
    fails, visitors see the release before or the new one. Running it again finishes what was broken off. Where nothing is to be changed, what
    lies on the target is read, and mended where somebody edited it.

    Raises:
        UsageError: No such target, it holds another site, more would go than may, somebody else is publishing, or a file or a source
            changed after it was proven.
        TargetUnavailable, RegisterUnavailable, RenderingFailed, CannotWrite: The machine, or the target's, is at fault.
    """
    publication = read_targets(root)
    settings = find_target(root, publication, order.target)
    require_signing(root, settings)
    site = replace(order.site, audience=settings.audience)
    built = build_site(root, site, progress)
    if not built.made:
        return PublishReport(settings.name, built.problems)
    with locked(site.output), open_target(root, settings.place, progress) as target:
        made = site_release(root, publication, settings, site, order.holder)
        job = _Job(root, settings, replace(order, site=site), target, made)
        if order.dry_run:
            return _look(job, built.problems)
        with (
            target.locked(order.holder, breaking=order.breaking),
            opened_log(root, publication, settings.name, order.holder, order.clock) as log,
        ):
            return _publish(job, Course(settings, target, log, progress, made.release.publication), built.problems)


def _look(job: _Job, problems: tuple[Problem, ...]) -> PublishReport:
    """What would be done, and what of the live release is not as it should be."""
    live = live_release(job.root, job.target, job.settings)
    refuse_another_site(job.settings, live.release, job.made.release)
    plan = _plan(job, live, _numbered(job, live, 0))
    wrong = job.target.examine(live.release) if live.release and not plan.difference else ()
    return PublishReport(job.settings.name, problems, plan, notes=tuple(_doubts(live)), wrong=wrong)


def _publish(job: _Job, course: Course, problems: tuple[Problem, ...]) -> PublishReport:
    """Publishes what is made, alone on the target."""
    order, settings, made = job.order, job.settings, job.made
    refuse_public_records(settings, job.target)
    refuse_lost_place(order, settings, job.target, course.log)
    live = live_release(job.root, job.target, settings)
    refuse_another_site(settings, live.release, made.release)
    refuse_undone_withdrawals(live.release, made.release)
    notes = (*_doubts(live), *course.log.reconcile(live.release))
    wanted = _received_before(job, live) or _numbered(job, live, course.log.last_serial())
    plan = _plan(job, live, wanted)
    report = PublishReport(settings.name, problems, plan, done=True, release=live.name, notes=notes)
    if live.release and _stands(job, live.release, plan):
        with suppress(LostLooks):
            return _mended(job, course, live.release, report)
    refuse_losses(job.root, order, settings, plan)
    if not order.confirm(plan):
        return replace(report, done=False)
    try:
        received = _send(job, live.release, wanted, course.progress)
    except LostLooks:
        wanted = replace(made.release, serial=wanted.serial, previous=live.name)
        received = _send(job, live.release, wanted, course.progress)
    require_unchanged(job.root, made)
    change = Change(Act.PUBLISHED, wanted, live.release, _withdrawals(made, live.release, plan))
    switched = switch_to(course, change, plan.difference.sent)
    return replace(
        report,
        release=wanted.name,
        sent=received.sent,
        sent_bytes=received.sent_bytes,
        fetched=switched.fetched,
        removed=(*remove_withdrawn(job.root, course, wanted), *prune_kept(course, wanted.name, settings.keep)),
        notes=(*notes, *switched.notes, *_remarks(job.target)),
    )


def _stands(job: _Job, live: Release, plan: Plan) -> bool:
    """True if visitors see just this site, signed if it is to be."""
    unsigned = job.settings.signing_key and not job.target.manifest(live.name).signature
    return (
        not plan.difference
        and not job.target.unfinished()
        and not unsigned
        and live.withdrawn == job.made.release.withdrawn
    )


def _mended(job: _Job, course: Course, live: Release, report: PublishReport) -> PublishReport:
    """The live release read back, what somebody edited sent again, and what was withdrawn removed from those that are kept."""
    parcel = Parcel(live, job.target.manifest(live.name), reader_of(job.order.site.folder, live))
    received = job.target.receive(parcel, live, course.progress)
    notes = report.notes
    if count := received.sent + received.removed:
        if not job.target.switches_at_once:
            job.target.switch(live.name)
        notes = (*notes, message("服务器上有 {count} 个文件被人改动、删去或添加过，已照原样恢复", count=count))
    return replace(report, sent=received.sent, removed=remove_withdrawn(job.root, course, live), notes=notes)


def _withdrawals(made: Made, live: Release | None, plan: Plan) -> tuple[Withdrawal, ...]:
    """What is withdrawn by this release and was not by the one before, by reasons."""
    before = dict(live.withdrawn) if live else {}
    shown = {each.path: each for each in plan.taken_off}
    fresh = [path for path, at in made.release.withdrawn if before.get(path) != at]
    reasons = dict.fromkeys(made.reasons[path] for path in fresh)
    return tuple(
        Withdrawal(
            tuple(shown.get(path, PublishedArticle(path, "")) for path in fresh if made.reasons[path] == reason),
            reason or _NO_REASON,
        )
        for reason in reasons
    )


def _plan(job: _Job, live: Live, wanted: Release) -> Plan:
    return compose_plan(job.settings.name, live.name, live.release, wanted)


def _doubts(live: Live) -> Iterator[Message]:
    """What an editor should know of the release that visitors see."""
    if live.fault:
        yield message("正在用的一版不能相信，全部重传：{fault}", fault=live.fault)


def _numbered(job: _Job, live: Live, last: int) -> Release:
    """The site as the next release of the target, with what pages of the one that is live ask for."""
    serial = max((last, *(serial_of(name) for name in job.target.kept()))) + 1
    return carry(replace(job.made.release, serial=serial, previous=live.name), live.release)


def _received_before(job: _Job, live: Live) -> Release | None:
    """The newest release that is kept, if it is this very site and was not switched to: an earlier attempt ended there."""
    newest = next(iter(job.target.kept()), "")
    if not newest or (live.name and serial_of(newest) <= serial_of(live.name)):
        return live.release if job.target.unfinished() and _is_same(live.release, job.made.release) else None
    try:
        release = read_release(job.root, job.target, job.settings, newest)
    except TargetUnavailable:  # another number is taken
        return None
    return release if _is_same(release, job.made.release) else None


def _is_same(kept: Release | None, made: Release) -> bool:
    """True if the release is the very site that was made."""
    if kept is None:
        return False
    return (kept.own, kept.articles, kept.withdrawn) == (made.files, made.articles, made.withdrawn)


def _send(job: _Job, live: Release | None, wanted: Release, progress: Progress) -> Received:
    kept = wanted.name in job.target.kept()
    manifest = job.target.manifest(wanted.name) if kept else signed(job.root, job.settings, write_manifest(wanted))
    read = reader_of(job.order.site.folder, wanted)
    return job.target.receive(Parcel(wanted, manifest, read), live, progress)


def _remarks(target: Target) -> tuple[Message, ...]:
    if target.switches_at_once:
        return ()
    return (message("这种发布目标不能一下子切换：几秒钟里，来访的人可能看到新旧两版的网页"),)
