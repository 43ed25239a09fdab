"""Every page of the manual is true: its bad examples are found, its good ones are not, by any rule."""

from __future__ import annotations

import pytest

from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules import RULES
from tests.proofreading import found, knowing, mended, words_of

ARTICLE_RULES = [rule for rule in RULES if isinstance(rule, ArticleRule)]


def test_codes_are_given_once() -> None:
    codes = [rule.manual.code for rule in RULES]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("rule", ARTICLE_RULES, ids=lambda rule: rule.manual.code)
def test_bad_examples_are_found(rule: ArticleRule) -> None:
    for text in rule.manual.bad:
        findings = found(rule, *text.split("\n"), house=knowing(rule.manual.given))
        assert findings, text
        assert {finding.code for finding in findings} == {rule.manual.code}


@pytest.mark.parametrize("rule", ARTICLE_RULES, ids=lambda rule: rule.manual.code)
def test_good_examples_are_not_found(rule: ArticleRule) -> None:
    for other in RULES:
        house = knowing(other.manual.given)
        for text in other.manual.good:
            assert words_of(found(rule, *text.split("\n"), house=house)) == [], f"{other.manual.code}: {text}"


@pytest.mark.parametrize("rule", ARTICLE_RULES, ids=lambda rule: rule.manual.code)
def test_what_is_mended_is_not_found_again(rule: ArticleRule) -> None:
    house = knowing(rule.manual.given)
    for text in rule.manual.bad:
        if "\n" not in text:
            now = mended(text, found(rule, text, house=house))
            assert [finding.words.content for finding in found(rule, now, house=house) if finding.fix] == []
