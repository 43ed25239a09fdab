"""A text of the source, letter by letter: what stands in the file for each printed character, and what markup encloses it.

What lies between the letters is known to be markup, as everything that is printed is a letter; so it can be told apart without a parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulletin.convert.updating.strands import NOTE
from bulletin.model.article_source import Shape, SourceBlock
from bulletin.model.original import Original
from bulletin.model.problem import Span
from bulletin.model.proof_text import ProofText

STRONG, EMPHASIS, CODE, LINK = "strong", "emphasis", "code", "link"
_ENTITY = re.compile(r"&#?\w{1,31};")
_AMPERSANDS = ("&amp;", "&#38;", "&#x26;")
_LINE_END = re.compile(r"[ \t]*\\?(?:\r\n|\r|\n)[ \t>]*")
_TOKEN = re.compile(
    r"(?P<comment><!--.*?-->)|(?P<note>\[\^[^\]]+\])|(?P<line>[ \t]*(?:\r\n|\r|\n)[ \t>]*)"
    r"|(?P<close>\](?:\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))?)|(?P<mark>\*+|_+|`+|[<>\[])|(?P<blank>[ \t\u3000\u00a0]+)",
    re.DOTALL,
)
_NAMES = {"**": STRONG, "__": STRONG, "*": EMPHASIS, "_": EMPHASIS, "[": LINK, "<": LINK}
_CLOSES = {"<": ">"}
_HEADING = re.compile(r"[^#]*#+[ \t]*")
_NOTE_HEAD = re.compile(r"[ \t>]*\[\^[^\]]+\]:[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_ROW_END = re.compile(r"[\r\n]")
_FIELD_UNIT = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.)|\s+", re.DOTALL)


@dataclass(eq=False, slots=True)
class Pair:
    """Two marks and what they make of what they enclose. Each pair is itself and no other."""

    name: str
    opening: str
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A printed character, from where to where it stands in the file, and the marks around it, the outermost first.

    The mark of a footnote is a letter too, with its label.
    """

    character: str
    start: int
    end: int
    marks: tuple[Pair, ...] = ()
    label: str = ""


@dataclass(frozen=True, eq=False)
class RawText:
    """The letters of a text, and the stretch of the file that they and their marks take.

    `kept` are comments and line ends before each letter, by its number, and after the last one. `whole` is false where not everything between
    letters could be told apart.
    """

    source: str
    text: ProofText
    letters: tuple[Letter, ...]
    start: int
    end: int
    kept: dict[int, tuple[str, ...]] = field(default_factory=dict)
    whole: bool = True

    @property
    def content(self) -> str:
        return "".join(letter.character for letter in self.letters)


def body_text(original: Original, block: SourceBlock, text: ProofText) -> RawText:
    """A text of a block of the body, with its marks, its comments and the marks of footnotes in it."""
    bare = _letters(original, text)
    start, end = _bounds(original, block, bare)
    return _Reader(original.text, text, start, end).read(bare)


def field_text(original: Original, text: ProofText) -> RawText:
    """A text of the front matter; there is no markup in it."""
    letters = _letters(original, text)
    return RawText(original.text, text, letters, letters[0].start, letters[-1].end)


def _letters(original: Original, text: ProofText) -> tuple[Letter, ...]:
    """The letters without their marks; none reaches beyond the beginning of the next."""
    altered = {place for start, end in text.altered for place in range(start, end)}
    letters: list[Letter] = []
    for place in range(len(text.content) - 1, -1, -1):
        character, start = text.content[place], original.offset(text.span(place))
        end = start + 1
        if place in altered:
            start, end = _stretch(original.text, start, character, field=bool(text.field))
        limit = letters[-1].start if letters else len(original.text)
        letters.append(Letter(character, start, max(start, min(end, limit))))
    return tuple(reversed(letters))


def _stretch(source: str, start: int, character: str, *, field: bool) -> tuple[int, int]:
    """Where something stands that says a character otherwise: an entity, an escape, a line end."""
    if field:
        return start, start + _field_width(source, start, character)
    entity = _ENTITY.match(source, start)
    if entity and (character != "&" or entity[0].casefold() in _AMPERSANDS):
        return entity.span()
    if source[start : start + 1] == character and source[start - 1 : start] == "\\":
        return start - 1, start + 1
    found = _LINE_END.match(source, start)
    return found.span() if found else (start, start + 1)


def _field_width(source: str, start: int, character: str) -> int:
    if source.startswith("''", start) and character == "'":
        return 2
    found = _FIELD_UNIT.match(source, start)
    return len(found[0]) if found else 1


def _bounds(original: Original, block: SourceBlock, letters: tuple[Letter, ...]) -> tuple[int, int]:
    """The stretch of the file in which nothing but this text and its marks stands."""
    if block.shape in (Shape.FIGURE, Shape.VERBATIM):
        return letters[0].start, letters[-1].end
    if block.shape is Shape.TABLE:
        return _cell(original.text, letters)
    first, last = original.line(block.first), original.line(block.last)
    pattern = {Shape.HEADING: _HEADING, Shape.NOTE: _NOTE_HEAD}.get(block.shape)
    found = pattern.match(first) if pattern else None
    head = found.end() if found else len(block.lead)
    path = original.path
    return (
        original.offset(Span(path, block.first, 1)) + head,
        original.offset(Span(path, block.last, 1)) + len(last.rstrip()),
    )


def _cell(source: str, letters: tuple[Letter, ...]) -> tuple[int, int]:
    """From bar to bar, without blanks at the ends."""
    first, last = letters[0].start, letters[-1].end
    row = max(source.rfind("\n", 0, first), source.rfind("\r", 0, first)) + 1
    line_end = _ROW_END.search(source, last)
    row_end = line_end.start() if line_end else len(source)
    before = [found.end() for found in _BAR.finditer(source, row, first)]
    after = _BAR.search(source, last, row_end)
    start, end = before[-1] if before else row, after.start() if after else row_end
    inside = source[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


@dataclass
class _Reader:
    """Goes through what stands between the letters."""

    source: str
    text: ProofText
    start: int
    end: int
    open: list[tuple[str, Pair]] = field(default_factory=list)
    found: list[Letter] = field(default_factory=list)
    kept: dict[int, list[str]] = field(default_factory=dict)
    whole: bool = True

    def read(self, letters: tuple[Letter, ...]) -> RawText:
        at = self.start
        for letter in letters:
            self.between(at, letter.start)
            marks = tuple(pair for _mark, pair in self.open)
            self.found.append(Letter(letter.character, letter.start, letter.end, marks))
            at = letter.end
        self.between(at, self.end)
        kept = {place: tuple(said) for place, said in self.kept.items()}
        whole = self.whole and not self.open
        return RawText(self.source, self.text, tuple(self.found), self.start, self.end, kept, whole)

    def between(self, start: int, end: int) -> None:
        while start < end:
            token = _TOKEN.match(self.source, start, end)
            if token is None:
                self.whole = False
                return
            self.take(token)
            start = token.end()

    def take(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "comment" | "line":
                self.kept.setdefault(len(self.found), []).append(token[0])
            case "note":
                marks = tuple(pair for _mark, pair in self.open)
                self.found.append(Letter(NOTE, *token.span(), marks, token[0][2:-1]))
            case "close":
                self.close("[", token[0])
            case "mark":
                self.mark(token[0])

    def mark(self, said: str) -> None:
        """Opens or closes: of several asterisks in a row as many as what is open has."""
        while said:
            top = self.open[-1][0] if self.open else ""
            if top and said.startswith(_CLOSES.get(top, top)):
                self.close(top, _CLOSES.get(top, top))
                said = said[len(top) :]
            elif said[0] in "*_":
                part = said[0] * (2 - len(said) % 2)
                self.open.append((part, Pair(_NAMES[part], part)))
                said = said[len(part) :]
            else:
                self.whole = self.whole and said != ">"
                self.open.append((said, Pair(_NAMES.get(said, CODE), said)))
                return

    def close(self, opening: str, said: str) -> None:
        if self.open and self.open[-1][0] == opening:
            self.open.pop()[1].closing = said
        else:
            self.whole = False
