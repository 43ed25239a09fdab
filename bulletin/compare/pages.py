"""Pages of two editions paired by what stands on them, and what changed on each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise, zip_longest

from bulletin.compare.reading import Reading, read_pages, shown
from bulletin.model.comparison import Change, Comparison, Edit, Mark, PageChange, Spread
from bulletin.model.printed import SAME_LINE_PT, PrintedGlyph, PrintedPage
from bulletin.model.text_edits import diff_texts

_CONTEXT = 12
_ASCENT_EM, _DESCENT_EM = 0.88, 0.12
_Marks = dict[int, list[Mark]]


def compare_pages(old: Sequence[PrintedPage], new: Sequence[PrintedPage]) -> Comparison:
    """What changed from the old edition to the new. Looks that are not text are not seen: see `with_other_looks`."""
    before, after = read_pages(old), read_pages(new)
    edits = diff_texts(before.text, after.text)
    seen = [edit for edit in edits if _is_seen(before, after, edit)]
    struck = _marks(before, ((edit.old_start, edit.old_end) for edit in seen))
    boxed = _marks(after, ((edit.new_start, edit.new_end) for edit in seen))
    spreads = tuple(
        Spread(one, other, _change(before, after, (one, other), struck, boxed), tuple(struck[one]), tuple(boxed[other]))
        for one, other in _paired(len(old), len(new), _shared(before, after, edits))
    )
    changes = sorted(_changes(before, after, seen), key=lambda change: change.new_page)
    return Comparison(spreads, tuple(changes))


def with_other_looks(comparison: Comparison, differing: Collection[tuple[int, int]]) -> Comparison:
    """The comparison, once pages with the same text were found to look different."""
    spreads = tuple(
        replace(spread, change=PageChange.LOOKS)
        if spread.change is PageChange.NONE and (spread.old_page, spread.new_page) in differing
        else spread
        for spread in comparison.spreads
    )
    return replace(comparison, spreads=spreads)


def _change(old: Reading, new: Reading, pages: tuple[int, int], struck: _Marks, boxed: _Marks) -> PageChange:
    one, other = pages
    if any(not mark.is_place for mark in chain(struck.get(one, ()), boxed.get(other, ()))):
        return PageChange.TEXT
    lines = old.lines[one - 1] if one else (), new.lines[other - 1] if other else ()
    if lines[0] != lines[1]:
        return PageChange.LINES
    return PageChange.NONE if one and other else PageChange.LOOKS


def _is_seen(old: Reading, new: Reading, edit: Edit) -> bool:
    """False where nothing but the end of a cell went or came."""
    return bool(shown(old.text[edit.old_start : edit.old_end]) or shown(new.text[edit.new_start : edit.new_end]))


def _changes(old: Reading, new: Reading, edits: Iterable[Edit]) -> Iterator[Change]:
    for edit in edits:
        yield Change(
            old_page=_page_at(old, edit.old_start),
            new_page=_page_at(new, edit.new_start),
            before=shown(old.text[max(0, edit.old_start - _CONTEXT) : edit.old_start]),
            deleted=shown(old.text[edit.old_start : edit.old_end]),
            added=shown(new.text[edit.new_start : edit.new_end]),
            after=shown(old.text[edit.old_end : edit.old_end + _CONTEXT]),
        )


def _page_at(reading: Reading, place: int) -> int:
    return reading.pages[min(place, len(reading.pages) - 1)] if reading.pages else 0


def _marks(reading: Reading, stretches: Iterable[tuple[int, int]]) -> _Marks:
    """The marks of each page: one for each line that a stretch takes in."""
    marks: _Marks = defaultdict(list)
    for start, end in stretches:
        if start == end:
            if reading.glyphs:
                place = min(start, len(reading.glyphs) - 1)
                marks[reading.pages[place]].append(_place_mark(reading.glyphs[place], after=place < start))
            continue
        run = [start]
        for here, following in pairwise(range(start, end + 1)):
            if following == end or not _on_one_line(reading, here, following):
                marks[reading.pages[run[0]]].append(_mark_around(reading.glyphs[run[0] : following]))
                run = [following]
    return marks


def _on_one_line(reading: Reading, here: int, following: int) -> bool:
    first, second = reading.glyphs[here], reading.glyphs[following]
    same = reading.pages[here] == reading.pages[following] and first.x_pt < second.x_pt
    return same and abs(first.y_pt - second.y_pt) < SAME_LINE_PT


def _mark_around(glyphs: Sequence[PrintedGlyph]) -> Mark:
    return Mark(
        min(glyph.x_pt for glyph in glyphs),
        min(glyph.y_pt - _DESCENT_EM * glyph.size_pt for glyph in glyphs),
        max(glyph.right_pt for glyph in glyphs),
        max(glyph.y_pt + _ASCENT_EM * glyph.size_pt for glyph in glyphs),
    )


def _place_mark(glyph: PrintedGlyph, *, after: bool) -> Mark:
    around = _mark_around([glyph])
    edge = around.right_pt if after else around.left_pt
    return replace(around, left_pt=edge, right_pt=edge)


def _shared(old: Reading, new: Reading, edits: Sequence[Edit]) -> Counter[tuple[int, int]]:
    """How many characters each old page has in common with each new one."""
    shared: Counter[tuple[int, int]] = Counter()
    bounds = [Edit(0, 0, 0, 0), *edits, Edit(len(old.text), len(old.text), len(new.text), len(new.text))]
    for before, after in pairwise(bounds):
        shared.update(
            zip(old.pages[before.old_end : after.old_start], new.pages[before.new_end : after.new_start], strict=True)
        )
    return shared


def _paired(old_pages: int, new_pages: int, shared: Counter[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pages of both editions in order: those paired that have most in common, the rest beside each other where they stand."""
    before = (0, 0)
    for pair in (*_heaviest_chain(shared), (old_pages + 1, new_pages + 1)):
        yield from zip_longest(range(before[0] + 1, pair[0]), range(before[1] + 1, pair[1]), fillvalue=0)
        if pair[0] <= old_pages:
            yield pair
        before = pair


def _heaviest_chain(shared: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of the pairs of pages those that rise in both editions and have most characters in common altogether."""
    best: list[tuple[int, int, int, int]] = []
    """Of each pair: the weight of the best chain that ends with it, the pair, and the place of the pair before it."""
    for one, other in sorted(shared):
        weight, link = max(
            ((known[0], place) for place, known in enumerate(best) if known[1] < one and known[2] < other),
            default=(0, -1),
        )
        best.append((weight + shared[one, other], one, other, link))
    chained = []
    place = max(range(len(best)), key=lambda at: best[at][0], default=-1)
    while place >= 0:
        _, one, other, link = best[place]
        chained.append((one, other))
        place = link
    return chained[::-1]
