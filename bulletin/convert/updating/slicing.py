"""One article out of an edited document of a whole issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bulletin.convert.updating.aligning import align
from bulletin.convert.updating.strands import Unit, units_of
from bulletin.model.foreign import ForeignDocument, Place


def part_of(whole: ForeignDocument, article: ForeignDocument, edited: ForeignDocument) -> ForeignDocument | None:
    """What the edited document of an issue has of an article; `None` where nothing of that is left.

    Args:
        whole: The issue as it is exported, as it stands.
        article: The article as it is exported by itself.
        edited: The issue as it came back.
    """
    old, new = units_of(whole), units_of(edited)
    own = _place_of(old, units_of(article))
    if own is None:
        return None
    ours = set(old[own.start : own.stop])
    stayed = [match for match in align(old, new) if match.old and match.new and not match.moved]
    kept = [match.new[0] for match in stayed if match.old[0] in ours]
    if not kept:
        return None
    later = [match.new[0] for match in stayed if match.old[0] not in ours and match.new[0].block > kept[-1].block]
    first, last = kept[0].block, later[0].block if later else len(edited.blocks)
    between = _Between(kept[0], later[0] if later else None)
    return replace(
        edited,
        blocks=edited.blocks[first:last],
        changes=tuple(each for each in edited.changes if between.has(each.place)),
        remarks=tuple(each for each in edited.remarks if between.has(each.place)),
    )


def begins_alike(one: ForeignDocument, other: ForeignDocument) -> bool:
    """True if both say the same first."""
    first = [next(iter(units_of(each)), None) for each in (one, other)]
    return None not in first and len({unit.key for unit in first if unit}) == 1


def _place_of(units: Sequence[Unit], wanted: Sequence[Unit]) -> range | None:
    """Where the units stand that say the same as those wanted, one after another."""
    keys, said = [unit.key for unit in wanted], [unit.key for unit in units]
    starts = (place for place in range(len(said) - len(keys) + 1) if said[place : place + len(keys)] == keys)
    start = next(starts, None)
    return None if start is None or not keys else range(start, start + len(keys))


class _Between:
    """The paragraphs from one unit up to another, or to the end."""

    def __init__(self, first: Unit, after: Unit | None) -> None:
        self._first, self._after = first.place, after.place if after else 0

    def has(self, place: Place) -> bool:
        return self._first <= place.paragraph and (not self._after or place.paragraph < self._after)
