"""The whole site: as from nothing after every edit, made again only where it must be, untouched by what fails."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.load.folders import article_slugs, clearances_path, list_issues
from bulletin.model.audience import Audience
from bulletin.model.errors import BulletinError, CannotWrite
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message
from bulletin.model.site_build import SiteOrder, SiteReport
from bulletin.pipeline.clearing import clear, revoke
from bulletin.pipeline.site.building import build_site
from tests.archives import AT, edits, write_archive

FIRST = "issues/2024-01/01-a.md"


def silent(_: Message) -> None:
    """Nobody watches."""


def built(root: Path, output: Path, audience: Audience = Audience.PUBLIC, workers: int = 1) -> SiteReport:
    return build_site(root, SiteOrder(audience, output, workers), silent)


def content(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "publication")


@pytest.mark.parametrize("seed", range(2))
def test_after_every_edit_the_site_is_as_from_nothing(archive: Path, tmp_path: Path, seed: int) -> None:
    """Every kind of edit, in another order for each seed; the audiences take turns, so that of each other edit one of them learns late."""
    chance = random.Random(seed)
    for step, edit in enumerate(chance.sample(edits(), k=len(edits()))):
        edit(archive, chance)
        audience = (*Audience,)[(step + seed) % len(Audience)]
        made = built(archive, tmp_path / "kept", audience)
        assert made.made, made.problems
        clean = built(archive, tmp_path / f"clean{step}", audience)
        assert content(Path(made.folder)) == content(Path(clean.folder)), (step, audience)


@pytest.mark.parametrize("audience", Audience)
def test_a_site_of_nothing_is_whole(archive: Path, tmp_path: Path, audience: Audience) -> None:
    """Before anything is cleared, after everything was taken back, and where there is no issue."""
    built(archive, tmp_path / "out", audience)
    for key in list_issues(archive):
        revoke(archive, key, list(article_slugs(archive, key)), "周砚", AT)
    report = built(archive, tmp_path / "out", audience)
    assert report.made, report.problems
    assert report.articles == (0 if audience is Audience.PUBLIC else 15)
    shutil.rmtree(archive / "issues")
    report = built(archive, tmp_path / "out", audience)
    assert (report.made, report.articles) == (True, 0)
    assert not list(Path(report.folder).glob("20*"))


def test_a_site_that_was_taken_away_when_the_build_was_killed_is_put_back(archive: Path, tmp_path: Path) -> None:
    folder = Path(built(archive, tmp_path / "out").folder)
    before = content(folder)
    order = SiteOrder(Audience.PUBLIC, tmp_path / "out")
    folder.rename(order.stage.with_name("stage-old"))
    (archive / "bulletin.yaml").write_text("title: [", "utf-8")
    assert not built(archive, tmp_path / "out").made
    assert content(folder) == before


def test_a_site_that_was_left_half_made_is_told(archive: Path, tmp_path: Path) -> None:
    built(archive, tmp_path / "out")
    revoke(archive, IssueKey(2024, False, 1), ["1"], "周砚", AT)
    if (child := os.fork()) == 0:
        os.sync = lambda: os._exit(9)  # what is done first when the stage takes its place
        built(archive, tmp_path / "out")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    settings = (archive / "bulletin.yaml").read_text("utf-8")
    (archive / "bulletin.yaml").write_text("title: [", "utf-8")
    report = built(archive, tmp_path / "out")
    assert "site-half-made" in {each.code for each in report.problems}
    (archive / "bulletin.yaml").write_text(settings, "utf-8")
    assert built(archive, tmp_path / "out").articles == 9


def test_nothing_that_was_refused_stays_on_the_stage(archive: Path, tmp_path: Path) -> None:
    built(archive, tmp_path / "out")
    (archive / FIRST).write_text("---\nkind: nothing\n---\n", "utf-8")
    assert not built(archive, tmp_path / "out").made
    assert not SiteOrder(Audience.PUBLIC, tmp_path / "out").stage.exists()


def test_a_link_in_the_place_of_the_site_is_refused(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/web").mkdir(parents=True)
    (tmp_path / "out/web/public").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite, match="链接"):
        built(archive, tmp_path / "out")
    assert (tmp_path / "out/web/public").is_symlink()


def test_templates_behind_a_link_are_watched_too(archive: Path, tmp_path: Path) -> None:
    shared = tmp_path / "theme"
    shared.mkdir()
    (archive / "templates").mkdir()
    (archive / "templates/web").symlink_to(shared)
    folder = Path(built(archive, tmp_path / "out").folder)
    (shared / "help.html").write_text('{% extends "builtin/web/help.html" %}{% block main %}另一种帮助{% endblock %}')
    assert built(archive, tmp_path / "out").written
    assert "另一种帮助" in (folder / "help/index.html").read_text("utf-8")


def test_a_cleared_article_that_is_gone_is_told(archive: Path, tmp_path: Path) -> None:
    built(archive, tmp_path / "out")
    (archive / FIRST).rename(archive / "issues/2024-01/01-b.md")
    report = built(archive, tmp_path / "out")
    assert "clearance-unknown" in {each.code for each in report.problems}


def test_several_workers_make_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    one, two = built(archive, tmp_path / "one"), built(archive, tmp_path / "two", workers=2)
    assert content(Path(one.folder)) == content(Path(two.folder))


def test_nothing_changed_nothing_written(archive: Path, tmp_path: Path) -> None:
    first = built(archive, tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in Path(first.folder).rglob("*")}
    again = built(archive, tmp_path / "out")
    assert (again.written, again.removed, again.kept) == (0, (), first.written)
    assert times == {path: path.stat().st_mtime_ns for path in Path(first.folder).rglob("*")}


def test_an_edit_writes_only_what_depends_on_it(archive: Path, tmp_path: Path) -> None:
    folder = Path(built(archive, tmp_path / "out").folder)
    before = content(folder)
    path = archive / FIRST
    path.write_text(path.read_text("utf-8") + "\n末尾添一句，谁也不引用它。\n", "utf-8")
    clear(archive, IssueKey(2024, False, 1), ["1"], "周砚", AT)
    report = built(archive, tmp_path / "out")
    after = content(folder)
    changed = {name for name in after if before.get(name) != after[name]}
    assert report.written == len(changed)
    pages = {name for name in changed if name.endswith(".html")}
    assert pages == {"2024/01/01/index.html"}
    assert not [name for name in changed if name.startswith(("2024/02", "2025", "2026"))]


@pytest.mark.parametrize("spoil", ["change", "remove", "add"])
def test_a_site_that_was_touched_by_hand_is_made_again(archive: Path, tmp_path: Path, spoil: str) -> None:
    folder = Path(built(archive, tmp_path / "out").folder)
    before = content(folder)
    page = folder / "2024/01/01/index.html"
    if spoil == "change":
        page.write_bytes(page.read_bytes() + b"<!-- -->")
    elif spoil == "remove":
        page.unlink()
    else:
        (folder / "old").mkdir()
        (folder / "old/page.html").write_text("旧页")
    built(archive, tmp_path / "out")
    assert content(folder) == before


def test_an_issue_that_is_still_written_does_not_hold_up_the_site(archive: Path, tmp_path: Path) -> None:
    before = built(archive, tmp_path / "out")
    draft = archive / "issues/2026-02"
    draft.mkdir()
    (draft / "issue.yaml").write_text("number: 2\n", "utf-8")
    for audience in Audience:
        report = built(archive, tmp_path / "out", audience)
        assert report.made
        assert {each.code for each in report.problems} - {"clearance-shared"} == {"issue-left-out"}
    assert content(Path(before.folder)) == content(tmp_path / "out/web/public")


@pytest.mark.parametrize("audience", Audience)
def test_an_error_in_what_is_public_leaves_the_site_as_it_was(
    archive: Path, tmp_path: Path, audience: Audience
) -> None:
    folder = Path(built(archive, tmp_path / "out", audience).folder)
    before = content(folder)
    (archive / FIRST).write_text("---\nkind: nothing\n---\n", "utf-8")
    report = built(archive, tmp_path / "out", audience)
    assert not report.made
    assert {each.span.path for each in report.problems} == {FIRST}
    assert content(folder) == before


def test_the_numbers_of_addresses_stay(archive: Path, tmp_path: Path) -> None:
    """What was cleared later does not push away the addresses of what is public already."""
    folder = Path(built(archive, tmp_path / "out").folder)
    before = content(folder)
    clear(archive, IssueKey(2024, False, 1), ["3"], "周砚", AT)
    new_first = archive / "issues/2024-01/00-a.md"
    new_first.write_bytes((archive / "issues/2024-01/03-a.md").read_bytes())
    clear(archive, IssueKey(2024, False, 1), ["00-a"], "周砚", AT)
    built(archive, tmp_path / "out")
    after = content(folder)
    assert "2024/01/04/index.html" in after
    for name in ("2024/01/01/index.html", "2024/01/02/index.html"):
        title = before[name].split(b"<title>")[1].split(b"</title>")[0]
        assert title in after[name]


def test_a_build_that_is_killed_anywhere_is_made_good(archive: Path, tmp_path: Path) -> None:
    """Killed at each of its calls that change the disk: the site is whole, or the next build makes it whole."""
    wanted = built(_edited(archive, tmp_path / "edited"), tmp_path / "clean")
    log = clearances_path(list_issues(archive)[0])
    shutil.copy(tmp_path / "edited" / log, archive / log)  # a log never gets shorter
    built(archive, tmp_path / "out")
    killed = 0
    for call in range(0, 400, 5):
        if _killed_at(call, tmp_path / "edited", tmp_path / "out") == 0:
            break
        killed += 1
        if call % 20 == 0:
            report = built(tmp_path / "edited", tmp_path / "out")
            assert content(Path(report.folder)) == content(Path(wanted.folder)), call
            assert built(archive, tmp_path / "out").made
    assert killed > 10
    assert content(tmp_path / "out/web/public") == content(Path(wanted.folder))


def _edited(archive: Path, copy: Path) -> Path:
    shutil.copytree(archive, copy)
    path = copy / FIRST
    path.write_text(path.read_text("utf-8").replace("做法", "办法"), "utf-8")
    clear(copy, list_issues(copy)[0], ["1"], "周砚", AT)
    return copy


_CHANGING = ("replace", "rename", "unlink", "rmdir", "mkdir", "fchmod")
_KEPT = ("/secrets/", "/sights/", "/tokens/")
"""What is lost of these is made anew (`test_gate_after_edits.py` tears them)."""


def _killed_at(call: int, root: Path, output: Path) -> int:
    """The exit code of a build that dies at its n-th call of those that change the disk."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = [call]

    def deadly(real: Callable[..., object]) -> Callable[..., object]:
        def function(*arguments: object, **options: object) -> object:
            if left[0] == 0:
                os._exit(9)
            left[0] -= not any(folder in str(each) for each in arguments for folder in _KEPT)
            return real(*arguments, **options)

        return function

    for name in _CHANGING:
        setattr(os, name, deadly(getattr(os, name)))
    try:
        os._exit(0 if built(root, output).made else 1)
    except BulletinError:
        os._exit(2)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("marked", ["issue.yaml", "01-a.md", "no article"])
def test_a_draft_that_is_classified_is_not_passed_over(
    archive: Path, tmp_path: Path, audience: Audience, marked: str
) -> None:
    """Of a draft with other errors the site says that it is left out; a secrecy grade in it stops the site of either audience."""
    folder = Path(built(archive, tmp_path / "out", audience).folder)
    before = content(folder)
    draft = archive / "issues/2026-02"
    draft.mkdir()
    grade = "marking: [机密★1年]\n" if marked == "issue.yaml" else ""
    (draft / "issue.yaml").write_text(f"number: 2\n{grade}", "utf-8")
    if marked != "no article":
        said = "秘密" if marked == "01-a.md" else "正文。"
        (draft / "01-a.md").write_text(f"{said}\n\n没有写完的稿子。\n", "utf-8")
    report = built(archive, tmp_path / "out", audience)
    if marked == "no article":
        assert report.made
        return
    assert not report.made
    assert [(each.code, each.span.path) for each in report.problems] == [("secrecy", f"issues/2026-02/{marked}")]
    assert "上网" in str(report.problems[0].advice)
    assert content(folder) == before
