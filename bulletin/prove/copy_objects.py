"""The objects that copies are made of: what all of them share is the very same, and what is one copy's own is no other's."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pikepdf

from bulletin.model.problem import Message, message
from bulletin.model.publication import SourceFile
from bulletin.model.stamp import Stamping

_UNPAINTED = re.compile(rb"(?:[\s\d.-]+|q|Q|cm)*")
"""A stream that moves what comes after it, and paints nothing."""
_ARTIFACT = re.compile(rb"/Artifact\s*<<\s*/Type\s*/Pagination\s*>>\s*BDC(?:(?!BDC|BMC|EMC).)*EMC\s*", re.DOTALL)
_OF_THE_PAGE = ("/Type", "/Parent", "/Contents", "/Resources")


@dataclass(frozen=True, slots=True)
class CopyStreams:
    """The sides of a copy.

    `shape` has for each side the object numbers of its streams; those that are the copy's own, as they paint and are none of the
    sheets', are replaced by -1, -2 … in the order in which the copy has them first. `own` are the numbers of those. `rest` is what
    a side says beside its contents.
    """

    shape: tuple[tuple[int, ...], ...]
    own: tuple[int, ...]
    rest: tuple[str, ...]

    @property
    def where_own(self) -> tuple[int, ...]:
        """For each stream that is the copy's own, a side that has it."""
        first = dict[int, int]()
        for side, streams in enumerate(self.shape):
            for stream in streams:
                if stream < 0:
                    first.setdefault(stream, side)
        return tuple(sorted({*first.values()}))


def read_streams(content: bytes, shared: Collection[int], sides: int) -> Iterator[CopyStreams]:
    """The copies of a run, or of an excerpt of it, in order; `shared` are the numbers of the sheets' own streams."""
    unpainted = {*shared}
    with _opened(content) as run:
        pages = _leaves(run.Root.Pages)
        while copy := tuple(islice(pages, sides)):
            yield _copy_streams(run, copy, unpainted)


def shared_streams(sheets: bytes) -> frozenset[int]:
    """The numbers of the streams that pages of the sheets have; those of a run have kept them."""
    with _opened(sheets) as base:
        return frozenset(number for page in base.pages for number in _streams(page.obj))


def _copy_streams(run: pikepdf.Pdf, pages: Sequence[pikepdf.Object], unpainted: set[int]) -> CopyStreams:
    """The sides of a copy; streams that are none of its own are added to `unpainted`, so that each is looked into once."""
    own = dict[int, int]()
    shape = []
    for page in pages:
        streams = _streams(page)
        for number in streams:
            if number in unpainted or number in own:
                continue
            if _paints(run.get_object(number, 0)):
                own[number] = -1 - len(own)
            else:
                unpainted.add(number)
        shape.append(tuple(own.get(number, number) for number in streams))
    return CopyStreams(tuple(shape), tuple(own), tuple(map(_rest, pages)))


def _paints(stream: pikepdf.Object) -> bool:
    return not _UNPAINTED.fullmatch(stream.read_bytes())


def _streams(page: pikepdf.Object) -> tuple[int, ...]:
    """The object numbers of a page's streams."""
    contents = page.Contents
    each = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return tuple(stream.objgen[0] for stream in each)


def _rest(page: pikepdf.Object) -> str:
    """What a page says beside its contents and its place in the tree; its resources by their number."""
    said = {name: value.unparse() for name, value in page.items() if name not in _OF_THE_PAGE}
    return f"{page.Resources.objgen} {said}"


def _leaves(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The pages below a node, in order."""
    for kid in node.Kids:
        yield from _leaves(kid) if "/Kids" in kid else (kid,)


def check_first_copy(sheets: bytes, content: bytes) -> Iterator[Message]:
    """What is wrong with the first copy of a run, whose sides must be those of the sheets with something behind, and with what
    is left of the sheets' file in that of the run."""
    with _opened(sheets) as base, _opened(content) as run:
        sides = islice(_leaves(run.Root.Pages), len(base.pages))
        for number, (page, side) in enumerate(zip(base.pages, sides, strict=True), start=1):
            if not _same_page(page.obj, side):
                yield message("第一份的第 {side} 面不是拼好的那一面", side=number)
        yield from _changed(base, run, {base.Root.objgen})


def check_pages(printed: bytes, content: bytes, stamping: Stamping) -> Iterator[Message]:
    """What has been changed in a print PDF, but for pages that bear a stamp, which must be as they were with something behind."""
    with _opened(printed) as before, _opened(content) as after:
        bearing = [page.obj for number, page in enumerate(before.pages, start=1) if stamping.bears(number)]
        for page in bearing:
            if not _same_page(page, after.get_object(page.objgen)):
                yield message("打份号时改动了页面原有的内容（第 {number} 号对象）", number=page.objgen[0])
        yield from _changed(before, after, {page.objgen for page in bearing})


def read_attachments(printed: bytes) -> tuple[SourceFile, ...]:
    """What is attached to a print PDF, as it was proved and signed."""
    with _opened(printed) as pdf:
        return tuple(
            SourceFile(str(each.UF), str(each.EF.F.Subtype).removeprefix("/"), each.EF.F.read_bytes())
            for each in pdf.Root.get("/AF", pikepdf.Array())
        )


def check_additions(printed: bytes, one: bytes, other: bytes) -> Iterator[Message]:
    """What differs between two files made by adding to a print PDF, but for what is drawn as an artifact."""
    with _opened(printed) as base, _opened(one) as first, _opened(other) as second:
        if (size := int(first.trailer.Size)) != int(second.trailer.Size):
            yield message("两份单册的结构不同")
            return
        for number in range(int(base.trailer.Size), size):
            added, beside = first.get_object(number, 0), second.get_object(number, 0)
            if not (_same_kind(added, beside) or _whole(added) == _whole(beside) or _artifacts(added, beside)):
                yield message("两份单册的第 {number} 号对象不同", number=number)


def _same_kind(one: object, other: object) -> bool:
    """True of what holds or lists the objects of a file, which differs where they are longer."""
    kinds = {str(each.get("/Type")) if isinstance(each, pikepdf.Stream) else "" for each in (one, other)}
    return len(kinds) == 1 and kinds <= {"/ObjStm", "/XRef"}


def _artifacts(*streams: object) -> bool:
    return all(isinstance(each, pikepdf.Stream) and _ARTIFACT.fullmatch(each.read_bytes()) for each in streams)


def _same_page(before: pikepdf.Object, after: pikepdf.Object) -> bool:
    """True if nothing was done to a page but to add streams and a font."""
    known = set(_streams(before))
    kept = tuple(number for number in _streams(after) if number in known)
    alike = all(
        _unparsed(before, name) == _unparsed(after, name) for name in {*before.keys(), *after.keys()} - {*_OF_THE_PAGE}
    )
    return kept == _streams(before) and alike and _same_resources(before.Resources, after.Resources)


def _same_resources(before: pikepdf.Object, after: pikepdf.Object) -> bool:
    fonts, others = (dict(each.get("/Font", pikepdf.Dictionary())) for each in (before, after))
    return (
        all(_unparsed(before, name) == _unparsed(after, name) for name in {*before.keys(), *after.keys()} - {"/Font"})
        and all(name in others and others[name].objgen == font.objgen for name, font in fonts.items())
        and len(others) <= len(fonts) + 1
    )


def _unparsed(thing: pikepdf.Object, name: str) -> bytes:
    """An entry as it is written, wherever it is written; nothing if there is none."""
    value = thing.get(name)
    return value.unparse(resolved=True) if isinstance(value, pikepdf.Object) else repr(value).encode()


def _changed(before: pikepdf.Pdf, after: pikepdf.Pdf, but: Collection[tuple[int, int]]) -> Iterator[Message]:
    for number in range(1, int(before.trailer.Size)):
        if (number, 0) not in but and _whole(before.get_object(number, 0)) != _whole(after.get_object(number, 0)):
            yield message("原文件的第 {number} 号对象被改动", number=number)


def _whole(thing: object) -> tuple[bytes, bytes]:
    if isinstance(thing, pikepdf.Stream):
        return thing.stream_dict.unparse(), thing.read_raw_bytes()
    return pikepdf.Array([thing]).unparse() if not isinstance(thing, pikepdf.Object) else thing.unparse(
        resolved=True
    ), b""


def _opened(content: bytes) -> pikepdf.Pdf:
    """A file as it is written: page attributes are left where they stand."""
    return pikepdf.open(io.BytesIO(content), inherit_page_attributes=False)
