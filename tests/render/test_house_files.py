"""Entries that are written are read back as they were."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.load.house import house_in
from bulletin.model.finding import Safety, Strength
from bulletin.model.house import (
    LISTS,
    BankQuote,
    Claim,
    Document,
    Entry,
    House,
    Known,
    Organisation,
    Person,
    Post,
    Term,
    TermKind,
    house_of,
)
from bulletin.model.problem import Severity
from bulletin.render.house import render_list, render_proposal

WORDS = st.text("甲乙丙，。：、“”‘’《》 -#:'\"\\[]{}?!&*|>%@`0aN（）·…\U00020000", min_size=2, max_size=8).map(
    lambda text: text.strip() + "丁"
)
FORMS = st.lists(WORDS, max_size=3, unique=True).map(tuple)
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
IDS = st.from_regex(r"[a-z]{2}\.[a-z0-9甲乙]{1,6}", fullmatch=True)
ENTRIES = st.builds(Entry, IDS, st.just("") | WORDS, FORMS, FORMS)

TERMS = st.builds(
    Term,
    ENTRIES,
    st.sampled_from([TermKind.BRAND, TermKind.FIXED, TermKind.TERM]),
    WORDS.map(lambda word: word + "戊"),
    forbid=FORMS,
    members=FORMS,
    not_variants=FORMS.map(lambda forms: tuple(form + "己" for form in forms)),
    quoted=st.booleans(),
    valid_from=st.none() | DAYS,
    allow_in=st.sampled_from([(), ("title",), ("quotation", "title")]),
    severity=st.sampled_from(Severity),
    strength=st.sampled_from(Strength),
    safety=st.sampled_from(Safety),
    why=st.just("") | WORDS,
)
POSTS = st.builds(Post, WORDS, st.none() | DAYS, st.none(), st.integers(0, 20))
LISTED: dict[str, st.SearchStrategy[Known]] = {
    "terms": TERMS,
    "people": st.builds(Person, ENTRIES, WORDS, st.lists(POSTS, max_size=2).map(tuple), FORMS),
    "organisations": st.builds(Organisation, ENTRIES, WORDS.map(lambda word: word + "戊"), FORMS),
    "documents": st.builds(Document, ENTRIES, WORDS, st.just("") | WORDS, st.just("") | WORDS, st.none() | DAYS, FORMS),
    "claims": st.builds(Claim, ENTRIES, WORDS, FORMS.filter(bool), st.none() | DAYS),
    "quotes": st.builds(
        BankQuote, ENTRIES, WORDS, WORDS.map(lambda word: f"{word}\n{word}"), st.just("") | WORDS, st.none() | DAYS
    ),
}


@settings(max_examples=30)
@given(st.data())
def test_every_list_is_read_back_as_it_was(data: st.DataObject) -> None:
    for name in LISTS:
        listed = data.draw(st.lists(LISTED[name], min_size=1, max_size=3, unique_by=lambda known: known.entry.id))
        if name == "documents":
            listed = [replace(each, number=f"{each.number}{place}") for place, each in enumerate(listed)]
        house = house_of({name: listed})
        outcome = house_in(render_list(name, house), f"house/{name}.yaml")
        assert not outcome.problems, (render_list(name, house), outcome.problems)
        assert outcome.value == house


def test_a_proposal_has_all_lists_with_remarks() -> None:
    entry = Entry("a.b", "")
    house = House(
        terms=(Term(entry, TermKind.BRAND, "甲", severity=Severity.WARNING),),
        claims=(Claim(replace(entry, id="c.d"), "乙", ("3万",)),),
    )
    text = render_proposal(house, "2026-01")
    assert [line for line in text.splitlines() if line.endswith(":")] == ["terms:", "claims:"]
    assert house_in(text, "proposal").value == house
    assert [field.name for field in fields(House)][: len(LISTS)] == [*LISTS]
