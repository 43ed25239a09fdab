"""The heads of pages read back: names as the government writes them, addresses, JSON-LD, and nothing that servers forbid."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from bulletin.model.audience import Audience
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.release import is_article_page, is_issue_page
from bulletin.model.site import SiteSettings

SITE_NAMES = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_NAMES = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE_NAMES = ("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url")
COLUMN_TYPES = frozenset(
    [
        "首页",
        "概况信息",
        "机构职能",
        "负责人信息",
        "工作动态",
        "政策文件",
        "信息公开指南",
        "信息公开目录",
        "信息公开年报",
        "依申请公开",
        "数据发布",
        "数据开放",
        "政策解读",
        "回应关切",
        "办事服务",
        "咨询投诉",
        "征集调查",
        "在线访谈",
    ]
)
"""《政府网站发展指引》（国办发〔2017〕47号）, annex on 网页标签; names are told apart by case."""
_BY_SMALL_NAME = {name.lower(): name for name in (*SITE_NAMES, *COLUMN_NAMES, *ARTICLE_NAMES)}
_PLAIN_PAGE = re.compile(r"(search|help|sitemap)/index\.html|404\.html")
_UNLISTED = re.compile(r"search/index\.html|404\.html")
_INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|<[a-z][^>]*\s(style|on[a-z]+)\s*=", re.IGNORECASE)
"""A style or a script that is no file; what authors write has no `<` of its own in a page."""
_ANY_TAG = re.compile(r"<[^>]*>?")
_TAG = re.compile(r"""<([a-zA-Z][a-zA-Z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_SCRIPT_END = re.compile("</script", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_PUBLISHED = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the proof of the whole site needs of a page: its file, whether it may be found, and its scripts by their hashes."""

    path: str
    canonical: str
    found: bool
    scripts: tuple[str, ...]


def prove_page_metadata(
    path: str, html: str, settings: SiteSettings, audience: Audience, where: Span
) -> tuple[PageFacts, tuple[Problem, ...]]:
    """The facts of the page, and problems if its head says what it should not, or not what it should.

    Args:
        path: Its file in the site, `2026/10/03/index.html`.
        html: The page.
        settings: What the bureau says of its site.
        audience: Whom the site is for.
        where: What problems are told of.
    """
    unlisted = _UNLISTED.fullmatch(path) is not None
    known = settings.url if audience is Audience.PUBLIC else ""
    wanted = _Wanted(
        address="" if unlisted or not known else known + path.removesuffix("index.html"),
        names=tuple(_required(path, settings)),
        found=audience is Audience.PUBLIC and not unlisted,
        types=frozenset(_types_of(path) if known else ()),
    )
    return _prove_head(path, html, wanted, where)


def prove_hidden_metadata(
    path: str, html: str, settings: SiteSettings, where: Span
) -> tuple[PageFacts, tuple[Problem, ...]]:
    """The same of a page that is nothing by itself, whatever its path looks like: it has no address to be found by, and says nothing of
    any article."""
    wanted = _Wanted("", tuple(_names_of_site(settings)), found=False, types=frozenset(), forbidden=ARTICLE_NAMES)
    return _prove_head(path, html, wanted, where)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the head of a page must say: its one address (empty for none), required names, whether it may be found, types of its data, names
    that it must not have."""

    address: str
    names: tuple[str, ...]
    found: bool
    types: frozenset[str]
    forbidden: tuple[str, ...] = ()


def _prove_head(path: str, html: str, wanted: _Wanted, where: Span) -> tuple[PageFacts, tuple[Problem, ...]]:
    head = _Head.of(html)
    faults = [
        *_check_names(head, wanted.names, wanted.forbidden),
        *_check_address(head, wanted.address),
        *_check_found(head, found=wanted.found),
        *_check_data(head, wanted.types),
        *_check_policy(head),
    ]
    facts = PageFacts(path, head.canonical, "noindex" not in head.one("robots"), tuple(head.scripts))
    named = (message("网页 {path}：{fault}", path=path, fault=fault) for fault in faults)
    advice = message("请检查模板 web/head.html，或刊物自己的模板")
    return facts, tuple(error("proof-head", where, what, advice) for what in named)


def _check_names(head: _Head, required: tuple[str, ...], forbidden: tuple[str, ...]) -> Iterator[Message]:
    """Each name as the annex writes it, once, and with something said; the required ones of the page's kind are there."""
    counted = Counter(name for name, _ in head.names)
    for name, content in head.names:
        wanted = _BY_SMALL_NAME.get(name.lower(), name)
        if name != wanted and name not in ("keywords", "author", "description"):
            yield message("标签名“{name}”大小写不对，应是“{wanted}”", name=name, wanted=wanted)
        if not content.strip():
            yield message("标签“{name}”是空的", name=name)
        if counted[name] > 1 and name != "theme-color":
            yield message("标签“{name}”写了 {count} 次", name=name, count=counted[name])
    for name in required:
        if not counted[name]:
            yield message("缺少标签“{name}”", name=name)
    yield from (message("不该有标签“{name}”", name=name) for name in forbidden if counted[name])
    if counted["PubDate"] and not _PUBLISHED.fullmatch(head.one("PubDate")):
        yield message("PubDate“{value}”不是“年-月-日 时:分”", value=head.one("PubDate"))
    if counted["ColumnType"] and head.one("ColumnType") not in COLUMN_TYPES:
        yield message("ColumnType“{value}”不在规定的类型里", value=head.one("ColumnType"))


def _names_of_site(settings: SiteSettings) -> Iterator[str]:
    yield "SiteName"
    yield from (name for name, said in (("SiteDomain", settings.domain), ("SiteIDCode", settings.id_code)) if said)


def _required(path: str, settings: SiteSettings) -> Iterator[str]:
    yield from _names_of_site(settings)
    if _PLAIN_PAGE.fullmatch(path):
        return
    own = path == "index.html" or is_issue_page(path) or is_article_page(path)
    yield from (name for name in COLUMN_NAMES if settings.description or not own or name != "ColumnDescription")
    if is_article_page(path):
        yield from ARTICLE_NAMES[:3]


def _check_address(head: _Head, address: str) -> Iterator[Message]:
    """The page has one whole address, its own; every way of saying it says the same."""
    said = (("canonical", head.canonical), ("Url", head.one("Url")), ("og:url", head.property("og:url")))
    for name, found in said:
        if found != address and (found or name == "canonical"):
            yield message("{name} 是“{found}”，应是“{wanted}”", name=name, found=found, wanted=address)
    for name in ("Image", "og:image"):
        picture = head.one(name) or head.property(name)
        if picture and not picture.startswith(("https://", "http://")):
            yield message("{name}“{found}”不是完整的网址", name=name, found=picture)


def _check_found(head: _Head, *, found: bool) -> Iterator[Message]:
    """Search engines are kept off the intranet, and off pages that are nothing by themselves."""
    if found is ("noindex" in head.one("robots")):
        yield message("写了 noindex，搜索引擎不会收录") if found else message("应写 noindex 而没有写")


def _check_data(head: _Head, wanted: frozenset[str]) -> Iterator[Message]:
    """JSON-LD can be read, and says what the page is."""
    found: set[str] = set()
    for text in head.data:
        try:
            found |= set(_types(json.loads(text)))
        except ValueError:
            yield message("JSON-LD 读不出来")
    if wanted - found:
        yield message("JSON-LD 里没有 {types}", types=tuple(sorted(wanted - found)))


def _types_of(path: str) -> tuple[str, ...]:
    if _UNLISTED.fullmatch(path):
        return ()
    if path == "index.html":
        return ("WebSite", "SearchAction", "Periodical", "Organization")
    if is_article_page(path):
        return ("Article", "PublicationIssue", "Periodical", "Organization", "BreadcrumbList")
    if is_issue_page(path):
        return ("PublicationIssue", "Periodical", "Article", "BreadcrumbList")
    return ("BreadcrumbList",)


def _types(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("@type"), str):
            yield value["@type"]
        for inner in value.values():
            yield from _types(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _types(inner)


def _check_policy(head: _Head) -> Iterator[Message]:
    """Styles and scripts are files, since the servers' policy knows no others (`unsafe-inline`)."""
    if head.forbidden:
        yield message("有写在标签里的样式或脚本：{found}；浏览器会拦下", found=tuple(dict.fromkeys(head.forbidden)))


class _Head:
    """What stands in the head of a page, and whether its body has styles or scripts that are no files."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str]] = []
        self.properties: list[tuple[str, str]] = []
        self.canonical = ""
        self.data: list[str] = []
        self.scripts: list[str] = []
        self.forbidden: list[str] = []

    @classmethod
    def of(cls, html: str) -> _Head:
        """The page, parsed: tags may be written in any way that HTML knows, but each ends at its `>`."""
        head = cls()
        said, _, body = html.partition("</head>")
        place = 0
        while found := _TAG.search(said, place):
            place = found.end()
            tag, attributes = found[1].lower(), _attributes(found[2])
            head.take(tag, attributes)
            if tag == "script" and "src" not in attributes:
                end = _SCRIPT_END.search(said, place)
                head.take_script(said[place : end.start() if end else len(said)], attributes)
                place = end.end() if end else len(said)
        head.forbidden += [found for tag in dict.fromkeys(_ANY_TAG.findall(body)) for found in _inline_in(tag)]
        return head

    def one(self, name: str) -> str:
        return next((content for each, content in self.names if each == name), "")

    def property(self, name: str) -> str:
        return next((content for each, content in self.properties if each == name), "")

    def take(self, tag: str, said: Mapping[str, str]) -> None:
        """Takes note of a tag."""
        self.forbidden += [name for name in said if name == "style" or name.startswith("on")]
        if tag == "meta" and "name" in said:
            self.names.append((said["name"], said.get("content", "")))
        elif tag == "meta" and "property" in said:
            self.properties.append((said["property"], said.get("content", "")))
        elif tag == "link" and said.get("rel") == "canonical":
            self.canonical = f"{self.canonical} {said.get('href', '')}".strip()
        elif tag == "style":
            self.forbidden.append("<style>")

    def take_script(self, content: str, said: Mapping[str, str]) -> None:
        """Takes note of a script that is no file: data, or code by its hash."""
        if said.get("type") == "application/ld+json":
            self.data.append(content)
        elif content:
            self.scripts.append(base64.b64encode(hashlib.sha256(content.encode()).digest()).decode())


@lru_cache(maxsize=1 << 12)
def _inline_in(tag: str) -> tuple[str, ...]:
    return tuple(found[0] for found in _INLINE.finditer(tag))


@lru_cache(maxsize=1 << 12)
def _attributes(written: str) -> Mapping[str, str]:
    """The attributes of a tag; most tags of a head are the same on many pages."""
    found = _ATTRIBUTE.findall(written)
    return {name.lower(): unescape(one or other or bare) for name, one, other, bare in found}
