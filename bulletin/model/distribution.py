"""How many copies a distribution comes to: the one datum for the print run."""

from __future__ import annotations

from bulletin.model.issue import Issue


def print_run(issue: Issue) -> int:
    """The number of copies to print: all recipients', the archive's and the spare ones."""
    recipients = issue.publication.recipients_by_name()
    names = [addressee.name for addressee in issue.addressees()]
    return (
        sum(recipients[name].total_on(issue.head.date) for name in names if name in recipients)
        + issue.archive
        + issue.spare
    )
