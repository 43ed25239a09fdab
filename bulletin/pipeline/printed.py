"""The print PDF on disk, and whether it is still what the sources say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from bulletin.compose import compose_edition, digests_of
from bulletin.load.folders import issue_path
from bulletin.model.issue import Issue, PrintRecord
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, Outcome, Problem, Span, error, message, warning
from bulletin.publish import publish_folder, set_aside
from bulletin.render.fingerprint import print_fingerprint

PRESS_FOLDER = "press"
"""Beside the print PDF: the sheets that were made of it."""
COPIES_FOLDER = "copies"
"""Beside the print PDF: the numbered copies that were made of it."""
LAYOUT_PART = "版式"
"""Templates, style sheet, settings and faces."""


def print_record(issue: Issue, pdf: str) -> PrintRecord:
    """What the print PDF of the issue, of that SHA-256, is made from; the issue has no errors."""
    parts = digests_of(compose_edition(issue))
    return PrintRecord(pdf, (*parts, (LAYOUT_PART, print_fingerprint(issue.publication))))


def digest_of_pdf(content: bytes) -> str:
    """As it is written in records."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def read_printed(issue: Issue, output: Path) -> Outcome[bytes]:
    """The print PDF below `output`, with a problem if there is none, or if it is not what a build would now make.

    The build leaves a record beside it (`print.json`). A PDF that is not the recorded one, or that was made from other text or
    pictures, is in error; one that was set in another style is as it was proved, and may be meant: that is a warning.
    """
    folder = output / str(issue.head.key)
    try:
        printed = (folder / "print.pdf").read_bytes()
    except FileNotFoundError:
        return Outcome(None, (_refused(issue, message("还没有印刷版 {path}", path=str(folder / "print.pdf"))),))
    return Outcome(
        printed, tuple(_differences(issue, _read_record(folder), print_record(issue, digest_of_pdf(printed))))
    )


def clear_press(output: Path, key: IssueKey, pdf: str) -> None:
    """Takes away the sheets that were made of another print PDF, of that digest; copies with numbers are kept apart, as they may be on
    paper."""
    publish_folder(output, f"{key}/{PRESS_FOLDER}", ())
    set_aside(output, f"{key}/{COPIES_FOLDER}", f"{key}/{COPIES_FOLDER}-{pdf.removeprefix('sha256:')[:8]}")


def recorded_pdf(folder: Path) -> str:
    """The digest of the print PDF that was built into the folder; empty where none is recorded."""
    record = _read_record(folder)
    return record.pdf if record else ""


def _read_record(folder: Path) -> PrintRecord | None:
    try:
        said = json.loads((folder / "print.json").read_text("utf-8"))
        return PrintRecord(said["pdf"], tuple((part, digest) for part, digest in said["parts"]))
    except (FileNotFoundError, ValueError, TypeError, LookupError):
        return None


def _differences(issue: Issue, recorded: PrintRecord | None, now: PrintRecord) -> Iterator[Problem]:
    if recorded is None or recorded.pdf != now.pdf:
        yield _refused(issue, message("print.pdf 不是 build 制作并核对过的那一份"))
        return
    changed = recorded.changed(now)
    if changed == (LAYOUT_PART,):
        what = message("制作 print.pdf 之后，版式（模板、样式、字库或排法）变过；拼的是原来的版式")
        advice = message("要用新的版式，先运行 bulletin build {issue}", issue=str(issue.head.key))
        yield warning("print-style", Span(issue_path(issue.head.key)), what, advice)
    elif changed:
        yield _refused(issue, message("制作 print.pdf 之后改过：{parts}", parts=changed))


def _refused(issue: Issue, what: Message) -> Problem:
    key = issue.head.key
    return error("print-stale", Span(issue_path(key)), what, message("先运行 bulletin build {issue}", issue=str(key)))
