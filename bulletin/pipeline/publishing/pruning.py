"""Removing kept releases that are too many."""

from __future__ import annotations

from pathlib import Path

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.release import Release
from bulletin.pipeline.publishing.switching import Course
from bulletin.pipeline.publishing.targets import read_release

_HELD_IT = "含有撤下的文章"
"""The reason in the log, which is kept as it is written."""


def prune_kept(course: Course, live: str, keep: int) -> tuple[str, ...]:
    """Removes all kept releases but the live one and the newest, `keep` in all; returns the names of those that went."""
    others = [name for name in course.target.kept() if name != live]
    return remove_kept(course, tuple(others[keep - 1 :]))


def remove_kept(course: Course, names: tuple[str, ...], note: str = "") -> tuple[str, ...]:
    """Enters that these go, and removes them."""
    if names:
        course.progress(message("正在删去 {count} 个旧版", count=len(names)))
        course.log.enter_removed(names, note)
        course.target.remove(names)
    return names


def remove_withdrawn(root: Path, course: Course, live: Release) -> tuple[str, ...]:
    """Removes the kept releases that hold what is withdrawn, or of which nobody can say that they do not, and all that broken attempts left;
    returns their names."""
    withdrawn = {path for path, _ in live.withdrawn}
    if not withdrawn:
        return ()
    found = []
    for name in course.target.kept():
        try:
            release = read_release(root, course.target, course.settings, name)
            holds = any(each.path in withdrawn for each in release.articles)
        except TargetUnavailable:
            holds = True
        if holds and name != live.name:
            found.append(name)
    removed = remove_kept(course, tuple(found), _HELD_IT)
    course.target.sweep()
    return removed
