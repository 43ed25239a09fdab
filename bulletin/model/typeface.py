"""The print faces: their files, the chains that texts are set in, the sizes and the grid of the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file under `assets/fonts/`, the CSS family that it is known by, and what editors call it.

    `ranges` are the first and last characters it is used for, all of them where empty.
    """

    family: str
    file: str
    label: str
    ranges: tuple[tuple[int, int], ...] = ()

    def may_set(self, character: str) -> bool:
        """True of a character in the ranges."""
        code = ord(character)
        return not self.ranges or any(first <= code <= last for first, last in self.ranges)


_LATIN = ((0x20, 0x7E), (0xA0, 0xB6), (0xB8, 0x17F))
_MARKS = (
    *((0x2014, 0x2014), (0x2018, 0x2019), (0x201C, 0x201D), (0x2026, 0x2026), (0x3001, 0x3002), (0x3008, 0x3011)),
    *((0xFF01, 0xFF01), (0xFF08, 0xFF09), (0xFF0C, 0xFF0C), (0xFF1A, 0xFF1B), (0xFF1F, 0xFF1F)),
)
"""The engine takes a family for all of its range, whether or not the file has the character."""

TYPEFACES = (
    Typeface("Lat", "GWLatin.ttf", "西文", _LATIN),
    Typeface("Fang", "GWFang.ttf", "仿宋"),
    Typeface("FangMarks", "GWFang.ttf", "仿宋", _MARKS),
    Typeface("Kai", "GWKai.ttf", "楷体"),
    Typeface("WenKai", "GWWenKai.ttf", "霞鹜文楷"),
    Typeface("Hei", "GWHei.ttf", "黑体"),
    Typeface("Biaosong", "GWBiaosong.ttf", "小标宋"),
    Typeface("Song", "GWSongFull.ttf", "宋体"),
)
"""Every chain of families ends in Song, which has the most characters."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Families in the order in which a character is looked for; `own` of them belong to it, the rest stand in.

    `label` is what editors call it.
    """

    name: str
    label: str
    families: tuple[str, ...]
    own: int

    @property
    def stand_ins(self) -> tuple[str, ...]:
        return self.families[self.own :]


FANG = Chain("fang", "仿宋", ("Lat", "Fang", "Song"), 2)
KAI = Chain("kai", "楷体", ("Lat", "FangMarks", "Kai", "WenKai", "Song"), 3)
HEI = Chain("hei", "黑体", ("Hei", "Lat", "Song"), 2)
TITLE = Chain("title", "小标宋", ("Lat", "Biaosong", "Song"), 2)
SONG = Chain("song", "宋体", ("Lat", "Song"), 2)
CHAINS = (FANG, KAI, HEI, TITLE, SONG)
