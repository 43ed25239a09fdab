"""The register as JSON Lines (https://jsonlines.org): a line that says what follows, then an event a line, in order.

What a line says, and how the chain is checked without this program, is in `chain`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin.model.errors import RegisterRefused
from bulletin.model.problem import Message, message
from bulletin.model.register import Head
from bulletin.register.chain import FIELDS, Fields, canonical
from bulletin.register.store import Store, add_events, entries_of, event_in, head_of, keep_setting, setting_of

FORMAT = "bulletin copy register 1"
_HEADING = {"format", "events", "head", "name", "check_key"}
_SHA_256 = re.compile("[0-9a-f]{64}")
_KEY = re.compile("([0-9a-f]{2})*")


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export says: its events as flat records, its head, whose register it is, and the key of check codes (hexadecimal)."""

    entries: Sequence[Fields]
    head: Head
    name: str
    check_key: str


def lines_of(store: Store) -> bytes:
    """The whole register, in a transaction that reads."""
    head = head_of(store)
    settings = {name: setting_of(store, name) for name in ("name", "check_key")}
    heading = {"format": FORMAT, "events": head.seq, "head": head.hash, **settings}
    return "".join(f"{line}\n" for line in _lines(heading, entries_of(store))).encode()


def read_lines(content: bytes) -> Exported:
    """What the lines say; whether the chain holds is not looked at.

    Raises:
        RegisterRefused: They are no export of a register, or not whole.
    """
    records = [_record(number, line) for number, line in enumerate(content.split(b"\n"), 1) if line]
    if not records or records[0].keys() - _HEADING or records[0].get("format") != FORMAT:
        raise _refusal(message("第 1 行应说明这是份号登记册的导出"))
    seq, written, name, key = (records[0].get(each, "") for each in ("events", "head", "name", "check_key"))
    if not (isinstance(seq, int) and _is(_SHA_256, written) and isinstance(name, str) and _is(_KEY, key)):
        raise _refusal(message("第 1 行写得不对"))
    for number, record in enumerate(records[1:], 2):
        if record.keys() - set(FIELDS):
            raise _refusal(message("第 {line} 行有不认识的内容", line=number))
    return Exported(records[1:], Head(seq, str(written)), name, str(key))


def restore(store: Store, exported: Exported) -> None:
    """Records again, hash for hash, what another register held, whose chain was verified; within a transaction, into an empty one."""
    add_events(store, tuple(map(event_in, exported.entries)))
    if exported.check_key:
        keep_setting(store, "check_key", exported.check_key)


def _lines(heading: Fields, entries: Iterable[Fields]) -> Iterable[str]:
    yield canonical(heading)
    yield from map(canonical, entries)


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
