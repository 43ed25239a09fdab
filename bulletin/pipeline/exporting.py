"""`bulletin export`: an issue or articles of it as Word files that leaders can edit; read back and proven before they are written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bulletin.compose import compose_edition
from bulletin.convert.docx import read_docx
from bulletin.load.folders import issue_folder
from bulletin.model.artifact import Artifact
from bulletin.model.edition import Edition
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, has_errors
from bulletin.pipeline.reading import read
from bulletin.prove.exported import prove_exported
from bulletin.publish import publish_file
from bulletin.render.docx import render_docx
from bulletin.render.docx.document import MEDIA_TYPE, Source


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written, and what is to be said of the issue; with errors there are none."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


def export_docx(root: Path, output: Path, key: IssueKey, slugs: tuple[str, ...]) -> Exported:
    """Writes `word/<slug>.docx` for each article named, or `word/<issue>.docx` for the whole issue, below the issue's folder of outputs.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    sources = read(root, key)
    issue = sources.value
    if issue is None or has_errors(sources.problems):
        return Exported((), sources.problems)
    edition = compose_edition(issue)
    artifacts = [_docx(root, edition, key, slug) for slug in slugs or ("",)]
    problems = tuple(problem for artifact in artifacts for problem in _prove(edition, artifact))
    if problems:
        return Exported((), problems)
    return Exported(tuple(publish_file(output, artifact) for artifact in artifacts), ())


def _docx(root: Path, edition: Edition, key: IssueKey, slug: str) -> Artifact:
    named = [article for article in edition.articles if slug in ("", article.slug)]
    sources = tuple(_source(root, f"{issue_folder(key)}/{article.slug}.md") for article in named)
    return Artifact(f"{key}/word/{slug or key}.docx", MEDIA_TYPE, render_docx(edition, sources, slug))


def _source(root: Path, path: str) -> Source:
    return Source(path, hashlib.sha256((root / path).read_bytes()).hexdigest())


def _prove(edition: Edition, artifact: Artifact) -> list[Problem]:
    slug = Path(artifact.path).stem
    only = slug if any(article.slug == slug for article in edition.articles) else ""
    read_back = read_docx(artifact.content, artifact.path)
    if read_back.value is None:
        return list(read_back.problems)
    return prove_exported(edition, only, read_back.value, artifact.path)
