"""The parts of a site that are made at once."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin.model.clearance_log import Ends
from bulletin.model.release import PublishedArticle
from bulletin.model.site import Around, IssueCard, Tombstone
from bulletin.model.site_build import Files, Held
from bulletin.prove.web.metadata import PageFacts


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the site: the digest of all that it is made from, its files, and what the proof of the whole needs of its pages.

    `links` are the places outside of the unit that its pages lead to; `places` those of its own that others may lead to
    (`browse/index.html#kind`).
    """

    made_from: str
    files: Files
    links: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    facts: tuple[PageFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueUnit:
    """What was made of an issue: its files; its card, none where the audience may read nothing of it; its neighbours as its own page
    names them; which of its articles are held back; what its PDF was made from, empty where there is none; the seals at the end of its
    log of clearances; what stands in the place of its withdrawn articles; its articles as a release tells of them."""

    unit: Unit
    card: IssueCard | None
    around: Around
    held: Held
    pdf_key: str = ""
    seals: Ends = ()
    tombstones: tuple[Tombstone, ...] = ()
    articles: tuple[PublishedArticle, ...] = ()
