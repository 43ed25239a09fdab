"""PUN018 looks at the lists of a whole issue."""

from __future__ import annotations

from typing import cast

import pytest

from bulletin.model.house import EMPTY_HOUSE
from bulletin.model.issue import Issue
from bulletin.proofread.reading import ReadIssue
from bulletin.proofread.rules.punctuation import glued_members
from tests.proofreading import article_of, words_of

APART = "涵盖机关、高校、企业、社区。"


def found(*articles: str) -> list[str]:
    """The words that are found in an issue of these articles; the rule asks nothing else of it."""
    issue = ReadIssue(cast(Issue, None), article_of(), tuple(map(article_of, articles)), EMPTY_HOUSE)
    return words_of(glued_members.RULE.find(issue))


def test_its_page_of_the_manual_is_true() -> None:
    for text in glued_members.MANUAL.bad:
        assert found(*text.split("\n"))
    for text in glued_members.MANUAL.good:
        assert found(APART, *text.split("\n")) == []


@pytest.mark.parametrize(
    "text",
    ["分布在机关、高校企业、社区等领域。", "走访机关、社区、高校企业等。", "走访机关、企业高校、社区。"],
)
def test_members_that_stand_apart_elsewhere(text: str) -> None:
    assert found(APART, text) in (["高校企业"], ["企业高校"])


@pytest.mark.parametrize(
    "text",
    [
        "走访高校企业，收集意见。",
        "走访机关、高校企业家、社区等。",
        "面对新任务、新要求，解决新情况、新问题，把新任务新要求、老办法落到实处。",
        "涵盖机关、高校企业、社区。走访机关、高校企业、社区。",
    ],
)
def test_what_is_one_member_on_purpose(text: str) -> None:
    assert found(APART, text) == []
