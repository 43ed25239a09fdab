"""An anchor of the register in each issue's folder: a register that was lost, or put back from an old copy, is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bulletin.load.folders import issue_folder
from bulletin.load.issue import load_anchor
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import message
from bulletin.publish import locked, publish_file
from bulletin.register import Register
from bulletin.render.records import render_anchor


@contextmanager
def anchored(root: Path, issue: str, register: Register) -> Iterator[None]:
    """Lets the issue's copies be recorded, if the register holds what it held before, and puts down what it holds afterwards.

    The folder of an issue that was put away has no anchor, and gets none.

    Raises:
        UsageError: The register is not the one that was written before, or an older copy of it.
    """
    key = IssueKey.parse(issue)
    if key is None or not (root / issue_folder(key)).is_dir():
        yield
        return
    with locked(root / issue_folder(key)):
        check_anchor(root, key, register)
        yield
        keep_anchor(root, key, register)


def check_anchor(root: Path, key: IssueKey, register: Register) -> None:
    """Raises: UsageError: The register does not hold the event that was its last when the issue was recorded."""
    anchor = load_anchor(root, key)
    if anchor is not None and not register.holds(anchor):
        what = message(
            "登记册不是原来那一册，或退回到了旧本：里面没有 {issue} 最后登记的第 {seq} 笔",
            issue=str(key),
            seq=anchor.seq,
        )
        advice = message(
            "为免重号，没有登记。用备份或导出的文件恢复登记册；确要从头登记，先删去 issues/{issue}/copies.yaml",
            issue=str(key),
        )
        raise UsageError(what, advice)


def keep_anchor(root: Path, key: IssueKey, register: Register) -> None:
    """Puts down the register's last event beside the issue."""
    head = register.head()
    if head.seq:
        publish_file(root, render_anchor(key, head))
