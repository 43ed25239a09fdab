"""Characters as Markdown and YAML are to be given them, so that they are printed as they are."""

from __future__ import annotations

import re

_SPECIAL = frozenset("\\`*_[<")
_ENTITY = re.compile(r"&#?\w{1,31};")
_LINE_START = re.compile(
    r"(?P<mark>#|>|[-+*](?=[ \t]|$)|(?:-[ \t]*){3,}$|```|~~~|:?-+:?[ \t]*\|)|(?P<digits>\d{1,9})(?=[.)](?:[ \t]|$))"
)
_NOT_PLAIN = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`]|\s")
_BREAKS_PLAIN = re.compile(r":(?:\s|$)|\s#|[\x00-\x1f\x7f\u0085\u2028\u2029\ufeff]")
_FLOW_MARKS = frozenset(",[]{}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029\ufeff]")


def printed(character: str, before: str, after: str, within: frozenset[str] = frozenset()) -> str:
    """A character of running text as Markdown prints it, between the two that stand beside it (each may be empty).

    `within` says where it stands: in `cell`, `code` or `link`.
    """
    if "code" in within:
        return character
    if character == "|" and "cell" in within:
        return "\\|"
    if character == "_" and _is_word(before) and _is_word(after):
        return character
    if character == "&":
        return "&amp;" if _is_word(after) or after == "#" else "&"
    if character == "]" and "link" in within:
        return "\\]"
    return f"\\{character}" if character in _SPECIAL else character


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def guarded(line: str) -> str:
    """The first line of a paragraph, so that it is not taken for a heading, a list, a quotation or a fence."""
    if line.startswith("＃"):
        return f"&#{ord(line[0])};{line[1:]}"
    found = _LINE_START.match(line)
    if not found:
        return line
    at = found.end("digits") if found["digits"] else 0
    return f"{line[:at]}\\{line[at:]}"


def in_scalar(text: str, style: str) -> str:
    """Characters for a YAML value in quotation marks of that style (`'` or `"`), or without any."""
    text = _CONTROL.sub(" ", text)
    if style == "'":
        return text.replace("'", "''")
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text


def plain_scalar(value: str, *, flow: bool) -> bool:
    """True if YAML reads the value as it is without quotation marks; in a `[…]` it may not hold what parts its items."""
    if not value or _NOT_PLAIN.match(value) or value[-1].isspace() or _BREAKS_PLAIN.search(value):
        return False
    return not (flow and _FLOW_MARKS & set(value))


def comment(text: str) -> str:
    """`<!-- … -->`, whatever the words are."""
    return f"<!-- {text.replace('--', '－－').strip()} -->"
