"""The pages that are made from the cards of all issues: home, archive, years, lists; each made again only if it shows something else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import islice
from operator import attrgetter

from bulletin.load.folders import PUBLICATION_FILE
from bulletin.model.problem import Outcome, Span, has_errors
from bulletin.model.site import Card, ListPage
from bulletin.pipeline.site.pages import Made, read_pages, stage_unit
from bulletin.pipeline.site.units import Unit
from bulletin.pipeline.site.workers import work
from bulletin.pipeline.site.workshop import Workshop
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
    artifacts = (render_list_page(job.page, shop.publication, shop.frame),)
    read = read_pages(shop, artifacts, Span(PUBLICATION_FILE))
    if has_errors(read.problems):
        return Outcome(None, read.problems)
    return Outcome((job.page.file, stage_unit(shop, Made(job.page.file, job.made_from, artifacts, job.before), read)))


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
