"""The site in a bucket: what visitors see, changed object by object.

Storage can change one object at a time, so visitors may for some seconds see pages of two releases; but each object is whole, and nobody
who follows links from a page that could be reached before comes to one that is not there. For that, what is new is put first, while
nothing leads to it; then what changes, as all that it may lead to is there; what goes is deleted last, when nothing leads to it any more.
Within each, what pages need goes before pages, and articles before what lists them.

What was put where, under which tag, is written down when a switch is done. So the next one knows by a list of the objects what stands:
what somebody else has put in the place of an object of ours, or deleted, is put right. `live` says what a switch that was broken off went
from and to; what it had put has other tags than are written down. So the next switch ends with the same objects, whichever release it is to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.release import Difference, FileSum, Sums
from bulletin.publish.manifests import NAME
from bulletin.publish.targets.side_by_side import all_side_by_side, side_by_side
from bulletin.publish.targets.storage.blobs import Blobs
from bulletin.publish.targets.storage.kinds import headers_of, stage_of
from bulletin.publish.targets.storage.requests import Storage
from bulletin.publish.targets.storage.tags import Listed, Seen, read_seen, write_seen

_RECORD = "tags/site"
_SOMETHING = FileSum("", 0)
"""What is not known: it differs from all that may be wanted."""


@dataclass(frozen=True, slots=True)
class Live:
    """What `live` says: the release that was switched to last, and wholly; and those that have been begun to be switched to since."""

    name: str = ""
    switching: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All releases of which visitors may see something."""
        return frozenset({self.name, *self.switching} - {""})


def write_live(live: Live) -> bytes:
    """`live` as it lies in the bucket."""
    return json.dumps({"live": live.name, "switching": live.switching}).encode()


def read_live(content: bytes | None) -> Live:
    """What `live` says; nothing is live where it is not there.

    Raises:
        TargetUnavailable: It cannot be read.
    """
    if content is None:
        return Live()
    try:
        return _live(json.loads(content))
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise TargetUnavailable(
            message("桶里的 .bulletin/live 坏了，不知道现在是哪一版"),
            message("请删去它，再发布一次；并查明是谁动了它"),
        ) from fault


class BucketSite:
    """The objects that visitors see: below `prefix`, but for those of `records`, which is a folder there."""

    def __init__(self, storage: Storage, prefix: str, records: str, blobs: Blobs) -> None:
        self._storage = storage
        self._prefix = prefix
        self._records = records
        self._record = f"{prefix}{records}{_RECORD}"
        self._blobs = blobs

    def listed(self) -> dict[str, Listed]:
        """Each object by its path, whoever put it there."""
        there = self._storage.listed(self._prefix)
        return {path: each for path, each in there.items() if not path.startswith(self._records)}

    def recorded(self) -> dict[str, Seen]:
        """What the last switch that was finished left in each place, and under which tag."""
        return read_seen(self._storage.read(self._record))

    def change(self, needed: Difference, wanted: Sums, recorded: Mapping[str, Seen]) -> None:
        """Makes what stands what is wanted, in an order in which no page leads to nothing.

        Args:
            needed: What has to change of what stands.
            wanted: What is to stand.
            recorded: What stands already, and under which tag.
        """
        put: dict[str, Seen] = {}
        for paths in (*_in_stages(needed.added), *_in_stages(needed.changed)):
            put |= side_by_side(lambda path: (path, self._put(path, wanted[path])), paths)
        for paths in reversed(_in_stages(needed.removed)):
            all_side_by_side(lambda path: self._storage.delete(self._prefix + path), paths)
        stands = {path: put[path] if path in put else recorded[path] for path in wanted}
        self._storage.write(self._record, write_seen(stands))

    def wrong(self, wanted: Sums) -> tuple[str, ...]:
        """The paths whose objects, read whole, are not what is wanted."""
        checked = side_by_side(lambda path: (path, self._storage.seen(self._prefix + path)), wanted)
        return tuple(path for path, found in checked if found is None or found.content != wanted[path])

    def _put(self, path: str, content: FileSum) -> Seen:
        return Seen(content, self._storage.copy(self._blobs.key(content), self._prefix + path, headers_of(path)))


def standing(there: Mapping[str, Listed], recorded: Mapping[str, Seen], ours: Iterable[str]) -> dict[str, FileSum]:
    """What stands of a site.

    Args:
        there: The objects that are listed.
        recorded: What was left in each place: what has its tag still is that for certain.
        ours: Paths of which something else may stand; what is neither there nor recorded is not ours.
    """
    return {
        path: recorded[path].content if path in recorded and recorded[path].is_still(there[path]) else _SOMETHING
        for path in there.keys() & {*recorded, *ours}
    }


def altered(there: Mapping[str, Listed], recorded: Mapping[str, Seen], wanted: Sums) -> bool:
    """True if something else stands than is wanted, as far as tags tell."""
    stands = standing(there, recorded, wanted)
    return stands != dict(wanted)


def _live(said: Mapping[str, Any]) -> Live:
    live = Live(said["live"], tuple(said["switching"]))
    if not all(NAME.fullmatch(each) for each in live.names):
        raise ValueError(live)
    return live


def _in_stages(paths: Iterable[str]) -> list[list[str]]:
    return [list(each) for _, each in groupby(sorted(paths, key=stage_of), stage_of)]
