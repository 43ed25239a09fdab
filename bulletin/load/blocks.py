"""Markdown nodes to the model's blocks and inlines, with a problem for whatever cannot be printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it.token import Token

from bulletin.load.inlines import Inlines, SourceText, merged
from bulletin.load.markdown import MAX_NESTING, Node, all_plain, parse_inline, parse_markdown, tree_of
from bulletin.model.issue import Comment
from bulletin.model.problem import Problem, Severity, message, warning
from bulletin.model.prose import (
    SECTION_LEVELS,
    Block,
    Divider,
    Figure,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    ListItem,
    NoteText,
    Paragraph,
    Quote,
    Table,
    Text,
    Verbatim,
)
from bulletin.model.walk import walk

_MARKUP = re.compile(r"&#?\w+;")
"""Letters and digits that are no text: entities."""
_NO_LETTERS = re.compile(r"[\W_]+")
_SENTENCE_ENDS = ("。", "：", "！", "？", "。”", "！”", "？”")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_QUOTE_WITHOUT_BLANK = re.compile(r"[\s>]*>[^\s>]")
_CELL_END = re.compile(r"(?<!\\)\|")
_BULLET = "•"


@dataclass
class Body:
    """What the body of an article file holds."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[NoteText[Inline], ...] = ()
    comments: tuple[Comment, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_body(text: str, path: str, first_line: int) -> Body:
    """The blocks, footnotes and comments of `text`, whose first line is line `first_line` of the file `path`."""
    reader = _Reader(path, first_line, text.split("\n"))
    if all_plain(reader.lines):
        blocks = tuple(reader.plain_blocks())
        reader.check_nothing_lost(text, blocks)
        return Body(blocks, problems=tuple(reader.problems))
    return _read_parsed(reader, text)


def _read_parsed(reader: _Reader, text: str) -> Body:
    """The same of any text: what its lines are depends on those around them."""
    tokens = parse_markdown(text)
    for token in tokens:
        if any(part.level >= MAX_NESTING for part in (token, *(token.children or []))):
            reader.refuse("nesting", reader.at(token.map[0] if token.map else 0), message("列表、引文或加粗嵌套太深"))
            return Body(problems=tuple(reader.problems))
    blocks = tuple(reader.blocks(tree_of(tokens)))
    reader.check_nothing_lost(text, blocks)
    return Body(blocks, tuple(reader.notes), tuple(reader.comments), tuple(reader.problems))


@dataclass
class _Reader(SourceText):
    notes: list[NoteText[Inline]] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    def line_of(self, text: str) -> int:
        """The first line that begins with `text`, or the first of all."""
        return next((number for number, line in enumerate(self.lines) if line.lstrip().startswith(text)), 0)

    # Blocks

    def plain_blocks(self) -> Iterator[Block]:
        """What the parser would make of lines that are plain."""
        for number, line in enumerate(self.lines):
            if text := line.lstrip("#").strip():
                content = (Text(text),) if "*" not in text else self.content(Node(parse_inline(text)), number)
                level = len(line) - len(line.lstrip("#")) - 1
                yield Heading(level, content, self.at(number)) if level > 0 else Paragraph(content, self.at(number))

    def blocks(self, nodes: list[Node]) -> Iterator[Block]:
        for node in nodes:
            yield from self.block(node)

    def block(self, node: Node) -> Iterator[Block]:
        line = node.token.map[0] if node.token.map else 0
        match node.type:
            case "paragraph":
                yield from self.paragraph(node, line)
            case "heading":
                yield from self.heading(node, line)
            case "blockquote":
                self.check_quote(line)
                yield Quote(tuple(self.blocks(node.children)))
            case "bullet_list" | "ordered_list":
                yield self.item_list(node)
            case "table":
                yield self.table(node, line)
            case "fence":
                if node.token.info.strip():
                    what = message("“{mark}”后面的文字不会印出来", mark=node.token.markup)
                    self.refuse("fence-text", self.at(line), what, message("把文字移到下一行"))
                yield Verbatim(node.token.content.rstrip("\n"), self.at(line))
            case "hr":
                yield Divider()
            case "comment":
                self.comments.append(Comment(node.token.content.strip(), self.at(line)))
            case "footnote_block":
                self.footnotes(node)
            case _:
                self.refuse(
                    "markdown", self.at(line), message("这种写法印不出来，请改成普通段落（{kind}）", kind=node.type)
                )

    def paragraph(self, node: Node, line: int) -> Iterator[Block]:
        inline = node.children[0]
        image = lone_image(inline)
        if image is not None:
            self.keep_comments(inline, line)
            source, caption = str(image.attrs.get("src", "")), str(image.attrs.get("title", ""))
            if "<!--" in image.content + caption:
                self.refuse("comment-place", self.at(line, "<!--"), message("图片的文字里不能写注释"))
            name = unquote(source)
            self.quoted_names += () if name == source else (source,)
            yield Figure(name, image.content.strip(), caption.strip(), self.at(line))
            return
        content = self.content(inline, line)
        if content:
            self.check_typing(line, len(inline.token.content.split("\n")))
            yield Paragraph(content, self.at(line))

    def check_quote(self, line: int) -> None:
        """`>60岁` at the start of a line is meant as a sign, not as the mark of a quotation."""
        if _QUOTE_WITHOUT_BLANK.match(self.lines[line]):
            what = message("这一行的“>”当作引文记号，不会印出来")
            advice = message("是引文，> 后面空一格；要印出 >，写成 &gt;")
            self.problems.append(warning("quote-mark", self.at(line, ">"), what, advice))

    def check_typing(self, line: int, count: int) -> None:
        """What a paragraph looks like when something else was meant."""
        row = self.lines[line].lstrip(" \t\u3000>")
        if row.startswith(("#", "＃")):
            what = message("“{mark}”会印出来，不会成为标题", mark=row[: len(row) - len(row.lstrip("#＃"))])
            advice = message("标题的 # 号要用半角，后面空一格：## 提升站位；要印出 # 写成 \\#")
            self.refuse("heading-mark", self.at(line), what, advice)
        for number in range(line, line + count - 1):
            if self.lines[number + 1].startswith("\u3000"):
                what = message("这一行和下一行会连成一段")
                self.refuse("lines-joined", self.at(number), what, message("要分段，中间空一行"))
                return
            ends = self.lines[number].rstrip(" \t\u3000*").endswith(_SENTENCE_ENDS)
            if not self.lines[number].lstrip().startswith(">") and (
                ends or _DATE.fullmatch(self.lines[number + 1].strip())
            ):
                what = message("这一行和下一行会连成一段")
                self.problems.append(warning("lines-joined", self.at(number), what, message("要分段，中间空一行")))
                return

    def heading(self, node: Node, line: int) -> Iterator[Block]:
        level = int(node.token.tag[1:]) - 1
        if level not in SECTION_LEVELS:
            self.refuse(
                "heading-level",
                self.at(line),
                message("正文里不能用“{mark}”标题", mark=node.token.markup),
                message("标题写在文首的 title；正文里从 ##（一、）到 #####（（1））"),
            )
            level = min(max(level, SECTION_LEVELS[0]), SECTION_LEVELS[-1])
        content = self.content(node.children[0], line)
        if content:
            yield Heading(level, content, self.at(line))
        else:
            self.refuse("heading-empty", self.at(line), message("标题是空的"))

    def item_list(self, node: Node) -> Block:
        """A list with the marks that the author typed; numbers that do not count up are worth a look."""
        ordered = node.type == "ordered_list"
        items, numbers = [], []
        for item in node.children:
            mark = f"{item.token.info}{item.token.markup}" if ordered else _BULLET
            numbers.append(int(item.token.info or 0))
            items.append(ListItem(mark, tuple(self.blocks(item.children))))
        if ordered and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            what = message("列表的编号不连续：{numbers}", numbers=tuple(map(str, numbers[:10])))
            line = node.token.map[0] if node.token.map else 0
            self.problems.append(warning("list-number", self.at(line), what, message("编号照印，请核对")))
        return ItemList(ordered, tuple(items))

    def table(self, node: Node, line: int) -> Block:
        head, *bodies = (part.children for part in node.children)
        body = [row for rows in bodies for row in rows]
        rows = [
            tuple(self.content(cell.children[0], _line(row, line)) for cell in row.children) for row in (*head, *body)
        ]
        for row in body:
            self.check_row(_line(row, line), len(rows[0]))
        styles = [str(cell.token.attrs.get("style", "")) for cell in head[0].children]
        return Table(
            rows[0], tuple(rows[1:]), tuple(style.removeprefix("text-align:") for style in styles), self.at(line)
        )

    def check_row(self, line: int, wanted: int) -> None:
        """The parser cuts and fills rows to the length of the head; an editor wants to know."""
        found = len(_CELL_END.split(self.lines[line].strip().lstrip("> ").removeprefix("|").removesuffix("|")))
        if found > wanted:
            what = message("表格这一行有 {found} 格，表头只有 {wanted} 格", found=found, wanted=wanted)
            self.refuse("table-row", self.at(line), what, message("删去多余的“|”，或给表头加一格"))
        elif found < wanted:
            what = message("表格这一行只有 {found} 格，表头有 {wanted} 格", found=found, wanted=wanted)
            self.problems.append(warning("table-row", self.at(line), what, message("补上缺的格；空格也要写“|”")))

    def footnotes(self, node: Node) -> None:
        for note in node.children:
            content: list[Inline] = []
            first = note.token.map or note.children[0].token.map or [self.line_of(f"[^{note.token.meta['label']}]:")]
            for block in note.children:
                line = block.token.map[0] if block.token.map else first[0]
                if block.type == "paragraph":
                    content += [LineBreak()] if content else []
                    content += self.content(block.children[0], line)
                elif block.type != "footnote_anchor":
                    self.refuse("note-block", self.at(line), message("脚注里只能写文字，不能有标题、列表或表格"))
            if not content and all(block.type in ("paragraph", "footnote_anchor") for block in note.children):
                self.refuse("note-missing", self.at(first[0]), message("脚注是空的"))
            self.notes.append(NoteText(str(note.token.meta["label"]), tuple(content), self.at(first[0])))

    # Inlines

    def content(self, inline: Node, line: int) -> tuple[Inline, ...]:
        """The inlines of an `inline` node that begins on `line`, without blanks at either end."""
        self.keep_comments(inline, line)
        parts = [node for node in tree_of(inline.token.children or []) if node.type != "comment_inline"]
        content = merged(Inlines(self, line).read(parts))
        if content and isinstance(content[0], Text):
            content[0] = Text(content[0].content.lstrip(" \t\u3000\u00a0"))
        if content and isinstance(content[-1], Text):
            content[-1] = Text(content[-1].content.rstrip(" \t\u3000\u00a0"))
        return tuple(inline for inline in content if inline != Text(""))

    def keep_comments(self, inline: Node, line: int) -> None:
        for token in inline.token.children or []:
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type == "comment_inline":
                self.comments.append(Comment(token.content.strip(), self.at(line, "<!--")))
                line += token.content.count("\n")

    # Nothing is lost

    def check_nothing_lost(self, source: str, blocks: tuple[Block, ...]) -> None:
        """Every letter and digit of the source must be in a block, a note or a comment; the parser may drop none.

        Footnotes that nothing refers to and surplus cells of a table row are lost otherwise.
        """
        if any(problem.severity is Severity.ERROR for problem in self.problems):
            return
        parts = (blocks, tuple(self.notes), tuple(self.comments), self.quoted_names)
        read = "".join(walk(parts, str))
        if _bare(read) == _bare(source) and not self.shown_addresses:
            return
        kept = _letters(read) - _letters("".join(self.shown_addresses))
        lost = _letters(_MARKUP.sub("", source)) - kept
        if lost:
            rows = [_letters(_MARKUP.sub("", row)) for row in self.lines]
            missing = [
                (row & lost).total() ** 2 / max(row.total(), 1) for row in rows
            ]  # much of the row, and much of it
            self._lost(missing.index(max(missing)))

    def _lost(self, line: int) -> None:
        self.refuse(
            "text-lost",
            self.at(line),
            message("这一处的文字不会印出来：“{text}”", text=self.lines[line].strip()[:30]),
            message("常见原因：脚注没有被引用或重复、表格一行的格子比表头多、网址说明行里写了正文"),
        )


def lone_image(inline: Node) -> Token | None:
    """The picture that a paragraph consists of, remarks and line ends aside; none where there is other text, or another picture."""
    parts = [part for part in inline.token.children or [] if part.type not in ("comment_inline", "softbreak")]
    visible = [part for part in parts if part.type != "text" or part.content.strip()]
    return visible[0] if len(visible) == 1 and visible[0].type == "image" else None


def _line(row: Node, default: int) -> int:
    return row.token.map[0] if row.token.map else default


def _bare(text: str) -> str:
    """The text without blanks and the commonest marks: of most articles, it is the same before and after they are read."""
    return "".join(text.split()).replace("#", "").replace("*", "")


def _letters(text: str) -> Counter[str]:
    """How often each letter and digit occurs."""
    return Counter(_NO_LETTERS.sub("", text))
