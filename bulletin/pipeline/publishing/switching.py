"""Making a release live: entered first, then done, then looked at from outside; undone where visitors are served something else."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from bulletin.model.errors import BulletinError, TargetUnavailable
from bulletin.model.problem import Message, message
from bulletin.model.progress import Progress
from bulletin.model.publication_log import Act
from bulletin.model.publishing import Withdrawal
from bulletin.model.release import Release
from bulletin.model.target import TargetSettings
from bulletin.pipeline.publishing.log import TargetLog
from bulletin.publish.serving import Served, fetch_all
from bulletin.publish.targets.target import Target

_MOST_FETCHED = 200
_ALWAYS = ("index.html", "feed.xml", "sitemap.xml", "search/volumes.js", "404.html")


@dataclass(frozen=True, slots=True)
class Course:
    """A target, its settings, and its log, while it is locked; the name of the publication in the register."""

    settings: TargetSettings
    target: Target
    log: TargetLog
    progress: Progress
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """Which release takes the place of which, by what act; and what is withdrawn by that."""

    act: Act
    release: Release
    before: Release | None
    withdrawals: tuple[Withdrawal, ...] = ()


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
    """
    release, before = change.release, change.before
    _switch(course, change)
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
    if before is None or before.name == release.name or change.withdrawals:
        return Switched(served.right, (_wrong(url, served), _where_to_look()))
    course.log.enter_switch(Act.RESTORED, before)
    course.target.switch(before.name)
    what = message("{wrong}；已换回第 {before} 版", wrong=_wrong(url, served), before=before.name)
    raise TargetUnavailable(what, _where_to_look())


def _switch(course: Course, change: Change) -> None:
    """Enters the switch, and does it; where it fails, and the release before is still live, that is entered too."""
    course.log.enter_switch(change.act, change.release, change.withdrawals)
    course.progress(message("正在切换到第 {name} 版", name=change.release.name))
    try:
        course.target.switch(change.release.name)
    except BulletinError:
        with suppress(BulletinError):
            if change.before:
                course.log.enter_restored(change.before, course.target.live())
        raise


def _wrong(url: str, served: Served) -> Message:
    return message(
        "{url} 给出的不是刚发布的内容：{count} 个文件不对，如 {path}",
        url=url,
        count=len(served.wrong),
        path=f"/{served.wrong[0]}",
    )


def _where_to_look() -> Message:
    return message("请管理员查看：网站的根目录要指向发布目标里的 current，中间的缓存要清空，网址要写对")
