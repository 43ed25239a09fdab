"""A date that only the front matter says: changed there, and taken for what it was where the texts are compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulletin.convert.updating.fields import date_edit, dates_in
from bulletin.convert.updating.ground import Ground
from bulletin.convert.updating.strands import Strand
from bulletin.model.updating import ChangeKind, ParagraphChange, Piece


@dataclass
class Redating:
    """Finds lines of the exported document in which the program prints the date, and another one was written."""

    ground: Ground
    found: dict[Strand, tuple[str, str]] = field(default_factory=dict)
    """By the strand, the date as it was, and as it will be printed."""

    def undated(self, old: Strand, new: Strand) -> Strand:
        """The new strand with the date that it had before."""
        parts = self.ground.traced.of(old)
        made = [each for each in dates_in(old.text) if all(each[1] <= p.start or p.end <= each[0] for p in parts)]
        known = {day for _start, _end, day in dates_in(old.text)}
        others = [each for each in dates_in(new.text) if each[2] not in known]
        if len(made) != 1 or len(others) != 1:
            return new
        (start, end, day), (at, until, other) = made[0], others[0]
        edit = date_edit(self.ground.source, day, other)
        if edit is None:
            return new
        self.ground.assembly.change(edit)
        was, is_now = old.text[start:end], new.text[at:until]
        line = self.ground.source.date.line if self.ground.source.date else 0
        self.ground.changes.append(ParagraphChange(ChangeKind.EDITED, (Piece(was, is_now),), line))
        self.found[old] = was, is_now
        runs = (*new.runs[:at], *[new.runs[at]] * len(was), *new.runs[until:])
        return Strand(new.text[:at] + was + new.text[until:], runs, new.paragraph)

    def printed(self, old: Strand, expected: str) -> str:
        """What will be printed where `expected` has the date that was."""
        was, is_now = self.found.get(old, ("", ""))
        return expected.replace(was, is_now) if was else expected
