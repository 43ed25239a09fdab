"""What a request and a change must say, whatever the state of the copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime

from bulletin.model.problem import Message, message
from bulletin.model.records import has_bad_text, tidy
from bulletin.model.register import KIND_NAMES, Change, EventKind, Request

_NAMES_A_HOLDER = {EventKind.ASSIGNED, EventKind.REASSIGNED, EventKind.TRANSFERRED}
_HAS_A_REASON = {
    *(EventKind.REPRINTED, EventKind.VOIDED, EventKind.LOST),
    *(EventKind.WITHDRAWN, EventKind.CORRECTED),
}
_PRINTS = {EventKind.PRINTED, EventKind.REPRINTED}
_LAST_NUMBER = 99_999_999
SHA_256 = re.compile("[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def tidy_request(request: Request) -> Request:
    """The request with its texts as they are recorded: NFC, no blanks about them."""
    return Request(tidy(request.id), tidy(request.actor), tidy(request.day), tidy(request.at))


def tidy_change(change: Change) -> Change:
    """The change with its texts as they are recorded: NFC, no blanks about them."""
    return replace(
        change,
        issue=tidy(change.issue),
        label=tidy(change.label),
        holder=tidy(change.holder),
        route=tidy(change.route),
        due=tidy(change.due),
        witnesses=tuple(map(tidy, change.witnesses)),
        note=tidy(change.note),
        file=tidy(change.file),
        source=tidy(change.source),
        marks=tidy(change.marks),
    )


def request_faults(request: Request) -> Iterator[Message]:
    """What is wrong with a request."""
    if not request.id:
        yield message("没有请求编号")
    if not request.actor:
        yield message("没有写经手人")
    if not _is_day(request.day):
        yield message("日期“{day}”应写成 2026-07-23 的样子", day=request.day)
    if not _is_moment(request.at):
        yield message("记录时间“{at}”应写成 2026-07-23T09:30:00+08:00 的样子", at=request.at)
    if has_bad_text((request.id, request.actor)):
        yield message("文字太长，或有换行等控制字符")


def change_faults(change: Change, actor: str, undone: EventKind | None = None) -> Iterator[Message]:
    """What is wrong with a change that is recorded by `actor`; `undone` is what a correction undoes.

    *Source:* 条例, arts. 24 to 26 and 35; two witnesses who are not the one who destroys (standards, section 5.1).
    """
    kind = KIND_NAMES[change.kind]
    if not change.issue:
        yield message("没有写期号")
    if not 1 <= change.number <= _LAST_NUMBER:
        yield message("份号应在 1 到 {last} 之间", last=_LAST_NUMBER)
    if change.kind in _NAMES_A_HOLDER and not change.holder:
        yield message("“{kind}”要写明单位", kind=kind)
    if change.kind in _HAS_A_REASON and not change.note:
        yield message("“{kind}”要写明原因", kind=kind)
    if change.kind in _PRINTS and not SHA_256.fullmatch(change.file):
        yield message("“{kind}”要写明所印文件的 SHA-256 校验值", kind=kind)
    if change.kind in _PRINTS and change.source and not SHA_256.fullmatch(change.source):
        yield message("签发的印刷版“{source}”应写成 SHA-256 校验值", source=change.source[:80])
    if change.kind not in _PRINTS and (change.file or change.source or change.marks):
        yield message("“{kind}”不印制，不能写所印的文件和标记", kind=kind)
    if change.due and not _is_day(change.due):
        yield message("清退期限“{day}”应写成 2026-07-23 的样子", day=change.due)
    yield from _witness_faults(change, actor, undone)
    texts = [getattr(change, each.name) for each in fields(change)]
    if has_bad_text((*(text for text in texts if isinstance(text, str)), *change.witnesses)):
        yield message("文字太长，或有换行等控制字符")


def _witness_faults(change: Change, actor: str, undone: EventKind | None) -> Iterator[Message]:
    if change.kind is EventKind.DESTROYED and len(change.witnesses) < 2:
        yield message("销毁要有两名监销人")
    if undone is EventKind.DESTROYED and len(change.witnesses) < 2:
        yield message("更正销毁也要有两名监销人作证")
    if len({*change.witnesses, actor, ""}) < len(change.witnesses) + 2:
        yield message("监销人要各不相同，并且不是经手人自己")


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False
