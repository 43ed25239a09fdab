"""What the program knows to begin with: every entry finds its bad examples, and leaves all good ones alone, whoever's they are."""

from __future__ import annotations

from time import process_time

import pytest

from bulletin.load.house import load_house
from bulletin.load.publication import load_publication
from bulletin.model.house import House, Term
from bulletin.proofread.engine import of_article
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules import RULES, wording
from tests.conftest import REPOSITORY
from tests.proofreading import article_of

BY_DICTIONARY = [rule for rule in wording.RULES if isinstance(rule, ArticleRule)]
ON_ENTRIES = [
    *BY_DICTIONARY,
    *(rule for rule in RULES if rule.manual.code == "QTE003" and isinstance(rule, ArticleRule)),
]


def start() -> House:
    publication = load_publication(REPOSITORY).value
    assert publication is not None
    outcome = load_house(REPOSITORY, publication)
    assert not outcome.problems, outcome.problems[:3]
    assert outcome.value is not None
    return outcome.value


HOUSE = start()
TERMS = {term.entry.id: term for term in HOUSE.terms}


@pytest.mark.parametrize("term", HOUSE.terms, ids=lambda term: term.entry.id)
def test_examples_of_an_entry(term: Term) -> None:
    assert term.entry.source
    assert term.entry.bad
    assert term.entry.good
    for text in term.entry.bad:
        article = article_of(text, house=HOUSE)
        ids = {finding.entry for rule in ON_ENTRIES for finding in of_article(rule, article)}
        assert term.entry.id in ids, text
    for text in term.entry.good:
        article = article_of(text, house=HOUSE)
        found = [(finding.entry, finding.words.content) for rule in ON_ENTRIES for finding in of_article(rule, article)]
        assert found == [], text


@pytest.mark.parametrize("term", HOUSE.terms, ids=lambda term: term.entry.id)
def test_every_wrong_form_is_found_and_none_is_held_by_a_right_word(term: Term) -> None:
    for form in term.forbid:
        ids = {other.entry.id for other in HOUSE.terms_in(form) if other.wrong_in(form)}
        assert term.entry.id in ids, form
    for word in term.not_variants:
        assert term.wrong_in(word) == (), word
        assert any(form in word for form in term.forbid) or not term.forbid, word


def test_a_fix_makes_what_no_entry_forbids() -> None:
    for term in HOUSE.terms:
        for form in term.forbid:
            others = [other.entry.id for other in HOUSE.terms_in(term.preferred) if other.wrong_in(term.preferred)]
            assert others == [], f"{form} → {term.preferred}"


def seconds(content: str) -> float:
    """The time in which all rules of wording read such a text, of several tries the best."""
    best = 1e9
    for _ in range(3):
        article = article_of(content, house=HOUSE)
        start = process_time()
        for rule in BY_DICTIONARY:
            list(of_article(rule, article))
        best = min(best, process_time() - start)
    return best


@pytest.mark.parametrize(
    "unit",
    ["按排名", "按排", "“四个意识”", "政治意识、", "富强、", "据据", "在会上，", "由甲为", "的", "一件", "甲乙丙", "《甲》", "以为主题", "反应情况", "登陆", "2016年", "截止", "原", "国家旅游局", "以习近平同志为总书记的党中央"],
)  # fmt: skip
def test_the_dictionary_is_linear(unit: str) -> None:
    short, long = unit * (5000 // len(unit)), unit * (20000 // len(unit))
    assert any(seconds(long) < 8 * seconds(short) + 0.05 for _ in range(4)), (
        "another process may have had its share of one try"
    )
