"""A source is corrected only where it still is what was read, and stays what it was but for its words."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bulletin.model.errors import CannotWrite, UsageError
from bulletin.publish import correct_file
from bulletin.publish.files import UNFINISHED

PATH = "issues/2026-01/a.md"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.write_bytes(b"old")
    return path


def test_the_words_are_new_and_the_permissions_as_before(tmp_path: Path, file: Path) -> None:
    file.chmod(0o640)
    correct_file(tmp_path, PATH, b"old", b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [each.name for each in file.parent.iterdir()] == ["a.md"]


def test_who_owns_it_owns_it_still(tmp_path: Path, file: Path) -> None:
    owner = (1234, 2345) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    os.chown(file, *owner)
    correct_file(tmp_path, PATH, b"old", b"new")
    assert (file.stat().st_uid, file.stat().st_gid) == owner


@pytest.mark.parametrize("there", [b"older", b"ol", b""])
def test_what_changed_meanwhile_is_left_alone(tmp_path: Path, file: Path, there: bytes) -> None:
    file.write_bytes(there)
    with pytest.raises(UsageError, match="被人改了"):
        correct_file(tmp_path, PATH, b"old", b"new")
    assert file.read_bytes() == there


def test_a_read_only_file_is_left_alone(tmp_path: Path, file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(UsageError, match="只读"):
        correct_file(tmp_path, PATH, b"old", b"new")
    assert file.read_bytes() == b"old"


def test_links_are_refused(tmp_path: Path, file: Path) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_bytes(b"old")
    file.unlink()
    file.symlink_to(elsewhere)
    with pytest.raises(UsageError, match="快捷方式"):
        correct_file(tmp_path, PATH, b"old", b"new")
    (tmp_path / "linked").symlink_to(tmp_path / "issues")
    file.unlink()
    file.write_bytes(b"old")
    with pytest.raises(UsageError, match="快捷方式"):
        correct_file(tmp_path, "linked/2026-01/a.md", b"old", b"new")
    assert elsewhere.read_bytes() == file.read_bytes() == b"old"


def test_no_file_no_correction(tmp_path: Path, file: Path) -> None:
    file.unlink()
    with pytest.raises(CannotWrite):
        correct_file(tmp_path, PATH, b"old", b"new")
    file.mkdir()
    with pytest.raises((UsageError, CannotWrite)):
        correct_file(tmp_path, PATH, b"old", b"new")


def test_a_cut_leaves_the_old_file_and_no_rubbish_for_long(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("bulletin.publish.corrections.os.replace", full)
        with pytest.raises(CannotWrite, match="磁盘满了"):
            correct_file(tmp_path, PATH, b"old", b"new")
    assert [each.name for each in file.parent.iterdir()] == ["a.md"]
    assert file.read_bytes() == b"old"
    (file.parent / f"{UNFINISHED}left").write_bytes(b"half")
    correct_file(tmp_path, PATH, b"old", b"new")
    assert [each.name for each in file.parent.iterdir()] == ["a.md"]
