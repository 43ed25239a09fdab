"""An edition to its print PDF."""

from __future__ import annotations

from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.pages import TypesetEdition
from bulletin.model.prose import CrossLink
from bulletin.model.publication import Publication
from bulletin.model.walk import visible_text
from bulletin.render.assets import find_asset
from bulletin.render.engine import write_pdf
from bulletin.render.print_css import class_of, head_css, print_css
from bulletin.render.templates import ShownPicture, fill, template_environment


def render_print(edition: TypesetEdition, publication: Publication) -> Artifact:
    """`<issue>/print.pdf`.

    Raises:
        MissingLibrary, RenderingFailed: See `write_pdf`.
    """
    html = render_print_html(edition, publication)
    folders = publication.assets
    css = print_css(edition.pages, publication) + head_css(edition.running_head)
    assets: dict[str, Path | bytes] = {f"asset:fonts/{name}": Path(path) for name, path in publication.faces}
    assets |= {f"asset:pictures/{picture.sha256}": picture.content for picture in edition.pictures}
    pdf = write_pdf(html, css, assets, find_asset(folders, "fonts/fonts.conf"))
    return Artifact(f"{edition.masthead.key}/print.pdf", "application/pdf", pdf)


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
    return fill(environment, "print/issue.html", edition=edition)
