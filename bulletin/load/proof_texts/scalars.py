"""Values of YAML to their characters, each with its place: plain, in quotation marks, or in a block of lines."""

from __future__ import annotations

import re

from bulletin.load.proof_texts.placed import Placed, Placing
from bulletin.load.yaml_faults import Lines
from bulletin.model.problem import Span

_RUN = re.compile(r"[ \t\n]+|[^ \t\n]+")
_BLANKS = re.compile(r"[ \t\n]*")
_BLANKS_IN_QUOTES = re.compile(r"(?:[ \t\n]|\\(?:[ \tnt\n]|(?:x|u00|U000000)(?:20|09|0[aA])))*")
_BLOCK_HEAD = re.compile(r"[|>][^\n]*\n?")
_ESCAPE = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.)")
_LINE_ESCAPE = re.compile(r"\\\n[ \t]*")


def placed_scalar(value: str, lines: Lines, span: Span) -> Placed:
    """The characters of a value that begins at `span`.

    YAML changes no more than blanks at line ends and escapes in quotation marks; where what was read cannot be followed in the source, all of it is
    said to stand where the value begins, and to stand there otherwise.
    """
    start = lines.starts[span.line - lines.first_line] + span.column - 1
    style = lines.text[start : start + 1]
    head = _BLOCK_HEAD.match(lines.text, start)
    walk = _Walk(lines, style, head.end() if head else start + (style in "\"'"))
    if all(walk.blanks(run[0]) if run[0][0] in " \t\n" else walk.letters(run[0]) for run in _RUN.finditer(value)):
        return walk.out.placed
    placing = Placing()
    placing.add_altered(value, (span.line, span.column))
    return placing.placed


class _Walk:
    """Goes through a value and its source together; each step says whether it could."""

    def __init__(self, lines: Lines, style: str, cursor: int) -> None:
        self.lines, self.style, self.cursor = lines, style, cursor
        self.out = Placing()

    def blanks(self, run: str) -> bool:
        """Blanks and line ends, of which the source may have others."""
        found = (_BLANKS_IN_QUOTES if self.style == '"' else _BLANKS).match(self.lines.text, self.cursor)
        raw = found[0] if found else ""
        self.add(run, altered=raw != run or "\n" in run)
        self.cursor += len(raw)
        return True

    def letters(self, run: str) -> bool:
        """Characters without a blank among them; they stand on one line, but for escaped line ends."""
        if not self.out.length and self.style in "|>":
            self.skip(_BLANKS)
        plain = self.lines.text.startswith(run, self.cursor)
        if plain and (self.style not in "\"'" or not set(run) & {"\\", "'", '"'}):
            self.add(run)
            self.cursor += len(run)
            return True
        return self.style in "\"'" and all(self.quoted(character) for character in run)

    def quoted(self, character: str) -> bool:
        """One character in quotation marks."""
        text = self.lines.text
        if self.style == '"':
            self.skip(_LINE_ESCAPE)
        if self.style == '"' and text.startswith("\\", self.cursor):
            self.add(character, altered=True)
            return self.skip(_ESCAPE)
        self.add(character, altered=character == "'" == self.style)
        self.cursor += 2 if character == "'" == self.style else 1
        return text[self.cursor - 1 : self.cursor] == character

    def skip(self, wanted: re.Pattern[str]) -> bool:
        found = wanted.match(self.lines.text, self.cursor)
        self.cursor = found.end() if found else self.cursor
        return found is not None

    def add(self, said: str, *, altered: bool = False) -> None:
        span = self.lines.span(self.cursor)
        add = self.out.add_altered if altered else self.out.add
        add(said, (span.line, span.column))
