"""A paragraph to finished lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from bulletin.model.line import Line, Spacing
from bulletin.model.page import NOTE_SIZE, TypeSize
from bulletin.model.picture import Picture
from bulletin.model.problem import Problem, Span, error, hint, message
from bulletin.model.prose import ComposedInline, Note, SetInline, SetText
from bulletin.model.typeface import SONG, Chain
from bulletin.typeset.faces import Faces
from bulletin.typeset.fit import Measure, fit_lines
from bulletin.typeset.strip import Policy, Run, Style, measure_strip
from bulletin.typeset.weave import Content, Weaver, runs_of, without_needless_blanks

LOOSE_STRETCH = 98
"""Thousandths of an em: white that everyone sees, and that readers of PDF take for blanks."""
_MARK_GAP_EM = 0.5
"""White between a footnote's mark and its text."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all paragraphs of an issue are set with, and what is noted of them on the way."""

    faces: Faces
    policy: Policy
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By file name."""
    _loose: list[tuple[str, Span]] = field(default_factory=list)
    _narrow: list[Span] = field(default_factory=list)

    def note_loose_line(self, line: str, span: Span) -> None:
        """Notes a line that is too loose to be left without a word."""
        self._loose.append((line, span))

    def note_narrow(self, span: Span) -> None:
        """Notes a block that has too little room to be read."""
        self._narrow.append(span)

    def problems(self) -> Iterator[Problem]:
        """A hint for each loose line, an error for each block without room."""
        for span in self._narrow:
            what = message("引文、列表套得太深，一行排不下几个字")
            yield error("nesting", span, what, message("少套几层，或把它移到外面来"))
        for line, span in self._loose:
            what = message("有一行排得太松：“{line}”", line=line)
            yield hint("line-loose", span, what, message("下一行开头有不能拆开的数字、西文或网址；增删几个字就好"))


def measure_of(size: TypeSize, cells: int, indent_em: float = 0.0) -> Measure:
    """The measure of a column that is so many characters wide."""
    return Measure(size.width_em(cells), indent_em, size.pitch, size.stretches)


def width_em(text: str, chain: Chain, setting: Setting) -> float:
    """How wide a text on one line is, in em."""
    return (
        measure_strip([Run(text, Style(chain))], setting.faces, setting.policy).width.of(0, len(text)) if text else 0.0
    )


def compose_lines(runs: Sequence[Run], measure: Measure, setting: Setting) -> tuple[Line, ...]:
    """The lines of one paragraph, as slices of the texts of its runs put together."""
    strip = measure_strip(runs, setting.faces, setting.policy)
    return fit_lines(strip, measure, setting.policy.gap)


class SetParagraph(NamedTuple):
    """A paragraph in finished lines: its parts, and the lines as slices of the texts put together."""

    contents: list[SetText]
    texts: str
    lines: list[Line]

    def loose_lines(self, measure: Measure) -> Iterator[str]:
        """The lines that are drawn out for all to see, or could not be filled: something in the next may not be parted."""
        for line in self.lines:
            indent = measure.indent_em if not line.start else 0.0
            if not line.last and (line.stretch > LOOSE_STRETCH or line.width_em < measure.width_em - indent - 0.5):
                yield self.texts[line.start : line.end]


def set_paragraph(
    parts: Iterable[tuple[Content, Chain]], size_pt: float, measure: Measure, setting: Setting
) -> SetParagraph:
    """The parts of a paragraph, each with its chain of faces, in finished lines.

    A line break of the author's begins a line that is not indented.
    """
    parts = list(parts)
    stretches = [run for content, chain in parts for run in runs_of(content, chain, size_pt)]
    texts: list[str] = []
    lines: list[Line] = []
    for is_break, group in groupby(stretches, key=lambda run: run is None):
        if is_break:
            continue
        runs = without_needless_blanks([run for run in group if run is not None])
        shift = sum(map(len, texts))
        lines += _shifted(compose_lines(runs, measure, setting), shift)
        texts += [run.text for run in runs]
        measure = replace(measure, indent_em=0.0)
    weaver = Weaver(texts, lines, Spacing(measure.pitch.asked), lambda note: set_note(note, setting))
    return SetParagraph([weaver.weave(content) for content, _ in parts], "".join(texts), lines)


def _shifted(lines: Iterable[Line], shift: int) -> list[Line]:
    """The lines of a later stretch of the paragraph, their offsets counted from its start."""
    if not shift:
        return list(lines)
    return [
        replace(
            line,
            start=line.start + shift,
            end=line.end + shift,
            halved=tuple(place + shift for place in line.halved),
            gapped=tuple(place + shift for place in line.gapped),
        )
        for line in lines
    ]


def set_note(note: Note[ComposedInline], setting: Setting) -> Note[SetInline]:
    """A footnote in finished lines of its own size; its mark stands at the start of the first."""
    mark = measure_strip([Run(note.mark, Style(SONG))], setting.faces, Policy()).width.after[-1]
    measure = measure_of(NOTE_SIZE, NOTE_SIZE.cells, mark + _MARK_GAP_EM)
    [content] = set_paragraph([(note.content, SONG)], NOTE_SIZE.size_pt, measure, setting).contents
    return Note(note.number, content)
