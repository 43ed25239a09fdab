"""What pages are, in the vocabulary of schema.org, as JSON-LD: articles of issues of a periodical, and the way to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bulletin.model.edition import WebEdition
from bulletin.model.site import Card, ListPage
from bulletin.render.web.addresses import TOUCH_ICON_FILE, file_address, page_address
from bulletin.render.web.frame import Frame

Record: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way from the home page to a page: what it is called, and its path."""

    name: str
    path: str


def graph(frame: Frame, trail: tuple[Step, ...], *records: Record) -> Record | None:
    """The records and the way to the page in one document; none where there are no whole addresses, as all are known by theirs."""
    if not frame.address:
        return None
    way = (_way(frame, trail),) if trail else ()
    return {"@context": "https://schema.org", "@graph": [*records, *way]}


def article_record(frame: Frame, edition: WebEdition, card: Card, picture: str) -> Record:
    """An article of an issue; `picture` is the address of its first one, empty where it has none."""
    address = page_address(frame, card.path)
    day = edition.masthead.date.isoformat()
    return _known(
        {
            "@type": "Article",
            "@id": f"{address}#article",
            "url": address,
            "mainEntityOfPage": address,
            "headline": card.title,
            "alternativeHeadline": card.subtitle.removeprefix("——"),
            "description": card.summary,
            "inLanguage": frame.language,
            "dateCreated": card.date.isoformat() if card.date != edition.masthead.date else "",
            "datePublished": day,
            "articleSection": card.section_name,
            "keywords": list(card.subjects),
            "image": picture,
            "author": _author(frame, card),
            "publisher": _publisher(frame),
            "isAccessibleForFree": True,
            "isPartOf": _issue(frame, edition),
        }
    )


def issue_record(frame: Frame, edition: WebEdition) -> Record:
    """An issue with its articles in order."""
    parts = [
        {
            "@type": "Article",
            "@id": f"{page_address(frame, card.path)}#article",
            "url": page_address(frame, card.path),
            "headline": card.title,
        }
        for card in edition.cards
    ]
    return {
        **_issue(frame, edition),
        "inLanguage": frame.language,
        "publisher": _publisher(frame),
        "hasPart": parts,
    }


def collection_record(frame: Frame, page: ListPage) -> Record:
    """A page that leads to others."""
    address = page_address(frame, page.path)
    return {
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": page.title,
        "inLanguage": frame.language,
        "isPartOf": {"@type": "WebSite", "@id": f"{frame.address}#website", "name": frame.settings.name},
    }


def home_records(frame: Frame) -> tuple[Record, ...]:
    """The site with its search, and the periodical."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{page_address(frame, 'search')}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {
        "@type": "WebSite",
        "@id": f"{frame.address}#website",
        "url": frame.address,
        "name": frame.settings.name,
        "description": frame.settings.description,
        "inLanguage": frame.language,
        "publisher": _publisher(frame),
        "potentialAction": search,
    }
    return _known(website), {**_periodical(frame), "publisher": _publisher(frame)}


def _issue(frame: Frame, edition: WebEdition) -> Record:
    address = page_address(frame, edition.folder)
    key = edition.masthead.key
    return {
        "@type": "PublicationIssue",
        "@id": f"{address}#issue",
        "url": address,
        "name": edition.masthead.numbering,
        "issueNumber": f"增刊{key.number}" if key.supplement else str(key.number),
        "datePublished": edition.masthead.date.isoformat(),
        "isPartOf": _periodical(frame),
    }


def _periodical(frame: Frame) -> Record:
    return {"@type": "Periodical", "@id": f"{frame.address}#periodical", "name": frame.title, "url": frame.address}


def _publisher(frame: Frame) -> Record:
    logo = {"@type": "ImageObject", "url": file_address(frame, TOUCH_ICON_FILE)} if frame.settings.emblem else None
    return _known({"@type": "Organization", "@id": f"{frame.address}#publisher", "name": frame.publisher, "logo": logo})


def _author(frame: Frame, card: Card) -> Record:
    """Who speaks or reports; the publisher where nobody is named."""
    if card.speaker:
        return _known({"@type": "Person", "name": card.speaker, "jobTitle": card.position})
    return {"@type": "Organization", "name": card.organization} if card.organization else _publisher(frame)


def _way(frame: Frame, trail: tuple[Step, ...]) -> Record:
    steps = [
        {"@type": "ListItem", "position": place, "name": step.name, "item": page_address(frame, step.path)}
        for place, step in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _known(record: Record) -> Record:
    """What has a value."""
    return {name: value for name, value in record.items() if value not in ("", None, [])}
