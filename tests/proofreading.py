"""Texts to proofread without files, and what was found in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from bulletin.load.house import house_in
from bulletin.load.house.places import read_places
from bulletin.model.finding import Finding
from bulletin.model.house import EMPTY_HOUSE, House
from bulletin.model.proof_text import Anchor, ProofText, ProofTexts, Role
from bulletin.proofread.engine import of_article
from bulletin.proofread.reading import ReadArticle, read_article
from bulletin.proofread.rule import ArticleRule
from tests.conftest import REPOSITORY

DAY = date(2026, 10, 20)


def texts_of(*paragraphs: str, slug: str = "01-report", title: str = "") -> ProofTexts:
    """An article of paragraphs, each on its own line; `## 标题` is a heading, of the level of its signs, `**段首**` at the beginning bold."""
    texts = []
    path = f"issues/2026-10/{slug}.md"
    if title:
        texts.append(ProofText(path, slug, Role.TITLE, title, (Anchor(0, 2, 8),), field="title.0"))
    for number, paragraph in enumerate(paragraphs):
        content = paragraph.lstrip("#").lstrip()
        level = max(0, len(paragraph) - len(paragraph.lstrip("#")) - 1)
        role = Role.HEADING if level else Role.PARAGRAPH
        anchor = Anchor(0, 6 + 2 * number, len(paragraph) - len(content) + 1)
        bold, rest = content[2:].split("**", 1) if content.startswith("**") and "**" in content[2:] else ("", content)
        strong = ((0, len(bold)),) if bold else ()
        texts.append(ProofText(path, slug, role, bold + rest, (anchor,), level, strong=strong))
    return ProofTexts(slug, path, tuple(texts))


def article_of(*paragraphs: str, house: House = EMPTY_HOUSE, title: str = "", day: date = DAY) -> ReadArticle:
    """The same as rules look at it."""
    return read_article(texts_of(*paragraphs, title=title), house, day)


@cache
def knowing(text: str) -> House:
    """A house that knows what such a text says, as the files of `house/` do, and China's places."""
    outcome = house_in(text, "house of a test")
    assert not outcome.problems, outcome.problems
    assert outcome.value is not None
    places = read_places((REPOSITORY / "assets/house/places.txt").read_text("utf-8"))
    return replace(outcome.value, places=places.names, belongings=places.belongings)


def found(rule: ArticleRule, *paragraphs: str, house: House = EMPTY_HOUSE, title: str = "") -> tuple[Finding, ...]:
    """What a rule finds in such an article."""
    return tuple(of_article(rule, article_of(*paragraphs, house=house, title=title)))


def words_of(findings: Iterable[Finding]) -> list[str]:
    """The words of each finding."""
    return [finding.words.content for finding in findings]


def mended(text: str, findings: Iterable[Finding]) -> str:
    """The text with all fixes written into it."""
    fixes = [finding.fix for finding in findings if finding.fix]
    for fix in sorted(fixes, key=lambda fix: fix.words.start, reverse=True):
        text = text[: fix.words.start] + fix.replacement + text[fix.words.end :]
    return text
