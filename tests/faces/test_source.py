"""What is said of a font file, and what is taken from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import newTable

from bulletin.faces import check_face, face_facts
from bulletin.load.publication import load_publication
from bulletin.load.standard import load_standard_characters
from bulletin.model.problem import Problem, Severity
from bulletin.model.publication import HouseFace
from bulletin.model.repertoire import GB_2312_SIZE, STANDARD_SIZE, gb_2312
from tests.conftest import REPOSITORY, Make
from tests.faces.foreign import BOX_HAN, MARKS_AND_SIGNS, box_font, collection, content_of, foreign, house_face

COMMON = gb_2312()
ASSETS = (str(REPOSITORY / "assets"),)


def problems(face: HouseFace) -> tuple[Problem, ...]:
    return check_face(face, COMMON).problems


@pytest.mark.parametrize(
    ("permissions", "allowed"),
    [(0, True), (4, True), (8, True), (0xA, True), (2, False), (0x100, False), (0x108, False), (0x200, False)],
    ids=hex,
)
def test_what_may_be_embedded_is_what_the_font_says(permissions: int, allowed: bool) -> None:
    font = box_font()
    font["OS/2"].fsType = permissions
    codes = [problem.code for problem in problems(house_face(content_of(font)))]
    assert codes == ([] if allowed else ["face-embedding"])


def test_a_font_is_known_by_its_chinese_name_and_its_licence() -> None:
    facts = check_face(house_face(foreign(BOX_HAN[:4000] + MARKS_AND_SIGNS)), COMMON).value
    assert facts is not None
    assert (facts.name, facts.licence) == ("某局仿宋", "SIL OFL 1.1")
    kai = face_facts(str(REPOSITORY / "assets/fonts/GWKai.ttf"))
    assert (kai.name, kai.licence) == ("GW Kai", "Arphic Public License")
    assert len(kai.characters) == 7542


def test_a_collection_says_what_is_in_it() -> None:
    first, second = box_font(), box_font()
    second["name"].setName("又一种", 4, 3, 1, 0x804)
    content = collection(first, second)
    [problem] = problems(house_face(content, path="fonts/a.ttc"))
    assert "#0 Box" in str(problem.message)
    assert "#1 又一种" in str(problem.message)
    assert "fonts/a.ttc#0" in str(problem.advice)
    facts = check_face(house_face(content, member=1), COMMON).value
    assert facts is not None
    assert facts.name == "又一种"


def test_what_is_lacking_decides_how_much_it_weighs() -> None:
    for count, expected in ((3000, [Severity.ERROR]), (6000, [Severity.WARNING]), (6700, [])):
        face = house_face(content_of(box_font(BOX_HAN[:count] + MARKS_AND_SIGNS)))
        assert [problem.severity for problem in problems(face)] == expected


def test_the_first_thing_that_is_wrong_is_told_alone() -> None:
    """Whoever needs another file does not want to know what else the first one lacks."""
    font = box_font(BOX_HAN[:3000])
    font["OS/2"].fsType = 2
    font["fvar"] = newTable("fvar")
    font["fvar"].axes, font["fvar"].instances = [], []
    assert [problem.code for problem in problems(house_face(content_of(font)))] == ["face-variable"]


def test_the_lists_of_characters_are_whole() -> None:
    assert len(gb_2312()) == GB_2312_SIZE
    assert {*"啊座亍齄"} <= gb_2312()
    standard = load_standard_characters(ASSETS)
    assert len(standard) == STANDARD_SIZE
    levels = (REPOSITORY / "assets/characters/standard.txt").read_text("utf-8").split()
    assert [len(level) for level in levels] == [3500, 3000, 1605]
    assert (levels[0][0], levels[0][-1], levels[1][0], levels[2][0], levels[2][-1]) == ("一", "矗", "乂", "亍", "蠼")
    assert standard - gb_2312() >= {*"昇堃喆珺"}


def test_the_built_in_faces_cover_what_their_notes_say() -> None:
    standard = load_standard_characters(ASSETS)
    notes = (REPOSITORY / "assets/fonts/README.md").read_text("utf-8")
    for path in sorted((REPOSITORY / "assets/fonts").glob("*.ttf")):
        known = face_facts(str(path)).characters
        row = next(line for line in notes.splitlines() if f"| {path.name} |" in line)
        if path.name != "GWLatin.ttf":
            assert f"{len(gb_2312() & known):,} / {len(standard & known):,}" in row, path.name


@pytest.mark.parametrize(
    ("named", "near"),
    [("fonts/FZXBSJW.ttf", "fonts/FZXBSJW.TTF"), ("font/FZXBSJW.TTF", "fonts/文件名"), ("fonts/x.ttf", "fonts/文件名")],
)
def test_a_file_that_is_not_there_is_found_under_a_near_name(make: Make, named: str, near: str) -> None:
    root = make({"bulletin.yaml": f"title: 甲\npublisher: 乙\nfonts: {{小标宋: {named}}}\n", "fonts/FZXBSJW.TTF": b""})
    [problem] = load_publication(root).problems
    assert (problem.code, str(problem.span)) == ("file-missing", "bulletin.yaml:3:14")
    assert near in str(problem.advice)


def test_a_link_is_not_followed(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(content_of(box_font()))
    root = make({"bulletin.yaml": "title: 甲\npublisher: 乙\nfonts: {仿宋: fonts/a.ttf}\n", "fonts/note.txt": ""})
    (root / "fonts/a.ttf").symlink_to(tmp_path / "a.ttf")
    assert [problem.code for problem in load_publication(root).problems] == ["file-link"]
