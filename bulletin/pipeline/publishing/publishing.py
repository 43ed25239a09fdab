"""Publishing: the site is made and proven, compared with what is live, sent, read back, switched to, and fetched again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.compose.publishing import carry, compose_plan
from bulletin.model.errors import UsageError
from bulletin.model.problem import Message, Problem, message
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.model.publication_log import Act
from bulletin.model.publishing import Plan, PublishOrder, PublishReport
from bulletin.model.release import Release, age_of, serial_of
from bulletin.model.target import TargetSettings
from bulletin.pipeline.publishing.log import opened_log
from bulletin.pipeline.publishing.pruning import prune_kept
from bulletin.pipeline.publishing.settings import read_targets
from bulletin.pipeline.publishing.site_release import reader_of, site_release
from bulletin.pipeline.publishing.switching import Change, Course, switch_to
from bulletin.pipeline.publishing.targets import Live, find_target, live_release, read_release
from bulletin.pipeline.site.building import build_site
from bulletin.publish import locked
from bulletin.publish.manifests import write_manifest
from bulletin.publish.signatures import sign
from bulletin.publish.targets.opening import open_target
from bulletin.publish.targets.target import Manifest, Parcel, Received, Target


@dataclass(frozen=True, slots=True)
class _Job:
    """What is being published, and where to; `made` is the site as a release without a number."""

    root: Path
    settings: TargetSettings
    order: PublishOrder
    target: Target
    made: Release


def publish(root: Path, order: PublishOrder, progress: Progress) -> PublishReport:
    """Makes the site of the target's audience, and puts it on the target.

    Nothing goes out but the bytes that were proven and searched; nothing is live before all of it is there and was read back; whatever
    fails, visitors see the release before or the new one. Running it again finishes what was broken off.

    Raises:
        UsageError: No such target, too many pages would go, somebody else is publishing, or a file changed after it was proven.
        TargetUnavailable, RegisterUnavailable, RenderingFailed, CannotWrite: The machine, or the target's, is at fault.
    """
    publication = read_targets(root)
    settings = find_target(root, publication, order.target)
    site = replace(order.site, audience=settings.audience)
    built = build_site(root, site, progress)
    if not built.made:
        return PublishReport(settings.name, built.problems)
    with locked(site.output), open_target(root, settings.place, progress) as target:
        made = site_release(root, publication, settings.name, site, order.holder)
        job = _Job(root, settings, replace(order, site=site), target, made)
        if order.dry_run:
            live = live_release(root, target, settings)
            plan = _plan(job, live, _numbered(job, live, 0))
            return PublishReport(settings.name, built.problems, plan, notes=tuple(_doubts(live)))
        return _publish(job, publication, built.problems, progress)


def _publish(job: _Job, publication: Publication, problems: tuple[Problem, ...], progress: Progress) -> PublishReport:
    """Publishes what is made, alone on the target."""
    order, settings = job.order, job.settings
    with (
        job.target.locked(order.holder, breaking=order.breaking),
        opened_log(job.root, publication, settings.name, order.holder) as log,
    ):
        live = live_release(job.root, job.target, settings)
        notes = (*_doubts(live), *log.reconcile(live.release))
        wanted = _received_before(job, live) or _numbered(job, live, log.last_serial())
        plan = _plan(job, live, wanted)
        report = PublishReport(settings.name, problems, plan, done=True, release=live.name)
        if live.release and not plan.difference and not job.target.unfinished():
            if order.withdrawal:
                log.enter_withdrawn(live.name, order.withdrawal)
            return replace(report, notes=notes)
        _require_allowed(order, settings, plan)
        received = _send(job, live.release, wanted, progress)
        course = Course(settings, job.target, log, progress)
        change = Change(Act.PUBLISHED, wanted, live.release, order.withdrawal)
        switched = switch_to(course, change, plan.difference.sent)
        removed = prune_kept(course, wanted.name, settings.keep)
        return replace(
            report,
            release=wanted.name,
            sent=received.sent,
            sent_bytes=received.sent_bytes,
            fetched=switched.fetched,
            removed=removed,
            notes=(*notes, *switched.notes, *_remarks(job.target)),
        )


def _plan(job: _Job, live: Live, wanted: Release) -> Plan:
    return compose_plan(job.settings.name, live.name, live.release, wanted)


def _doubts(live: Live) -> Iterator[Message]:
    """What an editor should know of the release that visitors see."""
    if live.fault:
        yield message("正在用的一版不能相信，全部重传：{fault}", fault=live.fault)


def _numbered(job: _Job, live: Live, last: int) -> Release:
    """The site as the next release of the target, with what pages of the one that is live ask for."""
    numbers = (serial_of(name) for name in job.target.kept())
    serial = max((last, *numbers)) + 1
    return carry(replace(job.made, serial=serial, previous=live.name), live.release)


def _received_before(job: _Job, live: Live) -> Release | None:
    """The newest release that is kept, if it is this very site and was not switched to: an earlier attempt ended there."""
    newest = next(iter(job.target.kept()), "")
    if not newest or age_of(newest) <= age_of(live.name):
        return live.release if job.target.unfinished() and _is_same(live.release, job.made) else None
    release = read_release(job.root, job.target, job.settings, newest)
    return release if _is_same(release, job.made) else None


def _is_same(kept: Release | None, made: Release) -> bool:
    """True if the release is the very site that was made."""
    return kept is not None and kept.own == made.files and kept.articles == made.articles


def _require_allowed(order: PublishOrder, settings: TargetSettings, plan: Plan) -> None:
    """Raises: UsageError: More pages would go than may without being asked for."""
    count = len(plan.pages_removed)
    if count > settings.allow_removed and not order.allow_removed:
        what = message(
            "要从网站撤下 {count} 个网页，超过 {most} 个，没有发布", count=count, most=settings.allow_removed
        )
        advice = message(
            "先用 --dry-run 看清是哪些；确要撤下，加 --allow-delete。如 {path}", path=f"/{plan.pages_removed[0]}"
        )
        raise UsageError(what, advice)


def _send(job: _Job, live: Release | None, wanted: Release, progress: Progress) -> Received:
    if wanted.name in job.target.kept():
        return Received(0, 0, len(wanted.files))
    content = write_manifest(wanted)
    key = job.settings.signing_key
    signature = sign(content, _key_path(job.root, key)) if key else b""
    read = reader_of(job.order.site.folder, wanted)
    return job.target.receive(Parcel(wanted, Manifest(content, signature), read), live, progress)


def _key_path(root: Path, said: str) -> Path:
    """`~` is the user's home; what is relative lies in the publication."""
    return root / Path(said).expanduser()


def _remarks(target: Target) -> tuple[Message, ...]:
    if target.switches_at_once:
        return ()
    return (message("这种发布目标不能一下子切换：几秒钟里，来访的人可能看到新旧两版的网页"),)
