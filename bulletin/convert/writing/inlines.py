"""Inlines as Markdown can hold them, and as Markdown.

Every mark that means something to a reader of Markdown is escaped where it would; where asterisks would not be taken for emphasis (between
figures, beside other asterisks), an empty comment parts them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from bulletin.model.marks import east_asian
from bulletin.model.prose import Code, Emphasis, Inline, LineBreak, Link, NoteRef, Strong, Text
from bulletin.model.walk import plain_text, walk

JOINER = "<!-- -->"
BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_TAB = re.compile("[\t\x1c-\x1f]")
_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#|\w+;)|!$|\|")
_START = re.compile(r"(?:\d{1,9}(?=[.)](?:\s|$))|(?=[>#]|[-+](?:\s|$)|~~~|[-: ]+$)|\[\^[^\]]+\](?=:))")
"""What a line may begin with that must be escaped after it."""
_HAN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_LONG_LINE = 3_000
"""Lines are ended at about so many characters: one may have 5,000, escapes included."""


# What Markdown can hold


def canonical(inlines: Iterable[Inline], *, lines: bool = True) -> tuple[Inline, ...]:
    """The same inlines in the one form in which they are read back: neighbours made one, no blanks at edges, nothing empty, no look within
    itself. Without `lines` a line end is a blank, as in headings and cells."""
    found = list(_merged(_flat(inlines, frozenset(), lines=lines)))
    return tuple(_trimmed(found))


def _flat(inlines: Iterable[Inline], within: frozenset[type], *, lines: bool) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Text(content):
                yield from _texts(content, lines=lines)
            case LineBreak():
                yield inline if lines else Text("\u3000")
            case Code(content):
                one_line = BREAKS.sub(" ", content)
                yield Code(one_line) if one_line.strip() else Text(one_line)
            case Strong() | Emphasis() | Link():
                yield from _look(inline, within, lines=lines)
            case NoteRef():
                yield inline


def _texts(content: str, *, lines: bool) -> Iterator[Inline]:
    for place, line in enumerate(BREAKS.split(_TAB.sub(" ", content))):
        if place:
            yield LineBreak() if lines else Text("\u3000")
        yield Text(line)


def _look(
    inline: Strong[Inline] | Emphasis[Inline] | Link[Inline], within: frozenset[type], *, lines: bool
) -> Iterator[Inline]:
    """The inline, a part in each line, blanks at edges outside of it; its content alone where it is within its like, or says nothing."""
    kind = type(inline)
    inner = list(_merged(_flat(inline.content, within | {kind}, lines=lines)))
    if kind in within or not plain_text(inner).strip() or (kind is Link and not _addressable(inline)):
        yield from inner
        return
    for place, line in enumerate(_lines(inner)):
        if place:
            yield LineBreak()
        notes = tuple(walk(tuple(line), NoteRef)) if kind is Link else ()
        before, core, after = _edges(list(_merged(_without_notes(line))) if notes else line)
        yield from before
        if plain_text(core):
            yield replace(inline, content=tuple(core))
        else:
            yield from core
        yield from notes
        yield from after


def _lines(inlines: list[Inline]) -> list[list[Inline]]:
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return lines


def _without_notes(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Without calls of notes, which lead somewhere themselves, and so cannot stand in a link."""
    for inline in inlines:
        match inline:
            case NoteRef():
                pass
            case Strong() | Emphasis():
                if content := tuple(_merged(_without_notes(inline.content))):
                    yield replace(inline, content=content)
            case _:
                yield inline


def _addressable(link: Inline) -> bool:
    return isinstance(link, Link) and bool(link.target) and not re.search(r"[\x00-\x20\x7f<>\\]", link.target)


def _edges(inlines: list[Inline]) -> tuple[list[Inline], list[Inline], list[Inline]]:
    """Blanks before, what is between, blanks after, in one line."""
    core = list(inlines)
    before: list[Inline] = []
    after: list[Inline] = []
    if core and isinstance(first := core[0], Text):
        rest = first.content.lstrip()
        before = [Text(first.content[: len(first.content) - len(rest)])]
        core[0] = Text(rest)
    if core and isinstance(last := core[-1], Text):
        rest = last.content.rstrip()
        after = [Text(last.content[len(rest) :])]
        core[-1] = Text(rest)
    return before, [inline for inline in core if inline != Text("")], after


def _merged(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Neighbours of one kind made one, empty texts left out."""
    last: Inline | None = None
    for inline in inlines:
        match last, inline:
            case _, Text(""):
                continue
            case Text(), Text():
                last = Text(last.content + inline.content)
            case Code(), Code():
                last = Code(last.content + inline.content)
            case Strong(), Strong():
                last = Strong(tuple(_merged((*last.content, *inline.content))))
            case Emphasis(), Emphasis():
                last = Emphasis(tuple(_merged((*last.content, *inline.content))))
            case None, _:
                last = inline
            case _:
                yield last
                last = inline
    if last is not None:
        yield last


def _trimmed(inlines: list[Inline]) -> Iterator[Inline]:
    """Without blanks at either end and about line ends."""
    kept = [core for line in _lines(inlines) if (core := _edges(line)[1])]
    for place, line in enumerate(kept):
        if place:
            yield LineBreak()
        yield from line


# Markdown


class _Part(NamedTuple):
    """A piece of source; a `mark` is of emphasis, and `opens` or closes."""

    source: str
    mark: bool = False
    opens: bool = False


def to_markdown(inlines: tuple[Inline, ...], *, start: bool = True) -> str:
    """The inlines, which are canonical, as the source of a paragraph; without `start`, as that of a heading or a cell."""
    out = ""
    parts = list(_parts(inlines))
    for place, part in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else None
        if part.mark:
            out = _with_mark(out, part, following, after_mark=place > 0 and parts[place - 1].mark)
        else:
            out += part.source
    lines = out.split("\n")
    return "\n".join(map(_line_start, lines)) if start else out


def folded(source: str) -> str:
    """The source of a paragraph in lines that are not too long, ended between Han, where a line end means nothing."""
    if "](" in source or "`" in source:
        return source
    lines = []
    for line in source.split("\n"):
        rest = line
        while len(rest) > _LONG_LINE and (found := _HAN.search(rest, _LONG_LINE)):
            lines.append(rest[: found.start()])
            rest = rest[found.start() :]
        lines.append(rest)
    return "\n".join(lines)


def _parts(inlines: Iterable[Inline]) -> Iterator[_Part]:
    for inline in inlines:
        match inline:
            case Text(content):
                yield _Part(_SPECIAL.sub(r"\\\g<0>", content))
            case Code(content):
                yield _Part(_code(content))
            case LineBreak():
                yield _Part("\\\n")
            case NoteRef(label):
                yield _Part(f"[^{label}]")
            case Strong() | Emphasis():
                mark = "**" if isinstance(inline, Strong) else "*"
                yield _Part(mark, mark=True, opens=True)
                yield from _parts(inline.content)
                yield _Part(mark, mark=True)
            case Link(target):
                yield _Part("[")
                yield from _parts(inline.content)
                yield _Part(f"]({_target(target)})")


def _code(content: str) -> str:
    """With a fence longer than any within, and blanks inside of it that reading takes off again."""
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if content[0] in " `" or content[-1] in " `" else ""
    return f"{fence}{pad}{content}{pad}{fence}"


def _target(target: str) -> str:
    escaped = re.sub(r"&(?=#|\w+;)", r"\\&", target)
    return f"<{escaped}>" if re.search(r"[()]", target) else escaped


def _with_mark(out: str, part: _Part, following: _Part | None, *, after_mark: bool) -> str:
    """`out` with the mark at its end, between comments where it would not be taken for what it is."""
    after = "<" if following and following.mark else following.source[:1] if following else " "
    before = JOINER if after_mark else ""
    candidates = ((before, ""), (JOINER, ""), (before, JOINER), (JOINER, JOINER))
    for left, right in candidates:
        last = (out + left)[-1:] or " "
        if _taken(last, part, "<" if right else after or " "):
            return out + left + part.source + right
    return out + JOINER + part.source + JOINER


def _taken(before: str, part: _Part, after: str) -> bool:
    """Whether asterisks between these characters open, or close (CommonMark 0.31, 6.2; beside East Asian characters always)."""
    if before.isdigit() and after.isdigit():
        return False
    if east_asian(before) or east_asian(after):
        return not (after if part.opens else before).isspace()
    near, far = (after, before) if part.opens else (before, after)
    return not near.isspace() and (not _punctuation(near) or far.isspace() or _punctuation(far))


def _punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _line_start(line: str) -> str:
    """The line with what would make it a heading, a list, a quotation, a table or a note escaped."""
    if line.startswith("＃"):
        return f"&#{ord('＃')};{line[1:]}"
    found = _START.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line
