"""The spacing features of the print faces, which finished lines are made with (bulletin/model/line.py says what they are).

A face keeps everything that it has; lookups are added to its GPOS and GSUB tables.

Each amount is a power of two, in thousandths of an em, with a feature of its own; features that are on add up, so that any
amount is at hand by naming a few. `S…` add white after each wide character, `N…` take it off. `B…`, `C…`, `E…` take white
off the empty half of brackets and quotation marks, of ，、；： and of 。？！, unless a mark stands on that side (such pairs are closed
up by `chws` already) or the ink is too wide (《 》). `DOTH` sets the interpunct on half an em.

`NM15` and `NM20` set Han an em and a half or two ems wide, for names that are spread (刘 文 生); `GAP8` and `GAP4` give Han, Latin letters and
digits 1/8 or 1/4 em more, for the white where they meet. Both by glyphs of that width (composites of the plain ones), not by white after them: in
white of more than 0.098 em poppler and pdf.js find blanks, and 刘文生 or 2020年 could not be searched for.

White on the left of a mark is taken off the advance of the glyph before it. No glyph is moved against its own origin: PDFium (in
Chrome and Edge) loses what follows a run whose first glyph is.

`halt` and `chws` are those of the OpenType specification: marks on half an em, and adjacent marks closed up to one and a half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import uharfbuzz
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from fontTools.ttLib.tables.otTables import LangSys

from bulletin.model.line import SQUEEZE_BITS, STRETCHES
from bulletin.model.marks import CLOSED, CLOSING, COMMAS, INTERPUNCT, MARKS, OPENING, STOPS, is_han, is_latin

SPREADS = {"NM15": 0.5, "NM20": 1.0}
"""What the glyphs of spread names are wider by, in em."""
GAPS = {"GAP8": 0.125, "GAP4": 0.25}
FIXED = frozenset("〔〕")
"""Are as wide in one document's number as in the next."""
_LEAST_WHITE = 0.54
"""On the empty side of a mark, in em: half an em goes, the rest is what is left."""
_ROOM_GLYPHS = 8000
_ROUND_XY_TO_GRID = 0x4


def add_gaps(font: TTFont, common: frozenset[str]) -> str:
    """Adds wider glyphs for `common` Han, Latin letters and digits; returns the source of their features."""
    latin = (chr(code) for code in font.getBestCmap() if is_latin(chr(code)))
    return _add_wider_glyphs(font, common.union(each for each in latin if each.isalnum() or each in "%‰"), GAPS)


def add_spreads(font: TTFont, common: frozenset[str]) -> str:
    """Adds wider glyphs for the `common` Han of spread names; returns the source of their features."""
    return _add_wider_glyphs(font, common, SPREADS)


def spacing_source(font: TTFont) -> str:
    """The features that space lines, in the language of feature files."""
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
    lines = _class_lines(classes)
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


def half_source(font: TTFont) -> str:
    """`halt` and `chws`, for a face whose marks stand in their halves, in the language of feature files."""
    half = font["head"].unitsPerEm // 2
    classes = {
        "halfOpening": _glyphs(font, OPENING),
        "halfClosed": _glyphs(font, CLOSED),
        "anyMark": _glyphs(font, MARKS | {"\u3000"}),
        "openingOrBlank": _glyphs(font, OPENING | {"\u3000"}),
    }
    return "\n".join(
        [
            *_class_lines(classes),
            f"lookup openOff {{ pos @halfOpening <-{half} 0 -{half} 0>; }} openOff;",
            f"lookup closedOff {{ pos @halfClosed <0 0 -{half} 0>; }} closedOff;",
            "feature halt { lookup openOff; lookup closedOff; } halt;",
            "feature chws {",
            "  lookup closedPairs { pos @halfClosed' lookup closedOff @anyMark; } closedPairs;",
            "  lookup openPairs { pos @openingOrBlank @halfOpening' lookup openOff; } openPairs;",
            "} chws;",
        ]
    )


def room_source(font: TTFont) -> str:
    """A lookup that no feature calls, in the language of feature files.

    HarfBuzz reads a table only if it has so many bytes for all the glyphs that its lookups cover (64 operations a byte); ranges of
    glyphs take next to none. A value for each of many glyphs makes up for them.
    """
    glyphs = _plain_glyphs(font)[:_ROOM_GLYPHS]
    values = (f"  pos {name} <0 0 {1 + number % 2} 0>;" for number, name in enumerate(glyphs))
    return "\n".join(["lookup room {", *values, "} room;"])


def _class_lines(classes: dict[str, list[str]]) -> list[str]:
    """The glyph classes; one of which the face has nothing holds what no text has."""
    return [f"@{name} = [{' '.join(glyphs) or '.notdef'}];" for name, glyphs in classes.items()]


def _add_wider_glyphs(font: TTFont, characters: Iterable[str], widths: dict[str, float]) -> str:
    """Adds a wider glyph for each of the characters and widths; returns the source of the features that put them in place."""
    cmap, em, advances, outlines = font.getBestCmap(), font["head"].unitsPerEm, font["hmtx"], font["glyf"]
    plain = sorted({cmap[ord(character)] for character in characters if ord(character) in cmap})
    lines = []
    for tag, more in widths.items():
        wider = [f"{name}.{tag.lower()}" for name in plain]
        for name, wide in zip(plain, wider, strict=True):
            outlines[wide] = composite(name)
            advances[wide] = (advances[name][0] + round(more * em), advances[name][1])
            if "vmtx" in font:
                font["vmtx"][wide] = font["vmtx"][name]
        lines.append(f"feature {tag} {{ sub [{' '.join(plain)}] by [{' '.join(wider)}]; }} {tag};")
    font.setGlyphOrder(outlines.glyphOrder)
    font["post"].formatType = 3.0
    return "\n".join(lines)


def composite(name: str) -> Glyph:
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


def _merge_tables(old: Any, new: Any) -> None:
    first = len(old.LookupList.Lookup)
    for lookup in new.LookupList.Lookup:
        for record in _lookup_records(lookup):
            record.LookupListIndex += first
        old.LookupList.Lookup.append(lookup)
    for record in new.FeatureList.FeatureRecord:
        record.Feature.LookupListIndex = [index + first for index in record.Feature.LookupListIndex]
    _merge_features(old, new.FeatureList.FeatureRecord)
    old.LookupList.LookupCount = len(old.LookupList.Lookup)


def _lookup_records(value: object) -> Iterator[Any]:
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


def _merge_features(table: Any, added: list[Any]) -> None:
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


def has_features(font: TTFont) -> bool:
    """True of a face that was given them before."""
    return "GPOS" in font and any(record.FeatureTag == "GAP8" for record in _feature_records(font))


def _feature_records(font: TTFont) -> list[Any]:
    records: list[Any] = font["GPOS"].table.FeatureList.FeatureRecord
    return records


def idle_features(content: bytes, character: str, features: Iterable[str]) -> list[str]:
    """The features that make the character no wider: HarfBuzz says nothing of a table that it refuses."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(content)))
    plain = font.get_glyph_h_advance(font.get_nominal_glyph(ord(character)))
    return [feature for feature in features if _advance(font, character, feature) <= plain]


def _advance(font: uharfbuzz.Font, character: str, feature: str) -> int:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {feature: True})
    return int(buffer.glyph_positions[0].x_advance)
