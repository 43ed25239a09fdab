"""Whether a foreign document's text, paragraph after paragraph, is what was recognised in it: blocks in their order, and between their words
what was taken for fields. Blanks do not count."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from bulletin.model.draft import DraftIssue, Taken
from bulletin.model.foreign import ForeignDocument, ForeignParagraph
from bulletin.model.imported import Imported
from bulletin.model.prose import Block, Figure, Heading, ItemList, Paragraph, Quote, Table, Verbatim
from bulletin.model.walk import plain_text

_BULLET = "•"
_MOST_STEPS = 4_000
_MOST_GUESSES = 8
"""So often in a paragraph it is tried whether a bullet is ours or its own."""
_WINDOW = 6
_Found: TypeAlias = "tuple[int, tuple[str, ...]]"
"""Where the stream stands, and what was taken and not met yet."""


def bare(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())


def missing_words(text: str, other: str) -> str:
    """The words of `text`, as many as the other lacks, from the first place where they are not the other's."""
    known = {other[at : at + _WINDOW] for at in range(len(other))}
    lost = next((at for at in range(len(text)) if text[at : at + _WINDOW] not in known), 0)
    return text[max(0, lost - _WINDOW) : lost + 5 * _WINDOW]


def first_out_of_order(imported: Imported) -> str:
    """The words of the first paragraph of the repaired document that is not what was recognised there; nothing where all are."""
    blocks, notes = _blocks_and_notes(imported)
    written = _Stream([unit for block in blocks for unit in _units(block)])
    taken = _Waiting(imported)
    place = 0
    for paragraph in _body(imported.repaired):
        text = bare(paragraph.text)
        number = paragraph.place.paragraph
        own = taken.by_paragraph.pop(number, [])
        found = _covered(written, place, text, own, taken.waiting)
        if found is None and not number:  # what stands in no place may have been taken to stand in the first
            found = _covered(written, place, text, own, (*taken.waiting, *taken.by_paragraph.pop(1, ())))
        if found is None:
            return text
        place, taken.waiting = found
    return _notes_differ(imported.repaired, notes, written.rest(place) + bare("".join(taken.rest())))


def _body(document: ForeignDocument) -> Iterator[ForeignParagraph]:
    """Its paragraphs without those of notes."""
    noted = sum(len(note.paragraphs) for note in document.notes)
    every = list(document.paragraphs())
    yield from every[: len(every) - noted]


def _blocks_and_notes(imported: Imported) -> tuple[list[Block], list[str]]:
    """The blocks of all articles, and the words of notes: those that are called, and those that follow a body as paragraphs."""
    of_file = {"".join(bare(paragraph.text) for paragraph in note.paragraphs) for note in imported.repaired.notes}
    every: list[Block] = []
    notes: list[str] = []
    for article in imported.articles:
        blocks = list(article.blocks)
        while blocks and isinstance(last := blocks[-1], Paragraph) and bare(plain_text(last.content)) in of_file:
            notes.append(bare(plain_text(last.content)))
            blocks.pop()
        every += blocks
        notes += [bare(plain_text(note.content)) for note in article.notes]
    return every, notes


def _notes_differ(document: ForeignDocument, notes: list[str], rest: str) -> str:
    """Words of a note that is not there once as it is; else what is left of the bodies."""
    wanted = ["".join(bare(paragraph.text) for paragraph in note.paragraphs) for note in document.notes]
    left = Counter(filter(None, wanted))
    left.subtract(filter(None, notes))
    return next((words for words, count in left.items() if count), rest)


@dataclass(frozen=True, slots=True)
class _Unit:
    """Words of a block that follow each other; a bullet may be the program's own."""

    text: str
    ours: bool = False


def _units(block: Block) -> Iterator[_Unit]:
    match block:
        case Heading() | Paragraph():
            yield _Unit(bare(plain_text(block.content)))
        case Quote():
            yield from (unit for inner in block.blocks for unit in _units(inner))
        case ItemList():
            for item in block.items:
                yield _Unit(bare(item.mark), ours=not block.ordered)
                yield from (unit for inner in item.blocks for unit in _units(inner))
        case Table():
            yield from (_Unit(bare(plain_text(cell))) for row in (block.head, *block.rows) for cell in row)
        case Figure():
            yield _Unit(bare(block.caption))
        case Verbatim():
            yield _Unit(bare(block.content))
        case _:
            return


class _Stream:
    """The words of all blocks, one after the other, and where in them the program's own bullets stand."""

    def __init__(self, units: list[_Unit]) -> None:
        self.text = "".join(unit.text for unit in units)
        ends = list(accumulate(len(unit.text) for unit in units))
        self.bullets = [end - 1 for end, unit in zip(ends, units, strict=True) if unit.ours and unit.text]

    def rest(self, place: int) -> str:
        """What follows the place, without our own bullets."""
        return "".join(sign for at, sign in enumerate(self.text[place:], start=place) if at not in self.bullets)

    def after(self, place: int, text: str, guesses: int = _MOST_GUESSES) -> int | None:
        """The place after these words; `None` where others stand. A bullet of ours that the words do not have is passed over."""
        while text:
            following = bisect_right(self.bullets, place - 1)
            bullet = self.bullets[following] if following < len(self.bullets) else len(self.text)
            if bullet == place < len(self.text):
                place += 1
                if text.startswith(_BULLET) and guesses:
                    found = self.after(place, text[1:], guesses - 1)
                    if found is not None:
                        return found
                elif text.startswith(_BULLET):
                    text = text[1:]
                continue
            part = text[: bullet - place]
            if not part or not self.text.startswith(part, place):
                return None
            place += len(part)
            text = text[len(part) :]
        return place


@dataclass
class _Waiting:
    """What was taken for fields, by the paragraph where it stood; what has not been met yet waits."""

    imported: Imported
    waiting: tuple[str, ...] = ()
    by_paragraph: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for taken in _taken(self.imported):
            if taken.text.strip():
                self.by_paragraph[taken.place.paragraph].append(taken.text)
        self.waiting = tuple(self.by_paragraph.pop(0, ()))

    def rest(self) -> Iterable[str]:
        return (*self.waiting, *(text for texts in self.by_paragraph.values() for text in texts))


def _taken(imported: Imported) -> Iterator[Taken]:
    if isinstance(imported.draft, DraftIssue):
        yield from imported.draft.taken
    for article in imported.articles:
        yield from article.taken


class _Words(NamedTuple):
    """What was taken and waits to be met; `own` to the paragraph that is looked at."""

    text: str
    own: bool


def _covered(stream: _Stream, start: int, text: str, own: list[str], waiting: tuple[str, ...]) -> _Found | None:
    """Where the stream stands after the paragraph, and what waits on: the paragraph is words of the stream with what waited between them.

    What was taken of the paragraph itself is used up first. What was taken may have had something else in its midst, where it has blanks now.
    """
    if not own and not waiting:
        end = stream.after(start, text)
        return None if end is None else (end, ())
    whole = [*(_Words(bare(words), own=True) for words in own), *(_Words(bare(words), own=False) for words in waiting)]
    parts = [_Words(part, own=True) for words in own for part in words.split()]
    parts += [_Words(part, own=False) for words in waiting for part in words.split()]
    for needed in (True, False):
        for words in (tuple(whole), tuple(parts)):
            if found := _Search(stream, text, needed).cover(0, start, words):
                return found
        if found := _all_taken(start, text, parts, needed=needed):
            return found
    return None


def _all_taken(start: int, text: str, words: list[_Words], *, needed: bool) -> _Found | None:
    """A paragraph without words of the stream whose characters are those of what was taken, some of it from about something else."""
    left = Counter(text)
    rest = []
    for each in words:
        if Counter(each.text) <= left:
            left -= Counter(each.text)
        else:
            rest.append(each)
    done = not left and not (needed and any(each.own for each in rest))
    return (start, tuple(each.text for each in rest)) if done else None


@dataclass
class _Search:
    """Looks for what was taken in a paragraph; where it is `needed`, what is its own must be met."""

    stream: _Stream
    text: str
    needed: bool
    steps: int = 0
    failed: set[tuple[int, int, tuple[_Words, ...]]] = field(default_factory=set)

    def cover(self, at: int, place: int, waiting: tuple[_Words, ...]) -> _Found | None:
        self.steps += 1
        key = (at, place, waiting)
        if self.steps > _MOST_STEPS or key in self.failed:
            return None
        for found, number in self._met(at, waiting):
            following = self.stream.after(place, self.text[at:found])
            if following is None:
                continue
            rest = (*waiting[:number], *waiting[number + 1 :])
            if done := self.cover(found + len(waiting[number].text), following, rest):
                return done
        end = self.stream.after(place, self.text[at:])
        if end is None or (self.needed and any(words.own for words in waiting)):
            self.failed.add(key)
            return None
        return end, tuple(words.text for words in waiting)

    def _met(self, at: int, waiting: tuple[_Words, ...]) -> list[tuple[int, int]]:
        """Where in the rest of the paragraph each stands, from the first on."""
        met = []
        for number, words in enumerate(waiting):
            found = self.text.find(words.text, at)
            while found >= 0:
                met.append((found, number))
                found = self.text.find(words.text, found + 1)
        return sorted(met)
