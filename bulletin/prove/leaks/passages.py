"""Long passages of cleared articles, which stand in many files as they were written: read once, and not again in every file."""

from __future__ import annotations

import re
from collections.abc import Collection

from bulletin.model.issue import Issue
from bulletin.prove.leaks.letters import APART, LONG
from bulletin.prove.leaks.written import article_body

_HAN = r"\u4e00-\u9fff"
_EDGE = re.compile(rf"(?:[^{_HAN}]*+[{_HAN}]){{{LONG},}}?(?=[{_HAN}])")
"""The beginning of a passage up to a place between two Han, with as many letters as any shingle that goes on beyond its ends."""
_LEAST = 75
"""Characters of a passage from which on it is worth while."""
_NOT_PLAIN = re.compile(r"[<>&\\\"/@\x00-\x1f]|%[0-9a-fA-Fu]|[!-~]{20}")
"""What may be an escape, a tag, a path, something packed: such a passage is read everywhere."""
_CUT = f"{APART}|{APART}"
"""Stands where the middle of a passage is left out: no text, no number and no name goes across it."""


def told_passages(issue: Issue, cleared: Collection[str]) -> dict[str, str]:
    """The long plain paragraphs of the cleared articles, each with its two ends, by which alone it could say more together with its neighbours.

    All else that is in such a paragraph is what the article may tell, by `secrets_of`.
    """
    articles = (each for each in issue.manuscripts if each.slug in cleared)
    texts = (part.text for article in articles for part in article_body(article))
    return {text: ends for text in texts if (ends := ends_of(text))}


def ends_of(text: str) -> str:
    """The ends of a passage with a cut between them; empty where it is to be read whole."""
    if len(text) < _LEAST or _NOT_PLAIN.search(text):
        return ""
    head, tail = _EDGE.match(text), _EDGE.match(text[::-1])
    if not head or not tail or head.end() + tail.end() >= len(text):
        return ""
    return text[: head.end()] + _CUT + text[-tail.end() :]
