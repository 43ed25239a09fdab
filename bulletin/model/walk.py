"""Walking through prose: its plain text, its strings, its parts of one type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, assert_never

from bulletin.model.problem import Span
from bulletin.model.prose import (
    Code,
    ComposedInline,
    CrossLink,
    Emphasis,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    Note,
    NoteRef,
    NumberedHeading,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    WebLink,
)

T = TypeVar("T")


def plain_text(inlines: Iterable[Inline | ComposedInline]) -> str:
    """The characters of the inlines in order; footnotes and their marks are left out, a line break is a newline."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline | ComposedInline) -> str:
    match inline:
        case Text(content) | Code(content):
            return content
        case LineBreak():
            return "\n"
        case Strong() | Emphasis() | Link() | WebLink() | CrossLink():
            return plain_text(inline.content)
        case Note() | NoteRef():
            return ""
        case _:
            assert_never(inline)


def walk(value: object, wanted: type[T] | tuple[type[T], ...]) -> Iterator[T]:
    """Every part of `value` (dataclasses and tuples, at any depth) of a type that is wanted, in reading order."""
    found: list[T] = []
    _gather((value,), _ways_to(wanted), found)  # type: ignore[arg-type]  # types are hashable
    return iter(found)


def _gather(parts: Iterable[Any], ways: _Ways, found: list[T]) -> None:
    for part in parts:
        way = ways[type(part)]
        if way is not None:
            wanted, inside = way
            if wanted:
                found.append(part)
            if inside is not None:
                _gather(inside(part), ways, found)


class _Way(NamedTuple):
    """What is done with parts of a type: whether they are wanted, and how what may be wanted inside of them is got."""

    wanted: bool
    inside: Callable[[Any], Iterable[Any]] | None


class _Ways(dict[type, _Way | None]):
    """The way with each type; none where there is nothing to be found. A text of thousands of paragraphs has few types."""

    def __init__(self, wanted: tuple[type, ...]) -> None:
        super().__init__()
        self.wanted = wanted

    def __missing__(self, kind: type) -> _Way | None:
        way = _Way(issubclass(kind, self.wanted), self._inside(kind))
        self[kind] = way if way.wanted or way.inside else None
        return self[kind]

    def _inside(self, kind: type) -> Callable[[Any], Iterable[Any]] | None:
        if issubclass(kind, tuple):
            return iter
        no_tuple: type = kind
        held = {name: annotation for name, annotation in _fields_of(no_tuple) if self._may_hold(annotation)}
        if not held:
            return None
        got = attrgetter(*held)
        alone = len(held) == 1 and (issubclass(tuple, self.wanted) or not _TUPLE.fullmatch("".join(held.values())))
        return (lambda part: (got(part),)) if alone else got

    def _may_hold(self, annotation: str) -> bool:
        if annotation in _SIMPLE:
            return issubclass(_SIMPLE[annotation], self.wanted)
        return not (_OF_INLINES.search(annotation) and _BLOCKS.issuperset(self.wanted))


@cache
def _ways_to(wanted: type | tuple[type, ...]) -> _Ways:
    return _Ways(wanted if isinstance(wanted, tuple) else (wanted,))


_SIMPLE: Mapping[str, type] = {"str": str, "int": int, "bool": bool, "float": float, "Span": Span}
"""Annotations of fields that hold one value and nothing in it."""
_TUPLE = re.compile(r"tuple\[[^|]*\]")
_BLOCKS = frozenset({Figure, Heading, NumberedHeading, Paragraph, Quote, Table})
_OF_INLINES = re.compile(r"\bI\b")
"""The annotation of a field that holds inlines (see `model/prose.py`), and so no blocks."""


@cache
def _fields_of(kind: type) -> tuple[tuple[str, str], ...]:
    """Names and annotations of the fields of a dataclass; none for what holds no parts."""
    if kind is Span or not is_dataclass(kind):
        return ()
    return tuple((part.name, str(part.type)) for part in fields(kind))


def characters(value: object) -> int:
    """How many characters of running text `value` holds, white space not counted."""
    return sum(len("".join(text.content.split())) for text in walk(value, Text))


_UNSEEN_FIELDS = frozenset({"picture", "alternative", "anchor", "target", "url", "slug", "alignments"})


def visible_text(value: object) -> str:
    """What a reader sees of prose, as written or as composed: every string but addresses, and no footnotes."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "".join(visible_text(item) for item in value)
    if isinstance(value, (Note, NoteRef)):
        return ""
    names = (name for name, _ in _fields_of(type(value)))  # type: ignore[arg-type]  # types are hashable
    return "".join(visible_text(getattr(value, name)) for name in names if name not in _UNSEEN_FIELDS)
