"""Printing numbered copies: the signed print PDF with each copy's number on it, read back, published, and recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby
from pathlib import Path

from bulletin.compose import assignment_changes, on_paper
from bulletin.load.folders import issue_folder, issue_path
from bulletin.model.copies import numbers_text
from bulletin.model.copy_reports import PrintedFile, PrintOrder, PrintReport
from bulletin.model.errors import UsageError
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message, Outcome, Problem, Span, error, has_errors, message, warning
from bulletin.model.progress import Progress
from bulletin.model.register import Change, CopyRecord, EventKind, Request, State
from bulletin.model.stamp import CopyGroup, CopyOrder, CopyPackage, NumberedFile, batches_of
from bulletin.pipeline.copies.anchoring import check_anchor, keep_anchor
from bulletin.pipeline.copies.assigning import allot
from bulletin.pipeline.copies.choosing import choose, where_they_are
from bulletin.pipeline.copies.digits import assure_digits
from bulletin.pipeline.copies.numbering import make_copies
from bulletin.pipeline.copies.opening import opened, read_settings
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.imposing import find_profile
from bulletin.pipeline.printed import digest_of_pdf, read_printed
from bulletin.pipeline.reading import read
from bulletin.pipeline.signing import require_signature
from bulletin.publish import locked, publish_file
from bulletin.register import Register


class Purpose(Enum):
    """Why files of copies are made."""

    FIRST = "first"
    """The copies come onto paper for the first time."""
    AGAIN = "again"
    """They come onto paper once more; the pieces before are void."""
    SAME = "same"
    """That they are printed is recorded already: the files are made once more as they were."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The copies to be printed, as they are recorded now."""

    records: tuple[CopyRecord, ...]
    purpose: Purpose

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(record.number for record in self.records)

    @property
    def copies(self) -> tuple[tuple[int, int], ...]:
        """Number and piece of each as it will be."""
        return tuple((record.number, record.piece + (self.purpose is not Purpose.SAME)) for record in self.records)


@dataclass(frozen=True, slots=True)
class _Signed:
    """The issue with its faces, and its print PDF."""

    issue: Issue
    pdf: bytes

    @property
    def sha256(self) -> str:
        """Of the print PDF, hexadecimal, as the register has it."""
        return digest_of_pdf(self.pdf).removeprefix("sha256:")


def print_copies(root: Path, key: IssueKey, order: PrintOrder, request: Request, progress: Progress) -> PrintReport:
    """Makes files of numbered copies below `<order.output>/<key>/copies/` and records that they are printed.

    Files are made and read back, then put in place, then recorded: a command that was broken off can simply be run again. Copies that
    are recorded as printed give the same files again, or are refused: what goes to the press twice is a reprint, which has a reason
    and voids the piece before. Issue and output are locked, in the order of `sign`.

    Raises:
        UsageError: The issue is not signed as it stands, its numbers are not assigned, or a copy cannot be printed.
        RenderingFailed, CannotWrite, RegisterUnavailable: The machine is at fault.
    """
    publication = read_settings(root)
    with locked(root / issue_folder(key)), locked(order.output), opened(root, publication, request.at) as register:
        check_anchor(root, key, register)
        records = register.copies(str(key))
        chosen = _choose(register, records, order, request, publication.copy_number.digits)
        progress(message("正在读取稿件"))
        signed = _read_signed(root, key, order.output, chosen.purpose, progress)
        if signed.value is None:
            return PrintReport(key, signed.problems)
        issue = signed.value.issue
        problems = (*signed.problems, *_check(signed.value, register, records, order, chosen))
        if order.dry_run or has_errors(problems):
            return _report(issue, chosen, problems, dry_run=order.dry_run)
        digits = assure_digits(issue.publication, order.output)
        made = make_copies(signed.value.pdf, issue, _copy_order(issue, register, order, chosen), progress, digits)
        problems += made.problems
        if made.value is None or has_errors(problems):
            return _report(issue, chosen, problems)
        if chosen.purpose is Purpose.SAME:
            _require_same(register, chosen, made.value)
        progress(message("正在写入文件"))
        files = tuple(_publish(order.output / str(key), each) for each in made.value)
        if chosen.purpose is not Purpose.SAME:
            register.record(request, _changes(signed.value, order, chosen, made.value))
            keep_anchor(root, key, register)
    return _report(issue, chosen, problems, files)


def _choose(
    register: Register, records: tuple[CopyRecord, ...], order: PrintOrder, request: Request, digits: int
) -> _Chosen:
    """The copies that the order is about, all of which can be printed."""
    if not records:
        raise UsageError(message("还没有排号，不能印"), message("先排号：bulletin copies assign --by 姓名"))
    fresh = not order.again and any(record.state is State.ASSIGNED for record in _in_question(records, order))

    def able(record: CopyRecord) -> bool:
        if order.again:
            return record.state is State.IN_STOCK
        return record.state is State.ASSIGNED if fresh else bool(record.file)

    chosen = choose(records, order.choice, digits, able)
    if not chosen:
        raise UsageError(message("没有可以印的份"), message("用 bulletin copies list 看各份的状态"))
    refused = [record for record in chosen if not able(record)]
    if refused:
        raise _refusal(refused, order, digits)
    if order.again and _is_recorded(register, chosen, request):
        return _Chosen(chosen, Purpose.SAME)
    return _Chosen(chosen, Purpose.AGAIN if order.again else Purpose.FIRST if fresh else Purpose.SAME)


def _in_question(records: Sequence[CopyRecord], order: PrintOrder) -> Iterator[CopyRecord]:
    """The copies that the order could mean."""
    most = max(record.number for record in records)
    numbers = {number for each in order.choice.ranges for number in each.clipped(most)}
    for record in records:
        if (not numbers or record.number in numbers) and order.choice.holder in ("", record.holder):
            yield record


def _is_recorded(register: Register, chosen: Sequence[CopyRecord], request: Request) -> bool:
    """True if this very request was the last that was recorded of each copy: the command is being run again."""
    histories = (register.history(record.issue, record.number) for record in chosen)
    return all(events[-1].request.id == request.id for events in histories)


def _refusal(refused: Sequence[CopyRecord], order: PrintOrder, digits: int) -> UsageError:
    where = where_they_are(refused, digits)
    if not order.again:
        what = message("这些份已经印过，或不再使用：{numbers}", numbers=where)
        return UsageError(what, message("印坏了要再印，用 bulletin copies reprint 份号 --reason 理由"))
    what = message("只有在库的份可以补印：{numbers}", numbers=where)
    if refused[0].state is State.ASSIGNED:
        return UsageError(what, message("还没有印的用 bulletin copies print"))
    return UsageError(what, message("已经发出的，先收回（bulletin copies return），再补印"))


def _read_signed(root: Path, key: IssueKey, output: Path, purpose: Purpose, progress: Progress) -> Outcome[_Signed]:
    """The issue and its print PDF, which is the one that was signed.

    What comes onto paper for the first time must be signed as it stands. Copies that are on paper are printed once more from the PDF
    that was signed, whatever became of the sources or the list since.
    """
    sources = read(root, key)
    if sources.value is None or has_errors(sources.problems):
        return Outcome(None, sources.problems)
    printed = read_printed(sources.value, output)
    stale = purpose is Purpose.FIRST and has_errors(printed.problems)
    if printed.value is None or stale:
        return Outcome(None, printed.problems)
    digest = digest_of_pdf(printed.value)
    if purpose is Purpose.FIRST:
        require_signature(sources.value, digest, forcible=False)
    elif sources.value.signoff is None or sources.value.signoff.printed.pdf != digest:
        raise UsageError(
            message("print.pdf 不是签发的那一份，不能付印"),
            message("先签发：bulletin sign {issue} --by 姓名", issue=str(key)),
        )
    faces = assure_faces(sources.value.publication, output, progress)
    if faces.value is None:
        return Outcome(None, faces.problems)
    return Outcome(_Signed(replace(sources.value, publication=faces.value), printed.value))


def _check(
    signed: _Signed, register: Register, records: tuple[CopyRecord, ...], order: PrintOrder, chosen: _Chosen
) -> Iterator[Problem]:
    """What keeps copies off the paper: a register that does not say what the list now says, another text than other copies have."""
    key, span = str(signed.issue.head.key), Span(issue_path(signed.issue.head.key))
    if chosen.purpose is Purpose.FIRST:
        allotted = allot(signed.issue, register, records)
        yield from allotted.problems
        if allotted.value is not None and assignment_changes(key, allotted.value, records):
            what = message("登记的份号与现在的名册、印数不一致")
            yield error(
                "copies-assigned", span, what, message("重新排号：bulletin copies assign {issue} --by 姓名", issue=key)
            )
    others = [record for record in on_paper(records) if record.number not in chosen.numbers]
    if chosen.purpose is not Purpose.SAME:
        yield from _check_alike(signed, others, span, warning if order.reason else error)


def _check_alike(
    signed: _Signed, others: Sequence[CopyRecord], span: Span, problem: Callable[[str, Span, Message, Message], Problem]
) -> Iterator[Problem]:
    """What other copies of the issue have, and these will not."""
    digits = signed.issue.publication.copy_number.digits
    advice = message("全期应是一样的。确要这样印，写明理由（--reason），记录在案")
    differ = [record.number for record in others if record.source not in ("", signed.sha256)]
    if differ:
        what = message("已经印好的 {numbers} 印自另一次签发的 print.pdf", numbers=numbers_text(differ, digits))
        yield problem("copies-mixed", span, what, advice)
    marks = signed.issue.publication.copy_marks.names()
    differ = [record.number for record in others if record.marks != marks]
    if differ:
        what = message(
            "已经印好的 {numbers} 上的二维码、追溯码或小份号与现在的设置不同", numbers=numbers_text(differ, digits)
        )
        yield problem("copies-mixed", span, what, advice)


def _copy_order(issue: Issue, register: Register, order: PrintOrder, chosen: _Chosen) -> CopyOrder:
    marks = issue.publication.copy_marks
    return CopyOrder(
        groups=tuple(_groups(order, chosen)),
        marks=marks,
        key=register.check_key(order.fresh_key) if marks.coded else b"",
        profile=find_profile(issue.publication.press, order.profile) if order.profile else None,
        package=CopyPackage.OUTER if order.outer else CopyPackage.RUN,
        name=register.name,
    )


def _groups(order: PrintOrder, chosen: _Chosen) -> Iterator[CopyGroup]:
    """A group for each file: a holder's copies, so many copies, or all."""
    if not order.each:
        yield from batches_of(chosen.copies, order.batch)
        return
    pairs = zip(chosen.records, chosen.copies, strict=True)
    for holder, own in groupby(pairs, key=lambda pair: pair[0].holder):
        yield CopyGroup(tuple(copy for _record, copy in own), holder)


def _require_same(register: Register, chosen: _Chosen, made: Sequence[NumberedFile]) -> None:
    """Files of copies that are recorded as printed are recorded ones, byte for byte."""
    recorded = {record.number: record for record in chosen.records}
    for file in made:
        for number in file.numbers:
            record = recorded[number]
            if file.sha256 != record.file and not _was_printed_from(register, record, file.sha256):
                what = message("这些份已经登记印制，当时印的不是这样的文件")
                advice = message(
                    "要照原样再做文件，用当时的选项和份号；要换个样子重印，用 bulletin copies reprint，写明理由"
                )
                raise UsageError(what, advice)


def _was_printed_from(register: Register, record: CopyRecord, sha256: str) -> bool:
    return any(event.change.file == sha256 for event in register.history(record.issue, record.number))


def _publish(folder: Path, file: NumberedFile) -> PrintedFile:
    return PrintedFile(str(publish_file(folder, file.artifact)), file.numbers, file.sha256)


def _changes(signed: _Signed, order: PrintOrder, chosen: _Chosen, made: Sequence[NumberedFile]) -> list[Change]:
    return [
        Change(
            issue=str(signed.issue.head.key),
            number=number,
            kind=EventKind.REPRINTED if chosen.purpose is Purpose.AGAIN else EventKind.PRINTED,
            note=order.reason,
            file=file.sha256,
            source=signed.sha256,
            marks=signed.issue.publication.copy_marks.names(),
        )
        for file in made
        for number in file.numbers
    ]


def _report(
    issue: Issue,
    chosen: _Chosen,
    problems: tuple[Problem, ...],
    files: tuple[PrintedFile, ...] = (),
    *,
    dry_run: bool = False,
) -> PrintReport:
    return PrintReport(
        key=issue.head.key,
        problems=problems,
        files=files,
        numbers=chosen.numbers,
        repeated=chosen.purpose is Purpose.SAME,
        dry_run=dry_run,
        digits=issue.publication.copy_number.digits,
    )
