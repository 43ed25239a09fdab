"""`bulletin copies forms` as an office meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.cli import entry
from bulletin.model.key import IssueKey
from tests.conftest import Make
from tests.ledger import registered


@pytest.fixture
def root(make: Make, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in (("LANG", "zh_CN.UTF-8"), ("LANGUAGE", ""), ("LC_ALL", "")):
        monkeypatch.setenv(name, value)
    root = make()
    registered(root, IssueKey(2026, False, 1), {"甲局": "交换站", "各科": "专人"})
    return root


def run(root: Path, *arguments: str) -> int:
    return entry.run(["-C", str(root), "copies", "forms", *arguments])


def test_says_what_was_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "2026-01：表做好了，读回与登记册一致"
    assert out[1] == f"  {root}/build/2026-01/forms/分发登记表.pdf（4 行，1 页）"
    assert len(out) == 5


def test_the_issue_and_the_forms_are_words(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("2026-01", "回执", "标签", "--label", "70×37", "--start", "3", "--xlsx", "-o", str(tmp_path / "o"))
    assert run(root, *arguments) == 0
    folder = tmp_path / "o/2026-01/forms"
    assert {path.name for path in folder.iterdir()} == {"回执.pdf", "回执.xlsx", "信封标签-70x37.pdf", "信封标签.xlsx"}
    said = capsys.readouterr()
    assert f"  {folder}/回执.xlsx\n" in said.out
    assert "一行一个，删去“个数”" in said.err
    assert run(root, "签收单", "--route", "专人") == 0
    assert f"{root}/build/2026-01/forms/签收单-专人.pdf（1 行，1 页）" in capsys.readouterr().out


def test_what_is_wrong_ends_with_its_code(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "花名册") == 2
    assert "可用的：分发登记表、签收单、回执" in capsys.readouterr().err
    assert run(root, "2026-01", "清退") == 0
    assert "没有要列入清退登记表的份" in capsys.readouterr().err
    path = root / "house/recipients.yaml"
    path.write_text(path.read_text().replace("copies: 2", "copies: 9"))
    assert run(root) == 0
    assert "对不上" not in capsys.readouterr().err
