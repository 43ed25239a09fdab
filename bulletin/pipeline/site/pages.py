"""The proof of pages as they are made: what is theirs alone is judged here, what needs the whole site is taken along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bulletin.model.artifact import Artifact
from bulletin.model.problem import Problem, Span
from bulletin.pipeline.site.units import Unit
from bulletin.pipeline.site.workshop import Workshop
from bulletin.prove.leaks.sights import Told
from bulletin.prove.web.metadata import PageFacts, prove_hidden_metadata, prove_page_metadata
from bulletin.prove.web.pages import prove_links
from bulletin.prove.web.reading import PageLinks, WebPage, links_of, read_page
from bulletin.publish import stage_files


@dataclass(frozen=True, slots=True)
class PagesRead:
    """The pages of a unit, read back."""

    pages: Mapping[str, WebPage]
    links: tuple[PageLinks, ...]
    facts: tuple[PageFacts, ...]
    problems: tuple[Problem, ...]


def read_pages(shop: Workshop, artifacts: Iterable[Artifact], where: Span, *, hidden: bool = False) -> PagesRead:
    """The pages among the artifacts, with problems of their heads and of links inside the unit that lead nowhere; `hidden` where they
    are nothing by themselves."""
    listed = tuple(artifacts)
    texts = {each.path: each.content.decode() for each in listed if each.media_type == "text/html"}
    pages = {path: read_page(text) for path, text in texts.items()}
    links = tuple(links_of(path, page, shop.frame.settings.base) for path, page in pages.items())
    own = {each.path for each in listed}
    inside = [PageLinks(page.path, frozenset(_to(own, page)), page.names) for page in links]
    settings = shop.frame.settings
    heads = [
        prove_hidden_metadata(path, text, settings, where)
        if hidden
        else prove_page_metadata(path, text, settings, shop.order.audience, where)
        for path, text in texts.items()
    ]
    problems = (*prove_links(inside, own, where), *(problem for _, found in heads for problem in found))
    return PagesRead(pages, links, tuple(facts for facts, _ in heads), problems)


NO_PAGES = PagesRead({}, (), (), ())


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a unit as they were made: its name, the digest of what it was made from, what the site has of it; and by what the gate
    explains its files besides what the publication says.

    Files that are `wordless`, by their paths, have no sentences to look for: they are proven to lead to the words of texts that the gate has
    seen, and to no others.
    """

    name: str
    made_from: str
    artifacts: tuple[Artifact, ...]
    before: Unit | None
    told: Told | None = None
    wordless: frozenset[str] = frozenset()


def stage_unit(shop: Workshop, made: Made, read: PagesRead) -> Unit:
    """Puts the files on the stage, where the gate has looked at them; the unit that they are."""
    own = {each.path for each in made.artifacts}
    links = {target for page in read.links for target in page.targets - set(_to(own, page))}
    places = (
        f"{page.path}#{name}" for page in read.links if page.path.count("/") < _ARTICLE_DEPTH for name in page.names
    )
    if shop.gate:
        said = (each for each in made.artifacts if each.path not in made.wordless)
        shop.gate.keep_sights(made.name, made.made_from, said, made.told)
    files = stage_files(shop.order.stage, made.artifacts, made.before.files if made.before else {})
    return Unit(made.made_from, files, tuple(sorted(links)), tuple(sorted(places)), read.facts)


_ARTICLE_DEPTH = 3
"""Slashes in the path of an article's page: only its own issue leads to places in it."""


def _to(own: set[str], page: PageLinks) -> Iterable[str]:
    return (target for target in page.targets if target.partition("#")[0] in own)
