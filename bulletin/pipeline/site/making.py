"""Making what changed of a site, on the stage: issues first, then what is made from their cards, then the proofs of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from bulletin.compose import compose_tombstones
from bulletin.compose.site import compose_list_pages, compose_site, newest_first
from bulletin.load.folders import issue_path
from bulletin.load.issue import load_clearances
from bulletin.load.publication import load_publication
from bulletin.load.sources import load_raw_sources
from bulletin.load.stock import Stock, take_stock
from bulletin.model.audience import Audience
from bulletin.model.clearance_log import standing
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, Severity, Span, has_errors, message, warning
from bulletin.model.progress import Progress
from bulletin.model.publication import Publication
from bulletin.model.site import Around, IssueCard, Tombstone
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.site.bare_site import bare_site
from bulletin.pipeline.site.gating import keep_house, make_gate
from bulletin.pipeline.site.issues import IssueJob, IssueMade, make_issue
from bulletin.pipeline.site.kept import drop_others
from bulletin.pipeline.site.kept_pdfs import drop_other_pdfs
from bulletin.pipeline.site.lacking import lacking
from bulletin.pipeline.site.ledger import Ledger
from bulletin.pipeline.site.lists import make_lists
from bulletin.pipeline.site.machines import make_machines
from bulletin.pipeline.site.proving import prove_whole
from bulletin.pipeline.site.searching import make_search
from bulletin.pipeline.site.sharing import find_shared_among
from bulletin.pipeline.site.units import IssueUnit
from bulletin.pipeline.site.workers import work
from bulletin.pipeline.site.workshop import Workshop
from bulletin.publish import clear_stage, publish_file
from bulletin.render.fingerprint import web_pdf_fingerprint
from bulletin.render.own_templates import check_own_templates
from bulletin.render.web.frame import make_frame
from bulletin.render.web.servers import render_nginx

_TOLD = frozenset(
    {
        "clearance-void",
        "clearance-unknown",
        "clearance-mention",
        "clearance-contested",
        "web-pdf-left-out",
        "setting-shared",
    }
)
"""Warnings of single issues that matter for the site; the others are told by `bulletin check`."""
_REFUSED = frozenset({"secrecy", "clearance-cut"})
"""What must not stand in a draft either: a secrecy grade, and a log that forgot what the site knew."""


def make_site(root: Path, order: SiteOrder, before: Ledger, stock: Stock, progress: Progress) -> Outcome[Ledger]:
    """What the site will be, its new files on the stage; no value where it cannot be, or a proof failed.

    Raises:
        UsageError: The sources changed meanwhile.
        Torn: What the last build kept is not whole.
        TypesettingFailed, MissingLibrary, RenderingFailed, CannotWrite: The machine is at fault.
    """
    ready = _load(root, order, progress)
    if ready.value is None:
        return Outcome(None, ready.problems)
    clear_stage(order.stage)
    shop = _workshop(root, order, ready.value, stock, before)
    issues = _make_issues(shop, before, stock, progress)
    if issues.value is None:
        return Outcome(None, issues.problems)
    progress(message("正在制作目录、分类、搜索、订阅"))
    cards = (each.card for each in issues.value.values() if each.card)
    site = compose_site(order.audience, cards, _tombstones(root, issues.value, stock))
    pages = tuple(compose_list_pages(site))
    lists = make_lists(shop, pages, before.units)
    if lists.value is None:
        return Outcome(None, lists.problems)
    search = make_search(shop, site, issues.value, before.units)
    if search.value is None:
        return Outcome(None, search.problems)
    machines = make_machines(shop, site, pages, issues.value, before.units)
    after = Ledger(stock, issues.value, {**lists.value, **search.value, **machines})
    progress(message("正在核对全站"))
    _require_unchanged(root, stock)
    leaks, quiet = shop.gate.find_leaks(after, before) if shop.gate else ((), True)
    proven = (*prove_whole(shop, after, site.tombstones), *leaks)
    if has_errors(proven):
        return Outcome(None, proven)
    settings = render_nginx(shop.frame, site.tombstones)
    publish_file(order.output / "web", replace(settings, path=f"nginx-{order.audience.value}.conf"))
    drop_others(order, after)
    drop_other_pdfs(order, {each.pdf_key for each in after.issues.values()})
    told = () if before.stock.common == stock.common else tuple(lacking(shop.frame.settings, order.audience))
    return Outcome(replace(after, quiet=quiet), (*ready.problems, *told, *issues.problems, *proven))


def _tombstones(root: Path, issues: Mapping[IssueKey, IssueUnit], stock: Stock) -> Iterator[Tombstone]:
    """What stands in the place of withdrawn articles; also of issues that are left out because of errors, where the log can be read."""
    for key in stock.made_from():
        if key in issues:
            yield from issues[key].tombstones
        else:
            yield from compose_tombstones(key, load_clearances(root, key).value or ())


def _require_unchanged(root: Path, stock: Stock) -> None:
    if take_stock(root) != stock:
        what = message("制作网站的时候，稿件或设置又改了")
        raise UsageError(what, message("网站没有改动；请再运行一次 bulletin site"))


def _load(root: Path, order: SiteOrder, progress: Progress) -> Outcome[Publication]:
    loaded = load_publication(root)
    if loaded.value is None or has_errors(loaded.problems):
        return Outcome(None, loaded.problems)
    if wrong := check_own_templates(loaded.value.templates):
        return Outcome(None, wrong)
    if not loaded.value.web.pdf:
        return Outcome(loaded.value)
    from bulletin.pipeline.site.pdf import prepare_web_pdfs  # the layout engine: only where PDFs may be set

    return prepare_web_pdfs(loaded.value, order.output, progress)


def _workshop(root: Path, order: SiteOrder, publication: Publication, stock: Stock, before: Ledger) -> Workshop:
    looks = web_pdf_fingerprint(publication) if publication.web.pdf else ""
    frame = make_frame(publication, order.audience)
    gate = None
    if order.audience is Audience.PUBLIC:
        if before.stock.common != stock.common:
            keep_house(order, stock.common, publication, bare_site(publication, frame))
        gate = make_gate(root, order, publication.web.url, stock.common)
    return Workshop(root, order, publication, frame, stock.common, looks, gate)


def _make_issues(
    shop: Workshop, before: Ledger, stock: Stock, progress: Progress
) -> Outcome[dict[IssueKey, IssueUnit]]:
    """The issues as they are to be: those of which nothing changed as they were, the others made; made once more where an issue got
    other neighbours meanwhile."""
    wanted = stock.made_from()
    made = {key: unit for key, unit in before.issues.items() if wanted.get(key) == unit.unit.made_from}
    jobs = [_job(key, wanted[key], before.issues.get(key)) for key in wanted if key not in made]
    problems: list[Problem] = []
    while jobs:
        failed: list[IssueMade] = []
        for count, result in enumerate(_work(shop, jobs), start=1):
            progress(message("正在制作网络版：第 {count} 期，共 {all} 期", count=count, all=len(jobs)))
            problems += result.problems
            if result.unit:
                made[result.key] = result.unit
            else:
                failed.append(result)
        if refused := _refused(shop, failed, made):
            return Outcome(None, refused)
        arounds = _arounds(unit.card for unit in made.values() if unit.card)
        jobs = [
            IssueJob(key, wanted[key], unit, arounds[key])
            for key, unit in made.items()
            if unit.card and unit.around != arounds[key]
        ]
    left_out = (_left_out(key) for key in wanted if key not in made)
    told = (each for each in problems if each.code in _TOLD)
    shared = find_shared_among(shop, [key for key in made if before.issues.get(key) != made[key]])
    return Outcome({key: made[key] for key in wanted if key in made}, (*left_out, *told, *shared))


def _job(key: IssueKey, made_from: str, before: IssueUnit | None) -> IssueJob:
    """A job for an issue, whose neighbours will most likely be those that it had."""
    return IssueJob(key, made_from, before, before.around if before and before.card else None)


def _work(shop: Workshop, jobs: list[IssueJob]) -> Iterator[IssueMade]:
    return work(partial(make_issue, shop), jobs, shop.order.workers, shop.order.before_job)


def _arounds(cards: Iterable[IssueCard]) -> dict[IssueKey, Around]:
    """The neighbours of each issue on the site."""
    padded = (None, *newest_first(cards), None)
    return {
        issue.key: Around(*_named(older), *_named(newer))
        for newer, issue, older in zip(padded, padded[1:], padded[2:], strict=False)
        if issue
    }


def _named(issue: IssueCard | None) -> tuple[str, str]:
    return (issue.path, issue.name) if issue else ("", "")


def _refused(shop: Workshop, failed: list[IssueMade], made: Mapping[IssueKey, IssueUnit]) -> tuple[Problem, ...]:
    """The errors that keep the site from being made: those of issues that belong on it, and in any issue those of `_REFUSED`."""
    belong = {result.key for result in failed if not made or not _is_draft(shop, result.key, made)}
    problems = ((result.key, problem) for result in failed for problem in result.problems)
    return tuple(
        problem
        for key, problem in problems
        if problem.severity is Severity.ERROR and (key in belong or problem.code in _REFUSED)
    )


def _is_draft(shop: Workshop, key: IssueKey, made: Iterable[IssueKey]) -> bool:
    """True for an issue that is still being written, which must not hold up the others: in public one of which nothing is cleared, on the
    intranet one that is newer than all that are in order."""
    if shop.order.audience is Audience.PUBLIC:
        recorded = load_clearances(shop.root, key)
        if any(text is None for _, text in load_raw_sources(shop.root, key)):
            return False  # the gate could not look for what nobody can read
        return recorded.value is not None and not any(each.digest for each in standing(recorded.value).values())
    return all(key > other for other in made if other.supplement == key.supplement)


def _left_out(key: IssueKey) -> Problem:
    what = message("这一期有错误，没有收进网站")
    return warning(
        "issue-left-out", Span(issue_path(key)), what, message("用 bulletin check {issue} 查看", issue=str(key))
    )
