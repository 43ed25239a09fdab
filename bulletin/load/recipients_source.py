"""`house/recipients.yaml` cut into the lines of its entries, so that those that stay can be written as they were."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any

from bulletin.load.strict_yaml import YamlPath, YamlTree, parse_yaml
from bulletin.model.recipient_list import RecipientsSource, SourceEntry, SourceSection

_SECTION = re.compile(r"(units|groups):\s*(#.*)?")
_MEMBERS = re.compile(r"\s+(- )?members:\s*(#.*)?")


def cut_recipients(text: str, path: str) -> RecipientsSource:
    """The file in pieces; in one piece where an entry has no line of its own."""
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    head = tuple(itertools.takewhile(lambda line: not line.strip() or line.lstrip().startswith("#"), lines))
    return _cut(lines, parse_yaml(text, path)) or RecipientsSource((), head=head)


def _cut(lines: list[str], tree: YamlTree) -> RecipientsSource | None:
    keys = sorted((span.line - 1, str(where[0])) for where, span in tree.keys.items() if len(where) == 1)
    if tree.problems or not keys or not all(_SECTION.fullmatch(lines[line]) for line, _key in keys):
        return None
    starts = [0, *(_above(lines, line) for line, _key in keys[1:])]
    ends = [*starts[1:], _above(lines, len(lines))]
    sections = []
    for key, start, end in zip(keys, starts, ends, strict=True):
        section = _section(lines[:end], start, key, tree)
        if section is None:
            return None
        sections.append(section)
    return RecipientsSource(tuple(sections), tuple(lines[ends[-1] :]))


def _above(lines: Sequence[str], start: int) -> int:
    """Where comments and blank lines begin that stand right over the line `start`."""
    while start > 0 and (not lines[start - 1].strip() or lines[start - 1].lstrip().startswith("#")):
        start -= 1
    return start


def _section(lines: list[str], start: int, key: tuple[int, str], tree: YamlTree) -> SourceSection | None:
    line, name = key
    value: Any = tree.value[name] if isinstance(tree.value, dict) else ""
    entries = _entries(lines, (name,), value, tree) if value else ()
    if entries is None:
        return None
    first = entries[0].lines[0] if entries else "  -"
    indent = first.index("-")
    return SourceSection(name, tuple(lines[start : line + 1]), indent, entries)


def _entries(lines: list[str], where: YamlPath, value: Any, tree: YamlTree) -> tuple[SourceEntry, ...] | None:
    """The entries of the list at `where`, which goes on to the end of `lines`; `None` if one has no line of its own."""
    starts = [tree.places[(*where, index)].line - 1 for index in range(len(value))]
    dashes = [lines[start][: tree.places[(*where, index)].column - 1].strip() for index, start in enumerate(starts)]
    if set(dashes) != {"-"} or len(set(starts)) < len(starts):
        return None
    ends = [*(_above(lines, start) for start in starts[1:]), len(lines)]
    return tuple(
        _entry(lines[:end], start, (*where, index), tree)
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def _entry(lines: list[str], start: int, where: YamlPath, tree: YamlTree) -> SourceEntry:
    value = _value(tree, where)
    said: dict[str, Any] = value if isinstance(value, dict) else {"name": value}
    above = tuple(lines[_above(lines, start) : start])
    texts = tuple((key, text) for key, text in said.items() if isinstance(text, str))
    members = _members(lines, where, said, tree)
    if not members:
        return SourceEntry(said["name"], texts, above, tuple(lines[start:]))
    first = tree.places[(*where, "members", 0)].line - 1 - len(members[0].above)
    return SourceEntry(said["name"], texts, above, tuple(lines[start:first]), members)


def _members(lines: list[str], where: YamlPath, said: dict[str, Any], tree: YamlTree) -> tuple[SourceEntry, ...]:
    """The members of a group that stand in lines of their own after all else that it says."""
    key = tree.keys.get((*where, "members"))
    if key is None or not _MEMBERS.fullmatch(lines[key.line - 1]):
        return ()
    if any(span.line > key.line for path, span in tree.keys.items() if path[:-1] == where):
        return ()
    return _entries(lines, (*where, "members"), said["members"], tree) or ()


def _value(tree: YamlTree, where: YamlPath) -> Any:
    value: Any = tree.value
    for step in where:
        value = value[step]
    return value
