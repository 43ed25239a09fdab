"""Which copies a command is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bulletin.model.copies import LARGEST, numbers_text
from bulletin.model.copy_reports import Choice
from bulletin.model.errors import UsageError
from bulletin.model.problem import NOTHING, Message, did_you_mean, message
from bulletin.model.register import STATE_NAMES, CopyRecord, State


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
        meant = _by_number(records, choice, digits)
    elif choice.holder:
        meant = tuple(record for record in _of_holder(records, choice.holder) if able(record))
    elif choice.every:
        meant = tuple(record for record in records if able(record))
    else:
        raise UsageError(
            message("没有说是哪些份"), message("写份号（000127，或 000013-000040），或 --recipient 单位，或 --all")
        )
    return tuple(
        record
        for record in meant
        if (not choice.holder or record.holder == choice.holder) and (not choice.route or record.route == choice.route)
    )


def _by_number(records: Sequence[CopyRecord], choice: Choice, digits: int) -> tuple[CopyRecord, ...]:
    known = {record.number: record for record in records if record.state is not State.WITHDRAWN}
    most = max(known, default=0)
    wanted = sorted(
        {number for each in choice.ranges for number in each.clipped(most if each.last == LARGEST else most + 1)}
    )
    missing = [number for number in wanted if number not in known]
    if missing:
        what = message("没有登记份号 {numbers}", numbers=numbers_text(missing, digits))
        raise UsageError(what, message("登记的份号：{known}", known=numbers_text(known, digits)))
    return tuple(known[number] for number in wanted)


def _of_holder(records: Sequence[CopyRecord], holder: str) -> tuple[CopyRecord, ...]:
    held = tuple(record for record in records if record.holder == holder)
    if not held:
        holders = tuple(dict.fromkeys(record.holder for record in records))
        what = message("没有“{holder}”的份", holder=holder)
        raise UsageError(what, did_you_mean(holder, holders, message("用 bulletin copies list 看全部")))
    return held


def where_they_are(records: Sequence[CopyRecord], digits: int) -> Message:
    """The copies by state, `000001－000012（在库）`; there is at least one."""
    told: Message | None = None
    for state in dict.fromkeys(record.state for record in records):
        numbers = numbers_text((record.number for record in records if record.state is state), digits)
        here = message("{numbers}（{state}）", numbers=numbers, state=STATE_NAMES[state])
        told = message("{told}、{here}", told=told, here=here) if told else here
    return told or NOTHING
