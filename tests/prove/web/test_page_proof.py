"""The proof of the web edition's pages sees what it is there to see: each test spoils a page or a link."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from bulletin.compose import compose_web_edition
from bulletin.model.audience import Audience
from bulletin.model.edition import WebEdition
from bulletin.model.problem import Problem, Span
from bulletin.model.site import Around
from bulletin.prove.passages import squeezed
from bulletin.prove.web.pages import prove_links, prove_web
from bulletin.prove.web.reading import PageLinks, links_of, read_page
from bulletin.render.web.frame import make_frame
from bulletin.render.web.issue_pages import render_issue_pages
from tests.conftest import ARTICLE, Make, article, load
from tests.sites import RICH, picture

WHERE = Span("issues/2026-01/issue.yaml")
RICH_PAGE, PLAIN_PAGE, ISSUE_PAGE = "2026/01/01/index.html", "2026/01/02/index.html", "2026/01/index.html"
Pages = dict[str, str]


@pytest.fixture
def made(make: Make) -> tuple[WebEdition, Pages]:
    """An edition of two articles, one with everything that an article may hold, and its pages by path."""
    second = article("第二篇正文。\n\n又一段。")
    files = {ARTICLE: RICH, "issues/2026-01/02-b.md": second, "issues/2026-01/red.png": picture(90, 50)}
    issue = load(make(files))
    edition = compose_web_edition(issue, Audience.INTRANET)
    frame = make_frame(issue.publication, Audience.INTRANET)
    artifacts = render_issue_pages(edition, issue.publication, frame, Around(), None)
    return edition, {each.path: each.content.decode() for each in artifacts if each.media_type == "text/html"}


def proved(edition: WebEdition, pages: Pages) -> tuple[Problem, ...]:
    return prove_web(edition, {path: read_page(text) for path, text in pages.items()}, WHERE)


def codes(edition: WebEdition, pages: Pages) -> set[str]:
    return {problem.code for problem in proved(edition, pages)}


def with_change(pages: Pages, path: str, old: str, new: str) -> Pages:
    assert old in pages[path]
    return {**pages, path: pages[path].replace(old, new)}


def test_good_pages_are_proved(made: tuple[WebEdition, Pages]) -> None:
    edition, pages = made
    assert len(pages) == 3
    assert proved(edition, pages) == ()


SPOILS: dict[str, Callable[[str], str]] = {
    "missing": lambda text: text[1:],
    "doubled": lambda text: text[0] + text,
    "changed": lambda text: "错" + text[1:],
    "swapped": lambda text: text[1] + text[0] + text[2:],
    "added": lambda text: text + "多",
}


@pytest.mark.parametrize("change", SPOILS.values(), ids=SPOILS.keys())
def test_one_wrong_character_is_found_and_its_article_named(
    made: tuple[WebEdition, Pages], change: Callable[[str], str]
) -> None:
    edition, pages = made
    problems = proved(edition, with_change(pages, PLAIN_PAGE, "第二篇", change("第二篇")))
    assert [problem.span.path for problem in problems] == ["issues/2026-01/02-b.md"]


PLACES = {
    "editors' note": "这一篇是编者特意选的",
    "title": "断得开",
    "byline": "中共白茅市委老干部局</a></span></p>",
    "heading": "（一）宽的",
    "cell": "含县直单位",
    "caption": "长方形</figcaption>",
    "list": "乙项",
    "code": "key = 12345",
    "note": "第二条注释",
    "mark of a note": "②</a></sup>",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_a_character_that_is_lost_anywhere_in_an_article_is_found(made: tuple[WebEdition, Pages], place: str) -> None:
    edition, pages = made
    assert codes(edition, with_change(pages, RICH_PAGE, place, place[1:])) == {"proof-text"}


@pytest.mark.parametrize(
    "place",
    ["测试动态</h1>", "第1期（总第10期）</p>", "本期要览</h2>", "本期文章</h2>", "中共白茅市委老干部局</span></p>"],
)
def test_a_character_that_is_lost_on_the_issue_s_page_is_found(made: tuple[WebEdition, Pages], place: str) -> None:
    edition, pages = made
    assert codes(edition, with_change(pages, ISSUE_PAGE, place, place[1:])) == {"proof-text"}


def test_a_missing_and_a_surplus_page_are_found(made: tuple[WebEdition, Pages]) -> None:
    edition, pages = made
    assert codes(edition, {path: text for path, text in pages.items() if path != PLAIN_PAGE}) == {"proof-pages"}
    assert codes(edition, {**pages, "2026/01/03/index.html": "<p data-text>漏</p>"}) == {"proof-pages"}


def test_a_picture_too_few_or_too_many_is_found(made: tuple[WebEdition, Pages]) -> None:
    edition, pages = made
    assert codes(edition, with_change(pages, RICH_PAGE, "<figure><img ", "<figure><input ")) == {"proof-pictures"}
    more = with_change(pages, PLAIN_PAGE, "又一段。", '又一段。<img src="x.png" alt="">')
    assert codes(edition, more) == {"proof-pictures"}


HIDDEN = {
    "in a script": "<script>第二篇正文。</script>",
    "in a template": "<template>第二篇正文。</template>",
    "in a style": "<style>第二篇正文。</style>",
    "only without scripts": "<noscript>第二篇正文。</noscript>",
    "hidden": "<span hidden>第二篇正文。</span>",
    "not for screen readers": '<span aria-hidden="true">第二篇正文。</span>',
    "styled away": '<span style="display:none">第二篇正文。</span>',
    "in a comment": "<!-- 第二篇正文。 -->",
    "in a region in the region": "<span data-text>第二篇正文。</span>",
    "in an element that is not closed": "<b>第二篇正文。",
    "after another's end": "</b>第二篇正文。",
    "with a bracket": "第二篇>正文。",
    "behind a bracket in an attribute": '<i title="a>b">第二篇正文。</i>',
}


@pytest.mark.parametrize("way", HIDDEN.values(), ids=HIDDEN.keys())
def test_text_that_not_every_reader_gets_is_no_text(made: tuple[WebEdition, Pages], way: str) -> None:
    edition, pages = made
    assert codes(edition, with_change(pages, PLAIN_PAGE, "第二篇正文。</p>", f"{way}</p>")) & {
        "proof-markup",
        "proof-text",
    }


def test_text_beside_the_regions_is_furniture(made: tuple[WebEdition, Pages]) -> None:
    edition, pages = made
    assert (
        codes(edition, with_change(pages, PLAIN_PAGE, '<ul class="facts">', '<p>另有说明</p><ul class="facts">'))
        == set()
    )
    inside = with_change(
        pages, PLAIN_PAGE, '<div class="body" data-text>', '<div class="body" data-text><p>另有说明</p>'
    )
    assert codes(edition, inside) == {"proof-text"}


class Slow(HTMLParser):
    """What Python's own parser makes of a page: text and pictures of the regions, addresses, anchors."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.images = "", 0
        self.references: list[str] = []
        self.names: list[str] = []
        self.depth = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if (self.depth or "data-text" in named) and tag not in self.VOID:
            self.depth += 1
        self.images += tag == "img" and bool(self.depth)
        self.references += [value or "" for name, value in attrs if name in ("href", "src", "action", "poster")]
        self.names += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        self.text += data if self.depth else ""


def test_the_quick_reader_reads_what_python_s_parser_reads(made: tuple[WebEdition, Pages]) -> None:
    _, pages = made
    for text in pages.values():
        quick, slow = read_page(text), Slow(text)
        assert quick.text == squeezed(slow.text)
        assert (quick.images, quick.faults) == (slow.images, ())
        assert (quick.references, quick.names) == (tuple(slow.references), tuple(slow.names))


@pytest.mark.parametrize("way", ['href="{}"', "href='{}'", "href={}", 'HREF = "{}"', 'href\n=\n"{}"'])
def test_addresses_are_read_however_they_are_written(way: str) -> None:
    assert read_page(f"<a {way.format('a/b.html')}>甲</a>").references == ("a/b.html",)
    assert read_page('<a href="?a=1&amp;b=2">甲</a>').references == ("?a=1&b=2",)


def links(path: str, html: str, base: str = "/gzdt/") -> PageLinks:
    return links_of(path, read_page(html), base)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("../02/index.html", "2026/01/02/index.html"),
        ("../02/index.html#h-1", "2026/01/02/index.html#h-1"),
        ("#note-1", "2026/01/01/index.html#note-1"),
        ("../../../assets/a%20b.css", "assets/a b.css"),
        ("/gzdt/index.html", "index.html"),
        ("/index.html", "/index.html"),
        ("../../../../index.html", "../index.html"),
    ],
)
def test_where_an_address_leads(address: str, target: str) -> None:
    assert links("2026/01/01/index.html", f'<a href="{address}">甲</a>').targets == {target}


@pytest.mark.parametrize("address", ["https://example.org/a", "mailto:a@example.org", "//example.org/a"])
def test_addresses_outside_are_not_of_the_site(address: str) -> None:
    assert links("index.html", f'<a href="{address}">甲</a>').targets == set()


def test_links_that_lead_nowhere_are_found() -> None:
    files = {"index.html", "2026/index.html", "2026/a.pdf"}
    other = links("2026/index.html", '<h2 id="i1">甲</h2>')

    def astray(address: str) -> list[str]:
        found = prove_links([links("index.html", f'<a href="{address}">甲</a>'), other], files, Span("bulletin.yaml"))
        return [problem.code for problem in found]

    for good in ("2026/index.html", "2026/index.html#i1", "2026/a.pdf#page=3", "/gzdt/2026/index.html"):
        assert astray(good) == []
    for bad in ("2027/index.html", "2026/", "2026/index.html#i2", "#i1", "../index.html", "/index.html", "2026/b.pdf"):
        assert astray(bad) == ["proof-reference"]
