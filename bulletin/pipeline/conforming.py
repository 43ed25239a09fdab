"""The print PDF before those who judge it: our own rules, qpdf, and veraPDF where the machine has it."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from bulletin.load.sources import load_sources
from bulletin.model.build import ConformanceChecks
from bulletin.model.issue import Issue
from bulletin.model.problem import Outcome, Span
from bulletin.model.publication import PdfStandard, SourceFile
from bulletin.prove.conformance import RULES as CONFORMANCE_RULES
from bulletin.prove.conformance import prove_conformance, prove_syntax
from bulletin.prove.conformance.print_file import PrintFile
from bulletin.prove.verapdf import ask_verapdf


def sources_to_attach(root: Path, issue: Issue) -> tuple[SourceFile, ...]:
    """The issue's sources where the setting `pdf.standard` asks for them, else none."""
    return load_sources(root, issue.head.key) if issue.publication.pdf_standard is PdfStandard.A_3A else ()


def conform(file: PrintFile, verapdf: str, issue_file: Span) -> Outcome[ConformanceChecks]:
    """Who judged the file, with all that they found.

    Args:
        file: The PDF, with what it was made from.
        verapdf: The command of veraPDF, empty where the machine has none.
        issue_file: The place that problems are told at.
    """
    own = prove_conformance(file, issue_file)
    syntax = prove_syntax(file, issue_file)
    referee = ask_verapdf(verapdf, file.content, file.standard, issue_file) if verapdf else Outcome("")
    checks = ConformanceChecks(
        standard=file.standard,
        rules=len(CONFORMANCE_RULES),
        qpdf=pikepdf.__libqpdf_version__,
        verapdf=referee.value or "",
    )
    return Outcome(checks, (*own, *syntax, *referee.problems))
