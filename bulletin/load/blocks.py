"""Markdown nodes to the model's blocks and inlines, with a problem for whatever cannot be printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from bulletin.load.markdown import MAX_NESTING, Node, east_asian, parse_markdown, tree_of
from bulletin.model.issue import Comment
from bulletin.model.problem import NOTHING, Message, Problem, Severity, Span, error, message, warning
from bulletin.model.prose import (
    SECTION_LEVELS,
    Block,
    Code,
    Divider,
    Emphasis,
    Figure,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    Link,
    ListItem,
    NoteRef,
    NoteText,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Verbatim,
)
from bulletin.model.walk import walk

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*)?/?>|<!(?!--)|<\?")
_UNDEFINED_NOTE = re.compile(r"\[\^([^\]]+)\]")
_MARKUP = re.compile(r"(?m)^[ \t>*+-]*\d{1,9}[.)](?=\s)|&#?\w+;|^ {0,3}\[[^\]^][^\]\n]*\]:\s*\S+")
"""Letters and digits that are no text: numbers of list items, entities, definitions of link addresses."""
_NEAR = 8
_LINES_OF_CODE = 20
"""A code span hides its line ends; text after it is looked for in so many lines."""
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
    tokens = parse_markdown(text)
    for token in tokens:
        if any(part.level >= MAX_NESTING for part in (token, *(token.children or []))):
            reader.refuse("nesting", reader.at(token.map[0] if token.map else 0), message("列表、引文或加粗嵌套太深"))
            return Body(problems=tuple(reader.problems))
    blocks = tuple(reader.blocks(tree_of(tokens)))
    reader.check_nothing_lost(text, blocks)
    return Body(blocks, tuple(reader.notes), tuple(reader.comments), tuple(reader.problems))


@dataclass
class _Reader:
    path: str
    first_line: int
    lines: list[str]
    notes: list[NoteText[Inline]] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unprinted: tuple[str, ...] = ()
    """Text of the source that is meant not to be body text: link targets, alternative texts."""

    def at(self, line: int, found: str = "") -> Span:
        """Line `line` (from 0) of the body, and the column of `found` in it."""
        row = self.lines[line] if line < len(self.lines) else ""
        return Span(self.path, line + self.first_line, row.find(found) + 1 if found else 0)

    def refuse(self, code: str, span: Span, what: Message, advice: Message = NOTHING) -> None:
        self.problems.append(error(code, span, what, advice))

    # Blocks

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
                yield Quote(tuple(self.blocks(node.children)))
            case "bullet_list" | "ordered_list":
                yield self.item_list(node)
            case "table":
                yield self.table(node, line)
            case "fence":
                yield Verbatim(node.token.content.rstrip("\n"), self.at(line))
                self.unprinted += (node.token.info,)
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
        parts = [part for part in inline.token.children or [] if part.type != "comment_inline"]
        visible = [part for part in parts if part.type != "softbreak" and (part.type != "text" or part.content.strip())]
        if len(visible) == 1 and visible[0].type == "image":
            image = visible[0]
            self.keep_comments(inline, line)
            source, caption = str(image.attrs.get("src", "")), str(image.attrs.get("title", ""))
            self.unprinted += (source,)
            source = unquote(source)
            yield Figure(source, image.content.strip(), caption.strip(), self.at(line))
            return
        content = self.content(inline, line)
        if content:
            yield Paragraph(content, self.at(line))

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
        ordered = node.type == "ordered_list"
        number = int(node.token.attrs.get("start", 1))
        items = []
        for item in node.children:
            mark = f"{number}." if ordered else _BULLET
            items.append(ListItem(mark, tuple(self.blocks(item.children))))
            number += 1
        return ItemList(ordered, tuple(items))

    def table(self, node: Node, line: int) -> Block:
        head, *body = (part.children for part in node.children)
        rows = [
            tuple(self.content(cell.children[0], _line(row, line)) for cell in row.children)
            for row in (*head, *(row for rows in body for row in rows))
        ]
        styles = [str(cell.token.attrs.get("style", "")) for cell in head[0].children]
        return Table(
            rows[0], tuple(rows[1:]), tuple(style.removeprefix("text-align:") for style in styles), self.at(line)
        )

    def footnotes(self, node: Node) -> None:
        for note in node.children:
            content: list[Inline] = []
            first = note.children[0].token.map or [0]
            for block in note.children:
                line = block.token.map[0] if block.token.map else first[0]
                if block.type == "paragraph":
                    content += [LineBreak()] if content else []
                    content += self.content(block.children[0], line)
                elif block.type != "footnote_anchor":
                    self.refuse("note-block", self.at(line), message("脚注里只能写文字，不能有标题、列表或表格"))
            self.notes.append(NoteText(str(note.token.meta["label"]), tuple(content), self.at(first[0])))

    # Inlines

    def content(self, inline: Node, line: int) -> tuple[Inline, ...]:
        """The inlines of an `inline` node that begins on `line`, without blanks at either end."""
        self.keep_comments(inline, line)
        parts = [node for node in tree_of(inline.token.children or []) if node.type != "comment_inline"]
        content = _merged(_Inlines(self, line).read(parts))
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
        parts = (blocks, tuple(self.notes), tuple(self.comments), self.unprinted)
        lost = Counter(_letters(_MARKUP.sub("", source))) - Counter(_letters("".join(walk(parts, str))))
        if lost:
            rows = [Counter(_letters(_MARKUP.sub("", row))) & lost for row in self.lines]
            self._lost(max(range(len(rows)), key=lambda number: rows[number].total()))

    def _lost(self, line: int) -> None:
        self.refuse(
            "text-lost",
            self.at(line),
            message("这一处的文字不会印出来：“{text}”", text=self.lines[line].strip()[:30]),
            message("常见原因：脚注没有被引用或重复、表格一行的格子比表头多、网址说明行里写了正文"),
        )


@dataclass
class _Inlines:
    """Reads the inlines of one paragraph, counting lines."""

    reader: _Reader
    line: int

    def read(self, nodes: list[Node]) -> list[Inline]:
        found: list[Inline] = []
        for index, node in enumerate(nodes):
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            found += self.inline(node, found, following)
        return found

    def inline(self, node: Node, before: list[Inline], following: Node | None) -> list[Inline]:
        token = node.token
        match node.type:
            case "text":
                self.check_text(token.content)
                return [Text(token.content)]
            case "text_special":  # an entity or an escaped character: meant as it stands
                return [Text(token.content)]
            case "code_inline":
                return [Code(token.content)]
            case "softbreak":
                self.line += 1
                return [Text(_joint(before, following))]
            case "hardbreak":
                self.line += 1
                return [LineBreak()]
            case "strong":
                return [Strong(tuple(_merged(self.read(node.children))))]
            case "em":
                return [Emphasis(tuple(_merged(self.read(node.children))))]
            case "link":
                target = str(token.attrs.get("href", ""))
                self.reader.unprinted += (unquote(target), str(token.attrs.get("title", "")))
                return [Link(target, tuple(_merged(self.read(node.children))), self.reader.at(self.line))]
            case "footnote_ref":
                return [NoteRef(str(token.meta["label"]), self.reader.at(self.line))]
            case "image":
                advice = message("在图片前后各空一行")
                self.reader.refuse("image-inline", self.reader.at(self.line, "!["), message("图片要单独成段"), advice)
                return []
            case "comment_inline":
                self.line += token.content.count("\n")
                return []
            case _:
                what = message("这种写法印不出来，请改成普通段落（{kind}）", kind=node.type)
                self.reader.refuse("markdown", self.reader.at(self.line), what)
                return []

    def check_text(self, content: str) -> None:
        """Leftovers of markup, which would be printed as they stand."""
        tag = _TAG.search(content)
        if tag:
            self.reader.refuse(
                "html",
                self.at(content, tag.start()),
                message("不能使用 HTML 标记“{tag}”", tag=tag[0][:40]),
                message("用 Markdown 写法；要印出尖括号，请写成 &lt; 和 &gt;"),
            )
        if "<!--" in content:
            advice = message("在注释末尾加上 -->；一段之内的注释不能跨空行")
            self.reader.refuse("comment-open", self.at(content, content.find("<!--")), message("注释没有结束"), advice)
        note = _UNDEFINED_NOTE.search(content)
        if note:
            what = message("脚注“{label}”没有内容", label=note[1])
            advice = message("在文末另起一段写“[^{label}]: 注文”", label=note[1])
            self.reader.refuse("note-missing", self.at(content, note.start()), what, advice)
        if "**" in content:
            what = message("这里会印出“**”")
            advice = message("加粗的两个 ** 要成对，里侧不留空格")
            self.reader.problems.append(warning("stray-mark", self.at(content, content.find("**")), what, advice))

    def at(self, content: str, offset: int) -> Span:
        """Where character `offset` of the text `content` stands: lines are counted, then looked for by what is near."""
        start = max(0, offset - _NEAR)
        near = content[start : offset + _NEAR]
        for line in range(self.line, min(self.line + _LINES_OF_CODE, len(self.reader.lines))):
            column = self.reader.lines[line].find(near)
            if column >= 0:
                return Span(self.reader.path, line + self.reader.first_line, column + offset - start + 1)
        return self.reader.at(self.line, content[offset : offset + 2])


def _joint(before: list[Inline], following: Node | None) -> str:
    """What a line end inside a paragraph stands for: nothing beside Han, a space between Latin words."""
    left = _last_character(before)
    right = following.token.content[:1] if following is not None else ""
    if not left or not right:
        return ""
    return "" if east_asian(left) or east_asian(right) else " "


def _last_character(inlines: list[Inline]) -> str:
    match inlines[-1] if inlines else None:
        case Text(content) | Code(content):
            return content[-1:]
        case Strong(content) | Emphasis(content) | Link(_, content):
            return _last_character(list(content))
        case _:
            return ""


def _merged(inlines: list[Inline]) -> list[Inline]:
    """Neighbouring texts made one."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, Text) and isinstance(last, Text):
            merged[-1] = Text(last.content + inline.content)
        else:
            merged.append(inline)
    return merged


def _line(row: Node, default: int) -> int:
    return row.token.map[0] if row.token.map else default


def _letters(text: str) -> Iterator[str]:
    return (character for character in text if character.isalnum())
