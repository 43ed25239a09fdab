"""PDFs of issues, kept from build to build: setting one takes seconds, so it is set again only where it would be another."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bulletin.compose.web_print import web_pdf_key
from bulletin.model.artifact import Artifact
from bulletin.model.edition import WebEdition
from bulletin.model.issue import Issue
from bulletin.model.problem import Problem
from bulletin.model.site import PdfCard
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.site.workshop import Workshop
from bulletin.publish import drop_files, publish_file

_FOLDER = "pdf"


@dataclass(frozen=True, slots=True)
class IssuePdf:
    """An issue's PDF: what it was made from, what lists say of it, the file; nothing where there is none."""

    key: str
    card: PdfCard | None
    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...] = ()


_NONE = IssuePdf("", None, ())


def kept_pdf(shop: Workshop, issue: Issue, edition: WebEdition) -> IssuePdf:
    """The PDF of what the audience may read: the one that was kept, or a new one, which is kept.

    Raises:
        MissingLibrary, CannotWrite: The machine is at fault.
    """
    if not shop.pdf_looks:
        return _NONE
    key = web_pdf_key(edition, shop.publication.web, shop.pdf_looks)
    folder = shop.order.kept / _FOLDER
    path = f"{edition.folder}/{edition.masthead.key}.pdf"
    if (card := _read_card(folder / f"{key}.json")) is not None:
        return IssuePdf(key, card, (Artifact(path, "application/pdf", (folder / f"{key}.pdf").read_bytes()),))
    from bulletin.pipeline.site.pdf import make_web_pdf  # the layout engine: only where a PDF is to be set

    made = make_web_pdf(shop.root, issue, edition)
    if made.value is None:
        return IssuePdf("", None, (), made.problems)
    artifact, card = made.value
    said = json.dumps([card.size, card.pages, card.openings]).encode()
    publish_file(folder, Artifact(f"{key}.pdf", "application/pdf", artifact.content))
    publish_file(folder, Artifact(f"{key}.json", "application/json", said))
    return IssuePdf(key, card, (artifact,), made.problems)


def drop_other_pdfs(order: SiteOrder, keys: Collection[str]) -> None:
    """Forgets the PDFs that no issue of the site has any more."""
    drop_files(order.kept / _FOLDER, keys)


def _read_card(path: Path) -> PdfCard | None:
    try:
        size, pages, openings = json.loads(path.read_bytes())
        return PdfCard(size, pages, tuple(openings)) if path.with_suffix(".pdf").stat().st_size == size else None
    except (OSError, ValueError, TypeError):
        return None
