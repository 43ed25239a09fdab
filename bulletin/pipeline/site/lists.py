"""The pages that are made from the cards of all issues: home, archive, years, lists; each made again only if it shows something else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from bulletin.compose.site import compose_list_pages
from bulletin.model.site import Card, ListPage, Site
from bulletin.model.site_build import Unit
from bulletin.pipeline.site.issues import Workshop
from bulletin.pipeline.site.workers import work
from bulletin.publish import stage_files
from bulletin.render.web.list_pages import render_list_page

_AT_ONCE = 40
"""Pages that a worker makes in one job."""


@dataclass(frozen=True, slots=True)
class ListJob:
    """A page to be made, the digest of what it shows, and the unit that the site has of it."""

    page: ListPage
    made_from: str
    before: Unit | None


def make_lists(shop: Workshop, site: Site, common: str, before: Mapping[str, Unit]) -> dict[str, Unit]:
    """The units of all list pages, by the paths of their files; those that show the same as before are kept."""
    wanted = {page.file: ListJob(page, digest, before.get(page.file)) for page, digest in _with_digests(site, common)}
    kept = {file: job.before for file, job in wanted.items() if job.before and job.before.made_from == job.made_from}
    batches = list(_batches(job for file, job in wanted.items() if file not in kept))
    made = work(partial(_make_batch, shop), batches, shop.order.workers, shop.order.before_job)
    return {**kept, **{file: unit for batch in made for file, unit in batch.items()}}


def _make_batch(shop: Workshop, jobs: tuple[ListJob, ...]) -> dict[str, Unit]:
    made = {}
    for job in jobs:
        artifact = render_list_page(job.page, shop.publication, shop.frame)
        files = stage_files(shop.order.stage, (artifact,), job.before.files if job.before else {})
        made[job.page.file] = Unit(job.made_from, files)
    return made


def _with_digests(site: Site, common: str) -> Iterator[tuple[ListPage, str]]:
    """Each page with the digest of what it shows; that of an article is computed once for all pages."""
    cards = {card.path: _digest(repr(card)) for issue in site.issues for card in issue.articles}

    def shown(articles: tuple[Card, ...]) -> str:
        return " ".join(cards[card.path] for card in articles)

    for page in compose_list_pages(site):
        rest = replace(page, articles=())
        yield page, _digest(f"{common} {rest!r} {shown(page.articles)}")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _batches(jobs: Iterable[ListJob]) -> Iterator[tuple[ListJob, ...]]:
    rest = iter(jobs)
    while batch := tuple(islice(rest, _AT_ONCE)):
        yield batch
