"""What pages say of themselves: read back with a reader of the tests' own, for every kind of page."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bulletin.model.audience import Audience
from bulletin.model.edition import WebEdition
from bulletin.model.key import IssueKey
from bulletin.model.problem import Span
from bulletin.pipeline.clearing import clear
from bulletin.prove.web.metadata import prove_page_metadata
from bulletin.render.templates import fill
from bulletin.render.web.frame import web_environment
from bulletin.render.web.page_head import article_head
from tests.conftest import ARTICLE, REPOSITORY, Make, article
from tests.machine_site import MadeSite, make_machine_site

HOME = "https://lgb.jianglan.example.cn/gzdt/"
SNAPSHOT = Path(__file__).with_name("article_head.html")
PICTURED = "2026/10/04/index.html"
SITE = {"SiteName": "江澜老干部工作", "SiteDomain": "lgb.jianglan.example.cn", "SiteIDCode": "jl00000018"}
COLUMN = {
    "ColumnName": "银龄工作动态",
    "ColumnDescription": "登载江澜省离退休干部工作的部署、经验和老同志的风采，供各地各单位交流借鉴，也供老同志阅读。",
    "ColumnKeywords": "老干部工作,离退休干部,经验交流",
    "ColumnType": "工作动态",
}


@dataclass
class Head:
    """A head as a machine reads it."""

    title: str = ""
    names: dict[str, str] = field(default_factory=dict)
    properties: list[tuple[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    data: list[Any] = field(default_factory=list)

    def link(self, rel: str) -> str:
        return next((each["href"] for each in self.links if each["rel"] == rel), "")

    def government(self) -> dict[str, str]:
        return {name: content for name, content in self.names.items() if name[0].isupper()}

    def record(self, kind: str) -> dict[str, Any]:
        return next(each for each in self.data[0]["@graph"] if each["@type"] == kind)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.head = Head()
        self.open: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.open = {"tag": tag, **said}
        if tag == "meta" and "name" in said and "media" not in said:
            assert said["name"] not in self.head.names
            self.head.names[said["name"]] = said["content"]
        elif tag == "meta" and "property" in said:
            self.head.properties.append((said["property"], said["content"]))
        elif tag == "link":
            self.head.links.append(said)

    def handle_data(self, data: str) -> None:
        if self.open.get("tag") == "title":
            self.head.title += data
        elif self.open.get("type") == "application/ld+json":
            self.head.data.append(json.loads(data))

    def handle_endtag(self, tag: str) -> None:
        self.open = {}


def head_of(html: str) -> Head:
    reader = Reader()
    reader.feed(html.partition("</head>")[0])
    reader.close()
    return reader.head


@pytest.fixture(scope="module")
def public() -> MadeSite:
    return make_machine_site(REPOSITORY)


@pytest.fixture(scope="module")
def intranet() -> MadeSite:
    return make_machine_site(REPOSITORY, Audience.INTRANET)


def test_the_head_of_an_article(public: MadeSite) -> None:
    """To renew the snapshot, delete it and run the test twice."""
    environment = web_environment(public.publication.templates)
    head = article_head(public.frame, public.editions[-1], 3)
    found = fill(environment, "web/head.html", site=public.frame, page_head=head, root="../../../")
    assert found.strip() in public.pages[PICTURED]
    if not SNAPSHOT.exists():
        SNAPSHOT.write_text(found, "utf-8")
        pytest.fail("the snapshot was not there: look at it, and run the test again")
    assert found == SNAPSHOT.read_text("utf-8")


def test_an_article_bears_all_groups_of_tags(public: MadeSite) -> None:
    head = head_of(public.pages[PICTURED])
    picture = f"{HOME}2026/10/69722024f1ef4250.png"
    assert head.government() == SITE | COLUMN | {
        "ArticleTitle": "办好一间书屋 滋养一方校园",
        "PubDate": "2026-10-23 00:00",
        "ContentSource": "江澜师范大学离退休工作处",
        "Keywords": "经验交流材料",
        "Author": "江澜师范大学离退休工作处",
        "Description": head.names["Description"],
        "Image": picture,
        "Url": f"{HOME}2026/10/04/",
    }
    assert head.names["Description"].startswith("江澜师范大学有离退休教职工1846人")
    assert dict(head.properties)["og:image"] == picture
    assert picture.removeprefix(HOME) in public.files


COLUMNS = {
    "index.html": COLUMN,
    "2026/10/index.html": COLUMN,
    "archive/index.html": {"ColumnName": "往期", "ColumnDescription": "银龄工作动态往期，共1期。"},
    "2026/index.html": {"ColumnName": "2026年", "ColumnDescription": "银龄工作动态2026年各期，共1期、7篇文章。"},
    "browse/index.html": {"ColumnName": "分类"},
    "kind/report/index.html": {
        "ColumnName": "经验交流材料",
        "ColumnDescription": "银龄工作动态刊登的“经验交流材料”，共7篇。",
        "ColumnKeywords": "经验交流材料,老干部工作,离退休干部,经验交流",
    },
}


@pytest.mark.parametrize("path", COLUMNS)
def test_a_page_of_lists_is_a_column(public: MadeSite, path: str) -> None:
    found = head_of(public.pages[path]).government()
    assert set(found) == {*SITE, *COLUMN}
    assert found == found | SITE | COLUMNS[path] | {"ColumnType": "工作动态"}


@pytest.mark.parametrize("path", ["search/index.html", "help/index.html", "sitemap/index.html", "404.html"])
def test_a_page_of_the_site_itself_is_no_column(public: MadeSite, path: str) -> None:
    assert head_of(public.pages[path]).government() == SITE


def test_every_page_is_known_by_one_address(public: MadeSite) -> None:
    heads = {path: head_of(html) for path, html in public.pages.items()}
    found = {path: head.link("canonical") for path, head in heads.items()}
    unlisted = {"search/index.html", "404.html"}
    assert found == {path: "" if path in unlisted else HOME + path.removesuffix("index.html") for path in public.pages}
    assert {path for path, head in heads.items() if head.names.get("robots") == "noindex"} == unlisted
    for path, head in heads.items():
        assert dict(head.properties).get("og:url", "") == found[path]
        assert head.title
        described = [name for name in head.names if name.lower() == "description"]
        assert len(described) == (path != "404.html"), path


def test_each_page_leads_to_its_neighbours(intranet: MadeSite) -> None:
    def links(path: str) -> tuple[str, str]:
        head = head_of(intranet.pages[path])
        return head.link("prev"), head.link("next")

    assert links("2026/09/index.html") == ("../../2026/08/index.html", "../../2026/10/index.html")
    assert links("2026/10/index.html") == ("../../2026/09/index.html", "")
    assert links("2026/10/01/index.html") == ("", "../../../2026/10/02/index.html")
    assert links("2026/10/11/index.html") == ("../../../2026/10/10/index.html", "")


def test_open_graph_of_an_article(public: MadeSite) -> None:
    said = head_of(public.pages["2026/10/01/index.html"]).properties
    assert ("og:type", "article") in said
    assert ("og:site_name", "江澜老干部工作") in said
    assert ("og:locale", "zh_CN") in said
    assert ("og:title", "把支部建在家门口 让组织生活有温度") in said
    assert ("article:published_time", "2026-10-23T00:00:00+08:00") in said
    assert ("article:section", "经验交流材料") in said
    assert [content for name, content in said if name == "article:tag"] == ["支部建设", "组织生活"]
    assert not [content for name, content in said if name == "og:image"]
    assert ("og:type", "website") in head_of(public.pages["index.html"]).properties


def test_an_article_is_part_of_an_issue_of_a_periodical(public: MadeSite) -> None:
    head = head_of(public.pages["2026/10/01/index.html"])
    record = head.record("Article")
    assert record["headline"] == "把支部建在家门口 让组织生活有温度"
    assert record["author"] == {"@type": "Organization", "name": "中共临溪市委老干部局"}
    assert record["keywords"] == ["支部建设", "组织生活"]
    issue = record["isPartOf"]
    assert (issue["@type"], issue["issueNumber"], issue["datePublished"]) == ("PublicationIssue", "10", "2026-10-23")
    assert issue["url"] == f"{HOME}2026/10/"
    assert issue["isPartOf"]["@type"] == "Periodical"
    publisher = record["publisher"]
    assert (publisher["@type"], publisher["name"]) == ("Organization", "中共江澜省委老干部局")
    assert publisher["logo"]["url"].removeprefix(HOME) in public.files
    trail = head.record("BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in trail] == ["首页", "往期", "2026年", "第10期（总第210期）", record["headline"]]
    assert [step["position"] for step in trail] == [1, 2, 3, 4, 5]
    for step in trail:
        assert f"{step['item'].removeprefix(HOME)}index.html" in public.pages


def test_the_home_page_offers_its_search(public: MadeSite) -> None:
    head = head_of(public.pages["index.html"])
    action = head.record("WebSite")["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{HOME}search/?q={{search_term_string}}"
    assert head.record("Periodical")["name"] == "银龄工作动态"


def test_the_issue_names_its_articles_in_order(public: MadeSite) -> None:
    record = head_of(public.pages["2026/10/index.html"]).record("PublicationIssue")
    assert [part["url"] for part in record["hasPart"]] == [f"{HOME}2026/10/0{number}/" for number in range(1, 8)]


def test_addresses_of_a_head_lead_to_files_of_the_site(public: MadeSite) -> None:
    """Those of the page for what leads nowhere too, which is shown at any address and so names them from the server's root."""
    base = public.frame.settings.base
    for path, html in public.pages.items():
        for link in head_of(html).links:
            if link["rel"] != "canonical":
                target = Path(base, path).parent / link["href"]
                assert os.path.normpath(target).removeprefix(base) in public.files, path


KNOWN = (
    "title: 测试动态\npublisher: 某局\nweb: {url: 'https://a.example.cn/', description: 说明, id_code: bm00000001}\n"
)


def test_who_speaks_is_a_person(make: Make) -> None:
    body = article("正文。", "kind: speech\ntitle: 标题\nspeaker: 张三\nposition: 局长\ndate: 2026-01-13")
    root = make({"bulletin.yaml": KNOWN, ARTICLE: body})
    clear(root, IssueKey(2026, supplement=False, number=1), ["01-report"], "李四", "2026-01-20T08:00:00+00:00")
    head = head_of(make_machine_site(root).pages["2026/01/01/index.html"])
    record = head.record("Article")
    assert record["author"] == {"@type": "Person", "name": "张三", "jobTitle": "局长"}
    assert (record["dateCreated"], record["datePublished"]) == ("2026-01-13", "2026-01-20")
    assert head.names["PubDate"] == "2026-01-20 00:00"
    assert (head.names["Author"], head.names["ContentSource"]) == ("张三", "某局")


HOSTILE = "</script><script>alert(1)</script>\"'&<b>𠮷😀\u2028--><!--"


def test_hostile_words_stay_words(public: MadeSite) -> None:
    def spoil(edition: WebEdition) -> WebEdition:
        said = {"title": HOSTILE, "summary": HOSTILE, "byline": HOSTILE, "organization": HOSTILE}
        cards = (replace(card, **said, subjects=(HOSTILE, "a,b")) for card in edition.cards)
        return replace(edition, cards=tuple(cards))

    site = make_machine_site(REPOSITORY, change=spoil)
    for path in ("2026/10/01/index.html", "2026/10/index.html"):
        html = site.pages[path]
        assert "<script>alert" not in html
        assert html.count("<script") == html.count("</script>") == public.pages[path].count("<script")
        facts, problems = prove_page_metadata(path, html, site.publication.web, Audience.PUBLIC, Span("x"))
        assert problems == ()
        assert facts.scripts == ()
    head = head_of(site.pages["2026/10/01/index.html"])
    assert head.record("Article")["headline"] == HOSTILE
    assert head.names["ArticleTitle"] == HOSTILE
    assert head.names["Keywords"] == f"{HOSTILE},a，b,经验交流材料"


@pytest.mark.parametrize(
    ("web", "names"),
    [
        ("", {"SiteName": "测试动态"}),
        ("web: {name: 某局网, id_code: bm00000001}\n", {"SiteName": "某局网", "SiteIDCode": "bm00000001"}),
        ("web: {url: 'https://a.example.cn/'}\n", {"SiteName": "测试动态", "SiteDomain": "a.example.cn"}),
    ],
)
def test_what_is_not_known_is_not_said(make: Make, web: str, names: dict[str, str]) -> None:
    site = make_machine_site(make({"bulletin.yaml": f"title: 测试动态\npublisher: 某局\n{web}"}), Audience.INTRANET)
    for path, html in site.pages.items():
        head = head_of(html)
        assert {name: said for name, said in head.names.items() if name.startswith("Site")} == names
        assert "ColumnDescription" not in head.names or head.names["ColumnDescription"]
        assert "" not in head.names.values(), path
    article_names = head_of(site.pages["2026/01/01/index.html"]).names
    assert "Url" not in article_names
    assert article_names["ColumnKeywords"] == "测试动态,某局"


def test_the_intranet_tells_the_web_nothing(intranet: MadeSite) -> None:
    """Its articles have other numbers than in public; an address in the public site would lead elsewhere."""
    for path, html in intranet.pages.items():
        head = head_of(html)
        assert head.names["robots"] == "noindex", path
        assert (head.properties, head.data, head.link("canonical"), head.link("alternate")) == ([], [], "", "")
        assert HOME not in html.partition("</head>")[0]
    assert not [path for path in intranet.files if path.startswith(("feed", "sitemap.", "sitemap-"))]
    assert head_of(intranet.pages["2026/10/01/index.html"]).names["PubDate"] == "2026-10-23 00:00"


def test_a_bureau_can_write_heads_of_its_own(make: Make) -> None:
    own = '<meta name="own" content="{{ page_head.title }}">\n'
    site = make_machine_site(make({"templates/web/head.html": own}), Audience.INTRANET)
    assert head_of(site.pages["2026/01/01/index.html"]).names["own"] == "标题——测试动态第1期（总第10期）"
