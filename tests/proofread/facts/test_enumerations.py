"""What is counted off is read as series, inside of one another and over paragraphs, and what goes wrong in them."""

from __future__ import annotations

import pytest

from bulletin.proofread.facts.enumerations import Fault, Form, Series, markers_in, series_of


def read(*paragraphs: str) -> tuple[Series, ...]:
    return series_of(marker for place, content in enumerate(paragraphs) for marker in markers_in(content, place))


@pytest.mark.parametrize(
    ("text", "form", "count"),
    [
        ("一是学习；二是服务；三是宣传。", Form.IS, 3),
        ("一要学习，二要服务。", Form.MUST, 2),
        ("一靠学习，二靠实干。", Form.BY, 2),
        ("第一，学习。第二，服务。", Form.ORDINAL, 2),
        ("分两步走：第一步，学习；第二步，服务。", Form.STEP, 2),
        ("其一，学习；其二，服务。", Form.OF_THEM, 2),
        ("首先要学习，其次要服务，再次要宣传。", Form.WORD, 3),
        ("要求：（一）学习；（二）服务。", Form.BRACKET, 2),
        ("①学习；②服务；③宣传。", Form.CIRCLED, 3),
        ("要求：1.学习；2.服务。", Form.POINT, 2),
        ("一、学习；二、服务。", Form.COMMA, 2),
    ],
)
def test_each_form(text: str, form: Form, count: int) -> None:
    (series,) = read(text)
    assert series.sound
    assert (series.last.form, len(series.markers), series.last.number) == (form, count, count)


@pytest.mark.parametrize(
    "text",
    [
        "三要素齐全，四要件不缺。",
        "一是一，二是二。",
        "第三季度，第二个问题",
        "统一是前提",
        "1.5万人",
        "他要求二是不能少",
    ],
)
def test_what_is_no_marker(text: str) -> None:
    assert markers_in(text) == ()


def test_series_inside_of_series_and_over_paragraphs() -> None:
    outer, first, second = read(
        "一是学习：一要学原文，二要学原理。", "二是服务。一是上门，二是预约，三是代办。", "三是宣传。"
    )
    assert [len(series.markers) for series in (outer, first, second)] == [3, 2, 3]
    assert all(series.sound for series in (outer, first, second))


@pytest.mark.parametrize(
    ("paragraphs", "faults"),
    [
        (("一是甲；三是乙。",), [(1, Fault.MISSING)]),
        (("一是甲；二是乙；二是丙；三是丁。",), [(2, Fault.REPEATED)]),
        (("一要甲；二是乙；三是丙。",), [(1, Fault.MIXED)]),
        (("一是甲。", "三是乙。"), [(1, Fault.MISSING)]),
    ],
)
def test_faults(paragraphs: tuple[str, ...], faults: list[tuple[int, Fault]]) -> None:
    (series,) = read(*paragraphs)
    assert series.faults == faults
    assert not series.sound


def test_a_marker_in_the_middle_of_a_later_paragraph_is_no_fault_of_an_earlier_series() -> None:
    first, second = read("一是甲；二是乙。", "其余四点不变：四是丁。")
    assert first.sound
    assert second.markers[0].number == 4


def test_labels_at_the_heads_of_paragraphs_are_left_to_the_check_of_headings() -> None:
    assert [series.faults for series in read("（一）甲。", "（三）乙。")] == [[], []]
