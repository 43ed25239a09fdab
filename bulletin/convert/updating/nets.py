"""Which marks stand around each letter: those of the source where they are right, new ones where none is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin.convert.updating.items import PARAGRAPH_END, Item, Kept, Net, Wanted, character_of, look_of, target_of
from bulletin.convert.updating.raw import CODE, EMPHASIS, LINK, STRONG, Pair
from bulletin.convert.updating.strands import BLANKS

_MARKS = {STRONG: "**", EMPHASIS: "*", CODE: "`"}
_ORDER = (STRONG, EMPHASIS, CODE)


def nets_of(items: Sequence[Item]) -> list[Net]:
    """The marks around each item."""
    wanted = _trimmed(items)
    following = _following(items, wanted)
    nets: list[Net] = []
    for place, item in enumerate(items):
        before = nets[-1] if nets else ()
        look = wanted[place]
        if character_of(item) == PARAGRAPH_END:
            nets.append(())
        elif look is None:
            nets.append(item.letter.marks if isinstance(item, Kept) else before)
        else:
            after = following[place]
            nets.append(next((near for near in (before, after) if look_of(near) == look), _net(look, before)))
    return _joined(nets)


def _trimmed(items: Sequence[Item]) -> list[Wanted | None]:
    """What is wanted of each item; blanks at the ends of what is bold are not, as marks do not close after them."""
    wanted = [item.wanted for item in items]
    for places in (range(len(items)), range(len(items) - 1, -1, -1)):
        outside = Wanted()
        for place in places:
            look, item = wanted[place], items[place]
            if look is not None and character_of(item) in (*BLANKS, "\n") and not look.names <= outside.names:
                look = wanted[place] = replace(look, names=outside.names & look.names)
            if look is not None:
                outside = look
            elif isinstance(item, Kept):
                outside = look_of(item.letter.marks)
    return wanted


def _following(items: Sequence[Item], wanted: Sequence[Wanted | None]) -> list[Net]:
    """For each item the marks of the next letter that stays as it is; none where a paragraph ends, or another look begins, before it."""
    nets: list[Net] = []
    after: Net = ()
    for place in range(len(items) - 1, -1, -1):
        item, look = items[place], wanted[place]
        if place + 1 < len(items) and wanted[place + 1] not in (None, look):
            after = ()
        nets.append(after)
        if character_of(item) == PARAGRAPH_END:
            after = ()
        elif isinstance(item, Kept) and look is None:
            after = item.letter.marks
    return nets[::-1]


def _net(wanted: Wanted, before: Net) -> Net:
    """Marks that make a letter look as wanted; those that are open stay open."""
    pairs: list[Pair] = []
    if wanted.link:
        known = next((pair for pair in before if pair.name == LINK and target_of(pair) == wanted.link), None)
        pairs.append(known or Pair(LINK, "[", f"]({wanted.link})"))
    for name in _ORDER:
        if name in wanted.names:
            known = next((pair for pair in before if pair.name == name), None)
            pairs.append(known or Pair(name, _MARKS[name], _MARKS[name]))
    return tuple(pairs)


def _joined(nets: list[Net]) -> list[Net]:
    """Marks that end where others of the same kind begin are one: `**甲****乙**` would not be read as bold."""
    alias: dict[Pair, Pair] = {}
    joined: list[Net] = []
    for net in nets:
        current = tuple(alias.get(pair, pair) for pair in net)
        before = joined[-1] if joined else ()
        if current != before and look_of(current) == look_of(before) and _kinds(current) == _kinds(before):
            alias |= dict(zip(net, before, strict=True))
            current = before
        joined.append(current)
    return joined


def _kinds(net: Net) -> list[str]:
    return [pair.name for pair in net]
