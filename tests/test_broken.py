"""Broken publications: each gives exactly the problems that an editor should see, and never a traceback.

Those that are text lie in `broken/`; the others are built here.
"""

from __future__ import annotations

import ast
import itertools
import os
import re
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin.cli.entry import run
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem
from bulletin.pipeline.reading import read
from tests.archive import Archive, problem_line, unpack
from tests.broken_cases import ARTICLE, BUILT, HEAVY, ISSUE, REPOSITORY, Case, text_cases

CASES = [*text_cases(), *BUILT]
EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
SHOWN = re.compile(r"(?P<place>.+?): (?P<severity>错误|警告|提示) (?P<message>.+) \[(?P<code>[a-z-]+)\]")
QUOTED = re.compile("“[^”]*”|bulletin [a-z ]+")
"""What the author wrote, and commands to type."""
ENGLISH = re.compile(r"[a-z]+ [a-z]+ [a-z]+|[A-Z][a-z]+ [a-z]+ [a-z]+")


def _problems(case: Case, root: Path) -> tuple[Problem, ...]:
    key = IssueKey.parse(case.issue)
    assert key is not None
    return read(root, key).problems


@EVERY
def test_exactly_the_expected_problems(case: Case, tmp_path: Path) -> None:
    assert [problem_line(problem) for problem in _problems(case, case.make(tmp_path))] == list(case.expected)


@EVERY
def test_check_shows_them(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(name, "zh_CN.UTF-8")
    code = run(["-C", str(case.make(tmp_path)), "check", case.issue, "--select", "IMP003"])
    captured = capsys.readouterr()
    assert code == (1 if any(" error " in line for line in case.expected) else 0), captured.err
    _check_readable(captured.err)
    shown = [found for line in captured.err.splitlines() if (found := SHOWN.fullmatch(line))]
    assert len(shown) == len(case.expected)


def _check_readable(output: str) -> None:
    """In Chinese, filled in, and nothing that a terminal would obey."""
    assert "Traceback" not in output
    assert not [character for character in output if unicodedata.category(character) == "Cc" and character != "\n"]
    for line in output.splitlines():
        said = QUOTED.sub("", line)
        assert re.search("[一-龥]", said), line
        assert not re.search(r"\{\w*\}", said), line
        assert not ENGLISH.search(said), line


@pytest.mark.parametrize(
    ("name", "place", "word"),
    [
        ("value-shapes", f"{ISSUE}:7:6", "列表"),
        ("yaml-quoted-beginning", f"{ARTICLE}:3:14", "引号"),
        ("yaml-backslash", f"{ARTICLE}:3:12", "反斜"),
        ("yaml-no-space-after-colon", f"{ARTICLE}:3:1", "空"),
        ("yaml-star", f"{ARTICLE}:3:8", "引号"),
        ("supplement-in-regular-folder", f"{ISSUE}:2:13", "supplement"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() and ":" not in value else "",
)
def test_the_message_names_the_cause(name: str, place: str, word: str, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == name)
    said = [
        f"{problem.message}{problem.advice}"
        for problem in _problems(case, case.make(tmp_path))
        if str(problem.span) == place
    ]
    assert said
    assert word in said[0]


@pytest.mark.parametrize("case", HEAVY, ids=lambda case: case.name)
def test_heavy_files_within_bounds(case: Case, tmp_path: Path) -> None:
    """600 MB of memory and a minute of time, both far more than needed."""
    memory = 600 * 1024**2
    done = subprocess.run(
        [sys.executable, "-c", "from bulletin.cli import main; main()", "-C", case.make(tmp_path), "check", case.issue],
        cwd=REPOSITORY,
        env={**os.environ, "LANGUAGE": "zh_CN", "PYTHONUTF8": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr[-2000:]
    shown = [found["place"] for line in done.stderr.splitlines() if (found := SHOWN.fullmatch(line))]
    assert case.expected[0].split(" ")[0] in shown


UNREACHED = {
    "contact-public": "asked for by `bulletin clear` only; see tests/test_pipeline.py",
    **dict.fromkeys(
        ("recipient-count", "recipient-past", "recipient-route", "recipient-spelling", "recipient-unused"),
        "said of the list by itself, by `bulletin recipients check`; see tests/check/test_recipient_list.py",
    ),
    **dict.fromkeys(
        ("sheet-cell", "sheet-column", "sheet-file", "sheet-head", "sheet-row", "sheet-others", "sheet-sum"),
        "said of a table from Excel; see tests/load/test_recipient_table.py and tests/load/test_hostile_tables.py",
    ),
    **dict.fromkeys(
        ("decision-repeated", "remark", "remark-reason"),
        "said of decisions about findings, by the proofreader; see tests/load/test_decisions.py",
    ),
    **dict.fromkeys(
        ("house-dates", "house-disabled", "house-form", "house-id", "house-list", "house-pattern"),
        "said of what the house knows, by the proofreader; see tests/load/test_house.py",
    ),
    "markdown": "a safety net: every construct that the parser makes today is read",
}


def test_every_code_has_a_case() -> None:
    expected = {line.rsplit(" ", 1)[1] for case in CASES for line in case.expected}
    codes = set(_codes())
    assert codes - expected - set(UNREACHED) == set()
    assert not set(UNREACHED) & expected
    assert set(UNREACHED) <= codes


def _codes() -> Iterator[str]:
    """The codes of all problems that are made in `bulletin/load`, `bulletin/check` and `bulletin/faces`."""
    paths = [path for part in ("load", "check", "faces") for path in (REPOSITORY / "bulletin" / part).rglob("*.py")]
    for node in itertools.chain.from_iterable(ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in paths):
        if isinstance(node, ast.Call) and _name(node.func) in ("error", "warning", "hint", "refuse", "Problem"):
            yield from _words(node.args[:1])
        elif isinstance(node, ast.Call) and _name(node.func) in ("_refused", "_error"):
            yield from _words(node.args[1:2])


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _words(arguments: list[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def test_the_base_is_valid(tmp_path: Path) -> None:
    unpack(Archive(), tmp_path)
    assert read(tmp_path, IssueKey(2026, supplement=False, number=1)).problems == ()
