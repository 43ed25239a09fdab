"""Inlines to Markdown: what is read back is the same inlines, whatever characters they hold (CommonMark 0.31, 2.4, 6.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bulletin.model.marks import east_asian
from bulletin.model.prose import Code, Emphasis, Inline, LineBreak, Link, NoteRef, Strong, Text
from bulletin.model.walk import plain_text

_ESCAPED = re.compile(r"[\\`*_\[\]<]|&(?=#|[A-Za-z])")
_BLOCK_START = re.compile(r"(?P<mark>[-+>#=~|:]|(?P<digits>\d{1,9})(?=[.)](\s|$)))")
_BLANKS = " \t\u3000\u00a0"
_BREAK = "\\\n"


def write_inlines(content: Iterable[Inline], *, cell: bool = False) -> str:
    """A paragraph's text; in a cell of a table it is one line, and `|` is escaped."""
    parts = list(_spread(_trimmed(list(content))))
    text = "".join(_written(part, parts, place, cell=cell) for place, part in enumerate(parts))
    if cell:
        return text.replace("|", "\\|")
    return "\n".join(_guard(line) for line in text.split("\n"))


def write_address(target: str) -> str:
    """Where a link leads, between brackets where it has blanks or parentheses."""
    return f"<{target}>" if re.search(r"[\s()]", target) else target


def _written(part: Inline, parts: list[Inline], place: int, *, cell: bool) -> str:
    match part:
        case Text(content):
            return _ESCAPED.sub(lambda found: "\\" + found[0], _one_line(content))
        case Code(content):
            return _code(content)
        case LineBreak():
            return " " if cell else _BREAK
        case Strong() | Emphasis():
            mark = "**" if isinstance(part, Strong) else "*"
            inside = "".join(_written(each, list(part.content), at, cell=cell) for at, each in enumerate(part.content))
            return f"{mark}{inside}{mark}" if _may_stand(parts, place) else inside
        case Link(target, content):
            inside = "".join(_written(each, list(content), at, cell=cell) for at, each in enumerate(content))
            return f"[{inside}]({write_address(target)})"
        case NoteRef(label):
            return f"[^{label}]"


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)


def _code(content: str) -> str:
    """A code span with more backticks than it holds in a row."""
    longest = max(map(len, re.findall("`+", content)), default=0)
    fence = "`" * (longest + 1)
    inset = " " if content.startswith(("`", " ")) or content.endswith(("`", " ")) else ""
    return f"{fence}{inset}{_one_line(content)}{inset}{fence}"


def _spread(parts: list[Inline]) -> Iterator[Inline]:
    """Blanks at the edges of bold text stand outside of it; bold that is empty, or follows bold, is no mark of its own."""
    for part in _joined(parts):
        if not isinstance(part, Strong | Emphasis):
            yield part
            continue
        inside = list(part.content)
        before, inside = _cut(inside, at_start=True)
        after, inside = _cut(inside, at_start=False)
        yield from ((Text(before),) if before else ())
        if inside:
            yield replace(part, content=tuple(inside))
        yield from ((Text(after),) if after else ())


def _joined(parts: list[Inline]) -> list[Inline]:
    joined: list[Inline] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Strong) and isinstance(last, Strong):
            joined[-1] = Strong((*last.content, *part.content))
        elif isinstance(part, Emphasis) and isinstance(last, Emphasis):
            joined[-1] = Emphasis((*last.content, *part.content))
        else:
            joined.append(part)
    return joined


def _cut(inside: list[Inline], *, at_start: bool) -> tuple[str, list[Inline]]:
    """The blanks at one edge, and the rest."""
    place = 0 if at_start else -1
    if not inside or not isinstance(edge := inside[place], Text):
        return "", inside
    kept = edge.content.lstrip() if at_start else edge.content.rstrip()
    cut = edge.content[: len(edge.content) - len(kept)] if at_start else edge.content[len(kept) :]
    rest = [Text(kept)] if kept else []
    return cut, ([*rest, *inside[1:]] if at_start else [*inside[:-1], *rest])


def _trimmed(parts: list[Inline]) -> list[Inline]:
    """Without blanks and line breaks at either end, which the reader would take away."""
    for at_start in (True, False):
        while parts:
            edge = parts[0 if at_start else -1]
            if isinstance(edge, Text):
                kept = edge.content.lstrip(_BLANKS + "\n") if at_start else edge.content.rstrip(_BLANKS + "\n")
                parts = [Text(kept), *parts[1:]] if at_start else [*parts[:-1], Text(kept)]
                if kept:
                    break
            elif not isinstance(edge, LineBreak):
                break
            parts = parts[1:] if at_start else parts[:-1]
    return parts


def _may_stand(parts: list[Inline], place: int) -> bool:
    """True where asterisks about the part will be read as marks (CommonMark 6.2, with East Asian characters as letters)."""
    inside = plain_text(parts[place : place + 1])
    before = plain_text(parts[:place])[-1:]
    after = plain_text(parts[place + 1 : place + 2])[:1]
    if not inside.strip() or (place and isinstance(parts[place - 1], Strong | Emphasis)):
        return False
    opens = _flanks(before, inside[0])
    closes = _flanks(after, inside[-1])
    digits = (before.isdigit() and inside[0].isdigit()) or (after.isdigit() and inside[-1].isdigit())
    return opens and closes and not digits and not (len(inside) == 1 and isinstance(parts[place], Emphasis))


def _flanks(outside: str, inside: str) -> bool:
    """True where a mark between the two belongs to what is inside."""
    if inside.isspace():
        return False
    if not outside or outside.isspace() or east_asian(outside) or east_asian(inside):
        return True
    return not _is_mark(inside) or _is_mark(outside)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _guard(line: str) -> str:
    """The line so that its beginning is text: no heading, list, quotation or table."""
    bare = line.lstrip(_BLANKS)
    if bare.startswith("＃"):
        return "&#xFF03;" + bare[1:]
    found = _BLOCK_START.match(bare)
    if not found:
        return bare
    return f"{found['digits']}\\{bare[found.end() :]}" if found["digits"] else "\\" + bare
