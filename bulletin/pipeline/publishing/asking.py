"""What the log of publication says: what was done, and what was public from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.load.folders import article_slugs
from bulletin.load.issue import load_clearances
from bulletin.load.publication import load_publication
from bulletin.model.audience import Audience
from bulletin.model.errors import UsageError
from bulletin.model.problem import message
from bulletin.model.publication_log import LogEvent, LogReport, Period, effects, periods
from bulletin.model.target import KitPlace
from bulletin.pipeline.addresses import chosen_articles, web_path
from bulletin.pipeline.copies.opening import opened, read_settings
from bulletin.pipeline.reading import find_issue


@dataclass(frozen=True, slots=True)
class Asked:
    """Which periods are asked for.

    Attributes:
        words: An issue or an address, and articles of it by address, file, or the number that its file begins with; or letters of a title. Empty:
            all articles.
        target: The target, empty for all.
        day: The day in China on which they were public (`2026-11-01`), empty for ever.
        live: True for what is public now.
    """

    words: tuple[str, ...] = ()
    target: str = ""
    day: str = ""
    live: bool = False


@dataclass(frozen=True, slots=True)
class _Meant:
    """What an editor means: everything below these addresses on all targets; below those others where everybody reads it."""

    paths: tuple[str, ...]
    public_paths: tuple[str, ...] = ()

    def has(self, period: Period) -> bool:
        path = f"{period.article.path}/"
        paths = (*self.paths, *self.public_paths) if period.public or period.handed_over else self.paths
        return path.startswith(tuple(f"{each}/" for each in paths))


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
    are not needed, unless an article is named by its file. Whom a target is for is what `bulletin.yaml` says now.

    Raises:
        UsageError: There is no register; nothing was ever done to that target; no article is meant by these words, or was ever public.
    """
    audiences = _audiences(root)
    every = periods(read_events(root, asked.target, at).events)
    found = [
        replace(each, audience=audiences.get(each.target))
        for each in every
        if not (asked.day and not each.covers(asked.day)) and not (asked.live and each.until)
    ]
    if asked.words:
        found = _meant(root, asked.words, found)
    return tuple(sorted(found, key=lambda each: (each.article.path, each.target)))


def _of_target(events: tuple[LogEvent, ...], target: str) -> tuple[LogEvent, ...]:
    known = tuple(dict.fromkeys(each.entry.target for each in events))
    if target and target not in known:
        what = message("发布记录里没有“{target}”这个目标", target=target)
        raise UsageError(what, message("记着的目标：{known}", known=known) if known else message("还没有发布过"))
    return tuple(each for each in events if target in ("", each.entry.target))


def _audiences(root: Path) -> dict[str, Audience]:
    """Whom each target is for, as far as the settings can be read; a kit is for nobody yet."""
    publication = load_publication(root).value
    targets = publication.targets if publication else ()
    return {each.name: each.audience for each in targets if not isinstance(each.place, KitPlace)}


def _meant(root: Path, words: tuple[str, ...], found: Sequence[Period]) -> list[Period]:
    """The periods of an issue, of articles by addresses or files, or of articles with such a title."""
    issue, *articles = words
    path = web_path(issue)
    if not path and not articles:
        return [each for each in found if issue in each.article.title]
    meant = _articles(root, issue, articles) if articles else _Meant((path,))
    return [each for each in found if meant.has(each)]


def _articles(root: Path, issue: str, articles: Sequence[str]) -> _Meant:
    """Articles of an issue; one that is named by its file is meant where its public address is: on the intranet others have that number.

    Raises:
        UsageError: There is no such issue or article; an address is one of another issue.
    """
    key = "/".join(web_path(issue).split("/")[:2]) or find_issue(root, issue).web_path
    paths = [each for each in map(web_path, (issue, *articles)) if each.count("/") > 1]
    for said in articles:
        path = web_path(said)
        if path and not path.startswith(f"{key}/"):
            what = message("“{said}”不是 {issue} 的文章", said=said, issue=key.replace("/", "-"))
            raise UsageError(what, message("一次只写一期的文章"))
    files = [each for each in articles if not web_path(each)]
    return _Meant(tuple(paths), _public_paths(root, key.replace("/", "-"), files) if files else ())


def _public_paths(root: Path, issue: str, files: Sequence[str]) -> tuple[str, ...]:
    """The public addresses that articles of an issue ever had; their file may be gone, the log of clearances must be there.

    Raises:
        UsageError: There is no such issue or article, or none was ever cleared.
    """
    key = find_issue(root, issue)
    log = load_clearances(root, key).value or ()
    slugs = chosen_articles({*article_slugs(root, key), *(each.slug for each in log)}, files)
    numbers = {each.number for each in log if each.slug in slugs}
    if not numbers:
        article = "、".join(sorted(slugs))
        what = message("{issue} 里没有审签过“{article}”", issue=str(key), article=article)
        raise UsageError(what, message("用 bulletin clear {issue} --log 查看各篇的网址", issue=str(key)))
    return tuple(f"{key.web_path}/{number:02}" for number in sorted(numbers))
