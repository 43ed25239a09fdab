"""`house/recipients.yaml` with new content: entries that stay as they were are left as they were written."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bulletin.model.artifact import Artifact
from bulletin.model.recipient import Recipient, Unit
from bulletin.model.recipient_list import Field, ListRow, RecipientsSource, SourceEntry, SourceSection, rows_of
from bulletin.render.records import yaml_text

_KEYS = {
    Field.COPIES: "copies",
    Field.ROUTE: "route",
    Field.CONTACT: "contact",
    Field.ADDRESS: "address",
    Field.SINCE: "since",
    Field.UNTIL: "until",
    Field.COUNT: "count",
}
_SAID_BY_MOST = frozenset({Field.COPIES, Field.ROUTE})
"""What the group says where most members agree; the rest is said for all members or for each."""
_TEXTS = frozenset({"name", "contact", "address"})
_NO_TEXT = re.compile(r"(?i)[0-9.][0-9a-f_.:xoe+ TZ-]*|y|n|yes|no|on|off|true|false|null")
_COMMENT = re.compile(r"(?:^|\s)(?P<comment>#.*)$")


def render_recipients(
    recipients: tuple[Recipient, ...], current: tuple[Recipient, ...], source: RecipientsSource
) -> Artifact:
    """The file that lists the recipients, made from that which listed those of `current`.

    Comments stay over the entry that they stood over; those within an entry that changes move over it. Those of entries that are gone
    go with them.
    """
    same = {_cells(recipient) for recipient in current}
    lines: list[str] = list(source.head)
    keys = [section.key for section in source.sections]
    fresh = [SourceSection(key, (f"{key}:",), 2, ()) for key in ("units", "groups") if key not in keys]
    for section in (*source.sections, *fresh):
        listed = [recipient for recipient in recipients if recipient.group == (section.key == "groups")]
        if listed or section.key in keys:
            lines += _section(section, listed, same)
    return Artifact("house/recipients.yaml", "application/yaml", ("\n".join((*lines, *source.tail)) + "\n").encode())


def _cells(recipient: Recipient) -> tuple[tuple[str, ...], ...]:
    """What the list says of the recipient, to be compared."""
    return tuple((recipient.name, *row.cells().values()) for row in rows_of((recipient,)))


def _section(
    section: SourceSection, listed: Sequence[Recipient], same: set[tuple[tuple[str, ...], ...]]
) -> Iterator[str]:
    yield from section.lines if listed else (*section.lines[:-1], f"{section.key}: []")
    entries = {entry.name: entry for entry in section.entries}
    for recipient in listed:
        entry = entries.get(recipient.name)
        if entry is None:
            yield from _written(recipient, section.indent, None)
        elif _cells(recipient) in same:
            yield from (*_whole(entry), *(line for member in entry.members for line in _whole(member)))
        else:
            yield from (*entry.above, *_comments(entry.lines, section.indent))
            yield from _written(recipient, section.indent, entry)


def _whole(entry: SourceEntry) -> tuple[str, ...]:
    return (*entry.above, *entry.lines)


def _comments(lines: Iterable[str], indent: int) -> Iterator[str]:
    for line in lines:
        found = _COMMENT.search(line)
        if found and line[: found.start()].count('"') % 2 == 0 and line[: found.start()].count("'") % 2 == 0:
            yield " " * indent + found["comment"]


def _written(recipient: Recipient, indent: int, entry: SourceEntry | None) -> Iterator[str]:
    """The lines of a recipient that is new or has changed."""
    if not recipient.group or recipient.counted:
        yield from _item({"name": recipient.name, **_said(recipient.units[0], counted=recipient.counted)}, indent)
        return
    common = _common(recipient.units, dict(entry.said) if entry else {})
    yield from _item({"name": recipient.name, **common}, indent)
    yield " " * (indent + 2) + "members:"
    old = {member.name: member for member in entry.members} if entry else {}
    margin = _margin(entry) or indent + 4
    for unit in recipient.units:
        said = {"name": unit.name, **_said(unit)}
        member = old.get(unit.name)
        if member and {**common, **dict(member.said)} == said:
            yield from _whole(member)
            continue
        yield from (*member.above, *_comments(member.lines, margin)) if member else ()
        own = {key: text for key, text in said.items() if common.get(key) != text}
        yield from _item(own, margin) if len(own) > 1 else (f"{' ' * margin}- {_scalar('name', unit.name)}",)


def _margin(entry: SourceEntry | None) -> int:
    """How far the members are set in, 0 where there are none."""
    return entry.members[0].lines[0].index("-") if entry and entry.members else 0


def _item(said: Mapping[str, str], indent: int) -> Iterator[str]:
    """An entry of a list, a field a line."""
    for number, (key, text) in enumerate(said.items()):
        yield f"{' ' * indent}{'  ' if number else '- '}{key}: {_scalar(key, text)}"


def _scalar(key: str, text: str) -> str:
    """The value in YAML; a text that other readers would take for a number, a day or a truth value is quoted."""
    if key in _TEXTS and _NO_TEXT.fullmatch(text):
        return json.dumps(text, ensure_ascii=False)
    return yaml_text(text)


def _said(unit: Unit, *, counted: bool = False) -> dict[str, str]:
    """What is to be said of a unit besides its name, each field as text."""
    cells = ListRow("", unit, counted).cells()
    return {key: cells[field] for field, key in _KEYS.items() if cells[field]}


def _common(units: Sequence[Unit], old: Mapping[str, str]) -> dict[str, str]:
    """What the group says for its members: what it said before if that still holds for one of them, else what most or all have."""
    common = {}
    for field, key in _KEYS.items():
        values = [_said(unit).get(key, "") for unit in units]
        most, times = Counter(values).most_common(1)[0]
        if not all(values):
            continue
        if old.get(key) in values:
            common[key] = old[key]
        elif field in _SAID_BY_MOST or times == len(units) > 1:
            common[key] = most
    return common
