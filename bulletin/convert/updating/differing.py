"""Strands of the exported document and what became of them: letter by letter, what stays, what is new, and what the program makes itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bulletin.convert.updating.items import PARAGRAPH_END, Fresh, Item, Kept
from bulletin.convert.updating.strands import BLANKS, Strand
from bulletin.convert.updating.tracing import Part, bare_of
from bulletin.model.comparison import Edit
from bulletin.model.foreign import Run
from bulletin.model.text_edits import diff_texts

_END = Run("")


@dataclass(frozen=True, slots=True)
class Joined:
    """Strands one after another, `PARAGRAPH_END` between them; for each character its strand and its place there."""

    text: str
    places: tuple[tuple[Strand, int] | None, ...]


def joined(strands: Sequence[Strand]) -> Joined:
    """The strands as one text."""
    places: list[tuple[Strand, int] | None] = []
    for number, strand in enumerate(strands):
        places += [None] if number else []
        places += [(strand, place) for place in range(len(strand.text))]
    return Joined(PARAGRAPH_END.join(strand.text for strand in strands), tuple(places))


@dataclass(frozen=True, slots=True)
class Target:
    """A part of a joined text: where it begins and ends there, and the letter of the source that each of its characters is (`None` of those that
    the source does not have)."""

    part: Part
    start: int
    end: int
    letters: tuple[Kept | None, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One character of what is to be: `old` its place in the exported text (-1 where it is new), `new` in the edited one (-1 where only the
    program makes it)."""

    item: Item | None
    old: int = -1
    new: int = -1


@dataclass
class Differences:
    """What became of a joined text.

    `steps` are, for each target, its letters and new ones in order. `expected` is what the text will be when it is exported again; `missed` are
    the edits of what the program makes by itself, which cannot be brought into the source.
    """

    steps: list[list[Step]] = field(default_factory=list)
    expected: str = ""
    missed: list[Edit] = field(default_factory=list)
    edits: tuple[Edit, ...] = ()


def differences(old: Joined, new: Joined, targets: Sequence[Target]) -> Differences:
    """What of the old text stays and what is new, for each of its parts."""
    found = Differences(steps=[[] for _target in targets], edits=diff_texts(old.text, new.text))
    expected: list[str] = []
    at_old = at_new = 0
    for edit in (*found.edits, Edit(len(old.text), len(old.text), len(new.text), len(new.text))):
        for offset in range(edit.old_start - at_old):
            _keep(found, targets, at_old + offset, at_new + offset)
        expected.append(old.text[at_old : edit.old_start])
        target = _target_of(edit, targets)
        made = [place for place in range(edit.old_start, edit.old_end) if not _is_letter(targets, place)]
        if target is None:
            expected.append(old.text[edit.old_start : edit.old_end])
            if edit.old_start < edit.old_end or edit.new_start < edit.new_end:
                found.missed.append(edit)
        else:
            expected.append("".join(old.text[place] for place in made if old.text[place] != PARAGRAPH_END))
            fresh = _fresh(new, edit)
            found.steps[target] += fresh
            expected.append("".join(new.text[step.new] for step in fresh))
        at_old, at_new = edit.old_end, edit.new_end
    found.expected = "".join(expected)
    return found


def _keep(found: Differences, targets: Sequence[Target], old: int, new: int) -> None:
    for number, target in enumerate(targets):
        if target.start <= old < target.end:
            letter = target.letters[old - target.start]
            found.steps[number] += [Step(letter, old, new)] if letter else []


def _is_letter(targets: Sequence[Target], place: int) -> bool:
    return any(target.start <= place < target.end and target.letters[place - target.start] for target in targets)


def _fresh(new: Joined, edit: Edit) -> list[Step]:
    return [Step(Fresh(new.text[place]), -1, place) for place in range(edit.new_start, edit.new_end)]


def _target_of(edit: Edit, targets: Sequence[Target]) -> int | None:
    """Which part the words of an edit belong to: one that it changes, or else one that it touches."""
    for number, target in enumerate(targets):
        if max(edit.old_start, target.start) < min(edit.old_end, target.end):
            return number
    if edit.old_start == edit.old_end:
        for number, target in enumerate(targets):
            if target.start <= edit.old_start <= target.end:
                return number
    return None


def spaced(text: str, part: Part) -> bool:
    """True where the program parted the characters of a name with blanks that the source does not have."""
    shown = text[part.start : part.end]
    return (
        bare_of(shown) == bare_of(part.text.content)
        and any(each in shown for each in BLANKS)
        and not any(each in part.text.content for each in BLANKS)
    )


def letters_of(part: Part, strand: Strand, letters: Sequence[Kept]) -> Iterator[Kept | None]:
    """For each character of the part, the letter of the source that it is: the same characters in the same order, blanks aside."""
    content = "".join(kept.letter.character for kept in letters)
    shown = strand.text[part.start : part.end]
    at = max(0, len(content) - len(shown)) if content.endswith(shown) and shown else 0
    for character in shown:
        while at < len(content) and content[at] != character and content[at] in (*BLANKS, "\n"):
            at += 1
        if at < len(content) and content[at] == character:
            yield letters[at]
            at += 1
        else:
            yield None
