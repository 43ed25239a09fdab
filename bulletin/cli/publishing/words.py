"""What the commands of publishing share: who asks, and how plans and articles are shown."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from bulletin.cli.language import _, shown_text, translated
from bulletin.cli.limits import renew_time, usable_cores
from bulletin.model.audience import Audience
from bulletin.model.problem import Message
from bulletin.model.publishing import PARTS, Part, Plan
from bulletin.model.release import PublishedArticle
from bulletin.model.site_build import SiteOrder
from bulletin.model.target import LockHolder

C = TypeVar("C")
_MOST_NAMED = 20


def target_argument(function: C) -> C:
    """The target; the only one where it is left out."""
    decorate: Any = click.argument("target", required=False, default="", metavar=f"[{_('发布目标')}]")
    return decorate(function)  # type: ignore[no-any-return]


def by_option(function: C) -> C:
    """Who does it: it is entered in the log of publication."""
    decorate: Any = click.option(
        "--by",
        default="",
        envvar="BULLETIN_BY",
        metavar=_("姓名"),
        help=_("经手人，记入发布记录（也可设在 BULLETIN_BY 里）"),
    )
    return decorate(function)  # type: ignore[no-any-return]


def breaking_option(function: C) -> C:
    """Takes away the lock of somebody else."""
    decorate: Any = click.option(
        "--break-lock", "breaking", is_flag=True, help=_("确认没有别人在发布之后，去掉中断时留下的发布锁")
    )
    return decorate(function)  # type: ignore[no-any-return]


def holder_of(by: str) -> LockHolder:
    """Who publishes, now, on this machine.

    Raises:
        click.UsageError: There is no name.
    """
    if not by.strip():
        raise click.UsageError(_("请写经手人：--by 姓名（常用的可以设在环境变量 BULLETIN_BY 里）"))
    return holder_now(by)


def holder_now(by: str) -> LockHolder:
    """Who is at work, now, on this machine; the name may be empty."""
    return LockHolder(by.strip(), socket.gethostname(), os.getpid(), now())


def now() -> str:
    """The time, with its zone."""
    return datetime.now().astimezone().isoformat("T", "seconds")


def asked(question: str, *, yes: bool) -> bool:
    """True if an editor says yes, or nobody is there to be asked."""
    return yes or not sys.stdin.isatty() or click.confirm(question)


def site_order(output: Path) -> SiteOrder:
    """How the site is made before it is published."""
    workers = usable_cores()
    return SiteOrder(Audience.PUBLIC, output, workers, before_job=renew_time)


def show_plan(plan: Plan) -> None:
    """What would change, in the words of an editor."""
    if not plan.difference:
        click.echo(
            _("{target}：没有变化，网站上已经是这些内容（第 {live} 版）").format(target=plan.target, live=plan.live)
        )
        return
    if plan.live:
        said = _("{target}：第 {wanted} 版，现在是第 {live} 版")
    else:
        said = _("{target}：第 {wanted} 版，那里现在是空的")
    click.echo(said.format(target=plan.target, wanted=plan.wanted, live=plan.live))
    show_articles(_("新上"), plan.put_up)
    show_articles(_("换稿"), plan.changed)
    show_articles(_("撤下"), plan.taken_off)
    if plan.touched:
        click.echo(_("另有 {count} 篇文字没有动，只是前后篇链接等有变").format(count=plan.touched))
    differs = plan.difference
    counts = [f"{_part_name(part)} {count}" for part, count in zip(PARTS, plan.counts, strict=True) if count]
    said = _("文件：新增 {added}，改动 {changed}，删去 {removed}（{parts}）")
    parts = _("，").join(counts)
    click.echo(
        said.format(added=len(differs.added), changed=len(differs.changed), removed=len(differs.removed), parts=parts)
    )
    said = _("要传 {sent}；全站 {files} 个文件，{whole}")
    click.echo(said.format(sent=size_text(plan.bytes_sent), files=plan.files, whole=size_text(plan.bytes_all)))


def show_articles(heading: str, articles: tuple[PublishedArticle, ...]) -> None:
    """How many, and which, of a long list the first."""
    if not articles:
        return
    click.echo(_("{heading} {count} 篇").format(heading=heading, count=len(articles)))
    for each in articles[:_MOST_NAMED]:
        click.echo(f"  《{shown_text(each.title)}》 /{each.path}/")
    if len(articles) > _MOST_NAMED:
        click.echo(_("  ……还有 {count} 篇").format(count=len(articles) - _MOST_NAMED))


def show_notes(notes: Iterable[Message]) -> None:
    """What an editor should know, though it went well."""
    for note in notes:
        click.echo(_("注意：{note}").format(note=translated(note)), err=True)


def size_text(size: int) -> str:
    """`1.2 MB`."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def plan_record(plan: Plan) -> dict[str, object]:
    """A plan as JSON."""
    return {
        "live": plan.live or None,
        "release": plan.wanted,
        "put_up": article_records(plan.put_up),
        "changed": article_records(plan.changed),
        "touched": plan.touched,
        "taken_off": article_records(plan.taken_off),
        "files": asdict(plan.difference),
        "bytes_sent": plan.bytes_sent,
        "bytes_all": plan.bytes_all,
    }


def article_records(articles: Iterable[PublishedArticle]) -> list[dict[str, str]]:
    """Articles as JSON."""
    return [asdict(each) for each in articles]


def _part_name(part: Part) -> str:
    return {
        Part.ARTICLES: _("文章页"),
        Part.ISSUES: _("各期页面"),
        Part.LISTS: _("首页、目录和分类"),
        Part.SEARCH: _("搜索"),
        Part.MACHINES: _("订阅和站点地图"),
        Part.LOOKS: _("样式"),
    }[part]
