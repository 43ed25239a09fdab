"""What the commands report: plain results that a terminal or another program can show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from bulletin.model.edition import Audience
from bulletin.model.issue import IssueKey
from bulletin.model.problem import Message, Problem
from bulletin.model.publication import PdfStandard

Progress: TypeAlias = Callable[[Message], None]
"""Told what is being done, for a person who waits."""


class ClearanceState(Enum):
    """Whether an article may be public: never cleared, cleared as it stands, or cleared before it changed."""

    NONE = "none"
    VALID = "valid"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """An article in a list: its file, what it is, how long it is in characters without white space."""

    slug: str
    kind: str
    title: str
    byline: str
    characters: int
    clearance: ClearanceState
    cleared_by: str


@dataclass(frozen=True, slots=True)
class IssueStatus:
    """What stands where in an issue."""

    key: IssueKey
    title: str
    numbering: str
    date: str
    print_run: int
    articles: tuple[ArticleStatus, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The findings for one issue."""

    key: IssueKey
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ClearReport:
    """What became of a request to clear articles, or to take clearances back: file and title of each that changed."""

    key: IssueKey
    problems: tuple[Problem, ...]
    articles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What a build is asked for: for whom the web edition is, where the outputs go, and the command of veraPDF where the machine
    has it (empty where it has not)."""

    audience: Audience
    output: Path
    verapdf: str = ""


@dataclass(frozen=True, slots=True)
class ConformanceChecks:
    """Who found nothing wrong with the print PDF: so many rules of our own; qpdf and veraPDF by version, empty where it did
    not judge."""

    standard: PdfStandard
    rules: int
    qpdf: str
    verapdf: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: paths of outputs, pages, articles in all and in the web edition; or why it made none."""

    key: IssueKey
    audience: Audience
    problems: tuple[Problem, ...]
    outputs: tuple[str, ...] = ()
    pages: int = 0
    articles: int = 0
    web_articles: int = 0
    print_run: int = 0
    conformance: ConformanceChecks | None = None
    """`None` where nothing was made."""
