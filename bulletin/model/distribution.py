"""How many copies a distribution comes to: the one datum for the print run."""

from __future__ import annotations

from bulletin.model.issue import Issue


def print_run(issue: Issue) -> int:
    """The number of copies to print: all recipients', the archive's and the spare ones."""
    copies = 0
    for listed in issue.distribution:
        for addressee in (addressee for rank in listed.ranks for addressee in rank):
            recipient = issue.publication.recipient(addressee.name)
            copies += recipient.total if recipient else 0
    return copies + issue.archive + issue.spare
