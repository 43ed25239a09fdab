"""Fonts as a bureau might own them: derived from the built-in ones with all taken off that ours have, or made of one box."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.transform import Offset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from bulletin.model.marks import INTERPUNCT, MARKS, OPENING
from bulletin.model.problem import Span
from bulletin.model.publication import HouseFace
from bulletin.model.repertoire import gb_2312
from bulletin.model.typeface import ROLES
from tests.conftest import REPOSITORY

PROPORTIONAL = "“”‘’·"
MARKS_AND_SIGNS = "".join(sorted(MARKS | {*f"{INTERPUNCT}—…"})) + "".join(map(chr, range(0x20, 0x7F))) + "\u3000"
ROLE = {role.name: role for role in ROLES}
FEW = "汉字国中刘文生堃" + MARKS_AND_SIGNS
BOX_HAN = "".join(sorted(gb_2312()))


def house_face(content: bytes, role: str = "仿宋", member: int | None = None, path: str = "fonts/a.ttf") -> HouseFace:
    return HouseFace(ROLE[role], path, member, content, Span("bulletin.yaml", 3, 9))


def content_of(font: Any) -> bytes:
    content = io.BytesIO()
    font.save(content)
    return content.getvalue()


@cache
def foreign(characters: str = FEW, em: int = 256, file: str = "GWFang.ttf", *, cubic: bool = False) -> bytes:
    """A built-in face as a foreign one: another em, other metrics, proportional quotation marks, no features, another name."""
    font = TTFont(REPOSITORY / "assets/fonts" / file, recalcTimestamp=False)
    options = subset.Options(layout_features=[], name_IDs=["*"], name_languages=["*"], notdef_outline=True)
    options.drop_tables += ["vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list(map(ord, characters)))
    subsetter.subset(font)
    for mark in PROPORTIONAL:
        make_proportional(font, mark)
    if em != font["head"].unitsPerEm:
        scale_upem(font, em)
    for table, names in (
        ("hhea", ("ascent", "descent", "lineGap")),
        ("OS/2", ("sTypoAscender", "sTypoDescender", "sTypoLineGap")),
    ):
        for name, share in zip(names, (1.05, -0.35, 0.2), strict=True):
            setattr(font[table], name, round(share * em))
    font["name"].setName("某局仿宋", 4, 3, 1, 0x804)
    font["name"].setName("Bureau Fang", 4, 3, 1, 0x409)
    if cubic:
        _make_cubic(font)
    return content_of(font)


def make_proportional(font: TTFont, mark: str) -> None:
    """Gives a character no more room than its ink needs."""
    name = font.getBestCmap().get(ord(mark))
    if name is None:
        return
    recording = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(recording)
    outline = font["glyf"][name]
    outline.recalcBounds(font["glyf"])
    pen = TTGlyphPen(None)
    recording.replay(TransformPen(pen, Offset(40 - outline.xMin, 0)))
    width = outline.xMax - outline.xMin + 80
    font["glyf"][name] = pen.glyph()
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, 40)


def _make_cubic(font: TTFont) -> None:
    """The outlines as CFF."""
    glyphs, advances = font.getGlyphSet(), font["hmtx"]
    strings = {}
    for name in font.getGlyphOrder():
        recording = DecomposingRecordingPen(glyphs)
        glyphs[name].draw(recording)
        pen = T2CharStringPen(advances[name][0], None)
        recording.replay(ReverseContourPen(pen))
        strings[name] = pen.getCharString()
    for table in ("glyf", "loca"):
        del font[table]
    font["maxp"].tableVersion = 0x00005000
    font.sfntVersion = "OTTO"
    builder = FontBuilder(font=font)
    builder.setupCFF("BureauFang", {"FullName": "Bureau Fang"}, strings, {})
    font["post"].formatType = 3.0


def box_font(
    characters: str = BOX_HAN + MARKS_AND_SIGNS,
    *,
    advance: int = 1000,
    ink: tuple[int, int] = (50, 450),
    shared: bool = True,
    mirrored: bool = True,
) -> TTFont:
    """A font in which every character is the same box, and every opening mark its mirror image."""
    names = {character: "open" if character in OPENING and mirrored else "box" for character in characters}
    if not shared:
        names = {character: f"box{number}" for number, character in enumerate(characters)}
    order = [".notdef", "box", "open", *sorted(set(names.values()) - {"box", "open"})]
    outline, mirror = _box(*ink), _box(advance - ink[1], advance - ink[0])
    builder = FontBuilder(1000, isTTF=True)
    builder.setupHead(unitsPerEm=1000, created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(character): name for character, name in names.items()})
    builder.setupGlyf({name: mirror if name == "open" else outline for name in order})
    builder.setupHorizontalMetrics(
        {name: (advance, (advance - ink[1]) if name == "open" else ink[0]) for name in order}
    )
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Box", "styleName": "Regular", "fullName": "Box"})
    builder.setupOS2(fsType=0)
    builder.setupPost()
    return builder.font


def _box(left: int, right: int) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((left, 0))
    for point in ((left, 700), (right, 700), (right, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def collection(*fonts: TTFont) -> bytes:
    """The fonts in one file (.ttc)."""
    together = TTCollection()
    together.fonts = [TTFont(io.BytesIO(content_of(font))) for font in fonts]
    return content_of(together)
