"""What is handed over is entered in the log of publication, before it can be handed over."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from bulletin.load.folders import list_issues
from bulletin.load.publication import load_publication
from bulletin.model.errors import CannotWrite, RegisterRefused, UsageError
from bulletin.model.problem import message
from bulletin.model.publication_log import Act, LogEvent, periods
from bulletin.pipeline.clearing import revoke
from bulletin.pipeline.publishing import handover
from bulletin.register import open_register
from tests.conftest import Make
from tests.gates import AT
from tests.kits import FILES, KIT, clear_all, make_all, publication


def log(root: Path) -> tuple[LogEvent, ...]:
    loaded = load_publication(root).value
    assert loaded
    with open_register(root, loaded.register, at=AT) as register:
        assert register.verify() == ()
        return register.publications.events()


def test_what_is_handed_over_is_entered_once(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    make_all(root, output)
    (event,) = log(root)
    entry = event.entry
    assert (entry.act, entry.target, entry.release, entry.note) == (Act.HANDED_OVER, "交接包", "", "2026-01.zip")
    assert entry.manifest == hashlib.sha256((output / KIT).read_bytes()).hexdigest()
    assert event.request.actor == "李晶鑫"
    assert [each.path for each in entry.put_up] == [f"2026/01/0{number}" for number in (1, 2, 3, 4)]
    assert {each.cleared_by for each in entry.put_up} == {"某人"}
    assert all(each.title and each.digest for each in entry.put_up)
    make_all(root, output, by="")
    assert log(root) == (event,), "nothing changed: nothing is entered, and nobody has to say who they are"


def test_it_is_entered_under_the_name_of_the_target(make: Make, tmp_path: Path) -> None:
    settings = f"{FILES['bulletin.yaml']}publish:\n  省平台: {{to: kit}}\n"
    root = publication(make, {**FILES, "bulletin.yaml": settings})
    make_all(root, tmp_path / "out")
    assert [each.entry.target for each in log(root)] == ["省平台"]


def test_nothing_is_written_where_nobody_says_by_whom(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    with pytest.raises(UsageError, match="经手人"):
        make_all(root, output, by="")
    assert not (output / KIT).exists()
    assert not (root / "registers").exists()
    with pytest.raises(RegisterRefused):
        make_all(root, output, by="甲\n乙")
    assert not (output / KIT).exists()
    make_all(root, output)
    before = (output / KIT).read_bytes()
    revoke(root, list_issues(root)[-1], ["04-speech"], "某人", AT)
    with pytest.raises(UsageError, match="经手人"):
        make_all(root, output, by="")
    assert (output / KIT).read_bytes() == before


def test_what_is_taken_back_is_taken_off(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    make_all(root, output)
    revoke(root, list_issues(root)[-1], ["04-speech"], "某人", AT)
    make_all(root, output)
    entry = log(root)[-1].entry
    assert [each.path for each in entry.taken_off] == ["2026/01/04"]
    assert len(entry.put_up) == 3, "the other three are handed over again with the new kit"
    revoke(root, list_issues(root)[-1], ["01-report", "02-notice", "03-form"], "某人", AT)
    make_all(root, output)
    entry = log(root)[-1].entry
    assert (entry.put_up, entry.manifest) == ((), "")
    assert [each.path for each in entry.taken_off] == ["2026/01/01", "2026/01/02", "2026/01/03"]
    assert all(each.until for each in periods(log(root)))
    count = len(log(root))
    make_all(root, output, by="")
    assert len(log(root)) == count


def test_an_issue_that_is_gone_is_taken_off_with_its_kit(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    shutil.copytree(root / "issues/2026-01", root / "issues/2026-02")
    head = root / "issues/2026-02/issue.yaml"
    head.write_text(
        head.read_text("utf-8").replace("number: 1", "number: 2").replace("serial: 10", "serial: 11"), "utf-8"
    )
    (root / "issues/2026-02/clearances.yaml").unlink(missing_ok=True)
    clear_all(root)
    assert not make_all(root, output).failed
    shutil.rmtree(root / "issues/2026-02")
    assert make_all(root, output).removed == ("handover/2026-02.zip",)
    last = log(root)[-1].entry
    assert (last.note, len(last.taken_off), last.put_up) == ("2026-02.zip", 4, ())
    assert [each.article.path[:7] for each in periods(log(root)) if not each.until] == ["2026/01"] * 4


def test_a_kit_of_before_there_was_a_log_is_entered(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    make_all(root, output)
    shutil.rmtree(root / "registers")
    assert [kit.written for kit in make_all(root, output).kits] == [False]
    (event,) = log(root)
    assert event.entry.manifest == hashlib.sha256((output / KIT).read_bytes()).hexdigest()


def test_the_log_never_says_less(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, output = publication(make), tmp_path / "out"

    def fail(*_: object) -> None:
        raise CannotWrite(message("磁盘满了"))

    monkeypatch.setattr(handover, "publish_file", fail)
    with pytest.raises(CannotWrite):
        make_all(root, output)
    assert len(log(root)) == 1
    monkeypatch.undo()
    make_all(root, output)
    assert len(log(root)) == 2, "it was entered, and not written: so it is handed over only now"
    assert len(periods(log(root))) == 4


def test_nothing_to_hand_over_makes_no_register(make: Make, tmp_path: Path) -> None:
    root = make({**FILES})
    make_all(root, tmp_path / "out", by="")
    assert not (root / "registers").exists()


def test_what_could_not_be_made_is_not_entered(make: Make, tmp_path: Path) -> None:
    root, output = publication(make), tmp_path / "out"
    make_all(root, output)
    path = root / "issues/2026-01/04-speech.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nnonsense: 1\n", 1), "utf-8")
    assert make_all(root, output, by="").failed
    assert len(log(root)) == 1
