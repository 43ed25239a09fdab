"""An edition to its print PDF, or to the PDF that the web offers."""

from __future__ import annotations

from pathlib import Path

from bulletin.model.artifact import Artifact
from bulletin.model.pages import TypesetEdition
from bulletin.model.prose import CrossLink
from bulletin.model.publication import PdfStandard, Publication, SourceFile
from bulletin.model.walk import visible_text
from bulletin.render.assets import WEB_PDF_SHEET, find_asset
from bulletin.render.drawing import Drawing
from bulletin.render.engine import draw
from bulletin.render.finishing import finish
from bulletin.render.print_css import class_of, head_css, print_css
from bulletin.render.templates import ShownPicture, fill, template_environment

WEB_STANDARD = PdfStandard.A_2A
"""Sources are never attached to what the web offers."""


def render_print(edition: TypesetEdition, publication: Publication, sources: tuple[SourceFile, ...] = ()) -> Artifact:
    """`<issue>/print.pdf`, tagged, with the sources attached that are given.

    Raises:
        MissingLibrary, RenderingFailed: See `draw`.
    """
    pdf = finish(_draw(edition, publication), publication.pdf_standard, sources)
    return Artifact(f"{edition.masthead.key}/print.pdf", "application/pdf", pdf)


def render_web_pdf(edition: TypesetEdition, publication: Publication) -> Artifact:
    """`2026/10/2026-10.pdf`, below the home page: tagged as the print PDF is, with nothing attached.

    Raises:
        MissingLibrary, RenderingFailed: See `draw`.
    """
    sheet = find_asset(publication.assets, WEB_PDF_SHEET).read_text("utf-8", errors="replace")
    key = edition.masthead.key
    pdf = finish(_draw(edition, publication, sheet), WEB_STANDARD)
    return Artifact(f"{key.web_path}/{key}.pdf", "application/pdf", pdf)


def _draw(edition: TypesetEdition, publication: Publication, sheet: str = "") -> Drawing:
    """The pages drawn, by one style sheet more where there is one."""
    html = render_print_html(edition, publication)
    folders = publication.assets
    css = print_css(edition.pages, publication) + head_css(edition.running_head) + sheet
    assets: dict[str, Path | bytes] = {f"asset:fonts/{name}": Path(path) for name, path in publication.faces}
    assets |= {f"asset:pictures/{picture.sha256}": picture.content for picture in edition.pictures}
    return draw(html, css, assets, find_asset(folders, "fonts/fonts.conf"))


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
