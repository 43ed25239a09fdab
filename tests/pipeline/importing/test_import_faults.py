"""Killed, or no room, while it imports: an issue is there whole or not at all, an article never without its pictures; the next import finishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Make
from tests.convert.recognising.test_issues_recognised import SAMPLES
from tests.faults import KILLED, Children, children_of
from tests.imports import act
from tests.word_files import p, png, r, word_file

CALLS = "mkdir,write,fsync,rename,unlink,rmdir"
_PICTURE = (
    "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='图' descr='大厅'/><a:graphic><a:graphicData><pic:pic xmlns:pic="
    "'http://schemas.openxmlformats.org/drawingml/2006/picture'><pic:blipFill><a:blip r:embed='rId9'/></pic:blipFill></pic:pic>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
_RELATED = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/1.png"/>'


def _sources(root: Path) -> dict[str, bytes]:
    """The files of all issues, but for those that are being written."""
    found = (path for path in (root / "issues").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if ".part-" not in path.as_posix()}


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    with children_of("tests.imports:act", "bulletin.pipeline.importing.importing") as made:
        yield made


@pytest.fixture
def given(tmp_path: Path) -> dict[str, Path]:
    manuscript = tmp_path / "donghe.docx"
    body = p("东河的做法") + p("中共东河市委") + p(runs=r("正文一段。")) + p(runs=_PICTURE) + p("又一段。")
    manuscript.write_bytes(word_file(body, relationships=_RELATED, **{"word/media/1.png": png(40, 30)}))
    return {"2019-30": SAMPLES / "columns.txt", "2026-01": manuscript}


@pytest.mark.parametrize("into", ["2019-30", "2026-01"])
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC"])
def test_whole_or_not_at_all(make: Make, children: Children, given: dict[str, Path], into: str, fault: str) -> None:
    root = make({})
    before = _sources(root)
    assert act(str(root), str(given[into]), into) == 0
    after = _sources(root)
    fresh = sorted(after.keys() - before.keys())
    assert len(fresh) == (5 if into == "2019-30" else 2)

    def arguments() -> list[str]:
        for path in fresh:
            (root / path).unlink(missing_ok=True)
        if into == "2019-30" and (root / "issues/2019-30").is_dir():
            (root / "issues/2019-30").rmdir()
        return [str(root), str(given[into]), into]

    ends = set()
    for ended in children.each_fault(arguments, CALLS, fault, step=3):
        ends.add(ended.code)
        there = _sources(root)
        missing = after.keys() - there.keys()
        assert there == {path: content for path, content in after.items() if path not in missing}
        assert missing in (set(), set(fresh)) or (into == "2026-01" and missing == {"issues/2026-01/02-donghe.md"})
    assert KILLED in ends if fault == "signal=KILL" else 1 in ends
    arguments()
    assert act(str(root), str(given[into]), into) == 0
    assert _sources(root) == after
    assert not [*root.rglob(".part-*")]
