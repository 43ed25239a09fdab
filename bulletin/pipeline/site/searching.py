"""The index of full-text search: what it needs of each article is kept, so that an edit makes one volume again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

from bulletin.compose.search import compose_search_text, compose_volumes
from bulletin.load.folders import PUBLICATION_FILE
from bulletin.model.artifact import Artifact
from bulletin.model.edition import WebEdition
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, Span, has_errors
from bulletin.model.search import Fingerprint, SearchText, Volume
from bulletin.model.site import Card, Site
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.site.kept import keep, recall, tokens_file
from bulletin.pipeline.site.pages import NO_PAGES, Made, stage_unit
from bulletin.pipeline.site.units import IssueUnit, Unit
from bulletin.pipeline.site.workers import work
from bulletin.pipeline.site.workshop import Workshop
from bulletin.prove.web.search.reading import read_volumes
from bulletin.prove.web.search.texts import prove_texts
from bulletin.prove.web.search.volumes import prove_volume, prove_volumes
from bulletin.render.web.search.texts import render_article_text
from bulletin.render.web.search.tokens import Tokens, pack_tokens, tokens_of, unpack_tokens
from bulletin.render.web.search.volumes import VOLUMES_FILE, render_volume, render_volumes

_DIRECTORY = "search"
"""The unit of the list of volumes; each volume is one by its name, `search 2005-2008`."""


@dataclass(frozen=True, slots=True)
class VolumeJob:
    """A volume to be made: its articles, oldest first, what each one's issue was made from, and what the site has of it."""

    cards: tuple[Card, ...]
    sources: Mapping[IssueKey, str]
    made_from: str
    before: Unit | None


@dataclass(frozen=True, slots=True)
class IssueTexts:
    """What is searched of an issue's articles, and the files that search looks for phrases in and quotes."""

    searched: tuple[SearchText, ...]
    artifacts: tuple[Artifact, ...]


def render_texts(edition: WebEdition) -> IssueTexts:
    """The texts of an issue's articles, and their files."""
    searched = tuple(map(compose_search_text, edition.articles, edition.cards))
    return IssueTexts(searched, tuple(map(render_article_text, edition.cards, searched)))


def keep_tokens(
    order: SiteOrder, edition: WebEdition, made_from: str, texts: IssueTexts, where: Span
) -> tuple[Problem, ...]:
    """Keeps what the index needs of an issue; problems where a text is not that of its page."""
    proven = prove_texts(edition, {text.path: text for text in texts.artifacts}, where)
    prints = [[path, astuple(each)] for path, each in (proven.value or {}).items()]
    content = json.dumps(prints).encode() + b"\n" + pack_tokens(tokens_of(texts.searched))
    keep(tokens_file(order, str(edition.masthead.key), made_from), content)
    return proven.problems


def make_search(
    shop: Workshop, site: Site, issues: Mapping[IssueKey, IssueUnit], before: Mapping[str, Unit]
) -> Outcome[dict[str, Unit]]:
    """The units of the index: those of its volumes of which no article changed as they were, the others made."""
    made: dict[str, Unit] = {}
    volumes: list[Volume] = []
    jobs = []
    listed = _listed(shop, before)
    for cards in compose_volumes(site.issues):
        sources = {key: issues[key].unit.made_from for key in dict.fromkeys(card.key for card in cards)}
        job = VolumeJob(cards, sources, _digest(cards, sources), before.get(_name(cards)))
        if job.before and job.before.made_from == job.made_from:
            made[_name(cards)] = job.before
            volumes.append(listed[_name(cards)])
        else:
            jobs.append(job)
    problems: list[Problem] = []
    for outcome in work(partial(_make_volume, shop), jobs, shop.order.workers, shop.order.before_job):
        problems += outcome.problems
        if outcome.value:
            name, volume, unit = outcome.value
            made[name] = unit
            volumes.append(volume)
    directory = render_volumes(volumes)
    problems += prove_volumes(directory, volumes, Span(PUBLICATION_FILE))
    if has_errors(tuple(problems)):
        return Outcome(None, tuple(problems))
    unit = stage_unit(shop, Made(_DIRECTORY, "", (directory,), before.get(_DIRECTORY)), NO_PAGES)
    return Outcome({**dict(sorted(made.items())), _DIRECTORY: unit})


def _make_volume(shop: Workshop, job: VolumeJob) -> Outcome[tuple[str, Volume, Unit]]:
    kept = [_kept(shop.order, key, made_from) for key, made_from in job.sources.items()]
    volume, artifacts = render_volume(job.cards, [tokens for tokens, _ in kept])
    prints = {path: each for _, known in kept for path, each in known.items()}
    del kept
    files = {artifact.path: artifact for artifact in artifacts}
    problems = prove_volume(volume, files, job.cards, [prints[card.path] for card in job.cards], Span(PUBLICATION_FILE))
    if has_errors(problems):
        return Outcome(None, problems)
    name = _name(job.cards)
    shards = frozenset(files) - {volume.table_path}
    unit = stage_unit(shop, Made(name, job.made_from, artifacts, job.before, wordless=shards), NO_PAGES)
    return Outcome((name, volume, unit))


def _kept(order: SiteOrder, key: IssueKey, made_from: str) -> tuple[Tokens, dict[str, Fingerprint]]:
    """The tokens of an issue's articles in their order, and what those of each text come to."""
    content = recall(tokens_file(order, str(key), made_from))
    end = content.index(b"\n")
    prints = {path: Fingerprint(tuple(titles), tuple(every)) for path, (titles, every) in json.loads(content[:end])}
    return unpack_tokens(memoryview(content)[end + 1 :]), prints


def _digest(cards: tuple[Card, ...], sources: Mapping[IssueKey, str]) -> str:
    said = " ".join((*sources.values(), *(card.path for card in cards)))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def _name(cards: Sequence[Card]) -> str:
    first, last = cards[0].key.year, cards[-1].key.year
    return f"search {first}" if first == last else f"search {first}-{last}"


def _listed(shop: Workshop, before: Mapping[str, Unit]) -> dict[str, Volume]:
    """The volumes of the site that stands, by the names of their units."""
    if _DIRECTORY not in before:
        return {}
    content = Path(shop.order.folder, VOLUMES_FILE).read_bytes()
    return {f"search {each.name}": each for each in read_volumes(Artifact(VOLUMES_FILE, "", content))}
