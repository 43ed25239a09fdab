"""New publications, issues and articles, ready to be written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bulletin.load.folders import PUBLICATION_FILE, issue_path, list_issues, next_article_path
from bulletin.load.issue import load_head
from bulletin.load.publication import load_publication, problems_of, read_source, search_path
from bulletin.load.schemas import json_schemas
from bulletin.model.errors import UsageError
from bulletin.model.issue import IssueHead, Regular
from bulletin.model.key import IssueKey
from bulletin.model.problem import has_errors, message
from bulletin.model.publication import Publication
from bulletin.pipeline.folder import require_publication
from bulletin.publish import publish_file, publish_new
from bulletin.render.records import (
    render_article_scaffold,
    render_first_issue,
    render_next_issue,
    render_publication_scaffold,
    render_schemas,
)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def start_publication(root: Path, title: str, publisher: str) -> tuple[str, ...]:
    """Makes the folder of a new publication; returns the paths written.

    Raises:
        UsageError: There is a publication already.
        CannotWrite: The folder cannot be written.
    """
    if (root / PUBLICATION_FILE).exists():
        raise UsageError(message("“{folder}”里已经有刊物了", folder=str(root)))
    templates = search_path(root, "templates")
    wanted = render_publication_scaffold(templates, title, publisher)
    if problems_of(PUBLICATION_FILE, wanted[-1].content):
        raise UsageError(message("刊名或编印单位里有不能用的字符，或者是空的"))
    written = [publish_new(root, artifact) for artifact in wanted if not (root / artifact.path).exists()]
    return (*map(str, written), *write_schemas(root))


def write_schemas(root: Path) -> tuple[str, ...]:
    """Writes the JSON Schemas into `.schemas/`; returns their paths."""
    return tuple(str(publish_file(root, artifact)) for artifact in render_schemas(json_schemas()))


def new_issue(root: Path, day: date, *, supplement: bool) -> tuple[str, str]:
    """Makes the folder of the next issue; returns its path, and the issue that it carries on from (empty for the first).

    Distribution, editors and marking are those of the last regular issue.

    Raises:
        UsageError: `root` is no publication, the last issue cannot be read, or is younger than `day`.
        CannotWrite: The folder cannot be written.
    """
    publication = _publication(root)
    regular = [key for key in list_issues(root) if not key.supplement]
    series = [key for key in list_issues(root) if key.supplement == supplement]
    number = series[-1].number + 1 if series and series[-1].year == day.year else 1
    key = IssueKey(day.year, supplement, number)
    if not regular:
        names = list(publication.recipients_by_name())
        artifact = render_first_issue(publication.templates, key, 1, day, names[0] if names else "")
        return str(publish_new(root, artifact)), ""
    last = _head(root, regular[-1])
    if day < last.date:
        what = message("日期 {day} 早于上一期（{last}，{date}）", day=str(day), last=str(last.key), date=str(last.date))
        raise UsageError(what, message("用 --date 写明本期日期"))
    serial = last.running.serial + 1 if isinstance(last.running, Regular) else 1
    artifact = render_next_issue(read_source(root, issue_path(last.key)), key, serial, day)
    if problems_of(artifact.path, artifact.content):
        what = message("上一期（{key}）issue.yaml 的写法不能自动沿用", key=str(last.key))
        raise UsageError(what, message("把它改成一行一项（number: 7），或复制过来手工改"))
    return str(publish_new(root, artifact)), str(last.key)


def _publication(root: Path) -> Publication:
    require_publication(root)
    outcome = load_publication(root)
    if outcome.value is None or has_errors(outcome.problems):
        raise UsageError(message("刊物的设置有错误"), message("先用 bulletin check 查看并改正"))
    return outcome.value


def _head(root: Path, key: IssueKey) -> IssueHead:
    head = load_head(root, key).value
    if head is None:
        what = message("上一期（{key}）的 issue.yaml 有错误，不能沿用", key=str(key))
        raise UsageError(what, message("先用 bulletin check {key} 查看并改正", key=str(key)))
    return head


@dataclass(frozen=True, slots=True)
class NewArticle:
    """What is wanted: the name of the kind, the title, the file's name without number and ending, the date (the
    issue's where it is left out)."""

    kind: str
    title: str
    slug: str
    day: date | None


def new_article(root: Path, key: IssueKey, wanted: NewArticle) -> str:
    """Adds an article of a kind at the end of the issue; returns its path.

    Raises:
        UsageError: There is no such kind, or the slug is not of lower-case letters, digits and hyphens.
        CannotWrite: The file cannot be written.
    """
    publication = _publication(root)
    kind = publication.kind(wanted.kind)
    if kind is None:
        known = tuple(kind.name for kind in publication.kinds or ())
        raise UsageError(message("没有“{kind}”这种稿件", kind=wanted.kind), message("可以写：{known}", known=known))
    head = load_head(root, key).value
    day = wanted.day or (head.date if head else None)
    if not _SLUG.fullmatch(wanted.slug):
        raise UsageError(message("文件名“{slug}”不合规则", slug=wanted.slug), message("只用小写字母、数字和连字符"))
    path = next_article_path(root, key, wanted.slug)
    if path is None:
        raise UsageError(message("本期已有 99 篇，不能再加"))
    return str(publish_new(root, render_article_scaffold(publication.templates, path, kind, wanted.title, day)))
