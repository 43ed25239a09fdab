"""Looking for paper that could be saved before an issue is printed."""

from __future__ import annotations

from pathlib import Path

from bulletin.compose import compose_edition
from bulletin.model.build import SavingsReport
from bulletin.model.key import IssueKey
from bulletin.model.problem import has_errors
from bulletin.model.progress import Progress
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.reading import read
from bulletin.typeset import find_cuts, find_savings, pages_of, set_issue


def find_paper(root: Path, key: IssueKey, progress: Progress) -> SavingsReport:
    """Which paragraphs would lose a line if one to three characters were cut, and which cuts save a page."""
    sources = read(root, key)
    issue = sources.value
    if issue is None or has_errors(sources.problems):
        return SavingsReport(key, sources.problems)
    faces = assure_faces(issue.publication, root / "build", progress)
    if faces.value is None:
        return SavingsReport(key, faces.problems)
    edition = compose_edition(issue)
    lines = set_issue(edition, faces.value)
    pages = pages_of(lines)
    return SavingsReport(
        key=key,
        problems=sources.problems,
        pages=len(pages),
        blank_pages=sum(not page.parts for page in pages),
        pages_a_sheet=4 if issue.publication.layout.booklet else 2,
        print_run=edition.print_run,
        savings=find_savings(lines, edition),
        cuts=find_cuts(lines, edition),
    )
