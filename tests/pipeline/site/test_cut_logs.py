"""A log of clearances whose end was cut off: the site remembers what it was made from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.site_build import SiteOrder, SiteReport
from bulletin.pipeline.clearing import clear, revoke
from bulletin.pipeline.reading import read
from bulletin.pipeline.site.building import build_site
from tests.archives import AT, write_archive
from tests.clearing import site_report

KEY = IssueKey(2024, False, 1)
LOG = "issues/2024-01/clearances.yaml"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Its first issue had two articles on the site, and one of them was taken back."""
    root = write_archive(tmp_path / "publication", issues=2)
    revoke(root, KEY, ["1"], "周砚", AT)
    assert site_report(root, tmp_path / "out").articles == 3
    return root


def _drop(root: Path, entries: int) -> None:
    head, *log = (root / LOG).read_text("utf-8").split("  - ")
    (root / LOG).write_text("".join([head, *(f"  - {each}" for each in log[: len(log) - entries])]), "utf-8")


def _cut_last(root: Path) -> None:
    _drop(root, 1)


def _cut_and_clear_another(root: Path) -> None:
    _drop(root, 1)
    clear(root, KEY, ["3"], "周砚", AT)


def _cut_all(root: Path) -> None:
    (root / LOG).unlink()


def _cut_and_break_the_issue(root: Path) -> None:
    _cut_all(root)
    (root / "issues/2024-01/issue.yaml").write_text("number: 一\n", "utf-8")


def _unseal(root: Path) -> None:
    """As though by hand: the entry and all seals are away."""
    _drop(root, 1)
    lines = (root / LOG).read_text("utf-8").splitlines(keepends=True)
    (root / LOG).write_text("".join(each for each in lines if "chain:" not in each), "utf-8")


@pytest.mark.parametrize(
    "cut",
    [_cut_last, _cut_and_clear_another, _cut_all, _cut_and_break_the_issue, _unseal],
    ids=lambda cut: cut.__name__,
)
def test_a_log_that_lost_what_the_site_knew_is_refused(
    archive: Path, tmp_path: Path, cut: Callable[[Path], None]
) -> None:
    whole = (archive / LOG).read_bytes()
    cut(archive)
    before = _files(tmp_path)
    for _ in range(2):
        report = site_report(archive, tmp_path / "out")
        assert not report.made
        (problem,) = (each for each in report.problems if each.code == "clearance-cut")
        assert problem.span.path == LOG
        assert "bulletin site --clean" in str(problem.advice)
    assert _files(tmp_path) == before
    if cut is not _cut_and_break_the_issue:
        (archive / LOG).write_bytes(whole)
        assert site_report(archive, tmp_path / "out").articles == 3


def test_a_log_that_is_meant_so_is_taken_when_all_is_made_anew(archive: Path, tmp_path: Path) -> None:
    _cut_last(archive)
    assert [each.code for each in read(archive, KEY).problems if each.span.path == LOG] == [], (
        "nothing of it shows that"
    )
    assert _anew(archive, tmp_path).articles == 4
    revoke(archive, KEY, ["2"], "周砚", AT)
    assert site_report(archive, tmp_path / "out").articles == 3


def test_a_log_that_goes_on_is_taken(archive: Path, tmp_path: Path) -> None:
    """By its own commands, joined with another's, and an old one that had no seals."""
    _unseal(archive)
    _anew(archive, tmp_path)
    base = (archive / LOG).read_text("utf-8")
    added = []
    for article in ("2", "3"):
        (archive / LOG).write_text(base, "utf-8")
        (revoke if article == "2" else clear)(archive, KEY, [article], "周砚", AT)
        added.append((archive / LOG).read_text("utf-8").removeprefix(base))
    assert site_report(archive, tmp_path / "out").made
    (archive / LOG).write_text("".join([base, *added]), "utf-8")
    report = site_report(archive, tmp_path / "out")
    assert (report.made, report.articles) == (True, 4)


def test_the_intranet_shows_all_whatever_the_log_says(archive: Path, tmp_path: Path) -> None:
    assert site_report(archive, tmp_path / "out", Audience.INTRANET).articles == 6
    _cut_all(archive)
    assert site_report(archive, tmp_path / "out", Audience.INTRANET).articles == 6


def _anew(root: Path, folder: Path) -> SiteReport:
    return build_site(root, SiteOrder(Audience.PUBLIC, folder / "out", clean=True), lambda _: None)


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (folder / "out/web").rglob("*") if path.is_file()}
