"""What lies in a publication's folders: issues, articles, and names that would be passed over in silence."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Span, error, hint, message, warning

PUBLICATION_FILE = "bulletin.yaml"
ISSUES_FOLDER = "issues"
ISSUE_FILE = "issue.yaml"
CLEARANCES_FILE = "clearances.yaml"
SIGNOFF_FILE = "signoff.yaml"
ANCHOR_FILE = "copies.yaml"
DECISIONS_FILE = "decisions.yaml"
MOST_ARTICLES = 99
ARTICLE_NAME = re.compile(r"(?P<order>\d{2})-(?P<slug>[a-z0-9]+(-[a-z0-9]+)*)\.md")
_MANUSCRIPT_ELSEWHERE = re.compile(r"(?i)[^.~].*\.(docx?|wps|rtf|odt|txt)")
_MEANT_AS_ARTICLE = re.compile(r"(?i).+\.(md|markdown|md\.txt)")


@dataclass(frozen=True, slots=True)
class IssueFolders:
    """What lies in `issues/`: the keys of all issues, oldest first, supplements after the regular issues of their year; and the
    names of folders that are no issue."""

    keys: tuple[IssueKey, ...]
    strange: tuple[str, ...]

    def beside(self, key: IssueKey) -> tuple[IssueKey, ...]:
        """The issues just before and just after this one in its own series (regular or supplement)."""
        series = [other for other in self.keys if other.supplement == key.supplement]
        at = bisect_left(series, key)
        return (*series[max(0, at - 1) : at], *series[at + 1 : at + 2])


def list_folders(root: Path) -> IssueFolders:
    """The folders in `issues/`."""
    parsed = {name: IssueKey.parse(name) for name in _folders(root)}
    keys = {key: name for name, key in parsed.items() if key is not None and str(key) == name}
    strange = sorted(parsed.keys() - keys.values())
    return IssueFolders(tuple(sorted(keys, key=attrgetter("year", "supplement", "number"))), tuple(strange))


def list_issues(root: Path) -> tuple[IssueKey, ...]:
    """The keys of all issues; see `IssueFolders`."""
    return list_folders(root).keys


def issue_folder(key: IssueKey) -> str:
    """The issue's folder, relative to the publication."""
    return f"{ISSUES_FOLDER}/{key}"


def issue_path(key: IssueKey) -> str:
    """The path of the issue's `issue.yaml`, relative to the publication."""
    return f"{issue_folder(key)}/{ISSUE_FILE}"


def clearances_path(key: IssueKey) -> str:
    """The path of the issue's log of clearances, relative to the publication."""
    return f"{issue_folder(key)}/{CLEARANCES_FILE}"


def decisions_path(key: IssueKey) -> str:
    """The path of what editors decided about the proofreader's findings, relative to the publication."""
    return f"{issue_folder(key)}/{DECISIONS_FILE}"


def list_articles(root: Path, key: IssueKey) -> tuple[str, ...]:
    """The names of the files in the issue's folder that are, or are meant as, articles."""
    names = os.listdir(root / issue_folder(key))
    return tuple(sorted(name for name in names if _MEANT_AS_ARTICLE.fullmatch(name) and not name.startswith(".")))


def article_slugs(root: Path, key: IssueKey) -> tuple[str, ...]:
    """The names of the issue's article files without their ending."""
    return tuple(Path(name).stem for name in list_articles(root, key))


def next_article_path(root: Path, key: IssueKey, slug: str) -> str | None:
    """The path for one more article at the end of the issue; none where it has all the articles it can."""
    orders = [int(name[:2]) for name in list_articles(root, key) if ARTICLE_NAME.fullmatch(name)]
    following = max(orders, default=0) + 1
    return f"{issue_folder(key)}/{following:02}-{slug}.md" if following <= MOST_ARTICLES else None


def check_names(root: Path, key: IssueKey, folders: IssueFolders) -> Iterator[Problem]:
    """Folders and files whose names keep them from being an issue or an article."""
    for name in folders.strange:
        what = message("文件夹“{name}”不会当作一期", name=name)
        advice = message("改成 年-两位期号，如 2026-07；增刊 2026-s1")
        yield warning("issue-folder", Span(f"{ISSUES_FOLDER}/{name}"), what, advice)
    for name in sorted(os.listdir(root / issue_folder(key))):
        if _MANUSCRIPT_ELSEWHERE.fullmatch(name) and not _MEANT_AS_ARTICLE.fullmatch(name):
            what = message("“{name}”不会收进本期", name=name)
            advice = message("稿件要是 Markdown 文本：另存成 03-名称.md")
            yield hint("stray-file", Span(f"{issue_folder(key)}/{name}"), what, advice)
    yield from _check_article_names(issue_folder(key), list_articles(root, key))


def _folders(root: Path) -> list[str]:
    """The folders in `issues/`, and links to folders, which `load_issue` refuses (safety, row 16)."""
    if not (root / ISSUES_FOLDER).is_dir():
        return []
    with os.scandir(root / ISSUES_FOLDER) as entries:
        return [each.name for each in entries if each.is_dir() and not each.name.startswith(".")]


def _check_article_names(folder: str, names: tuple[str, ...]) -> Iterator[Problem]:
    if not names:
        what = message("本期还没有文章")
        yield error("issue-empty", Span(folder), what, message("用 bulletin new article 新建，或放入 01-名称.md"))
    if len(names) > MOST_ARTICLES:
        yield error("issue-size", Span(folder), message("本期文章超过 {most} 篇", most=MOST_ARTICLES))
    orders: dict[str, str] = {}
    for name in names:
        found = ARTICLE_NAME.fullmatch(name)
        if not found:
            advice = message("用两位序号加小写拼音或英文，如 03-shenyang.md")
            yield error("article-name", Span(f"{folder}/{name}"), message("文章的文件名不合规则"), advice)
            continue
        order = found["order"]
        if order in orders:
            what = message("序号 {order} 与“{other}”重复", order=order, other=orders[order])
            yield error("article-order", Span(f"{folder}/{name}"), what, message("改一个文件的序号"))
        orders.setdefault(order, name)


def builtin_folder(name: str) -> Path:
    """Where the built-in `templates` or `assets` lie: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
