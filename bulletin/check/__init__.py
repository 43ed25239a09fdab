"""What can be wrong in an issue that reads well file by file. One rule a file; each yields problems, none raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bulletin.check.attachments import check_attachments
from bulletin.check.bylines import check_bylines
from bulletin.check.clearances import check_clearances
from bulletin.check.distribution import check_distribution
from bulletin.check.headings import check_headings
from bulletin.check.highlights import check_highlights
from bulletin.check.links import check_links
from bulletin.check.notes import check_notes
from bulletin.check.numbering import check_numbering
from bulletin.check.placeholders import check_placeholders
from bulletin.check.recipients import check_names, check_recipients
from bulletin.check.secrecy import check_secrecy
from bulletin.check.tables import check_tables
from bulletin.model.issue import Issue
from bulletin.model.problem import Problem

RULES: tuple[Callable[[Issue], Iterator[Problem]], ...] = (
    check_secrecy,
    check_numbering,
    check_distribution,
    check_highlights,
    check_attachments,
    check_placeholders,
    check_bylines,
    check_headings,
    check_notes,
    check_tables,
    check_links,
    check_clearances,
)


def check_issue(issue: Issue) -> tuple[Problem, ...]:
    """The findings of all rules."""
    return tuple(problem for rule in RULES for problem in rule(issue))


__all__ = ["RULES", "check_issue", "check_names", "check_recipients"]
