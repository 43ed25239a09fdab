"""The pictures of a draft as files: named after their article, in a format that can be printed."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace

from PIL import Image

from bulletin.model.artifact import Artifact
from bulletin.model.foreign import ForeignPicture
from bulletin.model.prose import Block, Figure, ItemList, Paragraph, Quote, Text
from bulletin.model.walk import walk

MOST_PIXELS = 40_000_000
MOST_BYTES = 20 * 1024 * 1024
_KEPT = {"PNG": (".png", "image/png"), "JPEG": (".jpg", "image/jpeg"), "MPO": (".jpg", "image/jpeg")}
"""Formats that are printed as they are; a telephone's MPO is a JPEG with more pictures behind it."""
_READ = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
NO_WORDS = "图片（请补写说明）"
"""What stands for a picture of which the document says nothing."""


def picture_files(
    blocks: tuple[Block, ...], pictures: tuple[ForeignPicture, ...], stem: str
) -> tuple[dict[str, str], tuple[Artifact, ...]]:
    """Files `stem-1.png` … of the pictures that the blocks show, and which file each picture became; those that cannot be used have none."""
    known = {picture.name: picture for picture in pictures}
    names: dict[str, str] = {}
    files: list[Artifact] = []
    for name in dict.fromkeys(figure.picture for figure in walk(blocks, Figure)):
        file = _file(known[name], f"{stem}-{len(files) + 1}") if name in known else None
        if file:
            names[name] = file.path
            files.append(file)
    return names, tuple(files)


def with_pictures(block: Block, names: dict[str, str]) -> Block | None:
    """The block with its figures leading to files; of a figure without one its caption stays, if it has any."""
    match block:
        case Figure() if block.picture in names:
            return replace(
                block, picture=names[block.picture], alternative=block.alternative.strip() or block.caption or NO_WORDS
            )
        case Figure():
            return Paragraph((Text(block.caption),), block.span) if block.caption.strip() else None
        case Quote():
            return replace(block, blocks=_inner(block.blocks, names))
        case ItemList():
            return replace(block, items=tuple(replace(item, blocks=_inner(item.blocks, names)) for item in block.items))
        case _:
            return block


def lost_pictures(block: Block, names: dict[str, str]) -> int:
    """How many pictures of the block cannot be used."""
    return sum(figure.picture not in names for figure in walk(block, Figure))


def _inner(blocks: tuple[Block, ...], names: dict[str, str]) -> tuple[Block, ...]:
    return tuple(found for block in blocks if (found := with_pictures(block, names)))


def _file(picture: ForeignPicture, stem: str) -> Artifact | None:
    """The picture's file as it is where it may be shown, else encoded anew; none where it is broken or too large."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(picture.content), formats=_READ)
            if image.width * image.height > MOST_PIXELS:
                return None
            image.load()
            content = picture.content
            if image.format not in _KEPT:
                encoded = io.BytesIO()
                image.convert("RGBA" if "transparency" in image.info else "RGB").save(encoded, "PNG")
                content = encoded.getvalue()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return None
    if len(content) > MOST_BYTES:
        return None
    ending, media_type = _KEPT.get(image.format or "", _KEPT["PNG"])
    return Artifact(stem + ending, media_type, content)
