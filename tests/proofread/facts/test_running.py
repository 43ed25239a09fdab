"""Quotations that run over several paragraphs."""

from __future__ import annotations

import pytest

from bulletin.model.house import EMPTY_HOUSE
from bulletin.proofread.facts.zones import ZoneKind
from bulletin.proofread.reading import read_article
from tests.proofreading import DAY, texts_of


def quotations(*paragraphs: str) -> list[list[str]]:
    article = read_article(texts_of(*paragraphs), EMPTY_HOUSE, DAY)
    return [
        [text.content[zone.start : zone.end] for zone in text.zones if zone.kind is ZoneKind.QUOTATION]
        for text in article.texts
    ]


def test_each_paragraph_of_a_quotation_is_one() -> None:
    assert quotations("他写道：“甲“乙”丙", "“丁", "“戊”。", "己“庚”") == [["“甲“乙”丙"], ["“丁"], ["“戊”"], []]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("开展“甲活动。", "“五老”讲解团来了。"),  # the mark was forgotten
        ("“甲活动。", "乙”。"),
        ("“甲活动。", "“乙", "丙”。"),
        ("“甲活动。", "“乙"),
        ("“甲活动。", "## 标题", "“乙”"),
    ],
)
def test_a_forgotten_mark_begins_none(paragraphs: tuple[str, ...]) -> None:
    assert not any(quotations(*paragraphs))
