"""Which words of an exported document come from where in the source: of each strand, the texts in it and where they begin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bulletin.convert.updating.strands import NOTE, PICTURE, Strand, Unit
from bulletin.model.article_source import ArticleSource, Shape, SourceBlock
from bulletin.model.numbering import typed_number
from bulletin.model.proof_text import ProofText, Role

_BLANK = re.compile(r"\s+")
_SIGNS = str.maketrans("", "", NOTE + PICTURE)


@dataclass(frozen=True, slots=True)
class Part:
    """A text of the source in a strand: its characters, blanks left out, stand there from character `start` up to `end`."""

    text: ProofText
    start: int
    end: int
    block: SourceBlock | None = None
    """`None` for a field of the front matter."""


@dataclass(frozen=True, slots=True)
class Traced:
    """Of each strand of the exported document its parts in order; the rest of it the program made."""

    parts: dict[Strand, tuple[Part, ...]]
    figures: dict[Strand, SourceBlock]
    """The figures, by the strand that shows the picture."""

    def of(self, strand: Strand) -> tuple[Part, ...]:
        return self.parts.get(strand, ())

    def block(self, unit: Unit) -> SourceBlock | None:
        """The block that a unit is printed from, if it is one."""
        parts = (part.block for strand in unit.strands for part in self.of(strand) if part.block)
        return next(parts, None) or next((self.figures[each] for each in unit.strands if each in self.figures), None)


def trace(source: ArticleSource, units: Sequence[Unit], notes: Iterable[Strand]) -> Traced:
    """Finds the texts of the source in the units and the notes of the document that was exported from it."""
    parts: dict[Strand, list[Part]] = defaultdict(list)
    texts = [(text, block) for block in source.blocks for text in block.texts if block.shape is not Shape.NOTE]
    strands = [strand for unit in units for strand in unit.strands]
    _trace_body(strands, texts, parts)
    of_notes = [(text, block) for block in source.blocks for text in block.texts if block.shape is Shape.NOTE]
    _trace_any(list(notes), of_notes, parts)
    _trace_fields([strand for strand in strands if strand not in parts], source.fields, parts)
    ordered = {strand: tuple(sorted(found, key=lambda part: part.start)) for strand, found in parts.items()}
    figures = [block for block in source.blocks if block.shape is Shape.FIGURE]
    shown = [strand for strand in strands if PICTURE in strand.text]
    return Traced(ordered, dict(zip(shown, figures, strict=False)) if len(shown) == len(figures) else {})


_Texts = Sequence[tuple[ProofText, SourceBlock]]
_Parts = dict[Strand, list[Part]]


def _trace_body(strands: Sequence[Strand], texts: _Texts, parts: _Parts) -> None:
    """Texts and strands follow each other in the same order."""
    ours = [_key(text.content, number=text.role in (Role.HEADING, Role.PARAGRAPH)) for text, _block in texts]
    theirs = [_key(strand.text, number=True) for strand in strands]
    same = 0  # what both begin with needs no matching, which takes long where much is alike
    skipped = next((place for place, key in enumerate(theirs) if ours and key == ours[0]), 0)
    while same < len(ours) and skipped + same < len(theirs) and ours[same] == theirs[skipped + same]:
        _add(strands[skipped + same], *texts[same], parts)
        same += 1
    ours, theirs, texts, strands = ours[same:], theirs[skipped + same :], texts[same:], strands[skipped + same :]
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            for (text, block), strand in zip(texts[a:b], strands[c:d], strict=True):
                _add(strand, text, block, parts)
        else:
            _trace_any(strands[c:d], texts[a:b], parts)


def _key(text: str, *, number: bool) -> str:
    bare = bare_of(text)
    typed = typed_number(bare) if number else None
    return bare[typed.width :] if typed else bare


def bare_of(text: str) -> str:
    """The text without blanks and signs of notes and pictures."""
    return _BLANK.sub("", text.translate(_SIGNS))


def _trace_any(strands: Sequence[Strand], texts: _Texts, parts: _Parts) -> None:
    """Each text in the first strand that has it and is not taken."""
    for text, block in texts:
        wanted = bare_of(text.content)
        found = next((each for each in strands if each not in parts and wanted in bare_of(each.text)), None)
        if found is not None and wanted:
            _add(found, text, block, parts)


def _add(strand: Strand, text: ProofText, block: SourceBlock | None, parts: _Parts) -> None:
    """The part that says the text: all of the strand, but for a number that the program made."""
    whole, wanted = bare_of(strand.text), bare_of(text.content)
    at = whole.find(wanted)
    if at < 0:  # the source has a number that the program makes by itself
        parts[strand].append(Part(text, 0, len(strand.text), block))
        return
    start, end = _stretch(strand.text, at, at + len(wanted))
    parts[strand].append(Part(text, start, end, block))


def _trace_fields(strands: Sequence[Strand], fields: Sequence[ProofText], parts: _Parts) -> None:
    """Fields stand alone in a strand, or several in one; a title of lines in one or in several."""
    alone: dict[str, Strand] = {}
    for strand in strands:
        alone.setdefault(_bare_subtitle(strand.text), strand)
    left: list[ProofText] = []
    for text in sorted(fields, key=lambda text: -len(text.content)):
        whole = alone.pop(bare_of(text.content), None)
        if whole is None:
            left.append(text)
        else:
            _add(whole, text, None, parts)
    for text in left:
        wanted = bare_of(text.content)
        for strand in strands:
            at = next(_places(strand, wanted, parts), None)
            if at is not None:
                parts[strand].append(Part(text, *at))
                break


def _bare_subtitle(text: str) -> str:
    return bare_of(text).removeprefix("——")


def _places(strand: Strand, wanted: str, parts: _Parts) -> Iterator[tuple[int, int]]:
    """Where the strand says that, in words that are no other field's."""
    whole = bare_of(strand.text)
    at = whole.find(wanted) if wanted else -1
    while at >= 0:
        start, end = _stretch(strand.text, at, at + len(wanted))
        if all(end <= part.start or part.end <= start for part in parts.get(strand, ())):
            yield start, end
        at = whole.find(wanted, at + 1)


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """From the bare character `start` up to `end`, in the text as it is."""
    places = [place for place, character in enumerate(text) if bare_of(character)]
    if not places or start >= end:
        return 0, 0
    return places[start], places[end - 1] + 1
