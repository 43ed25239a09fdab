"""The letters that a part of the source is to have: those that stay, with their looks, and new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bulletin.convert.updating.differing import Step
from bulletin.convert.updating.items import Fresh, Item, Kept, Wanted, look_of
from bulletin.convert.updating.looks import Looks
from bulletin.convert.updating.pairing import PROSE, Letters, Pair
from bulletin.convert.updating.raw import RawText
from bulletin.convert.updating.strands import NOTE, PICTURE, Strand
from bulletin.model.proof_text import ProofText


@dataclass
class Labels:
    """Labels of footnotes: those of the source by those of the edited document, and new ones for notes that the source does not have."""

    taken: set[str]
    known: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)

    def of(self, label: str) -> str:
        """The label in the source of a note of the edited document."""
        if label in self.known:
            return self.known[label]
        if label not in self.fresh:
            number = 1
            while str(number) in self.taken:
                number += 1
            self.taken.add(str(number))
            self.fresh[label] = str(number)
        return self.fresh[label]


@dataclass
class Wording:
    """Makes letters for the source of steps and strands."""

    letters: Letters
    looks: Looks
    labels: Labels
    looks_too: bool = True
    """False where only words are to be brought back."""
    pictures: int = 0
    """How many new pictures had to be left out."""

    def items(self, pair: Pair, number: int) -> list[Item]:
        """What a part of a pair is to say."""
        target = pair.targets[number]
        block = target.part.block
        prose = self.looks_too and block is not None and block.shape in PROSE
        said = [each for step in pair.found.steps[number] for each in self._item(pair, step, prose=prose)]
        raws = dict.fromkeys(kept.raw for kept in target.letters if kept) or {self.letters.raw(target.part): None}
        traced = {(kept.raw.text, kept.place) for kept in target.letters if kept}
        return with_untraced(said, tuple(raws), traced)

    def _item(self, pair: Pair, step: Step, *, prose: bool) -> Iterator[Item]:
        after = pair.new.places[step.new] if step.new >= 0 else None
        if isinstance(step.item, Kept):
            before = pair.old.places[step.old]
            wanted = self._other_look(step.item, before, after) if prose and before and after else None
            yield replace(step.item, wanted=wanted) if wanted else step.item
        elif after is None:
            yield from () if step.item is None else (step.item,)
        else:
            yield from self.fresh(*after, prose=prose)

    def fresh(self, strand: Strand, place: int, *, prose: bool) -> Iterator[Item]:
        """A character of the edited document that the source does not have."""
        character = strand.text[place]
        if character == PICTURE:
            self.pictures += 1
        elif character == NOTE:
            yield Fresh(NOTE, label=self.labels.of(strand.runs[place].note))
        else:
            yield Fresh(character, self.looks.of(strand, place) if prose and self.looks_too else None)

    def all_fresh(self, strand: Strand, *, prose: bool = True, start: int = 0) -> list[Item]:
        """All of a strand from `start` on, as new."""
        return [item for place in range(start, len(strand.text)) for item in self.fresh(strand, place, prose=prose)]

    def _other_look(self, kept: Kept, before: tuple[Strand, int], after: tuple[Strand, int]) -> Wanted | None:
        """How a letter is to look that stays, where the edited document has it look otherwise."""
        old, new = before[0].runs[before[1]], after[0].runs[after[1]]
        same_style = before[0].paragraph.style == after[0].paragraph.style
        if kept.letter.label or (old.look == new.look and old.link == new.link and same_style):
            return None
        was, is_now = self.looks.of(*before, edited=False), self.looks.of(*after)
        if was == is_now:
            return None
        own = look_of(kept.letter.marks)
        names = own.names - (was.names - is_now.names) | (is_now.names - was.names)
        wanted = Wanted(names, own.link if was.link == is_now.link else is_now.link)
        return None if wanted == own else wanted


def with_untraced(said: Sequence[Item], raws: Sequence[RawText], traced: set[tuple[ProofText, int]]) -> list[Item]:
    """The items, and the letters of the source between them that the document does not show: a number that the program makes."""
    if not any(isinstance(item, Kept) for item in said):
        return list(said)
    hidden = {raw: [place for place in range(len(raw.letters)) if (raw.text, place) not in traced] for raw in raws}
    whole: list[Item] = []
    for item in said:
        if isinstance(item, Kept):
            waiting = hidden.get(item.raw, [])
            while waiting and waiting[0] < item.place:
                whole.append(Kept(item.raw, waiting.pop(0)))
        elif not whole and hidden.get(raws[0], [1])[:1] == [0]:
            while hidden[raws[0]] and hidden[raws[0]][0] == len(whole):
                whole.append(Kept(raws[0], hidden[raws[0]].pop(0)))
        whole.append(item)
    return whole + [Kept(raw, place) for raw, places in hidden.items() for place in places]


def unchanged(items: Sequence[Item], raw: RawText) -> bool:
    """True if the items are the letters of the text as they are."""
    return len(items) == len(raw.letters) and all(
        isinstance(item, Kept) and item.raw is raw and item.place == place and item.wanted is None
        for place, item in enumerate(items)
    )
