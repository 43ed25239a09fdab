"""A paragraph's inlines to its printed characters, each with its place.

The parser gives no places for inlines, but what it leaves out between them is known to the letter; so its source is gone through once more,
token by token.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it.token import Token

from bulletin.load.inlines import first_character, joint
from bulletin.load.markdown import Node, tree_of
from bulletin.load.proof_texts.placed import Place, Placed, Placing, Stretch, moved, within

_BLANKS = " \t\u3000\u00a0"
_PLAIN = frozenset({"text", "text_special", "softbreak", "comment_inline", "image"})


@dataclass(frozen=True, slots=True)
class ReadInline:
    """What is printed of a paragraph; which of it is code or an address, and which is bold; the comments in it with their places; where its
    pictures stand in the source."""

    placed: Placed
    verbatim: tuple[Stretch, ...] = ()
    strong: tuple[Stretch, ...] = ()
    comments: tuple[tuple[str, Place], ...] = ()
    images: tuple[Stretch, ...] = ()

    def followed_by(self, other: ReadInline) -> ReadInline:
        """Both, with a line end between them where both print something."""
        if not (self.placed.content and other.placed.content):
            placed, start = (self if self.placed.content else other).placed, 0
        else:
            size, placing = len(self.placed.content), Placing()
            placing.copy(self.placed, 0, size)
            placing.add_altered("\n", self.placed.at(size))
            placing.copy(other.placed, 0, len(other.placed.content))
            placed, start = placing.placed, size + 1
        verbatim = (*self.verbatim, *moved(other.verbatim, start))
        strong = (*self.strong, *moved(other.strong, start))
        return ReadInline(placed, verbatim, strong, (*self.comments, *other.comments))


def read_inline(inline: Node, source: Placed) -> ReadInline:
    """The characters of an `inline` node, whose own content stands at the places of `source`."""
    reader = _InlineReader(source)
    reader.read(tree_of(inline.token.children or []), outer=True)
    start, end = reader.ends()
    return ReadInline(
        reader.out.placed.part(start, end),
        tuple(within(reader.verbatim, start, end)),
        tuple(within(reader.strong, start, end)),
        tuple(reader.comments),
        tuple(reader.images),
    )


@dataclass(slots=True)
class _InlineReader:
    source: Placed
    out: Placing = field(default_factory=Placing)
    cursor: int = 0
    """How much of the source has been gone through."""
    verbatim: list[Stretch] = field(default_factory=list)
    strong: list[Stretch] = field(default_factory=list)
    comments: list[tuple[str, Place]] = field(default_factory=list)
    images: list[Stretch] = field(default_factory=list)
    others: list[Stretch] = field(default_factory=list)
    """What is no plain text of the paragraph itself: blanks at its ends are taken away from plain text only."""

    def read(self, nodes: list[Node], *, outer: bool = False) -> None:
        """Goes through the nodes of one level, the paragraph's own (`outer`) or those that another encloses."""
        first = len(self.out.pieces)
        for index, node in enumerate(nodes):
            start = self.out.length
            match node.type:
                case "softbreak":
                    self.line_end(joint(self.out.last_character(first), first_character(nodes[index + 1 :])))
                case "hardbreak":
                    self.line_end("\n")
                case _:
                    self.inline(node)
            if outer and node.type not in _PLAIN:
                self.others.append((start, self.out.length))

    def ends(self) -> Stretch:
        """Where the text begins and ends without blanks at its ends."""
        content = self.out.placed.content
        head = content[: self.others[0][0]] if self.others else content
        tail = content[self.others[-1][1] :] if self.others else content
        start = len(head) - len(head.lstrip(_BLANKS))
        return start, max(start, len(content) - len(tail) + len(tail.rstrip(_BLANKS)))

    def line_end(self, shown: str) -> None:
        """The end of a line, which is `shown` as nothing, a blank, or a line end that was asked for."""
        self.out.add_altered(shown, self.source.at(self.cursor))
        content = self.source.content
        self.cursor = content.find("\n", self.cursor) + 1 or len(content)
        while content.startswith((" ", "\t"), self.cursor):
            self.cursor += 1

    def inline(self, node: Node) -> None:
        token, start = node.token, self.out.length
        match node.type:
            case "text":
                self.copy(token.content)
            case "text_special":
                self.special(token)
            case "code_inline":
                self.code(token)
                self.verbatim.append((start, self.out.length))
            case "comment_inline":
                self.comments.append((token.content.strip(), self.source.at(self.cursor)))
                self.cursor += len(f"<!--{token.content}-->")
            case "footnote_ref":
                self.cursor += len(f"[^{token.meta['label']}]")
            case "image":
                self.images.append((self.cursor, token.meta["end"]))
                self.cursor = token.meta["end"]
            case _:
                self.enclosing(node)
                if node.type == "strong":
                    self.strong.append((start, self.out.length))
                elif token.info == "auto":
                    self.verbatim.append((start, self.out.length))

    def enclosing(self, node: Node) -> None:
        """Bold, emphasis, a link: what it encloses stands between marks of its own."""
        link = node.type == "link"
        mark = 1 if link else len(node.token.markup)
        self.cursor += mark
        self.read(node.children)
        self.cursor = node.token.meta.get("end", self.cursor + mark)

    def copy(self, content: str) -> None:
        """Text as it stands."""
        self.out.copy(self.source, self.cursor, self.cursor + len(content))
        self.cursor += len(content)

    def special(self, token: Token) -> None:
        """An entity, or a character after a backslash."""
        mark = len(token.markup) - len(token.content) if token.info == "escape" else 0
        place = self.source.at(self.cursor + mark)
        if token.markup == token.content:
            self.out.add(token.content, place)
        else:
            self.out.add_altered(token.content, place)
        self.cursor += len(token.markup)

    def code(self, token: Token) -> None:
        """Code: line ends are blanks in it, and one blank at each end may belong to the marks."""
        start, size = self.cursor + len(token.markup), len(token.content)
        source = self.source.content
        padded = source[start : start + size].replace("\n", " ") != token.content or source[start + size] != "`"
        self.cursor = start + padded
        for line in token.content if "\n" in source[start : start + size + padded] else (token.content,):
            self.code_line(line)
        self.cursor += padded + len(token.markup)

    def code_line(self, said: str) -> None:
        if self.source.content.startswith(said, self.cursor):
            self.copy(said)
        else:  # a line end, which is a blank
            self.out.add_altered(said, self.source.at(self.cursor))
            self.cursor += len(said)
