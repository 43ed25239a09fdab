"""Words looked for at once are those that looking for each alone would find."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model.house import Entry, House, Person, Post, Term, TermKind, uncovered
from bulletin.model.word_index import WordIndex

WORDS = st.text("甲乙丙", min_size=1, max_size=4)


@given(st.lists(WORDS, max_size=20), st.text("甲乙丙丁", max_size=30))
def test_found_words_are_those_in_the_text(words: list[str], content: str) -> None:
    index = WordIndex((word, word) for word in words)
    assert index.found_in(content) == tuple(dict.fromkeys(word for word in words if word in content))


def _term(**said: object) -> Term:
    return Term(Entry("a", ""), TermKind.TYPO, "枫叶驿站", **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("term", "content", "wrong"),
    [
        (_term(forbid=("枫林驿站",)), "在枫林驿站，枫林驿站旁", ["枫林驿站", "枫林驿站"]),
        (_term(forbid=("枫林",), not_variants=("枫林逸景",)), "枫林逸景小区旁的枫林驿站", ["枫林"]),
        (_term(forbid=("叶驿",)), "枫叶驿站", []),
        (_term(pattern="枫(?:林|树)(?=驿站)", needles=("枫",)), "枫林驿站和枫树", ["枫林"]),
        (_term(pattern="到社区(报道)(?=[，。])", needles=("报道",)), "到社区报道。", ["报道"]),
        (_term(pattern="到社区(报道)?登记", needles=("登记",)), "到社区登记。", ["到社区登记"]),
        (_term(forbid=("枫林驿站",), pattern="枫林驿站", needles=("枫林驿站",)), "枫林驿站", ["枫林驿站"]),
    ],
)
def test_where_wrong_forms_stand(term: Term, content: str, wrong: list[str]) -> None:
    assert [content[start:end] for start, end in term.wrong_in(content)] == wrong


def test_what_a_house_finds_in_a_text() -> None:
    by_letter, by_pattern, unrelated = (
        _term(forbid=("枫林",)),
        _term(pattern="驿(?=占)", needles=("驿",)),
        _term(quoted=True),
    )
    house = House((by_letter, by_pattern, unrelated), (Person(Entry("p", ""), "张三"),))
    assert house.terms_in("枫林驿占") == (by_letter, by_pattern)
    assert house.quoted_in("枫叶驿站") == (unrelated,)
    assert [person.name for person in house.people_in("张三说")] == ["张三"]


def test_posts_and_ranks_by_date() -> None:
    first, second = Post("县委书记", until=date(2020, 5, 1), rank=1), Post("市委副书记", since=date(2020, 5, 2), rank=7)
    person = Person(Entry("p", ""), "张三", (first, second))
    assert person.posts_on(date(2020, 5, 1)) == (first,)
    assert person.rank_on(date(2020, 5, 2)) == 7
    assert Person(Entry("p", ""), "李四").rank_on(date(2020, 5, 2)) == 0
    dated = _term(forbid=("枫林",), valid_from=date(2020, 5, 1), valid_until=date(2020, 5, 2))
    assert [dated.counts_on(date(2020, 5, day)) for day in (1, 2, 3)] == [True, True, False]


PLACES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=12
)


@given(PLACES, PLACES)
def test_uncovered_places_lie_in_no_cover(places: list[tuple[int, int]], covers: list[tuple[int, int]]) -> None:
    expected = [(a, b) for a, b in sorted(places) if not any(c <= a and b <= d for c, d in covers)]
    assert [*uncovered(places, covers)] == expected
