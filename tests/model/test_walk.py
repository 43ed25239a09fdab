"""Walking through prose: a shortcut past what cannot hold the wanted part passes by nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from bulletin.compose import compose_edition
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model import prose
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue
from bulletin.model.problem import Span
from bulletin.model.walk import visible_text, walk
from tests.conftest import REPOSITORY

KINDS = tuple(
    kind
    for name, kind in sorted(vars(prose).items())
    if is_dataclass(kind) and isinstance(kind, type) and name != "Span"
)


@pytest.fixture(scope="module")
def sample() -> Issue:
    """The sample issue."""
    publication = load_publication(REPOSITORY).value
    assert publication is not None
    issue = load_issue(REPOSITORY, list_issues(REPOSITORY)[-1], publication).value
    assert issue is not None
    return issue


@pytest.fixture(scope="module")
def sample_edition(sample: Issue) -> Edition:
    """It as composed for print."""
    return compose_edition(sample)


def everything(value: object) -> Iterator[object]:
    """Every part of `value`, asked of each object anew."""
    yield value
    if isinstance(value, tuple):
        for item in value:
            yield from everything(item)
    elif is_dataclass(value) and not isinstance(value, Span):
        for part in fields(value):
            yield from everything(getattr(value, part.name))


@pytest.mark.parametrize("kind", [*KINDS, str, int, Span, object], ids=lambda kind: kind.__name__)
def test_walk_passes_by_nothing(kind: type, sample: Issue, sample_edition: Edition) -> None:
    for value in (sample.manuscripts, sample_edition.articles, *RARE):
        assert list(walk(value, kind)) == [part for part in everything(value) if isinstance(part, kind)]


def test_several_kinds_at_once(sample_edition: Edition) -> None:
    for wanted in ((prose.Figure, prose.Table), (prose.Table, prose.Text), (prose.Paragraph, Span), (prose.Note, str)):
        parts = [part for part in everything(sample_edition.articles) if isinstance(part, wanted)]
        assert list(walk(sample_edition.articles, wanted)) == parts
        assert parts


PLACE = Span("01-a.md", 7)
WORDS = (prose.Text("甲"), prose.Strong((prose.Emphasis((prose.Code("乙"),)),)))
CELL = prose.SetCell(WORDS, "left")
FIGURE = prose.Figure("a.png", "丙", "丁", PLACE)
QUOTE = prose.Quote((prose.Paragraph(WORDS, PLACE), FIGURE, prose.ItemList(True, (prose.ListItem("1.", (FIGURE,)),))))
RARE: tuple[object, ...] = (
    QUOTE,
    prose.Table((WORDS,), ((WORDS,), (WORDS,)), ("left",), PLACE),
    prose.SetTable((20.0,), prose.SetRow((CELL,), 1), (prose.SetRow((CELL,), 2),)),
    prose.RunInHeading(2, WORDS, (prose.Note(1, WORDS), prose.LineBreak()), "s-1", PLACE),
    (prose.NoteText("a", (prose.Link("https://x", WORDS, PLACE), prose.NoteRef("b", PLACE)), PLACE),),
)
"""What the sample issue has not, and what only typeset editions have."""


def test_visible_text_has_no_addresses_and_no_notes() -> None:
    link = prose.WebLink("https://example.cn", (prose.Text("网页"),))
    note = prose.Note(1, (prose.Text("注文"),))
    assert visible_text((prose.Paragraph((prose.Text("见"), link, note), PLACE), FIGURE)) == "见网页丁"
