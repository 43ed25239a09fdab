"""What a rule is: a page of the manual, and a function that finds what the page is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bulletin.model.finding import Finding, Manual
from bulletin.proofread.reading import ReadArticle, ReadIssue


@dataclass(frozen=True, slots=True)
class ArticleRule:
    """Looks at one article at a time, or at the texts of `issue.yaml`.

    What it finds inside of quotations and titles is dropped unless it `reads_quotations`; a fix there is always dropped.
    """

    manual: Manual
    find: Callable[[ReadArticle], Iterator[Finding]]
    reads_quotations: bool = False


@dataclass(frozen=True, slots=True)
class IssueRule:
    """Looks at all articles of an issue together; quotations and titles too."""

    manual: Manual
    find: Callable[[ReadIssue], Iterator[Finding]]


Rule: TypeAlias = ArticleRule | IssueRule
