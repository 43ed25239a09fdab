"""A folder of back issues: bad files keep nobody out, what was done is not done again, and no file takes more than its share."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.pipeline.importing.archive import Bounds, Brought, import_archive, list_files
from bulletin.pipeline.importing.importing import Wanted
from tests.conftest import Make
from tests.pipeline.importing.test_bringing_in import ISSUE
from tests.word_files import p, word_file


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Two issues, one of them again as a Word file, and what is none."""
    folder = tmp_path / "旧刊"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026/第3期.txt").write_text(ISSUE, encoding="gb18030")
    (folder / "2026/第4期.txt").write_text(ISSUE.replace("第3期（总第12期）", "第4期（总第13期）"), encoding="utf-8")
    (folder / "坏的.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "来信.docx").write_bytes(word_file(p("这不是一期简报，只是一封信。")))
    for name in ("~$第3期.docx", ".hidden.txt", "照片.png"):
        (folder / name).write_bytes(b"x")
    return folder


USUAL = Bounds()


def run(root: Path, folder: Path, bounds: Bounds = USUAL) -> dict[str, Brought]:
    told: list[Brought] = []
    done = import_archive(root, folder, Wanted(), told.append, bounds)
    assert sorted(told, key=lambda each: each.name) == sorted(done, key=lambda each: each.name)
    return {each.name: each for each in done}


def test_bad_files_keep_nobody_out_and_nothing_is_done_twice(make: Make, old: Path) -> None:
    root = make()
    assert [path.name for path in list_files(old)] == ["第3期.txt", "第4期.txt", "坏的.docx", "来信.docx"]
    first = run(root, old)
    assert {name: each.folder for name, each in first.items() if not each.fault} == {
        "2026/第3期.txt": "issues/2026-03",
        "2026/第4期.txt": "issues/2026-04",
    }
    assert "损坏" in str(first["坏的.docx"].fault)
    assert "期号" in str(first["来信.docx"].fault)
    stood = (root / "issues/2026-03/issue.yaml").stat().st_mtime_ns
    second = run(root, old)
    assert {name for name, each in second.items() if each.again} == {"2026/第3期.txt", "2026/第4期.txt"}
    assert (root / "issues/2026-03/issue.yaml").stat().st_mtime_ns == stood
    (old / "坏的.docx").unlink()
    assert set(run(root, old)) == {"2026/第3期.txt", "2026/第4期.txt", "来信.docx"}


def test_what_was_taken_away_is_brought_in_again(make: Make, old: Path) -> None:
    root = make()
    run(root, old)
    for path in (root / "issues/2026-04").iterdir():
        path.unlink()
    (root / "issues/2026-04").rmdir()
    assert not run(root, old)["2026/第4期.txt"].again
    assert (root / "issues/2026-04/issue.yaml").is_file()


def test_no_file_takes_more_than_its_share(make: Make, tmp_path: Path) -> None:
    folder = tmp_path / "旧刊"
    folder.mkdir()
    line = "　　" + "办班12 期(好)，来了30 人，" * 20 + "大家都说好。\n\n"
    (folder / "巨大.txt").write_text(ISSUE.replace("　　下一步", line * 7_000 + "　　下一步"), encoding="utf-8")
    (folder / "第3期.txt").write_text(ISSUE, encoding="utf-8")
    root = make()
    slow = run(root, folder, bounds=Bounds(time_s=2))
    assert "2 秒" in str(slow["巨大.txt"].fault)
    assert slow["第3期.txt"].folder == "issues/2026-03"
    assert not (root / "issues/2026-03/02-report.md").exists()
    assert list((root / "issues").glob(".*")) == []
