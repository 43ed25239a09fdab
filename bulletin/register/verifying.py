"""Whether the register is whole and nobody touched it: the chain, every rule a second time, the head, the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulletin.model.problem import Message, message
from bulletin.model.register import (
    CORRECTABLE,
    FIRST,
    KIND_NAMES,
    STATE_NAMES,
    STEPS,
    Event,
    Head,
    Request,
)
from bulletin.register.anchors import Anchor
from bulletin.register.chain import Fields, event_of, hash_of
from bulletin.register.rules import change_faults, request_faults
from bulletin.register.steps import Standing, make
from bulletin.register.store import Store, scripts_of


def own_faults(store: Store) -> Iterator[Message]:
    """What is wrong with the database itself, in a transaction that reads."""
    yield from store.damage()
    yield from _schema_faults(store)


def chain_faults(entries: Iterable[Fields], head: Head, anchor: Head | None = None) -> Iterator[Message]:
    """What is wrong with a chain of flat records that should end with `head` and hold `anchor`.

    A row that was changed gives one message, a row that is missing one or two: what comes after is judged by what is there.
    """
    chain, anchored = _Chain(), Anchor(anchor)
    for entry in entries:
        yield from chain.follow(entry)
        anchored.pass_by(chain.last)
    if chain.last != head:
        yield message(
            "登记册记着最后是第 {said} 条，实际最后是第 {last} 条：末尾的记录被删过、加过或改过",
            said=head.seq,
            last=chain.last.seq,
        )
    yield from anchored.faults(chain.last)


class _Chain:
    """The chain as far as it was read."""

    def __init__(self) -> None:
        self.last = FIRST
        self._standings: dict[tuple[str, int], Standing] = {}
        self._requests: dict[str, tuple[Request, set[tuple[str, int]]]] = {}

    def follow(self, entry: Fields) -> Iterator[Message]:
        """What is wrong with the next record."""
        try:
            event = event_of(entry)
        except ValueError as fault:
            yield message("第 {seq} 条记录读不懂（{reason}）", seq=str(entry.get("seq")), reason=str(fault))
            self.last = Head(self.last.seq + 1, str(entry.get("hash")))
            return
        for found in (*self._place_faults(event), *self._event_faults(event)):
            yield _of(event, found)
        self.last = Head(event.seq, event.hash)

    def _place_faults(self, event: Event) -> Iterator[Message]:
        if event.seq != self.last.seq + 1:
            yield message("它前面应是第 {seq} 条，那一条不见了或换了位置", seq=event.seq - 1)
        elif event.previous != self.last.hash:
            yield message("它与前面一条接不上，前面有记录被改过、删过或换过位置")
        if hash_of(event) != event.hash:
            yield message("内容与校验值不符，这一条被改过")

    def _event_faults(self, event: Event) -> Iterator[Message]:
        copy = (event.change.issue, event.change.number)
        standing = self._standings.get(copy, Standing())
        self._standings[copy] = standing.after(event)
        yield from change_faults(event.change, event.request.actor, standing.undone_by(event.change))
        yield from _step_faults(standing, event)
        if event.request.id not in self._requests:
            yield from request_faults(event.request)
        request, copies = self._requests.setdefault(event.request.id, (event.request, set()))
        if request != event.request or copy in copies:
            yield message("同一个请求编号记了两回")
        copies.add(copy)


def _step_faults(standing: Standing, event: Event) -> Iterator[Message]:
    """What does not follow from how the copy stood."""
    made = make(standing, event.change)
    now = standing.now
    if made is None:
        state, kind = STATE_NAMES[now.state if now else None], KIND_NAMES[event.change.kind]
        yield message("当时“{state}”，不能“{kind}”", state=state, kind=kind)
    elif (made.change, made.state, made.piece) != (event.change, event.state, event.piece):
        yield message("记下的状态与前面的记录不符")
    if event.step != (now.step if now else 0) + 1:
        yield message("这一份前面的记录有缺少的")


def _of(event: Event, fault: Message) -> Message:
    return message(
        "第 {seq} 条（{issue} 第 {number} 号，{kind}）：{fault}",
        seq=event.seq,
        issue=event.change.issue,
        number=f"{event.change.number:06d}",
        kind=KIND_NAMES[event.change.kind],
        fault=fault,
    )


def _schema_faults(store: Store) -> Iterator[Message]:
    """What is not as the scripts make it: a trigger that was dropped or turned off, a rule that was loosened."""
    scripts = scripts_of(store)
    there, meant = store.schema(), store.fresh_schema(scripts)
    changed = sorted(name for name in there.keys() | meant.keys() if there.get(name) != meant.get(name))
    if changed:
        yield message("登记册的结构被人改过：{names}", names=tuple(changed))
    settings = {str(row["name"]): str(row["value"]) for row in store.rows("SELECT name, value FROM meta")}
    if settings.get("version") != str(len(scripts)):
        yield message("登记册写着的版本不对")
    if odd := settings.keys() - {"version", "name", "check_key"} or {"name"} - settings.keys():
        yield message("登记册的设置被人改动过：{names}", names=tuple(sorted(odd)))
    steps = {(str(row["kind"]), str(row["before"]), str(row["after"])) for row in store.rows("SELECT * FROM step")}
    kinds = {str(row["kind"]) for row in store.rows("SELECT * FROM correctable")}
    if steps != set(step_rows()) or kinds != {kind.value for kind in CORRECTABLE}:
        yield message("登记册里的步骤表被人改过")


def step_rows() -> Iterator[tuple[str, str, str]]:
    """`STEPS` as rows of the table: kind, state before (empty: none), state after."""
    for kind, states in STEPS.items():
        for before, after in states.items():
            yield kind.value, before.value if before else "", after.value
