"""An issue of the site: read, composed, rendered, proven, and put on the stage; the work of one worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin.compose import compose_web_edition, numbering_text
from bulletin.compose.site import compose_issue_card
from bulletin.load import issue_path
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Span, has_errors
from bulletin.model.publication import Publication
from bulletin.model.site import Around
from bulletin.model.site_build import IssueUnit, SiteOrder, Unit
from bulletin.pipeline.reading import read_issue
from bulletin.prove.web.pages import prove_web
from bulletin.publish import stage_files
from bulletin.render.web.frame import Frame
from bulletin.render.web.issue_pages import render_issue_pages


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all workers share: where the sources are, what is wanted, the publication as loaded, the frame of its pages."""

    root: Path
    order: SiteOrder
    publication: Publication
    frame: Frame


@dataclass(frozen=True, slots=True)
class IssueJob:
    """An issue to be made: the digest of its sources, what the site has of it, and its neighbours where they are known."""

    key: IssueKey
    made_from: str
    before: IssueUnit | None
    around: Around | None = None


@dataclass(frozen=True, slots=True)
class IssueMade:
    """What became of a job; no unit where the issue has errors, or its pages are not as they should be."""

    key: IssueKey
    unit: IssueUnit | None
    problems: tuple[Problem, ...]


def make_issue(shop: Workshop, job: IssueJob) -> IssueMade:
    """Makes all files of the issue, and proves them before they are written.

    Where the neighbours are not known yet, those of the same series are taken that stand beside it; the caller looks whether they were right.

    Raises:
        RenderingFailed, CannotWrite: The machine is at fault.
    """
    read = read_issue(shop.root, job.key, shop.publication)
    if read.value is None or has_errors(read.problems):
        return IssueMade(job.key, None, read.problems)
    edition = compose_web_edition(read.value, shop.order.audience)
    around = job.around or _siblings(read.value)
    card = compose_issue_card(edition, None) if edition.articles else None
    artifacts = render_issue_pages(edition, shop.publication, shop.frame, around, card.pdf if card else None)
    proven = tuple(
        each for each in prove_web(edition, artifacts, Span(issue_path(job.key))) if each.code != "proof-reference"
    )
    problems = (*read.problems, *proven)
    if has_errors(problems):
        return IssueMade(job.key, None, problems)
    files = stage_files(shop.order.stage, artifacts, job.before.unit.files if job.before else {})
    unit = Unit(job.made_from, files, ())
    return IssueMade(
        job.key, IssueUnit(unit, card, around, len(read.value.manuscripts) - len(edition.articles)), problems
    )


def _siblings(issue: Issue) -> Around:
    """The issues before and after in the same series, as if both were on the site."""
    heads = [(head.key, f"{head.key.year}年{numbering_text(head)}") for head in issue.siblings]
    older = [(key.web_path, name) for key, name in heads if key < issue.head.key]
    newer = [(key.web_path, name) for key, name in heads if key > issue.head.key]
    return Around(*(older or [("", "")])[-1], *(newer or [("", "")])[0])
