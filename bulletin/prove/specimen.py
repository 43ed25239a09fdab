"""The type specimen read back: the layout engine and the faces do what the composer asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin.model.artifact import Artifact
from bulletin.model.marks import CLOSED, OPENING
from bulletin.model.page import LINE_PT, TypeSize, left_margin_pt
from bulletin.model.problem import Message, message
from bulletin.model.prose import Spaced, Text
from bulletin.model.specimen import SPECIMEN_CELLS, TypesetRule
from bulletin.model.walk import walk
from bulletin.prove.glyph_lines import PrintedLine, lines_of, read_glyphs

_TEXTS: tuple[type[Text | Spaced], ...] = (Text, Spaced)
_EDGE_SLACK_PT = 0.5
_GRID_SLACK_PT = 0.3
_FILLED_EM = 0.03
_MOST_SHORT = 0.1
"""The share of lines that may stay short, since what follows cannot be parted."""
_PAIR_EM = 0.8
"""Origins of two marks that are closed up are no further apart than this."""


def prove_specimen(rules: Sequence[TypesetRule], artifact: Artifact, size: TypeSize) -> tuple[Message, ...]:
    """What the printed specimen shows that the composer did not ask for: other lines, ragged edges, holes, lines off the grid."""
    wanted = [line for rule in rules for line in _wanted(rule)]
    pages = list(_pages(artifact.content, size))
    printed = [line for page in pages for line in page]
    faults = [fault for page in pages for fault in _check_grid(page)]
    if [line.text for line, _ in printed] != [text for text, _ in wanted]:
        faults.append(message("断行与排好的不一致"))
    short = sum(
        width_em < size.width_em(SPECIMEN_CELLS) - _FILLED_EM for rule in rules for width_em in rule.widths_em[:-1]
    )
    if short > _MOST_SHORT * len(wanted):
        faults.append(message("有 {count} 行没有排满：字库多半没有间距功能", count=short))
    for (line, left), (_, width_em) in zip(printed, wanted, strict=False):
        faults += _check_line(line, left + width_em * size.size_pt, size)
    return tuple(faults)


def _wanted(rule: TypesetRule) -> list[tuple[str, float]]:
    """The lines of an example, and how wide each should be, in em."""
    text = "".join(part.content for part in walk(rule.lines, _TEXTS))
    lines = ["".join(line.split()) for line in text.split("\n")]
    return list(zip(lines, rule.widths_em, strict=True))


def _pages(content: bytes, size: TypeSize) -> Iterator[list[tuple[PrintedLine, float]]]:
    """The lines of the right column on each page, each with the left edge of the column."""
    for number, glyphs in enumerate(read_glyphs(content), start=1):
        left = left_margin_pt(number) + (size.cells - SPECIMEN_CELLS) * size.pitch_pt
        column = [
            glyph for glyph in glyphs if glyph.x_pt > left - size.pitch_pt and abs(glyph.size_pt - size.size_pt) < 0.1
        ]
        yield [(line, left) for line in lines_of(tuple(column))]


def _check_grid(page: list[tuple[PrintedLine, float]]) -> Iterator[Message]:
    for line, _ in page:
        lines = (page[0][0].baseline_pt - line.baseline_pt) / LINE_PT
        if abs(lines - round(lines)) * LINE_PT > _GRID_SLACK_PT:
            yield message("“{text}”不在行格上", text=line.text)


def _check_line(line: PrintedLine, right: float, size: TypeSize) -> Iterator[Message]:
    glyph = line.glyphs[-1]
    edge = glyph.x_pt + size.size_pt / 2 if glyph.character in CLOSED else glyph.right_pt
    miss = edge - right
    if abs(miss) > _EDGE_SLACK_PT:
        what = message("这一行长了 {points} 磅：“{text}”", text=line.text, points=f"{miss:.1f}")
        yield what if miss > 0 else message("这一行短了 {points} 磅：“{text}”", text=line.text, points=f"{-miss:.1f}")
    for before, after in line.pairs:
        pair = before.character in CLOSED and after.character in OPENING | CLOSED
        pair = pair or (before.character in OPENING and after.character in OPENING)
        if pair and after.x_pt - before.x_pt > _PAIR_EM * size.size_pt:
            yield message("“{text}”里的“{pair}”没有挤紧", text=line.text, pair=before.character + after.character)
