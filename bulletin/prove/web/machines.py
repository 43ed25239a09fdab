"""What machines are told of a site, read back: feeds, sitemap, robots.txt, the servers' headers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

from bulletin.model.audience import Audience
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.site import SiteSettings
from bulletin.prove.web.metadata import PageFacts

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def prove_machines(
    pages: Iterable[PageFacts],
    files: Mapping[str, bytes],
    paths: frozenset[str],
    settings: SiteSettings,
    audience: Audience,
) -> tuple[Problem, ...]:
    """Problems if feeds, sitemap, robots.txt or headers do not fit the site.

    Args:
        pages: The facts of every page.
        files: By path: `feed.xml`, `feed.json`, `sitemap*.xml`, `robots.txt`, `.htaccess`, as far as there are any.
        paths: Every file of the site.
        settings: What the bureau says of its site.
        audience: Whom the site is for.
    """
    site = _Site(tuple(pages), files, paths, settings.url if audience is Audience.PUBLIC else "")
    faults = [*site.check_addresses(), *site.check_scripts(), *site.check_robots(audience)]
    if site.address:
        faults += [*site.check_feeds(), *site.check_sitemap()]
    else:
        surplus = [path for path in files if path.startswith(("feed.", "sitemap.", "sitemap-"))]
        faults += [("proof-machines", message("没有网址（或是内网），却有“{path}”", path=path)) for path in surplus]
    where = Span("bulletin.yaml")
    return tuple(error(code, where, what) for code, what in faults)


Fault = tuple[str, Message]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a feed: its name for ever, its address, when it appeared, its text."""

    identifier: str
    address: str
    published: str
    html: str


@dataclass(frozen=True, slots=True)
class _Site:
    pages: tuple[PageFacts, ...]
    files: Mapping[str, bytes]
    paths: frozenset[str]
    address: str

    def has(self, address: str) -> bool:
        """True if the whole address is one of the site's own that a file answers."""
        path = address.partition("#")[0].removeprefix(self.address)
        return path in self.paths or ((not path or path.endswith("/")) and f"{path}index.html" in self.paths)

    def check_addresses(self) -> Iterator[Fault]:
        """No two pages call themselves by one address."""
        counted = Counter(page.canonical for page in self.pages if page.canonical)
        for address, count in counted.items():
            if count > 1:
                yield "proof-head", message("{count} 个网页的规范网址都是“{address}”", count=count, address=address)

    def check_scripts(self) -> Iterator[Fault]:
        """Scripts that stand in pages are those that the servers' policy allows."""
        policy = self.files.get(".htaccess", b"").decode()
        for script in sorted({script for page in self.pages for script in page.scripts}):
            if f"'sha256-{script}'" not in policy:
                yield "proof-headers", message("网页里的脚本不在 .htaccess 允许之列：{script}", script=script)

    def check_robots(self, audience: Audience) -> Iterator[Fault]:
        lines = self.files.get("robots.txt", b"").decode().splitlines()
        if ("Disallow: /" in lines) is not (audience is Audience.INTRANET):
            yield "proof-machines", message("robots.txt 与网站给谁看不符")
        if self.address and f"Sitemap: {self.address}sitemap.xml" not in lines:
            yield "proof-machines", message("robots.txt 没有写 sitemap.xml 的网址")

    def check_feeds(self) -> Iterator[Fault]:
        feeds: dict[str, tuple[_Entry, ...]] = {}
        for path, read in (("feed.xml", _atom_entries), ("feed.json", _json_entries)):
            try:
                feeds[path] = tuple(read(self.files[path]))
            except (KeyError, ValueError, ElementTree.ParseError):
                yield "proof-feed", message("订阅源“{path}”读不出来", path=path)
        for path, entries in feeds.items():
            yield from (
                ("proof-feed", message("{path}：{fault}", path=path, fault=each)) for each in self.faults(entries)
            )
        if len(set(feeds.values())) > 1:
            yield "proof-feed", message("两个订阅源的内容不同")

    def faults(self, entries: tuple[_Entry, ...]) -> Iterator[Message]:
        counted = Counter(entry.identifier for entry in entries)
        yield from (
            message("“{name}”有 {count} 条", name=name, count=count) for name, count in counted.items() if count > 1
        )
        for entry in entries:
            if not entry.html:
                yield message("“{name}”没有正文", name=entry.identifier)
            if not _RFC_3339.fullmatch(entry.published):
                yield message("“{name}”的日期“{date}”不合格式", name=entry.identifier, date=entry.published)
            for address in (entry.identifier, entry.address, *_addresses(entry.html)):
                outside = address.startswith(("http://", "https://", "mailto:")) and not address.startswith(
                    self.address
                )
                if not outside and not (address.startswith(self.address) and self.has(address)):
                    yield message("“{name}”里的“{address}”没有着落", name=entry.identifier, address=address)

    def check_sitemap(self) -> Iterator[Fault]:
        """Exactly the pages that may be found, each once."""
        try:
            listed = Counter(self.listed("sitemap.xml"))
        except (KeyError, ValueError, ElementTree.ParseError):
            yield "proof-sitemap", message("sitemap.xml 读不出来")
            return
        wanted = {page.canonical for page in self.pages if page.found}
        for address in sorted(wanted ^ listed.keys()):
            missing, surplus = (
                message("sitemap.xml 里没有“{address}”", address=address),
                message("sitemap.xml 里多出“{address}”", address=address),
            )
            yield "proof-sitemap", missing if address in wanted else surplus
        for address, count in listed.items():
            if count > 1:
                yield "proof-sitemap", message("sitemap.xml 里“{address}”写了 {count} 次", address=address, count=count)

    def listed(self, path: str) -> Iterator[str]:
        """The addresses of a sitemap, and of those that it names.

        Raises:
            ValueError: It is no sitemap, or a day is none.
        """
        root = ElementTree.fromstring(self.files[path])  # noqa: S314  our own file, made in this run
        if root.tag == f"{_SITEMAP}sitemapindex":
            for place in root.iter(f"{_SITEMAP}loc"):
                yield from self.listed((place.text or "").removeprefix(self.address))
            return
        if root.tag != f"{_SITEMAP}urlset" or any(
            not _DAY.fullmatch(each.text or "") for each in root.iter(f"{_SITEMAP}lastmod")
        ):
            raise ValueError(path)
        yield from (place.text or "" for place in root.iter(f"{_SITEMAP}loc"))


def _atom_entries(content: bytes) -> Iterator[_Entry]:
    root = ElementTree.fromstring(content)  # noqa: S314  our own file, made in this run
    for entry in root.iter(f"{_ATOM}entry"):
        link = next(each.get("href", "") for each in entry.iter(f"{_ATOM}link") if each.get("rel") == "alternate")
        said = (entry.findtext(f"{_ATOM}{name}", "") for name in ("published", "content"))
        yield _Entry(entry.findtext(f"{_ATOM}id", ""), link, *said)


def _json_entries(content: bytes) -> Iterator[_Entry]:
    for item in json.loads(content)["items"]:
        yield _Entry(item["id"], item["url"], item["date_published"], item["content_html"])


def _addresses(html: str) -> tuple[str, ...]:
    reader = _Addresses()
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]
