"""The digests that clearances and sign-offs are bound to."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache

from bulletin.model.edition import Edition
from bulletin.model.issue import Manuscript
from bulletin.model.picture import Picture
from bulletin.model.problem import Span
from bulletin.model.prose import Figure
from bulletin.model.walk import walk

_CONTENT = ("title", "subtitle", "speaker", "position", "organization", "date", "blocks", "notes")


@lru_cache(maxsize=32)  # each article is asked for several times while its issue is made
def digest_of(manuscript: Manuscript, pictures: tuple[Picture, ...]) -> str:
    """A SHA-256 over everything of the article that a reader can see.

    Any change of text, structure, title block or picture changes it; file name, comments and places do not.
    """
    said = [manuscript.kind.name, *(_canonical(getattr(manuscript, name)) for name in _CONTENT)]
    said += [f"editors_note {_canonical(manuscript.editors_note)}"] if manuscript.editors_note else []
    said += [f"subjects {_canonical(manuscript.subjects)}"] if manuscript.subjects else []
    shown = {figure.picture for figure in walk(manuscript.blocks, Figure)}
    said += [
        f"{picture.name} {picture.sha256}"
        for picture in sorted(pictures, key=lambda each: each.name)
        if picture.name in shown
    ]
    return "sha256:" + hashlib.sha256("\n".join(said).encode()).hexdigest()


_OF_PAGES = frozenset({"continued", "mark_cells"})
"""Fields that only the typeset blocks use."""
FRONT_PART, IMPRINT_PART = "首页", "报尾"


def digests_of(edition: Edition) -> tuple[tuple[str, str], ...]:
    """A SHA-256 of each part of the issue that reaches paper: the first page, each article by its place, the foot.

    Names of files do not reach paper.
    """
    shown = {picture.name: picture.sha256 for picture in edition.pictures}
    front = (
        edition.masthead,
        edition.marking,
        edition.copy_number,
        edition.copy_number_left,
        edition.highlights,
        edition.editors_note,
    )
    articles = [
        (
            f"第{article.position}篇",
            (
                replace(article, slug="", source=""),
                tuple(shown.get(figure.picture, "") for figure in walk(article.blocks, Figure)),
            ),
        )
        for article in edition.articles
    ]
    parts: list[tuple[str, object]] = [(FRONT_PART, front), *articles, (IMPRINT_PART, edition.imprint)]
    return tuple((name, "sha256:" + hashlib.sha256(_canonical(part).encode()).hexdigest()) for name, part in parts)


def _canonical(value: object) -> str:
    """A text that is equal for equal content and different for different content."""
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join([_canonical(item) for item in value])}]"
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if not is_dataclass(value):
        return str(value)
    parts = [getattr(value, name) for name in _content_of(type(value))]  # type: ignore[arg-type]  # types are hashable
    return f"{type(value).__name__}({', '.join([_canonical(part) for part in parts if not isinstance(part, Span)])})"


@cache
def _content_of(kind: type) -> tuple[str, ...]:
    """The names of the fields of a dataclass that are content; classes are few, and there is no need to ask them again."""
    return tuple(part.name for part in fields(kind) if part.name not in _OF_PAGES)
