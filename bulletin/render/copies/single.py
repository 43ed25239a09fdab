"""One copy by itself: the print PDF as it was signed, and behind it what the copy bears. It stays PDF/A and PDF/UA."""

from __future__ import annotations

import io

import pikepdf

from bulletin.model.stamp import CopyStamp, PageKind
from bulletin.render.copies.appending import Appendix, reference, with_entries
from bulletin.render.copies.run import RESTORE, SAVE, place_content
from bulletin.render.copies.stamps import FONT, Stamper

_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC\n%b\nEMC\n"
"""What belongs to the page and not to the text (ISO 32000-1, 14.8.2.2)."""


def render_single(printed: bytes, stamp: CopyStamp, stamper: Stamper) -> bytes:
    """The print PDF, stamped; its own bytes are the beginning of the new ones."""
    copy = Appendix(printed)
    with pikepdf.open(io.BytesIO(stamper.digits.content)) as digits:
        (font,) = digits.pages[0].Resources.Font.values()
        number = copy.adopt(font)
    save, restore = copy.add_stream(SAVE), copy.add_stream(RESTORE)
    drawn = {kind: copy.add_stream(_ARTIFACT % content) for kind, content in stamper.contents(stamp).items()}
    resources: dict[tuple[int, int], bytes] = {}
    for at, page in enumerate(copy.pdf.pages, start=1):
        if stamper.stamping.bears(at):
            own = page.obj.Resources
            if own.objgen not in resources:
                resources[own.objgen] = copy.add(_with_font(own, number))
            place = copy.add_stream(place_content(float(page.trimbox[0]), float(page.trimbox[1])))
            streams = b" ".join((save, _streams(page.obj), place, drawn[PageKind.of(at)], restore))
            entries = b"/Contents[%b]/Resources %b " % (streams, resources[own.objgen])
            copy.add(with_entries(page.obj, entries, "/Contents", "/Resources"), page.obj.objgen[0])
    return copy.finished()


def _streams(page: pikepdf.Object) -> bytes:
    contents = page.Contents
    each = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b" ".join(reference(stream.objgen[0]) for stream in each)


def _with_font(resources: pikepdf.Object, number: bytes) -> bytes:
    fonts = with_entries(resources.get("/Font", pikepdf.Dictionary()), FONT + b" " + number)
    return with_entries(resources, b"/Font" + fonts, "/Font")
