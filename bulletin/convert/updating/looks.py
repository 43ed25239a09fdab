"""What bold, emphasis and links look like in an exported document, learned from what is known of its source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from bulletin.convert.updating.items import NO_NAMES, Kept, Wanted, look_of
from bulletin.convert.updating.raw import EMPHASIS, STRONG
from bulletin.convert.updating.strands import Strand
from bulletin.model.foreign import Run

_Look: TypeAlias = "tuple[str, str, bool, bool]"
_Names: TypeAlias = frozenset[str]


def _look(strand: Strand, run: Run) -> _Look:
    """Style of the paragraph, face, bold, italic: size and the rest say nothing."""
    return strand.paragraph.style, run.look.face, run.look.bold, run.look.italic


@dataclass
class Looks:
    """What each look stands for: by the exported document first, then by the letters that the edited one kept."""

    exported: dict[_Look, Counter[_Names]] = field(default_factory=lambda: defaultdict(Counter))
    edited: dict[_Look, Counter[_Names]] = field(default_factory=lambda: defaultdict(Counter))

    def learn(self, strand: Strand, letters: Iterable[tuple[int, Kept]]) -> None:
        """Takes in which letter of the source each character of an exported strand is."""
        _count(self.exported, strand, letters)

    def learn_edited(self, strand: Strand, letters: Iterable[tuple[int, Kept]]) -> None:
        """The same of an edited strand."""
        _count(self.edited, strand, letters)

    def strange(self, strands: Iterable[Strand]) -> bool:
        """True if one of the strands has a look that the exported document does not have."""
        return any(_look(strand, run) not in self.exported for strand in strands for run in set(strand.runs))

    def of(self, strand: Strand, place: int, *, edited: bool = True) -> Wanted:
        """What the character at `place` is to look like in Markdown."""
        run = strand.runs[place]
        names = self._names(_look(strand, run), edited=edited)
        return Wanted(names, run.link)

    def _names(self, look: _Look, *, edited: bool) -> _Names:
        if look in self.exported:
            return self.exported[look].most_common(1)[0][0]
        if edited and look in self.edited:
            return self.edited[look].most_common(1)[0][0]
        return frozenset(_plain_names(look))


def _count(known: dict[_Look, Counter[_Names]], strand: Strand, letters: Iterable[tuple[int, Kept]]) -> None:
    for place, kept in letters:
        names = look_of(kept.letter.marks).names if kept.letter.marks else NO_NAMES
        known[_look(strand, strand.runs[place])][names] += 1


def _plain_names(look: _Look) -> Iterator[str]:
    """What a look stands for that nothing is known of."""
    _style, _face, bold, italic = look
    if bold:
        yield STRONG
    if italic:
        yield EMPHASIS
