"""`bulletin published`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import click

from bulletin.cli.arguments import complete_issue, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import show_groups, show_json
from bulletin.cli.copies.words import now
from bulletin.cli.help import Command, Day
from bulletin.cli.language import _, shown_text, translated
from bulletin.model.publication_log import ACT_NAMES, Act, Effect, LogEvent, LogReport, Period

_LAST = 20


@click.command(
    cls=Command,
    help=_(
        "查发布记录：哪些文章从何时到何时公开过、谁发布的、怎么撤下的。不写期号，列出最近的 20 条记录；"
        "写一期、一个网址，或标题里的几个字，列出这些文章公开的起止。记录只增不改，bulletin copies verify 一并核对。\n\n"
        "例：bulletin published\n\n"
        "例：bulletin published 2026-07\n\n"
        "例：bulletin published /2026/07/03/\n\n"
        "例：bulletin published 2026-07 03-shenyang\n\n"
        "例：bulletin published --at 2026-11-01"
    ),
)
@click.argument("words", nargs=-1, metavar=_("[期、网址或标题] [文章]..."), shell_complete=complete_issue)
@click.option("--target", default="", metavar=_("目标"), help=_("只看这个发布目标"))
@click.option("--at", "day", type=Day(), metavar="YYYY-MM-DD", help=_("只看那一天公开着的文章"))
@json_option
@click.pass_obj
def published(place: Place, /, words: Sequence[str], target: str, *, day: date | None, as_json: bool) -> int:
    from bulletin.pipeline.publishing.asking import Asked, read_events, read_periods

    if not words and day is None:
        report = read_events(place.root, target, now())
        if as_json:
            show_json([_event_record(each) for each in reversed(report.events)])
        else:
            _show_events(report)
        return 0
    found = read_periods(place.root, Asked(tuple(words), target, day.isoformat() if day else ""), now())
    if as_json:
        show_json([_period_record(each) for each in found])
    else:
        _show_periods(found)
    return 0


def _show_events(report: LogReport) -> None:
    if not report.events:
        click.echo(_("还没有发布过"))
        return
    names = (_("时间"), _("经手人"), _("事项"), _("目标"), _("版"), _("文章"), _("说明"))
    last = [*zip(report.events, report.effects, strict=True)][-_LAST:]
    show_groups(names, [("", [_event_row(*each) for each in reversed(last)])])
    click.echo(_("共 {count} 条，列出最近 {shown} 条").format(count=len(report.events), shown=len(last)))
    click.echo(_("全部发布记录最后一条的校验（留底备查）：{head}").format(head=f"{report.head.seq}:{report.head.hash}"))


def _event_row(event: LogEvent, effect: Effect) -> tuple[str, ...]:
    entry = event.entry
    changed = (
        _("新上 {count} 篇").format(count=effect.put_up) if effect.put_up else "",
        _("换稿 {count} 篇").format(count=effect.changed) if effect.changed else "",
        _("撤下 {count} 篇").format(count=effect.taken_off) if effect.taken_off else "",
    )
    return (
        _time(event.request.at),
        shown_text(event.request.actor),
        translated(ACT_NAMES[entry.act]),
        shown_text(entry.target),
        shown_text(entry.release),
        _("，").join(filter(None, changed)),
        shown_text(entry.note),
    )


def _show_periods(found: Sequence[Period]) -> None:
    if not found:
        click.echo(_("发布记录里没有这样的文章"))
        return
    names = (_("目标"), _("公开"), _("到"), _("发布人"), _("哪一稿"), _("怎样结束"))
    rows: dict[str, list[tuple[str, ...]]] = {}
    for each in found:
        rows.setdefault(f"/{each.article.path}/《{each.article.title}》", []).append(_period_row(each))
    show_groups(names, [(shown_text(line), said) for line, said in rows.items()])
    articles = {(each.target, each.article.path) for each in found}
    still = {(each.target, each.article.path) for each in found if not each.until}
    said = _("共 {count} 篇（各目标分别计），其中 {still} 篇现在还公开着")
    click.echo(said.format(count=len(articles), still=len(still)))


def _period_row(period: Period) -> tuple[str, ...]:
    return (
        shown_text(period.target),
        _bound(period.since, period.began),
        _bound(period.until, period.ended),
        shown_text(period.by),
        shown_text(period.article.digest.removeprefix("sha256:")[:8]),
        _end(period),
    )


def _bound(at: str, act: Act | None) -> str:
    """When a period began or ended; nobody knows it better of what was found."""
    return _("不晚于 {time}").format(time=_time(at)) if act is Act.FOUND else _time(at)


def _end(period: Period) -> str:
    """`撤稿（罗钰）：数字有误`, `换稿（罗钰，发布）`."""
    if period.ended is None:
        return _("还公开着")
    what = _("换稿") if period.replaced else _("查到时已不在") if period.ended is Act.FOUND else _("撤下")
    said = _("{act}（{by}）") if period.ended is Act.WITHDRAWN else _("{what}（{by}，{act}）")
    end = said.format(what=what, act=translated(ACT_NAMES[period.ended]), by=shown_text(period.ended_by))
    return _("{end}：{note}").format(end=end, note=shown_text(period.note)) if period.note else end


def _time(at: str) -> str:
    """`2026-11-23 05:37`, by the clock of who published."""
    return shown_text(at[:16].replace("T", " "))


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
