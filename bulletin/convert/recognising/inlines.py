"""Runs of a foreign paragraph to inlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bulletin.convert.recognising.pieces import Norm
from bulletin.model.foreign import ForeignParagraph, Run
from bulletin.model.problem import Span
from bulletin.model.prose import Emphasis, Inline, LineBreak, Link, NoteRef, Strong, Text

_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+", re.IGNORECASE)
_KAI = re.compile("楷|Kai", re.IGNORECASE)


def inlines_of(paragraph: ForeignParagraph, span: Span, norm: Norm, *, plain: bool = False) -> tuple[Inline, ...]:
    """The paragraph's inlines, its automatic number first; `plain` leaves looks out, as in a heading, which has its own."""
    runs = _levelled(paragraph.runs)
    if paragraph.number:
        runs.insert(0, Run(paragraph.number, runs[0].look if runs else Run("").look))
    if plain or all(_kai(run, norm) for run in runs if any(map(str.isalnum, run.text))):
        norm = Norm("", 0.0)
    found = [inline for run in runs for inline in _inline(run, span, norm, plain=plain)]
    return tuple(_without_edges(merged(found)))


def _levelled(runs: tuple[Run, ...]) -> list[Run]:
    """The runs; marks between words of one look have that look, whatever face the file gives them."""
    found: list[Run] = []
    for run in runs:
        marks = run.text and not any(map(str.isalnum, run.text)) and not run.link
        found.append(replace(run, look=found[-1].look) if marks and found and found[-1].text else run)
    return found


def _inline(run: Run, span: Span, norm: Norm, *, plain: bool) -> Iterator[Inline]:
    if run.note:
        yield NoteRef(run.note, span)
    if not run.text:
        return
    content = tuple(_with_breaks(run.text))
    if run.link and _SAFE_LINK.fullmatch(run.link) and run.text.strip():
        content = (Link(run.link, content, span),)
    if not plain and run.look.bold:
        content = (Strong(content),)
    elif not plain and (run.look.italic or _kai(run, norm)):
        content = (Emphasis(content),)
    yield from content


def _kai(run: Run, norm: Norm) -> bool:
    """True for words set in 楷体 where the body is not."""
    return bool(norm.face) and bool(_KAI.search(run.look.face)) and not _KAI.search(norm.face)


def _with_breaks(text: str) -> Iterator[Inline]:
    for place, line in enumerate(text.replace("\t", " ").split("\n")):
        if place:
            yield LineBreak()
        if line:
            yield Text(line)


def merged(inlines: Iterable[Inline]) -> list[Inline]:
    """Neighbours of one kind made one."""
    found: list[Inline] = []
    for inline in inlines:
        last = found[-1] if found else None
        match last, inline:
            case Text(), Text():
                found[-1] = Text(last.content + inline.content)
            case Strong(), Strong():
                found[-1] = Strong(tuple(merged((*last.content, *inline.content))))
            case Emphasis(), Emphasis():
                found[-1] = Emphasis(tuple(merged((*last.content, *inline.content))))
            case _:
                found.append(inline)
    return found


def _without_edges(inlines: list[Inline]) -> Iterator[Inline]:
    """The inlines without blanks and line ends at either end."""
    start, end = 0, len(inlines)
    while start < end and _blank(inlines[start]):
        start += 1
    while end > start and _blank(inlines[end - 1]):
        end -= 1
    for place in range(start, end):
        inline = inlines[place]
        if isinstance(inline, Text):
            text = inline.content
            text = text.lstrip() if place == start else text
            text = text.rstrip() if place == end - 1 else text
            inline = Text(text)
        yield inline


def _blank(inline: Inline) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, Text) and not inline.content.strip())


def without_start(inlines: tuple[Inline, ...], width: int) -> tuple[Inline, ...]:
    """The inlines without their first `width` characters."""
    kept: list[Inline] = []
    for inline in inlines:
        if width <= 0 or not isinstance(inline, (Text, Strong, Emphasis, Link)):
            kept.append(inline)
        elif isinstance(inline, Text):
            if len(inline.content) > width:
                kept.append(Text(inline.content[width:]))
            width -= len(inline.content)
        else:
            length = len(text_of(inline.content))
            if length > width:
                inner = without_start(inline.content, width)
                kept.append(
                    Link(inline.target, inner, inline.span) if isinstance(inline, Link) else type(inline)(inner)
                )
            width -= length
    return tuple(kept)


def split_at(inlines: tuple[Inline, ...], width: int) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """The first `width` characters, and the rest."""
    return _first(inlines, width), without_start(inlines, width)


def _first(inlines: tuple[Inline, ...], width: int) -> tuple[Inline, ...]:
    kept: list[Inline] = []
    for inline in inlines:
        if width <= 0:
            break
        match inline:
            case Text(content):
                kept.append(Text(content[:width]))
                width -= len(content)
            case Strong(content) | Emphasis(content):
                kept.append(type(inline)(_first(content, width)))
                width -= len(text_of(content))
            case Link(target, content, span):
                kept.append(Link(target, _first(content, width), span))
                width -= len(text_of(content))
            case _:
                kept.append(inline)
    return tuple(kept)


def text_of(inlines: Iterable[Inline]) -> str:
    """Their characters; a line break is none."""
    found = ""
    for inline in inlines:
        match inline:
            case Text(content):
                found += content
            case Strong(content) | Emphasis(content) | Link(_, content, _):
                found += text_of(content)
    return found


def plain(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The inlines without bold and 楷体: a lead has its look as a whole."""
    found: list[Inline] = []
    for inline in inlines:
        found += plain(inline.content) if isinstance(inline, (Strong, Emphasis)) else (inline,)
    return tuple(merged(found))
