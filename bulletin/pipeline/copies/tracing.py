"""From a file or a photograph back to the copy: its number, whether its code is true, and who has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulletin.load.files import read_given
from bulletin.model.copies import CopyCode, make_code
from bulletin.model.copy_reports import TracedCopy, TraceReport
from bulletin.model.problem import message
from bulletin.model.register import CopyRecord
from bulletin.model.stamp import CopyMark
from bulletin.pipeline.copies.opening import opened, read_settings
from bulletin.prove.tracing import read_copy_marks

FILE_LIMIT = 512 * 1024**2
"""Bytes of a file that is traced: a run of many thousand copies."""


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is known of the copies of a publication, and the key of its codes (empty: it never made any)."""

    publication: str
    key: bytes
    copies: dict[tuple[str, int], CopyRecord]


def trace(root: Path, path: Path, at: str) -> TraceReport:
    """The copies that a PDF or a picture shows, in the order of its pages; each copy once.

    Raises:
        UsageError: The file is no PDF and no picture, or there is no register.
    """
    publication = read_settings(root)
    with opened(root, publication, at) as register:
        copies = {(each.issue, each.number): each for issue in register.issues() for each in register.copies(issue)}
        ledger = _Ledger(register.name, register.check_key(), copies)
    found: dict[tuple[str, str, bool | None, int], TracedCopy] = {}
    read = read_copy_marks(read_given(path, FILE_LIMIT))
    for mark in read.marks:
        for each in _copies_of(mark, ledger):
            found.setdefault((each.issue, each.number, each.genuine, each.piece), each)
    return TraceReport(read.kind, tuple(found.values()))


def _copies_of(mark: CopyMark, ledger: _Ledger) -> Iterator[TracedCopy]:
    """What a page tells: by its codes, and by the numbers that no code of the page confirms."""
    coded = [_by_code(mark.page, code, ledger) for code in mark.codes]
    yield from coded
    for number in mark.numbers:
        if number not in {each.number for each in coded}:
            yield _by_number(mark, number, ledger)


def _by_code(page: int, code: CopyCode, ledger: _Ledger) -> TracedCopy:
    """The copy that a code names, and the piece that it belongs to, if it is true."""
    record = ledger.copies.get((code.issue, int(code.number)))
    pieces = range(1, record.piece + 1) if record and ledger.key else ()
    true = [piece for piece in pieces if _check(code, piece, ledger) == code.check]
    foreign = code.publication not in ("", ledger.publication)
    note = message("二维码上是“{name}”，不是本刊", name=code.publication) if foreign else None
    return TracedCopy(page, code.issue, code.number, bool(true), true[0] if true else 0, record, note)


def _check(code: CopyCode, piece: int, ledger: _Ledger) -> str:
    return make_code(ledger.key, ledger.publication, code.issue, code.number, piece).check


def _by_number(mark: CopyMark, number: str, ledger: _Ledger) -> TracedCopy:
    """The copy of a number that is read from its page alone: of the issue that the page names."""
    record = ledger.copies.get((mark.issue, int(number)))
    note = message("只凭印出来的份号，没有校验码可核对")
    return TracedCopy(mark.page, mark.issue, number, None, 0, record, note)
