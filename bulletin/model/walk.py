"""Walking through prose: its plain text, its strings, its parts of one type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import TypeVar, assert_never

from bulletin.model.problem import Span
from bulletin.model.prose import (
    Code,
    ComposedInline,
    CrossLink,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Note,
    NoteRef,
    Strong,
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
    if isinstance(value, wanted):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from walk(item, wanted)
    elif is_dataclass(value) and not isinstance(value, Span):
        for part in fields(value):
            yield from walk(getattr(value, part.name), wanted)


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
    if not is_dataclass(value) or isinstance(value, (Span, Note, NoteRef)):
        return ""
    return "".join(visible_text(getattr(value, part.name)) for part in fields(value) if part.name not in _UNSEEN_FIELDS)
