"""Who holds a lock is told by the clocks of China, whatever clock the other machine has."""

from __future__ import annotations

import pytest

from bulletin.model.errors import TargetLocked
from bulletin.model.target import LockHolder
from bulletin.publish.targets.lock import refuse_unless_dead, write_lock


def test_since_when_a_target_is_locked_is_told_in_the_time_of_china() -> None:
    other = LockHolder("罗钰", "elsewhere", 1, "2026-11-23T17:30:00+00:00")
    asking = LockHolder("李晶鑫", "here", 2, "2026-11-24T01:40:00+08:00")
    with pytest.raises(TargetLocked, match=r"从 2026-11-24 01:30 开始，到现在 10 分钟"):
        refuse_unless_dead(write_lock(other), asking)
