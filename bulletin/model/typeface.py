"""The print faces: their files, the roles that they play, the chains that texts are set in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from bulletin.model.marks import is_han
from bulletin.model.problem import Message, message


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font file, the CSS family that it is known by, and what editors call it.

    `ranges` are the first and last characters it is used for, all of them where empty. `house` marks a face of the bureau's
    own, which is there only where `bulletin.yaml` names it.
    """

    family: str
    file: str
    label: str
    ranges: tuple[tuple[int, int], ...] = ()
    house: bool = False

    def may_set(self, character: str) -> bool:
        """True of a character in the ranges."""
        code = ord(character)
        return not self.ranges or any(first <= code <= last for first, last in self.ranges)


LATIN_RANGES = ((0x20, 0x7E), (0xA0, 0xB6), (0xB8, 0x17F))
"""Of the Latin face; it leaves “ ” — … · to the Chinese ones."""
_MARKS = (
    *((0x2014, 0x2014), (0x2018, 0x2019), (0x201C, 0x201D), (0x2026, 0x2026), (0x3001, 0x3002), (0x3008, 0x3011)),
    *((0xFF01, 0xFF01), (0xFF08, 0xFF09), (0xFF0C, 0xFF0C), (0xFF1A, 0xFF1B), (0xFF1F, 0xFF1F)),
)
"""The engine takes a family for all of its range, whether or not the file has the character."""

_BUILTIN = (
    Typeface("Lat", "GWLatin.ttf", "西文", LATIN_RANGES),
    Typeface("Fang", "GWFang.ttf", "仿宋"),
    Typeface("FangMarks", "GWFang.ttf", "仿宋", _MARKS),
    Typeface("Kai", "GWKai.ttf", "楷体"),
    Typeface("WenKai", "GWWenKai.ttf", "霞鹜文楷"),
    Typeface("Hei", "GWHei.ttf", "黑体"),
    Typeface("Biaosong", "GWBiaosong.ttf", "小标宋"),
    Typeface("Song", "GWSongFull.ttf", "宋体"),
)
"""Every chain of built-in families ends in Song, which has the most characters."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a face is for: its name in `bulletin.yaml`, the family of the built-in face, and where it is used."""

    name: str
    family: str
    used_for: Message

    @property
    def house_family(self) -> str:
        """The family of the bureau's own face."""
        return f"House{self.family}"

    @property
    def latin(self) -> bool:
        """True of the face for Latin letters and digits."""
        return self.family == "Lat"

    @property
    def spreads_names(self) -> bool:
        """True of faces that names are set in, two or three Han spread to the width of more."""
        return self.family in ("Fang", "Kai")


ROLES = (
    Role("仿宋", "Fang", message("正文")),
    Role("楷体", "Kai", message("二级标题、题下、引文")),
    Role("黑体", "Hei", message("一级标题、标识、表头")),
    Role("小标宋", "Biaosong", message("刊名、标题")),
    Role("宋体", "Song", message("脚注、页码")),
    Role("西文", "Lat", message("数字、字母")),
)
_HOUSE = tuple(
    replace(face, family=role.house_family, file=f"{role.house_family}.ttf", house=True)
    for role in ROLES
    for face in _BUILTIN
    if face.family == role.family
)
TYPEFACES = (*_BUILTIN, *_HOUSE)


@dataclass(frozen=True, slots=True)
class Chain:
    """Families in the order in which a character is looked for; `own` are those that belong to it, the rest stand in.

    `label` is what editors call it.
    """

    name: str
    label: str
    families: tuple[str, ...]
    own: tuple[str, ...]

    def among(self, files: Collection[str]) -> Chain:
        """The chain of a publication that has these files of `TYPEFACES`.

        A face of the bureau's own stands before the built-in one of its role, which then stands in for it; the marks that are
        lent to 楷体 are left to a 楷体 of the bureau's own. At the end stand all other faces of the bureau's, so that every
        chain has every character that one of them has.
        """
        named = tuple(face.family for face in TYPEFACES if face.house and face.file in files)
        house = {role.family: role.house_family for role in ROLES if role.house_family in named}
        if not house:
            return self
        families = [each for family in self.families for each in (house.get(family), family) if each]
        own = tuple(house.get(family, family) for family in self.own)
        if "HouseKai" in families:
            own = tuple(family for family in own if family != "FangMarks")
            families.remove("FangMarks")
        return replace(self, families=(*families, *(each for each in named if each not in families)), own=own)

    def whole(self, name: str, has: Callable[[Typeface, str], bool]) -> Chain:
        """The chain for a name, which is never set in two faces: it begins with the first that has all its Han."""
        han = [character for character in name if is_han(character)]
        for place, family in enumerate(self.families):
            face = FACES[family]
            if han and all(face.may_set(character) and has(face, character) for character in han):
                before = (each for each in self.families[:place] if not FACES[each].may_set(han[0]))
                return replace(self, families=(*before, *self.families[place:]))
        return self

    def wanted(self, character: str) -> Typeface:
        """The face that the character belongs to, whether or not it has it."""
        return next(face for family in self.own if (face := FACES[family]).may_set(character))

    def setter(self, character: str, has: Callable[[Typeface, str], bool]) -> Typeface | None:
        """The face that sets the character: the first of the chain that may and has it."""
        faces = (FACES[family] for family in self.families)
        return next((face for face in faces if face.may_set(character) and has(face, character)), None)


FACES = {face.family: face for face in TYPEFACES}
"""The faces by family."""


def label_among(face: Typeface, files: Collection[str]) -> Message:
    """What editors call a face of a publication that has these files: a built-in one beside one of the bureau's own is told from it."""
    doubled = any(each.house and each.label == face.label and each.file in files for each in TYPEFACES)
    return message("自带的{face}", face=face.label) if doubled and not face.house else Message(face.label)


FANG = Chain("fang", "仿宋", ("Lat", "Fang", "Song"), ("Lat", "Fang"))
KAI = Chain("kai", "楷体", ("Lat", "FangMarks", "Kai", "WenKai", "Song"), ("Lat", "FangMarks", "Kai"))
HEI = Chain("hei", "黑体", ("Hei", "Lat", "Song"), ("Hei", "Lat"))
TITLE = Chain("title", "小标宋", ("Lat", "Biaosong", "Song"), ("Lat", "Biaosong"))
SONG = Chain("song", "宋体", ("Lat", "Song"), ("Lat", "Song"))
CHAINS = (FANG, KAI, HEI, TITLE, SONG)

HEADING_CHAINS = {1: HEI, 2: KAI}
"""一、 in 黑体, （一） in 楷体, the rest like the text (GB/T 9704-2012, 7.3.3)."""
LEAD_CHAINS = {2: KAI}
"""Of run-in headings; the rest are in 黑体."""
