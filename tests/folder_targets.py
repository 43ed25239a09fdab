"""What the tests of folder targets share: releases, what visitors see, whole trees, and a child process that publishes."""

from __future__ import annotations

import os
import socket
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from bulletin.model.errors import BulletinError
from bulletin.model.problem import Message
from bulletin.model.target import LockHolder
from bulletin.publish.manifests import read_manifest
from bulletin.publish.targets.disk import LinksRefused
from bulletin.publish.targets.folder.target import FolderTarget
from bulletin.publish.targets.local.disk import LocalDisk
from bulletin.publish.targets.target import Parcel, Received
from tests.releases import AT, parcel

PAGE = "2026/10/03/index.html"
OLD = {"index.html": b"home 1", PAGE: b"article", "2026/10/gone.html": b"gone", "style.css": b"body {}"}
NEW = {"index.html": b"home 2", PAGE: b"article", "2026/11/01/index.html": b"new", "style.css": b"body {}"}


class NoLinks(LocalDisk):
    """A disk without links."""

    def point(self, link: str, to: str) -> None:
        raise LinksRefused(Message("没有链接"))


def holder(by: str = "甲某", host: str = "", process: int = 0, at: str = AT) -> LockHolder:
    """Who publishes; this process of this machine, if nothing else is said."""
    return LockHolder(by, host or socket.gethostname(), process or os.getpid(), at)


def old() -> Parcel:
    return parcel(OLD)


def new() -> Parcel:
    return parcel(NEW, 2, old().release.name)


def publish(disk: LocalDisk, sent: Parcel, said: list[Message] | None = None, *, breaking: bool = False) -> Received:
    """Publishes as a command would: locked, with the live release as the base."""
    target = FolderTarget(disk)
    with target.locked(holder(), breaking=breaking):
        live = target.live()
        base = read_manifest(target.manifest(live).content, live) if live else None
        received = target.receive(sent, base, said.append if said is not None else lambda _: None)
        target.switch(sent.release.name)
    return received


def act(root: str) -> int:
    """What a child process does: it publishes the new release; returns 3 for a failure that an editor is told of."""
    try:
        publish(LocalDisk(root), new())
    except BulletinError as fault:
        sys.stdout.write(f"{type(fault).__name__}|{fault.message}|{fault.advice}\n")
        sys.stdout.flush()
        return 3
    return 0


def seen(root: Path) -> Mapping[str, bytes]:
    """What visitors get, by path."""
    current = root / "current"
    return {path.relative_to(current).as_posix(): path.read_bytes() for path in current.rglob("*") if path.is_file()}


def tree(root: Path) -> Mapping[str, tuple[str, bytes]]:
    """All below a folder: what it is and what may be done with it, and what is in it."""
    found = {}
    for path in root.rglob("*"):
        mode = path.lstat().st_mode
        content = os.readlink(path).encode() if stat.S_ISLNK(mode) else path.read_bytes() if path.is_file() else b""
        found[path.relative_to(root).as_posix()] = (stat.filemode(mode), content)
    return found


SECRET = "某同志的电话"
HELD = {**NEW, "2026/11/02/index.html": SECRET.encode()}


def held() -> Parcel:
    """A release with a text that is to be taken back."""
    return parcel(HELD, 3)


def clean() -> Parcel:
    """The release after it."""
    return parcel({**NEW, "index.html": b"home 4"}, 4)


def take_back(root: str) -> int:
    """What a child process does for a withdrawal: it removes every kept release with the text, and sweeps."""
    target = FolderTarget(LocalDisk(root))
    with target.locked(holder()):
        target.remove({held().release.name}.intersection(target.kept()))
        target.sweep()
    return 0


def mend_new(root: str) -> int:
    """What another does: it mends the live release."""
    target = FolderTarget(LocalDisk(root))
    with target.locked(holder()):
        target.receive(new(), None, lambda _: None)
    return 0


def remove_old(root: str) -> int:
    """What another child process does: it removes the old release."""
    target = FolderTarget(LocalDisk(root))
    with target.locked(holder()):
        target.remove([old().release.name])
    return 0
