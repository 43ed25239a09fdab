"""Logs of two editors, joined in every order: nothing is public against a revocation that whoever cleared it did not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from bulletin.model.clearance_log import Log, broken, contested, ends_of, holds, sealed, standing, withdrawn
from bulletin.model.issue import Clearance

CLEAR, REVOKE = "clear", "revoke"


def log_of(base: Log, acts: str, by: str, slug: str = "01-a") -> Log:
    """The log after the editor's acts: `c` clears, `r` revokes, `w` withdraws; no two entries are the same."""
    for each in acts:
        entry = Clearance(slug, 1, by, f"{by}{len(base)}", f"sha256:{by}{len(base)}" if each == "c" else "")
        base = sealed(base, [replace(entry, withdrawn=each == "w")])
    return base


def orders(base: Log, one: Log, two: Log) -> Iterator[Log]:
    """Every way to put what two editors added: one after the other, and line by line."""
    added = one[len(base) :], two[len(base) :]
    for turns in set(product((0, 1), repeat=sum(map(len, added)))):
        if turns.count(0) == len(added[0]):
            rest = [iter(each) for each in added]
            yield (*base, *(next(rest[turn]) for turn in turns))


def acts(longest: int, kinds: str = "cr") -> list[str]:
    return ["".join(each) for length in range(longest + 1) for each in product(kinds, repeat=length)]


@pytest.mark.parametrize("base_acts", ["", "c", "cr"])
@pytest.mark.parametrize("sealless", [False, True])
def test_no_order_of_joining_undoes_a_revocation(base_acts: str, *, sealless: bool) -> None:
    """What each editor knew is worked out from who wrote what, not from the seals; an old log has none at its beginning."""
    base = log_of((), base_acts, "周")
    if sealless:
        base = tuple(replace(each, chain="") for each in base)
    for one_acts, two_acts in product(acts(3), acts(2)):
        one, two = log_of(base, one_acts, "甲"), log_of(base, two_acts, "乙")
        said = set()
        for joined in orders(base, one, two):
            assert broken(joined) == ()
            counts = standing(joined).get("01-a")
            revoked = {each.at for each in joined if not each.digest}
            knew = {
                each.at: {other.at for other in log[:place]} for log in (one, two) for place, each in enumerate(log)
            }
            may = {each.at for each in joined if each.digest and revoked <= knew[each.at]}
            assert bool(counts and counts.digest) == bool(may), (base_acts, one_acts, two_acts)
            assert not may or (counts and counts.at in may)
            said.add((bool(may), bool(contested(joined))))
        assert len(said) == 1, "the order says nothing"


@pytest.mark.parametrize(
    ("base", "one", "two", "pair"),
    [
        ("", "cr", "c", ("乙0", "甲1")),
        ("c", "r", "c", ("乙1", "甲1")),
        ("cr", "c", "", None),
        ("c", "rc", "c", None),
        ("c", "r", "r", None),
        ("c", "r", "cr", None),
        ("c", "rc", "r", ("甲2", "乙1")),
        ("c", "c", "c", None),
    ],
)
def test_what_is_contested(base: str, one: str, two: str, pair: tuple[str, str] | None) -> None:
    """A clearance and a revocation that did not know of each other; not what was cleared again by who knew, nor what both revoked."""
    begun = log_of((), base, "周")
    for joined in orders(begun, log_of(begun, one, "甲"), log_of(begun, two, "乙")):
        found = [(cleared.at, revoked.at) for cleared, revoked in contested(joined)]
        assert found == ([pair] if pair else [])
        if pair:
            assert contested(log_of(joined, "c", "丙")) == ()
            assert standing(log_of(joined, "c", "丙"))["01-a"].by == "丙"
            assert contested(log_of(joined, "r", "丙")) == ()


def test_where_each_joined_the_other_and_both_went_on_the_log_is_good() -> None:
    base = log_of((), "c", "周")
    one, two = log_of(base, "c", "甲"), log_of(base, "c", "乙")
    mine, yours = (*one, *two[1:]), (*two, *one[1:])
    joined = (*log_of(mine, "c", "丙"), *log_of(yours, "r", "丁")[3:])
    assert broken(joined) == ()
    assert [(cleared.by, revoked.by) for cleared, revoked in contested(joined)] == [("丙", "丁")]


def test_where_both_revoked_and_cleared_again_neither_knew_the_other() -> None:
    base = log_of((), "c", "周")
    for joined in orders(base, log_of(base, "rc", "甲"), log_of(base, "rc", "乙")):
        ((cleared, revoked),) = contested(joined)
        assert {cleared.by, revoked.by} == {"甲", "乙"}
        assert not standing(joined)["01-a"].digest


def test_an_article_that_one_renamed_and_the_other_revoked_is_revoked() -> None:
    """The new name has the number of the old: it is the same article."""
    base = log_of((), "c", "周")
    one = log_of(base, "r", "甲")
    two = log_of(log_of(base, "r", "乙"), "c", "乙", "07-new")
    for joined in orders(base, one, two):
        assert not standing(joined)["07-new"].digest
        assert [(cleared.slug, revoked.by) for cleared, revoked in contested(joined)] == [("07-new", "甲")]


def test_another_article_that_was_given_the_same_number_is_another() -> None:
    """Two editors gave number 1 to different articles, and one took his back."""
    one, two = log_of((), "c", "甲"), log_of((), "cr", "乙", "02-b")
    for joined in orders((), one, two):
        assert standing(joined)["01-a"].by == "甲"
        assert standing(joined)["01-a"].digest
        assert contested(joined) == ()


def test_what_goes_on_from_a_log_holds_its_ends() -> None:
    base = log_of((), "c", "周")
    one, two = log_of(base, "r", "甲"), log_of(base, "cc", "乙")
    assert ends_of(()) == ()
    for log in (one, two, *orders(base, one, two), log_of((*one, *two[1:]), "r", "丙")):
        assert holds(log, ends_of(base))
        for cut in range(len(log)):
            assert not holds(log[:cut], ends_of(log)), cut
    old = tuple(replace(each, chain="") for each in two)
    assert holds(log_of(old, "r", "甲"), ends_of(old))
    assert not holds(old[:2], ends_of(old))


def shown(log: Log) -> str:
    """What readers find at the first address: the article (`c`), that it was withdrawn (`w`), or nothing (`r`)."""
    counts = standing(log).get("01-a")
    return "w" if 1 in withdrawn(log) else "c" if counts and counts.digest else "r"


@pytest.mark.parametrize(
    ("base", "one", "two", "wanted"),
    [
        ("cw", "", "", "w"),
        ("crw", "", "", "w"),
        ("cwc", "", "", "c"),
        ("cwcr", "", "", "r"),
        ("cwcw", "", "", "w"),
        ("c", "w", "c", "w"),
        ("c", "w", "r", "w"),
        ("c", "w", "w", "w"),
        ("c", "w", "cr", "w"),
        ("c", "wc", "r", "w"),
        ("c", "wc", "wc", "w"),
        ("c", "rc", "wc", "w"),
        ("c", "wc", "c", "c"),
        ("c", "wc", "w", "w"),
        ("cw", "c", "", "c"),
        ("cw", "c", "w", "w"),
    ],
)
def test_a_withdrawal_stands_until_whoever_knows_of_it_clears(base: str, one: str, two: str, wanted: str) -> None:
    """In whatever order the work of two editors was joined."""
    begun = log_of((), base, "周")
    found = []
    for joined in orders(begun, log_of(begun, one, "甲"), log_of(begun, two, "乙")):
        assert broken(joined) == ()
        found.append((shown(joined), withdrawn(joined).get(1)))
        assert shown(log_of(joined, "c", "丙")) == "c"
        assert shown(log_of(joined, "w", "丙")) == "w"
    assert {each[0] for each in found} == {wanted}
    assert len(set(found)) == 1, "nor does the order change the day that is told"


@pytest.mark.parametrize("base_acts", ["c", "cw", "cwc"])
def test_no_order_of_joining_says_something_else_to_readers(base_acts: str) -> None:
    """Who said last that it is withdrawn is right, whatever the other did meanwhile; where nobody did, nobody is told so."""
    base = log_of((), base_acts, "周")
    for one_acts, two_acts in product(acts(3, "crw"), acts(2, "crw")):
        one, two = log_of(base, one_acts, "甲"), log_of(base, two_acts, "乙")
        (said,) = {(shown(joined), withdrawn(joined).get(1)) for joined in orders(base, one, two)}
        ends = {(base_acts + each)[-1] for each in (one_acts, two_acts) if each} or {base_acts[-1]}
        assert said[0] == "w" or "w" not in ends, (base_acts, one_acts, two_acts)
        assert said[0] != "w" or "w" in base_acts + one_acts + two_acts


def test_a_withdrawal_that_one_renamed_meanwhile_stands() -> None:
    begun = log_of((), "c", "周")
    one = log_of(begun, "w", "甲")
    two = log_of(log_of(begun, "r", "乙"), "c", "乙", "07-new")
    for joined in orders(begun, one, two):
        assert list(withdrawn(joined)) == [1]


def test_an_address_that_another_article_has_has_no_tombstone() -> None:
    log = log_of(log_of((), "cw", "周"), "c", "周", "02-b")
    assert withdrawn(log) == {}


def test_a_withdrawal_is_sealed_and_other_seals_stay_as_they_were() -> None:
    plain = Clearance("01-a", 1, "周砚", "2026-01-19T10:00:00+08:00", "sha256:0")
    (old,) = sealed((), [plain])
    assert old.chain == "e85771881ba5f42e", "as the version before there were withdrawals sealed it"
    log = sealed((old,), [replace(plain, digest="", withdrawn=True)])
    assert broken(log) == ()
    assert broken((old, replace(log[1], withdrawn=False))) == (replace(log[1], withdrawn=False),)
    revoked = sealed((old,), [replace(plain, digest="")])
    assert broken((old, replace(revoked[1], withdrawn=True))) == (replace(revoked[1], withdrawn=True),)
