"""A request and its changes to the next events of the chain, or to a refusal that names every copy it would fail for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bulletin.model.copies import numbers_text
from bulletin.model.errors import RegisterRefused
from bulletin.model.problem import Message, message
from bulletin.model.register import KIND_NAMES, STATE_NAMES, Change, Event, Head, Request
from bulletin.register.chain import sealed
from bulletin.register.rules import change_faults, request_faults
from bulletin.register.steps import Made, Standing, keeps, make

DIGITS = 6
"""Of a number in a message; the register does not know how many the publication prints."""
Standings = Mapping[tuple[str, int], Standing]


def next_events(head: Head, standings: Standings, request: Request, changes: Sequence[Change]) -> tuple[Event, ...]:
    """The events that follow the head, one a change.

    Args:
        head: The last event that is recorded.
        standings: How each copy of the changes stands; those that are not there are not assigned.
        request: Who asks.
        changes: In the order in which they are recorded; one a copy.

    Raises:
        RegisterRefused: A change is incomplete, or may not happen to its copy.
    """
    refuse(request_faults(request))
    made = {}
    refusals: dict[tuple[str, Message], list[int]] = {}
    for change in changes:
        copy = (change.issue, change.number)
        standing = standings.get(copy, Standing())
        outcome = make(standing, change)
        faults = change_faults(change, request.actor, standing.undone_by(change))
        reasons = [*faults, *_reasons(standing, change, outcome)]
        if copy in made:
            reasons.append(message("同一次登记里写了两遍"))
        for reason in reasons:
            refusals.setdefault((change.issue, reason), []).append(change.number)
        made[copy] = outcome
    refuse(_of_copies(issue, numbers, reason) for (issue, reason), numbers in refusals.items())
    return _chained(head, standings, request, [each for each in made.values() if each])


def already_recorded(events: tuple[Event, ...], request: Request, changes: Sequence[Change]) -> tuple[Event, ...]:
    """The events of a request that was recorded before, if it asked for the same.

    Raises:
        RegisterRefused: It asked for something else.
    """
    asked = {(change.issue, change.number): change for change in changes}
    same = (
        all(event.request.actor == request.actor for event in events)
        and asked.keys() == {(event.change.issue, event.change.number) for event in events}
        and all(keeps(event.change, asked[event.change.issue, event.change.number]) for event in events)
    )
    if not same:
        what = message("请求“{id}”已经记过别的事，没有改动登记册", id=request.id)
        raise RegisterRefused(what, message("每次登记要用新的请求编号；重试时内容不能改"))
    return events


def _reasons(standing: Standing, change: Change, made: Made | None) -> Iterable[Message]:
    """Why the change cannot be recorded of a copy that stands so."""
    kind = KIND_NAMES[change.kind]
    if made and not keeps(made.change, change):
        yield message("“{kind}”不能另写单位、方式或期限", kind=kind)
    if made:
        return
    state = STATE_NAMES[standing.now.state if standing.now else None]
    if undone := standing.undone_by(change):
        yield message("还有效的最后一笔是“{last}”，不能更正", last=KIND_NAMES[undone])
    else:
        yield message("现在“{state}”，不能“{kind}”", state=state, kind=kind)


def _chained(head: Head, standings: Standings, request: Request, made: Sequence[Made]) -> tuple[Event, ...]:
    events: list[Event] = []
    previous = head.hash
    for seq, each in enumerate(made, head.seq + 1):
        now = standings.get((each.change.issue, each.change.number), Standing()).now
        step = now.step + 1 if now else 1
        events.append(sealed(Event(seq, step, request, each.change, each.state, each.piece, previous, "")))
        previous = events[-1].hash
    return tuple(events)


def refuse(reasons: Iterable[Message]) -> None:
    """Raises one refusal with all the reasons, if there are any."""
    told: Message | None = None
    for reason in reasons:
        told = Message("{told}{mark}{reason}", _joined(told, reason)) if told else reason
    if told:
        raise RegisterRefused(message("没有登记，登记册没有改动：{reasons}", reasons=told))


def _joined(told: Message, reason: Message) -> tuple[tuple[str, Message], ...]:
    return (("told", told), ("mark", message("；")), ("reason", reason))


def _of_copies(issue: str, numbers: list[int], reason: Message) -> Message:
    return message(
        "{issue} 第 {numbers} 号：{reason}", issue=issue, numbers=numbers_text(numbers, DIGITS), reason=reason
    )
