"""Markdown's inline nodes to the model's, with a problem for leftovers of markup that would be printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bulletin.load.markdown import Node
from bulletin.model.characters import check_decoded
from bulletin.model.marks import east_asian
from bulletin.model.problem import NOTHING, Message, Problem, Span, error, message, warning
from bulletin.model.prose import Code, Emphasis, Inline, LineBreak, Link, NoteRef, Strong, Text
from bulletin.model.walk import plain_text

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(\s[^<>]*)?/?>|<!(?!--)|<\?")
_UNDEFINED_NOTE = re.compile(r"\[\^([^\]]+)\]")
_NEAR = 8
_LINES_OF_CODE = 20
"""A code span hides its line ends; text after it is looked for in so many lines."""


@dataclass
class SourceText:
    """The lines of a body in its file, and what has been found in them."""

    path: str
    first_line: int
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    quoted_names: tuple[str, ...] = ()
    """Names of pictures as typed, where they are written with %20 and the like."""
    shown_addresses: tuple[str, ...] = ()
    """Addresses in <…>: they stand in the source once, and are text and target at once."""

    def at(self, line: int, found: str = "") -> Span:
        """Line `line` (from 0) of the body, and the column of `found` in it."""
        row = self.lines[line] if line < len(self.lines) else ""
        return Span(self.path, line + self.first_line, row.find(found) + 1 if found else 0)

    def refuse(self, code: str, span: Span, what: Message, advice: Message = NOTHING) -> None:
        self.problems.append(error(code, span, what, advice))


@dataclass
class Inlines:
    """Reads the inlines of one paragraph, counting lines."""

    reader: SourceText
    line: int

    def read(self, nodes: list[Node]) -> list[Inline]:
        found: list[Inline] = []
        for index, node in enumerate(nodes):
            found += self.inline(node, found, nodes[index + 1 :])
        return found

    def inline(self, node: Node, before: list[Inline], after: list[Node]) -> list[Inline]:
        token = node.token
        match node.type:
            case "text":
                self.check_text(token.content)
                return [Text(token.content)]
            case "text_special":  # an entity or an escaped character: meant as it stands
                self.reader.problems += check_decoded(token.content, self.reader.at(self.line, token.markup))
                return [Text(token.content)]
            case "code_inline":
                return [Code(token.content)]
            case "softbreak":
                self.line += 1
                return [Text(joint(_last_character(before), first_character(after)))]
            case "hardbreak":
                self.line += 1
                return [LineBreak()]
            case "strong":
                return [Strong(tuple(merged(self.read(node.children))))]
            case "em":
                return [self.emphasis(node)]
            case "link":
                return [self.link(node)]
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

    def emphasis(self, node: Node) -> Inline:
        """One character between asterisks is a factor (长*宽*高) more often than a word to stress."""
        content = tuple(merged(self.read(node.children)))
        if node.token.markup == "*" and len(plain_text(content)) == 1:
            what = message("这里的 * 当作强调记号，不会印出来")
            span = self.reader.at(self.line, "*")
            self.reader.problems.append(warning("stray-mark", span, what, message("要印出 *，写成 \\*")))
        return Emphasis(content)

    def link(self, node: Node) -> Inline:
        target = str(node.token.attrs.get("href", ""))
        if node.token.attrs.get("title"):
            what = message("链接里引号中的文字不会印出来")
            self.reader.refuse("link-title", self.reader.at(self.line), what, message("写成 [文字](网址)"))
        content = tuple(merged(self.read(node.children)))
        if node.token.info == "auto":
            self.reader.shown_addresses += (target,)
        if not plain_text(content):
            self.reader.refuse(
                "link-empty", self.reader.at(self.line, "["), message("链接没有文字"), message("写成 [文字](网址)")
            )
        return Link(target, content, self.reader.at(self.line))

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


def joint(left: str, right: str) -> str:
    """What a line end inside a paragraph stands for between these characters: nothing beside Han, a space between Latin words."""
    if not left or not right:
        return ""
    return "" if east_asian(left) or east_asian(right) else " "


def first_character(nodes: list[Node]) -> str:
    """The first character of the nodes, comments left out."""
    shown = (node for node in nodes if node.type != "comment_inline")
    return next((found for node in shown if (found := node.token.content[:1] or first_character(node.children))), "")


def _last_character(inlines: Sequence[Inline]) -> str:
    return next((found for inline in reversed(inlines) if (found := _last_of(inline))), "")


def _last_of(inline: Inline) -> str:
    match inline:
        case Text(content) | Code(content):
            return content[-1:]
        case Strong() | Emphasis() | Link():
            return _last_character(inline.content)
        case _:
            return ""


def merged(inlines: list[Inline]) -> list[Inline]:
    """Neighbouring texts made one."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, Text) and isinstance(last, Text):
            merged[-1] = Text(last.content + inline.content)
        else:
            merged.append(inline)
    return merged
