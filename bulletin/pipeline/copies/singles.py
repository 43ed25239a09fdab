"""Copies that have a file each: the signed print PDF with a number behind it, still for screen readers and for archives."""

from __future__ import annotations

from bulletin.compose import compose_edition
from bulletin.model.problem import Outcome, Problem
from bulletin.model.stamp import CopyGroup, NumberedFile
from bulletin.pipeline.copies.job import CopyJob
from bulletin.prove.conformance import prove_conformance
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.copies import SingleFile, prove_alike, prove_single
from bulletin.prove.copy_objects import read_attachments
from bulletin.render.copies import render_single


class SingleCopies:
    """Makes them; the first is held to all rules of PDF/A and PDF/UA, the others to being like it."""

    def __init__(self, job: CopyJob) -> None:
        self.job = job
        self.first: SingleFile | None = None

    def make(self, group: CopyGroup) -> Outcome[NumberedFile]:
        """The file of the only copy of a group."""
        (stamp,) = self.job.stamps(group)
        content = render_single(self.job.printed, stamp, self.job.stamper)
        made = SingleFile(content, self.job.printed, stamp, self.job.stamper.stamping)
        problems = (*prove_single(made, self.job.span), *self._check_conformance(made))
        return Outcome(self.job.file(content, group), problems)

    def _check_conformance(self, made: SingleFile) -> tuple[Problem, ...]:
        if self.first is not None:
            return prove_alike(self.first, made, self.job.span)
        self.first = made
        issue = self.job.issue
        standard, attached = issue.publication.pdf_standard, read_attachments(self.job.printed)
        file = PrintFile(made.content, compose_edition(issue), standard, attached)
        return prove_conformance(file, self.job.span)
