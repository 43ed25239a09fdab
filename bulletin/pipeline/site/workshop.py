"""What all who make parts of a site share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin.model.publication import Publication
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.site.gating import Gate
from bulletin.render.web.frame import Frame


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all workers share: where the sources are, what is wanted, the publication as loaded, the frame of its pages.

    `common` is the digest of all that every file of the site is made from, `pdf_looks` that of all that decides how PDFs look, empty
    where none are wanted. The gate stands before the public site.
    """

    root: Path
    order: SiteOrder
    publication: Publication
    frame: Frame
    common: str
    pdf_looks: str
    gate: Gate | None
