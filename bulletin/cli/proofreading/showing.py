"""What `bulletin check` puts out, by format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bulletin.cli.console import problem_record, show_json, show_problems
from bulletin.cli.language import _, language, translated
from bulletin.cli.proofreading.aids import aids_record, show_aids
from bulletin.cli.proofreading.counts import counts_record
from bulletin.cli.proofreading.differences import show_difference
from bulletin.cli.proofreading.findings import first_line, fix_said, line_of, show_findings, show_summary
from bulletin.model.artifact import Artifact
from bulletin.model.finding import Fix, Related
from bulletin.model.original import Original
from bulletin.model.problem import Severity, Span, has_errors
from bulletin.model.proof_text import Words
from bulletin.model.proofreading import Judged, Mended, Proofreading


def show_text(mended: Mended, reading: Proofreading, *, diff: bool, hints: bool = True) -> None:
    """Everything for people: what was mended or would be, the problems of the structure, the findings, with or without `hints`, what to do next."""
    show_problems(reading.problems)
    if diff:
        _show_diff(mended)
        return
    _show_made(mended)
    show_aids(reading.aids)
    show_findings(reading if hints else reading.without_hints())
    show_summary(reading)
    if reading.counts.hints and not hints:
        click.echo(_("提示 {count} 处没有列出，去掉 --no-hints 再看").format(count=reading.counts.hints))
    if not has_errors(reading.problems) and not reading.counts.open:
        click.echo(_nothing_open(reading))


def _nothing_open(reading: Proofreading) -> str:
    """That nothing is left to do in the words; in the structure something may be."""
    said = _("{issue} 文字校对没有发现问题") if reading.problems else _("{issue} 没有发现问题")
    kept = _("（写明理由保留 {count} 处）").format(count=reading.counts.kept) if reading.counts.kept else ""
    return said.format(issue=reading.key) + kept


def show_concise(reading: Proofreading, *, hints: bool = True) -> None:
    """One line for each problem of the structure and each finding that is not settled, with or without `hints`."""
    for problem in reading.problems:
        if hints or problem.severity is not Severity.HINT:
            click.echo(line_of(problem.span, problem.severity, problem.code, problem.message))
    for each in (reading if hints else reading.without_hints()).judged:
        if not each.settled:
            click.echo(first_line(each.finding))


def _show_made(mended: Mended) -> None:
    for fix in mended.made:
        click.echo(_("改好 {place}：{fix}").format(place=fix.words.span, fix=fix_said(fix, how=False)))
    if mended.made:
        click.echo(_("改好 {count} 处，已写回稿件").format(count=len(mended.made)) + "\n")
    _show_refused(mended)


def _show_refused(mended: Mended) -> None:
    for each in mended.refused:
        click.echo(_("没有改 {place}：{why}").format(place=each.finding.words.span, why=translated(each.why)), err=True)


def _show_diff(mended: Mended) -> None:
    """What would change: each place, and the lines as other programs for comparing show them."""
    for fix in mended.made:
        click.echo(_("会改 {place}：{fix}").format(place=fix.words.span, fix=fix_said(fix, how=False)))
    for before, after in mended.changes:
        show_difference(before, after)
    _show_refused(mended)
    if mended.made:
        click.echo(
            _("会改 {count} 处；还没有写，要改请用 --fix 或 --unsafe-fixes").format(count=len(mended.made)), err=True
        )
    else:
        click.echo(_("没有可以自动改的"), err=True)


def show_sarif(reading: Proofreading, output: Path | None) -> None:
    """SARIF on standard output, or in the file `output`."""
    from bulletin.pipeline.proofreading import MANUALS
    from bulletin.render.proofreading.sarif import render_sarif

    said = render_sarif(reading, MANUALS, translated, language())
    if output is None:
        click.echo(said, nl=False)
        return
    from bulletin.publish import publish_file

    path = publish_file(output.parent, Artifact(output.name, "application/sarif+json", said.encode()))
    click.echo(str(path))


def show_annotations(reading: Proofreading) -> None:
    """Commands for a build service."""
    from bulletin.render.proofreading.annotations import render_annotations

    click.echo(render_annotations(reading, translated), nl=False)


def show_sheets(root: Path, mended: Mended, reading: Proofreading, output: Path) -> None:
    """Writes the proof sheets, and says where they are."""
    from bulletin.pipeline.proof_sheets import publish_sheets

    show_problems(reading.problems)
    _show_made(mended)
    for path in publish_sheets(root, reading, mended.made, output):
        click.echo(path)
    if not reading.texts:
        click.echo(_("没有写校样：请先改正上面的错误"), err=True)


def show_record(mended: Mended, reading: Proofreading) -> None:
    """Everything for another program."""
    counts = reading.counts
    show_json(
        {
            "issue": str(reading.key),
            "problems": [problem_record(problem) for problem in reading.problems],
            "findings": [finding_record(each, reading) for each in reading.judged],
            "counts": counts_record(counts),
            "aids": aids_record(reading.aids) if reading.aids.articles else None,
            "fixed": [_fix_record(fix, None) for fix in mended.made],
            "not_fixed": [
                {"fingerprint": each.finding.fingerprint, "reason": translated(each.why)} for each in mended.refused
            ],
        }
    )


def finding_record(judged: Judged, reading: Proofreading) -> dict[str, Any]:
    """A finding as JSON. Lines and columns are counted from 1, offsets from 0; a character beyond U+FFFF counts for one, in `utf16_column` for two."""
    finding, original = judged.finding, reading.original(judged.finding.words.text.path)
    return {
        **problem_record(finding.problem),
        **_place_record(finding.words, original),
        "article": finding.words.text.slug or None,
        "words": finding.words.content,
        "entry": finding.entry or None,
        "related": [_related_record(each, reading) for each in finding.related],
        "fix": _fix_record(finding.fix, original) if finding.fix else None,
        "fingerprint": finding.fingerprint,
        "standing": judged.standing.value,
        "decision": _decision_record(judged),
    }


def _place_record(words: Words, original: Original) -> dict[str, Any]:
    start, end = words.span, words.end_span
    return {
        "end_line": end.line,
        "end_column": end.column,
        **{
            name: value
            for prefix, span in (("", start), ("end_", end))
            for name, value in _offsets(prefix, span, original)
        },
    }


def _offsets(prefix: str, span: Span, original: Original) -> list[tuple[str, int]]:
    offset = original.offset(span)
    return [
        (f"{prefix}offset", offset),
        (f"{prefix}byte_offset", original.byte_offset(offset)),
        (f"{prefix}utf16_column", original.utf16_column(span)),
    ]


def _related_record(related: Related, reading: Proofreading) -> dict[str, Any]:
    words = related.words
    return {
        "path": words.text.path,
        "line": words.span.line,
        "column": words.span.column,
        **_place_record(words, reading.original(words.text.path)),
        "words": words.content,
        "message": translated(related.message),
    }


def _fix_record(fix: Fix, original: Original | None) -> dict[str, Any]:
    words = fix.words
    return {
        "path": words.text.path,
        "line": words.span.line,
        "column": words.span.column,
        **(_place_record(words, original) if original else {}),
        "words": words.content,
        "replacement": fix.replacement,
        "safety": fix.safety.value,
    }


def _decision_record(judged: Judged) -> dict[str, Any] | None:
    said = judged.decision
    if said is None:
        return None
    return {"verdict": said.verdict.value, "reason": said.reason, "by": said.by or None, "at": said.at or None}
