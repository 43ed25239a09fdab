"""Whether the log of publication is whole and nobody touched it: the chain, every rule a second time, the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulletin.model.problem import Message, message
from bulletin.model.publication_log import ACT_NAMES, LogEvent
from bulletin.model.register import FIRST, Head, Request
from bulletin.register.anchors import Anchor
from bulletin.register.chain import Fields
from bulletin.register.publications.chain import event_of, hash_of
from bulletin.register.publications.rules import entry_faults
from bulletin.register.rules import request_faults


def publication_faults(entries: Iterable[Fields], head: Head, anchor: Head | None = None) -> Iterator[Message]:
    """What is wrong with a log of flat records that should end with `head` and hold `anchor`.

    A row that was changed gives one message, a row that is missing one or two: what comes after is judged by what is there.
    """
    chain, anchored = _Chain(), Anchor(anchor)
    for entry in entries:
        yield from chain.follow(entry)
        anchored.pass_by(chain.last)
    if chain.last != head:
        yield message(
            "发布记录记着最后是第 {said} 条，实际最后是第 {last} 条：末尾的记录被删过、加过或改过",
            said=head.seq,
            last=chain.last.seq,
        )
    for fault in anchored.faults(chain.last):
        yield message("发布记录：{fault}", fault=fault)


class _Chain:
    """The chain as far as it was read."""

    def __init__(self) -> None:
        self.last = FIRST
        self._requests: dict[str, Request] = {}

    def follow(self, entry: Fields) -> Iterator[Message]:
        """What is wrong with the next record."""
        try:
            event = event_of(entry)
        except ValueError as fault:
            yield message("发布记录第 {seq} 条读不懂（{reason}）", seq=str(entry.get("seq")), reason=str(fault))
            self.last = Head(self.last.seq + 1, str(entry.get("hash")))
            return
        for found in (*self._place_faults(event), *self._event_faults(event)):
            yield _of(event, found)
        self.last = Head(event.seq, event.hash)

    def _place_faults(self, event: LogEvent) -> Iterator[Message]:
        if event.seq != self.last.seq + 1:
            yield message("它前面应是第 {seq} 条，那一条不见了或换了位置", seq=event.seq - 1)
        elif event.previous != self.last.hash:
            yield message("它与前面一条接不上，前面有记录被改过、删过或换过位置")
        if hash_of(event) != event.hash:
            yield message("内容与校验值不符，这一条被改过")

    def _event_faults(self, event: LogEvent) -> Iterator[Message]:
        yield from entry_faults(event.entry)
        if event.request.id not in self._requests:
            yield from request_faults(event.request)
        if self._requests.setdefault(event.request.id, event.request) != event.request:
            yield message("同一个请求编号记了两回")


def _of(event: LogEvent, fault: Message) -> Message:
    return message(
        "发布记录第 {seq} 条（{target}，{kind}）：{fault}",
        seq=event.seq,
        target=event.entry.target,
        kind=ACT_NAMES[event.entry.act],
        fault=fault,
    )
