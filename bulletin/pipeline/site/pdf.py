"""The PDF of an issue on the web: set anew from what the audience may read, and proven as the print PDF is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletin.compose.web_print import compose_web_print
from bulletin.load.folders import issue_path
from bulletin.model.artifact import Artifact
from bulletin.model.edition import Edition, WebEdition
from bulletin.model.errors import RenderingFailed
from bulletin.model.issue import Issue
from bulletin.model.pages import TypesetEdition
from bulletin.model.problem import Message, Outcome, Problem, Severity, Span, message, warning
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.model.site import PdfCard
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.specimen import assure_typesetting
from bulletin.prove.conformance import prove_conformance, prove_syntax
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.glyphs import prove_glyphs
from bulletin.prove.layout import prove_layout
from bulletin.prove.print_edition import prove_print
from bulletin.render.print_edition import WEB_STANDARD, render_web_pdf
from bulletin.typeset import typeset_edition

_MOST = 3
"""Causes that are told for one PDF."""


def prepare_web_pdfs(publication: Publication, output: Path, progress: Progress) -> Outcome[Publication]:
    """The publication ready to set PDFs with, once for all issues: its own faces prepared below `output`, the engine proven.

    Raises:
        TypesettingFailed: The type specimen does not come out as it should: nothing may be set.
        MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    ready = assure_faces(publication, output, progress)
    if ready.value is not None:
        assure_typesetting(ready.value, output, progress)
    return ready


def make_web_pdf(root: Path, issue: Issue, edition: WebEdition) -> Outcome[tuple[Artifact, PdfCard]]:
    """The PDF of the edition and what lists say of it.

    A PDF that cannot be set, or that a proof refuses, is left out, and the site is made without it: warnings say so, each with a cause
    at its place. What weighs less than an error is told when the issue is built for print, and not here.

    Args:
        root: The folder of the publication, of which the file must not tell.
        issue: What the editors wrote, of a publication that `prepare_web_pdfs` made ready.
        edition: What the audience may read of it; it has articles.

    Raises:
        MissingLibrary: A system library is not installed.
    """
    where = Span(issue_path(edition.masthead.key))
    printed = compose_web_print(edition, issue.publication.web)
    try:
        made = _set(root, issue, printed, where)
    except RenderingFailed as fault:
        return Outcome(None, (_left_out(where, fault.message, fault.advice),))
    if made.value is None:
        causes = made.problems[:_MOST]
        return Outcome(None, tuple(_left_out(cause.span, cause.message, cause.advice) for cause in causes))
    typeset, artifact = made.value
    openings = dict(typeset.openings)
    card = PdfCard(
        size=len(artifact.content),
        pages=len(typeset.pages),
        openings=tuple(openings[article.number] for article in edition.cards),
    )
    return Outcome((artifact, card))


def _set(root: Path, issue: Issue, edition: Edition, where: Span) -> Outcome[tuple[TypesetEdition, Artifact]]:
    """The edition on its pages and its PDF, or the errors that stand in the way."""
    missing = tuple(_errors(prove_glyphs(issue, edition)))
    if missing:
        return Outcome(None, missing)
    typeset, problems = typeset_edition(edition, issue.publication, where)
    if overfull := tuple(_errors(problems)):
        return Outcome(None, overfull)
    artifact = render_web_pdf(typeset, issue.publication)
    file = PrintFile(artifact.content, edition, WEB_STANDARD, folder=str(root.resolve()))
    found = (
        *prove_print(edition, typeset, artifact, where),
        *prove_layout(edition, typeset, artifact, issue.publication.typesetting.size, where).problems,
        *prove_conformance(file, where),
        *prove_syntax(file, where),
    )
    faults = tuple(_errors(found))
    return Outcome(None if faults else (typeset, artifact), faults)


def _errors(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.severity is Severity.ERROR)


def _left_out(where: Span, cause: Message, advice: Message) -> Problem:
    return warning(
        "web-pdf-left-out", where, message("网站上没有本期的 PDF，网页不受影响：{cause}", cause=cause), advice
    )
