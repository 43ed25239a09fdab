"""Feeds of the newest articles with their full text: Atom and JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from bulletin.model.artifact import Artifact
from bulletin.model.edition import Article, WebEdition
from bulletin.model.prose import Note
from bulletin.model.publication import Publication
from bulletin.model.site import Card, Site
from bulletin.model.walk import walk
from bulletin.render.templates import ShownPicture, fill
from bulletin.render.web.addresses import (
    ATOM_FILE,
    ICON_FILE,
    JSON_FEED_FILE,
    TOUCH_ICON_FILE,
    file_address,
    page_address,
    picture_file,
)
from bulletin.render.web.frame import Frame, web_environment
from bulletin.render.web.page_head import published_at
from bulletin.render.web.plain_html import plain_html

LENGTH = 30
"""Articles of a feed: some three issues, so that who reads once a quarter misses nothing."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article in a feed: what lists show of it, the day of its issue, its text as HTML with whole addresses."""

    card: Card
    day: date
    html: str


def feed_cards(site: Site) -> tuple[Card, ...]:
    """The articles of the feeds: newest issue first, in each in its order."""
    return tuple(card for issue in site.issues for card in issue.articles)[:LENGTH]


def feed_entry(edition: WebEdition, article: Article, card: Card, publication: Publication, frame: Frame) -> FeedEntry:
    """The article as feeds carry it."""
    pictures = {
        each.name: ShownPicture(f"../{picture_file(each)}", each.width_px, each.height_px) for each in edition.pictures
    }
    html = fill(
        web_environment(publication.templates),
        "web/feed_entry.html",
        article=article,
        notes=tuple(walk(article.blocks, Note)),
        numbers={each.slug: each.position for each in edition.articles},
        pictures=pictures,
    )
    return FeedEntry(card, edition.masthead.date, plain_html(html, page_address(frame, card.path)))


def render_feeds(entries: tuple[FeedEntry, ...], frame: Frame) -> tuple[Artifact, ...]:
    """The feeds of the entries, in the order given; none where the address of the site is not known, and on the intranet.

    An entry is known for ever by the address of its page. It was published, and last changed, on the day of its issue: what a reader
    has read does not come up again because a slip was corrected.
    """
    if not frame.address:
        return ()
    return (
        Artifact(ATOM_FILE, "application/atom+xml", _atom(entries, frame)),
        Artifact(JSON_FEED_FILE, "application/feed+json", _json_feed(entries, frame)),
    )


def _atom(entries: tuple[FeedEntry, ...], frame: Frame) -> bytes:
    """RFC 4287."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": frame.language})
    _add(feed, "id", frame.address)
    _add(feed, "title", frame.title)
    if frame.settings.description:
        _add(feed, "subtitle", frame.settings.description)
    _add(feed, "updated", published_at(max((entry.day for entry in entries), default=date(1970, 1, 1))))
    _link(feed, "self", file_address(frame, ATOM_FILE), "application/atom+xml")
    _link(feed, "alternate", frame.address, "text/html")
    _add(SubElement(feed, "author"), "name", frame.publisher)
    _add(feed, "icon", file_address(frame, ICON_FILE))
    for entry in entries:
        _atom_entry(feed, entry, frame)
    ElementTree.indent(feed, "")
    text: str = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _atom_entry(feed: Element, said: FeedEntry, frame: Frame) -> None:
    card = said.card
    entry = SubElement(feed, "entry")
    address = page_address(frame, card.path)
    _add(entry, "id", address)
    _add(entry, "title", _title(card))
    _add(entry, "published", published_at(said.day))
    _add(entry, "updated", published_at(said.day))
    _link(entry, "alternate", address, "text/html")
    if card.byline:
        _add(SubElement(entry, "author"), "name", card.byline)
    for category in _categories(card):
        SubElement(entry, "category", {"term": category})
    if card.summary:
        _add(entry, "summary", card.summary)
    SubElement(entry, "content", {"type": "html"}).text = said.html


def _json_feed(entries: tuple[FeedEntry, ...], frame: Frame) -> bytes:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": frame.title,
        "home_page_url": frame.address,
        "feed_url": file_address(frame, JSON_FEED_FILE),
        "description": frame.settings.description,
        "icon": file_address(frame, TOUCH_ICON_FILE),
        "favicon": file_address(frame, ICON_FILE),
        "authors": [{"name": frame.publisher}],
        "language": frame.language,
        "items": [dict(_json_item(entry, frame)) for entry in entries],
    }
    said = {name: value for name, value in feed.items() if value or name == "items"}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(said: FeedEntry, frame: Frame) -> Iterator[tuple[str, object]]:
    card = said.card
    address = page_address(frame, card.path)
    yield from (("id", address), ("url", address), ("title", _title(card)), ("content_html", said.html))
    if card.summary:
        yield "summary", card.summary
    yield "date_published", published_at(said.day)
    if card.byline:
        yield "authors", [{"name": card.byline}]
    yield "tags", _categories(card)


def _title(card: Card) -> str:
    return f"{card.label} {card.title}" if card.label else card.title


def _categories(card: Card) -> list[str]:
    return list(dict.fromkeys((card.section_name, *card.subjects)))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _link(parent: Element, rel: str, address: str, kind: str) -> None:

    SubElement(parent, "link", {"rel": rel, "type": kind, "href": address})
