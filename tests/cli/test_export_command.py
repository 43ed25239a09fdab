"""`bulletin export`: what is meant, where it goes, what is never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from bulletin.cli.commands import bulletin
from bulletin.model.errors import UsageError
from tests.conftest import ARTICLE, Make, article

TWO = {"issues/2026-01/02-more.md": article("第二篇。")}


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(bulletin, ["-C", str(root), "export", *arguments], standalone_mode=False)


@pytest.mark.parametrize(
    ("said", "name", "articles"),
    [
        ((), "2026-01", 2),
        (("2026-01",), "2026-01", 2),
        (("2026-01/2",), "2026-01-02-more", 1),
        (("2026-01/02-more",), "2026-01-02-more", 1),
        (("issues/2026-01/02-more.md",), "2026-01-02-more", 1),
    ],
)
def test_an_issue_or_an_article(make: Make, said: tuple[str, ...], name: str, articles: int) -> None:
    root = make(TWO)
    done = run(root, *said, "--to", "docx")
    assert done.return_value == 0
    assert f"{name}：{articles} 篇" in done.output
    path = root / "build" / "2026-01" / "export" / f"{name}.docx"
    first = path.read_bytes()
    assert run(root, *said).return_value == 0
    assert path.read_bytes() == first


def test_a_folder_or_a_file_may_be_named(make: Make, tmp_path: Path) -> None:
    root = make(TWO)
    assert run(root, "-o", str(tmp_path / "desk")).return_value == 0
    assert [path.name for path in (tmp_path / "desk").iterdir()] == ["2026-01.docx"]
    said = json.loads(run(root, "2026-01/1", "-o", str(tmp_path / "desk" / "给局长.docx"), "--json").stdout)
    assert said["exported"]["path"] == str(tmp_path / "desk" / "给局长.docx")
    assert said["exported"]["articles"] == 1


@pytest.mark.parametrize("said", ["2026-02", "2026-01/9", "2026-01/none", "issues/2026-01/none.md"])
def test_what_is_not_there(make: Make, said: str) -> None:
    assert isinstance(run(make(), said).exception, UsageError)


def test_an_issue_with_errors_is_not_exported(make: Make) -> None:
    root = make({ARTICLE: "---\nkind: report\n---\n\n没有标题。\n"})
    done = run(root)
    assert done.return_value == 1
    assert "没有导出" in done.output
    assert not (root / "build").exists()


def test_what_was_changed_in_word_is_not_overwritten(make: Make) -> None:
    root = make()
    assert run(root).return_value == 0
    path = root / "build" / "2026-01" / "export" / "2026-01.docx"
    (root / ARTICLE).write_text(article("别的话。"), "utf-8")
    assert run(root).return_value == 0
    document = Document(str(path))
    document.add_paragraph("领导加的一段。")
    document.part.package.core_properties.title = "另存"
    document.save(str(path))
    edited = path.read_bytes()
    failed = run(root)
    assert isinstance(failed.exception, UsageError)
    assert path.read_bytes() == edited
