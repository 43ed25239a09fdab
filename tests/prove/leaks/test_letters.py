"""Text as the gate compares it, against the same told in plain Python."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.prove.leaks.letters import (
    AS_THEY_ARE,
    LONG,
    SHINGLE,
    are_letters,
    distinct,
    grams,
    letters_text,
    normalise,
    shingles,
    shingles_at,
    units_of,
)
from bulletin.prove.leaks.lookup import Lookup

TEXTS = st.text(st.sampled_from("老干部工作离退休，。—“” \n\u3000\u200bＡa1１①ⅢÉéﬁ㎡𠮷A<>\x1e\x1d"), max_size=80)


def bare(text: str) -> str:
    units = normalise(text)
    return letters_text(units[are_letters(units)])


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("第７期，（总第494期）", "第7期总第494期"),
        ("离 退　休\n干\u200b部", "离退休干部"),
        ("《ＡＰＰ》App", "appapp"),
        ("一、⼯作①", "一工作"),
        ("二〇二六年", "二〇二六年"),
        ("“……——”", ""),
        ("", ""),
    ],
)
def test_only_letters_are_left(text: str, letters: str) -> None:
    assert bare(text) == letters


@given(TEXTS)
def test_how_a_text_is_written_does_not_matter(text: str) -> None:
    assert bare(unicodedata.normalize("NFD", text)).replace("e", "é") == bare(text).replace("e", "é")
    assert bare(text.upper()) == bare(text.lower()) or set(text) & {"ﬁ", "Ⅲ"}
    assert bare("\n".join(text)) == bare(text)


@given(TEXTS)
def test_packed_letters_are_the_same(text: str) -> None:
    units = normalise(text)
    assert (units_of(letters_text(units)) == units).all()


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_two_texts_share_a_shingle_if_they_share_eight_letters(one: str, other: str) -> None:
    def windows(text: str) -> set[str]:
        runs = bare(text).split("\n")
        eight = {run[at : at + SHINGLE] for run in runs for at in range(len(run) - SHINGLE + 1)}
        long = {run[at : at + LONG] for run in runs for at in range(len(run) - LONG + 1)}
        return {each for each in eight if not each.isascii()} | {each for each in long if each.isascii()}

    found = set(distinct(shingles(normalise(one))).tolist())
    assert len(found) == len(windows(one))
    shared = found & set(distinct(shingles(normalise(other))).tolist())
    assert len(shared) == len(windows(one) & windows(other))


def test_shingles_stand_where_they_begin() -> None:
    units = normalise("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未")
    short, long = shingles_at(units)
    assert (len(short), len(long)) == (11, 0)
    assert short[3] == shingles_at(units[3:11])[0][0]


def test_grams_do_not_cross_marks() -> None:
    assert np.count_nonzero(grams(normalise("王，刚"), 2)) == 0
    assert np.count_nonzero(grams(normalise("王刚"), 2)) == 1


HASHES = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9).map(lambda low: low << 40), max_size=60)


@settings(max_examples=300)
@given(HASHES, HASHES, HASHES)
def test_a_lookup_is_a_set(held: list[int], asked: list[int], more: list[int]) -> None:
    lookup = Lookup(np.array(held, np.uint64))
    known = set(held) - {0}
    assert lookup.holds(np.array(asked, np.uint64)).tolist() == [each in known for each in asked]
    found, left = lookup.parted([np.array(asked, np.uint64), np.array(more, np.uint64)])
    assert sorted(found.tolist()) == sorted(known & {*asked, *more})
    assert sorted(left.tolist()) == sorted(known - {*asked, *more})


def test_han_and_hangul_are_letters_of_one_form() -> None:
    for code in (code for each in AS_THEY_ARE for code in each):
        assert unicodedata.category(chr(code))[0] == "L"
        assert unicodedata.normalize("NFKC", chr(code)).lower() == chr(code)
