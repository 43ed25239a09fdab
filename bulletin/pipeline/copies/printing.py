"""Printing numbered copies: the signed print PDF with each copy's number on it, read back, published, and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from bulletin.compose import assignment_changes
from bulletin.load import issue_folder, issue_path
from bulletin.model.build import Progress
from bulletin.model.copies import numbers_text
from bulletin.model.copy_reports import PrintedFile, PrintOrder, PrintReport
from bulletin.model.errors import UsageError
from bulletin.model.issue import Issue, IssueKey
from bulletin.model.problem import Outcome, Problem, Span, error, has_errors, message
from bulletin.model.register import STATE_NAMES, Change, CopyRecord, EventKind, Request, State
from bulletin.model.stamp import CopyGroup, CopyOrder, CopyPackage, NumberedFile, batches_of
from bulletin.pipeline.copies.assigning import allot
from bulletin.pipeline.copies.choosing import choose
from bulletin.pipeline.copies.numbering import make_copies
from bulletin.pipeline.copies.opening import opened, read_settings
from bulletin.pipeline.faces import assure_faces
from bulletin.pipeline.imposing import find_profile
from bulletin.pipeline.printed import digest_of_pdf, read_printed
from bulletin.pipeline.reading import read
from bulletin.pipeline.signing import require_signature
from bulletin.publish import locked, publish_file
from bulletin.register import Register

_ON_PAPER = frozenset({State.IN_STOCK, State.IN_TRANSIT, State.HELD})


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The copies to be printed, as they are recorded now; `new` is false if that they are printed is recorded already, and only
    the files are made again."""

    records: tuple[CopyRecord, ...]
    new: bool

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(record.number for record in self.records)

    @property
    def copies(self) -> tuple[tuple[int, int], ...]:
        """Number and piece of each as it will be."""
        return tuple((record.number, record.piece + self.new) for record in self.records)


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
        progress(message("正在读取稿件"))
        signed = _read_signed(root, key, order.output, progress)
        if signed.value is None:
            return PrintReport(key, signed.problems)
        issue, pdf = signed.value
        records = register.copies(str(key))
        chosen = _choose(register, records, order, request, publication.copy_number.digits)
        problems = (*signed.problems, *_check_list(issue, register, records, chosen))
        if order.dry_run or has_errors(problems):
            return _report(issue, chosen, problems, dry_run=order.dry_run)
        made = make_copies(pdf, issue, _copy_order(issue, register, order, chosen), progress)
        problems += made.problems
        if made.value is None or has_errors(problems):
            return _report(issue, chosen, problems)
        _require_same(chosen, made.value)
        progress(message("正在写入文件"))
        files = tuple(_publish(order.output / str(key), each) for each in made.value)
        if chosen.new:
            register.record(request, _changes(issue, order, chosen, made.value))
    return _report(issue, chosen, problems, files)


def _read_signed(root: Path, key: IssueKey, output: Path, progress: Progress) -> Outcome[tuple[Issue, bytes]]:
    """The issue, with its faces, and its print PDF, which is the one that was signed."""
    sources = read(root, key)
    if sources.value is None or has_errors(sources.problems):
        return Outcome(None, sources.problems)
    printed = read_printed(sources.value, output)
    if printed.value is None or has_errors(printed.problems):
        return Outcome(None, printed.problems)
    require_signature(sources.value, digest_of_pdf(printed.value), forcible=False)
    faces = assure_faces(sources.value.publication, output, progress)
    if faces.value is None:
        return Outcome(None, faces.problems)
    return Outcome((replace(sources.value, publication=faces.value), printed.value), printed.problems)


def _choose(
    register: Register, records: tuple[CopyRecord, ...], order: PrintOrder, request: Request, digits: int
) -> _Chosen:
    """The copies that the order is about, all of which can be printed."""
    if not records:
        raise UsageError(message("还没有登记份号，不能印"), message("先登记：bulletin copies assign --by 姓名"))
    wanted = _printable(records, order)
    chosen = choose(records, order.choice, digits, lambda record: record.state in wanted)
    if not chosen:
        raise UsageError(message("没有可以印的份"), message("用 bulletin copies list 看各份的状态"))
    if order.reason and _is_recorded(register, chosen, request):
        return _Chosen(chosen, new=False)
    refused = [record for record in chosen if record.state not in wanted]
    if refused:
        raise _refusal(refused, order, digits)
    return _Chosen(chosen, new=bool(order.reason) or State.ASSIGNED in wanted)


def _printable(records: Sequence[CopyRecord], order: PrintOrder) -> frozenset[State]:
    """The states of copies that can be printed: again, those in stock; else those that are not printed, and when there are
    none, those that are, whose files are made once more."""
    if order.reason:
        return frozenset({State.IN_STOCK})
    numbers = {number for each in order.choice.ranges for number in each.clipped(max(r.number for r in records))}
    meant = [record for record in records if not numbers or record.number in numbers]
    fresh = any(record.state is State.ASSIGNED for record in meant)
    return frozenset({State.ASSIGNED}) if fresh else _ON_PAPER


def _is_recorded(register: Register, chosen: Sequence[CopyRecord], request: Request) -> bool:
    """True if this very request was recorded before: the command is being run again."""
    histories = (register.history(record.issue, record.number) for record in chosen)
    return all(any(event.request.id == request.id for event in events) for events in histories)


def _refusal(refused: Sequence[CopyRecord], order: PrintOrder, digits: int) -> UsageError:
    states = {record.state: [each.number for each in refused if each.state is record.state] for record in refused}
    where = tuple(f"{numbers_text(numbers, digits)}（{STATE_NAMES[state]}）" for state, numbers in states.items())
    if order.reason:
        what = message("只有在库的份可以补印：{numbers}", numbers=where)
        return UsageError(what, message("还没有印的用 bulletin copies print"))
    what = message("这些份已经印过，或不再使用：{numbers}", numbers=where)
    return UsageError(what, message("印坏了要再印，用 bulletin copies reprint 份号 --reason 理由"))


def _check_list(
    issue: Issue, register: Register, records: tuple[CopyRecord, ...], chosen: _Chosen
) -> Iterator[Problem]:
    """Problems where the register does not say what list and print run now say, before any copy comes onto paper."""
    if not any(record.state is State.ASSIGNED for record in chosen.records):
        return
    allotted = allot(issue, register, records)
    yield from allotted.problems
    key = str(issue.head.key)
    if allotted.value is not None and assignment_changes(key, allotted.value, records):
        what = message("登记的份号与现在的名册、印数不一致")
        advice = message("重新登记：bulletin copies assign {issue} --by 姓名", issue=key)
        yield error("copies-assigned", Span(issue_path(issue.head.key)), what, advice)


def _copy_order(issue: Issue, register: Register, order: PrintOrder, chosen: _Chosen) -> CopyOrder:
    marks = issue.publication.copy_marks
    return CopyOrder(
        groups=tuple(_groups(order, chosen)),
        marks=marks,
        key=register.check_key(order.fresh_key) if marks.coded else b"",
        profile=find_profile(issue.publication.press, order.profile) if order.profile else None,
        package=CopyPackage.OUTER if order.outer else CopyPackage.RUN,
    )


def _groups(order: PrintOrder, chosen: _Chosen) -> Iterator[CopyGroup]:
    """A group for each file: a holder's copies, so many copies, or all."""
    if not order.each:
        yield from batches_of(chosen.copies, order.batch)
        return
    pairs = zip(chosen.records, chosen.copies, strict=True)
    for holder, own in groupby(pairs, key=lambda pair: pair[0].holder):
        yield CopyGroup(tuple(copy for _record, copy in own), holder)


def _require_same(chosen: _Chosen, made: Sequence[NumberedFile]) -> None:
    """Files of copies that are recorded as printed are the recorded ones, byte for byte."""
    recorded = {record.number: record.file for record in chosen.records}
    other = [number for file in made for number in file.numbers if recorded[number] != file.sha256]
    if other and not chosen.new:
        what = message("这些份已经登记印制，当时印的不是这样的文件")
        advice = message("要照原样再做文件，用当时的选项；要换个样子重印，用 bulletin copies reprint，写明理由")
        raise UsageError(what, advice)


def _publish(folder: Path, file: NumberedFile) -> PrintedFile:
    return PrintedFile(str(publish_file(folder, file.artifact)), file.numbers, file.sha256)


def _changes(issue: Issue, order: PrintOrder, chosen: _Chosen, made: Sequence[NumberedFile]) -> list[Change]:
    file_of = {number: file.sha256 for file in made for number in file.numbers}
    kind = EventKind.REPRINTED if order.reason else EventKind.PRINTED
    marks = issue.publication.copy_marks.names()
    return [
        Change(str(issue.head.key), number, kind, note=order.reason, file=file_of[number], marks=marks)
        for number in chosen.numbers
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
        again=not chosen.new,
        dry_run=dry_run,
        digits=issue.publication.copy_number.digits,
    )
