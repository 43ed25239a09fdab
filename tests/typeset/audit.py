"""How well the body text of a print PDF is set, from the places of its glyphs alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from bulletin.model.marks import CLOSED, OPENING, is_han
from bulletin.model.page import LINE_PT, WIDTH_PT, left_margin_pt
from bulletin.prove.glyph_lines import PrintedGlyph, PrintedLine, lines_of, read_glyphs

NOT_FIRST = frozenset("，。、；：！？”’）〕】》〉…％%·～,.")
NOT_LAST = frozenset("“‘（〔【《〈")
UNIT = re.compile(r"\d[%％℃‰万亿年月日人名个元]")


@dataclass(frozen=True, slots=True)
class Audit:
    """`ragged` are full lines that miss the right edge by more than 0.5 pt; `stretches` and `jumps` are in em."""

    full: int
    ragged: list[str]
    starts: list[str]
    ends: list[str]
    split: list[str]
    holes: list[str]
    stretches: list[float]
    jumps: list[float]
    strays: list[str]
    off_grid: list[str]
    lines_a_page: int
    characters_a_line: int

    def __str__(self) -> str:
        return (
            f"{self.full} full lines: {len(self.ragged)} ragged, {len(self.starts)}/{len(self.ends)} bad starts/ends, "
            f"{len(self.split)} split, {len(self.holes)} holes, stretch {mean(self.stretches):.4f}/{max(self.stretches):.3f} em, "
            f"jump {mean(self.jumps):.4f} em, {len(self.strays)} strays, {len(self.off_grid)} off the grid, "
            f"{self.lines_a_page} lines a page, {self.characters_a_line} characters a line"
        )


def audit(content: bytes, size_pt: float = 15.75) -> Audit:
    """Looks at all lines of the body size but centred ones and those of the first page."""
    found = Audit(0, [], [], [], [], [], [], [], [], [], 0, 0)
    counts, lengths, full = Counter[int](), Counter[int](), 0
    for number, glyphs in list(enumerate(read_glyphs(content), start=1))[1:]:
        left = left_margin_pt(number)
        lines = [line for line in _body_lines(glyphs, size_pt) if line.glyphs[0].x_pt < left + 2.6 * size_pt]
        counts[len(lines)] += 1
        found.off_grid.extend(_off_grid(lines))
        previous: float | None = None
        for place, line in enumerate(lines):
            following = lines[place + 1] if place + 1 < len(lines) else None
            turned = following is not None and following.glyphs[0].x_pt < left + 0.75 * size_pt
            ends_block = following is None or not turned
            _look_at_line(found, line, left, size_pt)
            if ends_block:
                if following is not None and line.glyphs[0].x_pt < left + 0.75 * size_pt:
                    found.strays.extend([line.text] if sum(one not in NOT_FIRST for one in line.text) == 1 else [])
                previous = None
                continue
            assert following is not None
            if abs(left + WIDTH_PT - right_of(line, size_pt)) > 4.5 * size_pt:
                previous = None  # a salutation or the like: a line of its own, flush left
                continue
            full += 1
            lengths[len(line.text)] += 1
            if abs(left + WIDTH_PT - right_of(line, size_pt)) > 0.5:
                found.ragged.append(f"{number}: {right_of(line, size_pt) - left - WIDTH_PT:.2f} {line.text}")
            joint = line.text[-1] + following.text[0]
            if UNIT.match(joint) or re.match(r"[A-Za-z0-9]{2}|——|……", joint):
                found.split.append(f"{line.text}|{following.text}")
            gaps = [
                (after.x_pt - before.x_pt) / size_pt - 1
                for before, after in line.pairs
                if is_han(before.character) and is_han(after.character)
            ]
            if gaps:
                found.stretches.append(median(gaps))
                found.jumps.extend([] if previous is None else [abs(median(gaps) - previous)])
                previous = median(gaps)
    return Audit(
        full,
        *(getattr(found, name) for name in Audit.__slots__[1:10]),
        counts.most_common(1)[0][0],
        lengths.most_common(1)[0][0],
    )


def _body_lines(glyphs: tuple[PrintedGlyph, ...], size_pt: float) -> Iterator[PrintedLine]:
    for line in lines_of(tuple(glyph for glyph in glyphs if abs(glyph.size_pt - size_pt) < 0.3)):
        if len(line.glyphs) > 1 or is_han(line.text):
            yield line


def right_of(line: PrintedLine, size_pt: float) -> float:
    """Where the line ends: after the ink half of a mark (an interpunct has a quarter on either side), after the box of anything else."""
    last = line.glyphs[-1]
    if last.character == "·":
        return last.x_pt + 0.75 * size_pt
    return last.x_pt + size_pt / 2 if last.character in CLOSED else last.right_pt


def _look_at_line(found: Audit, line: PrintedLine, left: float, size_pt: float) -> None:
    text = line.text
    if text[0] in NOT_FIRST and line.glyphs[0].x_pt < left + 0.75 * size_pt and not text.startswith("…"):
        found.starts.append(text)
    if text[-1] in NOT_LAST:
        found.ends.append(text)
    for before, after in line.pairs:
        pair = before.character in CLOSED and after.character in OPENING | CLOSED
        if (
            pair or (before.character in OPENING and after.character in OPENING)
        ) and after.x_pt - before.x_pt > 0.9 * size_pt:
            found.holes.append(text)


def _off_grid(lines: list[PrintedLine]) -> Iterator[str]:
    for upper, lower in pairwise(lines):
        steps = (upper.baseline_pt - lower.baseline_pt) / LINE_PT
        if abs(steps - round(steps)) * LINE_PT > 0.3:
            yield lower.text
