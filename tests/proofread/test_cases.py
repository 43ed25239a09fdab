"""Further cases of each rule, as data: `cases/<code>.yaml` says which words are found, what the text is when mended, and what is left alone.

A case is `{text, words, mended?, title?, role?}`; a text may have several paragraphs, one a line. A good one may be the text alone. What the house
must know for the cases of a file stands under its `house`, as in the files of `house/`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest
import yaml

from bulletin.model.finding import Finding
from bulletin.model.house import House
from bulletin.model.proof_text import ProofTexts, Role
from bulletin.proofread.engine import of_article
from bulletin.proofread.reading import ReadArticle, read_article
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules import RULES
from tests.proofreading import DAY, knowing, mended, texts_of, words_of

CASES = Path(__file__).parent / "cases"
ARTICLE_RULES = {rule.manual.code: rule for rule in RULES if isinstance(rule, ArticleRule)}


@dataclass(frozen=True)
class Case:
    rule: ArticleRule
    text: str
    words: list[str]
    mended: str | None
    title: str
    role: Role
    house: House

    @cached_property
    def article(self) -> ReadArticle:
        texts = texts_of(*self.text.rstrip("\n").split("\n"), title=self.title)
        body = tuple(replace(text, role=self.role) if text.role is Role.PARAGRAPH else text for text in texts.texts)
        return read_article(ProofTexts(texts.slug, texts.path, body), self.house, DAY)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(of_article(self.rule, self.article))


def cases(kind: str) -> list[object]:
    """The cases of all files, each with a name."""
    found: list[object] = []
    for path in sorted(CASES.glob("*.yaml")):
        rule = ARTICLE_RULES.get(path.stem)
        said = yaml.safe_load(path.read_text("utf-8"))
        house = knowing(said.get("house", ""))
        for number, case in enumerate(said[kind] if rule else ()):
            found.append(pytest.param(case_of(rule, case, house), id=f"{path.stem}-{number}"))
    return found


def case_of(rule: ArticleRule, case: str | dict[str, object], house: House) -> Case:
    given = {"text": case} if isinstance(case, str) else case
    assert not given.keys() - {"text", "words", "mended", "title", "role"}, given
    return Case(
        rule,
        given["text"],
        given.get("words", []),
        given.get("mended"),
        given.get("title", ""),
        Role(given.get("role", "paragraph")),
        house,
    )


def after(case: Case) -> str:
    """The paragraphs with all fixes written into them, safe and unsafe."""
    paragraphs = [text.text for text in case.article.texts if not text.text.field]
    return "\n".join(
        "#" * (text.level + 1) * bool(text.level)
        + " " * bool(text.level)
        + mended(text.content, [finding for finding in case.findings if finding.words.text == text])
        for text in paragraphs
    )


def test_each_file_is_that_of_a_rule() -> None:
    assert {path.stem for path in CASES.iterdir()} <= {rule.manual.code for rule in RULES}


@pytest.mark.parametrize("case", cases("bad"))
def test_these_words_are_found(case: Case) -> None:
    assert words_of(case.findings) == case.words, case.text
    assert case.words, "a bad case says which words are found"


@pytest.mark.parametrize("case", cases("bad"))
def test_it_is_mended_so(case: Case) -> None:
    assert case.mended is None or after(case) == case.mended.rstrip("\n")


@pytest.mark.parametrize("case", cases("bad"))
def test_a_fix_makes_nothing_new(case: Case) -> None:
    afterwards = replace(case, text=case.mended or case.text)
    assert codes(afterwards) <= codes(case)


def codes(case: Case) -> set[str]:
    """Which rules find something in a case."""
    return {finding.code for rule in ARTICLE_RULES.values() for finding in of_article(rule, case.article)}


@pytest.mark.parametrize("case", cases("good"))
def test_these_are_left_alone(case: Case) -> None:
    assert words_of(case.findings) == [], case.text
