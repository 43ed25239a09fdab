"""What a release would change, in the words of an editor; pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from bulletin.model.publishing import PARTS, Part, Plan
from bulletin.model.release import PublishedArticle, Release, Sums, article_at, difference, issue_at

_MACHINES = frozenset({"feed.xml", "feed.json", "sitemap.xml", "robots.txt", ".htaccess"})
_LOOKS = "assets/"
_NAMED_BY_CONTENT = re.compile(r"assets/[a-z-]+\.[0-9a-f]{12}\.(css|js|png|jpg)")
"""Files that have another name when they are others: nothing else is ever carried."""


def carry(wanted: Release, live: Release | None) -> Release:
    """The release with the style sheets, scripts and emblem of the one that is live beside its own: they have other names where they are
    others, and a page that a reader is just reading asks for them."""
    gone = {path: each for path, each in (live.own if live else {}).items() if _NAMED_BY_CONTENT.fullmatch(path)}
    kept = {path: each for path, each in gone.items() if path not in wanted.files}
    return replace(wanted, files={**wanted.files, **kept}, carried=tuple(sorted(kept)))


def compose_plan(target: str, name: str, live: Release | None, wanted: Release) -> Plan:
    """What would become of a target.

    Args:
        target: Its name.
        name: The release that visitors see, empty where nothing was published yet.
        live: What it is made of; nothing where that is not known.
        wanted: The release that would be published.
    """
    had: Sums = live.own if live else {}
    differs = difference(had, wanted.own)
    before, after = _articles(live), _articles(wanted)
    pages = {path.removesuffix("index.html").rstrip("/") for path in differs.changed}
    stayed = [path for path in after if path in before]
    return Plan(
        target=target,
        live=name,
        wanted=wanted.name,
        difference=differs,
        put_up=tuple(each for path, each in after.items() if path not in before),
        changed=tuple(after[path] for path in stayed if _is_another(before[path], after[path], pages)),
        taken_off=tuple(each for path, each in before.items() if path not in after),
        touched=sum(path in pages and not _is_another(before[path], after[path], pages) for path in stayed),
        counts=_counts((*differs.sent, *differs.removed)),
        bytes_sent=_bytes_sent(had, wanted),
        files=len(wanted.own),
        bytes_all=sum(each.size for each in wanted.own.values()),
    )


def came_and_went(
    before: tuple[PublishedArticle, ...], after: tuple[PublishedArticle, ...]
) -> tuple[tuple[PublishedArticle, ...], tuple[PublishedArticle, ...]]:
    """The articles that came, other versions of the same ones among them, and those that went."""
    had, has = {each.path: each for each in before}, {each.path: each for each in after}
    came = tuple(each for path, each in has.items() if path not in had or had[path].digest != each.digest)
    return came, tuple(each for path, each in had.items() if path not in has)


def _is_another(before: PublishedArticle, after: PublishedArticle, pages: Collection[str]) -> bool:
    """True if the article is another version; on the intranet, where none is cleared, if its page is another."""
    return before.digest != after.digest if after.digest else after.path in pages


def _articles(release: Release | None) -> dict[str, PublishedArticle]:
    return {each.path: each for each in release.articles} if release else {}


def _bytes_sent(had: Sums, wanted: Release) -> int:
    """What has to travel: a content that the target has under another name does not."""
    there = {each.sha256 for each in had.values()}
    fresh = {each.sha256: each.size for each in wanted.own.values() if each.sha256 not in there}
    return sum(fresh.values())


def _counts(paths: tuple[str, ...]) -> tuple[int, ...]:
    parts = [_part(path) for path in paths]
    return tuple(parts.count(part) for part in PARTS)


def _part(path: str) -> Part:
    if article_at(path):
        return Part.ARTICLES
    if issue_at(path):
        return Part.ISSUES
    if path.startswith("search/"):
        return Part.SEARCH
    if path.startswith(_LOOKS):
        return Part.LOOKS
    return Part.MACHINES if path in _MACHINES else Part.LISTS
