"""An edition to its print PDF."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bulletin import __version__
from bulletin.model.artifact import Artifact
from bulletin.model.edition import TypesetEdition
from bulletin.model.prose import CrossLink
from bulletin.model.publication import Publication
from bulletin.model.walk import visible_text
from bulletin.render.assets import find_asset
from bulletin.render.engine import write_pdf
from bulletin.render.print_css import class_of, print_css
from bulletin.render.templates import ShownPicture, fill, template_environment

_TEMPLATES = ("print/issue.html", "prose.html")


def render_print(edition: TypesetEdition, publication: Publication) -> Artifact:
    """`<issue>/print.pdf`.

    Raises:
        MissingLibrary, RenderingFailed: See `write_pdf`.
    """
    html = render_print_html(edition, publication)
    folders = publication.assets
    css = print_css((edition.highlights, edition.articles, edition.imprint), publication)
    assets: dict[str, Path | bytes] = {f"asset:fonts/{name}": Path(path) for name, path in publication.faces}
    assets |= {f"asset:pictures/{picture.sha256}": picture.content for picture in edition.pictures}
    pdf = write_pdf(html, css, assets, find_asset(folders, "fonts/fonts.conf"))
    return Artifact(f"{edition.masthead.key}/print.pdf", "application/pdf", pdf)


def style_digest(publication: Publication) -> str:
    """A digest of what decides, beside the edition, how its print PDF looks: templates, style sheet, settings, faces, program."""
    templates = [find_asset(publication.templates, name).read_bytes() for name in _TEMPLATES]
    faces = [(name, Path(path).stat().st_size) for name, path in publication.faces]
    parts = (templates, print_css((), publication), publication.typesetting, faces, __version__)
    return "sha256:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def render_print_html(edition: TypesetEdition, publication: Publication) -> str:
    """The HTML that the print PDF is made from; pictures are named `asset:pictures/<sha256>`."""
    positions = dict(edition.positions)
    pictures = {
        picture.name: ShownPicture(f"asset:pictures/{picture.sha256}", picture.width_px, picture.height_px)
        for picture in edition.pictures
    }

    def href(link: CrossLink[object]) -> str:
        return f"#a-{positions[link.slug]}" + (f"-{link.anchor}" if link.anchor else "")

    environment = template_environment(publication.templates, href, pictures)
    environment.filters["spacing"] = class_of
    environment.filters["unbroken"] = lambda lines: visible_text(lines).replace("\n", "")
    return fill(environment, _TEMPLATES[0], edition=edition)
