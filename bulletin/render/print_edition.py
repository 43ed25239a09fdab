"""An edition to its print PDF."""

from __future__ import annotations

from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.edition import Edition
from bulletin.model.prose import CrossLink
from bulletin.model.publication import Publication
from bulletin.model.typeface import TYPEFACES
from bulletin.render.assets import find_asset
from bulletin.render.engine import write_pdf
from bulletin.render.templates import ShownPicture, fill, template_environment


def render_print(edition: Edition, publication: Publication) -> Artifact:
    """`<issue>/print.pdf`.

    Raises:
        MissingLibrary, RenderingFailed: See `write_pdf`.
    """
    html = render_print_html(edition, publication)
    folders = publication.assets
    css = faces_css() + find_asset(folders, "css/print.css").read_text("utf-8", errors="replace")
    assets: dict[str, Path | bytes] = {
        f"asset:fonts/{face.file}": find_asset(folders, f"fonts/{face.file}") for face in TYPEFACES
    }
    assets |= {f"asset:pictures/{picture.sha256}": picture.content for picture in edition.pictures}
    pdf = write_pdf(html, css, assets, find_asset(folders, "fonts/fonts.conf"))
    return Artifact(f"{edition.masthead.key}/print.pdf", "application/pdf", pdf)


def render_print_html(edition: Edition, publication: Publication) -> str:
    """The HTML that the print PDF is made from; pictures are named `asset:pictures/<sha256>`."""
    positions = {article.slug: article.position for article in edition.articles}
    pictures = {
        picture.name: ShownPicture(f"asset:pictures/{picture.sha256}", picture.width_px, picture.height_px)
        for picture in edition.pictures
    }

    def href(link: CrossLink[object]) -> str:
        return f"#a-{positions[link.slug]}" + (f"-{link.anchor}" if link.anchor else "")

    environment = template_environment(publication.templates, href, pictures)
    return fill(environment, "print/issue.html", edition=edition)


def faces_css() -> str:
    """A `@font-face` rule for each print face."""
    return "".join(
        f"@font-face {{ font-family: {face.family}; src: url(asset:fonts/{face.file});"
        + (f" unicode-range: {face.characters};" if face.characters else "")
        + " }\n"
        for face in TYPEFACES
    )
