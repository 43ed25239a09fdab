"""What must not be published, however it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bulletin.load.issue import load_clearances
from bulletin.model.audience import Audience
from bulletin.model.clearance_log import Log, standing, taken_back
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, message
from bulletin.model.publishing import Plan, PublishOrder
from bulletin.model.release import PublishedArticle, Release
from bulletin.model.target import TargetSettings
from bulletin.pipeline.publishing.log import TargetLog
from bulletin.publish.targets.target import Target

_AUDIENCES = {Audience.PUBLIC: message("公开"), Audience.INTRANET: message("内网")}


def refuse_another_site(settings: TargetSettings, live: Release | None, wanted: Release) -> None:
    """Refuses a target on which another site is live: the intranet's in place of the public one, or another publication's.

    Raises:
        UsageError: It is.
    """
    if live is None or (live.audience is wanted.audience and live.publication == wanted.publication):
        return
    what = message(
        "“{target}”上现在是《{there}》的{that}网站，这次要放的是《{here}》的{this}网站，没有发布",
        target=settings.name,
        there=live.publication,
        that=_AUDIENCES[live.audience],
        here=wanted.publication,
        this=_AUDIENCES[wanted.audience],
    )
    raise UsageError(what, message("核对 bulletin.yaml 里这个目标的 to 和 audience；公开和内网各用各的文件夹"))


def refuse_stranger(settings: TargetSettings, publication: str, release: Release) -> None:
    """Refuses a kept release that was not made for this target: somebody put it there.

    Raises:
        UsageError: It is of another audience, another publication, or, where only signed releases are believed, another target.
    """
    elsewhere = settings.signers and release.target != settings.name
    if release.audience is not settings.audience or release.publication != publication or elsewhere:
        what = message(
            "第 {name} 版是《{publication}》的{audience}网站，为“{target}”做的，不能用在“{here}”上",
            name=release.name,
            publication=release.publication,
            audience=_AUDIENCES[release.audience],
            target=release.target,
            here=settings.name,
        )
        raise UsageError(what, message("查明是谁放的；用 bulletin prune 可以删去"))


def refuse_lost_place(order: PublishOrder, settings: TargetSettings, target: Target, log: TargetLog) -> None:
    """Refuses a target that is empty though the log knows of releases on it: a disk that is not mounted, an address that changed.

    Raises:
        UsageError: It is, and nobody said that it is new.
    """
    said = log.last_live()
    if said and not order.fresh and not target.live() and not target.kept():
        what = message("发布记录里“{name}”上有第 {said} 版，现在那里却是空的，没有发布", name=settings.name, said=said)
        raise UsageError(what, message("多半是磁盘没有挂上，或 to 改了；确是换了新服务器，加 --new-server"))


def refuse_losses(root: Path, order: PublishOrder, settings: TargetSettings, plan: Plan) -> None:
    """Refuses what takes more from the site than anybody asked for: many pages, or articles that only lost their clearance by an edit.

    Raises:
        UsageError: It does, and nobody allowed it.
    """
    if order.allow_removed:
        return
    lapsed = [each for each in plan.taken_off if _is_only_void(root, settings, each)]
    if lapsed:
        what = message(
            "{count} 篇已公开的文章改动后没有重新审签，现在发布就会从网上消失：{titles}",
            count=len(lapsed),
            titles=tuple(f"《{each.title}》" for each in lapsed[:5]),
        )
        raise UsageError(what, message("先重新审签（bulletin clear）再发布；确要撤下，加 --allow-delete"))
    count = len(plan.pages_removed)
    if count > settings.allow_removed:
        what = message(
            "要从网站撤下 {count} 个网页（文章 {articles} 篇），超过 {most} 个，没有发布",
            count=count,
            articles=len(plan.taken_off),
            most=settings.allow_removed,
        )
        raise UsageError(what, message("先用 --dry-run 看清是哪些；确要撤下，加 --allow-delete"))


def refuse_undone_withdrawals(live: Release | None, wanted: Release) -> None:
    """Refuses to show again what was withdrawn, from sources that do not know of it: an old copy of a colleague's.

    Raises:
        UsageError: An article would be, whose clearance is not newer than its withdrawal.
    """
    withdrawn = dict(live.withdrawn) if live else {}
    back = [
        each for each in wanted.articles if each.path in withdrawn and not _later(each.cleared_at, withdrawn[each.path])
    ]
    if back:
        what = message(
            "《{title}》（{path}）在网站上已经撤稿，这里的稿件却还当它是公开的，没有发布",
            title=back[0].title,
            path=f"/{back[0].path}/",
        )
        raise UsageError(what, message("这份稿件多半是旧的：先用版本管理取到最新的，再发布"))


def refuse_taken_back(root: Path, release: Release, shown: Iterable[PublishedArticle]) -> None:
    """Refuses an older release of the public site with a version of an article that was taken back since, or that nobody here cleared.

    Raises:
        UsageError: There is one.
    """
    now = {(each.path, each.digest) for each in shown}
    logs: dict[str, Log] = {}
    taken = [
        each
        for each in release.articles
        if (each.path, each.digest) not in now and _is_taken_back(_log_of(root, each, logs), each)
    ]
    if taken:
        what = message(
            "第 {name} 版里有已经撤回的《{title}》等 {count} 篇，不能回退到它",
            name=release.name,
            title=taken[0].title,
            count=len(taken),
        )
        raise UsageError(what, message("改用更近的版；确要重新公开，先用 bulletin clear 重新审签，再发布"))


def refuse_public_records(settings: TargetSettings, target: Target) -> None:
    """Refuses a target whose records visitors may read: what is not public yet or no more, and who cleared what, lies there.

    Raises:
        UsageError: They may.
    """
    address = target.exposed(settings.url)
    if address:
        what: Message = message(
            "来访的人读得到发布的记录（{address}）：里面有还没公开、已经撤下的内容", address=address
        )
        raise UsageError(what, message("请管理员在桶策略里禁止匿名读取 .bulletin/ 下的一切，再发布（说明书里有样例）"))


def _is_only_void(root: Path, settings: TargetSettings, article: PublishedArticle) -> bool:
    """True if the article is still cleared in the log of its issue, but not as it stands."""
    if settings.audience is not Audience.PUBLIC:
        return False
    number = int(article.path.split("/")[-1])
    return any(each.number == number and each.digest for each in standing(_log_of(root, article, {})).values())


def _is_taken_back(log: Log, article: PublishedArticle) -> bool:
    number = int(article.path.split("/")[-1])
    cleared = {each.digest for each in log if each.number == number and each.digest}
    return article.digest not in cleared or article.digest in taken_back(log, number)


def _log_of(root: Path, article: PublishedArticle, known: dict[str, Log]) -> Log:
    """The log of clearances of the article's issue; nothing where there is none."""
    issue = article.path.rpartition("/")[0]
    if issue not in known:
        key = IssueKey.parse("-".join(issue.split("/")))
        known[issue] = (load_clearances(root, key).value if key else None) or ()
    return known[issue]


def _later(one: str, other: str) -> bool:
    """True if the moment `one` is after `other` (ISO 8601); false where that cannot be told."""
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (TypeError, ValueError):
        return False
