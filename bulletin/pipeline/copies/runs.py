"""Copies one after another on sheets: all sheets of each, or those alone that bear a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bulletin.compose import compose_edition
from bulletin.model.artifact import Artifact
from bulletin.model.problem import Outcome, has_errors
from bulletin.model.sheets import lay_out, outer_order, page_order
from bulletin.model.stamp import CopyGroup, CopyPackage, NumberedFile
from bulletin.pipeline.copies.job import CopyJob, profile_of
from bulletin.pipeline.imposing import check_order
from bulletin.prove.copies import RunFile, prove_run
from bulletin.prove.imposition import prove_parts, prove_press
from bulletin.prove.print_edition import count_closing_pages, count_pages
from bulletin.render.copies import render_run
from bulletin.render.imposition import impose

OUTER, INNER, NUMBERS = "外页", "内页", "份号"
"""Parts of a package, in the names of files."""


@dataclass(frozen=True, slots=True)
class CopySheets:
    """The sheets of one copy that are repeated for each, and the pages on them in reading order; `inner` are those that all
    copies share, empty where there are none."""

    content: bytes
    order: tuple[int, ...]
    inner: bytes = b""


def impose_copy(job: CopyJob) -> Outcome[CopySheets]:
    """The sheets of one copy, without a number. Those of a package are folded and read back; a run is when it is made."""
    profile = profile_of(job.order)
    pages = count_pages(job.printed)
    filled = pages % (4 if profile.folded else 2) == 0
    order = page_order(profile, pages, 0 if filled else count_closing_pages(compose_edition(job.issue), job.printed))
    problems = tuple(check_order(order, profile, job.issue)) if job.order.profile else ()
    if has_errors(problems):
        return Outcome(None, problems)
    sides = lay_out(profile, order)
    whole = impose(job.printed, sides, profile)
    sheets = CopySheets(whole, order)
    if job.order.package is CopyPackage.OUTER:
        problems += prove_press(job.printed, whole, profile, order, job.span)
        outside = outer_order(profile, order)
        outer = impose(job.printed, lay_out(profile, outside), profile)
        inner = impose(job.printed, sides[2:], profile) if sides[2:] else b""
        problems += prove_parts(whole, [outer, *([inner] if inner else [])], job.span)
        sheets = CopySheets(outer, outside, inner)
    return Outcome(None if has_errors(problems) else sheets, problems)


def make_run(job: CopyJob, sheets: CopySheets, group: CopyGroup) -> Iterator[Outcome[NumberedFile]]:
    """The file of a group, and what belongs to it in its package."""
    profile, stamps = profile_of(job.order), job.stamps(group)
    content = render_run(sheets.content, lay_out(profile, sheets.order), profile, stamps, job.stamper)
    outer = job.order.package is CopyPackage.OUTER
    stamping, order = job.stamper.stamping, sheets.order
    run = RunFile(content, sheets.content, job.printed, profile, order, stamps, stamping, complete=not outer)
    yield Outcome(job.file(content, group, OUTER if outer else ""), prove_run(run, job.span))
    if outer:
        yield Outcome(_numbers_table(job, group))


def make_inner(job: CopyJob, sheets: CopySheets) -> Iterator[Outcome[NumberedFile]]:
    """The sheets that all copies share, once for the whole order."""
    if sheets.inner:
        everybody = CopyGroup(tuple(copy for group in job.order.groups for copy in group.copies))
        yield Outcome(replace(job.file(sheets.inner, everybody, INNER), numbers=()))


def _numbers_table(job: CopyJob, group: CopyGroup) -> NumberedFile:
    """The numbers of a file, one a line, as numbering machines and spreadsheets read them (RFC 4180)."""
    lines = [NUMBERS, *(stamp.number for stamp in job.stamps(group))]
    path = job.file(b"", group, NUMBERS).artifact.path.removesuffix("pdf") + "csv"
    return NumberedFile(
        Artifact(path, "text/csv", "\ufeff".encode() + "".join(f"{line}\r\n" for line in lines).encode()), ()
    )
