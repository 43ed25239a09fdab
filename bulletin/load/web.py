"""`web:` in `bulletin.yaml`: what the bureau says of its site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletin.load.files import MEGABYTE, read_bytes
from bulletin.load.pictures import decode_picture
from bulletin.load.schemas import PublicationSchema
from bulletin.model.contrast import ACCENT, ACCENT_DARK, DARK_PAPER, LEAST_CONTRAST, LIGHT_PAPER, contrast
from bulletin.model.picture import Picture
from bulletin.model.problem import Outcome, Places, Problem, error, message
from bulletin.model.site import SiteSettings

_EMBLEM_LIMIT = 2 * MEGABYTE


def load_site_settings(root: Path, said: PublicationSchema, places: Places) -> tuple[SiteSettings, tuple[Problem, ...]]:
    """The settings of the web edition, with problems for an emblem that cannot be shown and for colours that are hard to read."""
    web = said.web
    emblem = _load_emblem(root, web.emblem, places) if web.emblem else Outcome(None)
    settings = SiteSettings(
        url=web.url or "",
        name=web.name or said.title,
        description=web.description or "",
        column=web.column or said.title,
        sponsor=web.sponsor or said.publisher,
        undertaker=web.undertaker or "",
        contact=web.contact or "",
        id_code=web.id_code or "",
        icp=web.icp or "",
        police=web.police or "",
        report_url=web.report_url or "",
        emblem=emblem.value,
        accent=web.accent or ACCENT,
        accent_dark=web.accent_dark or ACCENT_DARK,
        pdf=web.pdf,
    )
    return settings, (*emblem.problems, *_pale_colours(settings, places))


def _load_emblem(root: Path, path: str, places: Places) -> Outcome[Picture]:
    span = places.of("web.emblem")
    read = read_bytes(root, path, _EMBLEM_LIMIT, span)
    if read.value is None:
        return Outcome(None, read.problems)
    return decode_picture(read.value, Path(path).name, span)


def _pale_colours(settings: SiteSettings, places: Places) -> Iterator[Problem]:
    """WCAG 2.2, 1.4.3: text needs a contrast of 4.5."""
    for field, colour, paper in (
        ("web.accent", settings.accent, LIGHT_PAPER),
        ("web.accent_dark", settings.accent_dark, DARK_PAPER),
    ):
        found = contrast(colour, paper)
        if found < LEAST_CONTRAST:
            what = message(
                "颜色 {colour} 在 {paper} 上的对比度只有 {found}，看不清",
                colour=colour,
                paper=paper,
                found=f"{found:.1f}",
            )
            yield error(
                "web-colour", places.of(field), what, message("深色的字要更深、浅色的字要更浅，对比度不低于 4.5")
            )
