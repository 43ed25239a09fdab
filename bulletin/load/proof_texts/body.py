"""The body of an article to its texts, in the order of reading, with the remarks between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from markdown_it.token import Token

from bulletin.load.blocks import lone_image
from bulletin.load.markdown import MAX_NESTING, Node, all_plain, parse_inline, parse_markdown, too_much, tree_of
from bulletin.load.proof_texts.captions import caption_texts
from bulletin.load.proof_texts.inlines import ReadInline, read_inline
from bulletin.load.proof_texts.placed import NOTHING_PLACED, Placed, Placing
from bulletin.load.proof_texts.sources import heading_source, paragraph_source, row_sources
from bulletin.model.article_source import Shape, SourceBlock
from bulletin.model.problem import Span
from bulletin.model.proof_text import Anchor, ProofText, Remark, Role

_SHAPES = {
    "paragraph": Shape.PARAGRAPH,
    "heading": Shape.HEADING,
    "table": Shape.TABLE,
    "fence": Shape.VERBATIM,
    "hr": Shape.DIVIDER,
}
_PARAGRAPHS = {Role.ITEM: Shape.ITEM, Role.QUOTE: Shape.QUOTE}
_LED = frozenset({Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE})
_BARE = " \t>"


@dataclass(frozen=True, slots=True)
class BodyTexts:
    """The texts of a body, the remarks in it, and the blocks that they stand in."""

    texts: tuple[ProofText, ...] = ()
    remarks: tuple[Remark, ...] = ()
    blocks: tuple[SourceBlock, ...] = ()


def read_body_texts(text: str, path: str, first_line: int) -> BodyTexts:
    """The texts of `text`, whose first line is line `first_line` of the file `path`; none of what is too large to be parsed."""
    reader = _BodyReader(path, first_line, text.split("\n"))
    if too_much(text):
        return BodyTexts()
    if all_plain(reader.lines):
        reader.plain_lines()
    else:
        tokens = parse_markdown(text)
        if any(part.level >= MAX_NESTING for token in tokens for part in (token, *(token.children or []))):
            return BodyTexts()
        reader.blocks(tree_of(tokens))
    last = (Remark(said, span, ()) for said, span in reader.waiting)
    remarks = tuple(sorted((*reader.remarks, *last), key=attrgetter("span")))
    return BodyTexts(tuple(reader.texts), remarks, tuple(sorted(reader.found, key=attrgetter("first"))))


@dataclass
class _BodyReader:
    path: str
    first_line: int
    lines: list[str]
    texts: list[ProofText] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    waiting: list[tuple[str, Span]] = field(default_factory=list)
    """Remarks for what comes next."""
    found: list[SourceBlock] = field(default_factory=list)

    def plain_lines(self) -> None:
        """What the parser would make of lines that are plain."""
        for number, line in enumerate(self.lines, start=self.first_line):
            if text := line.lstrip("#").strip():
                level = max(0, len(line) - len(line.lstrip("#")) - 1)
                source = Placed(text, (Anchor(0, number, line.index(text) + 1),))
                read = read_inline(Node(parse_inline(text)), source) if "*" in text else ReadInline(source.stripped())
                self.add(read, Role.HEADING if level else Role.PARAGRAPH, level)
                shape = Shape.HEADING if level else Shape.PARAGRAPH
                self.found.append(SourceBlock(shape, number, number, (self.texts[-1],)))

    def blocks(self, nodes: list[Node], role: Role = Role.PARAGRAPH) -> None:
        """The blocks of one level; paragraphs in them are `role`. A remark is about all of the block that follows it."""
        for node in nodes:
            if node.type == "comment":
                row = self.lines[node.token.map[0]] if node.token.map else ""
                self.wait(node.token.content.strip(), self.place(node, row.find("<!--") + 1))
                self.find(node, Shape.COMMENT, len(self.texts))
                continue
            before, waiting, self.waiting = len(self.texts), self.waiting, []
            self.block(node, role)
            if node.type in _SHAPES:
                shape = _PARAGRAPHS.get(role, Shape.PARAGRAPH) if node.type == "paragraph" else _SHAPES[node.type]
                self.find(node, Shape.FIGURE if _is_figure(node) else shape, before)
            if len(self.texts) > before:
                self.remarks += (Remark(said, span, tuple(self.texts[before:])) for said, span in waiting)
            else:
                self.waiting = waiting + self.waiting

    def block(self, node: Node, role: Role) -> None:
        match node.type:
            case "paragraph":
                self.paragraph(node, role)
            case "heading":
                self.heading(node)
            case "blockquote":
                self.blocks(node.children, Role.QUOTE)
            case "bullet_list" | "ordered_list":
                inner = role if role is Role.QUOTE else Role.ITEM
                for item in node.children:
                    self.blocks(item.children, inner)
            case "table":
                self.table(node)
            case "footnote_block":
                for note in node.children:
                    before = len(self.texts)
                    self.note(note)
                    self.find(note, Shape.NOTE, before)

    def paragraph(self, node: Node, role: Role) -> None:
        source, read = self.read(node)
        image = lone_image(node.children[0])
        if image is not None:
            self.figure(image, source, read)
        else:
            self.add(read, role)

    def figure(self, image: Token, source: Placed, read: ReadInline) -> None:
        before = len(self.texts)
        for placed in caption_texts(image, source, *read.images):
            self.add(ReadInline(placed), Role.CAPTION)
        self.keep(read, tuple(self.texts[before:]))

    def heading(self, node: Node) -> None:
        inline, (line, row) = node.children[0], self.row(node)
        level = min(max(int(node.token.tag[1:]) - 1, 1), 4)
        self.add(read_inline(inline, heading_source(inline.token.content, row, line)), Role.HEADING, level)

    def table(self, node: Node) -> None:
        for part in node.children:
            for row in part.children:
                line, text = self.row(row)
                inlines = [cell.children[0] for cell in row.children]
                said = [inline.token.content for inline in inlines]
                sources = row_sources(said, text, line, head=part.type == "thead")
                for inline, source in zip(inlines, sources, strict=True):
                    self.add(read_inline(inline, source), Role.CELL)

    def note(self, node: Node) -> None:
        """A footnote; its paragraphs are lines of one text."""
        read = ReadInline(NOTHING_PLACED)
        for block in node.children:
            if block.type == "paragraph":
                read = read.followed_by(self.read(block)[1])
        self.add(read, Role.NOTE)

    def read(self, node: Node) -> tuple[Placed, ReadInline]:
        """A paragraph's source, and what is printed of it."""
        inline = node.children[0]
        start, end = node.token.map or (0, 1)
        source = paragraph_source(inline.token.content, self.lines[start:end], start + self.first_line)
        return source, read_inline(inline, source)

    def add(self, read: ReadInline, role: Role, level: int = 0) -> None:
        """One more text, if there is something in it."""
        placed = read.placed
        if placed.content:
            marks = (read.verbatim, read.strong, "", placed.altered)
            text = ProofText(self.path, Path(self.path).stem, role, placed.content, placed.anchors, level, *marks)
            self.texts.append(text)
        self.keep(read, (text,) if placed.content else ())

    def keep(self, read: ReadInline, texts: tuple[ProofText, ...]) -> None:
        """The remarks that stand in a block whose texts these are; where it has none, they wait for the next."""
        for said, (line, column) in read.comments:
            span = Span(self.path, line, column)
            if texts:
                self.remarks.append(Remark(said, span, texts))
            else:
                self.wait(said, span)

    def find(self, node: Node, shape: Shape, before: int) -> None:
        """One more block; its texts are those from `before` on."""
        maps = [each.token.map for each in (node, *node.children) if each.token.map]
        if not maps:
            return
        first, end = maps[0][0], maps[0][1] if node.token.map else maps[-1][1]
        while end > first + 1 and not self.lines[end - 1].strip(_BARE):
            end -= 1
        texts, row = tuple(self.texts[before:]), self.lines[first]
        if shape is Shape.VERBATIM:
            texts = self.verbatim(node.token.content, first + 1)
        lead = row[: row.find(node.children[0].token.content.split("\n")[0].strip())] if shape in _LED else ""
        self.found.append(
            SourceBlock(
                shape,
                first + self.first_line,
                end - 1 + self.first_line,
                texts,
                lead,
                str(node.token.meta.get("label", "")) if node.token.meta else "",
                len(node.children[0].children[0].children) if shape is Shape.TABLE else 0,
            )
        )

    def verbatim(self, content: str, line: int) -> tuple[ProofText, ...]:
        """The lines of a fenced block, which begin on that line of the body: a text that is no prose, for who writes it anew."""
        placing = Placing()
        for number, said in enumerate(content.rstrip("\n").split("\n"), start=line):
            row, place = self.lines[number], number + self.first_line
            if number > line:
                before = self.lines[number - 1]
                placing.add_altered("\n", (place - 1, len(before) + 1))
            placing.add(said, (place, len(row) - len(said) + 1))
        placed = placing.placed
        if not placed.content.strip() or any(anchor.column < 1 for anchor in placed.anchors):
            return ()
        whole = ((0, len(placed.content)),)
        slug = Path(self.path).stem
        return (
            ProofText(
                self.path, slug, Role.PARAGRAPH, placed.content, placed.anchors, 0, whole, (), "", placed.altered
            ),
        )

    def wait(self, said: str, span: Span) -> None:
        self.waiting.append((said, span))

    def row(self, node: Node) -> tuple[int, str]:
        """The first line of a block: its number in the file, and what stands there."""
        line = node.token.map[0] if node.token.map else 0
        return line + self.first_line, self.lines[line]

    def place(self, node: Node, column: int) -> Span:
        return Span(self.path, self.row(node)[0], column)


def _is_figure(node: Node) -> bool:
    return node.type == "paragraph" and lone_image(node.children[0]) is not None
