"""The series of an article, section by section: what the rules of this group count."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.proof_text import Role, Words
from bulletin.proofread.facts.enumerations import Marker, Series, series_of
from bulletin.proofread.reading import ReadArticle


def sections_of_series(article: ReadArticle) -> Iterator[tuple[Series, ...]]:
    """The series between one heading and the next; the markers tell the place of their text among those of the article."""
    markers: list[Marker] = []
    for place, text in enumerate(article.texts):
        if text.text.role is Role.HEADING:
            yield series_of(markers)
            markers = []
        elif text.prose:
            markers.extend(marker.of_text(place) for marker in text.markers)
    yield series_of(markers)


def words_of_marker(article: ReadArticle, marker: Marker) -> Words:
    """The marker itself, without the mark after it."""
    text = article.texts[marker.text]
    ends = text.content[marker.end - 1] in "，、："
    return text.words(marker.start, marker.end - ends)
