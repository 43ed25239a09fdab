"""What lay in the storage under which tag: by a list of the tags it is known what lies there still, without reading it.

Every make gives an object another tag with another content, and says it in lists, a thousand at a time. What a tag is made of differs: so a
tag means nothing until the content that it was given to is known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.model.release import FileSum


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as a list tells of it."""

    size: int
    tag: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A content that lay there, and the tag that it had; empty where the storage did not say."""

    content: FileSum
    tag: str

    def is_still(self, there: Listed) -> bool:
        """True if an object that is listed now has this very content."""
        return bool(self.tag) and there == Listed(self.content.size, self.tag)


def write_seen(seen: Mapping[str, Seen]) -> bytes:
    """What was seen, by names, as it lies in the bucket: JSON, one object a line."""
    lines = (
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps([each.content.sha256, each.content.size, each.tag])}"
        for name, each in sorted(seen.items())
    )
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def read_seen(content: bytes | None) -> dict[str, Seen]:
    """What was seen; nothing where that is not written or damaged: then all is read, or put in its place, again."""
    try:
        said = json.loads(content or b"{}")
        return {name: _seen(*each) for name, each in said.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _seen(sha256: object, size: object, tag: object) -> Seen:
    if not (isinstance(sha256, str) and isinstance(size, int) and isinstance(tag, str)):
        raise TypeError(sha256)
    return Seen(FileSum(sha256, size), tag)
