"""The icons of a site, for tabs of browsers and for screens of telephones."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bulletin.model.artifact import Artifact
from bulletin.model.picture import Picture
from bulletin.model.publication import Publication
from bulletin.render.web.addresses import ICON_FILE, TOUCH_ICON_FILE

_ICON_PX, _TOUCH_ICON_PX = 64, 180
_MARGIN = 0.08
"""White about the emblem where the telephone cuts off the corners, by the icon's side."""
_FACE = "GWBiaosong.ttf"


def render_icons(publication: Publication) -> tuple[Artifact, ...]:
    """The bureau's emblem as icons; where there is none, the first character of the title, white on the site's colour."""
    emblem = publication.web.emblem
    if emblem:
        icon, touch_icon = _emblem_icon(emblem, _ICON_PX, 0), _on_white(_emblem_icon(emblem, _TOUCH_ICON_PX, _MARGIN))
    else:
        icon, touch_icon = _letter_icon(publication, _ICON_PX), _letter_icon(publication, _TOUCH_ICON_PX)
    return _artifact(ICON_FILE, icon), _artifact(TOUCH_ICON_FILE, touch_icon)


def _emblem_icon(emblem: Picture, side_px: int, margin: float) -> Image.Image:
    """The emblem in the middle of a square."""
    image = Image.open(io.BytesIO(emblem.content)).convert("RGBA")
    room = round(side_px * (1 - 2 * margin))
    scale = room / max(image.size)
    image = image.resize([max(1, round(side * scale)) for side in image.size], Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (side_px, side_px))
    square.paste(image, ((side_px - image.width) // 2, (side_px - image.height) // 2))
    return square


def _on_white(image: Image.Image) -> Image.Image:
    """Telephones show black where an icon is transparent."""
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image)
    return paper


def _letter_icon(publication: Publication, side_px: int) -> Image.Image:
    file = Path(dict(publication.faces)[_FACE])
    face = ImageFont.truetype(file, round(side_px * 0.76), layout_engine=ImageFont.Layout.BASIC)
    image = Image.new("RGB", (side_px, side_px), publication.web.accent)
    ImageDraw.Draw(image).text((side_px / 2, side_px / 2), publication.title[0], "white", face, anchor="mm")
    return image


def _artifact(path: str, image: Image.Image) -> Artifact:
    encoded = io.BytesIO()
    image.save(encoded, "PNG", optimize=True)
    return Artifact(path, "image/png", encoded.getvalue())
