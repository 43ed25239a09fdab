"""What an import made of a foreign file, step by step: what its report shows and its proof compares."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.foreign import ForeignDocument
from bulletin.model.problem import Message, Problem
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


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file of an archive: the folder of the issue, or why it has none.

    `name` is its path below the archive's folder, `digest` that of its bytes, `version` the program's that read it. `serial` is 0 for supplements.
    """

    name: str
    digest: str = ""
    version: str = ""
    folder: str = ""
    serial: int = 0
    articles: int = 0
    repairs: int = 0
    doubts: int = 0
    errors: int = 0
    """What must be mended before the issue can be made."""
    unknown: tuple[str, ...] = ()
    report: str = ""
    fault: Message | None = None
    instead: str = ""
    """The file of the same name but for its ending that was read in its place."""
    again: bool = False
    """It was brought in by an earlier run."""
