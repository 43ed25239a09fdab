"""Taking a published article back (撤稿): from the site, from every target, and from every release that is kept there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bulletin.model.audience import Audience
from bulletin.model.errors import BulletinError, TargetUnavailable, UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import message
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.model.publishing import PublishOrder, Withdrawal, WithdrawalReport, WithdrawnFrom
from bulletin.model.release import PublishedArticle
from bulletin.model.target import KitPlace, TargetSettings
from bulletin.pipeline.clearing import withdraw as withdraw_clearances
from bulletin.pipeline.publishing.pruning import remove_kept
from bulletin.pipeline.publishing.publishing import publish
from bulletin.pipeline.publishing.releases import Approach, at_work
from bulletin.pipeline.publishing.settings import read_targets
from bulletin.pipeline.publishing.switching import Course
from bulletin.pipeline.publishing.targets import find_target, read_release

_HELD_IT = "含有撤下的文章"
"""The reason in the log, which is kept as it is written."""


def withdraw(
    root: Path, order: PublishOrder, wanted: tuple[IssueKey, Iterable[str]], reason: str, progress: Progress
) -> WithdrawalReport:
    """Takes back the clearance of articles for good, publishes the site without them to every public target, or to the one that is named, and
    removes every kept release that holds one of them. Running it again finishes what failed.

    Args:
        root: The publication's folder.
        order: How to publish.
        wanted: The issue, and its articles; none for all of them.
        reason: Why; it is entered in the log of publication, and stands on no page.
        progress: Told what is being done.

    Raises:
        UsageError: No reason, no such article, no such target.
    """
    if not reason.strip():
        raise UsageError(message("请写撤稿的原因（--reason）：记入发布记录，不公开"))
    publication = read_targets(root)
    targets = _targets(root, publication, order.target)
    key, articles = wanted
    said = withdraw_clearances(root, key, articles, order.holder.by, order.holder.at)
    if not said.articles:
        return WithdrawalReport(said)
    gone = tuple(
        PublishedArticle("/".join(address.rstrip("/").split("/")[-3:]), title)
        for (_, title), address in zip(said.articles, said.addresses, strict=True)
    )
    withdrawal = Withdrawal(gone, reason.strip())
    done = (_from_target(root, replace(order, target=each.name), withdrawal, progress) for each in targets)
    return WithdrawalReport(said, tuple(done))


def _targets(root: Path, publication: Publication, name: str) -> tuple[TargetSettings, ...]:
    """The public targets; only the one that is named, where one is."""
    if name:
        return (find_target(root, publication, name),)
    return tuple(
        each
        for each in publication.targets
        if each.audience is Audience.PUBLIC and not isinstance(each.place, KitPlace)
    )


def _from_target(root: Path, order: PublishOrder, withdrawal: Withdrawal, progress: Progress) -> WithdrawnFrom:
    """Takes the articles from one target; a failure there must not keep them on the others."""
    try:
        report = publish(root, replace(order, allow_removed=True, withdrawal=withdrawal), progress)
        if not report.done:
            what = message("网站没有做成，文章还在“{target}”上", target=order.target)
            return WithdrawnFrom(order.target, report, (), what, message("改正上面的错误，再运行一次同样的命令"))
        with at_work(root, Approach(order.target, order.holder, order.breaking), progress) as course:
            held = _held(root, course, {each.path for each in withdrawal.articles})
            removed = remove_kept(course, held, _HELD_IT)
    except BulletinError as failure:
        return WithdrawnFrom(order.target, None, (), failure.message, failure.advice)
    return WithdrawnFrom(order.target, report, removed)


def _held(root: Path, course: Course, paths: set[str]) -> tuple[str, ...]:
    """The kept releases that hold one of the articles, or of which nobody can say that they do not.

    Raises:
        TargetUnavailable: The live one does.
    """
    found = []
    for name in course.target.kept():
        try:
            release = read_release(root, course.target, course.settings, name)
            holds = any(each.path in paths for each in release.articles)
        except TargetUnavailable:
            holds = True
        if holds:
            found.append(name)
    if course.target.live() in found:
        raise TargetUnavailable(message("正在用的第 {name} 版里还有这些文章", name=course.target.live()))
    return tuple(found)
