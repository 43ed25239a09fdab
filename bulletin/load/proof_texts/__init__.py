"""The files of an issue to what a proofreader reads: each text as it is printed, every character with its line and column."""

from __future__ import annotations

from pathlib import Path

from bulletin.load.article import ARTICLE_LIMIT, split_article
from bulletin.load.encoding import read_text
from bulletin.load.folders import issue_path
from bulletin.load.proof_texts.body import read_body_texts
from bulletin.load.proof_texts.fields import article_fields, issue_fields
from bulletin.load.strict_yaml import parse_yaml
from bulletin.load.yaml_files import YAML_LIMIT
from bulletin.model.article_source import ArticleSource
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.original import Original
from bulletin.model.problem import Problem
from bulletin.model.proof_text import ProofTexts


def load_proof_texts(root: Path, key: IssueKey, issue: Issue) -> tuple[ProofTexts, ...]:
    """The texts of `issue.yaml`, then those of each article that could be read as a manuscript, in their order.

    What cannot be read is passed over: `load_issue` reports it.
    """
    paths = (manuscript.span.path for manuscript in issue.manuscripts)
    return (load_issue_texts(root, key), *(load_article_texts(root, path) for path in paths))


def load_issue_texts(root: Path, key: IssueKey) -> ProofTexts:
    """What is printed of an issue's own fields; its slug is empty."""
    path = issue_path(key)
    return read_issue_texts(read_text(root, path, YAML_LIMIT).value or "", path)


def read_issue_texts(text: str, path: str) -> ProofTexts:
    """The same of the decoded text of `issue.yaml`."""
    return ProofTexts("", path, tuple(issue_fields(text, path)))


def load_article_texts(root: Path, path: str) -> ProofTexts:
    """The texts of the article file `path`, and the remarks in it."""
    return read_article_texts(read_text(root, path, ARTICLE_LIMIT).value or "", path)


def read_article_texts(text: str, path: str) -> ProofTexts:
    """The same of its decoded text."""
    slug = Path(path).stem
    parts = split_article(text, path)
    if isinstance(parts, Problem):
        return ProofTexts(slug, path, ())
    body = read_body_texts(parts.body, path, parts.body_line)
    return ProofTexts(slug, path, (*article_fields(parts.front, path), *body.texts), body.remarks)


def read_article_source(original: Original) -> ArticleSource | None:
    """An article's file with the places of its texts and blocks; `None` where it has no front matter."""
    parts = split_article(original.unified, original.path)
    if isinstance(parts, Problem):
        return None
    body = read_body_texts(parts.body, original.path, parts.body_line)
    dated = parse_yaml(parts.front, original.path, first_line=2).places.get(("date",))
    fields = tuple(article_fields(parts.front, original.path))
    return ArticleSource(original, fields, body.blocks, parts.body_line, dated)
