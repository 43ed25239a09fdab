"""Markdown of others to a foreign document.

It is CommonMark with tables and footnotes; raw HTML stays text, for a repair to remove. What the parser makes of a file must hold all its
letters, figures and Han: a file of which it loses any is read as plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from bulletin.convert.text.emphasis import emphasis
from bulletin.convert.text.marked import Reader
from bulletin.convert.text.plain import document_of, refuse_text
from bulletin.model.encoding import decode
from bulletin.model.foreign import DropKind, Dropped, ForeignDocument, ForeignParagraph, Place, Run
from bulletin.model.problem import Outcome, Problem, Span, hint, message

_MOST_NESTING = 40
_MOST_BRACKETS = 400
"""In a paragraph; more of them make the parser quadratic."""
_LONGEST_BLOCK = 20_000
"""Of lines without an empty one between them: longer, they are no Markdown."""
_MOST_COMMENTS = 2_000
_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n){0,200}?)---[ \t]*(?:\n|$)")
_TITLE = re.compile(r"""title\s*:\s*["'“]?(?P<title>[^\n]*?)["'”]?\s*$""", re.IGNORECASE | re.MULTILINE)
_TITLED = 10
"""A title is looked for in so many paragraphs, before it is taken from the front matter."""


@dataclass
class _Parts:
    """A text without what is no text of it: comments and front matter; line numbers stay."""

    body: str
    title: str = ""
    dropped: list[Dropped] = field(default_factory=list)


def read_markdown(content: bytes, name: str) -> Outcome[ForeignDocument]:
    """The paragraphs, tables and notes of a Markdown file.

    The census is all its characters but blanks and what is between the fences of front matter; a title there is counted if it is used.
    """
    decoded = decode(content, name)
    if decoded.value is None:
        return Outcome(None, decoded.problems)
    text = decoded.value
    refused = refuse_text(text, name)
    if refused:
        return Outcome(None, (*decoded.problems, refused))
    document, problems = _parsed(text, name) if _bounded(text) else (None, ())
    if document is None:
        what = message("按 Markdown 读会丢字，已当作纯文本读入")
        advice = message("留在文字里的记号，请对照导入报告核对")
        problems = (hint("import-markdown", Span(name), what, advice),)
        document = replace(document_of(text, name), kind="md")
    return Outcome(document, (*decoded.problems, *problems))


def _bounded(text: str) -> bool:
    """True for what the parser reads in linear time."""
    blocks = text.split("\n\n")
    if text.count("<!--") > _MOST_COMMENTS or max(map(len, blocks)) > _LONGEST_BLOCK:
        return False
    return all(block.count("[") <= _MOST_BRACKETS for block in blocks)


def _parsed(text: str, name: str) -> tuple[ForeignDocument | None, tuple[Problem, ...]]:
    parts = _without_comments(_without_front(text))
    tokens = _parser().parse(parts.body)
    if any(_depth(token) >= _MOST_NESTING for token in tokens):
        return None, ()
    reader = Reader(name)
    reader.read(tokens)
    blocks = tuple(reader.blocks)
    census = "".join(parts.body.split())
    if parts.title and not any(parts.title in block for block in _first_texts(reader)):
        blocks = (ForeignParagraph((Run(parts.title),), Place(paragraph=0, line=1), style="Title", level=1), *blocks)
        census += "".join(parts.title.split())
    document = ForeignDocument(name, "md", blocks, notes=tuple(reader.notes))
    marks = _marks(document, reader.taken, census)
    if marks is None:
        return None, ()
    known = [Dropped(DropKind.MARKUP, each.text, each.place) for each in reader.taken]
    dropped = (*parts.dropped, *known, *([Dropped(DropKind.MARKUP, marks)] if marks else []))
    census += "".join("".join(each.text.split()) for each in parts.dropped if each.kind is not DropKind.METADATA)
    return replace(document, dropped=dropped, census=census), tuple(reader.problems)


def _first_texts(reader: Reader) -> list[str]:
    return [block.text for block in reader.blocks[:_TITLED] if isinstance(block, ForeignParagraph)]


def _marks(document: ForeignDocument, taken: list[Dropped], census: str) -> str | None:
    """The signs of the file that are no text of the document: marks of Markdown; `None` if letters or Han are among them."""
    kept = "".join(run.text for paragraph in document.paragraphs() for run in paragraph.runs)
    left = Counter(census)
    left.subtract("".join((kept + "".join(each.text for each in taken)).split()))
    if any(count < 0 or (count and sign.isalnum()) for sign, count in left.items()):
        return None
    return "".join(sign * count for sign, count in left.items())


def _without_front(text: str) -> _Parts:
    """The text without YAML front matter, which is metadata; the title in it is kept."""
    front = _FRONT.match(text)
    if front is None:
        return _Parts(text)
    title = _TITLE.search(front[1])
    body = "\n" * front[0].count("\n") + text[front.end() :]
    return _Parts(body, title["title"] if title else "", [Dropped(DropKind.METADATA, front[1].strip(), Place(line=1))])


def _without_comments(parts: _Parts) -> _Parts:
    """The text without `<!-- … -->`, which nobody sees."""
    kept: list[str] = []
    start = 0
    while (begin := parts.body.find("<!--", start)) >= 0:
        end = parts.body.find("-->", begin)
        if end < 0:
            break
        comment = parts.body[begin : end + 3]
        kept.append(parts.body[start:begin] + "\n" * comment.count("\n"))
        parts.dropped.append(Dropped(DropKind.HIDDEN, comment, Place(line=parts.body.count("\n", 0, begin) + 1)))
        start = end + 3
    return replace(parts, body="".join(kept) + parts.body[start:])


def _depth(token: Token) -> int:
    return max((child.level for child in token.children or ()), default=token.level)


@cache
def _parser() -> MarkdownIt:
    """Nothing of one text is kept for the next."""
    options = {"html": False, "linkify": False, "typographer": False, "maxNesting": 2 * _MOST_NESTING}
    parser = MarkdownIt("commonmark", options)
    parser.enable("table").disable(["code", "reference", "entity", "html_block", "html_inline"])
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.at("emphasis", emphasis)
    parser.validateLink = _any_link  # type: ignore[method-assign]
    parser.normalizeLink = parser.normalizeLinkText = _as_typed  # type: ignore[method-assign,assignment]
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001
    """Whether an address may stay is decided where links are recognised."""
    return True


def _as_typed(url: str) -> str:
    return url
