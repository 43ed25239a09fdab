"""Taking a published article back (撤稿): from the site, from every target, and from every release that is kept there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bulletin.load.issue import load_clearances
from bulletin.model.audience import Audience
from bulletin.model.clearance_log import standing
from bulletin.model.errors import BulletinError, UsageError
from bulletin.model.issue import Clearance
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, message
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.model.publishing import PublishOrder, WithdrawalReport, WithdrawnFrom
from bulletin.model.target import KitPlace, TargetSettings
from bulletin.pipeline.addresses import public_address, site_url
from bulletin.pipeline.clearing import enter_withdrawal, known_titles
from bulletin.pipeline.publishing.publishing import publish
from bulletin.pipeline.publishing.settings import read_targets


def withdraw(
    root: Path, order: PublishOrder, wanted: tuple[IssueKey, Iterable[str]], reason: str, progress: Progress
) -> WithdrawalReport:
    """Takes back the clearance of articles for good, and publishes the site without them to every public target; every kept release that holds one of
    them is removed there. What fails is finished by the next publishing, or by running it again.

    Args:
        root: The publication's folder.
        order: How to publish; its target is not looked at.
        wanted: The issue, and its articles; none for all of them.
        reason: Why; it is kept in the logs of clearances and of publication, and stands on no page.
        progress: Told what is being done.

    Raises:
        UsageError: No reason, no such article.
    """
    if not reason.strip():
        raise UsageError(message("请写撤稿的原因：--reason 原因（记入发布记录，不公开）"))
    publication = read_targets(root)
    key, articles = wanted
    entry = Clearance("", 0, order.holder.by, order.holder.at, "", withdrawn=True, reason=reason.strip())
    said = enter_withdrawal(root, key, articles, entry)
    if not said.articles:
        return WithdrawalReport(said)
    order = replace(order, allow_removed=True)
    done = (_from_target(root, replace(order, target=each.name), progress) for each in _public(publication))
    return WithdrawalReport(said, tuple(done), tuple(_elsewhere(publication, key, order.site.output)))


def articles_of(root: Path, key: IssueKey, named: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """File, title and public address of the articles that are named, of all that ever were cleared where none is: what an editor is asked before they are
    withdrawn."""
    counts, url = standing(load_clearances(root, key).value or ()), site_url(root)
    wanted, titles = frozenset(named), known_titles(root, key)
    return tuple(
        (slug, titles.get(slug, ""), public_address(url, key, each.number))
        for slug, each in counts.items()
        if not wanted or slug in wanted or any(name.isdecimal() and slug[:2] == f"{int(name):02}" for name in wanted)
    )


def _public(publication: Publication) -> tuple[TargetSettings, ...]:
    return tuple(
        each
        for each in publication.targets
        if each.audience is Audience.PUBLIC and not isinstance(each.place, KitPlace)
    )


def _from_target(root: Path, order: PublishOrder, progress: Progress) -> WithdrawnFrom:
    """Takes the articles from one target; a failure there must not keep them on the others."""
    try:
        report = publish(root, order, progress)
    except BulletinError as failure:
        return WithdrawnFrom(order.target, None, failure.message, failure.advice)
    if report.done:
        return WithdrawnFrom(order.target, report)
    what = message("网站没有做成，文章还在“{target}”上", target=order.target)
    return WithdrawnFrom(order.target, report, what, message("改正上面的错误，再运行一次同样的命令"))


def _elsewhere(publication: Publication, key: IssueKey, output: Path) -> Iterable[Message]:
    """Where the articles are still, or may be, and nobody but the editor can take them from."""
    for each in publication.targets:
        if each.audience is Audience.INTRANET:
            yield message("内网“{name}”上还有：内网收全部稿件，要撤就改稿件或删稿件，再发布", name=each.name)
    if (output / f"handover/{key}.zip").is_file():
        yield message("交接包里还有：请运行 bulletin handover {issue} 重做，并请平台的编辑也撤下", issue=str(key))
