"""The parts of a site that are made at once, and what all who make them share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin.model.publication import Publication
from bulletin.model.site import Around, IssueCard
from bulletin.model.site_build import Files, SiteOrder
from bulletin.prove.web.metadata import PageFacts
from bulletin.render.web.frame import Frame


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
    names them; how many of its articles are held back; what its PDF was made from, empty where there is none."""

    unit: Unit
    card: IssueCard | None
    around: Around
    held: int
    pdf_key: str = ""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all workers share: where the sources are, what is wanted, the publication as loaded, the frame of its pages.

    `common` is the digest of all that every file of the site is made from, `pdf_looks` that of all that decides how PDFs look, empty
    where none are wanted.
    """

    root: Path
    order: SiteOrder
    publication: Publication
    frame: Frame
    common: str
    pdf_looks: str
