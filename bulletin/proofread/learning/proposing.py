"""An entry as it is proposed: with an id, a source, and its examples from the issue."""

from __future__ import annotations

import re

from bulletin.model.house import Entry
from bulletin.model.proof_text import Role, Words
from bulletin.proofread.reading import ReadIssue

_NOT_IN_IDS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_LONGEST_ID = 24
_CLAUSE_ENDS = "。！？；，：\n"
_LONGEST_CLAUSE = 60


def proposed(issue: ReadIssue, words: Words, id_: tuple[str, str], examples: tuple[str, str]) -> Entry:
    """The entry that is proposed because of these words.

    Args:
        issue: The issue that they stand in.
        words: Where the thing is first said.
        id_: What begins the id, and what it is about.
        examples: A bad text, empty if there is none, and a good one.
    """
    kind, about = id_
    bad, good = examples
    name = _NOT_IN_IDS.sub("-", about).strip("-")[:_LONGEST_ID].strip("-")
    return Entry(f"{kind}.{name}", _source(issue, words), (bad,) if bad else (), (good,), words.span)


def _source(issue: ReadIssue, words: Words) -> str:
    """第7期《以改革创新精神抓好党建》（issues/2020-07/01-liu.md:9）"""
    article = next((part for part in issue.articles if part.slug == words.text.slug), None)
    title = "".join(text.content for text in article.of_role(Role.TITLE)) if article else ""
    return f"{issue.issue.head.key}《{title}》（{words.span.path}:{words.span.line}）"


def clause_of(words: Words) -> str:
    """The clause that the words stand in; the words alone where it is long, or its quotation marks are not whole."""
    content = words.text.content
    start = max(content.rfind(mark, 0, words.start) for mark in _CLAUSE_ENDS) + 1
    after = [place for mark in _CLAUSE_ENDS if (place := content.find(mark, words.end)) >= 0]
    clause = content[start : min(after, default=len(content))]
    whole = all(clause.count(one) == clause.count(other) for one, other in ("“”", "（）", "《》", "‘’"))
    return clause if whole and len(clause) <= _LONGEST_CLAUSE else ""
