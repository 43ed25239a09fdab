"""The list of China's places, as the proofreader knows them."""

from __future__ import annotations

import pytest

from bulletin.load.house.places import Gazetteer, read_places
from tests.conftest import REPOSITORY

PLACES = read_places((REPOSITORY / "assets/house/places.txt").read_text("utf-8"))


@pytest.mark.parametrize(
    ("province", "place"),
    [
        ("辽宁省", "铁岭县"),
        ("辽宁省", "阜新蒙古族自治县"),
        ("河北省", "临漳县"),
        ("湖北省", "恩施土家族苗族自治州"),
        ("四川省", "会理市"),
        ("浙江省", "临平区"),
        ("内蒙古自治区", "鄂温克族自治旗"),
        ("新疆维吾尔自治区", "伊犁哈萨克自治州"),
    ],
)
def test_where_a_place_lies(province: str, place: str) -> None:
    assert (province, place) in PLACES.belongings
    assert {province, place} <= PLACES.names


def test_all_provinces_with_all_that_is_in_them() -> None:
    assert len({province for province, _place in PLACES.belongings}) == 34
    assert 2800 < len(PLACES.belongings) < 3400


def test_short_forms_stand_beside_the_full_ones() -> None:
    assert {"铁岭", "内蒙古", "恩施", "阜新", "前郭尔罗斯"} <= PLACES.names
    assert not [name for name in PLACES.names if len(name) < 2]


def test_nothing_but_places() -> None:
    assert not [name for name in PLACES.names if name.endswith(("开发区", "园区", "管理区", "直辖", "行政区划"))]


def test_remarks_and_depth() -> None:
    text = "# 来源\n甲省 甲\n 乙市 乙 # 新设\n  丙县\n丁省\n 戊市\n"
    expected = frozenset({("甲省", "乙市"), ("甲省", "丙县"), ("丁省", "戊市")})
    assert read_places(text) == Gazetteer(frozenset(["甲省", "甲", "乙市", "乙", "丙县", "丁省", "戊市"]), expected)
    assert read_places("") == Gazetteer(frozenset(), frozenset())
