"""Numbered copies of the signed print PDF: stamped, read back, and handed on file by file."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue
from bulletin.model.problem import Outcome, Problem, has_errors, message
from bulletin.model.progress import Progress
from bulletin.model.stamp import CopyOrder, CopyPackage, NumberedFile
from bulletin.pipeline.copies.job import CopyJob, profile_of
from bulletin.pipeline.copies.runs import CopySheets, impose_copy, make_inner, make_run
from bulletin.pipeline.copies.singles import SingleCopies
from bulletin.pipeline.copies.stamping import find_stamping
from bulletin.render.copies import DigitFace, Stamper, draw_digits


def make_copies(
    printed: bytes, issue: Issue, order: CopyOrder, progress: Progress, digits: DigitFace | None = None
) -> Outcome[tuple[NumberedFile, ...]]:
    """The files of an order, each read back; nothing is written. One that fails, and none is handed on.

    Whether the issue is signed, and `printed` what was signed, is for the caller to know.

    Args:
        printed: The print PDF.
        issue: The issue that it is of, without errors, the bureau's own faces prepared (`assure_faces`).
        order: Which copies, into which files.
        progress: Told what is being done.
        digits: Those of the publication, if they were kept (`assure_digits`); else they are drawn.

    Raises:
        ValueError: The bureau's own faces are not prepared: digits would be set in others than those of the page.
        MissingLibrary, RenderingFailed: The digits cannot be drawn; pages are not A4, or have colours that cannot be converted.
    """
    files, problems = list[NumberedFile](), list[Problem]()
    for outcome in _make(printed, issue, order, progress, digits):
        problems += outcome.problems
        if has_errors(outcome.problems):
            return Outcome(None, tuple(problems))
        files += [outcome.value] if outcome.value else []
    return Outcome(tuple(files), tuple(problems))


def _make(
    printed: bytes, issue: Issue, order: CopyOrder, progress: Progress, digits: DigitFace | None
) -> Iterator[Outcome[NumberedFile]]:
    wanted = {f"{face.role.house_family}.ttf" for face in issue.publication.house_faces}
    if wanted - dict(issue.publication.faces).keys():
        raise ValueError("faces are not prepared")
    progress(message("正在准备份号"))
    digits = digits or draw_digits(issue.publication)
    widest = max(digits.widths) * issue.publication.copy_number.digits
    stamping = find_stamping(printed, issue, order, widest)
    if stamping.value is None:
        yield Outcome(None, stamping.problems)
        return
    job = CopyJob(printed, issue, order, Stamper(stamping.value, digits, profile_of(order).colour))
    singles = SingleCopies(job)
    sheets: CopySheets | None = None
    for group in order.groups:
        if not job.is_single(group) and sheets is None:
            progress(message("正在拼版并核对"))
            imposed = impose_copy(job)
            if imposed.problems:
                yield Outcome(None, imposed.problems)
            if imposed.value is None:
                return
            sheets = imposed.value
        progress(message("正在打份号并核对：{copies} 份", copies=len(group.copies)))
        if job.is_single(group) or sheets is None:
            yield singles.make(group)
        else:
            yield from make_run(job, sheets, group)
    if sheets and order.package is CopyPackage.OUTER:
        yield from make_inner(job, sheets)
