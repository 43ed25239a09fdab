"""Bytes of text files to text; see `model/encoding.py`."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.files import read_bytes
from bulletin.model.encoding import decode, decode_original
from bulletin.model.original import Original
from bulletin.model.problem import Outcome


def read_text(root: Path, path: str, limit: int) -> Outcome[str]:
    """The text of the file `path` under `root`, with `\\n` line ends and without byte order mark.

    Whatever is not plain UTF-8 with `\\n` is read right and reported as one hint.
    """
    read = read_bytes(root, path, limit)
    if read.value is None:
        return Outcome(None, read.problems)
    return decode(read.value, path)


def read_original(root: Path, path: str, limit: int) -> Outcome[Original]:
    """The file as it lies there; see `read_text`."""
    read = read_bytes(root, path, limit)
    if read.value is None:
        return Outcome(None, read.problems)
    return decode_original(read.value, path)
