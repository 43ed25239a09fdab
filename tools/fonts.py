"""Gives print faces the spacing features that finished lines are made with (bulletin/model/line.py says what they are).

    python tools/fonts.py SOURCE… --into assets/fonts

A face keeps everything that it has; lookups are added to its GPOS table. Running it on its own output is refused.

Each amount is a power of two, in thousandths of an em, with a feature of its own; features that are on add up, so that any
amount is at hand by naming a few. `S…` add white after each wide character, `N…` take it off. `B…`, `C…`, `E…` take white
off the empty half of brackets and quotation marks, of ，、；： and of 。？！, unless a mark stands on that side (such pairs are closed
up by `chws` already) or the ink is too wide (《 》). `DOTH` sets the interpunct on half an em.

`NM15` and `NM20` set Han an em and a half or two ems wide, for names that are spread (刘 文 生); `GAP8` and `GAP4` give Han, Latin letters and
digits 1/8 or 1/4 em more, for the white where they meet. Both by glyphs of that width (composites of the plain ones), not by white after them: in
white of more than 0.098 em poppler and pdf.js find blanks, and 刘文生 or 2020年 could not be searched for.

White on the left of a mark is taken off the advance of the glyph before it. No glyph is moved against its own origin: PDFium (in
Chrome and Edge) loses what follows a run whose first glyph is.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import uharfbuzz
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from fontTools.ttLib.tables.otTables import LangSys

from bulletin.model.line import SQUEEZE_BITS, STRETCHES
from bulletin.model.marks import CLOSED, CLOSING, COMMAS, INTERPUNCT, MARKS, OPENING, STOPS, is_han, is_latin

LATIN = "GWLatin.ttf"
NAMES = {"GWFang.ttf", "GWKai.ttf", "GWWenKai.ttf"}
"""The faces that names are set in."""
SPREADS = {"NM15": 0.5, "NM20": 1.0}
"""What the glyphs of spread names are wider by, in em."""
GAPS = {"GAP8": 0.125, "GAP4": 0.25}
COMMON = "GWFang.ttf"
"""Of rare characters, which this face does not have, there are no wider glyphs: a font holds 65,535."""
FIXED = frozenset("〔〕")
"""Are as wide in one document's number as in the next."""
_LEAST_WHITE = 0.54
"""On the empty side of a mark, in em: half an em goes, the rest is what is left."""
_ROUND_XY_TO_GRID = 0x4


def feature_source(font: TTFont) -> str:
    """The added features in the language of feature files."""
    classes = {
        "opening": _glyphs(font, _with_room(font, OPENING - FIXED)),
        "closing": _glyphs(font, _with_room(font, CLOSING - FIXED)),
        "commas": _glyphs(font, COMMAS),
        "stops": _glyphs(font, _with_room(font, STOPS)),
        "closed": _glyphs(font, CLOSED),
        "marks": _glyphs(font, MARKS),
        "wide": _glyphs(font, MARKS, every_wide=True),
        "dot": _glyphs(font, INTERPUNCT),
        "plain": _plain_glyphs(font),
    }
    lines = [f"@{name} = [{' '.join(glyphs)}];" for name, glyphs in classes.items()]
    em = font["head"].unitsPerEm
    lines += [f"lookup dot {{ pos @plain <0 0 -{em // 4} 0>; }} dot;"]
    lines += [f"feature DOTH {{ pos @dot <0 0 -{em // 4} 0>; pos @plain' lookup dot @dot; }} DOTH;"]
    for tag, amount in STRETCHES.items():
        lines.append(f"feature {tag} {{ pos @wide <0 0 {_units(amount, em)} 0>; }} {tag};")
    for bit in SQUEEZE_BITS:
        lines += _squeeze(f"B{bit:03}", "closing", _units(bit, em), opening=True)
        lines += _squeeze(f"C{bit:03}", "commas", _units(bit, em))
        lines += _squeeze(f"E{bit:03}", "stops", _units(bit, em))
    return "\n".join(lines)


def add_wider_glyphs(font: TTFont, characters: Iterable[str], widths: dict[str, float]) -> str:
    """Adds a wider glyph for each of the characters and widths; returns the source of the features that put them in place."""
    cmap, em, advances, outlines = font.getBestCmap(), font["head"].unitsPerEm, font["hmtx"], font["glyf"]
    plain = sorted({cmap[ord(character)] for character in characters if ord(character) in cmap})
    lines = []
    for tag, more in widths.items():
        wider = [f"{name}.{tag.lower()}" for name in plain]
        for name, wide in zip(plain, wider, strict=True):
            outlines[wide] = _composite(name)
            advances[wide] = (advances[name][0] + round(more * em), advances[name][1])
            if "vmtx" in font:
                font["vmtx"][wide] = font["vmtx"][name]
        lines.append(f"feature {tag} {{ sub [{' '.join(plain)}] by [{' '.join(wider)}]; }} {tag};")
    font.setGlyphOrder(outlines.glyphOrder)
    font["post"].formatType = 3.0
    return "\n".join(lines)


def _composite(name: str) -> Glyph:
    """A glyph that looks like another."""
    component = GlyphComponent()
    component.glyphName, component.x, component.y, component.flags = name, 0, 0, _ROUND_XY_TO_GRID
    glyph = Glyph()
    glyph.numberOfContours, glyph.components = -1, [component]
    return glyph


def _units(thousandths: int, em: int) -> int:
    return round(thousandths * em / 1000)


def _glyphs(font: TTFont, characters: Iterable[str], *, every_wide: bool = False) -> list[str]:
    """Glyphs of the characters (and of all kana and Han that are an em wide) in the order of the font."""
    cmap, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    names = {cmap[ord(character)] for character in characters if ord(character) in cmap}
    if every_wide:
        names |= {name for code, name in cmap.items() if is_han(chr(code)) or 0x3041 <= code <= 0x30FA}
        names = {name for name in names if advances[name][0] == em}
    return sorted(names, key=font.getGlyphID)


def _with_room(font: TTFont, marks: Iterable[str]) -> list[str]:
    """The marks whose ink keeps off their neighbour when their half em is gone: 《 and 》 are too wide in most faces."""
    cmap, em, outlines, advances = font.getBestCmap(), font["head"].unitsPerEm, font["glyf"], font["hmtx"]
    kept = []
    for mark in marks:
        if ord(mark) in cmap:
            name = cmap[ord(mark)]
            outline = outlines[name]
            outline.recalcBounds(outlines)
            white = outline.xMin if mark in OPENING else advances[name][0] - outline.xMax
            kept += [mark] if white >= _LEAST_WHITE * em else []
    return kept


def _plain_glyphs(font: TTFont) -> list[str]:
    """All that may stand before a mark but marks; no wider glyphs, which never do.

    HarfBuzz gives up a whole table whose small lookups cover too many glyphs.
    """
    marks = set(_glyphs(font, MARKS | {INTERPUNCT}))
    wider = tuple(f".{tag.lower()}" for tag in (*GAPS, *SPREADS))
    return [name for name in font.getGlyphOrder() if name not in marks and not name.endswith(wider)]


def _squeeze(tag: str, closed: str, units: int, *, opening: bool = False) -> Iterator[str]:
    yield f"lookup {tag}off {{ pos @{closed} <0 0 -{units} 0>; }} {tag}off;"
    if opening:
        yield f"lookup {tag}open {{ pos @plain <0 0 -{units} 0>; }} {tag}open;"
    yield f"feature {tag} {{"
    yield f"  lookup {tag}a {{ ignore pos @{closed}' @marks; pos @{closed}' lookup {tag}off; }} {tag}a;"
    if opening:
        yield f"  lookup {tag}b {{ pos @plain' lookup {tag}open @opening; }} {tag}b;"
    yield f"}} {tag};"


def add_features(font: TTFont, source: str) -> None:
    """Adds the features to those that the font has, for every script and language that it knows."""
    added = TTFont()
    added.setGlyphOrder(font.getGlyphOrder())
    for table in ("head", "hhea", "maxp"):
        added[table] = font[table]
    addOpenTypeFeaturesFromString(added, source, tables=["GPOS", "GSUB"])
    for kind in ("GPOS", "GSUB"):
        if kind in added and kind in font:
            _merge_tables(font[kind].table, added[kind].table)
        elif kind in added:
            font[kind] = newTable(kind)
            font[kind].table = added[kind].table


def _merge_tables(old: object, new: object) -> None:
    first = len(old.LookupList.Lookup)
    for lookup in new.LookupList.Lookup:
        for record in _lookup_records(lookup):
            record.LookupListIndex += first
        old.LookupList.Lookup.append(lookup)
    for record in new.FeatureList.FeatureRecord:
        record.Feature.LookupListIndex = [index + first for index in record.Feature.LookupListIndex]
    _merge_features(old, new.FeatureList.FeatureRecord)
    old.LookupList.LookupCount = len(old.LookupList.Lookup)


def _lookup_records(value: object) -> Iterator[object]:
    """Every place below `value` where a lookup calls another."""
    if isinstance(value, list):
        for item in value:
            yield from _lookup_records(item)
    elif type(value).__name__ == "PosLookupRecord":
        yield value
    elif hasattr(value, "__dict__"):
        for item in vars(value).values():
            yield from _lookup_records(item)


def _empty_language() -> LangSys:
    language = LangSys()
    language.LookupOrder, language.ReqFeatureIndex, language.FeatureIndex = None, 0xFFFF, []
    return language


def _merge_features(table: object, added: list) -> None:
    """Puts the records into the feature list, by tag as the specification asks, and into every language system."""
    kept = table.FeatureList.FeatureRecord
    merged = sorted([*kept, *added], key=lambda record: record.FeatureTag)
    place = {id(record): index for index, record in enumerate(merged)}
    for script in table.ScriptList.ScriptRecord:
        if script.Script.DefaultLangSys is None:
            script.Script.DefaultLangSys = _empty_language()
        languages = [script.Script.DefaultLangSys, *(record.LangSys for record in script.Script.LangSysRecord)]
        for language in filter(None, languages):
            here = [place[id(kept[index])] for index in language.FeatureIndex]
            language.FeatureIndex = sorted(here + [place[id(record)] for record in added])
            language.FeatureCount = len(language.FeatureIndex)
    table.FeatureList.FeatureRecord = merged
    table.FeatureList.FeatureCount = len(merged)


def prepare(source: Path, folder: Path, common: frozenset[str]) -> None:
    """Writes the face into `folder` with the features; `common` are the Han that get wider glyphs."""
    font = TTFont(source, recalcTimestamp=False)
    if any(record.FeatureTag == "GAP8" for record in font["GPOS"].table.FeatureList.FeatureRecord):
        raise SystemExit(f"{source}: has the features already")
    if source.name != LATIN and font["head"].unitsPerEm != 1000:
        scale_upem(font, 1000)  # so that a thousandth of an em is a whole number
    words = {
        chr(code) for code in font.getBestCmap() if is_latin(chr(code)) and (chr(code).isalnum() or chr(code) in "%‰")
    }
    added = [add_wider_glyphs(font, common | words, GAPS)]
    if source.name in NAMES:
        added.append(add_wider_glyphs(font, common, SPREADS))
    if source.name != LATIN:
        added.append(feature_source(font))
    add_features(font, "\n".join(added))
    font.save(folder / source.name, reorderTables=None)
    _check(
        folder / source.name,
        "1" if source.name == LATIN else "汉",
        ("GAP8",) if source.name == LATIN else ("S128", "GAP8"),
    )


def _check(path: Path, character: str, features: tuple[str, ...]) -> None:
    """HarfBuzz says nothing of a table that it refuses; so one feature of each kind is tried."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
    for feature in features:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(character)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer, {feature: True})
        if buffer.glyph_positions[0].x_advance <= font.get_glyph_h_advance(font.get_nominal_glyph(ord(character))):
            raise SystemExit(f"{path}: {feature} does nothing")


def han_of(path: Path) -> frozenset[str]:
    """The Han of a face that are an em wide."""
    font = TTFont(path, lazy=True)
    em, advances = font["head"].unitsPerEm, font["hmtx"]
    return frozenset(
        chr(code) for code, name in font.getBestCmap().items() if is_han(chr(code)) and advances[name][0] == em
    )


def main() -> None:
    """Prepares each source and writes the checksums of the folder anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--into", required=True, type=Path)
    arguments = parser.parse_args()
    common = han_of(next(source for source in arguments.sources if source.name == COMMON))
    for source in arguments.sources:
        prepare(source, arguments.into, common)
    faces = sorted(arguments.into.glob("*.ttf"))
    sums = [f"{hashlib.sha256(face.read_bytes()).hexdigest()}  {face.name}\n" for face in faces]
    (arguments.into / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
