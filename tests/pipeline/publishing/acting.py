"""What a child process of the fault tests does: publishes once."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from bulletin.model.audience import Audience
from bulletin.model.errors import BulletinError
from bulletin.model.publishing import PublishOrder
from bulletin.model.site_build import SiteOrder
from bulletin.model.target import LockHolder
from bulletin.pipeline.publishing.publishing import publish


def act(root: str, minute: str) -> int:
    """0 if the release is live, 3 if the machine was at fault; what was said is printed."""
    holder = LockHolder(
        "李晶鑫", socket.gethostname(), os.getpid(), f"2026-11-23T10:{int(minute) // 60:02}:{int(minute) % 60:02}+08:00"
    )
    try:
        report = publish(Path(root), PublishOrder("", holder, SiteOrder(Audience.PUBLIC, Path(root, "build"))), _quiet)
    except BulletinError as failure:
        print(type(failure).__name__, failure.message)  # noqa: T201
        sys.stdout.flush()
        return 3
    return 0 if report.done else 1


def _quiet(_: object) -> None:
    pass
