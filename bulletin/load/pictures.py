"""Pictures of an issue: checked before they are decoded (safety, rows 10 to 16)."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from bulletin.load.files import MEGABYTE, read_bytes
from bulletin.model.issue import Manuscript
from bulletin.model.picture import Picture
from bulletin.model.problem import Message, Outcome, Problem, Span, error, message
from bulletin.model.prose import Figure
from bulletin.model.walk import walk

PICTURE_LIMIT = 20 * MEGABYTE
_NAME = re.compile(r"[^\x00-\x1f/\\:*?\"<>|]+\.(png|jpg|jpeg)", re.IGNORECASE)


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
        return refused_picture(figure.span, "picture-name", message("不能用“{name}”作图片", name=name[:80]))
    read = read_bytes(root, str(PurePosixPath(folder, name)), PICTURE_LIMIT, figure.span)
    if read.value is None:
        return Outcome(None, read.problems)
    from bulletin.load.picture_decoding import decode_picture  # loads Pillow: only where there is a picture

    return decode_picture(read.value, name, figure.span)


def refused_picture(span: Span, code: str, what: Message) -> Outcome[Picture]:
    """What is said in place of a picture that cannot be shown."""
    advice = message("图片放在本期文件夹里，只写文件名；用 PNG 或 JPEG，不超过 20 MB、4000 万像素")
    return Outcome(None, (error(code, span, what, advice),))
