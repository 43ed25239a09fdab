"""`bulletin clear`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import click

from bulletin.cli.arguments import articles_argument, complete_issue, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import problem_record, show_json, show_problems, show_table
from bulletin.cli.help import Command
from bulletin.cli.language import _
from bulletin.model.build import ClearanceEntry, ClearanceLog, ClearanceState, ClearReport, OnSite
from bulletin.model.key import IssueKey
from bulletin.model.moment import moment_text


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command is asked."""

    articles: tuple[str, ...]
    every: bool
    by: str | None
    revoke: bool
    log: bool
    as_json: bool


@click.command(
    cls=Command,
    help=_(
        "审签：记录这些文章可以公开。文章写文件名或序号。文章改动后审签自动失效，要重新审签。"
        "谁、何时、审的是哪一稿，都留在 clearances.yaml 里，只增不改：改动、从中间删去，随时看得出来；从末尾删去，做过网站的，下一次 bulletin site 看得出来。公开网址里的序号也在那里，定了就不变。"
        "已经有网址的文章也可以写网址。\n\n"
        "例：bulletin clear 2026-07 03-shenyang 5 --by 杨红\n\n"
        "例：bulletin clear 2026-07 --all --by 杨红\n\n"
        "例：bulletin clear /2026/07/03/ --revoke --by 杨红\n\n"
        "例：bulletin clear 2026-07 --log"
    ),
)
@click.argument("issue", metavar=_("期或网址"), shell_complete=complete_issue)
@articles_argument
@click.option("--all", "every", is_flag=True, help=_("本期全部文章"))
@click.option("--by", metavar=_("姓名"), help=_("审签人"))
@click.option("--revoke", is_flag=True, help=_("撤回审签；记录里写明谁、何时撤回"))
@click.option(
    "--log",
    is_flag=True,
    help=_("查看审签记录：谁、何时、哪一篇、哪一稿（代号相同就是同一稿），现在怎样，在不在网站上（看 build/）"),
)
@json_option
@click.pass_obj
def clear(place: Place, /, issue: str, **said: Any) -> int:
    from bulletin.pipeline import clearing
    from bulletin.pipeline.addresses import find_articles, has_public_target

    asked = _Asked(**said)
    _check_words(asked)
    key, articles = find_articles(place.root, issue, asked.articles)
    if asked.log:
        return _show_log(clearing.read_log(place.root, key, articles), asked)
    asked = replace(asked, articles=articles)
    if bool(asked.articles) == asked.every:
        raise click.UsageError(_("请写哪几篇文章；全部文章写 --all，两样不能都写"))
    now = datetime.now().astimezone().isoformat("T", "seconds")
    change = clearing.revoke if asked.revoke else clearing.clear
    report = change(place.root, key, asked.articles, (asked.by or "").strip(), now)
    if asked.as_json:
        show_json(_report_record(key, report))
        return _outcome(report, asked)
    show_problems(report.problems)
    _show_report(report, asked, published=has_public_target(place.root))
    return _outcome(report, asked)


def _check_words(asked: _Asked) -> None:
    """What can be said of the words alone."""
    if asked.log and (asked.articles or asked.every or asked.revoke or asked.by):
        raise click.UsageError(_("--log 只查看记录，不能与文章、--all、--revoke、--by 同用"))
    if not asked.log and not (asked.by or "").strip():
        raise click.UsageError(_("请写审签人（--by 姓名）；撤回也要写明是谁撤回的"))


def _outcome(report: ClearReport, asked: _Asked) -> int:
    return 0 if report.articles or (asked.revoke and not report.problems) else 1


def _show_report(report: ClearReport, asked: _Asked, *, published: bool) -> None:
    for (slug, title), address in zip(report.articles, report.addresses, strict=True):
        said = (
            _("已撤回审签：{slug}《{title}》，网址 {address}")
            if asked.revoke
            else _("已审签：{slug}《{title}》，网址 {address}")
        )
        click.echo(said.format(slug=slug, title=title, address=address))
    if report.articles:
        if report.problems and not asked.revoke:
            click.echo(_("上面提醒的若不宜公开，用同样的命令加 --revoke 撤回") + "\n")
        click.echo(
            _("再运行 bulletin publish，公开的网站才会更新")
            if published
            else _("再运行 bulletin site 并上传，公开的网站才会更新")
        )
    elif asked.revoke and not report.problems:
        click.echo(_("这些文章本来就没有审签"))
    else:
        click.echo(_("没有改动审签记录：请先改正上面的问题"), err=True)


def _show_log(log: ClearanceLog, asked: _Asked) -> int:
    if asked.as_json:
        show_json(_log_record(log))
        return 1 if log.problems else 0
    show_problems(log.problems)
    if log.entries:
        head = (_("时间"), _("审签人"), _("文件"), _("标题"), _("网址"), _("哪一稿"), _("现在"), _("网站上"))
        show_table(head, [_row(entry) for entry in log.entries], wide=3)
    elif not log.problems:
        click.echo(_("{issue} 还没有审签记录").format(issue=log.key))
    return 1 if log.problems else 0


def _row(entry: ClearanceEntry) -> tuple[str, ...]:
    said = entry.said
    shown = _on_site(entry.on_site) if entry.last else ""
    title = entry.title or _("（当时的题目没有记）")
    return moment_text(said.at), said.by, said.slug, title, _path(entry), _short(said.digest), _state(entry), shown


def _path(entry: ClearanceEntry) -> str:
    """The last three parts of the address, which all of an issue have."""
    return "/{}/{}/{}/".format(*entry.address.rstrip("/").split("/")[-3:])


def _on_site(shown: OnSite) -> str:
    return {
        OnSite.SHOWN: _("在"),
        OnSite.AWAITED: _("还没上（运行 bulletin site）"),
        OnSite.LEFT: _("还在（运行 bulletin site 才撤下）"),
        OnSite.ABSENT: _("不在"),
    }[shown]


def _short(digest: str) -> str:
    """Enough of a digest to tell one version of an article from another: its first eight digits."""
    return digest.removeprefix("sha256:")[:8]


def _state(entry: ClearanceEntry) -> str:
    if not entry.said.digest:
        return _("撤稿") if entry.said.withdrawn else _("撤回")
    if not entry.last:
        return _("已被别的记录代替")
    return {
        ClearanceState.VALID: _("有效"),
        ClearanceState.VOID: _("已失效（后来有改动）"),
        ClearanceState.REVOKED: _("撤回"),
        ClearanceState.WITHDRAWN: _("撤稿"),
        ClearanceState.NONE: _("没有这篇文章"),
    }[entry.state]


def _report_record(key: IssueKey, report: ClearReport) -> dict[str, object]:
    return {
        "issue": str(key),
        "articles": [
            {"slug": slug, "title": title, "address": address}
            for (slug, title), address in zip(report.articles, report.addresses, strict=True)
        ],
        "problems": [problem_record(problem) for problem in report.problems],
    }


def _log_record(log: ClearanceLog) -> dict[str, object]:
    return {
        "issue": str(log.key),
        "entries": [
            {
                "at": entry.said.at,
                "by": entry.said.by,
                "slug": entry.said.slug,
                "title": entry.title,
                "number": entry.said.number,
                "digest": entry.said.digest or None,
                "withdrawn": entry.said.withdrawn,
                "last": entry.last,
                "state": entry.state.value,
                "address": entry.address,
                "on_site": entry.on_site.value if entry.last else None,
            }
            for entry in log.entries
        ],
        "problems": [problem_record(problem) for problem in log.problems],
    }
