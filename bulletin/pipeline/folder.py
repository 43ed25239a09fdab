"""Whether a folder is a publication."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.folders import PUBLICATION_FILE
from bulletin.model.errors import UsageError
from bulletin.model.problem import message


def require_publication(root: Path) -> None:
    """Says so where `root` is no publication.

    Raises:
        UsageError: It is none.
    """
    if not (root / PUBLICATION_FILE).exists():
        raise UsageError(
            message("“{folder}”里没有 bulletin.yaml，不是刊物文件夹", folder=str(root.resolve())),
            message("先进入刊物文件夹，或用 -C 指定它；新建刊物用 bulletin init"),
        )
