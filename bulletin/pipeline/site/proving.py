"""What can only be proven of the whole site: that every link leads somewhere, and that machines are told what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bulletin.load.folders import PUBLICATION_FILE
from bulletin.model.problem import Problem, Span
from bulletin.model.site import Tombstone
from bulletin.pipeline.site.ledger import Ledger
from bulletin.pipeline.site.units import Unit
from bulletin.pipeline.site.workshop import Workshop
from bulletin.prove.web.machines import prove_machines
from bulletin.prove.web.pages import prove_links
from bulletin.prove.web.reading import PageLinks
from bulletin.prove.web.tombstones import prove_withdrawn

_SITEMAPS = ("sitemap.", "sitemap-")
_READ = ("feed.xml", "feed.json", "robots.txt", ".htaccess")


def prove_whole(shop: Workshop, after: Ledger, tombstones: tuple[Tombstone, ...]) -> tuple[Problem, ...]:
    """Problems of the site that is to be; its new files lie on the stage, the others in the site that stands."""
    files = after.files()
    facts = (facts for unit in after.all_units().values() for facts in unit.facts)
    read = {path: _content(shop, path) for path in files if path in _READ or path.startswith(_SITEMAPS)}
    links, settings = tuple(_links(after.all_units().values())), shop.frame.settings
    return (
        *prove_links(links, files.keys(), Span(PUBLICATION_FILE)),
        *prove_withdrawn(tombstones, links, read[".htaccess"].decode(), settings),
        *prove_machines(facts, read, frozenset(files), settings, shop.order.audience),
    )


def _links(units: Iterable[Unit]) -> Iterator[PageLinks]:
    """Where units lead, and what places of a page they may lead to."""
    names: dict[str, set[str]] = {}
    for unit in units:
        for place in unit.places:
            path, _, name = place.partition("#")
            names.setdefault(path, set()).add(name)
        yield PageLinks(next(iter(unit.files), ""), frozenset(unit.links), frozenset())
    yield from (PageLinks(path, frozenset(), frozenset(known)) for path, known in names.items())


def _content(shop: Workshop, path: str) -> bytes:
    staged = Path(shop.order.stage, path)
    return staged.read_bytes() if staged.is_file() else Path(shop.order.folder, path).read_bytes()
