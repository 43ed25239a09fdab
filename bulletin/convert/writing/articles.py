"""A draft of an article to its file and pictures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bulletin.convert.writing.blocks import block_lines, canonical_blocks
from bulletin.convert.writing.inlines import canonical, to_markdown
from bulletin.convert.writing.pictures import lost_pictures, picture_files, with_pictures
from bulletin.convert.writing.yaml_text import MISSING, block_text, one_line, paragraphs, scalar
from bulletin.model.artifact import Artifact
from bulletin.model.draft import Doubt, DraftArticle
from bulletin.model.foreign import Place
from bulletin.model.problem import Span, message
from bulletin.model.prose import (
    Block,
    Emphasis,
    Heading,
    Inline,
    ItemList,
    Link,
    NoteRef,
    NoteText,
    Paragraph,
    Quote,
    Strong,
    Table,
)
from bulletin.model.publication import Kind
from bulletin.model.walk import walk

MOST_LINES = 10
"""Lines of a title."""
MOST_REMARKS = 400
"""Comments of a file; it may have 500. The others are in the report only."""


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """The files of an article, its own first, and the draft in the form in which reading them gives it back."""

    draft: DraftArticle
    files: tuple[Artifact, ...]


def write_article(draft: DraftArticle, path: str, kinds: tuple[Kind, ...] = ()) -> WrittenArticle:
    """The article as the file `path` (`issues/2026-07/03-report.md`), with its pictures beside it (`03-report-1.png` …).

    What its kind asks for and was not found is to be filled in; what the importer was not sure of stands in comments.
    """
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".md")
    names, pictures = picture_files(draft.blocks, draft.pictures, stem)
    written = _canonical(replace(draft, slug=stem), names)
    text = "\n".join(_lines(written, kinds)) + "\n"
    shown = (replace(each, path=f"{folder}/{each.path}") for each in pictures)
    return WrittenArticle(written, (Artifact(path, "text/markdown", text.encode()), *shown))


def _canonical(draft: DraftArticle, names: dict[str, str]) -> DraftArticle:
    """The draft as Markdown can hold it: notes by figures, in the order in which they are called."""
    contents = {note.label: canonical(_Labels({}).content(note.content)) for note in draft.notes}
    called = dict.fromkeys(each.label for each in walk(draft.blocks, NoteRef) if contents.get(each.label))
    labels = {label: str(number) for number, label in enumerate(called, start=1)}
    spans = {note.label: note.span for note in draft.notes}
    return replace(
        _with_blocks(draft, names, _Labels(labels)),
        title=_title(draft),
        subtitle=one_line(draft.subtitle).removeprefix("——").strip(),
        speaker=one_line(draft.speaker),
        position=one_line(draft.position),
        organization=one_line(draft.organization),
        editors_note=paragraphs(draft.editors_note),
        notes=tuple(NoteText(labels[label], contents[label], spans[label]) for label in called),
    )


def _title(draft: DraftArticle) -> tuple[str, ...]:
    """The lines of the title; more than there may be are the last one."""
    lines = [line for each in draft.title if (line := one_line(each))]
    return (*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])) if len(lines) > MOST_LINES else tuple(lines)


def _with_blocks(draft: DraftArticle, names: dict[str, str], labels: _Labels) -> DraftArticle:
    """The draft with canonical blocks; doubts and remarks keep their places before them."""
    blocks: list[Block] = []
    places: list[int] = []
    doubts = list(draft.doubts)
    for place, block in enumerate(draft.blocks):
        if lost_pictures(block, names):
            what = message("这里有图片不能用（损坏、太大，或格式不对），没有导入")
            doubts.append(Doubt(what, Place(paragraph=next((span.line for span in walk(block, Span)), 0)), place))
        pictured = with_pictures(block, names)
        for each in canonical_blocks([labels.block(pictured)]) if pictured else ():
            blocks.append(each)
            places.append(place)

    def moved(place: int) -> int:
        return bisect_left(places, place) if place >= 0 else -1

    return replace(
        draft,
        blocks=tuple(blocks),
        doubts=tuple(replace(doubt, block=moved(doubt.block)) for doubt in doubts),
        remarks=tuple((moved(place), words) for place, words in draft.remarks),
    )


@dataclass(frozen=True, slots=True)
class _Labels:
    """New labels of notes; calls of notes that are not there go."""

    labels: dict[str, str]

    def block(self, block: Block) -> Block:
        match block:
            case Quote():
                return replace(block, blocks=tuple(map(self.block, block.blocks)))
            case ItemList():
                items = (replace(item, blocks=tuple(map(self.block, item.blocks))) for item in block.items)
                return replace(block, items=tuple(items))
            case Table():
                head, *rows = (tuple(map(self.content, row)) for row in (block.head, *block.rows))
                return replace(block, head=head, rows=tuple(rows))
            case Paragraph() | Heading():
                return replace(block, content=self.content(block.content))
            case _:
                return block

    def content(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(self._inlines(inlines)) if any(walk(inlines, NoteRef)) else inlines

    def _inlines(self, inlines: tuple[Inline, ...]) -> Iterator[Inline]:
        for inline in inlines:
            match inline:
                case NoteRef(label):
                    if label in self.labels:
                        yield replace(inline, label=self.labels[label])
                case Strong() | Emphasis() | Link():
                    yield replace(inline, content=self.content(inline.content))
                case _:
                    yield inline


def _lines(draft: DraftArticle, kinds: tuple[Kind, ...]) -> Iterator[str]:
    yield "---"
    yield from _front(draft, kinds)
    yield "---"
    remarks = _remarks(draft)
    before: Block | None = None
    yield from _comments(remarks, -1)
    for place, block in enumerate(draft.blocks):
        yield from _comments(remarks, place)
        yield ""
        yield from block_lines(block, before)
        before = block
    for place in sorted(place for place in remarks if place >= len(draft.blocks)):
        yield from _comments(remarks, place)
    for note in draft.notes:
        yield ""
        yield f"[^{note.label}]: " + to_markdown(note.content).replace("\n", "\n    ")


def _front(draft: DraftArticle, kinds: tuple[Kind, ...]) -> Iterator[str]:
    """The front matter; fields that the kind asks for and that were not found are to be filled in."""
    asked = next((kind.requires for kind in kinds if kind.name == draft.kind), ())
    yield f"kind: {scalar(draft.kind)}"
    if len(draft.title) > 1:
        yield "title:"
        yield from (f"  - {scalar(line)}" for line in draft.title)
    else:
        yield f"title: {scalar(draft.title[0] if draft.title else MISSING)}"
    for name in ("subtitle", "speaker", "position", "organization"):
        value = getattr(draft, name) or (MISSING if name in asked else "")
        if value:
            yield f"{name}: {scalar(value)}"
    if draft.date:
        yield f"date: {draft.date.isoformat()}"
    elif "date" in asked:
        yield f"# date: {MISSING}"
    if draft.editors_note:
        yield from block_text("editors_note", draft.editors_note)


def _remarks(draft: DraftArticle) -> dict[int, list[str]]:
    """Comments by the number of the block that they stand before."""
    said = [(doubt.block, f"导入存疑：{doubt.what}") for doubt in draft.doubts]
    said += [(place, f"原稿批注：{words}") for place, words in draft.remarks]
    more = len(said) - MOST_REMARKS
    found: dict[int, list[str]] = {-1: [f"导入存疑：还有 {more} 处，见导入报告"]} if more > 0 else {}
    for place, words in said[:MOST_REMARKS]:
        found.setdefault(place, []).append(words)
    return found


def _comments(remarks: dict[int, list[str]], place: int) -> Iterator[str]:
    for words in remarks.get(place, ()):
        yield ""
        yield f"<!-- {one_line(words).replace('--', '－－')} -->"
