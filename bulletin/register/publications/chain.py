"""What of an event of the log of publication is hashed, and how: in the manner of the copies' chain, whose script checks both.

The *canonical form* is that of `bulletin.register.chain`: a JSON object of the fields of `FIELDS` but `previous` and `hash`, empty ones left out,
keys in the order of their characters, no blanks. `put_up` and `taken_off` are arrays of articles, each an object in the same form with
`path`, `title`, `digest`, `cleared_by` and `cleared_at`, in the order in which they were recorded; in the database each is one text, the array
in this form. The first event follows 64 zeros, not the copies' chain: the two are checked apart.
"""

from __future__ import annotations

import json
from dataclasses import astuple, fields, replace

from bulletin.model.publication_log import Act, Entry, LogEvent
from bulletin.model.register import Request
from bulletin.model.release import PublishedArticle
from bulletin.register.chain import Fields, Unreadable, count_in, hash_after, text_in

ARTICLES = ("put_up", "taken_off")
TEXTS = ("request", "actor", "day", "at", "act", "target", "release", "manifest", "note", "previous", "hash")
FIELDS = ("seq", *TEXTS, *ARTICLES)
_ARTICLE = tuple(each.name for each in fields(PublishedArticle))


def fields_of(event: LogEvent) -> dict[str, str | int | list[dict[str, str]]]:
    """The event as a flat record with every field of `FIELDS`."""
    request, entry = event.request, event.entry
    return {
        "seq": event.seq,
        "request": request.id,
        "actor": request.actor,
        "day": request.day,
        "at": request.at,
        "act": entry.act.value,
        "target": entry.target,
        "release": entry.release,
        "manifest": entry.manifest,
        "note": entry.note,
        "put_up": [_article_fields(each) for each in entry.put_up],
        "taken_off": [_article_fields(each) for each in entry.taken_off],
        "previous": event.previous,
        "hash": event.hash,
    }


def event_of(said: Fields) -> LogEvent:
    """The event of a flat record; a field that is not there is empty.

    Raises:
        ValueError: A field is of the wrong type, or says what no event says; the text tells which.
    """
    text = {name: text_in(said, name) for name in TEXTS}
    entry = Entry(
        act=Act(text["act"]),
        target=text["target"],
        release=text["release"],
        manifest=text["manifest"],
        note=text["note"],
        put_up=_articles(said, "put_up"),
        taken_off=_articles(said, "taken_off"),
    )
    request = Request(text["request"], text["actor"], text["day"], text["at"])
    return LogEvent(count_in(said, "seq"), request, entry, text["previous"], text["hash"])


def sealed(event: LogEvent) -> LogEvent:
    """The event with its hash."""
    return replace(event, hash=hash_of(event))


def hash_of(event: LogEvent) -> str:
    """The hash that the event must have."""
    return hash_after(event.previous, fields_of(event))


def text_of_articles(articles: object) -> str:
    """Articles as the database holds them."""
    return json.dumps(articles, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def articles_in_text(text: str) -> object:
    """The articles that the database holds; the text itself where it is not as `text_of_articles` writes it, so that it is no array."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return said if text_of_articles(said) == text else text


def _article_fields(article: PublishedArticle) -> dict[str, str]:
    return {name: said for name, said in zip(_ARTICLE, astuple(article), strict=True) if said}


def _articles(said: Fields, name: str) -> tuple[PublishedArticle, ...]:
    listed = said.get(name, [])
    if not isinstance(listed, list):
        raise Unreadable(name)
    return tuple(_article(each, name) for each in listed)


def _article(said: object, name: str) -> PublishedArticle:
    """The article of a record, which says nothing else and nothing that is empty: each article has one form."""
    if not isinstance(said, dict) or said.keys() - set(_ARTICLE) or not all(map(_is_said, said.values())):
        raise Unreadable(name)
    return PublishedArticle(**{"path": "", "title": "", **said})


def _is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value)
