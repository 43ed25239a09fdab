"""`web:` in `bulletin.yaml`: what the bureau says of its site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bulletin.load.files import read_bytes
from bulletin.load.pictures import PICTURE_LIMIT
from bulletin.load.schemas import PublicationSchema
from bulletin.load.schemas.publication import PartyGovernmentMarkSchema
from bulletin.model.contrast import (
    ACCENT,
    ACCENT_DARK,
    DARK_PAPER,
    LEAST_CONTRAST,
    LIGHT_PAPER,
    contrast,
    nearest_readable,
)
from bulletin.model.picture import Picture
from bulletin.model.problem import Outcome, Places, Problem, error, hint, message, warning
from bulletin.model.site import PartyGovernmentMark, SiteSettings

EMBLEM_PX = 240
"""The longer side of the emblem as it is kept: four times what the head of a page shows, and more than the icon of a telephone."""
_INSIDE = re.compile(r"[^\x00-\x1f/\\:~][^\x00-\x1f\\:]*\.(png|jpg|jpeg)", re.IGNORECASE)


def load_site_settings(root: Path, said: PublicationSchema, places: Places) -> tuple[SiteSettings, tuple[Problem, ...]]:
    """The settings of the web edition, with problems for an emblem or a mark that cannot be shown and for colours that are hard to read."""
    web = said.web
    emblem = _load_picture(root, web.emblem, places, "web.emblem") if web.emblem else Outcome(None)
    mark = _load_mark(root, web.party_government_mark, places)
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
        keywords=web.keywords,
        party_government_mark=mark.value,
    )
    return settings, (
        *emblem.problems,
        *mark.problems,
        *_pale_colours(settings, places),
        *_left_out(settings, places),
        *_strange_numbers(settings, places),
    )


def _load_mark(root: Path, said: PartyGovernmentMarkSchema | None, places: Places) -> Outcome[PartyGovernmentMark]:
    """党政机关标识; in words where it has no picture that can be shown."""
    if said is None:
        return Outcome(None)
    picture: Outcome[Picture] = Outcome(None)
    if said.picture:
        picture = _load_picture(root, said.picture, places, "web.party_government_mark.picture")
    return Outcome(PartyGovernmentMark(said.url, picture.value), picture.problems)


def _load_picture(root: Path, path: str, places: Places, field: str) -> Outcome[Picture]:
    """A picture of every page, no larger than pages show it, so that it weighs little whatever the file was."""
    span = places.of(field)
    advice = message("把图放在刊物的 assets 文件夹里，写成 assets/emblem.png；用 PNG 或 JPEG")
    if not _INSIDE.fullmatch(path) or ".." in PurePosixPath(path).parts:
        return Outcome(None, (error("web-emblem", span, message("“{path}”不是刊物文件夹里的图片", path=path), advice),))
    read = read_bytes(root, path, PICTURE_LIMIT, span)
    if read.value is None:
        return Outcome(None, read.problems)
    from bulletin.load.picture_decoding import decode_picture, shrink  # loads Pillow: only where there is an emblem

    decoded = decode_picture(read.value, PurePosixPath(path).name, span)
    if decoded.value is None:
        return Outcome(None, tuple(replace(problem, advice=advice) for problem in decoded.problems))
    return Outcome(shrink(decoded.value, EMBLEM_PX))


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
            advice = message('改成 "{nearest}"，与它最接近，对比度够 4.5', nearest=nearest_readable(colour, paper))
            yield error("web-colour", places.of(field), what, advice)


def _left_out(settings: SiteSettings, places: Places) -> Iterator[Problem]:
    """What the government's meta tags require of a site that can be found on the web, and nobody but the bureau knows.

    A bureau of the Party need not have a 网站标识码, so its absence is told only where the site is registered all the same: it has 找错.

    Source: 《政府网站发展指引》（国办发〔2017〕47号）, annex on 网页标签.
    """
    if settings.url and not settings.description:
        what = message("没有栏目说明（web.description），网页里就没有 ColumnDescription 标签")
        yield hint("web-incomplete", places.of("web.url"), what, message("写一句话：登什么、给谁看"))
    if settings.report_url and not settings.id_code:
        what = message("有“政府网站找错”，没有网站标识码（web.id_code），网页里就没有 SiteIDCode 标签")
        yield hint("web-incomplete", places.of("web.report_url"), what, message("标识码是 10 位字母和数字"))


_NUMBERS = (
    (
        "icp",
        message("ICP 备案号"),
        re.compile(r"[\u4e00-\u9fff]ICP[备证][0-9]{6,10}号(-[0-9]{1,3})?"),
        message("ICP 备案号写成 辽ICP备05023109号-3 的样子，照备案系统里的抄"),
    ),
    (
        "police",
        message("公安备案号"),
        re.compile(r"[\u4e00-\u9fff]公网安备\s?[0-9]{14}号"),
        message("公安备案号写成 辽公网安备21010202000031号 的样子，14 位数字"),
    ),
    (
        "id_code",
        message("网站标识码"),
        re.compile(r"[0-9]{10}|[A-Za-z]{2}[0-9]{8}"),
        message("网站标识码是 10 位数字，如 2101000001；部门网站是两个字母加 8 位数字，如 bm01000001"),
    ),
)
"""How the numbers of a site are written by those who give them: 工业和信息化部, 公安部, 国务院办公厅 (《政府网站发展指引》)."""


def _strange_numbers(settings: SiteSettings, places: Places) -> Iterator[Problem]:
    """A warning for each number that does not look like one: nobody else would see a slip."""
    for field, name, form, advice in _NUMBERS:
        said = getattr(settings, field)
        if said and not form.fullmatch(said):
            what = message("“{value}”不像{name}", value=said, name=name)
            yield warning("web-number", places.of(f"web.{field}"), what, advice)
