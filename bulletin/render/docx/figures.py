"""Pictures in the line, with the words that stand for them (ECMA-376 part 1, 20.4)."""

from __future__ import annotations

from lxml import etree

from bulletin.model.page import LINE_PT, LINES, PICTURE_DPI, WIDTH_PT
from bulletin.model.prose import Figure
from bulletin.render.docx.elements import NAMESPACES, element
from bulletin.render.docx.parts import OFFICE, Draft

_EMU = 12_700
"""In a point."""
_HIGHEST_PT = (LINES - 2) * LINE_PT


def drawing(figure: Figure, draft: Draft) -> etree._Element:
    """A run with the picture at 200 dpi, or as small as the page asks for."""
    picture = draft.pictures[figure.picture]
    natural = picture.width_px * 72 / PICTURE_DPI, picture.height_px * 72 / PICTURE_DPI
    scale = min(1.0, WIDTH_PT / natural[0], _HIGHEST_PT / natural[1])
    width, height = (round(side * scale * _EMU) for side in natural)
    key = draft.next_drawing()
    related = draft.relations.to(f"{OFFICE}/image", draft.picture_part(figure.picture))
    inline = element(
        "wp:inline",
        element("wp:extent", cx=width, cy=height),
        element("wp:docPr", id=key, name=figure.picture, descr=figure.alternative),
        element("wp:cNvGraphicFramePr", element("a:graphicFrameLocks", noChangeAspect=1)),
        element("a:graphic", _data(figure, related, width, height, key)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return element("w:r", element("w:drawing", inline))


def _data(figure: Figure, related: str, width: int, height: int, key: int) -> etree._Element:
    names = element("pic:nvPicPr", element("pic:cNvPr", id=key, name=figure.picture), element("pic:cNvPicPr"))
    stretched = element("a:stretch", element("a:fillRect"))
    fill = element("pic:blipFill", element("a:blip", r_embed=related), stretched)
    frame = element("a:xfrm", element("a:off", x=0, y=0), element("a:ext", cx=width, cy=height))
    shape = element("pic:spPr", frame, element("a:prstGeom", element("a:avLst"), prst="rect"))
    return element("a:graphicData", element("pic:pic", names, fill, shape), uri=NAMESPACES["pic"])
