"""Marks that come in pairs."""

from __future__ import annotations

import pytest

from bulletin.proofread.facts.pairs import pairs_in


@pytest.mark.parametrize(
    ("content", "pairs"),
    [
        ("“甲”", [("“甲”", 0)]),
        ("“甲‘乙’”《丙〈丁〉》", [("“甲‘乙’”", 0), ("‘乙’", 1), ("《丙〈丁〉》", 0), ("〈丁〉", 1)]),
        ("甲”“乙", []),
        ("（“甲）", [("（“甲）", 0)]),
        ("“甲（乙”丙）", [("“甲（乙”", 0)]),
        ("““甲”", [("“甲”", 1)]),
        ("（（甲））", [("（（甲））", 0), ("（甲）", 1)]),
    ],
)
def test_pairs(content: str, pairs: list[tuple[str, int]]) -> None:
    found = pairs_in(content)
    assert [(content[pair.start : pair.end], pair.depth) for pair in found] == pairs
    assert all(pair.inner(content) == content[pair.start + 1 : pair.end - 1] for pair in found)
