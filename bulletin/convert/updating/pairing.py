"""The units of two documents as pairs that the source can follow: what became of each, its differences, and which footnote is which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulletin.convert.updating.aligning import Match
from bulletin.convert.updating.differing import Differences, Joined, Target, differences, joined, letters_of
from bulletin.convert.updating.items import Kept
from bulletin.convert.updating.looks import Looks
from bulletin.convert.updating.raw import RawText, body_text, field_text
from bulletin.convert.updating.strands import NOTE, Strand, likeness
from bulletin.convert.updating.tracing import Part, Traced
from bulletin.model.article_source import ArticleSource, Shape
from bulletin.model.proof_text import ProofText

PROSE = frozenset({Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE, Shape.TABLE, Shape.NOTE})
"""Blocks in which bold and emphasis mean something; those of headings are the printer's business."""
_CUT = frozenset({Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE})


@dataclass(frozen=True, slots=True)
class Pair:
    """Strands of the exported document, those that they became, and the differences."""

    old: Joined
    new: Joined
    targets: tuple[Target, ...]
    found: Differences


@dataclass
class Letters:
    """The letters of the source's texts, and which of them each character of the exported document is."""

    source: ArticleSource
    traced: Traced
    raws: dict[ProofText, RawText] = field(default_factory=dict)

    def raw(self, part: Part) -> RawText:
        if part.text not in self.raws:
            original, block = self.source.original, part.block
            self.raws[part.text] = body_text(original, block, part.text) if block else field_text(original, part.text)
        return self.raws[part.text]

    def of(self, part: Part, strand: Strand) -> tuple[Kept | None, ...]:
        raw = self.raw(part)
        return tuple(letters_of(part, strand, [Kept(raw, place) for place in range(len(raw.letters))]))

    def learn(self, strands: Sequence[Strand], looks: Looks) -> dict[str, str]:
        """Learns what looks stand for; gives the labels of the source's footnotes by those of the document."""
        labels: dict[str, str] = {}
        for strand in strands:
            for part in self.traced.of(strand):
                if part.block is None or part.block.shape not in PROSE:
                    continue
                found = [(part.start + place, kept) for place, kept in enumerate(self.of(part, strand)) if kept]
                looks.learn(strand, [each for each in found if each[1].letter.character != NOTE])
                labels |= {strand.runs[at].note: kept.letter.label for at, kept in found if kept.letter.label}
        return labels

    def pair(self, old: Sequence[Strand], new: Sequence[Strand]) -> Pair:
        """What became of strands that stand one after another; several are one text in the source's eyes."""
        before, after = joined(old), joined(new)
        targets = tuple(self._targets(old))
        return Pair(before, after, targets, differences(before, after, targets))

    def _targets(self, strands: Sequence[Strand]) -> Iterator[Target]:
        if len(strands) == 1:
            for part in self.traced.of(strands[0]):
                yield Target(part, part.start, part.end, self.of(part, strands[0]))
            return
        letters: list[Kept | None] = []
        for number, strand in enumerate(strands):
            letters += [None] if number else []
            own: list[Kept | None] = [None] * len(strand.text)
            for part in self.traced.of(strand):
                own[part.start : part.end] = self.of(part, strand)
            letters += own
        yield Target(self.traced.of(strands[0])[0], 0, len(letters), tuple(letters))


def followable(match: Match, traced: Traced, source: ArticleSource) -> Iterator[Match]:
    """The match, or, where the source cannot follow that a paragraph was cut or two were joined, what else it comes to."""
    if len(match.old) <= 1 and len(match.new) <= 1:
        yield match
        return
    blocks = [traced.block(unit) for unit in match.old]
    parts = [len(traced.of(unit.strand)) for unit in match.old]
    single = all(count == 1 for count in parts) and len({block.shape for block in blocks if block}) == 1
    cut = single and all(block and block.shape in _CUT for block in blocks) and min(len(match.old), len(match.new)) == 1
    if cut and not match.moved and _adjacent(match, traced, source):
        yield match
        return
    best = max(((a, b) for a in match.old for b in match.new), key=lambda pair: likeness(*pair))
    yield from (Match(old=(unit,)) for unit in match.old if unit is not best[0])
    for unit in match.new:
        yield Match((best[0],), (unit,), match.moved) if unit is best[1] else Match(new=(unit,))


def _adjacent(match: Match, traced: Traced, source: ArticleSource) -> bool:
    """True if between the blocks of the old units there is nothing but blanks."""
    blocks = [block for unit in match.old if (block := traced.block(unit))]
    rows = range(blocks[0].last + 1, blocks[-1].first)
    return not any(source.original.line(number).strip(" \t>\u3000") for number in rows)


def paired_notes(pairs: Sequence[Pair]) -> dict[str, str]:
    """By the label of a footnote in the edited document, that of the exported one, where its mark stayed."""
    found: dict[str, str] = {}
    for pair in pairs:
        for target_steps in pair.found.steps:
            for step in target_steps:
                if step.old < 0 or pair.old.text[step.old] != NOTE:
                    continue
                old, new = pair.old.places[step.old], pair.new.places[step.new]
                if old and new:
                    found[new[0].runs[new[1]].note] = old[0].runs[old[1]].note
    return found


def moved_notes(
    known: Mapping[str, str], old: Mapping[str, Strand], new: Mapping[str, Strand]
) -> Iterator[tuple[str, str]]:
    """The same of footnotes whose marks did not stay, but whose words did."""
    left = {label: strand for label, strand in old.items() if label not in set(known.values())}
    for label, strand in new.items():
        if label in known:
            continue
        same = next((each for each, other in left.items() if other.key == strand.key), None)
        if same is not None:
            del left[same]
            yield label, same
