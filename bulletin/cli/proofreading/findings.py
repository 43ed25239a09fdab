"""Findings on the terminal, as compilers show theirs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from bulletin.cli.console import severity_name, severity_styled, terminal_width
from bulletin.cli.help import wrapped
from bulletin.cli.language import _, shown_text, translated
from bulletin.cli.proofreading.counts import summary
from bulletin.cli.proofreading.excerpts import excerpt
from bulletin.model.finding import Finding, Fix, Related, Safety
from bulletin.model.original import Original
from bulletin.model.problem import Message, Severity, Span
from bulletin.model.proof_text import Words
from bulletin.model.proofreading import Judged, Proofreading, Standing, gathered

SHORT = 8
"""Characters of a fingerprint that are shown: enough to tell findings of an issue apart."""
_WIDEST = 100
"""Columns that are used at most: longer lines are hard to read."""


def show_findings(reading: Proofreading) -> None:
    """A block for each finding that is not settled, file by file."""
    waiting = [each for each in reading.judged if not each.settled]
    by_file = [(path, [*group]) for path, group in groupby(waiting, key=lambda each: each.finding.words.text.path)]
    for path, group in by_file:
        if len(by_file) > 1:
            click.echo(click.style(_("── {path}　{count} 处 ──").format(path=path, count=len(group)), bold=True) + "\n")
        for first, *others in gathered(group):
            show_finding(first, others, reading.original(path))


def show_finding(judged: Judged, others: list[Judged], original: Original) -> None:
    """`path:line:column: 警告[CODE] message`, the source line with carets, what else is to be said, and where else it is to be said."""
    finding = judged.finding
    gutter = " " * len(str(finding.words.span.line))
    click.echo(first_line(finding))
    line, carets = _excerpt(finding.words, original, gutter)
    click.echo(
        f"{gutter} |\n{finding.words.span.line} | {line}\n{gutter} | " + severity_styled(finding.severity, carets)
    )
    for said in (*_notes(judged), *_elsewhere(others)):
        first, *rest = _wrapped(said, len(gutter) + 3)
        click.echo(f"{gutter} = {first}")
        for further in rest:
            click.echo(f"{gutter}   {further}")
    click.echo()


def first_line(finding: Finding) -> str:
    """`path:line:column: 警告[CODE] message`: all that is said of a finding in one line."""
    return line_of(finding.words.span, finding.severity, finding.code, finding.message)


def line_of(span: Span, severity: Severity, code: str, said: Message) -> str:
    """`path:line:column: 警告[CODE] message`, with what is known of the place."""
    name = severity_styled(severity, f"{severity_name(severity)}[{code}]")
    return f"{span}: {name} {translated(said)}"


def _excerpt(words: Words, original: Original, gutter: str) -> tuple[str, str]:
    start, end = words.span, words.end_span
    line = original.line(start.line)
    last = end.column - 1 if end.line == start.line else len(line)
    return excerpt(line, start.column - 1, last, min(terminal_width(), _WIDEST) - len(gutter) - 3)


def _wrapped(said: str, inset: int) -> list[str]:
    return [*wrapped(said, min(terminal_width(), _WIDEST) - inset)] or [""]


def _notes(judged: Judged) -> Iterator[str]:
    finding = judged.finding
    yield from (
        _("另见：{place} {said}").format(place=each.words.span, said=_related(each)) for each in finding.related
    )
    if finding.advice.template:
        yield _("建议：{advice}").format(advice=translated(finding.advice))
    if finding.fix:
        yield _("改法：{fix}").format(fix=fix_said(finding.fix))
    if judged.decision and judged.standing is Standing.ASKED:
        yield _("存疑：{reason}（{by}）").format(reason=judged.decision.reason, by=judged.decision.by or _("文中批注"))
    explained = finding.entry or finding.code
    yield _("编号 {finding}，说明：bulletin explain {code}").format(finding=finding.fingerprint[:SHORT], code=explained)


def _elsewhere(others: list[Judged]) -> Iterator[str]:
    """The other places of the same; of what has to be decided with its number."""
    if others:
        places = _("、").join(map(_place, others))
        yield _("同样的还有 {count} 处：{places}").format(count=len(others), places=places)


def _place(judged: Judged) -> str:
    span, number = judged.finding.words.span, judged.finding.fingerprint[:SHORT]
    place = f"{span.line}:{span.column}"
    if judged.finding.severity is Severity.HINT:
        return place
    return _("{place}（编号 {finding}）").format(place=place, finding=number)


def _related(related: Related) -> str:
    """What is said of the other place, and its words where that does not name them."""
    said, words = translated(related.message), related.words.content
    return said if words in said else " ".join(filter(None, (_shown(words), said)))


def fix_said(fix: Fix, *, how: bool = True) -> str:
    """What the fix changes, and whether it is made by itself."""
    words, new = fix.words.content, fix.replacement
    if not words:
        said = _("加上{new}").format(new=_shown(new))
    elif not new:
        said = _("删去{old}").format(old=_shown(words))
    else:
        said = _("{old}改为{new}").format(old=_shown(words), new=_shown(new))
    by = {Safety.SAFE: _("（可自动改）"), Safety.UNSAFE: _("（看过再改）"), Safety.NONE: _("（供参考）")}[fix.safety]
    return said + by if how else said


def _shown(words: str) -> str:
    """Words in marks that they do not have themselves; what cannot be seen by its name."""
    blank = {" ": _("半角空格"), "\u3000": _("全角空格"), "": _("（无）")}.get(words)
    if blank:
        return blank
    seen = shown_text(
        "".join(each if each.isprintable() or each == "\u3000" else f"U+{ord(each):04X}" for each in words)
    )
    return f"「{seen}」" if any(mark in seen for mark in "“”") else f"“{seen}”"


def show_summary(reading: Proofreading) -> None:
    """How many findings there are, and what to do about them."""
    counts = reading.counts
    if not counts.open:
        return
    click.echo(summary(counts))
    key = reading.key
    if counts.safe or counts.unsafe:
        click.echo(_("先看会改成怎样：bulletin check {issue} --diff").format(issue=key))
    if counts.errors or counts.warnings:
        click.echo(_("不改的写明理由：bulletin decide {issue} 编号 --keep --reason 理由 --by 姓名").format(issue=key))
        click.echo(_("或者在那一段里写：<!-- 校:保留 代码 理由 -->"))
