"""An issue of the site: read, composed, rendered, proven, and put on the stage; the work of one worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bulletin.compose import cleared_slugs, compose_tombstones, compose_web_edition, held_back, numbering_text
from bulletin.compose.site import compose_issue_card
from bulletin.load.folders import clearances_path, issue_path
from bulletin.load.issue import load_clearances
from bulletin.model.artifact import Artifact
from bulletin.model.clearance_log import ends_of, holds, standing
from bulletin.model.edition import WebEdition
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Span, error, has_errors, message
from bulletin.model.release import PublishedArticle
from bulletin.model.site import Around, IssueCard
from bulletin.pipeline.reading import read_issue
from bulletin.pipeline.site.kept_pdfs import kept_pdf
from bulletin.pipeline.site.pages import NO_PAGES, Made, read_pages, stage_unit
from bulletin.pipeline.site.searching import keep_tokens, render_texts
from bulletin.pipeline.site.units import IssueUnit
from bulletin.pipeline.site.workshop import Workshop
from bulletin.prove.leaks.sharing import find_in_settings
from bulletin.prove.leaks.sights import Told
from bulletin.prove.web.composition import prove_web_composition
from bulletin.prove.web.pages import prove_web
from bulletin.render.web.issue_pages import render_issue_pages


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
    issue = read.value
    found = (*read.problems, *_cut(shop, job, issue))
    if issue is None or has_errors(found):
        _hold(shop, job, issue)
        return IssueMade(job.key, None, found)
    cleared = cleared_slugs(issue)
    told = shop.gate.keep_secrets(issue, cleared, job.made_from) if shop.gate else None
    edition = compose_web_edition(issue, shop.order.audience, cleared)
    composed = prove_web_composition(issue, edition, cleared)
    if has_errors(composed):
        return IssueMade(job.key, None, (*found, *composed))
    problems = (*found, *_in_settings(shop, issue, cleared))
    if not edition.articles:
        unit = stage_unit(shop, Made(str(job.key), job.made_from, (), None, told), NO_PAGES)
        return IssueMade(
            job.key, _recorded(IssueUnit(unit, None, Around(), held_back(issue, edition)), issue), problems
        )
    made = _make(shop, job, issue, edition, told)
    return IssueMade(job.key, made.unit, (*problems, *made.problems))


def _cut(shop: Workshop, job: IssueJob, issue: Issue | None) -> Iterator[Problem]:
    """An error where the public site was made from entries of the log that are in it no more: a revocation could be among them."""
    if not shop.gate or not job.before:
        return
    log = issue.clearances if issue else load_clearances(shop.root, job.key).value
    if log is not None and not holds(log, job.before.seals):
        what = message("审签记录比上次制作网站时少了：当时最后的记录，现在没有了")
        advice = message(
            "其中可能有撤回审签的记录，少了它，撤回的文章又会公开。请用版本管理恢复 {path}；"
            "确要以现在的记录为准，逐条核对后运行 bulletin site --clean，全部重做",
            path=clearances_path(job.key),
        )
        yield error("clearance-cut", Span(clearances_path(job.key)), what, advice)


def _in_settings(shop: Workshop, issue: Issue, cleared: frozenset[str]) -> Iterator[Problem]:
    """What the settings say of articles that are not cleared; whenever settings change, all issues are made."""
    if shop.gate:
        held = (each for each in issue.manuscripts if each.slug not in cleared)
        yield from find_in_settings(shop.publication.web, shop.publication.places, held)


def _hold(shop: Workshop, job: IssueJob, issue: Issue | None) -> None:
    """Keeps all of an issue with errors as what must not be told: as it was read where that is whole, else as it stands in its files."""
    if shop.gate and issue and issue.complete:
        shop.gate.keep_secrets(issue, frozenset(), job.made_from)
    elif shop.gate:
        shop.gate.keep_unread(job.key, job.made_from)


def _make(shop: Workshop, job: IssueJob, issue: Issue, edition: WebEdition, told: Told | None) -> IssueMade:
    pdf = kept_pdf(shop, issue, edition)
    around = job.around or _siblings(issue)
    pages = render_issue_pages(edition, shop.publication, shop.frame, around, pdf.card)
    texts = render_texts(edition)
    artifacts: tuple[Artifact, ...] = (*pages, *texts.artifacts, *pdf.artifacts)
    where = Span(issue_path(job.key))
    read = read_pages(shop, artifacts, where)
    problems = (*pdf.problems, *read.problems, *prove_web(edition, read.pages, where))
    problems += keep_tokens(shop.order, edition, job.made_from, texts, where)
    if has_errors(problems):
        return IssueMade(job.key, None, problems)
    before = job.before.unit if job.before else None
    unit = stage_unit(shop, Made(str(job.key), job.made_from, artifacts, before, told), read)
    card = compose_issue_card(edition, pdf.card)
    whole = IssueUnit(unit, card, around, held_back(issue, edition), pdf.key)
    whole = replace(whole, articles=tuple(_published(shop, issue, card)))
    return IssueMade(job.key, _recorded(whole, issue), problems)


def _published(shop: Workshop, issue: Issue, card: IssueCard) -> Iterator[PublishedArticle]:
    """The articles as a release tells of them; on the intranet nobody clears any."""
    cleared = {each.number: each for each in standing(issue.clearances).values() if each.digest} if shop.gate else {}
    for article in card.articles:
        if entry := cleared.get(article.number):
            yield PublishedArticle(article.path, article.title, entry.digest, entry.by, entry.at)
        else:
            yield PublishedArticle(article.path, article.title)


def _recorded(unit: IssueUnit, issue: Issue) -> IssueUnit:
    """The unit with what the log of clearances says for the builds after this."""
    stand = compose_tombstones(issue.head.key, issue.clearances)
    return replace(unit, seals=ends_of(issue.clearances), tombstones=stand)


def _siblings(issue: Issue) -> Around:
    """The issues before and after in the same series, as if both were on the site."""
    heads = [(head.key, f"{head.key.year}年{numbering_text(head)}") for head in issue.siblings]
    older = [(key.web_path, name) for key, name in heads if key < issue.head.key]
    newer = [(key.web_path, name) for key, name in heads if key > issue.head.key]
    return Around(*(older or [("", "")])[-1], *(newer or [("", "")])[0])
