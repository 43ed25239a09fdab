"""What belongs together stays together; what may part may."""

from __future__ import annotations

import time

import pytest

from bulletin.typeset.binding import Break, find_breaks

WHOLE = (
    "109.6万", "70周年", "5000多名", "1,024.5万元", "98.76%", "3.2个百分点", "7月13日", "16—17日", "12月16—17日", "2020—2021年",
    "15～30天", "63%～68%", "13万～17万元", "第7期", "9时30分", "〔2020〕7号", "组通字〔1997〕10号", "中组发〔2006〕12号", "1/4", "024-86214322",
    "COVID-19", "WeChat", "820余万元", "3亿多元", "20℃", "￥100", "《规范》", "“甲”",
)  # fmt: skip
"""None of these is parted, but a document's number before its 〔."""
NOT_FIRST = "，。、；：！？”’）〕】》〉·～—％%"
NOT_LAST = "“‘（〔【《〈/"


@pytest.mark.parametrize("whole", WHOLE)
def test_what_belongs_together_is_not_parted(whole: str) -> None:
    text = f"全省的情况是{whole}这样的"
    start = text.index(whole)
    parted = {place for place, willing in enumerate(find_breaks(text, ())) if willing}
    inside = parted & set(range(start + 1, start + len(whole)))
    allowed = {start + whole.index("〔")} if "〔" in whole else set()
    if whole[0] in "《“":
        allowed = set(range(start + 2, start + len(whole) - 1))
    assert inside <= allowed


def test_a_documents_number_parts_before_its_year_only_in_need() -> None:
    text = "按照江办发〔2026〕12号文件"
    breaks = find_breaks(text, ())
    assert breaks[text.index("〔")] is Break.HARDLY
    assert {breaks[place] for place in range(text.index("〔") + 1, text.index("文"))} == {Break.NEVER}


@pytest.mark.parametrize("mark", NOT_FIRST)
def test_marks_that_do_not_begin_a_line(mark: str) -> None:
    assert find_breaks(f"汉{mark}字", ())[1] is Break.NEVER


@pytest.mark.parametrize("mark", NOT_LAST)
def test_marks_that_do_not_end_a_line(mark: str) -> None:
    assert find_breaks(f"汉{mark}字", ())[2] is Break.NEVER


@pytest.mark.parametrize("mark", ["——", "……"])
def test_dashes_and_ellipses_are_whole_and_rarely_begin_a_line(mark: str) -> None:
    breaks = find_breaks(f"汉{mark}字", ())
    assert (breaks[1], breaks[2], breaks[3]) == (Break.RARELY, Break.NEVER, Break.FREELY)
    assert find_breaks(f"汉{mark}字", (), strict=True)[1] is Break.NEVER


def test_a_date_parts_after_its_year_only() -> None:
    text = "于2020年7月13日开会"
    breaks = find_breaks(text, ())
    assert [place for place, willing in enumerate(breaks) if willing] == [
        1,
        text.index("7"),
        text.index("开"),
        len(text) - 1,
        len(text),
    ]
    assert breaks[text.index("7")] is Break.RARELY


def test_names_are_whole() -> None:
    text = "局长刘文生同志"
    assert find_breaks(text, ("刘文生",))[3:5] == [Break.NEVER, Break.NEVER]
    assert find_breaks(text, ())[3:5] == [Break.FREELY, Break.FREELY]


def test_an_address_parts_at_its_joints() -> None:
    text = "见https://www.example.org/ab/cd?q=1"
    joints = [text[:place][-1] for place, willing in enumerate(find_breaks(text, ())) if willing and place > 1]
    assert set(joints[:-1]) <= set("/.?=&")
    assert len(joints) > 4


def test_han_part_anywhere() -> None:
    assert set(find_breaks("全省老干部工作", ())[1:]) == {Break.FREELY}


@pytest.mark.parametrize("unit", ["全省老干部工作", "1234567890", "abcdefg.hij", "1,2.3", "汉2020年A，", "a@", "a/b"])
def test_looking_for_breaks_takes_time_in_proportion(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        start = time.process_time()
        find_breaks(text, ("刘文生",))
        return time.process_time() - start

    assert min(seconds(80_000) for _ in range(3)) < 12 * min(seconds(20_000) for _ in range(3))
