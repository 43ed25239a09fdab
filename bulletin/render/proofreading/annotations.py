"""Findings as commands that a build service turns into remarks beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable

from bulletin.model.problem import Message, Severity, Span
from bulletin.model.proofreading import Proofreading, Say

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def render_annotations(reading: Proofreading, say: Say) -> str:
    """A line for each problem and each finding that is not settled, the heaviest first, as few are shown.

    Source: GitHub Actions, Workflow commands, *Setting an error message*.
    """
    lines = [(each.severity, _line(each.severity, each.code, (each.span, each.span), (each.message, each.advice), say))
             for each in reading.problems]  # fmt: skip
    for finding in (each.finding for each in reading.judged if not each.settled):
        place = (finding.words.span, finding.words.end_span)
        lines.append(
            (finding.severity, _line(finding.severity, finding.code, place, (finding.message, finding.advice), say))
        )
    order = list(Severity)
    return "".join(f"{line}\n" for _severity, line in sorted(lines, key=lambda each: order.index(each[0])))


def _line(severity: Severity, code: str, place: tuple[Span, Span], said: Iterable[Message], say: Say) -> str:
    start, end = place
    properties = {"file": start.path}
    if start.line:
        properties |= {"line": str(start.line), "endLine": str(end.line)}
    if start.column and end.column > start.column:
        properties |= {"col": str(start.column), "endColumn": str(end.column)}
    listed = ",".join(f"{name}={_property(text)}" for name, text in {**properties, "title": code}.items())
    return f"::{_LEVELS[severity]} {listed}::{_value(chr(10).join(filter(None, map(say, said))))}"


def _value(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")
