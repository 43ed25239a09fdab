"""Edits between texts: right, whole, and few."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.model.text_edits import diff_texts


def edited(old: str, new: str) -> str:
    """The old text with the edits applied: what they leave alone is taken from the old."""
    parts, place = [], 0
    for edit in diff_texts(old, new):
        parts += [old[place : edit.old_start], new[edit.new_start : edit.new_end]]
        place = edit.old_end
    return "".join(parts) + old[place:]


def shown(old: str, new: str) -> list[tuple[str, str]]:
    return [(old[edit.old_start : edit.old_end], new[edit.new_start : edit.new_end]) for edit in diff_texts(old, new)]


TEXTS = st.text(alphabet="老干部，。、12%\tab“”", max_size=60)


@settings(max_examples=400)
@given(TEXTS, TEXTS)
def test_the_edits_make_the_new_text(old: str, new: str) -> None:
    assert edited(old, new) == new
    edits = diff_texts(old, new)
    assert (edits == ()) == (old == new)
    for first, second in pairwise(edits):
        assert first.old_end <= second.old_start
        assert first.new_end <= second.new_start
        assert first.old_end < second.old_start or first.new_end < second.new_start


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["甲乙丙丁。", "戊己庚辛，", "共12人，", "壬癸；"]), max_size=40), st.data())
def test_a_sentence_put_in_is_the_only_edit(parts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(parts)))
    old = "".join(parts)
    new = "".join((*parts[:place], "新添一句。", *parts[place:]))
    assert shown(old, new) == [("", "新添一句。")]


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("共印340份。", "共印280份。", [("340", "280")]),
        ("占12.5%，", "占12.75%，", [("12.5%", "12.75%")]),
        ("有1,234人", "有1,235人", [("1,234", "1,235")]),
        ("见WeasyPrint一节", "见WeasyPress一节", [("WeasyPrint", "WeasyPress")]),
        ("提高认识，抓好落实。", "提升意识，抓好落实。", [("高认", "升意")]),
        ("三是加强领导。", "五是加强指导。", [("三", "五"), ("领", "指")]),
        ("甲、丙和丁。", "甲、乙、丙和丁。", [("", "乙、")]),
        ("一句。二句。", "一句。一句。二句。", [("", "一句。")]),
        ("西\t316\t870\t64\t", "西\t318\t870\t65\t", [("316", "318"), ("64", "65")]),
        ("同志们好。", "", [("同志们好。", "")]),
        ("", "同志们好。", [("", "同志们好。")]),
    ],
)
def test_edits_as_an_editor_would_mark_them(old: str, new: str, edits: list[tuple[str, str]]) -> None:
    assert shown(old, new) == edits


def test_another_sentence_is_no_confetti() -> None:
    old = "前文不变。全市老干部工作部门认真贯彻落实会议精神。后文不变。"
    new = "前文不变。下一步将组织文艺演出并慰问老同志家庭。后文不变。"
    assert shown(old, new) == [("全市老干部工作部门认真贯彻落实会议精神", "下一步将组织文艺演出并慰问老同志家庭")]


def test_many_small_edits_in_a_long_text_are_each_found() -> None:
    sentences = [f"第{number}条内容是关于离退休干部党建工作的安排。" for number in range(1500)]
    changed = [each.replace("安排", "部署") if number % 50 == 7 else each for number, each in enumerate(sentences)]
    assert shown("".join(sentences), "".join(changed)) == [("安排", "部署")] * 30


def test_texts_that_repeat_themselves_end_in_an_answer() -> None:
    """Every unit equal to every other: matching them would take the square of their number."""
    old, new = "甲。" * 20_000, "甲。" * 19_000 + "乙" + "甲。" * 900
    assert edited(old, new) == new
    assert edited("甲" * 30_000, "甲" * 29_000) == "甲" * 29_000


def test_texts_that_have_nothing_in_common() -> None:
    old = "".join(chr(0x4E00 + number % 3000) for number in range(12_000))
    new = "".join(chr(0x6E00 + number % 3000) for number in range(12_000))
    assert edited(old, new) == new
