"""An issue of a web edition to its folder: its own page, one for each article, the pictures."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.artifact import Artifact
from bulletin.model.edition import WebEdition
from bulletin.model.prose import Note
from bulletin.model.publication import Publication
from bulletin.model.site import Around, PdfCard
from bulletin.model.walk import walk
from bulletin.render.templates import ShownPicture, fill
from bulletin.render.web.frame import Frame, web_environment

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


def render_issue_pages(
    edition: WebEdition, publication: Publication, frame: Frame, around: Around, pdf: PdfCard | None
) -> tuple[Artifact, ...]:
    """All pages of the issue's folder; none where the audience may read no article."""
    return tuple(_files(edition, publication, frame, around, pdf)) if edition.articles else ()


def _files(
    edition: WebEdition, publication: Publication, frame: Frame, around: Around, pdf: PdfCard | None
) -> Iterator[Artifact]:
    names = {picture.name: f"{picture.sha256[:16]}.{_ENDINGS[picture.media_type]}" for picture in edition.pictures}
    environment = web_environment(publication.templates)
    shared: dict[str, object] = {
        "site": frame,
        "edition": edition,
        "pdf": pdf,
        "numbers": {article.slug: article.position for article in edition.articles},
        "pictures": {
            picture.name: ShownPicture(f"../{names[picture.name]}", picture.width_px, picture.height_px)
            for picture in edition.pictures
        },
    }
    page = fill(environment, "web/issue.html", **shared, root="../../", around=around)
    yield Artifact(f"{edition.folder}/index.html", "text/html", page.encode())
    for place, (article, card) in enumerate(zip(edition.articles, edition.cards, strict=True)):
        page = fill(
            environment,
            "web/article.html",
            **shared,
            root="../../../",
            article=article,
            card=card,
            before=edition.cards[place - 1] if place else None,
            after=edition.cards[place + 1] if place + 1 < len(edition.cards) else None,
            notes=tuple(walk(article.blocks, Note)),
            opening=pdf.openings[place] if pdf else 0,
        )
        yield Artifact(f"{card.path}/index.html", "text/html", page.encode())
    for picture in edition.pictures:
        yield Artifact(f"{edition.folder}/{names[picture.name]}", picture.media_type, picture.content)
