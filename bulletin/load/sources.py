"""An issue's sources as they may be attached to its PDF: without remarks, which are for editors and reach no output."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from bulletin.load.article import ARTICLE_LIMIT, split_article
from bulletin.load.encoding import read_text
from bulletin.load.folders import ISSUE_FILE, issue_folder, list_articles
from bulletin.load.markdown import parse_markdown
from bulletin.load.yaml_files import YAML_LIMIT
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem
from bulletin.model.publication import SourceFile

_COMMENT = re.compile("<!--.*?-->", re.DOTALL)


def load_sources(root: Path, key: IssueKey) -> tuple[SourceFile, ...]:
    """`issue.yaml` and the articles of an issue that has no errors, in UTF-8 without remarks.

    Nothing of `house/`, and no clearances: they are the bureau's own, not the issue's.
    """
    issue = read_text(root, f"{issue_folder(key)}/{ISSUE_FILE}", YAML_LIMIT).value or ""
    sources = [SourceFile(ISSUE_FILE, "application/yaml", plain_yaml(issue).encode())]
    for name in list_articles(root, key):
        text = read_text(root, f"{issue_folder(key)}/{name}", ARTICLE_LIMIT).value or ""
        sources.append(SourceFile(name, "text/markdown", plain_article(text, name).encode()))
    return tuple(sources)


def load_raw_sources(root: Path, key: IssueKey) -> tuple[tuple[str, str | None], ...]:
    """Path and text of `issue.yaml` and of each article's file as they stand, also where they have errors; no text where a file cannot be
    read at all."""
    names = (
        name for name in (ISSUE_FILE, *list_articles(root, key)) if os.path.lexists(root / issue_folder(key) / name)
    )
    paths = (f"{issue_folder(key)}/{name}" for name in names)
    return tuple((path, read_text(root, path, ARTICLE_LIMIT).value) for path in paths)


def plain_article(text: str, path: str) -> str:
    """An article's file without the remarks in its front matter and its body."""
    parts = split_article(text, path)
    if isinstance(parts, Problem):
        return ""
    return f"---\n{plain_yaml(parts.front + chr(10))}---\n{plain_markdown(parts.body)}"


def plain_markdown(text: str) -> str:
    """The text without comments; what looks like one in code is code."""
    plain, start = text, 0
    for content in _comments(text):
        comment = f"<!--{content}-->"
        at = plain.find(comment, start)
        if at >= 0:
            plain, start = plain[:at] + plain[at + len(comment) :], at
    return _COMMENT.sub("", plain) if any(_comments(plain)) else plain


def _comments(text: str) -> Iterator[str]:
    for token in parse_markdown(text):
        for each in (token, *(token.children or ())):
            if each.type in ("comment", "comment_inline"):
                yield each.content


def plain_yaml(text: str) -> str:
    """The text without what follows a `#` outside its values."""
    values = [
        range(token.start_mark.index, token.end_mark.index)
        for token in yaml.scan(text, Loader=yaml.SafeLoader)
        if isinstance(token, yaml.ScalarToken)
    ]
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        hashes = (found.start() for found in re.finditer(r"(?<!\S)#", line))
        cut = next((at for at in hashes if not any(start + at in value for value in values)), None)
        start += len(line)
        if cut is None:
            lines.append(line)
        elif line[:cut].strip():
            lines.append(line[:cut].rstrip() + "\n")
    return "".join(lines)
