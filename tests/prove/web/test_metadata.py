"""The proofs of what machines read: each test spoils one thing, and expects to be told which."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bulletin.model.audience import Audience
from bulletin.model.problem import Problem, Span
from bulletin.prove.web.machines import prove_machines
from bulletin.prove.web.metadata import PageFacts, prove_page_metadata
from tests.conftest import REPOSITORY, Make
from tests.machine_site import MadeSite, make_machine_site

WHERE = Span("issues/2026-10/issue.yaml")
HOME = "https://lgb.jianglan.example.cn/gzdt/"
ARTICLE = "2026/10/04/index.html"


@pytest.fixture(scope="module")
def public() -> MadeSite:
    return make_machine_site(REPOSITORY)


@pytest.fixture(scope="module")
def intranet() -> MadeSite:
    return make_machine_site(REPOSITORY, Audience.INTRANET)


def proved(made: MadeSite, path: str, html: str) -> tuple[Problem, ...]:
    return prove_page_metadata(path, html, made.publication.web, made.frame.audience, WHERE)[1]


def facts_of(made: MadeSite) -> list[PageFacts]:
    return [
        prove_page_metadata(path, html, made.publication.web, made.frame.audience, WHERE)[0]
        for path, html in made.pages.items()
    ]


def machines(made: MadeSite, **changed: bytes) -> tuple[Problem, ...]:
    """The problems of the whole; `changed` are files by their names with `_` for `.`."""
    names = {"feed_xml": "feed.xml", "feed_json": "feed.json", "sitemap_xml": "sitemap.xml", "robots_txt": "robots.txt"}
    wanted = (*names.values(), ".htaccess")
    files = {path: artifact.content for path, artifact in made.files.items() if path in wanted}
    files |= {names[name]: content for name, content in changed.items()}
    settings = made.publication.web
    return prove_machines(facts_of(made), files, frozenset(made.files), settings, made.frame.audience)


def test_the_sample_is_in_order(public: MadeSite, intranet: MadeSite) -> None:
    for made in (public, intranet):
        assert [problem for path, html in made.pages.items() for problem in proved(made, path, html)] == []
        assert machines(made) == ()


@pytest.mark.parametrize("web", ["{}", "{url: 'https://a.example.cn/'}", "{name: 某网}", "{id_code: bm00000001}"])
def test_a_site_that_says_little_is_in_order(make: Make, web: str) -> None:
    root = make({"bulletin.yaml": f"title: 测试动态\npublisher: 某局\nweb: {web}\n"})
    for audience in Audience:
        made = make_machine_site(root, audience)
        assert [problem for path, html in made.pages.items() for problem in proved(made, path, html)] == []
        assert machines(made) == ()


def replaced(old: str, new: str) -> Callable[[str], str]:
    def spoil(html: str) -> str:
        assert old in html
        return html.replace(old, new, 1)

    return spoil


def without(name: str) -> Callable[[str], str]:
    def spoil(html: str) -> str:
        lines = [line for line in html.splitlines(keepends=True) if f'<meta name="{name}"' not in line]
        assert len(lines) < html.count("\n") + 1
        return "".join(lines)

    return spoil


def twice(start: str) -> Callable[[str], str]:
    def spoil(html: str) -> str:
        line = next(line for line in html.splitlines(keepends=True) if line.startswith(start))
        return html.replace(line, line * 2, 1)

    return spoil


@pytest.mark.parametrize(
    ("path", "spoil", "told"),
    [
        (ARTICLE, replaced('"PubDate"', '"pubdate"'), "大小写不对"),
        (ARTICLE, replaced('"SiteName"', '"Sitename"'), "大小写不对"),
        (ARTICLE, replaced("2026-10-23 00:00", "2026/10/23 00:00"), "PubDate"),
        (ARTICLE, replaced("2026-10-23 00:00", "2026-10-23"), "PubDate"),
        (ARTICLE, replaced("2026-10-23 00:00", "2026-13-23 00:00"), "PubDate"),
        (ARTICLE, replaced("2026-10-23 00:00", "2026-10-23 24:00"), "PubDate"),
        (ARTICLE, replaced('content="工作动态"', 'content="工作简报"'), "ColumnType"),
        (ARTICLE, replaced('"ContentSource" content="江澜师范大学离退休工作处"', '"ContentSource" content=" "'), "空的"),
        (ARTICLE, twice('<meta name="ArticleTitle"'), "2 次"),
        (ARTICLE, twice('<link rel="canonical"'), "canonical"),
        (ARTICLE, replaced(f'rel="canonical" href="{HOME}2026/10/04/"', f'rel="canonical" href="{HOME}2026/10/05/"'), "canonical"),
        (ARTICLE, replaced(f'"Url" content="{HOME}2026/10/04/"', '"Url" content="/2026/10/04/"'), "Url"),
        (ARTICLE, replaced(f'"og:url" content="{HOME}', '"og:url" content="https://other.example.cn/'), "og:url"),
        (ARTICLE, replaced(f'"Image" content="{HOME}', '"Image" content="../'), "Image"),
        (ARTICLE, replaced('{"@context"', '{"@context'), "JSON-LD 读不出来"),
        (ARTICLE, replaced('"@type":"Article"', '"@type":"Blog"'), "JSON-LD 里没有 Article"),
        (ARTICLE, replaced('<meta name="SiteName"', '<meta name="robots" content="noindex"><meta name="SiteName"'), "noindex"),
        (ARTICLE, replaced("<p>", '<p style="color: red">'), "样式或脚本"),
        (ARTICLE, replaced("<p>", '<p class="a" onclick="x()">'), "样式或脚本"),
        (ARTICLE, replaced("</main>", "<script>x()</script></main>"), "样式或脚本"),
        (ARTICLE, replaced("</main>", "<STYLE>p{}</STYLE></main>"), "样式或脚本"),
        (ARTICLE, replaced("</head>", "<style>p{}</style></head>"), "样式或脚本"),
        *((ARTICLE, without(name), name) for name in ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType", "ArticleTitle", "PubDate", "ContentSource")),
        ("index.html", without("ColumnDescription"), "ColumnDescription"),
        ("index.html", replaced('"@type":"WebSite"', '"@type":"Site"'), "WebSite"),
        ("2026/10/index.html", without("ColumnType"), "ColumnType"),
        ("kind/report/index.html", without("ColumnName"), "ColumnName"),
        ("search/index.html", replaced('content="noindex"', 'content="all"'), "noindex"),
        ("404.html", without("robots"), "noindex"),
        ("help/index.html", without("SiteIDCode"), "SiteIDCode"),
    ],
)  # fmt: skip
def test_a_spoilt_page(public: MadeSite, path: str, spoil: Callable[[str], str], told: str) -> None:
    problems = proved(public, path, spoil(public.pages[path]))
    assert problems
    assert {(problem.code, problem.span) for problem in problems} == {("proof-head", WHERE)}
    assert any(told in str(problem.message) for problem in problems), [str(problem.message) for problem in problems]
    assert all(path in str(problem.message) for problem in problems)


def test_the_intranet_told_to_the_web(intranet: MadeSite) -> None:
    html = intranet.pages[ARTICLE]
    shown = proved(intranet, ARTICLE, without("robots")(html))
    assert ["noindex" in str(problem.message) for problem in shown] == [True]
    known = html.replace("</head>", f'<link rel="canonical" href="{HOME}2026/10/04/"></head>')
    assert ["canonical" in str(problem.message) for problem in proved(intranet, ARTICLE, known)] == [True]


def said(problems: tuple[Problem, ...]) -> str:
    return "\n".join(f"{problem.code} {problem.message}" for problem in problems)


def file(made: MadeSite, path: str) -> bytes:
    return made.files[path].content


def test_feeds_that_cannot_be_read(public: MadeSite) -> None:
    assert "feed.xml" in said(machines(public, feed_xml=file(public, "feed.xml")[:-20]))
    assert "feed.xml" in said(machines(public, feed_xml=file(public, "feed.xml").replace("临溪".encode(), b"\x08")))
    assert "feed.json" in said(machines(public, feed_json=b"{}"))


def test_a_feed_that_names_an_article_twice(public: MadeSite) -> None:
    feed = json.loads(file(public, "feed.json"))
    feed["items"][1]["id"] = feed["items"][0]["id"]
    told = said(machines(public, feed_json=json.dumps(feed).encode()))
    assert "有 2 条" in told
    assert "两个订阅源的内容不同" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f'href="{HOME}2026/10/02/"', f'href="{HOME}2026/10/12/"'),
        (f"<id>{HOME}2026/10/02/</id>", f"<id>{HOME}2026/10/02</id>"),
        (f"{HOME}2026/10/69722024f1ef4250.png", "../69722024f1ef4250.png"),
        (f"{HOME}2026/10/69722024f1ef4250.png", f"{HOME}2026/10/0000000000000000.png"),
        (f"{HOME}2026/10/69722024f1ef4250.png", "file:///C:/a.png"),
    ],
)
def test_a_feed_that_leads_nowhere(public: MadeSite, old: str, new: str) -> None:
    content = file(public, "feed.xml").decode()
    assert old in content
    assert "没有着落" in said(machines(public, feed_xml=content.replace(old, new, 1).encode()))


def test_a_feed_without_the_text(public: MadeSite) -> None:
    feed = json.loads(file(public, "feed.json"))
    feed["items"][3]["content_html"] = ""
    feed["items"][4]["date_published"] = "2026-10-23"
    told = said(machines(public, feed_json=json.dumps(feed).encode()))
    assert "没有正文" in told
    assert "不合格式" in told


def test_a_sitemap_that_is_not_the_site(public: MadeSite) -> None:
    content = file(public, "sitemap.xml").decode()
    line = f"<url><loc>{HOME}2026/10/03/</loc><lastmod>2026-10-23</lastmod></url>\n"
    assert line in content
    assert "sitemap.xml 里没有" in said(machines(public, sitemap_xml=content.replace(line, "").encode()))
    assert "写了 2 次" in said(machines(public, sitemap_xml=content.replace(line, line * 2).encode()))
    for path in ("search/", "404.html", "2026/10/13/"):
        surplus = line.replace("2026/10/03/", path)
        assert "sitemap.xml 里多出" in said(
            machines(public, sitemap_xml=content.replace(line, line + surplus).encode())
        )
    assert "读不出来" in said(machines(public, sitemap_xml=content.replace("2026-10-23", "23.10.2026").encode()))
    assert "读不出来" in said(machines(public, sitemap_xml=b"<urlset/>"))


def test_robots_of_the_other_audience(public: MadeSite, intranet: MadeSite) -> None:
    assert "robots.txt" in said(machines(public, robots_txt=file(intranet, "robots.txt")))
    assert "robots.txt" in said(machines(intranet, robots_txt=file(public, "robots.txt")))
    assert "sitemap.xml 的网址" in said(machines(public, robots_txt=b"User-agent: *\nAllow: /\n"))


def test_feeds_on_the_intranet(intranet: MadeSite, public: MadeSite) -> None:
    assert "feed.xml" in said(machines(intranet, feed_xml=file(public, "feed.xml")))
    assert "sitemap.xml" in said(machines(intranet, sitemap_xml=file(public, "sitemap.xml")))


def test_a_script_that_the_servers_do_not_know(public: MadeSite) -> None:
    pages = facts_of(public)
    html = public.pages["index.html"].replace("</head>", "<script>other()</script></head>")
    pages.append(prove_page_metadata("index.html", html, public.publication.web, Audience.PUBLIC, WHERE)[0])
    files = {path: artifact.content for path, artifact in public.files.items() if path == ".htaccess"}
    problems = prove_machines(pages, files, frozenset(public.files), public.publication.web, Audience.PUBLIC)
    assert "proof-headers" in [problem.code for problem in problems]


def test_two_pages_of_one_address(public: MadeSite) -> None:
    pages = facts_of(public)
    files = {path: artifact.content for path, artifact in public.files.items() if "/" not in path}
    problems = prove_machines(
        [*pages, pages[0]], files, frozenset(public.files), public.publication.web, Audience.PUBLIC
    )
    assert [problem.code for problem in problems] == ["proof-head"]
