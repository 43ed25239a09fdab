"""What an import recognised as sources: written, read back, and held against the file, before they are put in their place."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath

from bulletin.compose.highlights import compose_highlights
from bulletin.convert.writing import write_article, write_issue
from bulletin.load.article import load_manuscript, read_manuscript
from bulletin.load.folders import issue_folder, next_article_path
from bulletin.load.issue import load_issue
from bulletin.load.pictures import load_pictures
from bulletin.model.artifact import Artifact
from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.errors import UsageError
from bulletin.model.imported import Imported
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.key import IssueKey
from bulletin.model.problem import Outcome, has_errors, message
from bulletin.model.publication import Publication
from bulletin.prove.imported import prove_imported
from bulletin.publish import publish_folder

_SLUG = re.compile(r"(?!\d+(?:-|$))[a-z0-9]+(?:-[a-z0-9]+)*")
_UNFIT = frozenset({"secrecy"})
"""Codes of what must not be on this machine at all."""


@dataclass(frozen=True, slots=True)
class Written:
    """An import whose draft is in the form in which its sources, which are not on disk yet, say it; `issue.yaml` or the article comes first."""

    imported: Imported
    files: tuple[Artifact, ...]


def write_sources(root: Path, imported: Imported, key: IssueKey, publication: Publication) -> Written:
    """The sources of the issue `key`, or of an article at its end.

    Raises:
        UsageError: The issue has all the articles it can.
    """
    draft = imported.draft
    if isinstance(draft, DraftIssue):
        return _written_issue(imported, draft, key, publication)
    path = next_article_path(root, key, _slug(imported, draft))
    if path is None:
        raise UsageError(message("本期已有 99 篇，不能再加"))
    article = write_article(draft, path, publication.kinds or ())
    return Written(replace(imported, draft=article.draft), article.files)


def _slug(imported: Imported, draft: DraftArticle) -> str:
    """The manuscript's own name where a file here may have it, else that of its kind."""
    name = re.sub(r"[ _.]+", "-", PurePath(imported.document.name).stem.lower())
    return name if _SLUG.fullmatch(name) else draft.slug


def _written_issue(imported: Imported, draft: DraftIssue, key: IssueKey, publication: Publication) -> Written:
    """The issue's sources; 要览 is left to the program where it says what was printed."""
    kinds, copies = publication.kinds or (), _copies(publication, draft.date)
    issue = write_issue(replace(draft, highlights=()), key, copies, kinds)
    if draft.highlights and _generated(issue.files, publication) != _bare(draft.highlights):
        issue = write_issue(draft, key, copies, kinds)
    return Written(replace(imported, draft=issue.draft, unknown=issue.unknown), issue.files)


def _generated(files: tuple[Artifact, ...], publication: Publication) -> list[str]:
    """The lines of 要览 that the program would make."""
    texts = [(each.content.decode(), each.path) for each in files if each.path.endswith(".md")]
    read = [read_manuscript(text, path, publication).value for text, path in texts]
    return _bare(each.text for each in compose_highlights(tuple(each for each in read if each)))


def _bare(texts: Iterable[str]) -> list[str]:
    return ["".join(text.split()) for text in texts]


def _copies(publication: Publication, day: date | None) -> Mapping[str, int]:
    """How many copies go to each name of the list of recipients that day."""
    return {each.name: each.total_on(day) if day else 0 for each in publication.recipients or ()}


def prove_sources(written: Written, key: IssueKey, publication: Publication) -> Outcome[tuple[Manuscript, ...]]:
    """Writes the sources into a folder of their own, reads them back, and holds them against the file.

    Without a value they must not be put in place; with one, the problems are what an editor still has to mend in them.
    """
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        publish_folder(stage, issue_folder(key), written.files)
        read = _read_back(stage, written, key, publication)
    issue, manuscripts = read.value or (None, ())
    unfit = tuple(each for each in read.problems if each.code in _UNFIT)
    if read.value is None or unfit:
        return Outcome(None, unfit or read.problems)
    faults = tuple(prove_imported(written.imported, manuscripts, issue))
    return Outcome(None, faults) if faults else Outcome(manuscripts, read.problems)


def _read_back(
    stage: Path, written: Written, key: IssueKey, publication: Publication
) -> Outcome[tuple[Issue | None, tuple[Manuscript, ...]]]:
    """The issue, if it is a whole one, and its manuscripts; no value where one cannot be read. Of the problems, the errors."""
    if isinstance(written.imported.draft, DraftIssue):
        issue = load_issue(stage, key, publication)
        errors = tuple(each for each in issue.problems if has_errors((each,)))
        if issue.value is None or not issue.value.complete:
            return Outcome(None, errors)
        return Outcome((issue.value, issue.value.manuscripts), errors)
    manuscript = load_manuscript(stage, written.files[0].path, publication)
    if manuscript.value is None:
        return Outcome(None, manuscript.problems)
    pictures = load_pictures(stage, issue_folder(key), [manuscript.value])
    problems = (*manuscript.problems, *pictures.problems)
    return Outcome((None, (manuscript.value,)), tuple(each for each in problems if has_errors((each,))))
