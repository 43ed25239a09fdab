"""A web edition to its pages: one for the issue, one for each article, the style sheet, the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.edition import WebEdition
from bulletin.model.prose import CrossLink, Note
from bulletin.model.publication import Publication
from bulletin.model.walk import walk
from bulletin.render.assets import find_asset
from bulletin.render.templates import ShownPicture, fill, template_environment

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


def render_web(edition: WebEdition, publication: Publication) -> tuple[Artifact, ...]:
    """All files of the issue's folder; none where the audience may read no article."""
    return tuple(_files(edition, publication)) if edition.articles else ()


def _files(edition: WebEdition, publication: Publication) -> Iterator[Artifact]:
    folder = edition.folder
    positions = {article.slug: article.position for article in edition.articles}
    names = {picture.name: f"{picture.sha256[:16]}.{_ENDINGS[picture.media_type]}" for picture in edition.pictures}

    def href(link: CrossLink[object]) -> str:
        return f"../{positions[link.slug]:02}/index.html" + (f"#{link.anchor}" if link.anchor else "")

    pictures = {
        picture.name: ShownPicture(f"../{names[picture.name]}", picture.width_px, picture.height_px)
        for picture in edition.pictures
    }
    environment = template_environment(publication.templates, href, pictures)
    page = fill(environment, "web/issue.html", edition=edition, root="")
    yield Artifact(f"{folder}/index.html", "text/html", page.encode())
    for before, article in pairwise((None, *edition.articles)):
        if article is None:
            continue
        after = edition.articles[article.position] if article.position < len(edition.articles) else None
        notes = tuple(walk(article.blocks, Note))
        page = fill(
            environment,
            "web/article.html",
            edition=edition,
            root="../",
            article=article,
            before=before,
            after=after,
            notes=notes,
        )
        yield Artifact(f"{folder}/{article.position:02}/index.html", "text/html", page.encode())
    css = find_asset(publication.assets, "css/site.css")
    yield Artifact(f"{folder}/site.css", "text/css", Path(css).read_bytes())
    for picture in edition.pictures:
        yield Artifact(f"{folder}/{names[picture.name]}", picture.media_type, picture.content)
