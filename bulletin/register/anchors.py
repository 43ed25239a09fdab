"""Heads that were put down elsewhere, on paper or in another file, and must still be in their chain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.problem import Message, message
from bulletin.model.register import ANCHOR_DIGITS, FIRST, Head

_ANCHOR = re.compile(f"[0-9a-f]{{{ANCHOR_DIGITS},64}}")


class Anchor:
    """A head that is looked for while its chain is read; `None` where nothing was put down."""

    def __init__(self, head: Head | None) -> None:
        self._head = head
        self._is_found = head is None or FIRST.matches(head)

    def pass_by(self, last: Head) -> None:
        """The chain was read as far as this."""
        self._is_found = self._is_found or (self._head is not None and last.matches(self._head))

    def faults(self, last: Head) -> Iterator[Message]:
        """Why the chain, which ends so, does not hold it."""
        if self._is_found or self._head is None:
            return
        if not _ANCHOR.fullmatch(self._head.hash):
            yield message(
                "留底的校验值“{hash}”写得不对：应是 0－9、a－f，至少 {digits} 位",
                hash=self._head.hash[:80],
                digits=ANCHOR_DIGITS,
            )
        elif self._head.seq > last.seq:
            yield message(
                "留底的是第 {seq} 条，登记册只到第 {last} 条：留底以后的记录丢了，登记册被删过，或换成了旧的",
                seq=self._head.seq,
                last=last.seq,
            )
        else:
            yield message("第 {seq} 条与留底的校验值不符：留底以后，登记册被人重写过或换过", seq=self._head.seq)
