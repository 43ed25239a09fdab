"""The proof report of a build: what was looked at, in how many places, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin import __version__
from bulletin.model.artifact import Artifact
from bulletin.model.build import ConformanceChecks, Examination, LayoutProof, ProofReport
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue, PrintRecord
from bulletin.model.problem import Problem, Severity, message
from bulletin.model.prose import Note
from bulletin.model.walk import walk
from bulletin.render.proof import render_proof


@dataclass(frozen=True, slots=True)
class Printed:
    """The print edition, its PDF, what its proofs found of its text and of its pages, and the record of what was printed."""

    edition: Edition
    artifact: Artifact
    problems: tuple[Problem, ...]
    layout: LayoutProof
    record: PrintRecord
    conformance: ConformanceChecks


def make_proof_report(
    issue: Issue, printed: Printed, checked: tuple[Problem, ...], problems: tuple[Problem, ...]
) -> Artifact:
    """`<issue>/proof.html`.

    Args:
        issue: What was built.
        printed: Its print edition.
        checked: What the check of the sources found.
        problems: All that was found, in order.

    Raises:
        RenderingFailed: The template is at fault.
    """
    masthead = printed.edition.masthead
    report = ProofReport(
        key=masthead.key,
        title=masthead.title,
        numbering=masthead.numbering,
        date_text=masthead.date_text,
        language=masthead.language,
        print_run=printed.edition.print_run,
        sha256=printed.record.pdf.removeprefix("sha256:"),
        version=__version__,
        examinations=tuple(_examinations(issue, printed, checked)),
        figures=printed.layout.figures,
        problems=problems,
        thumbnails=printed.layout.thumbnails,
    )
    return render_proof(report, issue.publication.templates)


def _examinations(issue: Issue, printed: Printed, checked: Iterable[Problem]) -> Iterator[Examination]:
    figures, found = printed.layout.figures, printed.problems
    articles, characters = message("篇"), message("字")
    notes = sum(1 for _ in walk(printed.edition.articles, Note))
    outside = _count(found, "proof-folio", "proof-width")
    yield Examination(message("稿件检查（bulletin check）"), len(issue.manuscripts), articles, _count(checked))
    yield Examination(message("每个字字库里都有"), figures.characters, characters)
    whole = _count(found, "proof-composition", "highlight-empty")
    yield Examination(message("编排没有增减文字"), len(issue.manuscripts), articles, whole)
    yield Examination(message("印刷版与稿件逐字相同"), figures.characters, characters, _count(found, "proof-text"))
    yield Examination(message("脚注与注码同页"), notes, message("条"), _count(found, "proof-note"))
    yield Examination(message("版心以外只有页码，页码正确"), figures.pages, message("页"), outside)
    yield from printed.layout.examinations
    yield from _conformance(printed.conformance)


def _conformance(checks: ConformanceChecks) -> Iterator[Examination]:
    """Who judged the PDF as a file; nothing is published of which one found a fault."""
    rules, once = message("条"), message("次")
    yield Examination(
        message("{standards}（本程序自查）", standards=f"PDF/A-{checks.standard.part}a、PDF/UA-1"), checks.rules, rules
    )
    yield Examination(message("PDF 语法（qpdf {version}）", version=checks.qpdf), 1 if checks.qpdf else None, once)
    if checks.verapdf:
        yield Examination(
            message(
                "{standards}（由 veraPDF {version} 检查）",
                standards=f"PDF/A-{checks.standard.part}a、PDF/UA-1",
                version=checks.verapdf,
            ),
            1,
            once,
        )
    else:
        yield Examination(message("veraPDF：本机没有，没有检查"), None, once)


def _count(problems: Iterable[Problem], *codes: str) -> int:
    """How many of the problems weigh something, of all codes or of some."""
    weighty = (problem for problem in problems if problem.severity is not Severity.HINT)
    return sum(1 for problem in weighty if not codes or problem.code in codes)
