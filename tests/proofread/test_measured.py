"""How good the proofreader is, measured: on a real issue whose errors two people know, and on prose in which there is next to nothing to find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulletin.load.proof_texts import load_proof_texts
from bulletin.model.key import IssueKey
from bulletin.pipeline.reading import read
from tests.conftest import Make
from tests.tools_of import load_tool

TOOL = load_tool("measure_proofreader")
HERE = Path(__file__).parent
HELD_OUT = sorted(HERE.glob("held_out/*.txt.xz"))
FOUND = 0.85
"""Of what a rule, a dictionary or comparison can find in the real issue, at least this is found, hints among it."""
MORE_THAN_HALF = 0.6
"""Of all errors that two people found in the real issue, at least this is found, hints among it."""
ERRORS_AND_WARNINGS = 69
"""So many of them by errors and warnings alone."""
KEY = IssueKey(2026, False, 1)
WRONG = (
    "---\nkind: report\ntitle: 标题\norganization: 某县\n---\n\n开展送学上门、送医上门、等活动。\n\n报名科目18余门。\n"
)
ENTRY = "- {{file: 01-report.md, line: {line}, words: '{words}', fix: 10余门, kind: number, by: rule}}\n"


@pytest.fixture(scope="module")
def real(seed: Path) -> dict[str, Any]:
    """The figures of the real issue."""
    key = IssueKey(2020, False, 7)
    truth = TOOL.load_truth(HERE / "real/truth.yaml", seed / "issues" / str(key))
    return dict(TOOL.report_issue(TOOL.compare(TOOL.find(seed, key), truth), truth))


def test_nine_in_ten_errors_and_warnings_of_the_real_issue_are_true(real: dict[str, Any]) -> None:
    assert real["findings"] >= 30
    assert real["precision"] >= 0.9, real["rules"]


def test_what_can_be_found_in_the_real_issue_is_found(real: dict[str, Any]) -> None:
    findable = [real["by"][by] for by in ("rule", "dictionary", "consistency")]
    known, met = (sum(each[what] for each in findable) for what in ("known", "met_with_hints"))
    assert met >= FOUND * known, f"{met} of {known}"


def test_more_than_half_of_all_errors_of_the_real_issue_are_found(real: dict[str, Any]) -> None:
    assert real["met_with_hints"] >= MORE_THAN_HALF * real["known"], real["kind"]
    assert real["met"] >= ERRORS_AND_WARNINGS, real["rules"]


def test_there_is_enough_prose_to_measure_with() -> None:
    assert (
        sum(len(paragraph) for path in HELD_OUT for document in TOOL.documents(path) for paragraph in document)
        >= 200_000
    )


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_edited_prose_has_less_than_one_finding_in_20000_characters(path: Path, tmp_path: Path) -> None:
    documents = list(TOOL.documents(path))
    found = [
        each
        for number, document in enumerate(documents)
        for each in TOOL.find_in_prose(document, tmp_path / str(number))
    ]
    figures = TOOL.report_prose(found, sum(len(paragraph) for document in documents for paragraph in document))
    assert figures["per_unit"] < 1, figures["rules"]


def test_a_finding_is_true_where_it_meets_a_known_error(make: Make, tmp_path: Path) -> None:
    root = make({"issues/2026-01/01-report.md": WRONG})
    figures = measured(root, tmp_path, ENTRY.format(line=9, words="18余门"))
    assert figures["rules"] == {"NUM002": {"true": 1}, "PUN026": {"unknown": 1}}
    assert (figures["precision"], figures["met"]) == (0.5, 1)
    missed = measured(root, tmp_path, ENTRY.format(line=9, words="报名"))
    assert (missed["true"], missed["met"], missed["by"]["rule"]["known"]) == (0, 0, 1)


@pytest.mark.parametrize("words", ["19余门", "门"])
def test_a_known_error_stands_once_in_its_line(words: str, make: Make, tmp_path: Path) -> None:
    root = make({"issues/2026-01/01-report.md": WRONG.replace("报名", "报名门")})
    with pytest.raises(SystemExit, match=r"01-report\.md:9"):
        measured(root, tmp_path, ENTRY.format(line=9, words=words))


def test_prose_is_read_as_it_stands(tmp_path: Path) -> None:
    paragraphs = [
        "标题：“一”",
        "# 不是标题",
        "1. 不是列表",
        "- 也不是",
        "a*b*c_d_ [甲](乙) <丙> `丁` \\ | ~~戊~~ &amp; $x$",
        "一、是标题",
        "> 己",
    ]
    TOOL.find_in_prose(paragraphs, tmp_path)
    key = IssueKey(2026, False, 1)
    issue = read(tmp_path, key).value
    assert issue is not None
    texts = [each for part in load_proof_texts(tmp_path, key, issue) if part.slug for each in part.texts]
    assert [text.content for text in texts if text.role.value not in ("organization",)] == paragraphs
    assert [text.content for text in texts if text.level] == ["一、是标题"]


def test_prose_is_of_the_day_that_it_names(tmp_path: Path) -> None:
    old = ["报告", "——2015年3月5日", "以习近平同志为总书记的党中央作出部署。"]
    new = ["报告", "——2025年3月5日", *old[2:]]
    codes = [{each.code for each in TOOL.find_in_prose(text, tmp_path / text[1])} for text in (old, new)]
    assert codes[1] - codes[0] == {"FIX002"}


def measured(root: Path, folder: Path, truth: str) -> dict[str, Any]:
    (folder / "truth.yaml").write_text(truth, "utf-8")
    known = TOOL.load_truth(folder / "truth.yaml", root / "issues" / str(KEY))
    return dict(TOOL.report_issue(TOOL.compare(TOOL.find(root, KEY), known), known))
