"""What search engines are told of a site: the sitemap, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from xml.sax.saxutils import escape

from bulletin.model.artifact import Artifact
from bulletin.model.site import ListPage, PageKind, Site
from bulletin.render.web.addresses import file_address, page_address
from bulletin.render.web.frame import Frame

SITEMAP_FILE = "sitemap.xml"
_ADDRESSES, _BYTES = 50_000, 50 * 1024 * 1024
"""The most that one sitemap may hold (sitemaps.org, protocol 0.9)."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that may be found, and the day of the newest issue in it; `None` where it depends on none."""

    address: str
    changed: date | None


def render_sitemap(site: Site, pages: Iterable[ListPage], frame: Frame) -> tuple[Artifact, ...]:
    """Every page that may be found, oldest issue first, in one file; in several under an index where one would be too large.

    None where the address of the site is not known, and on the intranet.
    """
    if not frame.address:
        return ()
    entries = chain(_issue_entries(site, frame), _list_entries(site, pages, frame))
    files = [_file(lines) for lines in _parts(map(_entry_text, entries), _ADDRESSES, _BYTES)]
    if len(files) == 1:
        return (Artifact(SITEMAP_FILE, "application/xml", files[0]),)
    named = [(f"sitemap-{number}.xml", content) for number, content in enumerate(files, start=1)]
    places = "".join(f"<sitemap><loc>{escape(file_address(frame, name))}</loc></sitemap>\n" for name, _ in named)
    index = f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{places}</sitemapindex>\n'
    return tuple(
        Artifact(name, "application/xml", content) for name, content in ((SITEMAP_FILE, index.encode()), *named)
    )


def render_robots(frame: Frame) -> Artifact:
    """`robots.txt`: all may be read in public, nothing on the intranet.

    Source: RFC 9309. Robots read it at the root of a server only; below it, the bureau's webmaster takes its lines over.
    """
    if frame.internal:
        return Artifact("robots.txt", "text/plain", b"User-agent: *\nDisallow: /\n")
    lines = ["User-agent: *", "Allow: /"]
    if frame.address:
        lines += ["", f"Sitemap: {file_address(frame, SITEMAP_FILE)}"]
    if frame.settings.base != "/":
        lines.insert(0, "# 本站不在域名的根目录：请把下面各行并入根目录的 robots.txt，搜索引擎只读那一份")
    return Artifact("robots.txt", "text/plain", ("\n".join(lines) + "\n").encode())


def _issue_entries(site: Site, frame: Frame) -> Iterator[Entry]:
    """Issues with their articles; the oldest first, so that the files of a long archive change at their end only."""
    for issue in reversed(site.issues):
        yield Entry(page_address(frame, issue.path), issue.date)
        yield from (Entry(page_address(frame, card.path), issue.date) for card in issue.articles)


def _list_entries(site: Site, pages: Iterable[ListPage], frame: Frame) -> Iterator[Entry]:
    days = {issue.key: issue.date for issue in site.issues}
    newest = max(days.values(), default=None)
    for page in pages:
        if not page.kind.found:
            continue
        changed = max((days[card.key] for card in page.articles), default=newest)
        yield Entry(page_address(frame, page.path), None if page.kind is PageKind.HELP else changed)


def _entry_text(entry: Entry) -> bytes:
    day = f"<lastmod>{entry.changed.isoformat()}</lastmod>" if entry.changed else ""
    return f"<url><loc>{escape(entry.address)}</loc>{day}</url>\n".encode()


def _file(lines: list[bytes]) -> bytes:
    return f'{_HEAD}<urlset xmlns="{_SPACE}">\n'.encode() + b"".join(lines) + b"</urlset>\n"


def _parts(lines: Iterable[bytes], most: int, largest: int) -> Iterator[list[bytes]]:
    """The lines in lists of at most so many, and of at most so many bytes as files."""
    part: list[bytes] = []
    size = room = len(_file([]))
    for line in lines:
        if part and (len(part) == most or size + len(line) > largest):
            yield part
            part, size = [], room
        part.append(line)
        size += len(line)
    yield part
