"""YAML as text: nothing is converted, shared, merged or dropped (safety, 1.3)."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin.load import strict_yaml
from bulletin.load.strict_yaml import YamlTree, YamlValue, parse_yaml
from bulletin.model.problem import Span


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 000123", {"a": "000123"}),
        ("a: 000389", {"a": "000389"}),
        ("a: 9:30", {"a": "9:30"}),
        ("a: 1.10", {"a": "1.10"}),
        ("a: 1e3", {"a": "1e3"}),
        ("a: 0x1F", {"a": "0x1F"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: .inf", {"a": ".inf"}),
        ("no: 1", {"no": "1"}),
        ("NO: 1\nno: 2", {"NO": "1", "no": "2"}),
        ("a: no", {"a": "no"}),
        ("a: yes", {"a": "yes"}),
        ("a: on", {"a": "on"}),
        ("a: true", {"a": "true"}),
        ("a: null", {"a": "null"}),
        ("a: ~", {"a": "~"}),
        ("a:", {"a": ""}),
        ("a: 2020-07-23", {"a": "2020-07-23"}),
        ("a: 2020-07-23 10:00:00", {"a": "2020-07-23 10:00:00"}),
        ("a: '1'", {"a": "1"}),
        ('a: "\\u4e00"', {"a": "一"}),
        ("a: [1, 2]", {"a": ["1", "2"]}),
        ("报: [[省委常委]]", {"报": [["省委常委"]]}),
        ("a: |\n  一\n  二\n", {"a": "一\n二\n"}),
        ("a: >\n  一\n  二\n", {"a": "一 二\n"}),
        ("- a\n- b", ["a", "b"]),
        ("a: 甲：乙", {"a": "甲：乙"}),
        ("a: 1 # 说明", {"a": "1"}),
        ("a: '#7'", {"a": "#7"}),
        ("", ""),
    ],
)
def test_every_scalar_is_text(text: str, value: YamlValue) -> None:
    tree = parse_yaml(text, "x.yaml")
    assert not tree.problems
    assert tree.value == value


@given(st.integers(min_value=0, max_value=999_999))
def test_copy_numbers_keep_their_zeros(number: int) -> None:
    assert parse_yaml(f"copy: {number:06}", "x.yaml").value == {"copy": f"{number:06}"}


def test_places_of_values_and_keys() -> None:
    tree = parse_yaml("a: 1\nb:\n  - 甲\n  - {c: 乙}\n", "x.yaml", first_line=5)
    assert tree.places["b", 1, "c"] == Span("x.yaml", 8, 9)
    assert tree.keys["b", 1, "c"] == Span("x.yaml", 8, 6)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "a0: &a0 {x: 1}\n" + "\n".join(
    f"a{depth}: &a{depth}\n  <<: [{', '.join([f'*a{depth - 1}'] * 9)}]" for depth in range(1, 9)
)


@pytest.mark.parametrize(
    "text", [BOMB, MERGE_BOMB, "a: *b", "a: &b 1", "a: !!int 1", "a: !!python/object:os.system x", "<<: {a: 1}",
             "a: 1\na: 2", "[" * 10_000, "{a: " * 10_000, "? [a]\n: b", "a: 1\n---\nb: 2"]
)  # fmt: skip
def test_what_yaml_could_do_more_is_refused(text: str) -> None:
    assert parse_yaml(text, "x.yaml").problems


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    parse_yaml(text, "x.yaml")


@given(st.text(st.sampled_from("ab: -[]{}\n\t'\"|>&*!#?,：一"), max_size=60))
def test_no_yaml_like_text_raises(text: str) -> None:
    parse_yaml(text, "x.yaml")


PIECES = (
    *(
        "a",
        "b1",
        "甲",
        "乙：",
        "kind",
        ":",
        ": ",
        ":\n  ",
        " ",
        "  ",
        "\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        "\n    b: ",
        "- ",
        "-",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        '"',
        "'",
        "''",
        '"甲"',
        "'乙'",
        "'(?:a|b)*'",
        '"甲? !&|%@`>"',
        "- '",
        ', "',
        "'?\u3000'",
        "[a, b]",
        "{a: b}",
        "a: ",
        "# 注",
        " # 注\n",
        "#",
        "---",
    ),
    *(
        "\n---\n",
        "...",
        "0123",
        "9:30",
        "“引”",
        "https://x/y",
        "。",
        "！",
        "=",
        "+",
        "|",
        "> ",
        "\t",
        "?",
        "&a ",
        "*a",
        "\\n",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("a: [b: ]")
@example("a: {\n  b: }")
@example("- |#\n  甲")
@example("{a?b}")
@example("a: 甲\t")
def test_the_quick_parser_reads_what_the_slow_one_reads(text: str) -> None:
    """libyaml and PyYAML differ in corners; `parse_yaml` takes the quick one's word only where they cannot."""
    for each in (text, f"a: {text}"):
        assert parse_yaml(each, "x.yaml", 3) == _slowly(each)


def _slowly(text: str) -> YamlTree:
    return strict_yaml._tree(text, "x.yaml", 3, strict_yaml._PlainLoader)


def test_libyaml_is_there() -> None:
    """It comes with PyYAML's wheels; without it an archive takes seconds longer."""
    assert strict_yaml._quick_loader() is not strict_yaml._PlainLoader


@pytest.mark.parametrize("piece", [" #", ":\n#", ":", ": ", "[: ", "'", "- '?", '["', "- 'a' "])
def test_texts_for_the_quick_parser_are_told_in_linear_time(piece: str) -> None:
    """A careless pattern tries every way to share such a text among its parts: seconds, and not what a clock can hardly tell."""
    assert _seconds(":" + piece * 32_000) < 32 * max(_seconds(":" + piece * 4_000), 2e-3)


def _seconds(text: str) -> float:
    """The least that telling takes."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        strict_yaml._COMMON.fullmatch(text)
        strict_yaml._PERHAPS_EMPTY.search(text)
        seconds.append(time.process_time() - start)
    return min(seconds)
