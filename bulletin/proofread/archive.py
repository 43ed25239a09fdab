"""The facts of an issue that later issues are compared with."""

from __future__ import annotations

from collections import Counter

from bulletin.model.archive_facts import IssueFacts
from bulletin.proofread.reading import ReadIssue


def issue_facts(issue: ReadIssue, name: str = "") -> IssueFacts:
    """What the issue calls things; `name` is the issue (`2026-07`) where it is not that of its folder."""
    return IssueFacts(
        issue=name or str(issue.issue.head.key),
        quoted=tuple(Counter(mention.name for text in issue.texts for mention in text.quoted).items()),
        titles=tuple(Counter(mention.name for text in issue.texts for mention in text.titled).items()),
    )
