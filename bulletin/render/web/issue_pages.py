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
from bulletin.render.web.addresses import picture_file
from bulletin.render.web.frame import Frame, web_environment
from bulletin.render.web.page_head import article_head, issue_head


def render_issue_pages(
    edition: WebEdition, publication: Publication, frame: Frame, around: Around, pdf: PdfCard | None
) -> tuple[Artifact, ...]:
    """All pages of the issue's folder; none where the audience may read no article."""
    return tuple(_files(edition, publication, frame, around, pdf)) if edition.articles else ()


def _files(
    edition: WebEdition, publication: Publication, frame: Frame, around: Around, pdf: PdfCard | None
) -> Iterator[Artifact]:
    environment = web_environment(publication.templates)
    shared: dict[str, object] = {
        "site": frame,
        "edition": edition,
        "pdf": pdf,
        "numbers": {article.slug: article.position for article in edition.articles},
        "pictures": {
            picture.name: ShownPicture(f"../{picture_file(picture)}", picture.width_px, picture.height_px)
            for picture in edition.pictures
        },
    }
    head = issue_head(frame, edition, around)
    page = fill(environment, "web/issue.html", **shared, root="../../", around=around, page_head=head)
    yield Artifact(f"{edition.folder}/index.html", "text/html", page.encode())
    for place, (article, card) in enumerate(zip(edition.articles, edition.cards, strict=True)):
        page = fill(
            environment,
            "web/article.html",
            **shared,
            root="../../../",
            page_head=article_head(frame, edition, place),
            article=article,
            card=card,
            before=edition.cards[place - 1] if place else None,
            after=edition.cards[place + 1] if place + 1 < len(edition.cards) else None,
            notes=tuple(walk(article.blocks, Note)),
            owner=next((each for each in edition.cards if each.number == card.attached_to), None),
            attached=tuple(each.path for each in edition.cards if each.attached_to == card.number),
            opening=pdf.openings[place] if pdf else 0,
        )
        yield Artifact(f"{card.path}/index.html", "text/html", page.encode())
    for picture in edition.pictures:
        yield Artifact(f"{edition.folder}/{picture_file(picture)}", picture.media_type, picture.content)
