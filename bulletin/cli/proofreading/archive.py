"""`bulletin check --all`: the whole archive, a line an issue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.console import Progress, show_json, show_table
from bulletin.cli.language import _
from bulletin.cli.limits import renew_time, usable_cores
from bulletin.cli.proofreading.counts import counts_record, summary
from bulletin.model.problem import Severity, message
from bulletin.model.proofreading import Counts, IssueCounts

if TYPE_CHECKING:
    from bulletin.cli.proofreading.check import Asked


def check_archive(root: Path, asked: Asked) -> int:
    """Checks every issue, several at once, and shows what was found in each."""
    from bulletin.pipeline.proof_archive import proofread_archive
    from bulletin.pipeline.selecting import choose_codes

    selection = choose_codes((asked.select, asked.ignore))
    counted: list[IssueCounts] = []
    with Progress() as progress:
        for each in proofread_archive(root, selection, usable_cores(), renew_time):
            counted.append(each)
            progress(message("正在检查全部各期，已看 {count} 期", count=len(counted)))
    counted.sort(key=lambda each: (each.key.year, each.key.supplement, each.key.number))
    if asked.as_json or asked.form == "json":
        show_json([_record(each) for each in counted])
    else:
        _show(counted)
    return 1 if any(each.fails(Severity(asked.fail_on), strict=asked.strict) for each in counted) else 0


def _show(counted: list[IssueCounts]) -> None:
    head = (_("期"), _("结构错误"), _("结构警告"), _("错误"), _("警告"), _("提示"), _("保留"), _("最多的"))
    show_table(head, [_row(each) for each in counted], wide=7)
    total = Counts.sum_of(each.counts for each in counted)
    click.echo(_("共 {issues} 期：").format(issues=len(counted)) + (summary(total) or _("没有发现问题")))


def _row(each: IssueCounts) -> tuple[str, ...]:
    counts = each.counts
    most = _("、").join(f"{code} {count}" for code, count in each.codes[:3])
    numbers = (each.structure[0], each.structure[1], counts.errors, counts.warnings, counts.hints, counts.kept)
    return str(each.key), *(str(number or "-") for number in numbers), most


def _record(each: IssueCounts) -> dict[str, Any]:
    return {
        "issue": str(each.key),
        "structure": {"errors": each.structure[0], "warnings": each.structure[1]},
        "counts": counts_record(each.counts),
        "codes": dict(each.codes),
    }
