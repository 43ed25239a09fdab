"""Pictures of an issue: checked before they are decoded, freed of metadata, encoded anew (safety, rows 10 to 16)."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from bulletin.load.files import MEGABYTE, read_bytes
from bulletin.model.issue import Manuscript
from bulletin.model.picture import Picture
from bulletin.model.problem import Message, Outcome, Problem, Span, error, message
from bulletin.model.prose import Figure
from bulletin.model.walk import walk

PICTURE_LIMIT = 20 * MEGABYTE
PIXEL_LIMIT = 40_000_000
_NAME = re.compile(r"[^\x00-\x1f/\\:*?\"<>|]+\.(png|jpg|jpeg)", re.IGNORECASE)
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg"}


def load_pictures(root: Path, folder: str, manuscripts: list[Manuscript]) -> Outcome[tuple[Picture, ...]]:
    """The pictures that the manuscripts show, each once; `folder` is the issue's, relative to `root`."""
    pictures: dict[str, Picture] = {}
    refused: set[str] = set()
    problems: list[Problem] = []
    for figure in (figure for manuscript in manuscripts for figure in walk(manuscript.blocks, Figure)):
        if not figure.alternative:
            problems.append(
                error(
                    "figure-alternative",
                    figure.span,
                    message("图片“{name}”没有文字说明（供盲人读屏）", name=figure.picture),
                    message('写成 ![图上是什么](文件名 "图题")，供读屏软件朗读'),
                )
            )
        if figure.picture in pictures or figure.picture in refused:
            continue
        loaded = _load(root, folder, figure)
        problems += loaded.problems
        if loaded.value is None:
            refused.add(figure.picture)
        else:
            pictures[figure.picture] = loaded.value
    return Outcome(tuple(pictures.values()), tuple(problems))


def _load(root: Path, folder: str, figure: Figure) -> Outcome[Picture]:
    name = figure.picture
    if not _NAME.fullmatch(name) or name.startswith("."):
        return _refused(figure.span, "picture-name", message("不能用“{name}”作图片", name=name[:80]))
    read = read_bytes(root, str(PurePosixPath(folder, name)), PICTURE_LIMIT, figure.span)
    if read.value is None:
        return Outcome(None, read.problems)
    return decode_picture(read.value, name, figure.span)


def decode_picture(content: bytes, name: str, span: Span) -> Outcome[Picture]:
    """The picture of a file, freed of metadata and encoded anew; a problem at `span` where it is none that may be shown."""
    try:
        with _strict_decoding():
            return _decode(content, name, span)
    except Image.DecompressionBombError:
        return _refused(span, "picture-pixels", message("图片“{name}”的像素太多", name=name))
    except (OSError, SyntaxError, ValueError):
        return _refused(span, "picture-broken", message("图片“{name}”打不开，可能已损坏", name=name))


def shrink(picture: Picture, side_px: int) -> Picture:
    """The picture, no side longer than `side_px`."""
    if max(picture.width_px, picture.height_px) <= side_px:
        return picture
    image = Image.open(io.BytesIO(picture.content))
    image.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
    return _encoded(image, picture.name, "PNG" if picture.media_type == "image/png" else "JPEG")


@contextmanager
def _strict_decoding() -> Iterator[None]:
    """A picture that is cut short is refused, also where another library has told Pillow to take it as it is.

    Warnings are passed over: they are of odd metadata, which is not kept, and of size, where our own limit is lower.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decode(content: bytes, name: str, span: Span) -> Outcome[Picture]:
    try:
        image = Image.open(io.BytesIO(content), formats=tuple(_FORMATS))
    except UnidentifiedImageError:
        return _refused(span, "picture-kind", message("“{name}”不是 PNG 或 JPEG 图片", name=name))
    width, height = image.size
    if width * height > PIXEL_LIMIT:
        return _refused(
            span,
            "picture-pixels",
            message("图片“{name}”有 {width}×{height} 像素，太大", name=name, width=width, height=height),
        )
    kind = "PNG" if image.format == "PNG" else "JPEG"  # a telephone's MPO is a JPEG with more pictures behind it
    upright = ImageOps.exif_transpose(image)
    upright = upright.convert("RGB" if kind == "JPEG" or upright.mode in ("CMYK", "YCbCr", "LAB") else upright.mode)
    clean = Image.new(upright.mode, upright.size)
    if upright.mode == "P" and upright.palette:
        upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
        clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    return Outcome(_encoded(clean, name, kind))


def _encoded(image: Image.Image, name: str, kind: str) -> Picture:
    encoded = io.BytesIO()
    image.save(encoded, kind, **({"quality": 92, "subsampling": 0} if kind == "JPEG" else {}))
    content = encoded.getvalue()
    return Picture(name, _FORMATS[kind], *image.size, content, hashlib.sha256(content).hexdigest())


def _refused(span: Span, code: str, what: Message) -> Outcome[Picture]:
    advice = message("图片放在本期文件夹里，只写文件名；用 PNG 或 JPEG，不超过 20 MB、4000 万像素")
    return Outcome(None, (error(code, span, what, advice),))
