"""Which copies a command is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bulletin.model.copies import LARGEST, numbers_text
from bulletin.model.copy_reports import Choice
from bulletin.model.errors import UsageError
from bulletin.model.problem import did_you_mean, message
from bulletin.model.register import CopyRecord, State


def choose(
    records: Sequence[CopyRecord], choice: Choice, digits: int, able: Callable[[CopyRecord], bool]
) -> tuple[CopyRecord, ...]:
    """The records that are meant.

    Numbers are taken as they are said, so that each that cannot be moved is told. A holder, or all, means those that `able` says
    the command can be done to.

    Raises:
        UsageError: Numbers that are not registered, a holder that has no copies, or nothing that could be meant.
    """
    if choice.ranges:
        chosen = _by_number(records, choice, digits)
        return tuple(record for record in chosen if not choice.holder or record.holder == choice.holder)
    if choice.holder:
        return _by_holder(records, choice.holder, able)
    if choice.every:
        return tuple(record for record in records if able(record))
    raise UsageError(
        message("没有说是哪些份"), message("写份号（000127，或 000013-000040），或 --recipient 单位，或 --all")
    )


def _by_number(records: Sequence[CopyRecord], choice: Choice, digits: int) -> tuple[CopyRecord, ...]:
    known = {record.number: record for record in records if record.state is not State.WITHDRAWN}
    most = max(known, default=0)
    wanted = sorted(
        {number for each in choice.ranges for number in each.clipped(most if each.last == LARGEST else most + 1)}
    )
    missing = [number for number in wanted if number not in known]
    if missing:
        what = message("本期没有登记份号 {numbers}", numbers=numbers_text(missing, digits))
        raise UsageError(what, message("登记的份号：{known}", known=numbers_text(known, digits)))
    return tuple(known[number] for number in wanted)


def _by_holder(
    records: Sequence[CopyRecord], holder: str, able: Callable[[CopyRecord], bool]
) -> tuple[CopyRecord, ...]:
    held = [record for record in records if holder in (record.holder, record.allotted)]
    if not held:
        holders = tuple(dict.fromkeys(record.holder for record in records))
        what = message("本期没有登记给“{holder}”的份", holder=holder)
        raise UsageError(what, did_you_mean(holder, holders, message("用 bulletin copies list 看全部")))
    return tuple(record for record in held if able(record))
