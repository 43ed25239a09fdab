"""Characters of the same sound."""

from __future__ import annotations

import pytest

from bulletin.model.collation import same_sound


@pytest.mark.parametrize(
    "pair", ["生升", "文闻", "刚钢", "军君", "明鸣", "李理", "建健", "驴旅", "女女", "峰锋", "志智"]
)
def test_same(pair: str) -> None:
    assert same_sound(pair[0], pair[1])


@pytest.mark.parametrize("pair", ["生乐", "文明", "驴鹿", "女奴", "伟玮", "王黄", "张程", "a生", "生\U00020000"])
def test_other_or_unknown(pair: str) -> None:
    assert not same_sound(pair[0], pair[1])
