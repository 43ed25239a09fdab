"""Copies one after another in one file: what they share is there once, and each adds its pages and what it bears."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from bulletin.model.page import POINTS_PER_MM
from bulletin.model.press import PressProfile
from bulletin.model.sheets import BLANK, Side, cell_origin_mm
from bulletin.model.stamp import CopyStamp, PageKind
from bulletin.render.copies.appending import Appendix, reference, with_entries
from bulletin.render.copies.stamps import FONT, Stamper

_BRANCHES = 64
"""Nodes below a node of the page tree, and of the tree of page labels."""
SAVE, RESTORE = b"q\n", b"Q\n"
"""Before and behind what a page draws, so that a stamp meets the page as it is when nothing is drawn on it."""


@dataclass(frozen=True, slots=True)
class _SideModel:
    """What the pages of a side are in all copies: their streams, with the kind in place of each stamp, and all other entries."""

    contents: tuple[bytes | PageKind, ...]
    entries: bytes

    def page(self, parent: bytes, stamps: Mapping[PageKind, bytes]) -> bytes:
        streams = b" ".join(stamps[each] if isinstance(each, PageKind) else each for each in self.contents)
        return b"<</Type/Page/Parent %b/Contents[%b]%b" % (parent, streams, self.entries)


def render_run(
    sheets: bytes, sides: Sequence[Side], profile: PressProfile, stamps: Sequence[CopyStamp], stamper: Stamper
) -> bytes:
    """The sheets of one copy again for each stamp, in order, stamped.

    No page and no form is drawn anew: a copy has pages of its own, whose contents are those of the sheets, and at most three
    streams more.

    Args:
        sheets: The sheets of one copy, without a number (`impose`).
        sides: What is on them.
        profile: How they were made.
        stamps: What each copy bears.
        stamper: Draws it.
    """
    run = Appendix(sheets)
    models = list(_side_models(run, sides, profile, stamper))
    root, branch, branches = run.reserve(), 0, list[bytes]()
    for at, stamp in enumerate(stamps):
        if at % _BRANCHES == 0:
            run.pack()
            branch, copies = run.reserve(), list[bytes]()
        drawn = {kind: run.add_stream(content) for kind, content in stamper.contents(stamp).items()}
        copies.append(_copy(run, branch, models, drawn))
        if at % _BRANCHES == _BRANCHES - 1 or at == len(stamps) - 1:
            branches.append(run.add(_node(copies, len(copies) * len(models), root), branch))
    run.pack()
    run.add(_node(branches, len(stamps) * len(models)), root)
    labels = _labels(run, [stamp.number for stamp in stamps], len(models))
    catalog = with_entries(run.pdf.Root, b"/Pages %b/PageLabels %b " % (reference(root), labels), "/Pages")
    run.add(catalog, run.pdf.Root.objgen[0])
    return run.finished()


def _side_models(run: Appendix, sides: Sequence[Side], profile: PressProfile, stamper: Stamper) -> Iterator[_SideModel]:
    with pikepdf.open(io.BytesIO(stamper.digits.content)) as digits:
        (font,) = digits.pages[0].Resources.Font.values()
        fonts = b"/Font<<%b %b>>" % (FONT, run.adopt(font))
    save, restore, known = run.add_stream(SAVE), run.add_stream(RESTORE), dict[bytes, bytes]()
    for page, side in zip(run.pdf.pages, sides, strict=True):
        drawn = pikepdf.Array([page.obj.Contents]).unparse()[2:-2]
        stamps = list[bytes | PageKind]()
        for cell in side.cells:
            if cell.page != BLANK and stamper.stamping.bears(cell.page):
                x, y = (length * POINTS_PER_MM for length in cell_origin_mm(cell, profile))
                stamps += [run.add_stream(place_content(x, y)), PageKind.of(cell.page)]
        resources = run.add(with_entries(page.obj.Resources, fonts if stamps else b""))
        entries = b"/Resources %b " % resources + b" ".join(_shared_entries(run, page.obj, known)) + b">>"
        yield _SideModel((save, drawn, *stamps, restore) if stamps else (drawn,), entries)


def _shared_entries(run: Appendix, page: pikepdf.Object, known: dict[bytes, bytes]) -> Iterator[bytes]:
    """All other entries of a page, each written once for all pages that have it: a page is then quickly read. `known` are those
    that are written."""
    for name in sorted(page.keys() - {"/Type", "/Parent", "/Contents", "/Resources"}):
        body = pikepdf.Array([page[name]]).unparse()[2:-2]
        if body not in known:
            known[body] = run.add(body)
        yield pikepdf.Name(name).unparse() + b" " + known[body]


def place_content(x_pt: float, y_pt: float) -> bytes:
    """Goes from what was drawn before to a page's corner, for its stamp."""
    return b"Q q 1 0 0 1 %.4f %.4f cm\n" % (x_pt, y_pt)


def _copy(run: Appendix, parent: int, models: Sequence[_SideModel], drawn: Mapping[PageKind, bytes]) -> bytes:
    """Writes the pages of a copy, and the node above them; returns the reference to it."""
    node = run.reserve()
    pages = [run.add(model.page(reference(node), drawn)) for model in models]
    return run.add(_node(pages, len(pages), parent), node)


def _node(below: Sequence[bytes], pages: int, parent: int | None = None) -> bytes:
    """A node of the page tree (ISO 32000-1, 7.7.3.2)."""
    above = b"/Parent " + reference(parent) if parent else b""
    return b"<</Type/Pages/Count %d%b/Kids[%b]>>" % (pages, above, b" ".join(below))


def _labels(run: Appendix, numbers: Sequence[str], sides: int) -> bytes:
    """Page labels such as `000123-1`, as a number tree (ISO 32000-1, 7.9.7 and 12.4.2); returns the reference to it."""
    leaves = []
    for start in range(0, len(numbers), _BRANCHES):
        part = range(start, min(start + _BRANCHES, len(numbers)))
        labels = b"".join(b"%d<</S/D/P(%b-)>>" % (at * sides, numbers[at].encode()) for at in part)
        leaves.append(run.add(b"<</Limits[%d %d]/Nums[%b]>>" % (part[0] * sides, part[-1] * sides, labels)))
    return run.add(b"<</Kids[%b]>>" % b" ".join(leaves))
