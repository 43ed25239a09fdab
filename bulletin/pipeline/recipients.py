"""The list of recipients: looking it over, handing it out as a table, taking it back from one."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from bulletin.check import check_names, check_recipients
from bulletin.compare import compare_recipients
from bulletin.load.folders import issue_path, list_issues
from bulletin.load.issue import load_addressed
from bulletin.load.publication import read_source
from bulletin.load.recipient_table import load_recipient_table
from bulletin.load.recipients import RECIPIENTS_FILE, load_recipients, recipients_in
from bulletin.load.recipients_source import cut_recipients
from bulletin.model.artifact import Artifact
from bulletin.model.errors import UsageError
from bulletin.model.problem import Outcome, Problem, Span, error, has_errors, hint, in_order, message, warning
from bulletin.model.recipient import Recipient
from bulletin.model.recipient_list import (
    Addressed,
    Field,
    ImportReport,
    ListReport,
    RecipientsSource,
    carried_over,
    copies_on,
    rows_of,
)
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.reading import find_issue_if_any
from bulletin.publish import locked, publish_file
from bulletin.render.recipient_table import render_csv, render_workbook
from bulletin.render.recipients import render_recipients

_KEPT_SUFFIX = ".bak"
_RENDERERS = {".xlsx": render_workbook, ".csv": render_csv}


def list_recipients(root: Path, name: str | None, today: date) -> ListReport:
    """The list on the day of the issue called `name`, or of the newest one; today's where there is none; and everything that is to be
    said of it.

    Raises:
        UsageError: There is no such issue, or `root` is no publication.
    """
    require_publication(root)
    key = find_issue_if_any(root, name)
    recipients = load_recipients(root)
    issues, problems = _issues(root)
    day = next((issue.head.date for issue in issues if issue.head.key == key), today)
    if recipients.value is None:
        return ListReport(key, day, (), in_order((*recipients.problems, *problems)))
    found = check_recipients(recipients.value, issues, key, day)
    return ListReport(key, day, recipients.value, in_order((*recipients.problems, *problems, *found)))


def _issues(root: Path) -> tuple[tuple[Addressed, ...], tuple[Problem, ...]]:
    """Whom each issue names, the oldest first, and which issues cannot be read."""
    read = [(key, load_addressed(root, key).value) for key in list_issues(root)]
    what, advice = message("读不了这一期，没有核对它的名单"), message("先用 bulletin check 查看并改正")
    problems = tuple(
        warning("issue-unreadable", Span(issue_path(key)), what, advice) for key, issue in read if issue is None
    )
    issues = sorted((issue for _key, issue in read if issue), key=lambda issue: (issue.head.date, issue.head.key))
    return tuple(issues), problems


def export_recipients(root: Path, target: Path, *, force: bool = False) -> int:
    """Writes the list as a table; returns its rows.

    Raises:
        UsageError: `root` is no publication, its list cannot be read, the file is there already or has an ending that is no table's.
        CannotWrite: The file could not be written.
    """
    require_publication(root)
    render = _RENDERERS.get(target.suffix.lower())
    if render is None:
        raise UsageError(message("不能导出成“{name}”", name=target.name), message("文件名写成 名册.xlsx 或 名册.csv"))
    if os.path.lexists(target) and not force:
        what = message("“{path}”已经有了，没有改动它", path=str(target))
        raise UsageError(what, message("换一个文件名，或加 --force 覆盖它"))
    recipients = load_recipients(root)
    if recipients.value is None or has_errors(recipients.problems):
        raise UsageError(message("名册有错误，不能导出"), message("先用 bulletin recipients check 查看并改正"))
    publish_file(target.parent, render(recipients.value, target.name))
    return len(rows_of(recipients.value))


def import_recipients(root: Path, source: Path, today: date, *, dry_run: bool = False) -> ImportReport:
    """Makes the list what the table says; writes nothing where the table has a fault, or says what the list says already.

    What the file said before is kept beside it.

    Raises:
        UsageError: `root` is no publication.
        CannotWrite: The list could not be written.
    """
    require_publication(root)
    if dry_run or not (root / RECIPIENTS_FILE).parent.is_dir():
        return _import(root, source, today, dry_run=dry_run)
    with locked((root / RECIPIENTS_FILE).parent):
        return _import(root, source, today, dry_run=False)


def _import(root: Path, source: Path, today: date, *, dry_run: bool) -> ImportReport:
    table, current = load_recipient_table(source), _current(root)
    if table.value is None or current.value is None:
        return ImportReport((*current.problems, *in_order(table.problems)))
    if Field.GROUP not in table.value.columns and any(each.group for each in current.value):
        what = message("没有“组别”这一列，名册里却有成组的单位")
        return ImportReport((error("sheet-head", Span(source.name), what, message("先导出一份，在它上面改")),))
    recipients = carried_over(table.value, current.value)
    changes = compare_recipients(current.value, recipients)
    report = ImportReport(
        problems=(*table.problems, *_names_lost(root, current.value, recipients)),
        changes=changes,
        rows=len(rows_of(recipients)),
        copies_before=copies_on(current.value, today),
        copies_after=copies_on(recipients, today),
    )
    return report if dry_run or not changes else _write(root, recipients, current.value, report)


def _current(root: Path) -> Outcome[tuple[Recipient, ...]]:
    """The list as it is; empty where there is none yet, no value where it has errors."""
    if not os.path.lexists(root / RECIPIENTS_FILE):
        return Outcome(())
    outcome = load_recipients(root)
    return Outcome(None, outcome.problems) if has_errors(outcome.problems) else Outcome(outcome.value)


def _names_lost(root: Path, old: tuple[Recipient, ...], new: tuple[Recipient, ...]) -> tuple[Problem, ...]:
    """Names in issues that the list had and will not have."""
    issues, _problems = _issues(root)
    already = set(check_names(old, issues, None))
    return tuple(problem for problem in check_names(new, issues, None) if problem not in already)


def _write(root: Path, new: tuple[Recipient, ...], old: tuple[Recipient, ...], report: ImportReport) -> ImportReport:
    """Writes what loads back to exactly the new list, and keeps what the file said before."""
    before = read_source(root, RECIPIENTS_FILE)
    source = cut_recipients(before, RECIPIENTS_FILE)
    artifact = render_recipients(new, old, source)
    if not _same(recipients_in(artifact.content).value, new):
        artifact = render_recipients(new, (), RecipientsSource((), head=source.head))
    loaded = recipients_in(artifact.content)
    if not _same(loaded.value, new):
        return replace(report, problems=(*report.problems, *loaded.problems))
    kept = f"{RECIPIENTS_FILE}{_KEPT_SUFFIX}" if before else ""
    if kept:
        publish_file(root, Artifact(kept, "application/yaml", (root / RECIPIENTS_FILE).read_bytes()))
    publish_file(root, artifact)
    problems = (*report.problems, *_comments_lost(before, artifact.content.decode()))
    return replace(report, problems=problems, written=artifact.path, kept=kept)


def _same(loaded: tuple[Recipient, ...] | None, wanted: tuple[Recipient, ...]) -> bool:
    return loaded is not None and _said(loaded) == _said(wanted)


def _said(recipients: tuple[Recipient, ...]) -> list[tuple[str, bool, list[dict[Field, str]]]]:
    """What the recipients are, without where it is written; in whatever order units and groups come."""
    ordered = sorted(recipients, key=lambda recipient: recipient.group)
    return [(each.name, each.group, [row.cells() for row in rows_of((each,))]) for each in ordered]


def _comments_lost(before: str, after: str) -> tuple[Problem, ...]:
    lost = sum((_comments(before) - _comments(after)).values())
    if not lost:
        return ()
    what = message("{count} 处注释随删去的单位去掉了", count=lost)
    advice = message("要找回，看 {kept}", kept=RECIPIENTS_FILE + _KEPT_SUFFIX)
    return (hint("recipients-comments", Span(RECIPIENTS_FILE), what, advice),)


def _comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?m)(?:^|\s)(#.*)$", text))
