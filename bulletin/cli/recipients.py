"""`bulletin recipients`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from bulletin.cli.arguments import issue_argument, json_option
from bulletin.cli.commands import Place
from bulletin.cli.console import problem_record, show_json, show_problems, show_table
from bulletin.cli.help import Group
from bulletin.cli.language import _
from bulletin.model.problem import has_errors
from bulletin.model.recipient import Recipient, Route
from bulletin.model.recipient_list import (
    ChangeKind,
    Field,
    FieldChange,
    ImportReport,
    ListReport,
    ListRow,
    RecipientChange,
    copies_on,
    rows_of,
)

C = TypeVar("C")


@click.group(
    cls=Group,
    help=_(
        "发送对象（house/recipients.yaml）：核对（check）、列出（list）、导出成 Excel（export）、从 Excel 导入（import）。\n\n"
        "习惯用 Excel 的：bulletin recipients export 名册.xlsx，在 Excel 里改好，再 bulletin recipients import 名册.xlsx。"
    ),
)
def recipients() -> None:
    pass


def _table_argument(exists: bool) -> Callable[[C], C]:
    decorate: Any = click.argument(
        "file", metavar=_("文件"), type=click.Path(exists=exists, dir_okay=False, path_type=Path)
    )
    return decorate  # type: ignore[no-any-return]


@recipients.command(
    "check",
    short_help=_("核对名册"),
    help=_(
        "核对名册：重名、重复发送、没有发送方式、已经停发、最近没有发过的单位，各期里名册没有的名称；并列出各组的单位数、份数、发送方式。\n\n"
        "写了期号，就看那一期印发那天的名册；不写则看最新一期。"
    ),
)
@issue_argument
@json_option
@click.pass_obj
def check(place: Place, issue: str | None, as_json: bool) -> int:
    from bulletin.pipeline.recipients import list_recipients

    report = list_recipients(place.root, issue, date.today())
    if as_json:
        show_json(_check_record(report))
    else:
        _show_summary(report)
        show_problems(report.problems)
    return 1 if has_errors(report.problems) else 0


def _show_summary(report: ListReport) -> None:
    if not report.recipients:
        return
    click.echo(_("{day} 的名册").format(day=report.day))
    alone = tuple(recipient for recipient in report.recipients if not recipient.group)
    rows = [_summary(_("（单列的单位）"), alone, report.day)] if alone else []
    rows += [_summary(each.name, (each,), report.day) for each in report.recipients if each.group]
    rows.append(_summary(_("合计"), report.recipients, report.day))
    show_table((_("组别"), _("单位"), _("份数"), _("发送方式")), rows, wide=0)


def _summary(name: str, listed: tuple[Recipient, ...], day: date) -> tuple[str, ...]:
    units = [unit for recipient in listed for unit in recipient.units_on(day)]
    counts = [(route, sum(unit.members for unit in units if unit.route is route)) for route in (*Route, None)]
    said = _("、").join(f"{route.value if route else _('没有写')} {count}" for route, count in counts if count)
    return name, str(sum(unit.members for unit in units)), str(copies_on(listed, day)), said


def _check_record(report: ListReport) -> dict[str, object]:
    return {
        "issue": str(report.key) if report.key else None,
        "day": report.day.isoformat(),
        "copies": copies_on(report.recipients, report.day),
        "recipients": [_row_record(row) for row in rows_of(report.recipients)],
        "problems": [problem_record(problem) for problem in report.problems],
    }


def _row_record(row: ListRow) -> dict[str, object]:
    unit = row.unit
    return {
        "group": row.group,
        "name": unit.name,
        "members": unit.members,
        "counted": row.counted,
        "copies": unit.copies,
        "route": unit.route.value if unit.route else "",
        "contact": unit.contact,
        "address": unit.address,
        "since": unit.since.isoformat() if unit.since else None,
        "until": unit.until.isoformat() if unit.until else None,
    }


@recipients.command("list", short_help=_("列出名册"), help=_("逐个列出收件单位：份数、发送方式、联系人、起止日期。"))
@json_option
@click.pass_obj
def list_all(place: Place, as_json: bool) -> int:
    from bulletin.pipeline.recipients import list_recipients

    report = list_recipients(place.root, None, date.today())
    if as_json:
        show_json(_check_record(report))
        return 1 if has_errors(report.problems) else 0
    head = (_("组别"), _("名称"), _("份数"), _("发送方式"), _("联系人"), _("起止"))
    show_table(head, [_listed(row) for row in rows_of(report.recipients)], wide=4)
    errors = [problem for problem in report.problems if has_errors((problem,))]
    show_problems(errors)
    return 1 if errors else 0


def _listed(row: ListRow) -> tuple[str, ...]:
    cells = row.cells()
    name = _("（{count} 个）").format(count=row.unit.members) if row.counted else row.unit.name
    term = f"{cells[Field.SINCE]}～{cells[Field.UNTIL]}" if row.unit.since or row.unit.until else ""
    return row.group, name, cells[Field.COPIES], cells[Field.ROUTE], cells[Field.CONTACT], term


@recipients.command(
    "export",
    short_help=_("导出成 Excel"),
    help=_("把名册导出成 Excel（.xlsx）或 .csv，一行一个单位。在 Excel 里改好后，用 import 读回来。"),
)
@_table_argument(exists=False)
@click.option("--force", is_flag=True, help=_("覆盖已有的文件"))
@click.pass_obj
def export(place: Place, file: Path, force: bool) -> int:
    from bulletin.pipeline.recipients import export_recipients

    count = export_recipients(place.root, file, force=force)
    click.echo(_("{path}：{count} 行").format(path=file, count=count))
    return 0


@recipients.command(
    "import",
    short_help=_("从 Excel 导入"),
    help=_(
        "把名册换成表里所列的（.xlsx 或 .csv），并报告改了什么。表里至少有“名称”一列；列的先后不限；表里没有的列，名册里原来的内容不动。\n\n"
        "表里有错误就什么也不写；没有变化也不写。原来的名册留在 house/recipients.yaml.bak。"
    ),
)
@_table_argument(exists=True)
@click.option("--dry-run", is_flag=True, help=_("只报告会改什么，不写"))
@json_option
@click.pass_obj
def import_table(place: Place, file: Path, dry_run: bool, as_json: bool) -> int:
    from bulletin.pipeline.recipients import import_recipients

    report = import_recipients(place.root, file, date.today(), dry_run=dry_run)
    if as_json:
        show_json(_import_record(report))
    else:
        _show_import(report, dry_run)
    return 1 if has_errors(report.problems) else 0


def _show_import(report: ImportReport, dry_run: bool) -> None:
    if report.changes:
        head = (_("变化"), _("组别"), _("名称"), _("内容"))
        show_table(head, [_changed(change) for change in report.changes], wide=3)
        counts = Counter(change.kind for change in report.changes)
        click.echo("  ".join(f"{_kind(kind)} {count}" for kind, count in counts.items()))
        said = _("共 {rows} 行；全部发到，一期 {before} 份 → {after} 份")
        click.echo(said.format(rows=report.rows, before=report.copies_before, after=report.copies_after))
    show_problems(report.problems)
    if report.written:
        click.echo(_("写好了 {path}").format(path=report.written))
        if report.kept:
            click.echo(_("原来的名册留在 {path}").format(path=report.kept))
    elif has_errors(report.problems):
        click.echo(_("没有导入：先改正上面的错误"), err=True)
    elif not report.changes:
        click.echo(_("没有变化，名册没有改动"))
    elif dry_run:
        click.echo(_("只是看看，没有写；要写，去掉 --dry-run"))


def _kind(kind: ChangeKind) -> str:
    return {
        ChangeKind.ADDED: _("增加"),
        ChangeKind.REMOVED: _("删去"),
        ChangeKind.CHANGED: _("改动"),
        ChangeKind.MOVED: _("移动"),
    }[kind]


def _changed(change: RecipientChange) -> tuple[str, ...]:
    said = _("；").join(_said(change))
    return _kind(change.kind), change.group, change.name, said


def _said(change: RecipientChange) -> Iterator[str]:
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        yield _("{copies} 份").format(copies=change.copies)
    for each in change.fields:
        yield _field_said(each)


def _field_said(change: FieldChange) -> str:
    old, new = (text or _("（空）") for text in (change.old, change.new))
    return _("{field}：{old} → {new}").format(field=_heading(change.field), old=old, new=new)


def _heading(field: Field) -> str:
    """The column in the editor's language."""
    return {
        Field.GROUP: _("组别"),
        Field.NAME: _("名称"),
        Field.COPIES: _("份数"),
        Field.ROUTE: _("发送方式"),
        Field.CONTACT: _("联系人"),
        Field.ADDRESS: _("地址"),
        Field.SINCE: _("起"),
        Field.UNTIL: _("止"),
        Field.COUNT: _("个数"),
        Field.ORDER: _("次序"),
    }[field]


def _import_record(report: ImportReport) -> dict[str, object]:
    return {
        "written": report.written or None,
        "kept": report.kept or None,
        "rows": report.rows,
        "copies_before": report.copies_before,
        "copies_after": report.copies_after,
        "changes": [_change_record(change) for change in report.changes],
        "problems": [problem_record(problem) for problem in report.problems],
    }


def _change_record(change: RecipientChange) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "group": change.group,
        "name": change.name,
        "copies": change.copies,
        "fields": [{"field": each.field.name.lower(), "old": each.old, "new": each.new} for each in change.fields],
    }
