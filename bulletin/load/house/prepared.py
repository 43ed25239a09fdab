"""Terms of the starting set as they were once read from its YAML (`assets/house/prepared.json`): every command needs them, and nobody changed them.

They are kept by the digest of the text that they were read from: a text that was changed since is read as if nothing had been prepared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from bulletin.load.folders import builtin_folder
from bulletin.model.finding import Safety, Strength
from bulletin.model.house import Entry, Term, TermKind
from bulletin.model.problem import Severity, Span

PREPARED_FILE = "house/prepared.json"
"""Below the program's assets; made by `tools/prepare_house.py`."""

_Row: TypeAlias = list[Any]


def prepared_terms(text: str, path: str) -> tuple[Term, ...] | None:
    """What the file `path` with this text says, if that was prepared."""
    rows = _prepared().get(_digest(text))
    return None if rows is None else tuple(_term(row, path) for row in rows)


def prepare(files: Mapping[str, tuple[Term, ...]]) -> str:
    """The content of the file, from each text of the starting set and the terms that were read from it."""
    said = (f"{json.dumps(_digest(text))}: {_rows(terms)}" for text, terms in files.items())
    return _lines(said, "{}")


def _rows(terms: Iterable[Term]) -> str:
    return _lines((json.dumps(_row(term), ensure_ascii=False) for term in terms), "[]").rstrip()


def _lines(items: Iterable[str], brackets: str) -> str:
    """A thing a line: so a change of an entry is a change of a line."""
    between = ",\n".join(items)
    return f"{brackets[0]}\n{between}\n{brackets[1]}\n"


@cache
def _prepared() -> dict[str, list[_Row]]:
    path = Path(builtin_folder("assets"), PREPARED_FILE)
    rows: dict[str, list[_Row]] = json.loads(path.read_bytes()) if path.is_file() else {}
    return rows


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _row(term: Term) -> _Row:
    entry = term.entry
    return [
        *(entry.id, entry.source, entry.bad, entry.good, entry.span.line, entry.span.column),
        *(term.kind.value, term.preferred, term.forbid, term.pattern, term.needles, term.members, term.not_variants),
        *(term.quoted, _said(term.valid_from), _said(term.valid_until), term.allow_in),
        *(term.severity.value, term.strength.value, term.safety.value, term.why),
    ]


def _term(row: _Row, path: str) -> Term:
    id_, source, bad, good, line, column, kind, preferred, forbid, pattern, needles, members, not_variants, *rest = row
    quoted, since, until, allow_in, severity, strength, safety, why = rest
    return Term(
        entry=Entry(id_, source, tuple(bad), tuple(good), Span(path, line, column)),
        kind=TermKind(kind),
        preferred=preferred,
        forbid=tuple(forbid),
        pattern=pattern,
        needles=tuple(needles),
        members=tuple(members),
        not_variants=tuple(not_variants),
        quoted=quoted,
        valid_from=_day(since),
        valid_until=_day(until),
        allow_in=tuple(allow_in),
        severity=Severity(severity),
        strength=Strength(strength),
        safety=Safety(safety),
        why=why,
    )


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None
