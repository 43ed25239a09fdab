"""A draft of an article to its file and its pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bulletin.convert.writing.blocks import write_blocks, write_comment, write_note
from bulletin.convert.writing.yaml_text import MISSING, field, listed, scalar
from bulletin.model.artifact import Artifact
from bulletin.model.draft import DraftArticle
from bulletin.model.foreign import ForeignPicture
from bulletin.model.prose import Block, Figure

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp", "tif": "image/tiff"}


def write_article(draft: DraftArticle, path: str) -> tuple[Artifact, ...]:
    """The file `path` (`issues/2026-07/03-report.md`), and the pictures beside it.

    Doubts and comments stand before the block that they are about. Names of pictures begin with the number of the file, so that those of two articles
    are never one.
    """
    folder, _, name = path.rpartition("/")
    draft = _with_own_pictures(draft, name[:3]) if draft.pictures else draft
    text = "\n".join((*_front(draft), "", "\n\n".join(_body(draft)), ""))
    pictures = (_picture(folder, each) for each in draft.pictures)
    return (Artifact(path, "text/markdown", text.encode()), *pictures)


def _with_own_pictures(draft: DraftArticle, mark: str) -> DraftArticle:
    pictures = tuple(replace(picture, name=mark + picture.name) for picture in draft.pictures)
    return replace(draft, pictures=pictures, blocks=tuple(_renamed(block, mark) for block in draft.blocks))


def _renamed(block: Block, mark: str) -> Block:
    return replace(block, picture=mark + block.picture) if isinstance(block, Figure) else block


def _picture(folder: str, picture: ForeignPicture) -> Artifact:
    ending = picture.name.rpartition(".")[2].lower()
    return Artifact(f"{folder}/{picture.name}", _TYPES.get(ending, "application/octet-stream"), picture.content)


def _front(draft: DraftArticle) -> Iterator[str]:
    yield "---"
    yield f"kind: {scalar(draft.kind)}"
    title = draft.title or (MISSING,)
    yield f"title: {scalar(title[0]) if len(title) == 1 else listed(title)}"
    for name in ("subtitle", "speaker", "position", "organization"):
        yield from field(name, getattr(draft, name))
    if draft.date:
        yield f"date: {draft.date}"
    yield from field("editors_note", draft.editors_note)
    yield "---"


def _body(draft: DraftArticle) -> Iterator[str]:
    before: defaultdict[int, list[str]] = defaultdict(list)
    for doubt in draft.doubts:
        before[max(doubt.block, 0)].append(write_comment(f"导入存疑：{doubt.what}"))
    for block, words in draft.remarks:
        before[max(block, 0)].append(write_comment(f"批注：{words}"))
    written = write_blocks(draft.blocks)
    for place, text in enumerate(written):
        yield from before.pop(place, ())
        if text:
            yield text
    yield from (comment for comments in before.values() for comment in comments)
    yield from map(write_note, draft.notes)
