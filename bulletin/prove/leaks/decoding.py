"""Text of a file in every guise that it can take there: without tags, what stands in tags, and all of it without escapes.

One way for every format of text: HTML, XML, JSON, scripts, style sheets. Nothing of the text is lost on the way but names of
elements and attributes; what is decoded is read besides what it was decoded from, not in its place.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from bulletin.prove.leaks.letters import APART, BETWEEN

_TAG = re.compile(
    r"(<(?:!--.*?-->|(/[a-zA-Z][^<>]*>\s+)(?=<[a-zA-Z])|!\[CDATA\[|[/!?]?[a-zA-Z][^<>]*>)|\]\]>)", re.DOTALL
)
"""Tags, comments; the inner group is the end of an element with white after it and another one, as a title before a name: they are two texts."""
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
_SYNTAX = re.compile(r"^<[/!?]?[a-zA-Z][a-zA-Z0-9:-]*|(?<=[\s\"'/])[a-zA-Z_:@][a-zA-Z0-9_:.-]*\s*=(?=\s*[\"'])")
_WITHIN_TEXT = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "tspan", "tt", "u", "var", "wbr",
})  # fmt: skip
"""Elements that do not end a text."""
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-9a-fA-F]{4,6})[ \n]?|[nrtbfv](?![a-zA-Z])|(.))",
    re.DOTALL,
)
"""Of JSON, scripts and style sheets (CSS Syntax 3, 4.3.7)."""
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2}|[0-9A-Za-z_.~-])*")
"""Letters and digits stand as they are, also where they are bytes of a character (GB 18030: the second and fourth of four are digits)."""
_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_SAID_TO_BE_BASE64 = re.compile(r";base64,([A-Za-z0-9+/_-]+={0,2})")
"""Whatever is so long, and what says that it is."""
_ASCII = re.compile(r"[!-~\u0130\u212a]{3,}")
"""With the two characters that are ASCII in small letters."""
_MOST_ROUNDS = 5


class Known(NamedTuple):
    """Pieces of files that are known to say only what may be told, so that little of them need be read.

    `passages` are whole texts, each with what of it may still say something together with its neighbours; `tags` are tags and comments.
    """

    passages: Mapping[str, str] = {}
    tags: frozenset[str] = frozenset()


NOTHING_KNOWN = Known()


def known_together(parts: Iterable[Known]) -> Known:
    """What is known by any of the parts."""
    each = tuple(parts)
    passages = {text: ends for part in each for text, ends in part.passages.items()}
    return Known(passages, frozenset().union(*(part.tags for part in each)))


def guises(text: str, known: Known = NOTHING_KNOWN) -> Iterator[str]:
    """The text as a reader sees it, what its tags say, and both again for each round of escapes that can be taken off."""
    seen: set[str] = set()
    waiting = [(text, 0)]
    while waiting:
        said, rounds = waiting.pop()
        for part in _channels(said, known):
            if part in seen or not part:
                continue
            seen.add(part)
            yield part
            decoded = unescaped(part)
            if decoded != part and rounds < _MOST_ROUNDS:
                waiting.append((decoded, rounds + 1))


def tags_in(text: str) -> frozenset[str]:
    """The tags and comments of the text."""
    return frozenset(_TAG.split(text)[1::3])


def _channels(text: str, known: Known) -> Iterator[str]:
    """What stands outside of tags, and what stands in them."""
    if "<" not in text:
        yield '"'.join([known.passages.get(piece, piece) for piece in text.split('"')]) if known.passages else text
        return
    pieces = _TAG.split(text)
    said, tags, ends = pieces[::3], pieces[1::3], pieces[2::3]
    shown: list[str] = [""] * (len(said) + len(tags))
    shown[::2] = [known.passages.get(piece, piece) for piece in said]
    shown[1::2] = [BETWEEN if end else _in_place_of(tag) for tag, end in zip(tags, ends, strict=True)]
    yield "".join(shown)
    yield APART.join(filter(None, map(_said_in, sorted(set(tags) - known.tags))))


@lru_cache(maxsize=1 << 13)
def _in_place_of(tag: str) -> str:
    """Nothing for what may stand within a word, else what parts texts."""
    if tag.startswith(("<!--", "<![")) or tag == "]]>":
        return ""
    name = _NAME.search(tag)
    return "" if name and name[0].lower() in _WITHIN_TEXT else BETWEEN


@lru_cache(maxsize=1 << 13)
def _said_in(tag: str) -> str:
    """A comment's text; of an element the values of its attributes, each by itself."""
    if tag.startswith("<!--"):
        return tag[4:-3]
    return _SYNTAX.sub(APART, tag).strip(f"{APART} />\n")


def unescaped(text: str) -> str:
    """The text with one round of escapes taken off: entities, percents, backslashes."""
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        text = _PERCENT.sub(_of_percents, _PERCENT_U.sub(lambda found: chr(int(found[1], 16)), text))
    if "\\" in text:
        text = _ESCAPE.sub(_of_backslash, text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _of_percents(found: re.Match[str]) -> str:
    content = unquote_to_bytes(found[0])
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return found[0]


def _of_backslash(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3] or found[4]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else ""
    return found[5] or "\n"


@lru_cache(maxsize=16)
def ascii_in(text: str) -> str:
    """The runs of ASCII in the text, of three characters at least: all that names, paths and what is packed can stand in.

    The texts of a file are asked for one soon after another, by each that looks into them.
    """
    return " ".join(_ASCII.findall(text))


def packed_in(text: str) -> Iterator[bytes]:
    """What stands in the text as base64: data addresses, and anything else that can be decoded."""
    runs = ascii_in(text)
    for found in (*_BASE64.findall(runs), *_SAID_TO_BE_BASE64.findall(runs)):
        content = found.rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            yield base64.b64decode(content[: len(content) - (len(content) % 4 == 1)] + "=" * (-len(content) % 4))
        except binascii.Error:
            continue
