"""Removing kept releases that are too many."""

from __future__ import annotations

from bulletin.model.problem import message
from bulletin.pipeline.publishing.switching import Course


def prune_kept(course: Course, live: str, keep: int) -> tuple[str, ...]:
    """Removes all kept releases but the live one and the newest, `keep` in all; returns the names of those that went."""
    others = [name for name in course.target.kept() if name != live]
    return remove_kept(course, tuple(others[keep - 1 :]))


def remove_kept(course: Course, names: tuple[str, ...], note: str = "") -> tuple[str, ...]:
    """Removes these, and enters that they went."""
    if names:
        course.progress(message("正在删去 {count} 个旧版", count=len(names)))
        course.target.remove(names)
        course.log.enter_removed(names, note)
    return names
