"""What every hand-over kit says, whatever articles there are: what the gate need not wonder at."""

from __future__ import annotations

from dataclasses import replace

from bulletin.compose.handover import compose_kit
from bulletin.model.artifact import Artifact
from bulletin.model.picture import Picture
from bulletin.model.problem import Span
from bulletin.model.prose import ComposedBlock, ComposedInline, Divider, Figure, Note, Paragraph, Signature, Table
from bulletin.model.publication import Publication
from bulletin.pipeline.site.bare_site import BARE
from bulletin.render.handover import render_kit
from bulletin.render.web.frame import Frame

_NOWHERE = Span("")
_MOST_PICTURES = 99
"""`图1.png` to `图99.jpg`: an article that is held may have pictures of such names, which tell nothing."""


def bare_kit(publication: Publication, frame: Frame) -> Artifact:
    """The kit of an issue that says nothing, but has one of everything, from the program's own templates.

    A bureau's own templates are not taken: what one of them says that an article says too must be cleared.
    """
    types = ("image/png", "image/jpeg")
    pictures = tuple(
        Picture(f"{place}{media_type}", media_type, 1, 1, b"", "")
        for place in range(_MOST_PICTURES)
        for media_type in types
    )
    figures = tuple(Figure(picture.name, "", "", _NOWHERE) for picture in pictures)
    cell: tuple[ComposedInline, ...] = (Note(1, ()),)
    blocks: tuple[ComposedBlock, ...] = (
        *figures,
        Paragraph(cell, _NOWHERE),
        Table((cell,), ((cell,),), ("",), _NOWHERE),
        Divider(),
        Signature("", ""),
    )
    edition = replace(BARE, articles=(replace(BARE.articles[0], blocks=blocks, label="附件"),), pictures=pictures)
    return render_kit(compose_kit(edition, ""), replace(publication, templates=publication.templates[-1:]), frame)
