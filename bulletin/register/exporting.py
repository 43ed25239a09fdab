"""The register as JSON Lines (https://jsonlines.org): a line that says what follows, then an event a line, in order.

The events of the copies come first, those of the log of publication after them. What a line says, and how the chains are checked without this
program, is in `chain` and `publications.chain`. The format is the first that can say all: a register where nothing was published goes out as
ever, and comes into an older program; else that refuses the file, as it would lose what it does not know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from bulletin.model.errors import RegisterRefused
from bulletin.model.problem import Message, message
from bulletin.model.register import FIRST, Head, Heads
from bulletin.register.chain import FIELDS, Fields, canonical
from bulletin.register.chains import chains_of
from bulletin.register.publications.chain import FIELDS as PUBLICATION_FIELDS
from bulletin.register.publications.store import add_publications, publication_in
from bulletin.register.store import Chain, Chains, Store, add_events, event_in, keep_setting, setting_of

_COPIES_ALONE = "bulletin copy register 1"
_WITH_PUBLICATIONS = "bulletin copy register 2"
_HEADING = {"format", "events", "head", "name", "check_key"}
_HEADINGS = {_COPIES_ALONE: _HEADING, _WITH_PUBLICATIONS: {*_HEADING, "publications", "publications_head"}}
_SHA_256 = re.compile("[0-9a-f]{64}")
_KEY = re.compile("([0-9a-f]{2})*")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export says: its chains, whose register it is, and the key of check codes (hexadecimal)."""

    chains: Chains
    name: str
    check_key: str

    @property
    def heads(self) -> Heads:
        """The last events that it says it has."""
        return Heads(self.chains.copies.head, self.chains.publications.head)


def lines_of(store: Store) -> bytes:
    """The whole register, in a transaction that reads."""
    chains = chains_of(store)
    copies, publications = chains.copies.head, chains.publications.head
    settings = {name: setting_of(store, name) for name in ("name", "check_key")}
    heading: dict[str, object] = {"format": _COPIES_ALONE, "events": copies.seq, "head": copies.hash, **settings}
    if publications.seq:
        heading["format"] = _WITH_PUBLICATIONS
        heading |= {"publications": publications.seq, "publications_head": publications.hash}
    records = chain((heading,), chains.copies.entries, chains.publications.entries)
    return "".join(f"{canonical(record)}\n" for record in records).encode()


def read_lines(content: bytes) -> Exported:
    """What the lines say; whether the chains hold is not looked at.

    Raises:
        RegisterRefused: They are no export of a register, or not whole.
    """
    records = [_record(number, line) for number, line in enumerate(content.split(b"\n"), 1) if line]
    known = _HEADINGS.get(str(records[0].get("format"))) if records else None
    if known is None or records[0].keys() - known:
        raise _refusal(message("第 1 行应说明这是份号登记册的导出"))
    heading, name, key = records[0], records[0].get("name", ""), records[0].get("check_key", "")
    copies = _head(heading, "events", "head")
    publications = _head(heading, "publications", "publications_head") if "publications" in known else FIRST
    if copies is None or publications is None or not (isinstance(name, str) and _is(_KEY, key)):
        raise _refusal(message("第 1 行写得不对"))
    events, entries = records[1:][: copies.seq], records[1:][copies.seq :]
    if not publications.seq:
        events, entries = records[1:], []
    _refuse_unknown(2, events, FIELDS)
    _refuse_unknown(2 + len(events), entries, PUBLICATION_FIELDS)
    return Exported(Chains(Chain(events, copies), Chain(entries, publications)), name, str(key))


def restore(store: Store, exported: Exported) -> None:
    """Records again, hash for hash, what another register held, whose chains were verified; within a transaction, into an empty one."""
    add_events(store, tuple(map(event_in, exported.chains.copies.entries)))
    add_publications(store, tuple(map(publication_in, exported.chains.publications.entries)))
    if exported.check_key:
        keep_setting(store, "check_key", exported.check_key)


def _head(heading: Fields, count: str, last: str) -> Head | None:
    """The end of a chain that the heading says, if it does."""
    seq, written = heading.get(count), heading.get(last)
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 0 or not _is(_SHA_256, written):
        return None
    return Head(seq, str(written))


def _refuse_unknown(first: int, records: Sequence[Fields], known: Iterable[str]) -> None:
    for number, record in enumerate(records, first):
        if record.keys() - set(known):
            raise _refusal(message("第 {line} 行有不认识的内容", line=number))


def _record(number: int, line: bytes) -> Fields:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise _refusal(message("第 {line} 行读不懂", line=number)) from fault
    if not isinstance(record, dict):
        raise _refusal(message("第 {line} 行读不懂", line=number))
    return record


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def _refusal(reason: Message) -> RegisterRefused:
    what = message("这个导出文件不能导入：{reason}", reason=reason)
    return RegisterRefused(what, message("文件可能没有传完，或被人改动过；登记册没有改动"))
