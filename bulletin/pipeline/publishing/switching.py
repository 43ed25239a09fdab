"""Making a release live: entered first, then done, then looked at from outside; undone where visitors are served something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.model.problem import Message, message
from bulletin.model.progress import Progress
from bulletin.model.publication_log import Act
from bulletin.model.publishing import Withdrawal
from bulletin.model.release import Release
from bulletin.model.target import BucketPlace, TargetSettings
from bulletin.pipeline.publishing.log import TargetLog
from bulletin.publish.serving import Served, fetch_all, is_served
from bulletin.publish.targets.target import Target

_MOST_FETCHED = 200
_ALWAYS = ("index.html", "feed.xml", "sitemap.xml", "search/volumes.js", "404.html")


@dataclass(frozen=True, slots=True)
class Course:
    """A target, its settings, and its log, while it is locked."""

    settings: TargetSettings
    target: Target
    log: TargetLog
    progress: Progress


@dataclass(frozen=True, slots=True)
class Change:
    """Which release takes the place of which, by what act; for the sake of what withdrawal, if it is for one."""

    act: Act
    release: Release
    before: Release | None
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Switched:
    """How many files were fetched and were right, and what an editor should know."""

    fetched: int
    notes: tuple[Message, ...] = ()


def switch_to(course: Course, change: Change, changed: Iterable[str]) -> Switched:
    """Makes a kept release live, and fetches some of what changed from the address of the site.

    Raises:
        TargetUnavailable: The target failed, or other things are served than were published: then the release before is live again,
            unless it holds what is withdrawn.
        UsageError: Visitors may read the target's records.
    """
    release, before = change.release, change.before
    refuse_public_records(course.settings)
    course.log.enter_switch(change.act, release, change.withdrawal)
    course.progress(message("正在切换到第 {name} 版", name=release.name))
    course.target.switch(release.name)
    url = course.settings.url
    if not url:
        return Switched(0)
    course.progress(message("正在从 {url} 取回来核对", url=url))
    served = fetch_all(url, release, [*_ALWAYS, *changed][:_MOST_FETCHED])
    if served.unreachable.template:
        note = message("这台电脑打不开 {url}（{reason}），没有取回来核对", url=url, reason=served.unreachable)
        return Switched(0, (note,))
    if not served.wrong:
        return Switched(served.right)
    if before is None or before.name == release.name or change.withdrawal:
        return Switched(served.right, (_wrong(url, served), _where_to_look()))
    course.log.enter_switch(Act.RESTORED, before)
    course.target.switch(before.name)
    what = message("{wrong}；已换回第 {before} 版", wrong=_wrong(url, served), before=before.name)
    raise TargetUnavailable(what, _where_to_look())


def refuse_public_records(settings: TargetSettings) -> None:
    """Refuses storage whose records visitors may read: what is not public yet or no more, and who cleared what, lies there.

    Raises:
        UsageError: They may.
    """
    if not isinstance(settings.place, BucketPlace) or not settings.url:
        return
    from bulletin.publish.targets.storage.target import records_url

    address = records_url(settings.url)
    if is_served(address):
        what = message("来访的人读得到发布的记录（{address}）：里面有还没公开、已经撤下的内容", address=address)
        raise UsageError(what, message("请管理员在桶策略里禁止匿名读取 .bulletin/ 下的一切，再发布（说明书里有样例）"))


def _wrong(url: str, served: Served) -> Message:
    return message(
        "{url} 给出的不是刚发布的内容：{count} 个文件不对，如 {path}",
        url=url,
        count=len(served.wrong),
        path=f"/{served.wrong[0]}",
    )


def _where_to_look() -> Message:
    return message("请管理员查看：网站的根目录要指向发布目标里的 current，中间的缓存要清空，网址要写对")
