"""The gate as it stands in a build: what leaks keeps the site as it was, and both places are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.site_build import SiteOrder, SiteReport
from bulletin.pipeline.clearing import clear, revoke
from bulletin.pipeline.site.building import build_site
from tests.archives import AT, write_archive

HELD = "issues/2024-01/03-a.md"
SENTENCE = "全县统一部署的秘密摸底工作已经悄悄展开"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = write_archive(tmp_path / "publication", issues=3)
    path = root / HELD
    path.write_text(path.read_text("utf-8") + f"\n{SENTENCE}，请勿外传。\n", "utf-8")
    return root


def built(root: Path, output: Path, audience: Audience = Audience.PUBLIC) -> SiteReport:
    return build_site(root, SiteOrder(audience, output), lambda _: None)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leak_into(root: Path, template: str, said: str) -> None:
    """A template of the publication's own that says what it should not."""
    path = root / "templates/web" / template
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'{{% extends "builtin/web/{template}" %}}{{% block main %}}{said}{{{{ super() }}}}{{% endblock %}}', "utf-8"
    )


@pytest.mark.parametrize(
    ("template", "page", "said"),
    [
        ("home.html", " index.html", f"<p>{SENTENCE}</p>"),
        ("browse.html", "browse/index.html", f"<p>{SENTENCE[:6]}<em>{SENTENCE[6:12]}</em>{SENTENCE[12:]}</p>"),
        ("list.html", "kind/report/index.html", f'<p title="{SENTENCE}">图</p>'),
        ("help.html", "help/index.html", f"<!-- {SENTENCE} -->"),
    ],
)
def test_a_sentence_that_leaks_stops_the_build(
    archive: Path, tmp_path: Path, template: str, page: str, said: str
) -> None:
    before = built(archive, tmp_path / "out")
    assert before.made, before.problems
    stood = content(Path(before.folder))
    leak_into(archive, template, said)
    report = built(archive, tmp_path / "out")
    assert not report.made
    assert {each.span.path for each in report.problems} == {HELD}
    assert any(page in str(each.message) for each in report.problems)
    assert content(Path(before.folder)) == stood
    clear(archive, IssueKey(2024, False, 1), ["3"], "周砚", AT)
    assert built(archive, tmp_path / "out").made, "once it is cleared it is no leak"


def test_an_article_that_is_no_longer_cleared_is_gone_from_every_file(archive: Path, tmp_path: Path) -> None:
    key = IssueKey(2024, False, 1)
    clear(archive, key, ["3"], "周砚", AT)
    folder = Path(built(archive, tmp_path / "out").folder)
    assert any(SENTENCE in each.decode("utf-8", "ignore") for each in content(folder).values())
    revoke(archive, key, ["3"], "周砚", AT)
    assert built(archive, tmp_path / "out").made
    assert not any(SENTENCE in each.decode("utf-8", "ignore") for each in content(folder).values())
    assert not (folder / "2024/01/03").exists()


def test_a_phrase_of_a_draft_with_errors_is_held_too(archive: Path, tmp_path: Path) -> None:
    assert built(archive, tmp_path / "out").made
    draft = archive / "issues/2026-01"
    draft.mkdir()
    (draft / "issue.yaml").write_text("number: 1\n", "utf-8")
    (draft / "01-a.md").write_text("---\nkind: report\n---\n\n下个月拟任人选名单正在逐一征求意见。\n", "utf-8")
    assert built(archive, tmp_path / "out").made
    leak_into(archive, "home.html", "<p>拟任人选名单正在逐一征求</p>")
    report = built(archive, tmp_path / "out")
    assert not report.made
    assert [str(each.span) for each in report.problems if each.code == "leak"] == ["issues/2026-01/01-a.md:5"]


@pytest.mark.parametrize("wrong", ["", "nonsense: 1\n"])
def test_what_an_issue_says_is_held_whether_or_not_it_is_in_order(archive: Path, tmp_path: Path, wrong: str) -> None:
    issue = archive / "issues/2024-02/issue.yaml"
    revoke(archive, IssueKey(2024, False, 2), ["1", "2"], "周砚", AT)
    issue.write_text(f"{issue.read_text('utf-8')}editors_note: {SENTENCE}之二\n{wrong}", "utf-8")
    assert built(archive, tmp_path / "out").made
    leak_into(archive, "home.html", f"<p>{SENTENCE[4:]}之二</p>")
    path = archive / HELD
    path.write_text(path.read_text("utf-8").replace(SENTENCE, "别的话"), "utf-8")
    report = built(archive, tmp_path / "out")
    assert not report.made
    assert {each.span.path for each in report.problems if each.code == "leak"} == {"issues/2024-02/issue.yaml"}


def test_a_draft_that_nobody_can_read_keeps_the_site_as_it_was(archive: Path, tmp_path: Path) -> None:
    """The gate could not look for what is in it."""
    assert built(archive, tmp_path / "out").made
    draft = archive / "issues/2026-01"
    draft.mkdir()
    (draft / "issue.yaml").write_text("number: 1\n", "utf-8")
    (draft / "01-a.md").write_bytes(b"\xff\xfe\x00\xd8\x00\x00\x81" * 50)
    assert not built(archive, tmp_path / "out").made


def test_what_was_spoilt_and_put_right_again_passes(archive: Path, tmp_path: Path) -> None:
    """What is kept for the next build is of what the site is made from, not of the build that failed."""
    first = content(Path(built(archive, tmp_path / "out").folder))
    template = archive / "templates/web/home.html"
    leak_into(archive, "home.html", f"<p>{SENTENCE}</p>")
    assert not built(archive, tmp_path / "out").made
    template.unlink()
    report = built(archive, tmp_path / "out")
    assert report.made
    assert content(Path(report.folder)) == first


def test_the_intranet_shows_all(archive: Path, tmp_path: Path) -> None:
    report = built(archive, tmp_path / "out", Audience.INTRANET)
    pages = content(Path(report.folder))
    assert SENTENCE in pages["2024/01/03/index.html"].decode()
    shown = [name for name, page in pages.items() if name.endswith(".html") and b"noindex" not in page]
    assert shown == []
