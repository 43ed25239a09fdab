"""Feeds as readers take them: feedparser for Atom, the rules of JSON Feed 1.1 written down here."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

import feedparser
import pytest

from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.site import Site
from bulletin.pipeline.clearing import clear
from bulletin.prove.passages import article_passages, note_passages, squeezed
from bulletin.render.web.feeds import LENGTH, feed_cards, feed_entry, render_feeds
from bulletin.render.web.plain_html import plain_html
from tests.conftest import REPOSITORY, Make, article
from tests.machine_site import MadeSite, make_machine_site

HOME = "https://lgb.jianglan.example.cn/gzdt/"
ALLOWED = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "strong",
    "em",
    "sup",
    "code",
    "pre",
    "br",
    "hr",
    "blockquote",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "figure",
    "figcaption",
    "a",
    "img",
}
EVERYTHING = """同志们：

第一段有**重点**、*强调*、`代码`，见[第二篇](02-b.md)和[外网](https://www.example.cn/index.html)，还有注[^1]。

## 第一件事

### 小标题

1. 甲项
2. 乙项

   - 圆点

> 引文一段。

| 表头 | 数 |
|---|---:|
| 格 | 3 |

![一张图](a.png "图题")

---

```
1 < 2
```

[^1]: 注文，见[第一件事](#第一件事)。
"""


class Shown(HTMLParser):
    """The text that a reader of feeds shows, with the marks of lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    @classmethod
    def of(cls, html: str) -> Shown:
        shown = cls()
        shown.feed(html)
        shown.close()
        return shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        said = dict(attrs)
        if tag == "li":
            self.text += f"{said['value']}." if "value" in said else "•"
        self.attributes |= {f"{tag} {name}" for name in said}
        self.addresses += [said[name] or "" for name in ("href", "src") if name in said]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def site() -> MadeSite:
    return make_machine_site(REPOSITORY)


@pytest.fixture
def rich(make: Make) -> MadeSite:
    """Two articles in public, the first with everything that an article may have."""
    root = make(
        {
            "bulletin.yaml": "title: 测试<动态>\npublisher: 某局\nweb: {url: 'https://a.example.cn/', description: 说 & 明}\n",
            "issues/2026-01/01-report.md": article(
                EVERYTHING, "kind: report\ntitle: 全有 & 无\norganization: 某县\nsubjects: [党建]"
            ),
            "issues/2026-01/02-b.md": article("又一篇。"),
            "issues/2026-01/a.png": (REPOSITORY / "issues/2026-10/reading-room.png").read_bytes(),
        }
    )
    report = clear(root, IssueKey(2026, supplement=False, number=1), ["1", "2"], "李四", "2026-01-20T08:00:00+00:00")
    assert len(report.articles) == 2, report.problems
    return make_machine_site(root)


def atom(made: MadeSite) -> Any:
    content = made.files["feed.xml"].content
    expat.ParserCreate().Parse(content, True)
    parsed = feedparser.parse(content)
    assert not parsed.bozo
    return parsed


def json_feed(made: MadeSite) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made.files["feed.json"].content)
    return found


def text_of(made: MadeSite, path: str) -> str:
    """What the page of the article shows below its title."""
    _, shown, _ = made.article(path)
    passages = [*article_passages(replace(shown, title=(), label="")), *note_passages(shown)]
    return "".join(passage.text for passage in passages)


def test_atom_carries_every_article_in_full(site: MadeSite) -> None:
    feed = atom(site)
    assert feed.version == "atom10"
    assert (feed.feed.id, feed.feed.title, feed.feed.author) == (HOME, "银龄工作动态", "中共江澜省委老干部局")
    assert feed.feed.updated == "2026-10-23T00:00:00+08:00"
    assert feed.feed.language == "zh-CN"
    assert {(link.rel, link.href) for link in feed.feed.links} == {("self", f"{HOME}feed.xml"), ("alternate", HOME)}
    assert [entry.id for entry in feed.entries] == [f"{HOME}2026/10/0{number}/" for number in range(1, 8)]
    for entry in feed.entries:
        assert entry.link == entry.id
        path = entry.id.removeprefix(HOME).rstrip("/")
        assert squeezed(Shown.of(entry.content[0].value).text) == text_of(site, path)
    first = feed.entries[0]
    assert first.author == "中共临溪市委老干部局"
    assert [tag.term for tag in first.tags] == ["经验交流材料", "支部建设", "组织生活"]


def test_everything_that_an_article_may_have_reaches_a_feed(rich: MadeSite) -> None:
    feed = atom(rich)
    assert (feed.feed.title, feed.feed.subtitle, feed.entries[0].title) == ("测试<动态>", "说 & 明", "全有 & 无")
    html = json_feed(rich)["items"][0]["content_html"]
    assert squeezed(Shown.of(html).text) == text_of(rich, "2026/01/01")
    assert squeezed(Shown.of(feed.entries[0].content[0].value).text) == text_of(rich, "2026/01/01")
    assert set(Shown.of(html).tags) >= {
        "h2",
        "h3",
        "strong",
        "em",
        "sup",
        "code",
        "pre",
        "hr",
        "blockquote",
        "ul",
        "ol",
        "table",
        "th",
        "figure",
        "img",
        "figcaption",
    }


def test_what_a_feed_carries_stands_anywhere(rich: MadeSite) -> None:
    shown = Shown.of("".join(item["content_html"] for item in json_feed(rich)["items"]))
    assert set(shown.tags) <= ALLOWED
    assert shown.attributes == {"a href", "img src", "img alt", "img width", "img height", "th scope", "li value"}
    own, home = "https://a.example.cn/2026/01/01/", "https://a.example.cn/"
    picture = next(path for path in rich.files if path.endswith(".png") and path.startswith("2026"))
    assert set(shown.addresses) == {
        f"{home}2026/01/02/",
        "https://www.example.cn/index.html",
        f"{own}#note-1",
        f"{own}#ref-1",
        f"{own}#s-1",
        home + picture,
    }


def test_json_feed_keeps_its_rules(site: MadeSite, rich: MadeSite) -> None:
    """jsonfeed.org/version/1.1: what must be there, of what type, and nothing of another name."""
    top = {
        "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "icon": str, "favicon": str,
        "authors": list, "language": str, "items": list,
    }  # fmt: skip
    item = {
        "id": str, "url": str, "title": str, "content_html": str, "summary": str, "date_published": str, "authors": list,
        "tags": list,
    }  # fmt: skip
    for made in (site, rich):
        feed = json_feed(made)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert {"title", "items"} <= set(feed)
        _check_types(feed, top)
        for each in feed["items"]:
            assert {"id", "content_html"} <= set(each)
            _check_types(each, item)
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", each["date_published"])
        for author in (author for each in [feed, *feed["items"]] for author in each["authors"]):
            assert set(author) == {"name"}
        for name in ("icon", "favicon", "feed_url"):
            assert feed[name].removeprefix(feed["home_page_url"]) in made.files


def _check_types(said: dict[str, Any], types: dict[str, type]) -> None:
    for name, value in said.items():
        assert isinstance(value, types[name]), name
        assert value, name


def test_both_feeds_say_the_same(rich: MadeSite) -> None:
    entries = [(entry.id, entry.title, entry.published) for entry in atom(rich).entries]
    assert entries == [(item["id"], item["title"], item["date_published"]) for item in json_feed(rich)["items"]]


def test_the_newest_articles_and_no_more(site: MadeSite) -> None:
    issue = site.site.issues[0]
    many = tuple(
        replace(
            issue,
            key=IssueKey(year, supplement=False, number=1),
            articles=tuple(replace(card, key=IssueKey(year, supplement=False, number=1)) for card in issue.articles),
        )
        for year in range(2030, 2020, -1)
    )
    cards = feed_cards(Site(Audience.PUBLIC, many, ()))
    assert len(cards) == LENGTH
    assert [card.key.year for card in cards[:8]] == [2030] * 7 + [2029]


def test_no_feeds_without_an_address(make: Make) -> None:
    made = make_machine_site(make(), Audience.INTRANET)
    edition, shown, card = made.article("2026/01/01")
    entry = feed_entry(edition, shown, card, made.publication, made.frame)
    assert render_feeds((entry,), made.frame) == ()
    assert not [path for path in made.files if path.startswith("feed")]


def test_the_same_bytes_each_time(site: MadeSite) -> None:
    again = make_machine_site(REPOSITORY)
    for path in ("feed.xml", "feed.json", "sitemap.xml"):
        assert again.files[path].content == site.files[path].content


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ('<p class="x" id="y" onclick="z()">文</p>', "<p>文</p>"),
        ("<script>alert(1)</script><style>p{}</style>", "alert(1)p{}"),
        ('<div><span class="other">文</span></div>', "文"),
        ('<ol><li><span class="mark">3)</span><div><p>文</p></div></li></ol>', '<ol><li value="3"><p>文</p></li></ol>'),
        ('<ul><li><span class="mark">•</span><p>文</p></li></ul>', "<ul><li><p>文</p></li></ul>"),
        ('<a href="#note-1">①</a>', '<a href="https://a.cn/2026/01/01/#note-1">①</a>'),
        ('<a href="../02/index.html#s">乙</a>', '<a href="https://a.cn/2026/01/02/#s">乙</a>'),
        ('<a href="mailto:a@b.cn">丙</a>', '<a href="mailto:a@b.cn">丙</a>'),
        ("<p>1 &lt; 2 &amp;amp; “引”</p>", "<p>1 &lt; 2 &amp;amp; “引”</p>"),
        ('<img src="../a.png" alt="一&quot;图" style="x">', '<img src="https://a.cn/2026/01/a.png" alt="一&quot;图">'),
        ("甲<br>乙<hr>", "甲<br>乙<hr>"),
    ],
)
def test_plain_html(html: str, plain: str) -> None:
    assert plain_html(html, "https://a.cn/2026/01/01/") == plain


def test_the_template_is_one_that_a_bureau_can_replace(make: Make) -> None:
    root = make({"templates/web/feed_entry.html": "<p>只有题目：{{ article.plain_title }}</p>"})
    made = make_machine_site(root, Audience.INTRANET)
    edition, shown, card = made.article("2026/01/01")
    assert feed_entry(edition, shown, card, made.publication, made.frame).html == "<p>只有题目：标题</p>"
