"""`bulletin compare` as an editor meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin.cli import entry
from tests.conftest import ARTICLE, Make, article, composed, printed


class Desk:
    """A publication with an issue that was built twice, and the command."""

    def __init__(self, root: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capture = capture

    def put(self, path: str, content: bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return target

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        code = entry.run(["-C", str(self.root), "compare", *map(str, arguments)])
        out, err = self.capture.readouterr()
        assert "Traceback" not in err
        return code, out, err


@pytest.fixture
def desk(make: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name, value in (("LANG", "zh_CN.UTF-8"), ("LANGUAGE", ""), ("LC_ALL", "")):
        monkeypatch.setenv(name, value)
    old = printed(*composed(make({ARTICLE: article("正文一段，共340份。\n\n又一段。")}))).content
    new = printed(*composed(make({ARTICLE: article("正文一段，共280份。\n\n又一段文字。")}))).content
    desk = Desk(make(), capsys)
    desk.put("old/2026-01/print.pdf", old)
    desk.put("build/2026-01/print.pdf", new)
    return desk


def test_changes_are_listed_and_drawn(desk: Desk) -> None:
    code, out, _ = desk(desk.root / "old/2026-01", "2026-01")
    assert code == 0
    assert "删 3 字，增 5 字" in out
    assert "共【340→280】份" in out
    assert "又一段【增：文字】。" in out
    written = desk.root / "build/2026-01/compare.pdf"
    assert str(written) in out
    assert written.read_bytes().startswith(b"%PDF")


def test_where_the_result_goes(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "对照.pdf"
    assert desk(desk.root / "old/2026-01/print.pdf", "2026-01", "-o", target)[0] == 0
    first = target.read_bytes()
    assert desk(desk.root / "old/2026-01/print.pdf", "2026-01", "-o", target, "--all")[0] == 0
    assert len(target.read_bytes()) > len(first)
    assert not (desk.root / "build/2026-01/compare.pdf").exists()


def test_the_same_file_is_said_to_be_the_same(desk: Desk) -> None:
    code, out, _ = desk("2026-01", desk.root / "build/2026-01/print.pdf")
    assert code == 0
    assert "一样" in out
    assert not (desk.root / "build/2026-01/compare.pdf").exists()
    assert json.loads(desk("2026-01", "2026-01", "--json")[1])["same"] is True


def test_json_for_other_programs(desk: Desk) -> None:
    code, out, _ = desk(desk.root / "old/2026-01", "2026-01", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["same"], found["deleted"], found["added"]) == (False, 3, 5)
    assert [(each["deleted"], each["added"]) for each in found["changes"]] == [("340", "280"), ("", "文字")]
    assert {each["change"] for each in found["pages"]} == {"text"}
    assert found["output"].endswith("compare.pdf")


def test_what_cannot_be_compared(desk: Desk) -> None:
    notes = desk.put("notes.txt", b"text")
    for arguments, said in (
        (("2026-09", "2026-01"), "找不到“2026-09”的 PDF"),
        ((notes, "2026-01"), "notes.txt"),
        (("2026-01", notes), "读不了 PDF"),
        ((desk.root / "old/2026-01", "2026-01", "-o", desk.root / "build/2026-01/print.pdf"), "不能写在它上面"),
    ):
        code, _, err = desk(*arguments)
        assert code == 2
        assert said in err
    assert (desk.root / "build/2026-01/print.pdf").read_bytes().startswith(b"%PDF")


def test_a_broken_pdf_is_refused(desk: Desk) -> None:
    whole = (desk.root / "build/2026-01/print.pdf").read_bytes()
    broken = desk.put("broken.pdf", whole[:200])
    code, _, err = desk(broken, "2026-01")
    assert (code, "broken.pdf" in err) == (2, True)
