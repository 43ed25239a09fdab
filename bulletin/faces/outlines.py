"""The outlines of a font made like those of the built-in faces: TrueType, 1000 units to the em, one glyph a character, full-width marks."""

from __future__ import annotations

import io
from collections.abc import Iterable

from fontTools import subset
from fontTools.misc.transform import Offset, Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem

from bulletin.faces.features import composite
from bulletin.faces.source import ALIASES
from bulletin.model.marks import DASH, ELLIPSIS, INTERPUNCT, MARKS, OPENING

EM = 1000
ASCENT, DESCENT = 880, -120
"""Of every face, in thousandths of an em, so that one that stands in for another never shifts the line grid."""
_BEARING, _LEAST_BEARING = 80, 20
"""White between a mark that is moved and the edge of its em, and the least where its ink is wide."""
_LEAST_WHITE = 480
"""On the empty side of a mark: with less it cannot stand on half an em."""
_QUADRATIC_ERROR = 0.001
"""In em: how far a quadratic curve may be from the cubic one that it stands for."""
_VARIANTS = 14
"""The format of a table of variation sequences."""
_KEPT = frozenset({"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"})
_LAYOUT = frozenset({"GDEF", "GPOS", "GSUB", "kern"})
_FULL_WIDTH = MARKS | {INTERPUNCT, ELLIPSIS, DASH}


def cut_down(font: TTFont, characters: frozenset[str], *, latin: bool) -> TTFont:
    """The font with these characters alone, as TrueType outlines without hints, in an em of 1000 units; Latin ones keep their kerning.

    All else goes: bitmaps, vertical metrics, `BASE`, which would move the baseline, and other features, which could undo ours.
    """
    cubic = "CFF " in font
    if not latin:
        _use_full_width_forms(font)
    if latin or not cubic:
        _subset(font, characters, layout=latin)
    if cubic:
        _make_quadratic(font, font.getGlyphOrder() if latin else _keep_characters(font, characters))
    font.flavor = None  # not compressed (WOFF)
    font.recalcBBoxes = cubic  # outlines of TrueType are passed on as they are
    for table in set(font.keys()) - _KEPT - (_LAYOUT if latin else set()) - {"GlyphOrder"}:
        del font[table]
    font = _with_own_glyph_names(font)
    if font["head"].unitsPerEm != EM:
        scale_upem(font, EM)  # so that a thousandth of an em is a whole number
    return font


def saved(font: TTFont) -> bytes:
    """The bytes of the font."""
    content = io.BytesIO()
    font.save(content, reorderTables=None)
    return content.getvalue()


def _with_own_glyph_names(font: TTFont) -> TTFont:
    """The font with names of glyphs made anew, when it is read again: those of others may mean something in a feature file."""
    font["post"].formatType = 3.0
    return TTFont(io.BytesIO(saved(font)), recalcTimestamp=False)


def _use_full_width_forms(font: TTFont) -> None:
    """Puts the full-width forms of marks that a font has (`fwid`) in the place of proportional ones, and aliases where a mark is missing."""
    cmap, em, advances = font.getBestCmap(), font["head"].unitsPerEm, font["hmtx"]
    forms = _full_width_forms(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            for character, alias in ALIASES.items():
                if ord(character) not in table.cmap and ord(alias) in table.cmap:
                    table.cmap[ord(character)] = table.cmap[ord(alias)]
            for character in _FULL_WIDTH:
                form = forms.get(cmap.get(ord(character), ""))
                if form and ord(character) in table.cmap and advances[form][0] == em:
                    table.cmap[ord(character)] = form


def _full_width_forms(font: TTFont) -> dict[str, str]:
    """The full-width form of each glyph that has one."""
    if "GSUB" not in font or font["GSUB"].table.FeatureList is None:
        return {}
    table = font["GSUB"].table
    forms: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "fwid":
            for index in record.Feature.LookupListIndex:
                for each in table.LookupList.Lookup[index].SubTable:
                    forms.update(getattr(getattr(each, "ExtSubTable", each), "mapping", {}))
    return forms


def _subset(font: TTFont, characters: frozenset[str], *, layout: bool) -> None:
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"], name_languages=["*"], name_legacy=True)
    options.layout_features = ["*"] if layout else []
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)


def _make_quadratic(font: TTFont, order: list[str]) -> None:
    """Cubic outlines (CFF) to quadratic ones (TrueType), which is what wider glyphs are made of; of the glyphs named alone."""
    glyphs, advances = font.getGlyphSet(), font["hmtx"]
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _QUADRATIC_ERROR * font["head"].unitsPerEm, reverse_direction=True))
        outlines[name] = outline = pen.glyph()
        outline.recalcBounds(outlines)
        advances[name] = (advances[name][0], outline.xMin)
    advances.metrics = {name: advances[name] for name in order}
    font["glyf"], font["loca"] = newTable("glyf"), newTable("loca")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    maxp = font["maxp"]
    maxp.tableVersion, maxp.maxZones, maxp.numGlyphs = 0x00010000, 1, len(order)
    for each in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"):
        setattr(maxp, f"max{each}", 0)
    del font["CFF "]
    font.setGlyphOrder(order)
    font.sfntVersion = "\0\1\0\0"


def _keep_characters(font: TTFont, characters: frozenset[str]) -> list[str]:
    """Leaves these characters alone in the tables of characters, and returns their glyphs in the order of the font.

    (The subsetter, which does it for TrueType, runs three times through all cubic outlines first.)
    """
    tables = font["cmap"].tables
    font["cmap"].tables = [table for table in tables if table.isUnicode() and table.format != _VARIANTS]
    for table in font["cmap"].tables:
        table.cmap = {code: name for code, name in table.cmap.items() if chr(code) in characters}
    named = {name for table in font["cmap"].tables for name in table.cmap.values()}
    return [name for name in font.getGlyphOrder() if name in named or name == ".notdef"]


def unify_metrics(font: TTFont) -> None:
    """Gives every line the same height, whichever faces are in it."""
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = ASCENT, DESCENT, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0


def part_shared_glyphs(font: TTFont) -> None:
    """Gives each character a glyph of its own: of characters that share one, a PDF can name only one to those who search it."""
    owners: dict[str, int] = {}
    parted = {}
    for code, name in sorted(font.getBestCmap().items()):
        if owners.setdefault(name, code) != code:
            parted[code] = _copied(font, name, f"{name}.u{code:04X}")
    for table in font["cmap"].tables:
        table.cmap.update({code: name for code, name in parted.items() if code in table.cmap})
    font.setGlyphOrder(font["glyf"].glyphOrder)


def _copied(font: TTFont, name: str, copy: str) -> str:
    font["glyf"][copy] = composite(name)
    font["hmtx"][copy] = font["hmtx"][name]
    return copy


def place_marks(font: TTFont) -> None:
    """Sets every mark on a full em, its ink in the half where it belongs (GB/T 15834-2011), and draws dashes out until two join."""
    cmap = font.getBestCmap()
    for character in sorted(_FULL_WIDTH):
        name = cmap.get(ord(character))
        ink = _ink(font, name) if name else None
        if name and ink and not _stands_well(character, ink, font["hmtx"][name][0]):
            _redraw(font, name, _placement(character, *ink))


def _ink(font: TTFont, name: str) -> tuple[float, float] | None:
    """Where the ink of a glyph begins and ends."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return (pen.bounds[0], pen.bounds[2]) if pen.bounds and pen.bounds[0] < pen.bounds[2] else None


def _stands_well(character: str, ink: tuple[float, float], advance: int) -> bool:
    left, right = ink
    if character == DASH:
        return (left, right) == (0, EM)
    if character in MARKS:
        return advance == EM and (left if character in OPENING else EM - right) >= _LEAST_WHITE
    return advance == EM


def _placement(character: str, left: float, right: float) -> Transform:
    """What brings the ink where it belongs; it is narrowed where it is wider than its place."""
    width = right - left
    if character == DASH:
        return Transform(EM / width, 0, 0, 1, -left * EM / width, 0)
    room = EM / 2 - 2 * _LEAST_BEARING if character in MARKS else EM
    narrowed = min(1.0, room / width)
    width *= narrowed
    bearing = min(_BEARING, (EM / 2 - width) / 2) if character in MARKS else (EM - width) / 2
    return Offset(EM - bearing - width if character in OPENING else bearing, 0).scale(narrowed, 1).translate(-left, 0)


def _redraw(font: TTFont, name: str, transform: Iterable[float]) -> None:
    glyphs = font.getGlyphSet()
    recording = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(TransformPen(pen, transform))
    outline = pen.glyph()
    font["glyf"][name] = outline
    outline.recalcBounds(font["glyf"])
    font["hmtx"][name] = (EM, outline.xMin)
