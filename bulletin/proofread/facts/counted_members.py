"""The members of a series that is counted off, 一是…；二是…, and the marks between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.proofread.facts.enumerations import Form, Marker, series_of
from bulletin.proofread.reading import ReadArticle, ReadText

_FORMS = frozenset({Form.IS, Form.MUST, Form.BY, Form.ORDINAL, Form.CIRCLED})
_INNER_STOP = re.compile("[。！？](?![”’）])")


@dataclass(frozen=True, slots=True)
class Member:
    """A member that another one follows: it goes on up to `end`, where its `separator` stands."""

    text: ReadText
    end: int
    separator: str
    has_stop: bool


def members_of(article: ReadArticle) -> Iterator[tuple[Member, ...]]:
    """Of each series the members but the last, of which nobody knows where it ends."""
    texts = article.texts
    markers = (marker.of_text(place) for place, text in enumerate(texts) if text.prose for marker in text.markers)
    for series in series_of(markers):
        if series.sound and series.markers[0].form in _FORMS:
            yield tuple(
                member
                for one, following in zip(series.markers, series.markers[1:], strict=False)
                if (member := _member(texts, one, following))
            )


def _member(texts: tuple[ReadText, ...], marker: Marker, following: Marker) -> Member | None:
    """The member of a marker, if it is one stretch: up to the next marker, or to the end of its text where the next text begins with that."""
    text = texts[marker.text]
    if following.text == marker.text:
        end = following.start - 1
    elif following.text == marker.text + 1 and following.start == 0:
        end = len(text.content) - 1
    else:
        return None
    has_stop = any(text.enclosing[stop.start()] is None for stop in _INNER_STOP.finditer(text.content, marker.end, end))
    return Member(text, end, text.content[end], has_stop)
