"""An archive of back issues: whatever one file does, the others come in; what was done is not done again."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from bulletin.model.errors import CannotWrite
from bulletin.model.imported import Brought
from bulletin.model.problem import message
from bulletin.pipeline.importing import archive, processes
from bulletin.pipeline.importing.archive import import_archive
from bulletin.pipeline.importing.importing import Wanted, import_file
from tests.conftest import Make
from tests.convert.recognising.test_issues_recognised import SAMPLES

HEAD = "工作动态\n\n2020年第{number}期（总第{serial}期）\n\n某市委办公室 2020年{number}月20日\n\n"
BODY = "本期要览\n\n东河市的做法\n\n东河市的做法\n中共东河市委办公室\n\n东河市建了{number}个站点。\n\n报：省委办公厅\n送：各县委\n\n共印{number}0份\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "旧刊"
    folder.mkdir()
    return folder


def _issue(folder: Path, number: int, name: str = "") -> Path:
    file = folder / (name or f"第{number}期.txt")
    file.write_text((HEAD + BODY).format(number=number, serial=100 + number), encoding="utf-8")
    return file


def _import(root: Path, folder: Path, **wanted: Any) -> dict[str, Brought]:
    brought = import_archive(root, folder, Wanted(**wanted), lambda _: None)
    return {each.name: each for each in brought}


def _issues(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "issues").iterdir())


def test_each_file_once(make: Make, folder: Path) -> None:
    root = make({})
    for number in (1, 2, 5):
        _issue(folder, number)
    first = _import(root, folder)
    assert [(each.name, each.folder, each.serial, each.articles) for each in first.values()] == [
        (f"第{number}期.txt", f"issues/2020-0{number}", 100 + number, 1) for number in (1, 2, 5)
    ]
    (root / "issues/2020-01/01-report.md").write_text("改过的", encoding="utf-8")
    shutil.rmtree(root / "issues/2020-02")
    _issue(folder, 3)
    again = _import(root, folder)
    assert {name: each.again for name, each in again.items()} == {
        "第1期.txt": True,
        "第2期.txt": False,
        "第3期.txt": False,
        "第5期.txt": True,
    }
    assert (root / "issues/2020-01/01-report.md").read_text("utf-8") == "改过的"
    assert _issues(root) == ["2020-01", "2020-02", "2020-03", "2020-05", "2026-01"]
    report = (root / "build/import/archive.html").read_text("utf-8")
    assert "缺的总期号" in report
    assert "<p>11—100、104</p>" in report
    assert '<td>省委办公厅</td><td data-label="几期">4</td>' in report


def test_of_files_with_one_name_that_which_says_most(make: Make, folder: Path) -> None:
    root = make({})
    _issue(folder, 1, "一.txt")
    (folder / "一.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "一.docx").write_bytes(b"PK\x03\x04 broken")
    found = _import(root, folder)
    assert found["一.txt"].folder == "issues/2020-01"
    assert found["一.pdf"].instead == "一.txt"
    assert found["一.docx"].fault is not None


def test_two_files_that_are_one_issue(make: Make, folder: Path) -> None:
    root = make({})
    _issue(folder, 1, "甲.txt")
    (folder / "乙.md").write_text((HEAD + BODY).format(number=1, serial=101), encoding="utf-8")
    found = _import(root, folder)
    assert found["乙.md"].folder == "issues/2020-01"
    assert str(found["甲.txt"].fault) == "和“乙.md”是同一期（2020-01），没有导入"
    assert found["甲.txt"].folder == ""


def test_a_ledger_that_is_torn_is_none(make: Make, folder: Path) -> None:
    root = make({})
    _issue(folder, 1)
    _import(root, folder)
    for torn in ("", "{", '{"files": [{"name": 1}]}', '{"files": [{"unheard": 1}]}', "[]"):
        (root / "build/import/archive.json").write_text(torn, encoding="utf-8")
        assert _import(root, folder)["第1期.txt"].folder == "issues/2020-01"
    (root / "build/import/archive.json").unlink()
    (root / "issues/2020-01/01-report.md").write_text("改过的", encoding="utf-8")
    assert "已经有" in str(_import(root, folder)["第1期.txt"].fault)


def _misbehave(root: Path, publication: object, file: Path, wanted: Wanted) -> object:
    """Does what the file is called."""
    match file.stem:
        case "睡":
            time.sleep(60)
        case "算":
            while True:
                pass
        case "吃":
            return bytearray(1 << 40)
        case "死":
            os.kill(os.getpid(), signal.SIGKILL)
        case "错":
            raise IndexError("ours")
        case "满":
            raise CannotWrite(message("磁盘满了"))
    return import_file(root, publication, file, wanted)  # type: ignore[arg-type]


def test_a_bad_file_is_one_bad_file(make: Make, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make({})
    said = {
        "睡": "太久没有读完",
        "算": "太久没有读完",
        "吃": "内存太多",
        "死": "进程中断了",
        "错": "程序出错：IndexError",
        "满": "磁盘满了",
    }
    for name in said:
        _issue(folder, 9, f"{name}.txt")
    _issue(folder, 1)
    monkeypatch.setattr(processes, "import_file", _misbehave)
    monkeypatch.setattr(processes, "TIME_LIMIT_S", 1)
    monkeypatch.setattr(processes, "WAITING_LIMIT_S", 2)
    found = _import(root, folder)
    for name, words in said.items():
        assert words in str(found[f"{name}.txt"].fault), name
    assert found["第1期.txt"].folder == "issues/2020-01"
    assert _issues(root) == ["2020-01", "2026-01"]


def test_a_run_that_broke_off_goes_on(make: Make, folder: Path) -> None:
    root = make({})
    for number in (1, 2, 3, 4):
        _issue(folder, number)

    def stop(_brought: Brought) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_archive(root, folder, Wanted(), stop)
    found = _import(root, folder)
    assert all(each.folder for each in found.values())
    assert _issues(root) == ["2020-01", "2020-02", "2020-03", "2020-04", "2026-01"]


def test_files_that_programs_leave_are_none(folder: Path) -> None:
    for name in ("~$第1期.docx", ".隐.txt", "图.png", "第1期.TXT"):
        (folder / name).write_bytes(b"")
    assert [path.name for path in archive.list_files(folder)] == ["第1期.TXT"]


def test_samples(make: Make) -> None:
    root = make({})
    found = _import(root, SAMPLES)
    assert {name: each.articles for name, each in found.items()} == {
        "columns.txt": 4,
        "jianbao.txt": 3,
        "wrapped.txt": 2,
    }
