"""What the log of publication says: what was done, and what was public from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.load.issue import load_clearances
from bulletin.model.errors import UsageError
from bulletin.model.problem import message
from bulletin.model.publication_log import LogEvent, LogReport, Period, effects, periods
from bulletin.pipeline.addresses import find_articles, web_path
from bulletin.pipeline.copies.opening import opened, read_settings


@dataclass(frozen=True, slots=True)
class Asked:
    """Which periods are asked for.

    Attributes:
        words: An issue; an address; an issue and an article of it; or letters of a title. Empty: all articles.
        target: The target, empty for all.
        day: The day on which they were public (`2026-11-01`), empty for ever.
    """

    words: tuple[str, ...] = ()
    target: str = ""
    day: str = ""


def read_events(root: Path, target: str, at: str) -> LogReport:
    """What was done to all targets or to one, in the order in which it was recorded.

    Raises:
        UsageError: There is no register, or nothing was ever done to that target.
    """
    with opened(root, read_settings(root), at) as register:
        events, head = register.publications.events(), register.publications.head()
    asked = _of_target(events, target)
    return LogReport(asked, effects(asked), head)


def read_periods(root: Path, asked: Asked, at: str) -> tuple[Period, ...]:
    """The times in which the articles that are asked for were public, by address and target, then as they followed. The sources of an issue
    are not needed, unless an article is named by its file.

    Raises:
        UsageError: There is no register; nothing was ever done to that target; no article is meant by these words, or was ever public.
    """
    events = read_events(root, asked.target, at).events
    found = [each for each in periods(events) if not asked.day or each.covers(asked.day)]
    if asked.words:
        found = _meant(root, asked.words, found)
    return tuple(sorted(found, key=lambda each: (each.article.path, each.target)))


def _of_target(events: tuple[LogEvent, ...], target: str) -> tuple[LogEvent, ...]:
    known = tuple(dict.fromkeys(each.entry.target for each in events))
    if target and target not in known:
        what = message("发布记录里没有“{target}”这个目标", target=target)
        raise UsageError(what, message("记着的目标：{known}", known=known) if known else message("还没有发布过"))
    return tuple(each for each in events if target in ("", each.entry.target))


def _meant(root: Path, words: tuple[str, ...], found: Sequence[Period]) -> list[Period]:
    """The periods of an issue, of an article by its address or file, or of articles with such a title."""
    issue, *articles = words
    paths = _paths_of(root, issue, articles) if articles else (web_path(issue),)
    if all(paths):
        return [each for each in found if f"{each.article.path}/".startswith(tuple(f"{path}/" for path in paths))]
    return [each for each in found if issue in each.article.title]


def _paths_of(root: Path, issue: str, articles: Sequence[str]) -> tuple[str, ...]:
    """The addresses that articles of an issue ever had; their file may be gone, the log of clearances must be there.

    Raises:
        UsageError: There is no such issue, or an article was never cleared.
    """
    key, slugs = find_articles(root, issue, articles)
    log = load_clearances(root, key).value or ()
    numbers = {each.number for each in log if each.slug in slugs}
    if not numbers:
        what = message("{issue} 里没有审签过“{article}”", issue=str(key), article="、".join(slugs))
        raise UsageError(what, message("用 bulletin clear {issue} --log 查看各篇的网址", issue=str(key)))
    return tuple(f"{key.web_path}/{number:02}" for number in sorted(numbers))
