"""What is done to a drawn PDF before it leaves the house: its tag tree, its metadata, its attachments, its bytes.

One file is both PDF/A-2a (or -3a) and PDF/UA-1. The engine can declare one of them only, and stamps nothing of its own hour.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from bulletin.model.publication import PdfStandard, SourceFile
from bulletin.render.drawing import Drawing, Piece
from bulletin.render.tag_tree import tag_tree
from bulletin.render.tag_writing import write_tag_tree
from bulletin.render.xmp import xmp_packet

_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"
_INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")


def finish(drawing: Drawing, standard: PdfStandard, sources: Iterable[SourceFile] = ()) -> bytes:
    """The finished file: the same bytes for the same drawing, whoever makes it, wherever, whenever.

    Args:
        drawing: What the engine drew.
        standard: The part of PDF/A that the file declares.
        sources: What is attached; PDF/A-2 allows nothing.
    """
    with Pdf.open(io.BytesIO(drawing.content)) as pdf:
        tree = tag_tree(drawing)
        _set_apart(pdf, tree.artifacts)
        write_tag_tree(pdf, tree.root)
        _leave_pictures_as_they_are(pdf)
        _attach(pdf, tuple(sources))
        _describe(pdf, standard)
        finished = io.BytesIO()
        pdf.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()


def _set_apart(pdf: Pdf, artifacts: Iterable[Piece]) -> None:
    """Marks what belongs to the page as no part of the text (ISO 14289-1, 7.8: pagination)."""
    numbers: dict[int, set[int]] = {}
    for piece in artifacts:
        numbers.setdefault(piece.page, set()).add(piece.number)
    for page, apart in numbers.items():

        def mark(found: re.Match[bytes], apart: set[int] = apart) -> bytes:
            return _ARTIFACT if int(found[1]) in apart else found[0]

        contents = pdf.pages[page].Contents
        contents.write(_MARKED.sub(mark, contents.read_bytes()))


def _leave_pictures_as_they_are(pdf: Pdf) -> None:
    """No program that shows the file may smooth its pictures (ISO 19005-2, 6.2.8: Interpolate)."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image and "/Interpolate" in thing:
            del thing.Interpolate


def _attach(pdf: Pdf, sources: tuple[SourceFile, ...]) -> None:
    """Embeds the sources as such: names without folders, the issue's date (ISO 19005-3, 6.8 and annex E)."""
    if not sources:
        return
    day = pdf.docinfo.get("/ModDate", String(""))
    specifications = Array()
    for source in sources:
        embedded = pdf.make_stream(source.content)
        embedded.Type, embedded.Subtype = Name.EmbeddedFile, Name(f"/{source.media_type}")
        digest = hashlib.md5(source.content, usedforsecurity=False).digest()
        embedded.Params = Dictionary(Size=len(source.content), ModDate=day, CheckSum=String(digest))
        specification = Dictionary(
            Type=Name.Filespec,
            F=String(source.name),
            UF=String(source.name),
            Desc=String(source.name),
            AFRelationship=Name.Source,
            EF=Dictionary(F=embedded, UF=embedded),
        )
        specifications.append(pdf.make_indirect(specification))
    pdf.Root.AF = specifications
    names = [part for each in specifications for part in (each.UF, each)]
    pdf.Root.Names = pdf.Root.get("/Names", Dictionary())
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array(names))


def _describe(pdf: Pdf, standard: PdfStandard) -> None:
    """One XMP packet in place of the engine's, made from the Info dictionary, so that the two agree."""
    info = {key: str(pdf.docinfo[f"/{key}"]) for key in _INFO if f"/{key}" in pdf.docinfo}
    packet = pdf.make_stream(xmp_packet(info, str(pdf.Root.get("/Lang", "")), standard.part))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)
