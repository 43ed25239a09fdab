"""Visual lines to paragraphs: indents, short last lines, changes of size and face, distances, lines that go on over the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bulletin.convert.pdf.frame import Frame
from bulletin.convert.pdf.lines import Line, is_latin, joined_runs, runs_of
from bulletin.convert.pdf.placing import BIGGER, indent_of, is_at_right, is_centered, may_be_centered, room_after
from bulletin.model.foreign import Alignment, ForeignParagraph, Place, Run

_INDENTED = 1.4
"""Ems; an indent is of two."""
_ROOM = 0.35
_LITTLE_ROOM = 2.6
"""Ems that a line may fall short of the edge and still go on, where paragraphs begin with an indent."""
_FAR = 1.2
"""Of the pitch: a distance that parts two paragraphs."""
_SAME_SIZE_PT = 0.6
_AGREEMENT = 0.9
_SAME_LEFT = 0.2
_STOPS = re.compile(r"[。！？!?…：:；;][”’）)〉》」』】]*$")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百\d]+[章节条编部]|——|[●•■◆▪])"
)
_DATED = re.compile(r"[（(]?\s*[\d〇○一二三四五六七八九十]{2,4}\s*年.{1,12}[日月]\s*[）)]?")
_NAME = re.compile(r"[\u4e00-\u9fff](?:[\s\u3000]*[\u4e00-\u9fff]){1,3}")
_LABELLED = re.compile(
    r"(?:[报送发]|抄[报送]|主送|责任编辑|责编|编辑|主编|编审|审核|签发|联系人|(?:联系)?电话|主题词)[：:]|[（(]?共印"
)
_LISTED = re.compile(r"(?:\t|[.…·]{4,}|[—-]{6,})\s*\d{1,4}$")
"""How an entry of a table of contents ends."""
_WORDS_APART = re.compile(
    r"[A-Za-z]\n[A-Za-z0-9]|[0-9]\n[A-Za-z]|[A-Za-z0-9](?:[,;!)]\n[A-Za-z(]|[.?:]\n[A-Z(])", re.ASCII
)
"""The ends of two lines of Latin words; an address may be parted at a point, a number at a comma."""
_LABEL_ENDS = frozenset("：:、.．•●)）")


@dataclass(frozen=True, slots=True)
class Layout:
    """The frames of the pages, and what tells paragraphs apart: an indent, a distance, or both."""

    frames: Mapping[int, Frame]
    indented: bool
    spaced: bool
    tagged: bool = False
    """The file's own tags say where paragraphs begin."""

    def frame(self, line: Line) -> Frame:
        return self.frames[line.page]


def layout_of(lines: Mapping[int, tuple[Line, ...]], frames: Mapping[int, Frame]) -> Layout:
    """The layout of a document, by what most lines of the body after one that ends short look like."""
    after = [
        (upper, lower, frames[number])
        for number, page in lines.items()
        for upper, lower in pairwise(page)
        if upper.look == lower.look == frames[number].body
        and room_after(upper, lower, frames[number]) > _ROOM
        and not is_centered(lower, frames[number])
    ]
    indented = sum(indent_of(lower, frame) >= _INDENTED for _, lower, frame in after)
    spaced = sum(_is_far(upper, lower, frame) for upper, lower, frame in after)
    return Layout(frames, 2 * indented >= len(after), 2 * spaced > len(after))


def paragraphs_of(lines: Iterable[Line], layout: Layout) -> Iterator[tuple[Line, ...]]:
    """The lines of each paragraph."""
    group: list[Line] = []
    for line in lines:
        if group and begins(line, group, layout):
            yield tuple(group)
            group = []
        group.append(line)
    if group:
        yield tuple(group)


def begins(line: Line, group: list[Line], layout: Layout) -> bool:
    """True if a paragraph begins with the line, after those of `group`."""
    before, frame = group[-1], layout.frame(line)
    said = _by_tags(before, line) if layout.tagged else None
    if said is not None:
        return said
    if abs(before.size - line.size) > _SAME_SIZE_PT or _LISTED.search(before.text):
        return True
    if is_centered(before, layout.frame(before)) or is_centered(line, frame):
        return not _goes_on_centered(before, line, layout)
    if _is_far(before, line, frame):
        return True
    room = room_after(before, line, layout.frame(before))
    if indent_of(line, frame) >= _INDENTED:
        return room > _ROOM or not _hangs(line, group[0])
    if layout.indented and indent_of(group[0], layout.frame(group[0])) >= _INDENTED:
        return room > _LITTLE_ROOM or (room > _ROOM and not _same_face(before, line))
    if _LABELLED.match(line.text):
        return True
    if before.page == line.page:
        return room > (_LITTLE_ROOM if layout.spaced else _ROOM)
    return (
        room > _ROOM or not _same_face(before, line) or bool(_STOPS.search(before.text) and _NUMBERED.match(line.text))
    )


def _by_tags(before: Line, line: Line) -> bool | None:
    """Whether a paragraph begins by the tags, `None` where they do not say."""
    ended, begun = before.blocks[1], line.blocks[0]
    return ended != begun if ended and begun else None


def agrees(lines: Iterable[Line], layout: Layout) -> bool:
    """True if the tags say nearly everywhere what the page looks like: some programs tag each line, others the whole text."""
    same = said = 0
    group: list[Line] = []
    for line in lines:
        seen = not group or begins(line, group, layout)
        decided = _by_tags(group[-1], line) if group else None
        if decided is not None:
            said += 1
            same += decided is seen
        group = [line] if seen else [*group, line]
    return said > 0 and same >= _AGREEMENT * said


def _goes_on_centered(before: Line, line: Line, layout: Layout) -> bool:
    """True for the next line of a title; a subtitle, a date and a name are paragraphs of their own."""
    frame = layout.frame(line)
    if before.look != line.look or before.page != line.page or _is_far(before, line, frame):
        return False
    if not (may_be_centered(before, layout.frame(before)) and may_be_centered(line, frame)):
        return False
    upper, lower = before.text, line.text
    if _STOPS.search(upper) or _NUMBERED.match(lower) or _DATED.fullmatch(upper) or _DATED.fullmatch(lower):
        return False
    may_be_name = line.look.size_pt < BIGGER * frame.body.size_pt and room_after(before, line, frame) > _ROOM
    return not (may_be_name and _NAME.fullmatch(lower))


def _is_far(before: Line, line: Line, frame: Frame) -> bool:
    usual = frame.pitch * max(line.size / max(frame.body.size_pt, 1.0), 1.0)
    return before.page == line.page and before.base - line.base > _FAR * usual


def _hangs(line: Line, first: Line) -> bool:
    """True where the line begins below what follows a label (`报：`, `1.`) in the first line of the paragraph."""
    return any(
        before.character in _LABEL_ENDS and abs(after.left - line.left) <= _SAME_LEFT * line.size
        for before, after in pairwise([glyph for glyph in first.glyphs[:12] if not glyph.is_blank])
    )


def _same_face(before: Line, line: Line) -> bool:
    """True where the characters before and after the line end look alike: the lead of a paragraph may have another face than the rest."""
    return before.glyphs[-1].look == line.glyphs[0].look


def paragraph_of(lines: tuple[Line, ...], layout: Layout, number: int) -> ForeignParagraph:
    """The paragraph that the lines are, by its number from 1; those of a title keep their ends as `\\n`."""
    first, frame = lines[0], layout.frame(lines[0])
    alignment = _alignment(lines, layout)
    runs = list(runs_of(first))
    for before, line in pairwise(lines):
        kept = alignment is Alignment.CENTER and not _is_full(before, line, layout.frame(line))
        apart = "\n" if kept else _between(before, line)
        runs += [Run(apart, runs[-1].look), *runs_of(line)]
    indent = max(first.left - frame.left, 0.0) if alignment is Alignment.LEFT else 0.0
    place = Place(number, first.page, first.number)
    return ForeignParagraph(joined_runs(runs), place, alignment=alignment, indent_pt=round(indent, 1))


def _is_full(line: Line, following: Line, frame: Frame) -> bool:
    """True where the next character had no room in a centred line."""
    return frame.right - frame.left - (line.right - line.left) < following.size


def _alignment(lines: tuple[Line, ...], layout: Layout) -> Alignment:
    if any(is_centered(line, layout.frame(line)) for line in lines) and all(
        may_be_centered(line, layout.frame(line)) for line in lines
    ):
        return Alignment.CENTER
    if len(lines) == 1 and is_at_right(lines[0], layout.frame(lines[0])):
        return Alignment.RIGHT
    return Alignment.LEFT


def _between(before: Line, line: Line) -> str:
    """The blank at a line end: between Latin words, and where the file has one beside them."""
    last, first = before.glyphs[-1].character, line.glyphs[0].character
    if before.is_hyphenated:
        return ""
    if before.ends_blank and (is_latin(last) or is_latin(first)):
        return " "
    return " " if _WORDS_APART.search(before.text[-2:] + "\n" + line.text[:1]) else ""
