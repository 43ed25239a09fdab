"""The proof of tombstones finds whatever they say too much or too little, whatever leads to them, and what servers are not told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Span
from bulletin.model.site import Tombstone
from bulletin.prove.web.metadata import PageFacts, prove_hidden_metadata
from bulletin.prove.web.reading import PageLinks, links_of, read_page
from bulletin.prove.web.tombstones import prove_tombstone, prove_withdrawn
from tests.conftest import REPOSITORY
from tests.machine_site import MadeSite, make_machine_site

STONE = Tombstone(IssueKey(2026, False, 10), 31, date(2026, 11, 23))
UNDATED = Tombstone(IssueKey(2026, False, 10), 32, None)
FILE = "2026/10/31/index.html"
WHERE = Span("bulletin.yaml")


@pytest.fixture(scope="module")
def made() -> MadeSite:
    return make_machine_site(REPOSITORY).with_tombstones(STONE, UNDATED)


def proved(made: MadeSite, html: str, stone: Tombstone = STONE) -> tuple[Problem, ...]:
    path, settings = f"{stone.path}/index.html", made.frame.settings
    _, problems = prove_hidden_metadata(path, html, settings, WHERE)
    return (*problems, *prove_tombstone(path, html, read_page(html), stone.day, settings.name))


def links(made: MadeSite) -> tuple[PageLinks, ...]:
    return tuple(links_of(path, read_page(html), made.frame.settings.base) for path, html in made.pages.items())


def test_a_tombstone_is_in_order(made: MadeSite) -> None:
    for stone in (STONE, UNDATED):
        assert proved(made, made.pages[f"{stone.path}/index.html"], stone) == ()
    facts, _ = prove_hidden_metadata(FILE, made.pages[FILE], made.frame.settings, WHERE)
    assert facts == PageFacts(FILE, "", found=False, scripts=facts.scripts)
    htaccess = made.files[".htaccess"].content.decode()
    assert prove_withdrawn((STONE, UNDATED), links(made), htaccess, made.frame.settings) == ()
    assert "2026/10/31" not in made.files["sitemap.xml"].content.decode()


SPOILT: dict[str, tuple[Callable[[str], str], str]] = {
    "another day": (lambda html: html.replace("23日</time>", "24日</time>"), "proof-tombstone"),
    "more text": (lambda html: html.replace("撤回。</p>", "撤回。原因不明。</p>"), "proof-tombstone"),
    "less text": (lambda html: html.replace("<h1 data-text>", "<h1>"), "proof-tombstone"),
    "hidden text": (lambda html: html.replace("<p data-text>", "<p data-text hidden>"), "proof-tombstone"),
    "a picture": (lambda html: html.replace("撤回。</p>", '撤回。<img src="../a.png" alt=""></p>'), "proof-tombstone"),
    "a title": (lambda html: html.replace("<title>", "<title>某文"), "proof-tombstone"),
    "two titles": (lambda html: html.replace("</title>", "</title><title>某文</title>"), "proof-tombstone"),
    "no title": (lambda html: html.replace("<title>", "<p>").replace("</title>", "</p>"), "proof-tombstone"),
    "found": (lambda html: html.replace('content="noindex"', 'content="all"'), "proof-head"),
    "an address": (
        lambda html: html.replace("</head>", '<link rel="canonical" href="https://a.cn/"></head>'),
        "proof-head",
    ),
    "a tag of an article": (
        lambda html: html.replace("</head>", '<meta name="ArticleTitle" content="某文"></head>'),
        "proof-head",
    ),
    "no name of the site": (lambda html: html.replace('name="SiteName"', 'name="Site"'), "proof-head"),
}


@pytest.mark.parametrize(("spoil", "code"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_tombstone(made: MadeSite, spoil: Callable[[str], str], code: str) -> None:
    html = spoil(made.pages[FILE])
    assert html != made.pages[FILE]
    problems = proved(made, html)
    assert {each.code for each in problems} == {code}
    assert all(FILE in str(each.message) for each in problems)


def test_whatever_leads_there_is_told(made: MadeSite) -> None:
    astray = PageLinks("browse/index.html", frozenset({FILE, f"{FILE}#p1", "index.html"}), frozenset())
    htaccess = made.files[".htaccess"].content.decode()
    told = prove_withdrawn((STONE, UNDATED), (*links(made), astray), htaccess, made.frame.settings)
    assert [dict(each.message.values)["reference"] for each in told] == [FILE, f"{FILE}#p1"]


@pytest.mark.parametrize("stones", [(STONE,), (UNDATED,), ()])
def test_servers_are_told_of_exactly_these(made: MadeSite, stones: tuple[Tombstone, ...]) -> None:
    htaccess = made.with_tombstones(*stones).files[".htaccess"].content.decode()
    told = prove_withdrawn((STONE, UNDATED), (), htaccess, made.frame.settings)
    wanted = {f"{each.path}/index.html" for each in (STONE, UNDATED) if each not in stones}
    assert {dict(each.message.values)["path"] for each in told} == wanted
    whole = made.files[".htaccess"].content.decode()
    assert bool(prove_withdrawn(stones, (), whole, made.frame.settings))
