"""The lock of a target (发布锁): who is publishing, as it is written there, and whether who wrote it can still be at work.

JSON (RFC 8259): the holder, and by what the holder's process can be known again: the machine (machine-id(5)), its start (`boot_id`, random(4)), the
namespace of its process numbers (pid_namespaces(7)), and when the process began in ticks since the start (`starttime`, proc_pid_stat(5)). No clock is
compared: a number of a process that was given away again, a restart, and another machine of the same name are told apart.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path

from bulletin.model.errors import TargetLocked
from bulletin.model.moment import moment_text
from bulletin.model.problem import Message, message
from bulletin.model.target import LockHolder

FILE = "lock"
_BREAK = message("等那边发布完再运行；确知那边早已断了的，加 --break-lock")
_HIDDEN = "?"


@dataclass(frozen=True, slots=True)
class _Process:
    """By what a process can be known again; what cannot be found out is empty."""

    machine: str
    boot: str
    namespace: str
    started: str


def write_lock(holder: LockHolder) -> bytes:
    """The lock of a process of this machine."""
    return (json.dumps(asdict(holder) | asdict(_process(holder.process)), ensure_ascii=False) + "\n").encode()


def holder_of(lock: bytes) -> LockHolder | None:
    """Who wrote the lock; `None` if it cannot be read."""
    said = _said(lock)
    return said[0] if said else None


def refuse_unless_dead(lock: bytes, asking: LockHolder) -> None:
    """Returns if the lock was written by a process of this machine that is gone.

    Args:
        lock: What lies on the target.
        asking: Who would like to publish; its time is the present.

    Raises:
        TargetLocked: Its holder is at work, or may be; or the lock cannot be read.
    """
    said = _said(lock)
    if not said:
        raise TargetLocked(message("发布目标上有一把读不懂的发布锁，不知道是谁的"), _BREAK)
    holder, process = said
    if holder.host != asking.host or not _is_dead(holder.process, process):
        raise TargetLocked(
            message(
                "{by}正在“{host}”上发布，从 {since} 开始，到现在 {age}",
                by=holder.by,
                host=holder.host,
                since=moment_text(holder.at),
                age=_age(holder.at, asking.at),
            ),
            _BREAK,
        )


def _said(lock: bytes) -> tuple[LockHolder, _Process] | None:
    try:
        said = json.loads(lock)
        holder = LockHolder(*(said[each.name] for each in fields(LockHolder)))
        process = _Process(*(str(said[each.name]) for each in fields(_Process)))
        texts = (holder.by, holder.host, holder.at)
        sound = all(isinstance(each, str) and each.isprintable() for each in texts) and type(holder.process) is int
        if not sound or holder.process <= 0 or datetime.fromisoformat(holder.at).tzinfo is None:
            return None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return holder, process


def _is_dead(number: int, then: _Process) -> bool:
    now = _process(number)
    if not (now.machine and now.boot and now.namespace):
        return False  # cannot be known
    if now.boot != then.boot:
        return now.machine == then.machine  # this machine was started again since
    if now.namespace != then.namespace:
        return False  # a container: its processes are not seen from here
    return not now.started or (_HIDDEN not in (now.started, then.started) and now.started != then.started)


def _process(number: int) -> _Process:
    """What is known of a process of this machine; `started` is empty if there is none, `?` if it may not be seen."""
    try:
        namespace = os.readlink("/proc/self/ns/pid")
    except OSError:
        namespace = ""
    machine = _text("/etc/machine-id")  # not to be told as it is: machine-id(5)
    machine = hashlib.sha256(f"bulletin {machine}".encode()).hexdigest()[:16] if machine else ""
    return _Process(machine, _text("/proc/sys/kernel/random/boot_id"), namespace, _started(number))


def _started(number: int) -> str:
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return ""
    except PermissionError:  # somebody else's, who is at work
        pass
    # the name of the program, in brackets, may have anything in it; the state follows, and 19 fields later the start
    rest = _text(f"/proc/{number}/stat").rpartition(")")[2].split()
    if len(rest) < 20:
        return _HIDDEN
    return "" if rest[0] in "ZX" else rest[19]


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def _age(since: str, now: str) -> Message:
    passed = max(datetime.fromisoformat(now) - datetime.fromisoformat(since), timedelta())
    minutes = passed // timedelta(minutes=1)
    if minutes < 1:
        return message("不到 1 分钟")
    if minutes < 60:
        return message("{minutes} 分钟", minutes=minutes)
    if minutes < 48 * 60:
        return message("{hours} 小时 {minutes} 分钟", hours=minutes // 60, minutes=minutes % 60)
    return message("{days} 天", days=minutes // (24 * 60))
