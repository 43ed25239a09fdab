"""What readers search for and copy out of the print PDF: by the find controller of pdf.js (Firefox), and in the text of poppler."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.compose import compose_edition
from bulletin.model.issue import Issue
from bulletin.prove.glyph_lines import lines_of, read_glyphs
from tests.conftest import ARTICLE, Make, article, composed, printed
from tests.programs import installed, node_of

FIND = Path(__file__).with_name("pdfjs_find.mjs")
NAME, DATE, PHRASE = QUERIES = ("刘文生", "2020年7月13日", "离退休干部党建")
SENTENCE = f"局长{NAME}同志于{DATE}强调要抓好{PHRASE}工作。"
FILLING = "全省各级老干部工作部门认真贯彻落实会议精神坚持把组织生活放在首位推动工作常态化"
SPEECH = f"kind: speech\ntitle: 在会议上的讲话\nspeaker: {NAME}\nposition: 局长\ndate: 2020-07-13"
FITTING = "\n\n".join(
    FILLING[:count] + text + "。"
    for text, counts in ((DATE, (3, 23)), (PHRASE, range(19, 27)), (f"{DATE}{NAME}", (23, 23)))
    for count in counts
)
"""A first line holds 26 characters: each of these is full without added white, and two dates part after their year."""
STRETCHED = SENTENCE * 18
"""Sentences that part wherever they may, so that white is added to some lines; no query lies across the end of a page."""


def read_pdfjs(pdfjs: Path, path: Path) -> dict[str, Counter[str]]:
    """What the viewer's find controller finds for each query, as it would be copied."""
    command = [node_of(pdfjs), str(FIND), str(pdfjs / "pdfjs-dist"), str(path), *QUERIES]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    assert all(found[query]["count"] == len(found[query]["texts"]) for query in QUERIES)
    return {query: Counter(found[query]["texts"]) for query in QUERIES}


def read_poppler(path: Path, *mode: str) -> dict[str, int]:
    """How often each query stands in the text of the pages without its line ends."""
    command = [installed("pdftotext", "poppler-utils"), *mode, "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {query: re.sub(r"[\n\f]", "", text).count(query) for query in QUERIES}


def on_paper(content: bytes) -> dict[str, Counter[str]]:
    """What stands on the pages for each query, from the places of the glyphs: with a newline where a line ends in it."""
    pages = ["\n".join(line.text for line in lines_of(glyphs)) for glyphs in read_glyphs(content)]
    patterns = {query: "\n?".join(map(re.escape, query)) for query in QUERIES}
    return {query: Counter(re.findall(patterns[query], "\f".join(pages))) for query in QUERIES}


def totals(found: dict[str, Counter[str]]) -> dict[str, int]:
    return {query: counter.total() for query, counter in found.items()}


def expected(text: str) -> dict[str, int]:
    return {query: text.count(query) for query in QUERIES}


@pytest.fixture(params=[FITTING, STRETCHED], ids=["fitting", "stretched"])
def body(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(body: str, issue_of: Callable[[str], Issue], tmp_path: Path) -> Path:
    """The print PDF of the body."""
    issue = issue_of(body)
    path = tmp_path / "print.pdf"
    path.write_bytes(printed(compose_edition(issue), issue.publication).content)
    return path


@pytest.fixture
def speech(make: Make, tmp_path: Path) -> Path:
    """The print PDF of a speech, whose byline is letterspaced."""
    path = tmp_path / "print.pdf"
    path.write_bytes(printed(*composed(make({ARTICLE: article("同志们：\n\n现在开会。", SPEECH)}))).content)
    return path


@pytest.mark.slow
def test_what_is_searched_for_lies_across_line_ends(body: str, path: Path) -> None:
    """Else the tests below would show little; dates part after their year only."""
    found = on_paper(path.read_bytes())
    assert totals(found) == expected(body)
    assert {*found[DATE]} <= {DATE, "2020年\n7月13日"}
    assert {*found[PHRASE]} >= {PHRASE, "离退休\n干部党建", "离退休干部\n党建"}
    assert body != FITTING or found[DATE]["2020年\n7月13日"] > 1


@pytest.mark.slow
def test_pdfjs_finds_and_marks_all(path: Path, pdfjs: Path) -> None:
    """The viewer's matches are those on paper, line ends and all, and no blank stands in what it marks."""
    assert read_pdfjs(pdfjs, path) == on_paper(path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("mode", [[], ["-raw"]], ids=["default", "raw"])
def test_poppler_reads_all(body: str, path: Path, mode: list[str]) -> None:
    assert read_poppler(path, *mode) == expected(body)


@pytest.mark.slow
def test_pdfjs_finds_a_letterspaced_name(speech: Path, pdfjs: Path) -> None:
    """It stands in the list of contents and below the title; the date there is not letterspaced."""
    assert totals(read_pdfjs(pdfjs, speech)) == {NAME: 2, DATE: 1, PHRASE: 0}


@pytest.mark.slow
@pytest.mark.parametrize("mode", [[], ["-raw"]], ids=["default", "raw"])
def test_poppler_reads_a_letterspaced_name(speech: Path, mode: list[str]) -> None:
    assert read_poppler(speech, *mode) == {NAME: 2, DATE: 1, PHRASE: 0}


@pytest.mark.slow
@pytest.mark.parametrize("gap", ["1/8", "1/4"])
def test_white_between_han_and_digits_is_no_blank(gap: str, make: Make, pdfjs: Path, tmp_path: Path) -> None:
    """The white of the setting `han_latin_gap` is for the eye alone."""
    settings = f"title: 测试动态\npublisher: 某局\ntypesetting: {{han_latin_gap: {gap}}}\n"
    path = tmp_path / "print.pdf"
    path.write_bytes(printed(*composed(make({ARTICLE: article(SENTENCE * 12), "bulletin.yaml": settings}))).content)
    assert totals(read_pdfjs(pdfjs, path)) == read_poppler(path) == expected(SENTENCE * 12)
