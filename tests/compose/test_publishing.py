"""What a release would change: in articles, in parts of the site, in bytes."""

from __future__ import annotations

from dataclasses import replace

from bulletin.compose.publishing import came_and_went, carry, compose_plan
from bulletin.model.publishing import PARTS, Part
from bulletin.model.release import PublishedArticle
from tests.releases import release

LIVE = {
    "index.html": b"home",
    "feed.xml": b"feed",
    "2026/10/index.html": b"issue",
    "2026/10/01/index.html": b"one",
    "2026/10/02/index.html": b"two",
    "search/2026/0.js": b"0",
    "assets/site.0123456789ab.css": b"looks",
}


def test_articles_come_change_and_go() -> None:
    wanted = {**LIVE, "2026/10/01/index.html": b"one!", "2026/10/03/index.html": b"three", "index.html": b"home!"}
    del wanted["2026/10/02/index.html"]
    made = release(wanted, 2)
    edited = tuple(replace(each, digest="sha256:2") if each.path == "2026/10/01" else each for each in made.articles)
    plan = compose_plan("外网", "00001", release(LIVE, 1), replace(made, articles=edited))
    assert plan.touched == 0
    assert compose_plan("外网", "00001", release(LIVE, 1), made).touched == 1, "what stands around the text"
    assert [each.path for each in plan.put_up] == ["2026/10/03"]
    assert [each.path for each in plan.changed] == ["2026/10/01"]
    assert [each.path for each in plan.taken_off] == ["2026/10/02"]
    assert plan.pages_removed == ("2026/10/02/index.html",)
    assert dict(zip(PARTS, plan.counts, strict=True)) == {
        **dict.fromkeys(Part, 0),
        Part.ARTICLES: 3,
        Part.LISTS: 1,
    }
    assert plan.bytes_sent == len(b"one!") + len(b"three") + len(b"home!")


def test_each_file_is_of_a_part() -> None:
    plan = compose_plan("外网", "", None, release({**LIVE, "unit/1/index.html": b"u", "404.html": b"m"}))
    assert plan.live == ""
    assert dict(zip(PARTS, plan.counts, strict=True)) == {
        Part.ARTICLES: 2,
        Part.ISSUES: 1,
        Part.LISTS: 3,
        Part.SEARCH: 1,
        Part.MACHINES: 1,
        Part.LOOKS: 1,
    }


def test_what_has_another_name_only_need_not_travel() -> None:
    wanted = {("2026/10/2.png" if path == "feed.xml" else path): content for path, content in LIVE.items()}
    assert compose_plan("外网", "00001", release(LIVE), release(wanted, 2)).bytes_sent == 0


def test_old_looks_are_carried_for_one_release_and_are_no_change() -> None:
    first = release(LIVE, 1)
    wanted = {
        ("assets/site.ba9876543210.css" if path == "assets/site.0123456789ab.css" else path): content
        for path, content in LIVE.items()
    }
    second = carry(release(wanted, 2), first)
    assert second.carried == ("assets/site.0123456789ab.css",)
    assert second.files["assets/site.0123456789ab.css"] == first.files["assets/site.0123456789ab.css"]
    assert carry(release(wanted, 3), second).carried == ()
    assert not compose_plan("外网", second.name, second, carry(release(wanted, 3), second)).difference
    assert compose_plan("外网", first.name, first, second).difference.removed == ("assets/site.0123456789ab.css",)


def test_nothing_but_looks_is_carried() -> None:
    strange = {**LIVE, "assets/evil.html": b"", "assets/icon.png": b"", "assets/a/site.0123456789ab.css": b""}
    assert carry(release({"index.html": b"home"}, 2), release(strange, 1)).carried == ("assets/site.0123456789ab.css",)
    wanted = {path: content for path, content in LIVE.items() if "02" not in path and "search" not in path}
    assert carry(release(wanted, 2), release(LIVE, 1)).carried == ()


def test_another_version_of_an_article_came() -> None:
    one, other, more = (PublishedArticle("2026/10/01", "甲", digest) for digest in ("1", "2", "2"))
    gone = PublishedArticle("2026/10/02", "乙")
    assert came_and_went((one, gone), (other,)) == ((other,), (gone,))
    assert came_and_went((other,), (more,)) == ((), ())
