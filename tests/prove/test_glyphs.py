"""Characters and faces: every printed text is known with its chain and place, every lack is told with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import uharfbuzz
from pypdfium2 import raw

from bulletin.compose import compose_edition
from bulletin.model.issue import Issue
from bulletin.model.printed_text import FURNITURE, printed_texts
from bulletin.model.problem import Span
from bulletin.model.typeface import CHAINS, FACES, FANG, HEI, KAI, SONG, TITLE, Typeface
from bulletin.prove.glyphs import prove_glyphs
from bulletin.prove.passages import note_passages, print_passages
from tests.conftest import ARTICLE, REPOSITORY, Make, load, printed

ISSUE = "issues/2026-01/issue.yaml"


def told(issue: Issue) -> list[tuple[str, str, int]]:
    problems = prove_glyphs(issue, compose_edition(issue))
    return [(problem.code, str(problem.message), problem.span.line) for problem in problems]


def test_each_substituted_character_is_told_once_where_it_is_first_met(issue_of: Callable[[str], Issue]) -> None:
    assert told(issue_of("## 一级\n\n### 二级昇平\n\n昇①①。\n\n### 又一昇")) == [
        ("face-substituted", "楷体里没有“昇”，用霞鹜文楷代替", 9),
        ("face-substituted", "仿宋里没有“①”，用宋体代替", 11),
    ]


def test_footnote_marks_and_usual_text_are_no_substitution(issue_of: Callable[[str], Issue]) -> None:
    assert told(issue_of("正文[^1]，Latin 2026年，“引号”——……。\n\n[^1]: 注①。\n")) == []


def test_a_character_that_no_face_has_is_named_wherever_it_stands(issue_of: Callable[[str], Issue]) -> None:
    assert told(issue_of("正文。\n\n这里有\U0002b740字。\n\n这里\U0002b740也有。")) == [
        ("glyph-missing", "字库里没有“\U0002b740”（U+2B740）", 9),
        ("glyph-missing", "字库里没有“\U0002b740”（U+2B740）", 11),
    ]


RARE = "\U0002b740"
EVERYWHERE = {
    "bulletin.yaml": f"title: 测试{RARE}动态\npublisher: 某{RARE}局\n",
    "house/recipients.yaml": f"units:\n  - {{name: 甲{RARE}局, copies: 2}}\n",
    ISSUE: (
        f"number: 1\nserial: 10\ndate: 2026-01-20\nmarking: [内部资料, 注意{RARE}]\n"
        f"highlights: [一, 二{RARE}]\n"
        f"editors:\n  responsible: 张{RARE}\n  editors: [李{RARE}]\n  phone: 010-1{RARE}\n"
        f"distribution:\n  报: [[甲{RARE}局]]\n  发:\n    text: 各{RARE}科\n    to: [[甲{RARE}局]]\n"
    ),
    ARTICLE: (
        f"---\nkind: speech\ntitle:\n  - 标题\n  - 又{RARE}\nsubtitle: 在{RARE}会上的讲话\nspeaker: 王{RARE}\n"
        f"position: 局长\ndate: 2026-01-10\n---\n\n同志{RARE}们：\n\n## 一{RARE}级\n\n**一、领{RARE}起。**下文{RARE}。\n\n"
        f"> 引{RARE}文\n\n- 项{RARE}目\n\n| 表{RARE}头 |\n|---|\n| 格 |\n| 又{RARE}格 |\n\n"
        f"注[^1]，`码{RARE}`，*楷{RARE}*，**黑{RARE}**，[链{RARE}接](https://example.org/)。\n\n```\n行{RARE}\n```\n\n[^1]: 注{RARE}文。\n\n"
        f'![图](a.png "图{RARE}题")\n'
    ),
}


@pytest.fixture
def everywhere(make: Make) -> Issue:
    """An issue with a character that no face has in every kind of text."""
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(picture, "PNG")
    return load(make({**EVERYWHERE, "issues/2026-01/a.png": picture.getvalue()}))


def test_a_missing_character_is_found_in_every_kind_of_text(everywhere: Issue) -> None:
    problems = prove_glyphs(everywhere, compose_edition(everywhere))
    assert {problem.code for problem in problems} == {"glyph-missing"}
    lines = EVERYWHERE[ARTICLE].split("\n")
    found = {problem.span.line for problem in problems if problem.span.path == ARTICLE}
    assert found == {number for number, line in enumerate(lines, start=1) if RARE in line}
    assert {str(problem.span) for problem in problems if problem.span.path != ARTICLE} == {
        "bulletin.yaml:1:8",
        "bulletin.yaml:2:12",
        f"{ISSUE}:4:17",
        f"{ISSUE}:5:17",
        f"{ISSUE}:7:16",
        f"{ISSUE}:8:13",
        f"{ISSUE}:9:10",
        f"{ISSUE}:11:8",
        f"{ISSUE}:12:3",
    }


@pytest.mark.parametrize("root", [REPOSITORY, None], ids=["sample", "seed"])
def test_the_printed_texts_are_all_that_the_proof_expects(root: Path | None, request: pytest.FixtureRequest) -> None:
    """`prove_print` holds its passages to the PDF to the character; so what is said of faces leaves no character out."""
    issue = load(root or request.getfixturevalue("seed"))
    edition = compose_edition(issue)
    passages = [*print_passages(edition, {}, Span(ISSUE))]
    passages += [note for each in edition.articles for note in note_passages(each)]
    expected = {character for passage in passages for character in passage.text}
    texts = list(printed_texts(issue, edition))
    said = {character for text in texts for character in text.text if not character.isspace()}
    assert said - {*"0123456789—"} <= expected <= said
    where = Counter(text.span.path for text in texts if text.text not in dict(FURNITURE).values())
    assert set(where) == {"bulletin.yaml", *(path for path in where if path.startswith("issues/"))}


def fonts_of(content: bytes) -> dict[str, set[str]]:
    """The characters that each font of a PDF sets, by the font's name without its subset's tag."""
    found: dict[str, set[str]] = {}
    with pdfium.PdfDocument(content) as document:
        for page in document:
            text = page.get_textpage()
            for index in range(raw.FPDFText_CountChars(text.raw)):
                character = chr(raw.FPDFText_GetUnicode(text.raw, index))
                buffer = (raw.ctypes.c_char * 100)()
                raw.FPDFText_GetFontInfo(text.raw, index, buffer, 100, raw.ctypes.c_int())
                if buffer.value and not character.isspace() and character.isprintable():
                    found.setdefault(buffer.value.decode().split("+")[-1], set()).add(character)
    return found


def assert_printed_as_foretold(issue: Issue, content: bytes) -> None:
    """Each font of the PDF has just the characters that `printed_texts` and the chains foretell."""
    faces = dict(issue.publication.faces)
    known = {
        file: {*map(chr, uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)).unicodes)} for file, path in faces.items()
    }
    foretold: dict[str, set[str]] = {}

    def has(face: Typeface, character: str) -> bool:
        return character in known[face.file]

    for printed_text in printed_texts(issue, compose_edition(issue)):
        text, chain = printed_text.text, printed_text.chain.among(faces)
        chain = chain.whole(text, has) if printed_text.name else chain
        for character in {*text} - {*filter(str.isspace, text)}:
            face = chain.setter(character, has)
            assert face is not None
            foretold.setdefault(face.family, set()).add(character)
    found = {_family(name): characters for name, characters in fonts_of(content).items()}
    assert found.keys() == foretold.keys()
    for family, characters in foretold.items():
        digits = set("0123456789") if family.endswith("Lat") else set()
        assert found[family] - digits == characters - digits, family


@pytest.mark.slow
def test_every_character_is_printed_in_the_face_that_is_said() -> None:
    """The chains of `printed_texts` are those of the style sheet."""
    issue = load(REPOSITORY)
    assert_printed_as_foretold(issue, printed(compose_edition(issue), issue.publication).content)


def _family(font: str) -> str:
    return next(family for family in sorted(FACES, key=len, reverse=True) if family.lower() in font.lower())


def test_every_chain_ends_alike_so_that_none_lacks_what_another_has() -> None:
    """Without this a character could be missing in one chain only."""
    for files in (
        {"HouseKai.ttf"},
        {"HouseFang.ttf", "HouseLat.ttf"},
        {f"House{each}.ttf" for each in ("Fang", "Song", "Hei")},
    ):
        for chain in CHAINS:
            house = {face.family for face in FACES.values() if face.house and face.file in files}
            assert house <= {*chain.among(files).families}
            assert "Song" in chain.among(files).families


def test_a_face_of_the_bureaus_own_stands_before_the_built_in_one() -> None:
    files = {"HouseKai.ttf", "HouseLat.ttf"}
    assert KAI.among(files).families == ("HouseLat", "Lat", "HouseKai", "Kai", "WenKai", "Song")
    assert KAI.among(files).own == ("HouseLat", "HouseKai")
    assert FANG.among(files).families == ("HouseLat", "Lat", "Fang", "Song", "HouseKai")
    assert HEI.among(files).own == ("Hei", "HouseLat")
    assert TITLE.among(()) is TITLE
    assert SONG.among({"GWFang.ttf"}) is SONG
