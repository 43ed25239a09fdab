"""A kit to its files, and these to one archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bulletin.model.artifact import Artifact
from bulletin.model.handover import GUIDE_FILE, PAGE_FILE, SOURCE_FILE, SUMS_FILE, Kit
from bulletin.model.publication import Publication
from bulletin.render.handover.archive import archive_bytes
from bulletin.render.handover.pages import KitPages
from bulletin.render.handover.sheet import render_sheet
from bulletin.render.web.frame import Frame

_OLD_EDITORS = "\ufeff"
"""Notepad before Windows 10 takes a text for UTF-8 only if it begins with this mark, and needs both characters at line ends."""


def render_kit(kit: Kit, publication: Publication, frame: Frame) -> Artifact:
    """The archive `handover/2026-10.zip`; its files are of the day of the issue.

    Raises:
        TemplateFault, RenderingFailed: A template cannot be filled in.
    """
    files = tuple(_files(kit, publication, frame))
    return Artifact(kit.path, "application/zip", archive_bytes((*files, _sums(files)), kit.edition.masthead.date))


def _files(kit: Kit, publication: Publication, frame: Frame) -> Iterator[Artifact]:
    pages = KitPages(kit, publication.templates)
    yield Artifact(GUIDE_FILE, "text/html", pages.guide().encode())
    yield render_sheet(kit, frame)
    for each in kit.articles:
        yield Artifact(f"{each.folder}/{PAGE_FILE}", "text/html", pages.page(each).encode())
        source = _OLD_EDITORS + pages.source(each).replace("\n", "\r\n")
        yield Artifact(f"{each.folder}/{SOURCE_FILE}", "text/plain", source.encode())
        for file, picture in {shown.file: shown.picture for shown in each.pictures}.items():
            yield Artifact(f"{each.folder}/{file}", picture.media_type, picture.content)


def _sums(files: tuple[Artifact, ...]) -> Artifact:
    """The SHA-256 sum of each file, as `sha256sum --check` reads it."""
    ordered = sorted(files, key=lambda each: each.path)
    lines = (f"{hashlib.sha256(file.content).hexdigest()}  {file.path}\n" for file in ordered)
    return Artifact(SUMS_FILE, "text/plain", "".join(lines).encode())
