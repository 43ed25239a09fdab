"""What a file of a site is to the storage that serves it: its headers, and when it may be put in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from bulletin.model.release import is_article_page, is_issue_page


@dataclass(frozen=True, slots=True)
class Headers:
    """What the storage is to say with an object."""

    content_type: str
    cache_control: str


_KEPT, _ASKED = "public, max-age=31536000, immutable", "no-cache"
_NAMED_BY_CONTENT = re.compile(r"[./][0-9a-f]{12,16}\.[a-z0-9]+$")
"""As in the files for web servers (`bulletin/render/web/servers.py`): a test compares them."""
_UNKNOWN = "application/octet-stream"
_TEXTS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".json": "application/json",
    ".csv": "text/csv",
    ".svg": "image/svg+xml",
    ".atom": "application/atom+xml",
    ".webmanifest": "application/manifest+json",
    ".htaccess": "text/plain",
}
_FEEDS = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}
_OTHERS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ico": "image/vnd.microsoft.icon",
    ".pdf": "application/pdf",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}


def headers_of(path: str) -> Headers:
    """The headers of a file.

    The types stand here, as those that Python finds depend on the machine. Parts of the search index are asked for by their digest
    (`1f.js?d=…`), and servers that can tell let browsers keep those; storage says the same whatever the query is, and a part of before an
    update would be kept under the digest of the one after it. So browsers ask each time.
    """
    ending = PurePosixPath(path).suffix.lower() or PurePosixPath(path).name.lower()
    text = _FEEDS.get(path) or _TEXTS.get(ending)
    kind = f"{text}; charset=utf-8" if text else _OTHERS.get(ending, _UNKNOWN)
    return Headers(kind, _KEPT if _NAMED_BY_CONTENT.search(f"/{path}") else _ASKED)


class Stage(IntEnum):
    """When a file may be put in its place: what pages need before the pages, and what leads to pages after them."""

    ASSET = 0
    ARTICLE = 1
    ISSUE = 2
    LIST = 3
    HOME = 4
    MACHINES = 5


_MACHINES = frozenset({"feed.xml", "feed.json", "sitemap.xml", "robots.txt"})
_HOME, _LIST_OF_VOLUMES = "index.html", "search/volumes.js"


def stage_of(path: str) -> Stage:
    """The stage of a file, by its path below the home page."""
    if path in _MACHINES:
        return Stage.MACHINES
    if path == _HOME:
        return Stage.HOME
    if is_article_page(path):
        return Stage.ARTICLE
    if is_issue_page(path):
        return Stage.ISSUE
    return Stage.LIST if path.endswith(".html") or path == _LIST_OF_VOLUMES else Stage.ASSET
