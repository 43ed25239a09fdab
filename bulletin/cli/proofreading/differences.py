"""The lines of a file that would change, the words that differ marked: a paragraph is one long line."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher, unified_diff
from itertools import groupby

import click

from bulletin.model.original import Original

_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def show_difference(before: Original, after: Original) -> None:
    """A unified diff, which `patch` and `git apply` read; on a terminal it has colours."""
    lines = unified_diff(
        before.unified.splitlines(),
        after.unified.splitlines(),
        f"a/{before.path}",
        f"b/{after.path}",
        n=1,
        lineterm="",
    )
    for line in _marked(lines):
        click.echo(line)


def _marked(lines: Iterator[str]) -> Iterator[str]:
    """The lines in their colours; in those that stand against each other, what differs stands out."""
    gone: list[str] = []
    for sign, group in groupby(lines, key=lambda line: line[:1]):
        held = [*group]
        if sign == "-" and not held[0].startswith("---"):
            gone = held
            continue
        if sign == "+" and len(gone) == len(held):
            pairs = [_stood_out(old, new) for old, new in zip(gone, held, strict=True)]
            yield from (old for old, _ in pairs)
            yield from (new for _, new in pairs)
        else:
            yield from (_coloured(line) for line in (*gone, *held))
        gone = []
    yield from map(_coloured, gone)


def _coloured(line: str) -> str:
    return click.style(line, fg=_COLOURS[line[0]]) if line[:1] in _COLOURS else line


def _stood_out(old: str, new: str) -> tuple[str, str]:
    """Two lines of a diff, without and with the change."""
    said: tuple[list[str], list[str]] = ([], [])
    matched = SequenceMatcher(None, old[1:], new[1:], autojunk=False)
    for kind, start, end, from_, to in matched.get_opcodes():
        for parts, words, colour in (
            (said[0], old[1 + start : 1 + end], "red"),
            (said[1], new[1 + from_ : 1 + to], "green"),
        ):
            parts.append(click.style(words, fg=colour, reverse=kind != "equal") if words else "")
    return click.style("-", fg="red") + "".join(said[0]), click.style("+", fg="green") + "".join(said[1])
