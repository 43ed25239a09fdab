"""Withdrawn articles on the public site: a page that says so and nothing else, and no trace of them in any file."""

from __future__ import annotations

import random
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from bulletin.load.folders import list_issues
from bulletin.load.issue import load_clearances
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.clearance_log import withdrawn
from bulletin.model.key import IssueKey
from bulletin.model.site_build import SiteReport
from bulletin.pipeline.clearing import clear, revoke, withdraw
from tests.archives import AT, edits_of_logs, write_archive
from tests.clearing import site_report
from tests.conftest import Make
from tests.gates import gate, publication

FIRST = IssueKey(2024, False, 1)
DAY = "2026-11-22T17:30:00+00:00"
PAGE = "2024/01/01/index.html"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "publication", issues=3)


def content(report: SiteReport) -> dict[str, bytes]:
    assert report.made, report.problems
    folder = Path(report.folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def words(page: bytes) -> str:
    """What a reader sees of a page's main part."""
    main = page.decode().partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return unescape(re.sub(r"<[^>]*>|\s", "", main))


def test_a_page_says_that_it_was_withdrawn_and_when(archive: Path, tmp_path: Path) -> None:
    before = content(site_report(archive, tmp_path / "out"))
    title = re.findall(r"<h1[^>]*>(.*?)</h1>", before[PAGE].decode(), re.DOTALL)[0]
    withdraw(archive, FIRST, ["1"], "周砚", DAY)
    after = content(site_report(archive, tmp_path / "out"))
    page = after[PAGE].decode()
    assert words(after[PAGE]).startswith("本文已撤回本文已于2026年11月23日撤回。")
    assert "<title>本文已撤回——测试动态</title>" in page
    assert '<meta name="robots" content="noindex">' in page
    for telling in ("canonical", "og:", "ld+json", "PubDate", "ArticleTitle", 'name="description"', unescape(title)):
        assert telling not in page
    trail = re.sub(r"<[^>]*>", " ", page.partition('<nav class="trail"')[2].partition("</nav>")[0]).split()
    assert trail[-3:] == ["首页", "往期", "本文已撤回"]
    for link in ("../../../index.html", "../../../archive/index.html"):
        assert f'href="{link}"' in page


def test_nothing_leads_there_and_nothing_lists_it(archive: Path, tmp_path: Path) -> None:
    shown = content(site_report(archive, tmp_path / "before"))
    assert any(b"2024/01/02" in shown[path] for path in ("sitemap.xml", "feed.xml", "index.html", "2024/index.html"))
    withdraw(archive, FIRST, ["2"], "周砚", DAY)
    after = content(site_report(archive, tmp_path / "out"))
    naming = {path for path, said in after.items() if b"2024/01/02" in said or b"2024\\/01\\/02" in said}
    assert naming == {".htaccess"}
    inside = {path for path, said in after.items() if path.startswith("2024/01/") and b"../02/" in said}
    assert inside == set()
    assert not [path for path in after if path.startswith("2024/01/02/") and path != "2024/01/02/index.html"]
    settings = (tmp_path / "out/web/nginx-public.conf").read_text("utf-8")
    assert settings.count("location = /d/2024/01/02/ {") == 1


def test_no_file_holds_anything_of_it(make: Make, tmp_path: Path) -> None:
    """The gate's own canary: an article full of things to find, with a PDF of the issue, published, then withdrawn."""
    root = publication(make, ("1", "2"))
    settings = root / "bulletin.yaml"
    settings.write_text(settings.read_text("utf-8").replace("contact: 电话", "pdf: true, contact: 电话"), "utf-8")
    report = site_report(root, tmp_path / "out")
    told = content(report)
    assert any(path.endswith(".pdf") for path in told)
    key = IssueKey(2026, False, 1)
    withdraw(root, key, ["2"], "周砚", DAY)
    mine = files(told)
    assert gate(root, mine), "what was published before holds it"
    assert {each.path for each in mine if gate(root, [each])} >= {"2026/01/02/index.html", "2026/01/2026-01.pdf"}
    after = content(site_report(root, tmp_path / "out"))
    assert gate(root, files(after)) == ()
    pictures = {path for path in told if re.search(r"2026/01/[0-9a-f]{16}\.", path)}
    assert pictures
    assert not pictures & after.keys()
    assert words(after["2026/01/02/index.html"]).startswith("本文已撤回")


def files(site: dict[str, bytes]) -> list[Artifact]:
    return [Artifact(path, "application/octet-stream", each) for path, each in site.items()]


def test_it_is_made_again_only_where_it_must_be(archive: Path, tmp_path: Path) -> None:
    withdraw(archive, FIRST, ["1"], "周砚", DAY)
    before = content(site_report(archive, tmp_path / "out"))
    stood = (tmp_path / "out/web/public" / PAGE).stat().st_mtime_ns
    withdraw(archive, IssueKey(2024, False, 2), ["1"], "周砚", DAY)
    after = content(site_report(archive, tmp_path / "out"))
    assert (tmp_path / "out/web/public" / PAGE).stat().st_mtime_ns == stood
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert "2024/02/01/index.html" in changed
    assert not [path for path in changed if path.startswith(("2024/01/", "2025/"))]
    assert after == content(site_report(archive, tmp_path / "clean"))


@pytest.mark.parametrize("seed", range(2))
def test_after_every_entry_the_site_is_as_from_nothing(archive: Path, tmp_path: Path, seed: int) -> None:
    """And its tombstones stand where the log says, and nowhere else."""
    chance = random.Random(seed)
    seen = 0
    for step in range(9):
        chance.choice(edits_of_logs())(archive, chance)
        found = content(site_report(archive, tmp_path / "kept"))
        assert found == content(site_report(archive, tmp_path / f"clean{step}")), step
        logs = {key: load_clearances(archive, key).value or () for key in list_issues(archive)}
        wanted = {f"{key.web_path}/{number:02}/index.html" for key, log in logs.items() for number in withdrawn(log)}
        assert {path for path, each in found.items() if "<title>本文已撤回".encode() in each} == wanted
        assert found[".htaccess"].count(b"ErrorDocument 410") == len(wanted)
        seen += len(wanted)
    assert seen > 10


def test_an_article_that_is_cleared_again_has_its_address_back(archive: Path, tmp_path: Path) -> None:
    before = content(site_report(archive, tmp_path / "out"))
    withdraw(archive, FIRST, ["1"], "周砚", DAY)
    assert content(site_report(archive, tmp_path / "out")) != before
    clear(archive, FIRST, ["1"], "周砚", AT)
    assert content(site_report(archive, tmp_path / "out")) == before
    withdraw(archive, FIRST, ["1"], "周砚", DAY)
    revoke(archive, FIRST, ["2"], "周砚", DAY)
    after = content(site_report(archive, tmp_path / "out"))
    assert (PAGE in after, "2024/01/02/index.html" in after) == (True, False)


def test_they_stand_where_nothing_else_of_the_issue_is_left(archive: Path, tmp_path: Path) -> None:
    """Where all is withdrawn; where the files are gone too; where the issue has errors. With its log gone they are gone."""
    site_report(archive, tmp_path / "out")
    withdraw(archive, FIRST, [], "周砚", DAY)
    whole = content(site_report(archive, tmp_path / "out"))
    stand = {path: each for path, each in whole.items() if path.startswith("2024/01/")}
    assert set(stand) == {"2024/01/01/index.html", "2024/01/02/index.html"}
    folder = archive / "issues/2024-01"
    (folder / "01-a.md").unlink()
    for spoil in (lambda: None, lambda: (folder / "issue.yaml").write_text("number: 七\n", "utf-8")):
        spoil()
        found = content(site_report(archive, tmp_path / "out"))
        assert {path: each for path, each in found.items() if path.startswith("2024/01/")} == stand
        assert found[".htaccess"] == whole[".htaccess"]
        assert found == content(site_report(archive, tmp_path / f"clean{len(list(tmp_path.iterdir()))}"))
    shutil.rmtree(folder)
    gone = content(site_report(archive, tmp_path / "out"))
    assert not [path for path in gone if path.startswith("2024/01/")]
    assert b"410" not in gone[".htaccess"]


def test_the_intranet_shows_all_and_has_none(archive: Path, tmp_path: Path) -> None:
    before = content(site_report(archive, tmp_path / "out", Audience.INTRANET))
    withdraw(archive, FIRST, [], "周砚", DAY)
    after = content(site_report(archive, tmp_path / "out", Audience.INTRANET))
    assert after == before
    assert "410" not in (tmp_path / "out/web/nginx-intranet.conf").read_text("utf-8")


def test_an_article_that_speaks_of_that_day_does_not_stop_the_build(archive: Path, tmp_path: Path) -> None:
    """The day is the program's word: what is held may have it too, and the gate does not take it for a leak."""
    path = archive / "issues/2024-01/01-a.md"
    path.write_text(
        path.read_text("utf-8") + "\n本文已于2026年11月23日撤回，会议2026-11-23召开，电话2024-0101。\n", "utf-8"
    )
    clear(archive, FIRST, ["1"], "周砚", AT)
    site_report(archive, tmp_path / "out")
    withdraw(archive, FIRST, ["1"], "周砚", DAY)
    assert content(site_report(archive, tmp_path / "out"))[PAGE]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("withdrawn.html", "{% block main %}<p data-text>原题《某某》</p>{{ super() }}{% endblock %}"),
        ("withdrawn.html", "{% block title %}{{ super() }}（原2024年第1期）{% endblock %}"),
        ("withdrawn.html", '{% block meta %}{{ super() }}<meta name="ArticleTitle" content="某某">{% endblock %}'),
        ("withdrawn.html", "{% block meta %}{% endblock %}"),
        ("help.html", '{% block main %}<a href="../2024/01/01/index.html">原文</a>{{ super() }}{% endblock %}'),
    ],
)
def test_a_template_that_says_more_or_leads_there_is_refused(
    archive: Path, tmp_path: Path, template: str, said: str
) -> None:
    withdraw(archive, FIRST, ["1"], "周砚", DAY)
    assert site_report(archive, tmp_path / "out").made
    (archive / "templates/web").mkdir(parents=True)
    (archive / "templates/web" / template).write_text(f'{{% extends "builtin/web/{template}" %}}{said}', "utf-8")
    report = site_report(archive, tmp_path / "out")
    assert not report.made
    assert {each.code for each in report.problems if each.severity.value == "error"} <= {
        "proof-tombstone",
        "proof-head",
    }


def test_a_template_that_tells_the_articles_words_is_stopped_by_the_gate(archive: Path, tmp_path: Path) -> None:
    path = archive / "issues/2024-01/01-a.md"
    path.write_text(path.read_text("utf-8") + "\n这一句只有撤回的那一篇里才有。\n", "utf-8")
    clear(archive, FIRST, ["1"], "周砚", AT)
    site_report(archive, tmp_path / "out")
    withdraw(archive, FIRST, ["1"], "周砚", DAY)
    (archive / "templates/web").mkdir(parents=True)
    (archive / "templates/web/withdrawn.html").write_text(
        '{% extends "builtin/web/withdrawn.html" %}{% block after %}<p>这一句只有撤回的那一篇里才有。</p>{% endblock %}',
        "utf-8",
    )
    report = site_report(archive, tmp_path / "out")
    assert not report.made
    assert {each.code for each in report.problems} >= {"leak"}
