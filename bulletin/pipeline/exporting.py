"""`bulletin export`: an issue or an article as a Word file, read back and proven before it is written."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.compose import compose_edition
from bulletin.convert.docx import read_docx
from bulletin.load.article import ARTICLE_LIMIT
from bulletin.load.files import read_bytes
from bulletin.load.folders import article_slugs, issue_path
from bulletin.model.artifact import Artifact
from bulletin.model.errors import UsageError
from bulletin.model.export import Export, SourceState
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, Problem, Span, has_errors, in_order, message
from bulletin.pipeline.addresses import chosen_articles
from bulletin.pipeline.reading import find_issue, read
from bulletin.prove.exported import prove_exported
from bulletin.publish import locked, publish_file
from bulletin.render.docx import DOCX_TYPE, render_docx

_SAVED_ELSEWHERE = {"docProps/app.xml", "docProps/core.xml"}
"""Parts that office programs add when they save a file, and this one never writes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An issue, or one article of it."""

    key: IssueKey
    slug: str = ""

    @property
    def name(self) -> str:
        """What the file is called, without its ending."""
        return f"{self.key}-{self.slug}" if self.slug else str(self.key)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, and how much is in it."""

    path: Path
    articles: int
    size: int


def find_wanted(root: Path, said: str | None) -> Wanted:
    """What is meant by `2026-10` (an issue), `2026-10/3`, `2026-10/03-linxi` or the path of an article's file; nothing said is the newest issue.

    Raises:
        UsageError: There is no such issue or article.
    """
    path = Path(said or "")
    if said is None or (len(path.parts) == 1 and path.suffix != ".md"):
        return Wanted(find_issue(root, said))
    key = find_issue(root, path.absolute().parent.name if path.suffix == ".md" else path.parent.name)
    return Wanted(key, *chosen_articles(article_slugs(root, key), (path.name,)))


def export_word(root: Path, wanted: Wanted, target: Path) -> Outcome[Exported]:
    """Makes the Word file `target`; without a value nothing was written, and the problems say why.

    Raises:
        UsageError: There is a file that somebody has saved in another program since it was exported.
        CannotWrite: Disk full, read-only folder, no permission.
    """
    made = make_word(root, wanted)
    if made.value is None:
        return Outcome(None, made.problems)
    export, content = made.value
    with locked(target.parent):
        _keep_edited(target, content)
        path = publish_file(target.parent, Artifact(target.name, DOCX_TYPE, content))
    return Outcome(Exported(path, len(export.articles), len(content)), made.problems)


def make_word(root: Path, wanted: Wanted) -> Outcome[tuple[Export, bytes]]:
    """The Word file, proven, and what it was made from; nothing is written."""
    sources = read(root, wanted.key)
    issue = sources.value
    if issue is None or has_errors(sources.problems):
        return Outcome(None, sources.problems)
    states = _states(root, issue, wanted.slug)
    if states.value is None:
        return Outcome(None, states.problems)
    export = Export(replace(compose_edition(issue), copy_number=""), wanted.slug, states.value)
    content = render_docx(export)
    problems = in_order((*sources.problems, *_prove(export, content, Span(issue_path(wanted.key)))))
    return Outcome(None if has_errors(problems) else (export, content), problems)


def _states(root: Path, issue: Issue, slug: str) -> Outcome[tuple[SourceState, ...]]:
    """The files of the articles as they are."""
    states = []
    for manuscript in issue.manuscripts:
        if slug in ("", manuscript.slug):
            content = read_bytes(root, manuscript.span.path, ARTICLE_LIMIT)
            if content.value is None:
                return Outcome(None, content.problems)
            states.append(SourceState(manuscript.span.path, hashlib.sha256(content.value).hexdigest()))
    return Outcome(tuple(states))


def _prove(export: Export, content: bytes, issue_file: Span) -> tuple[Problem, ...]:
    back = read_docx(content, issue_file.path)
    if back.value is None:
        return back.problems
    return prove_exported(export, back.value, issue_file)


def _keep_edited(target: Path, content: bytes) -> None:
    """What somebody has changed in Word is not overwritten.

    Raises:
        UsageError: The file was saved by another program.
    """
    if not target.exists() or target.read_bytes() == content or not _edited(target.read_bytes()):
        return
    raise UsageError(
        message("“{path}”导出后在别的程序里存过，没有覆盖它", path=str(target)),
        message("要收回其中的改动，先用 bulletin import --update；不要了，就删去或改名，再导出"),
    )


def _edited(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not _SAVED_ELSEWHERE.isdisjoint(archive.namelist())
    except zipfile.BadZipFile:
        return True
