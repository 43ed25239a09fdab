"""A bureau's own face, prepared, does what the built-in one does that it was derived from."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest
import uharfbuzz
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from bulletin.faces import check_face, face_digest, prepare_face
from bulletin.faces.preparing import RECIPE
from bulletin.model.line import (
    BASE_FEATURES,
    GAP_GLYPHS,
    HALF_FEATURES,
    SPREAD_FEATURES,
    SQUEEZE_BITS,
    STRETCHES,
)
from bulletin.model.marks import MARKS, OPENING
from bulletin.model.typeface import LATIN_RANGES
from tests.conftest import REPOSITORY
from tests.faces.foreign import FEW, PROPORTIONAL, box_font, content_of, foreign, house_face

COMMON = frozenset("汉字国中刘文生")
EVERY_FEATURE = {
    *BASE_FEATURES, *HALF_FEATURES, *SPREAD_FEATURES, *STRETCHES, "NM15",
    *(tag for tags in GAP_GLYPHS.values() for tag in tags),
    *(f"{letter}{bit:03}" for letter in "BCE" for bit in SQUEEZE_BITS),
}  # fmt: skip
TEXTS = ["汉字，国中。", "“汉字”、（国中）：刘·文", "汉）。”“（国", "《汉〈字〉》——国……", "汉3字9%国A中", "〔2026〕汉"]
FEATURES: list[tuple[str, ...]] = [
    (), BASE_FEATURES, HALF_FEATURES, SPREAD_FEATURES, ("NM15",), ("GAP8",), ("GAP4",), ("S001", "S1ST", "N002"),
    (*BASE_FEATURES, "S016", "B128", "C064", "E256"), ("B256", "C256", "E256"),
]  # fmt: skip


def prepared(content: bytes, role: str = "仿宋", common: frozenset[str] = COMMON) -> bytes:
    outcome = prepare_face(house_face(content, role), common)
    assert outcome.problems == ()
    assert outcome.value is not None
    return outcome.value


def opened(content: bytes) -> TTFont:
    return TTFont(io.BytesIO(content))


def advances(content: bytes, text: str, features: Sequence[str]) -> list[float]:
    """The width of each glyph and how far it is moved, in em."""
    face = uharfbuzz.Face(uharfbuzz.Blob(content))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(face), buffer, dict.fromkeys(features, True))
    return [each / face.upem for position in buffer.glyph_positions for each in (position.x_advance, position.x_offset)]


BUILT_IN = (REPOSITORY / "assets/fonts/GWFang.ttf").read_bytes()


@pytest.mark.parametrize("features", FEATURES, ids=" ".join)
@pytest.mark.parametrize("cubic", [False, True], ids=["quadratic", "cubic"])
@pytest.mark.parametrize("em", [1000, 2048, 256])
def test_it_spaces_lines_like_the_built_in_face(em: int, cubic: bool, features: tuple[str, ...]) -> None:
    content = prepared(foreign(em=em, cubic=cubic))
    for text in TEXTS:
        assert advances(content, text, features) == pytest.approx(advances(BUILT_IN, text, features), abs=0.003), text


@pytest.mark.parametrize("cubic", [False, True], ids=["quadratic", "cubic"])
def test_outlines_metrics_and_marks_are_those_of_a_print_face(cubic: bool) -> None:
    font = opened(prepared(foreign(cubic=cubic)))
    assert {
        record.FeatureTag for kind in ("GPOS", "GSUB") for record in font[kind].table.FeatureList.FeatureRecord
    } == EVERY_FEATURE
    assert font["head"].unitsPerEm == 1000
    hhea, os2 = font["hhea"], font["OS/2"]
    assert (hhea.ascent, hhea.descent, hhea.lineGap) == (880, -120, 0)
    assert (os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap) == (880, -120, 0)
    assert not {"BASE", "CFF ", "vhea", "fpgm", "EBDT"} & set(font.keys())
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    for mark in PROPORTIONAL:
        assert font["hmtx"][cmap[ord(mark)]][0] == 1000
        left, right = ink_of(glyphs, cmap[ord(mark)])
        assert right < 500 if mark in "”’" else left > 500 if mark in "“‘" else abs(left + right - 1000) < 4
    assert ink_of(glyphs, cmap[ord("—")]) == pytest.approx((0, 1000), abs=1)  # so that two of them join
    assert all(font["hmtx"][name][1] == outline.xMin for name in font.getGlyphOrder()
               if (outline := font["glyf"][name]).numberOfContours > 0)  # fmt: skip


def ink_of(glyphs: object, name: str) -> tuple[float, float]:
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)  # type: ignore[index]
    return pen.bounds[0], pen.bounds[2]


def test_cubic_outlines_look_the_same() -> None:
    """Within a thousandth of an em: the ink of every character, and its area."""
    from fontTools.pens.areaPen import AreaPen

    fonts = [opened(prepared(foreign(em=1000, cubic=cubic))) for cubic in (False, True)]
    for character in FEW.replace(" ", "").replace("\u3000", ""):
        seen = []
        for font in fonts:
            glyphs, name = font.getGlyphSet(), font.getBestCmap()[ord(character)]
            pen = AreaPen(glyphs)
            glyphs[name].draw(pen)
            seen.append((*ink_of(glyphs, name), pen.value))
        assert seen[0][:2] == pytest.approx(seen[1][:2], abs=1.5), character
        assert seen[0][2] == pytest.approx(seen[1][2], rel=0.02, abs=200), character


def test_characters_that_share_a_glyph_get_one_each() -> None:
    """Or a PDF says － for every —, and nobody finds what he searches for."""
    source = box_font("汉字国，。" + FEW)
    font = opened(prepared(content_of(source)))
    names = list(font.getBestCmap().values())
    assert len(names) == len(set(names)) == len(set("汉字国，。" + FEW))


def test_full_width_forms_of_the_fonts_own_are_used() -> None:
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString

    font = opened(foreign(em=1000))
    name, wide = font.getBestCmap()[0x201C], font.getBestCmap()[ord("字")]
    addOpenTypeFeaturesFromString(font, f"feature fwid {{ sub {name} by {wide}; }} fwid;")
    made = opened(prepared(content_of(font)))
    cmap = made.getBestCmap()
    assert ink_of(made.getGlyphSet(), cmap[0x201C]) == ink_of(made.getGlyphSet(), cmap[ord("字")])


@pytest.mark.parametrize("ink", [(50, 450), (300, 700), (450, 950), (100, 900)], ids=str)
def test_marks_are_brought_to_their_side(ink: tuple[int, int]) -> None:
    """：？！ in the middle of the em, as in Japan; brackets too wide for half an em; all on the wrong side."""
    font = opened(prepared(content_of(box_font(FEW, ink=ink, mirrored=False))))
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    for mark in MARKS & set(FEW):
        left, right = ink_of(glyphs, cmap[ord(mark)])
        assert left >= 500 if mark in OPENING else right <= 500, mark
    for character in "汉—":
        assert ink_of(glyphs, cmap[ord(character)]) == (ink if character == "汉" else (0, 1000))


def test_a_compressed_font_is_prepared_like_a_plain_one() -> None:
    font = opened(foreign())
    font.flavor = "woff"
    assert advances(prepared(content_of(font)), TEXTS[0], BASE_FEATURES) == advances(
        prepared(foreign()), TEXTS[0], BASE_FEATURES
    )


def test_marks_of_old_fonts_are_found_under_their_other_code() -> None:
    old = FEW.replace("·", "・").replace("—", "―")
    cmap = opened(prepared(content_of(box_font(old)))).getBestCmap()
    assert {ord("·"), ord("—")} <= set(cmap)


def test_a_latin_face_keeps_to_its_range_and_its_kerning() -> None:
    source = TTFont(REPOSITORY / "assets/fonts/GWLatin.ttf")
    for record in source["GPOS"].table.FeatureList.FeatureRecord:
        record.FeatureTag = {"GAP8": "zzz8"}.get(record.FeatureTag, record.FeatureTag)
    content = prepared(content_of(source), "西文")
    font = opened(content)
    assert all(any(first <= code <= last for first, last in LATIN_RANGES) for code in font.getBestCmap())
    assert sum(advances(content, "AV", ())) < sum(advances(content, "A", ()) + advances(content, "V", ()))
    assert advances(content, "1", ("GAP8",))[0] == pytest.approx(advances(content, "1", ())[0] + 0.125, abs=0.001)


def test_a_large_face_is_cut_to_what_there_is_room_for() -> None:
    """40,000 characters: marks and usual Han stay, and HarfBuzz takes the features of so many glyphs."""
    many = "".join(map(chr, (*range(0x3400, 0x9FFF), *range(0xAC00, 0xD7A3), *range(0x20000, 0x21000))))
    content = prepared(
        content_of(box_font("".join(dict.fromkeys(many + FEW)), shared=False)),
        common=frozenset(map(chr, range(0x4E00, 0x6E00))),
    )
    font = opened(content)
    known = set(font.getBestCmap())
    assert len(known) == 30_000
    assert {*map(ord, FEW), *range(0x4E00, 0x6E00)} <= known
    assert font["maxp"].numGlyphs < 65_535
    assert advances(content, "汉", ("S128",))[0] == pytest.approx(1.128)
    assert advances(content, "汉", ("NM20",))[0] == pytest.approx(2)


GOLDEN = "0ae449e51bfd85b906864abdd448e4d8e85b8c475946a95ff4dc281ae55de0dc"
"""Of the face below as recipe 1 prepares it. Where it changes, raise `RECIPE`, so that no cache keeps the old."""


def test_the_same_source_gives_the_same_bytes() -> None:
    script = (
        "import hashlib; from tests.faces.test_preparing import *\n"
        "print(hashlib.sha256(prepared(foreign())).hexdigest())"
    )
    made = set()
    for seed in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=True
        )
        made.add(done.stdout.strip())
    assert made == {GOLDEN}
    assert RECIPE == 1


def test_what_decides_the_bytes_is_in_the_digest() -> None:
    content = foreign()
    digests = {
        face_digest(house_face(content)),
        face_digest(house_face(content, "楷体")),
        face_digest(house_face(content, member=1)),
        face_digest(house_face(content + b"\0")),
    }
    assert len(digests) == 4
    assert face_digest(house_face(content, path="fonts/b.ttf")) == face_digest(house_face(content))


def test_the_source_is_not_changed() -> None:
    content = bytes(bytearray(foreign()))
    before = hashlib.sha256(content).hexdigest()
    prepared(content)
    assert hashlib.sha256(content).hexdigest() == before


def test_a_header_that_promises_too_much_is_not_believed() -> None:
    """65,535 tables: without a bound it took more than a minute to list them."""
    content = bytearray(content_of(box_font()) + bytes(2_000_000))
    content[4:6] = b"\xff\xff"
    for place in range(12, 2_000_000, 16):
        content[place : place + 4] = place.to_bytes(4, "big")
    [problem] = check_face(house_face(bytes(content)), COMMON).problems
    assert (problem.code, "too many tables" in str(problem.message)) == ("face-broken", True)


@pytest.mark.parametrize("cut", [0.0, 0.001, 0.1, 0.5, 0.9])
def test_a_file_that_is_cut_short_becomes_a_problem(cut: float) -> None:
    whole = foreign()
    outcome = check_face(house_face(whole[: int(cut * len(whole))]), COMMON)
    assert outcome.value is None
    assert [(problem.code, str(problem.span)) for problem in outcome.problems] == [("face-broken", "bulletin.yaml:3:9")]
