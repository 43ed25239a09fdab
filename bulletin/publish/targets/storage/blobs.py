"""The contents of all kept releases in a bucket, each once, by their sums.

A content is counted on only if a list shows the object with the tag under which it was read whole; all others are read again. So what was
lost, damaged or edited is found before a release counts on it, and nothing has to be read twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.release import FileSum
from bulletin.publish.targets.side_by_side import side_by_side
from bulletin.publish.targets.storage.requests import Storage
from bulletin.publish.targets.storage.tags import Listed, Seen, read_seen, write_seen

BLOBS = "blobs/"
_RECORD = "tags/blobs"


class Blobs:
    """The contents. `records` is the prefix of all that is not for visitors."""

    def __init__(self, storage: Storage, records: str) -> None:
        self._storage = storage
        self._folder = f"{records}{BLOBS}"
        self._record = f"{records}{_RECORD}"
        self._seen: dict[str, Seen] = {}
        self._recorded: bytes | None = None

    def key(self, content: FileSum) -> str:
        """The key of a content."""
        return self._folder + content.sha256

    def listed(self) -> dict[str, Listed]:
        """What lies there now, by sums."""
        return self._storage.listed(self._folder)

    def missing(self, wanted: Iterable[FileSum], there: Mapping[str, Listed]) -> list[FileSum]:
        """The contents that do not lie there, or not as they should. What is not known under its tag is read whole.

        Args:
            wanted: The contents.
            there: What is listed.
        """
        self._recorded = self._storage.read(self._record)
        known = read_seen(self._recorded) | self._seen
        self._seen = {sum_: each for sum_, each in known.items() if sum_ in there and each.is_still(there[sum_])}
        needed = {each for each in wanted if each.sha256 not in self._seen}
        doubtful = [each for each in needed if each.sha256 in there and there[each.sha256].size == each.size]
        for content, found in side_by_side(lambda each: (each, self._read(each)), doubtful):
            if found and found.content == content:
                self._seen[content.sha256] = found
        return sorted((each for each in needed if each.sha256 not in self._seen), key=lambda each: each.sha256)

    def has(self, content: FileSum) -> bool:
        """True if the content is there, read whole."""
        found = self._read(content)
        return found is not None and found.content == content

    def put(self, content: FileSum, data: bytes) -> None:
        """Puts a content there, and reads it back.

        Raises:
            TargetUnavailable: What was read back is not what was sent.
        """
        self._storage.write(self.key(content), data)
        found = self._read(content)
        if found is None or found.content != content:
            raise not_as_sent()
        self._seen[content.sha256] = found

    def record(self) -> None:
        """Writes down what was read whole, for those who come later."""
        content = write_seen(self._seen)
        if self._recorded != content:
            self._storage.write(self._record, content)
            self._recorded = content

    def _read(self, content: FileSum) -> Seen | None:
        return self._storage.seen(self.key(content))


def not_as_sent() -> TargetUnavailable:
    """What is said where something else is read back than was sent."""
    return TargetUnavailable(
        message("存储里读回来的与送去的不一样"), message("请再运行一次；总是这样，就请管存储的人检查")
    )
