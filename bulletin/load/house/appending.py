"""A file of the house with further entries at its end; what it says already stays as it is, to the byte."""

from __future__ import annotations

import re
from pathlib import Path

from bulletin.load.encoding import read_original
from bulletin.load.files import MEGABYTE
from bulletin.load.strict_yaml import parse_yaml
from bulletin.model.original import Original
from bulletin.model.problem import Outcome, Problem, Span, error, message

_DASH = re.compile(r"(?P<inset> *)- +")
_INSET = "  "


def house_original(root: Path, name: str) -> Outcome[Original]:
    """The bureau's file as it lies there; one without entries where there is none yet."""
    path = f"house/{name}.yaml"
    if (root / path).exists():
        return read_original(root, path, MEGABYTE)
    return Outcome(Original(path, f"# yaml-language-server: $schema=../.schemas/{name}.json\n"))


def inset_of(original: Original, name: str) -> str | Problem:
    """What stands before the dash of each entry in the file's list, or why nothing can be added at its end."""
    text = original.unified
    tree = parse_yaml(text, original.path)
    if tree.problems:
        return tree.problems[0]
    if tree.value == "":
        return _INSET
    first = tree.places.get((name, 0))
    found = _DASH.match(text.split("\n")[first.line - 1]) if first else None
    if found is None or first is None or found.end() != first.column - 1:
        what = message("“{name}”里的列表不是一条一行“- ”的写法，不能自动添加", name=name)
        advice = message("列表是空的，就删去“{name}: []”这一行；写在方括号里的，改成一行一条", name=name)
        return error("house-list", tree.keys.get((name,), Span(original.path)), what, advice)
    return found["inset"]


def appended(original: Original, name: str, items: str) -> Original:
    """The file with the items at its end, in the file's own line ends."""
    text = original.text
    newline = "\r\n" if "\r\n" in text else "\n"
    between = "" if not text or text.endswith("\n") else newline
    key = "" if parse_yaml(original.unified, original.path).value else f"{name}:{newline}"
    return Original(
        original.path, f"{text}{between}{key}{items.replace(chr(10), newline)}", original.codec, original.mark
    )
