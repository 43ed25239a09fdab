"""`bulletin published`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import click

from bulletin.cli.arguments import complete_issue, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import show_groups, show_json
from bulletin.cli.copies.words import now
from bulletin.cli.help import Command, Day
from bulletin.cli.language import _, shown_text, translated
from bulletin.model.audience import Audience
from bulletin.model.moment import moment_text
from bulletin.model.publication_log import ACT_NAMES, Act, Effect, LogEvent, LogReport, Period
from bulletin.model.release import PublishedArticle

_LAST, _MOST_NAMED = 20, 3


@dataclass(frozen=True, slots=True)
class _Options:
    """Which part of the log is asked for, and how it is shown."""

    target: str
    day: date | None
    live: bool
    every: bool
    as_json: bool


@click.command(
    cls=Command,
    help=_(
        "查发布记录：哪些文章从何时到何时公开过、谁审签、谁发布、怎么撤下的。不写期号，列出最近的 20 条记录；"
        "写一期、一个网址，或标题里的几个字，列出这些文章公开的起止；文章也可以写文件名或序号。"
        "时间都是北京时间。记录只增不改，bulletin copies verify 一并核对。\n\n"
        "例：bulletin published\n\n"
        "例：bulletin published 2026-07\n\n"
        "例：bulletin published /2026/07/03/\n\n"
        "例：bulletin published 2026-07 03-shenyang 5\n\n"
        "例：bulletin published --live\n\n"
        "例：bulletin published --at 2026-11-01"
    ),
)
@click.argument("words", nargs=-1, metavar=_("[期、网址或标题] [文章]..."), shell_complete=complete_issue)
@click.option("--target", default="", metavar=_("目标"), help=_("只看这个发布目标"))
@click.option("--live", is_flag=True, help=_("现在网上有哪些文章，列成一张单子"))
@click.option("--at", "day", type=Day(), metavar="YYYY-MM-DD", help=_("只看那一天（北京时间）公开着的文章"))
@click.option("--all", "every", is_flag=True, help=_("列出全部记录，不只最近的 20 条"))
@json_option
@click.pass_obj
def published(place: Place, /, words: Sequence[str], **said: Any) -> int:
    from bulletin.pipeline.publishing.asking import Asked, read_events, read_periods

    asked = _Options(**said)
    if asked.live and asked.day:
        raise click.UsageError(_("--live 看现在，--at 看那一天，不能同用"))
    if not words and not asked.live and asked.day is None:
        report = read_events(place.root, asked.target, now())
        if asked.as_json:
            show_json([_event_record(each) for each in reversed(report.events)])
        else:
            _show_events(report, len(report.events) if asked.every else _LAST)
        return 0
    day = asked.day.isoformat() if asked.day else ""
    found = read_periods(place.root, Asked(tuple(words), asked.target, day, asked.live), now())
    if asked.as_json:
        show_json([_period_record(each) for each in found])
    elif asked.live:
        _show_live(found)
    else:
        _show_periods(found)
    return 0


def _show_events(report: LogReport, most: int) -> None:
    if not report.events:
        click.echo(_("还没有发布过"))
        return
    names = (_("时间"), _("经手人"), _("事项"), _("目标"), _("版"), _("文章和说明"))
    last = [*zip(report.events, report.effects, strict=True)][-most:]
    show_groups(names, [("", [_event_row(*each) for each in reversed(last)])])
    click.echo(_("共 {count} 条，列出最近 {shown} 条").format(count=len(report.events), shown=len(last)))
    if len(last) < len(report.events):
        click.echo(_("要看全部，加 --all"))
    click.echo(_("全部发布记录最后一条的校验（留底备查）：{head}").format(head=f"{report.head.seq}:{report.head.hash}"))


def _event_row(event: LogEvent, effect: Effect) -> tuple[str, ...]:
    entry = event.entry
    handed = entry.act is Act.HANDED_OVER
    changed = (
        _named(_("交出") if handed else _("新上"), effect.put_up),
        _named(_("换稿"), effect.changed),
        _named(_("不再交") if handed else _("撤下"), effect.taken_off),
        shown_text(entry.note),
    )
    return (
        _time(event.request.at),
        shown_text(event.request.actor),
        translated(ACT_NAMES[entry.act]),
        shown_text(entry.target),
        shown_text(entry.release),
        _("；").join(filter(None, changed)),
    )


def _named(heading: str, articles: Sequence[PublishedArticle]) -> str:
    """`新上 9 篇：《一》《二》《三》等`."""
    if not articles:
        return ""
    titles = "".join(f"《{shown_text(each.title)}》" for each in articles[:_MOST_NAMED])
    said = _("{heading} {count} 篇：{titles}等") if len(articles) > _MOST_NAMED else _("{heading} {count} 篇：{titles}")
    return said.format(heading=heading, count=len(articles), titles=titles)


def _show_periods(found: Sequence[Period]) -> None:
    if not found:
        click.echo(_("发布记录里没有这样的文章"))
        return
    names = (_("目标"), _("范围"), _("从"), _("到"), _("发布人"), _("审签人"), _("哪一稿"), _("怎样结束"))
    rows: dict[str, list[tuple[str, ...]]] = {}
    for each in found:
        rows.setdefault(f"/{each.article.path}/《{each.article.title}》", []).append(_period_row(each))
    show_groups(names, [(shown_text(line), said) for line, said in rows.items()])
    articles = {(each.target, each.article.path) for each in found}
    still = {(each.target, each.article.path) for each in found if not each.until and each.public}
    said = _("共 {count} 篇（各目标分别计），其中 {still} 篇现在还公开着")
    click.echo(said.format(count=len(articles), still=len(still)))


def _period_row(period: Period) -> tuple[str, ...]:
    return (
        shown_text(period.target),
        _audience(period),
        _bound(period.since, period.began),
        _bound(period.until, period.ended),
        shown_text(period.by),
        shown_text(period.article.cleared_by),
        _version(period),
        _end(period),
    )


def _show_live(found: Sequence[Period]) -> None:
    """What is on each target now, a line for each article."""
    if not found:
        click.echo(_("现在网上没有这样的文章"))
        return
    names = (_("网址"), _("从"), _("审签人"), _("哪一稿"), _("标题"))
    targets: dict[str, list[Period]] = {}
    for each in found:
        targets.setdefault(each.target, []).append(each)
    show_groups(names, [(_target_line(each), [_live_row(one) for one in each]) for each in targets.values()])


def _target_line(periods: Sequence[Period]) -> str:
    """`外网（公开）：12 篇`."""
    target, audience = shown_text(periods[0].target), _audience(periods[0])
    said = _("{target}（{audience}）：{count} 篇") if audience else _("{target}：{count} 篇")
    return said.format(target=target, audience=audience, count=len(periods))


def _live_row(period: Period) -> tuple[str, ...]:
    article = period.article
    since = _bound(period.since, period.began)
    return (
        f"/{shown_text(article.path)}/",
        since,
        shown_text(article.cleared_by),
        _version(period),
        shown_text(article.title),
    )


def _audience(period: Period) -> str:
    """Whom the target is for, as the settings say now; nothing where they do not know it."""
    if period.handed_over:
        return _("交接")
    names = {Audience.PUBLIC: _("公开"), Audience.INTRANET: _("内网"), None: ""}
    return names[period.audience]


def _version(period: Period) -> str:
    return shown_text(period.article.digest.removeprefix("sha256:")[:8])


def _bound(at: str, act: Act | None) -> str:
    """When a period began or ended; nobody knows it better of what was found."""
    return _("不晚于 {time}").format(time=_time(at)) if act is Act.FOUND else _time(at)


def _end(period: Period) -> str:
    """`撤稿（罗钰）：数字有误`, `换稿（罗钰，发布）`."""
    if period.ended is None:
        return _still(period)
    what = _("换稿") if period.replaced else _("查到时已不在") if period.ended is Act.FOUND else _("撤下")
    said = _("{act}（{by}）") if period.ended is Act.WITHDRAWN else _("{what}（{by}，{act}）")
    end = said.format(what=what, act=translated(ACT_NAMES[period.ended]), by=shown_text(period.ended_by))
    return _("{end}：{note}").format(end=end, note=shown_text(period.note)) if period.note else end


def _still(period: Period) -> str:
    """What is so now: only what everybody can read is public."""
    if period.handed_over:
        return _("在交接包里")
    if period.audience is Audience.INTRANET:
        return _("内网在登")
    return _("还公开着") if period.public else _("还在登")


def _time(at: str) -> str:
    """`2026-11-23 05:37` in China."""
    return shown_text(moment_text(at))


def _event_record(event: LogEvent) -> dict[str, object]:
    entry = event.entry
    return {
        "seq": event.seq,
        "at": event.request.at,
        "by": event.request.actor,
        "request": event.request.id,
        "act": entry.act.value,
        "target": entry.target,
        "release": entry.release,
        "manifest": entry.manifest,
        "note": entry.note,
        "put_up": [asdict(each) for each in entry.put_up],
        "taken_off": [asdict(each) for each in entry.taken_off],
        "hash": event.hash,
    }


def _period_record(period: Period) -> dict[str, object]:
    return {
        "target": period.target,
        "audience": period.audience.value if period.audience else None,
        "article": asdict(period.article),
        "since": period.since,
        "by": period.by,
        "release": period.release,
        "began": period.began.value,
        "until": period.until or None,
        "ended_by": period.ended_by or None,
        "ended": period.ended.value if period.ended else None,
        "replaced": period.replaced,
        "note": period.note,
    }
