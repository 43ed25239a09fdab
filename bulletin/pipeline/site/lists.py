"""The pages that are made from the cards of all issues (home, archive, years, lists), and tombstones; each made again only if it shows
something else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import islice
from operator import attrgetter

from bulletin.load.folders import PUBLICATION_FILE
from bulletin.model.artifact import Artifact
from bulletin.model.problem import Outcome, Problem, Span, has_errors
from bulletin.model.site import Card, ListPage, PageKind
from bulletin.pipeline.site.pages import Made, PagesRead, read_pages, stage_unit
from bulletin.pipeline.site.units import Unit
from bulletin.pipeline.site.workers import work
from bulletin.pipeline.site.workshop import Workshop
from bulletin.prove.leaks.sights import Told
from bulletin.prove.web.tombstones import prove_tombstone
from bulletin.render.web.furniture import long_date
from bulletin.render.web.list_pages import render_list_page

_shown = attrgetter(*(each.name for each in fields(Card)))
"""All that a card says."""
_AT_ONCE = 40
"""Pages that a worker makes in one job."""


@dataclass(frozen=True, slots=True)
class ListJob:
    """A page to be made, the digest of what it shows, and the unit that the site has of it."""

    page: ListPage
    made_from: str
    before: Unit | None


def make_lists(shop: Workshop, pages: Iterable[ListPage], before: Mapping[str, Unit]) -> Outcome[dict[str, Unit]]:
    """The units of all list pages, by the paths of their files; those that show the same as before are kept."""
    wanted = {
        page.file: ListJob(page, digest, before.get(page.file)) for page, digest in _with_digests(pages, shop.common)
    }
    kept = {file: job.before for file, job in wanted.items() if job.before and job.before.made_from == job.made_from}
    batches = list(_batches(job for file, job in wanted.items() if file not in kept))
    done = work(partial(_make_batch, shop), batches, shop.order.workers, shop.order.before_job)
    outcomes = [outcome for batch in done for outcome in batch]
    if problems := tuple(problem for outcome in outcomes for problem in outcome.problems):
        return Outcome(None, problems)
    made = dict(outcome.value for outcome in outcomes if outcome.value)
    return Outcome({file: (kept | made)[file] for file in wanted})


def _make_batch(shop: Workshop, jobs: tuple[ListJob, ...]) -> list[Outcome[tuple[str, Unit]]]:
    return [_make(shop, job) for job in jobs]


def _make(shop: Workshop, job: ListJob) -> Outcome[tuple[str, Unit]]:
    page = render_list_page(job.page, shop.publication, shop.frame)
    read = read_pages(shop, (page,), Span(PUBLICATION_FILE), hidden=job.page.kind is PageKind.WITHDRAWN)
    problems = (*read.problems, *_tombstone_problems(shop, job.page, page, read))
    if has_errors(problems):
        return Outcome(None, problems)
    made = Made(page.path, job.made_from, (page,), job.before, _told_in(shop, job.page))
    return Outcome((page.path, stage_unit(shop, made, read)))


def _tombstone_problems(shop: Workshop, shown: ListPage, page: Artifact, read: PagesRead) -> tuple[Problem, ...]:
    if shown.kind is not PageKind.WITHDRAWN:
        return ()
    text = page.content.decode()
    return prove_tombstone(page.path, text, read.pages[page.path], shown.day, shop.frame.settings.name)


def _told_in(shop: Workshop, page: ListPage) -> Told | None:
    """By what the gate explains a page besides what the publication says: the day of a withdrawal, which is in no article's gift."""
    if not shop.gate or not page.day:
        return None
    return shop.gate.told_with((f"本文已于{long_date(page.day)}撤回。", page.day.isoformat()))


def _with_digests(pages: Iterable[ListPage], common: str) -> Iterator[tuple[ListPage, str]]:
    """Each page with the digest of what it shows; that of an article is computed once for all pages."""
    known: dict[str, str] = {}

    def digest_of_card(card: Card) -> str:
        if card.path not in known:
            known[card.path] = _digest(repr(_shown(card)))
        return known[card.path]

    for page in pages:
        rest = replace(page, articles=())
        yield page, _digest(f"{common} {rest!r} {' '.join(map(digest_of_card, page.articles))}")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _batches(jobs: Iterable[ListJob]) -> Iterator[tuple[ListJob, ...]]:
    rest = iter(jobs)
    while batch := tuple(islice(rest, _AT_ONCE)):
        yield batch
