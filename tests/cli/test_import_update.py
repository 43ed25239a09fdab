"""`bulletin import --update`: what is shown, what is written, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bulletin.cli.entry import run as run_bulletin
from tests.conftest import ARTICLE, Make
from tests.pipeline.test_updating_word import TEXT, edited, exported, say, track


@pytest.fixture
def root(make: Make) -> Path:
    return make({ARTICLE: TEXT})


class Result(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(root: Path, *arguments: str) -> Result:
        return Result(run_bulletin(["-C", str(root), "import", *arguments]), *capsys.readouterr())

    return command


def word(root: Path, before: str, after: str, *, tracked: bool = False) -> str:
    """The path of a file in which these words were changed."""
    path = root / "改.docx"
    content = exported(root)
    edit = track if tracked else say
    path.write_bytes(edited(content, lambda document: edit(document, before, after)))
    return str(path)


def test_changes_are_shown_and_written(root: Path, run: Run) -> None:
    result = run(root, "--update", "2026-01/1", word(root, "结尾", "最后"))
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "第 22 行  改  【删：结尾】【增：最后】一段。\n"
    assert "改动 1 处，批注 0 条" in result.stderr
    assert (root / ARTICLE).read_text() == TEXT.replace("结尾", "最后")


def test_the_path_of_the_article_does_too(root: Path, run: Run) -> None:
    result = run(root, "--update", str(root / ARTICLE), word(root, "结尾", "最后"))
    assert result.exit_code == 0, result.stderr


def test_a_dry_run_writes_nothing(root: Path, run: Run) -> None:
    result = run(root, "--update", "2026-01/1", "--dry-run", word(root, "结尾", "最后"))
    assert (result.exit_code, (root / ARTICLE).read_text()) == (0, TEXT)
    assert "【增：最后】" in result.stdout


def test_nothing_to_do(root: Path, run: Run) -> None:
    result = run(root, "--update", "2026-01/1", word(root, "结尾", "结尾"))
    assert (result.exit_code, result.stdout) == (0, f"{ARTICLE} 与 Word 文件一致，没有要改的\n")


def test_tracked_changes_are_named(root: Path, run: Run) -> None:
    result = run(root, "--update", "2026-01/1", word(root, "结尾", "最后", tracked=True))
    assert "文件里有修订 2 处，全部接受：\n  张副局长 删：结尾\n  张副局长 加：最后\n" in result.stderr
    assert "最后一段" in (root / ARTICLE).read_text()


def test_newer_edits_are_not_undone_unasked(root: Path, run: Run) -> None:
    file = word(root, "结尾", "最后")
    newer = TEXT.replace("老同志说好", "老同志都说好")
    (root / ARTICLE).write_text(newer)
    result = run(root, "--update", "2026-01/1", file)
    assert (result.exit_code, (root / ARTICLE).read_text()) == (1, newer)
    assert "在导出以后改过" in result.stderr
    assert "【删：都】" in result.stdout
    assert run(root, "--update", "2026-01/1", "--anyway", file).exit_code == 0
    assert (root / ARTICLE).read_text() == TEXT.replace("结尾", "最后")


def test_a_file_that_was_taken_over_is_no_older_one(root: Path, run: Run) -> None:
    file = word(root, "结尾", "最后")
    assert run(root, "--update", "2026-01/1", "--yes", file).exit_code == 0
    again = run(root, "--update", "2026-01/1", file)
    assert (again.exit_code, again.stdout + again.stderr) == (0, f"{ARTICLE} 与 Word 文件一致，没有要改的\n")


def test_what_is_no_word_file_is_refused(root: Path, run: Run) -> None:
    (root / "改.txt").write_text("一段话。")
    result = run(root, "--update", "2026-01/1", str(root / "改.txt"))
    assert (result.exit_code, (root / ARTICLE).read_text()) == (1, TEXT)
    assert "收回改动要 Word 文件" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--update", "2026-01/1"), ("--update", "2026-01/1", "--into", "2026-01"), ("--yes",)],
)
def test_what_cannot_be_meant(root: Path, run: Run, arguments: tuple[str, ...]) -> None:
    file = word(root, "结尾", "最后")
    result = run(root, *arguments, *([] if arguments == ("--update", "2026-01/1") else [file]))
    assert (result.exit_code, (root / ARTICLE).read_text()) == (2, TEXT)
