"""The blocks of a foreign document with what is told about each at a glance: its number, its look beside that of the body, its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bulletin.model.foreign import (
    Alignment,
    ForeignBlock,
    ForeignDocument,
    ForeignParagraph,
    ForeignTable,
    Look,
    Place,
)
from bulletin.model.numbering import TypedNumber, typed_number
from bulletin.model.problem import Span

_LONG = 40
_STOPS = ("。", "！", "？", "；", "：", "，", "、", "…", "。”", "！”", "？”", "。）", ".", ";", ":")
_SENTENCE = re.compile(r"[。；！？]")
_DISPLAY_FACE = re.compile(r"标宋|黑体|Hei|SimHei|小标|综艺|魏碑|隶书", re.IGNORECASE)
_HEADING_FACE = re.compile(r"黑体|Hei|楷|Kai|标宋", re.IGNORECASE)
_LARGER = 1.12
_LONGEST_TITLE = 80
SET_OFF = ("Quote", "Code")
"""Styles of what has its own look, and is no heading."""


@dataclass(frozen=True, slots=True)
class Norm:
    """The look of most of the body; size 0 and no face where the file says nothing of looks."""

    face: str
    size_pt: float

    @property
    def known(self) -> bool:
        return bool(self.face or self.size_pt)


@dataclass(frozen=True)
class Piece:
    """A block of the document, and its place among all (from 0); `inner` is its place in a table that was taken apart, from 1."""

    block: ForeignBlock
    order: int
    name: str
    norm: Norm
    inner: int = 0

    @cached_property
    def text(self) -> str:
        """What a reader sees of a paragraph, without line ends; empty for a table."""
        return self.block.text.replace("\n", "").strip() if isinstance(self.block, ForeignParagraph) else ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of a paragraph that ends lines by hand."""
        if not isinstance(self.block, ForeignParagraph):
            return ()
        return tuple(line.strip() for line in self.block.text.split("\n") if line.strip())

    @property
    def place(self) -> Place:
        return self.block.place

    @property
    def span(self) -> Span:
        """The name of the file and the number of the paragraph; of no two pieces the same."""
        return Span(self.name, self.place.paragraph or self.order + 1, self.inner)

    @cached_property
    def number(self) -> TypedNumber | None:
        """The section number that it begins with, automatic or typed."""
        return typed_number(self.text)

    @property
    def table(self) -> bool:
        return isinstance(self.block, ForeignTable)

    @cached_property
    def look(self) -> Look:
        """That of most of its characters."""
        if not isinstance(self.block, ForeignParagraph):
            return Look()
        weights: Counter[Look] = Counter()
        for run in self.block.runs:
            weights[run.look] += len(run.text)
        return weights.most_common(1)[0][0] if weights else Look()

    @property
    def centred(self) -> bool:
        return isinstance(self.block, ForeignParagraph) and self.block.alignment is Alignment.CENTER

    @property
    def at_right(self) -> bool:
        return isinstance(self.block, ForeignParagraph) and self.block.alignment is Alignment.RIGHT

    @property
    def level(self) -> int:
        """Of its style; 0 for body text."""
        return self.block.level if isinstance(self.block, ForeignParagraph) else 0

    @property
    def new_page(self) -> bool:
        return isinstance(self.block, ForeignParagraph) and self.block.new_page

    @property
    def larger(self) -> bool:
        """True where it is set in larger type than the body."""
        return self.norm.size_pt > 0 and self.look.size_pt >= self.norm.size_pt * _LARGER

    @property
    def looks_like_title(self) -> bool:
        """True for large type, and for display faces or bold in the middle of the line."""
        named = isinstance(self.block, ForeignParagraph) and self.block.style.lower() in (
            "title",
            "标题",
            "大标题",
            "文章标题",
        )
        displayed = bool(_DISPLAY_FACE.search(self.look.face)) or self.look.bold
        return named or self.larger or (self.centred and displayed)

    @property
    def looks_like_heading(self) -> bool:
        """True for bold, and for the faces of headings where the body has another."""
        faced = bool(_HEADING_FACE.search(self.look.face)) and self.look.face != self.norm.face
        return self.look.bold or faced or self.level > 0

    @cached_property
    def running(self) -> bool:
        """True for prose: a sentence, or too long for anything else."""
        return len(self.text) > _LONGEST_TITLE or self.text.endswith(_STOPS) or bool(_SENTENCE.search(self.text))

    @cached_property
    def short(self) -> bool:
        """True for what may be a title, a name, a heading."""
        return bool(self.text) and not self.running


def pieces_of(document: ForeignDocument) -> list[Piece]:
    """The blocks that hold anything, in order."""
    norm = _norm(document)
    held = (block for block in document.blocks if _holds(block))
    return [Piece(block, order, document.name, norm) for order, block in enumerate(held)]


def flattened(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with the paragraphs of tables in their place: mastheads and imprints are often drawn as tables."""
    for piece in pieces:
        if not isinstance(piece.block, ForeignTable):
            yield piece
            continue
        cells = (cell for row in piece.block.rows for cell in row)
        paragraphs = (paragraph for cell in cells for paragraph in cell.paragraphs if _holds(paragraph))
        for inner, paragraph in enumerate(paragraphs, start=1):
            yield Piece(paragraph, piece.order, piece.name, piece.norm, inner)


def _holds(block: ForeignBlock) -> bool:
    if isinstance(block, ForeignTable):
        return any(_holds(paragraph) for row in block.rows for cell in row for paragraph in cell.paragraphs)
    return any(run.text.strip() or run.note or run.picture for run in block.runs) or bool(block.number.strip())


def _norm(document: ForeignDocument) -> Norm:
    """The look of most characters in long paragraphs, or of all where none is long; programs and quotations have their own."""
    weights: Counter[tuple[str, float]] = Counter()
    others: Counter[tuple[str, float]] = Counter()
    for block in document.blocks:
        if isinstance(block, ForeignParagraph) and block.style not in SET_OFF:
            target = weights if len(block.text) > _LONG else others
            for run in block.runs:
                target[(run.look.face, run.look.size_pt)] += len(run.text)
    if not weights and not others:
        return Norm("", 0.0)
    face, size = (weights or others).most_common(1)[0][0]
    return Norm(face, size)
