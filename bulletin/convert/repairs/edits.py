"""Edits of one paragraph: made in its runs, and told as repairs of the document's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bulletin.model.foreign import ForeignParagraph, Run
from bulletin.model.problem import Message
from bulletin.model.repair import Certainty, Repair

_AROUND = 12


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters `start` to `end` of a paragraph (its automatic number left out) become `after`.

    Where they stay as they are, the edit only says what is doubtful. `bold_to` is where bold ends that begins at `end`; `level` makes the
    paragraph a heading; `mark` is true where `after` becomes the paragraph's number.
    """

    start: int
    end: int
    after: str
    why: Message
    certainty: Certainty = Certainty.SURE
    bold_to: int = 0
    level: int = 0
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a paragraph stands: its own characters, whether it is in a table, has a number or bullet already, and is running text."""

    text: str
    table: bool = False
    numbered: bool = False

    @property
    def running(self) -> bool:
        """True for prose; false for titles, names, labels, in which blanks may part words."""
        return len(self.text) > 45 or self.text.endswith(("。", "！", "？", "；", "。”", "。）"))


def own_text(paragraph: ForeignParagraph) -> str:
    """The characters of its runs."""
    return "".join(run.text for run in paragraph.runs)


def made(paragraph: ForeignParagraph, edits: list[Edit]) -> ForeignParagraph:
    """The paragraph with the edits made; they are in order and apart."""
    runs = paragraph.runs
    for edit in edits:
        if edit.bold_to:
            runs = tuple(_bold(runs, edit.end, edit.bold_to))
    number = next((edit.after for edit in edits if edit.mark), paragraph.number)
    level = next((edit.level for edit in edits if edit.level), paragraph.level)
    list_level = max(paragraph.list_level, 0) if number != paragraph.number else paragraph.list_level
    kept = tuple(run for run in _edited(runs, edits) if run.text or run.note or run.picture)
    return replace(paragraph, runs=kept, number=number, level=level, list_level=list_level)


def _bold(runs: tuple[Run, ...], start: int, end: int) -> Iterator[Run]:
    """The runs with the characters `start` to `end` in bold."""
    position = 0
    for run in runs:
        low, high = max(start - position, 0), min(end - position, len(run.text))
        position += len(run.text)
        if low >= high:
            yield run
            continue
        parts = (run.text[:low], run.text[low:high], run.text[high:])
        yield from (
            replace(run, text=part, look=replace(run.look, bold=run.look.bold or place == 1))
            for place, part in enumerate(parts)
            if part
        )


def _edited(runs: tuple[Run, ...], edits: list[Edit]) -> Iterator[Run]:
    """The runs with the edits made; what an edit puts in stands in the run where it begins."""
    position = place = 0
    for run in runs:
        end = position + len(run.text)
        cursor, parts = position, []
        while place < len(edits) and edits[place].start < end:
            edit = edits[place]
            if edit.start >= position:
                parts += [run.text[cursor - position : edit.start - position], "" if edit.mark else edit.after]
            cursor = min(edit.end, end)
            if edit.end > end:
                break
            place += 1
        parts.append(run.text[cursor - position :])
        position = end
        yield replace(run, text="".join(parts))


def told(paragraph: ForeignParagraph, edits: list[Edit], rule: str, offset: int) -> Iterator[Repair]:
    """The edits as repairs; the paragraph begins at `offset` of the text, in which all before it is repaired."""
    text = own_text(paragraph).replace("\n", "\u2028")
    shift = offset + len(paragraph.number)
    for edit in edits:
        before, after = text[edit.start : edit.end], edit.after.replace("\n", "\u2028")
        around = text[max(0, edit.start - _AROUND) : edit.end + _AROUND]
        yield Repair(rule, edit.start + shift, before, after, edit.why, edit.certainty, paragraph.place, around)
        shift += len(after) - len(before)
