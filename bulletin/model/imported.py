"""What an import made of a foreign file, step by step: what its report shows and its proof compares."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.foreign import ForeignDocument
from bulletin.model.problem import Problem
from bulletin.model.repair import Repair


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as it was read, as it was repaired, and what was recognised in it."""

    document: ForeignDocument
    repaired: ForeignDocument
    repairs: tuple[Repair, ...]
    draft: DraftIssue | DraftArticle
    problems: tuple[Problem, ...] = ()
    paths: tuple[str, ...] = ()
    """The files that it became, relative to the publication."""
    unknown: tuple[str, ...] = ()
    """Names under 报, 送, 发 that the list of recipients does not have."""
    report: str = ""
    """Where the report lies, relative to the publication; empty where none was written."""

    @property
    def articles(self) -> tuple[DraftArticle, ...]:
        """The articles of the issue, or the only one."""
        return self.draft.articles if isinstance(self.draft, DraftIssue) else (self.draft,)

    @property
    def doubtful(self) -> int:
        """How many places somebody should look at."""
        whole = len(self.draft.doubts) if isinstance(self.draft, DraftIssue) else 0
        return whole + sum(len(article.doubts) for article in self.articles)
