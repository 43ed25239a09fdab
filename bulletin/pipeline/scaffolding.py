"""New publications, issues and articles, ready to be written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bulletin.load import (
    PUBLICATION_FILE,
    issue_path,
    json_schemas,
    list_issues,
    load_head,
    load_publication,
    next_article_path,
    read_source,
    search_path,
)
from bulletin.model.errors import UsageError
from bulletin.model.issue import IssueHead, IssueKey, Regular
from bulletin.model.problem import has_errors, message
from bulletin.model.publication import Publication
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
    artifacts = render_publication_scaffold(templates, title, publisher)
    written = [publish_new(root, artifact) for artifact in artifacts]
    return (*map(str, written), *write_schemas(root))


def write_schemas(root: Path) -> tuple[str, ...]:
    """Writes the JSON Schemas into `.schemas/`; returns their paths."""
    return tuple(str(publish_file(root, artifact)) for artifact in render_schemas(json_schemas()))


def new_issue(root: Path, day: date, *, supplement: bool) -> str:
    """Makes the folder of the next issue; distribution, editors and marking are those of the last. Returns its path.

    Raises:
        UsageError: `root` is no publication, or the last issue cannot be read.
        CannotWrite: The folder cannot be written.
    """
    publication = _publication(root)
    regular = [key for key in list_issues(root) if not key.supplement]
    series = [key for key in list_issues(root) if key.supplement == supplement]
    if not regular:
        key, names = IssueKey(day.year, supplement, 1), list(publication.recipients_by_name())
        artifact = render_first_issue(publication.templates, key, 1, day, names[0] if names else "")
        return str(publish_new(root, artifact))
    last = _head(root, regular[-1])
    serial = last.running.serial + 1 if isinstance(last.running, Regular) else 1
    number = series[-1].number + 1 if series and series[-1].year == day.year else 1
    text = read_source(root, issue_path(last.key))
    return str(publish_new(root, render_next_issue(text, IssueKey(day.year, supplement, number), serial, day)))


def _publication(root: Path) -> Publication:
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
    """What is wanted: the name of the kind, the title, the file's name without number and ending, the date."""

    kind: str
    title: str
    slug: str
    day: date


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
    if not _SLUG.fullmatch(wanted.slug):
        raise UsageError(message("文件名“{slug}”不合规则", slug=wanted.slug), message("只用小写字母、数字和连字符"))
    path = next_article_path(root, key, wanted.slug)
    return str(publish_new(root, render_article_scaffold(publication.templates, path, kind, wanted.title, wanted.day)))
