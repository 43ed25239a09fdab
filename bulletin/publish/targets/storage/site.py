"""The site in a bucket: what visitors see, changed object by object.

Storage can change one object at a time, so visitors may for some seconds see pages of two releases; but each object is whole, and nobody
who follows links from a page that could be reached before comes to one that is not there. For that, what is new is put first, while
nothing leads to it; then what changes, as all that it may lead to is there; what goes is deleted last, when nothing leads to it any more.
Within each, what pages need goes before pages, and articles before what lists them.

`live` says what a switch that was broken off went from and to. What stands then may be of any of those releases, and a list of the
objects tells which there are; so the next switch ends with the same objects, whichever release it is to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.release import FileSum, Sums, difference
from bulletin.publish.manifests import NAME
from bulletin.publish.targets.side_by_side import all_side_by_side, side_by_side
from bulletin.publish.targets.storage.kinds import headers_of, stage_of
from bulletin.publish.targets.storage.requests import Storage

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
            message("请删去它，再发布一次：全站的文件会重新放一遍；并查明是谁动了它"),
        ) from fault


class BucketSite:
    """The objects that visitors see."""

    def __init__(self, storage: Storage, prefix: str, records: str) -> None:
        self._storage = storage
        self._prefix = prefix
        self._records = records

    def blob(self, sha256: str) -> str:
        """The key of a content."""
        return f"{self._prefix}{self._records}blobs/{sha256}"

    def sizes(self) -> dict[str, int]:
        """Bytes of each object by its path, whoever put it there."""
        there = self._storage.sizes(self._prefix)
        return {path: size for path, size in there.items() if not path.startswith(self._records)}

    def mixture(self, releases: Sequence[Sums], wanted: Sums) -> Sums:
        """What stands where it may be of any of the releases: a path that all of them have with the same sum is that for certain. Objects that are in
        none of them, nor wanted, are not ours."""
        standing: dict[str, FileSum] = {}
        for path in self.sizes():
            found = {each.get(path) for each in releases}
            if found != {None} or path in wanted:
                certain = found.pop() if len(found) == 1 else None
                standing[path] = certain or _SOMETHING
        return standing

    def change(self, standing: Sums, wanted: Sums) -> None:
        """Makes what stands what is wanted, in an order in which no page leads to nothing."""
        needed = difference(standing, wanted)
        for paths in (*_in_stages(needed.added), *_in_stages(needed.changed)):
            all_side_by_side(lambda path: self._put(path, wanted[path]), paths)
        for paths in reversed(_in_stages(needed.removed)):
            all_side_by_side(lambda path: self._storage.delete(self._prefix + path), paths)

    def wrong(self, wanted: Sums) -> tuple[str, ...]:
        """The paths whose objects, read whole, are not what is wanted: tags of objects are no sums."""
        checked = side_by_side(lambda path: (path, self._storage.sum(self._prefix + path)), wanted)
        return tuple(path for path, found in checked if found != wanted[path])

    def _put(self, path: str, content: FileSum) -> None:
        self._storage.copy(self.blob(content.sha256), self._prefix + path, headers_of(path))


def _live(said: Mapping[str, Any]) -> Live:
    live = Live(said["live"], tuple(said["switching"]))
    if not all(NAME.fullmatch(each) for each in live.names):
        raise ValueError(live)
    return live


def _in_stages(paths: Iterable[str]) -> list[list[str]]:
    return [list(each) for _, each in groupby(sorted(paths, key=stage_of), stage_of)]
