"""An issue of ten copies on its way through the spine, for tests of what happens to copies."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from bulletin.model.build import BuildOrder
from bulletin.model.copies import NumberRange
from bulletin.model.copy_reports import Choice, Move, MoveReport, PrintOrder, PrintReport
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message
from bulletin.model.register import EventKind, Request, State
from bulletin.pipeline.copies.asking import list_copies
from bulletin.pipeline.copies.printing import print_copies
from bulletin.pipeline.copies.recording import move
from bulletin.pipeline.signing import Hand, sign

KEY = IssueKey(2026, False, 1)
AT = "2026-01-21T09:00:00+08:00"
RECIPIENTS = "house/recipients.yaml"
ISSUE = "issues/2026-01/issue.yaml"
EVERYTHING = Choice(every=True)


def quiet(_what: Message) -> None:
    pass


def asked(name: str, day: str = "2026-01-21", by: str = "李晶鑫") -> Request:
    return Request(name, by, day, AT)


def signed(root: Path) -> Path:
    """The publication with its issue built and signed."""
    report = sign(root, KEY, Hand("杨红", AT), BuildOrder(root / "build", ""), quiet)
    assert report.signed, report.problems
    return root


def ordered(choice: Choice = EVERYTHING, **said: Any) -> PrintOrder:
    return PrintOrder(Path(), choice, fresh_key=b"k" * 32, **said)


def printed(root: Path, order: PrintOrder | None = None, name: str = "print") -> PrintReport:
    return print_copies(root, KEY, replace(order or ordered(), output=root / "build"), asked(name), quiet)


def moved(root: Path, kind: EventKind, numbers: str = "", name: str = "", **said: Any) -> MoveReport:
    ranges = tuple(found for word in numbers.split() if (found := NumberRange.parse(word)))
    choice = Choice(ranges, every=not ranges)
    return move(root, str(KEY), Move(kind, choice, **said), asked(name or f"{kind.value} {numbers}"))


def states(root: Path) -> dict[int, State]:
    return {record.number: record.state for record in list_copies(root, str(KEY), AT).records}


def holders(root: Path) -> list[str]:
    return [record.holder for record in list_copies(root, str(KEY), AT).records]


def first_pages(path: Path, copies: int) -> list[str]:
    """The number on the first page of each copy of a run, as PDFium reads it."""
    with pdfium.PdfDocument(path) as document:
        pages = len(document) // copies
        texts = [document[at * pages].get_textpage().get_text_bounded() for at in range(copies)]
    return [found for text in texts for found in re.findall(r"(?<!\d)\d{6}(?!\d)", text)]
