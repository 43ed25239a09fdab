"""Markdown to blocks: CommonMark with tables and footnotes, taken as a Chinese editor means it.

Emphasis closes beside Chinese punctuation (`**一、强化政治引领。**市委…`), lines of a paragraph join without a space
between Han, and indentation never makes code. Comments are kept apart; any other HTML is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from bulletin.model.marks import east_asian

MAX_LINE = 5_000
MAX_PARAGRAPH = 20_000
MAX_BRACKETS = 400
"""Opening brackets in one paragraph; more of them make the parser quadratic (safety, row 25)."""
MAX_COMMENTS = 500
MAX_NESTING = 20


def parse_markdown(text: str) -> list[Token]:
    """The tokens of `text`; comments are tokens of type `comment` and `comment_inline`."""
    return _parser().parse(text)


def parse_inline(text: str) -> Token:
    """The token of a paragraph's text, with its inlines."""
    return _parser().parseInline(text)[0]


_PLAIN_LINE = re.compile(
    r"(?P<heading>#{2,5} +(?=[^\s#]))?(?(heading)|(?!\d{1,9}[.)](?:\s|$)))(?:[^\W_]|[“‘《（〈【「『]|\*\*(?=[^\s*]))[^#\\`_[\]<&]*"
)


def all_plain(lines: list[str]) -> bool:
    """True where each line is a paragraph or a heading by itself, with no markup in it but `*`, or is empty: most articles are written so.

    What such a text is can be told line by line. It has no lists, quotations, tables, links, footnotes, comments or pictures.
    """
    after_paragraph = False
    for line in lines:
        found = _PLAIN_LINE.fullmatch(line)
        paragraph = found is not None and not found["heading"]
        if (line and not found) or (paragraph and after_paragraph) or line.count("*") > MAX_NESTING:
            return False
        after_paragraph = paragraph
    return True


@cache
def _parser() -> MarkdownIt:
    """CommonMark without what turns an editor's plain typing into something else (indented code, setext titles).

    It keeps nothing of one text for the next.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING * 5, "linkify": False, "typographer": False})
    parser.enable("table").disable(["code", "lheading", "html_block", "reference", "text_join"])
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("html_inline", _comment_inline)
    parser.inline.ruler.at("link", _link)
    parser.inline.ruler.at("image", _image)
    parser.block.ruler.before(
        "fence", "comment", _comment_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.validateLink = _any_link  # type: ignore[method-assign]
    parser.normalizeLink = parser.normalizeLinkText = _as_typed  # type: ignore[method-assign,assignment]
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001
    """Links are judged by `check`, which reports them; the parser would only print them as text."""
    return True


def _as_typed(url: str) -> str:
    """Addresses reach the outputs as the author typed them."""
    return url


def _emphasis(state: StateInline, silent: bool) -> bool:
    """`*` and `_` as in CommonMark, but East Asian characters, marks included, count as letters.

    Source: CommonMark 0.31, 6.2 (flanking), with the amendment that https://github.com/tats-u/markdown-cjk-friendly
    proposes.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + scanned.length] if state.pos + scanned.length < state.posMax else " "
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*" and (east_asian(before) or east_asian(after)):
        opens, closes = not after.isspace(), not before.isspace()
    if before.isdigit() and after.isdigit():
        opens = closes = False  # 3*4 is a product
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(ord(marker), scanned.length, len(state.tokens) - 1, end=-1, open=opens, close=closes)
        )
    state.pos += scanned.length
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """A link; its first token knows where it ends."""
    return _ending(link, state, silent)


def _image(state: StateInline, silent: bool) -> bool:
    """A picture; its token knows where it ends."""
    return _ending(image, state, silent)


def _ending(rule: Callable[[StateInline, bool], bool], state: StateInline, silent: bool) -> bool:
    before = len(state.tokens)
    found = rule(state, silent)
    if found and not silent:
        opening = next(token for token in state.tokens[before:] if token.type in ("link_open", "image"))
        opening.meta["end"] = state.pos
    return found


def _comment_inline(state: StateInline, silent: bool) -> bool:
    """`<!-- … -->` inside a paragraph."""
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos + 4)
    if end < 0:
        return False
    if not silent:
        state.push("comment_inline", "", 0).content = state.src[state.pos + 4 : end]
    state.pos = end + 3
    return True


def _comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A comment that fills whole lines, blank lines included."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<!--", start):
        return False
    end = state.src.find("-->", start + 4, state.eMarks[end_line - 1])
    if end < 0:
        return False
    last_line = next(line for line in range(start_line, end_line) if state.eMarks[line] >= end + 3)
    if state.src[end + 3 : state.eMarks[last_line]].strip():
        return False  # text follows on the same line: a paragraph with a comment in it
    if not silent:
        token = state.push("comment", "", 0)
        token.content = state.src[start + 4 : end]
        token.map = [start_line, last_line + 1]
        state.line = last_line + 1
    return True


@dataclass(slots=True)
class Node:
    """A token with what it encloses: a tree is easier to read than a flat list."""

    token: Token
    children: list[Node] = field(default_factory=list)

    @property
    def type(self) -> str:
        return self.token.type.removesuffix("_open")


def tree_of(tokens: list[Token]) -> list[Node]:
    """The nodes at the top, `…_open`/`…_close` pairs folded."""
    root: list[Node] = []
    stack = [root]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
            continue
        node = Node(token)
        stack[-1].append(node)
        if token.nesting > 0:
            stack.append(node.children)
    return root


_BLANK = re.compile(r"\n[ \t\u3000]*\n")


def too_much(text: str) -> tuple[int, str] | None:
    """The first place that is too large to parse safely: line (from 1), and which limit."""
    for line, row in enumerate(text.split("\n"), start=1):
        if len(row) > MAX_LINE:
            return line, "line"
    if text.count("<!--") > MAX_COMMENTS:
        return 1, "comments"
    if len(text) <= MAX_PARAGRAPH and text.count("[") <= MAX_BRACKETS:
        return None
    start = 0
    for paragraph in _BLANK.split(text):
        at = text.find(paragraph, start)
        number = text.count("\n", 0, at + len(paragraph) - len(paragraph.lstrip("\n"))) + 1
        start = at + len(paragraph)
        if len(paragraph) > MAX_PARAGRAPH:
            return number, "paragraph"
        if paragraph.count("[") > MAX_BRACKETS:
            return number, "brackets"
    return None
