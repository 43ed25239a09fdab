"""The web edition composed anew for its PDF: nothing in it that a web edition has no place for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bulletin.compose import compose_edition, compose_web_edition
from bulletin.compose.web_print import compose_web_print, web_pdf_key
from bulletin.model.audience import Audience
from bulletin.model.edition import Colophon
from bulletin.model.issue import Issue
from bulletin.model.site import SiteSettings
from tests.clearing import all_cleared, with_clearances
from tests.conftest import ARTICLE, BASE, Make, article, load

ISSUE = "issues/2026-01/issue.yaml"
URL = "https://lgb.example.gov.cn/gzdt/"
SPEECH = article(
    "同志们：\n\n讲几句。",
    "kind: speech\ntitle: 讲话稿\nsubtitle: 在会上的讲话\nspeaker: 刘文生\nposition: 局长\ndate: 2026-01-10",
)
FILES: dict[str, str | bytes | None] = {
    "bulletin.yaml": f"title: 测试动态\npublisher: 某局\nweb: {{url: '{URL}'}}\n",
    "issues/2026-01/02-b.md": article("乙的正文。", "kind: report\ntitle: 乙的做法\norganization: 乙县"),
    "issues/2026-01/03-c.md": SPEECH,
    "issues/2026-01/04-d.md": article("丁的正文。", "kind: report\ntitle: 丁的做法\norganization: 丁县"),
}


def settings(issue: Issue) -> SiteSettings:
    return issue.publication.web


def test_the_foot_says_only_what_anyone_may_know(make: Make) -> None:
    issue = all_cleared(load(make(FILES)))
    printed = compose_web_print(compose_web_edition(issue, Audience.PUBLIC), settings(issue))
    assert printed.imprint == Colophon("某局", "2026年1月20日", f"{URL}2026/01/", "网络版，共4篇")
    assert (printed.marking, printed.copy_number, printed.print_run) == ((), "", 0)
    said = repr(printed)
    for private in ("甲局", "各科", "张三", "010-12345678", "共印", "编号"):
        assert private in repr(compose_edition(issue))
        assert private not in said


def test_the_foot_names_the_sponsor_as_the_site_does(make: Make) -> None:
    files = {**FILES, "bulletin.yaml": "title: 测试动态\npublisher: 某局\nweb: {sponsor: 某某办公室}\n"}
    issue = load(make(files))
    printed = compose_web_print(compose_web_edition(issue, Audience.INTRANET), settings(issue))
    assert (printed.masthead.publisher, printed.imprint.published[0]) == ("某局", ("主办：", "某某办公室"))  # type: ignore[union-attr]


def test_the_intranet_keeps_its_marking_and_names_no_public_address(make: Make) -> None:
    issue = load(make(FILES))
    printed = compose_web_print(compose_web_edition(issue, Audience.INTRANET), settings(issue))
    assert printed.marking == ("内部资料", "注意保存")
    assert printed.imprint == Colophon("某局", "2026年1月20日", "", "内网版，共4篇")


def test_lines_that_count_articles_are_followed_by_their_titles(make: Make) -> None:
    issue = with_clearances(load(make(FILES)), {"03-c": 1, "04-d": 2, "01-report": 7})
    edition = compose_web_edition(issue, Audience.PUBLIC)
    printed = compose_web_print(edition, settings(issue))
    assert [(each.text, each.position, each.nested) for each in edition.highlights] == [
        ("经验交流材料2篇", 7, False),
        ("局长刘文生在会上的讲话", 1, False),
    ]
    assert [(each.text, each.position, each.nested) for each in printed.highlights] == [
        ("经验交流材料2篇", 7, False),
        ("标题", 7, True),
        ("丁的做法", 2, True),
        ("局长刘文生在会上的讲话", 1, False),
    ]


def test_highlights_that_name_each_article_stay_as_they_are(make: Make) -> None:
    by_hand = "highlights:\n  - 乙的做法\n  - 丁的做法\n  - 标题\n  - 刘文生讲话\n"
    written = load(make({**FILES, ISSUE: BASE[ISSUE] + by_hand}))
    full = "layout: {contents: full}\n"
    listed = load(make({**FILES, "bulletin.yaml": str(FILES["bulletin.yaml"]) + full}, folder="listed"))
    for issue in (written, listed):
        edition = compose_web_edition(issue, Audience.INTRANET)
        assert compose_web_print(edition, settings(issue)).highlights == edition.highlights


Change = Callable[[dict[str, str | bytes | None]], dict[str, str | bytes | None]]


def changed(path: str, before: str, after: str) -> Change:
    def change(files: dict[str, str | bytes | None]) -> dict[str, str | bytes | None]:
        text = str(files.get(path) or BASE[path])
        assert before in text
        return {**files, path: text.replace(before, after)}

    return change


def key_of(make: Make, files: dict[str, str | bytes | None], folder: str, fingerprint: str = "f") -> str:
    issue = with_clearances(load(make(files, folder=folder)), {"02-b": 1, "03-c": 2})
    return web_pdf_key(compose_web_edition(issue, Audience.PUBLIC), settings(issue), fingerprint)


@pytest.mark.parametrize(
    "change",
    [
        changed("issues/2026-01/02-b.md", "乙的正文。", "乙的正文！"),
        changed("issues/2026-01/02-b.md", "乙的做法", "乙的办法"),
        changed("bulletin.yaml", "gzdt", "dt"),
        changed("bulletin.yaml", "某局", "某某局"),
        changed(ISSUE, "2026-01-20", "2026-01-21"),
    ],
)
def test_the_key_changes_with_what_the_pdf_shows(make: Make, change: Change) -> None:
    assert key_of(make, FILES, "before") != key_of(make, change(FILES), "after")


@pytest.mark.parametrize(
    "change",
    [
        changed(ARTICLE, "正文一段。", "另一段正文。"),
        changed("issues/2026-01/04-d.md", "丁的做法", "丁的办法"),
        changed(ISSUE, "010-12345678", "010-87654321"),
        changed(ISSUE, "spare: 1", "spare: 2"),
        changed("issues/2026-01/02-b.md", "乙的正文。", "<!-- 批注 -->\n\n乙的正文。"),
    ],
)
def test_the_key_does_not_change_with_what_the_pdf_does_not_show(make: Make, change: Change) -> None:
    assert key_of(make, FILES, "before") == key_of(make, change(FILES), "after")


def test_the_key_changes_with_how_it_looks_and_with_numbers_of_addresses(make: Make) -> None:
    issue = load(make(FILES))
    keys = set()
    for numbers in ({"02-b": 1, "03-c": 2}, {"02-b": 2, "03-c": 1}):
        edition = compose_web_edition(with_clearances(issue, numbers), Audience.PUBLIC)
        keys |= {web_pdf_key(edition, settings(issue), fingerprint) for fingerprint in ("f", "g")}
        swapped = replace(edition, articles=edition.articles[::-1])
        keys.add(web_pdf_key(swapped, settings(issue), "f"))
    assert len(keys) == 6
