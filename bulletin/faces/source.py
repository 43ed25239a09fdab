"""A font file of the bureau's own: opened, and checked for what print needs of it."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import TypeVar

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTCollection, TTFont

from bulletin.faces.names import full_name, licence_of
from bulletin.model.errors import BulletinError
from bulletin.model.face import FaceFacts
from bulletin.model.marks import DASH, ELLIPSIS, INTERPUNCT, is_han
from bulletin.model.problem import Message, Outcome, Problem, error, has_errors, message, warning
from bulletin.model.publication import HouseFace
from bulletin.model.repertoire import GB_2312_SIZE, gb_2312
from bulletin.model.typeface import LATIN_RANGES

ALIASES = {INTERPUNCT: "・", DASH: "―"}
"""What GB 2312 was read as by old fonts, which have the second and not the first."""
MOST_CHARACTERS = 30_000
"""A font holds 65,535 glyphs, and spacing needs some 33,000 of them."""
_NEEDED_TABLES = frozenset({"OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name", "post"})
_MOST_TABLES = 100
_NEEDED_MARKS = frozenset("，。、；：？！“”‘’（）《》") | {INTERPUNCT, DASH, ELLIPSIS}
_NEEDED_LATIN = frozenset(map(chr, range(0x20, 0x7F)))
_RESTRICTED, _PERMISSIONS, _WHOLE_ONLY, _BITMAPS_ONLY = 0x2, 0xF, 0x100, 0x200
"""Of `fsType` (OpenType specification, OS/2)."""
_LEAST_COVERAGE, _FULL_COVERAGE = 0.5, 0.95
"""Shares of GB 2312: with less than the first a face is no face for Chinese text, with less than the second its gaps will show."""
_MOST_CENTRED = 0.6
"""The ink of ，。 ends within this of the em, unless marks are centred as in Taiwan and Hong Kong."""

T = TypeVar("T")

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # what it remarks on is no concern of an editor's


def open_face(face: HouseFace) -> Outcome[TTFont]:
    """The font, read as far as it is asked for."""
    return attempt(face, lambda: _open(face, io.BytesIO(face.content)))


def attempt(face: HouseFace, step: Callable[[], Outcome[T]]) -> Outcome[T]:
    """The outcome of a step in reading or making a face. A font is a program's worth of data, and can be broken in any way."""
    try:
        return step()
    except (BulletinError, MemoryError):  # the machine's limits, not the font
        raise
    except Exception as fault:
        return Outcome(None, (_broken(face, f"{type(fault).__name__}: {fault}"),))


def _open(face: HouseFace, content: io.BytesIO) -> Outcome[TTFont]:
    if face.content[:4] == b"ttcf":
        return _open_member(face, content)
    if face.member:
        what = message("“{path}”里只有一种字体", path=face.path)
        return _refused(face, "face-collection", what, message("去掉 #{member}", member=face.member))
    return _sound(face, TTFont(content, lazy=True, recalcTimestamp=False))


def _sound(face: HouseFace, font: TTFont) -> Outcome[TTFont]:
    """The font, if its list of tables is one: no longer than any font's, and no table beyond the end of the file."""
    tables = font.reader.tables
    if len(tables) > _MOST_TABLES:
        return Outcome(None, (_broken(face, "too many tables"),))
    if any(table.offset + table.length > len(face.content) for table in tables.values()):
        return Outcome(None, (_broken(face, "the file is cut short"),))
    return Outcome(font)


def _open_member(face: HouseFace, content: io.BytesIO) -> Outcome[TTFont]:
    fonts = TTCollection(content, lazy=True, recalcTimestamp=False).fonts
    if face.member is not None and face.member < len(fonts):
        return _sound(face, fonts[face.member])
    listed = tuple(f"#{number} {full_name(font)}" for number, font in enumerate(fonts))
    what = message("“{path}”里有 {count} 种字体：{listed}", path=face.path, count=len(fonts), listed=listed)
    return _refused(face, "face-collection", what, message("写明用哪一个，如 {path}#0", path=face.path))


def _broken(face: HouseFace, reason: str) -> Problem:
    what = message("“{path}”不是字库，或已损坏（英文说明“{reason}”）", path=face.path, reason=reason[:120])
    return error("face-broken", face.span, what, message("要 .ttf、.ttc 或 .otf 字库文件；请重新复制一份"))


def check_face(face: HouseFace, common: frozenset[str]) -> Outcome[FaceFacts]:
    """What the font is and has, and what is wrong with it; `common` are the characters that are taken from it first.

    Its value is missing where the built-in face has to stand in for it.
    """
    opened = open_face(face)
    font = opened.value
    return attempt(face, lambda: _check(face, font, common)) if font is not None else Outcome(None, opened.problems)


def _check(face: HouseFace, font: TTFont, common: frozenset[str]) -> Outcome[FaceFacts]:
    if faults := tuple(_check_file(face, font)):
        return Outcome(None, faults)
    characters = characters_of(face, font, common)
    faults = tuple(_check_coverage(face, characters))
    if not has_errors(faults) and not face.role.latin:
        faults += tuple(_check_marks_and_widths(face, font))
    if has_errors(faults):
        return Outcome(None, faults)
    return Outcome(FaceFacts(full_name(font), licence_of(font), characters), faults)


def characters_of(face: HouseFace, font: TTFont, common: frozenset[str]) -> frozenset[str]:
    """The characters that are taken from the font: of Latin faces the Latin ones, of others as many as there is room for."""
    cmap = font.getBestCmap()
    if face.role.latin:
        return frozenset(chr(code) for first, last in LATIN_RANGES for code in range(first, last + 1) if code in cmap)
    known = {chr(code) for code in cmap if code >= 0x20 and not 0x7F <= code < 0xA0}
    known |= {character for character, alias in ALIASES.items() if alias in known}
    ranked = sorted(known, key=lambda character: (_rank(character, common), character))
    return frozenset(ranked[:MOST_CHARACTERS])


def _rank(character: str, common: frozenset[str]) -> int:
    """What is left out first where a font has more than there is room for: Hangul and private characters, then rare Han."""
    if is_han(character):
        return int(character not in common)
    return 2 if "\uac00" <= character <= "\uf8ff" or character >= "\U000f0000" else 0


def _check_file(face: HouseFace, font: TTFont) -> Iterator[Problem]:
    """The first thing about the file that keeps it from being used at all."""
    missing = sorted(_NEEDED_TABLES - set(font.keys()))
    if missing:
        yield _broken(face, f"missing tables: {', '.join(missing)}")
    elif "fvar" in font:
        what = message("“{path}”是可变字库，一个文件里有多种粗细", path=face.path)
        yield _error(face, "face-variable", what, message("请用只有一种粗细的文件"))
    elif "glyf" not in font and "CFF " not in font:
        what = message("“{path}”里没有可用的轮廓（点阵字库，或太新的格式）", path=face.path)
        yield _error(face, "face-outlines", what, message("要 TrueType（.ttf、.ttc）或 OpenType（.otf）字库"))
    elif not _may_embed(font["OS/2"].fsType):
        what = message(
            "“{path}”不许嵌入 PDF（字库自己的声明，fsType {bits}）", path=face.path, bits=font["OS/2"].fsType
        )
        yield _error(face, "face-embedding", what, message("不嵌入就不能印；请向字库公司要可嵌入的授权和文件"))
    elif not font.getBestCmap():
        what = message("“{path}”没有 Unicode 编码，查不出哪个字在哪里", path=face.path)
        yield _error(face, "face-encoding", what, message("请换同一字体较新的版本"))


def _may_embed(permissions: int) -> bool:
    """True if outlines may be embedded, a subset of them; of several permissions the most generous one counts."""
    return permissions & _PERMISSIONS != _RESTRICTED and not permissions & (_WHOLE_ONLY | _BITMAPS_ONLY)


def _check_marks_and_widths(face: HouseFace, font: TTFont) -> Iterator[Problem]:
    """The first thing that line composition counts on and the font does not give."""
    cmap, em, advances = font.getBestCmap(), font["head"].unitsPerEm, font["hmtx"]
    known = {*map(chr, cmap), *(mark for mark, alias in ALIASES.items() if ord(alias) in cmap)}
    if missing := sorted(_NEEDED_MARKS - known):
        what = message("“{path}”里没有标点“{marks}”", path=face.path, marks="".join(missing))
        yield _error(face, "face-marks", what, message("这不是排中文正文的字库"))
        return
    han = [advances[cmap[ord(character)]][0] for character in gb_2312() if ord(character) in cmap]
    if sum(advance != em for advance in han) > len(han) / 2:
        what = message("“{path}”的汉字不是一样宽的方块字", path=face.path)
        yield _error(face, "face-width", what, message("窄体、斜体一类字库排不出每行 28 字"))
    elif any(
        _ink_end(font, cmap[ord(mark)]) > _MOST_CENTRED * em for mark in "，。" if advances[cmap[ord(mark)]][0] == em
    ):
        what = message("“{path}”的逗号、句号在字格正中（港台样式）", path=face.path)
        yield _error(face, "face-marks", what, message("国标的逗号、句号在字格左下角；请用简体（GB）版本"))


def _ink_end(font: TTFont, name: str) -> float:
    """Where the ink of a glyph ends on the right."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds[2] if pen.bounds else 0.0


def _check_coverage(face: HouseFace, characters: frozenset[str]) -> Iterator[Problem]:
    if face.role.latin:
        if missing := sorted(_NEEDED_LATIN - characters):
            what = message("“{path}”里没有“{characters}”", path=face.path, characters="".join(missing[:12]))
            yield _error(face, "face-coverage", what, message("西文字库要有全部英文字母、数字和符号"))
        return
    count = len(gb_2312() & characters)
    what = message("“{path}”只有国标 {all} 个汉字里的 {count} 个", path=face.path, all=GB_2312_SIZE, count=count)
    if count < _LEAST_COVERAGE * GB_2312_SIZE:
        yield _error(face, "face-coverage", what, message("大半的字要用别的字库代替；请换收字全的简体字库"))
    elif count < _FULL_COVERAGE * GB_2312_SIZE:
        advice = message("缺的字用自带的字库代替；用 bulletin fonts 看本期缺哪些")
        yield warning("face-coverage", face.span, what, advice)


def _error(face: HouseFace, code: str, what: Message, advice: Message) -> Problem:
    return error(code, face.span, what, advice)


def _refused(face: HouseFace, code: str, what: Message, advice: Message) -> Outcome[TTFont]:
    return Outcome(None, (_error(face, code, what, advice),))
