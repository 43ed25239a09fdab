"""The names of an issue compared with each other: which of them are one name, written in two ways, and which way is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import accumulate

from bulletin.model.house import House
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.alike import DASH, Likeness, key_of, likeness, main_title, members, variants
from bulletin.proofread.facts.contrast import differing
from bulletin.proofread.facts.mentions import Mention
from bulletin.proofread.reading import ReadIssue

_SERIES = 6
"""So many names that differ from each other in the same place are a series: 第一课堂, 第二课堂 …"""
_SHORT = 8
_PLACE = 4
_SENTENCE_ENDS = "。！？"


@dataclass(frozen=True)
class Form:
    """A name in one way of writing, and where it stands in its marks."""

    name: str
    places: tuple[Words, ...]

    @cached_property
    def key(self) -> str:
        return key_of(self.name)

    @cached_property
    def sentences(self) -> frozenset[tuple[str, int, int]]:
        """The sentences that it stands in, up to 。！？."""
        return frozenset(_sentence(words) for words in self.places)


class Basis(Enum):
    """By what one of two forms is right: the house's knowledge, the text of the office whose name it is, the number of places; or nothing."""

    HOUSE = "house"
    OWN = "own"
    MAJORITY = "majority"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two ways of writing what seems to be one name. `doubted` is the one to look at; the other is right by `basis`."""

    likeness: Likeness
    doubted: Form
    other: Form
    basis: Basis

    def one_hand(self, issue: ReadIssue) -> bool:
        """True if both stand in one article, or both in articles of the publisher: it is hardly a name of another office's own."""
        first, second = ({words.text.slug for words in form.places} for form in (self.doubted, self.other))
        return bool(first & second or (first & issue.by_publisher and second & issue.by_publisher))


def forms_of(mentions: Iterable[Mention]) -> tuple[Form, ...]:
    """The names with all their places, in the order in which they appear."""
    places: dict[str, list[Words]] = defaultdict(list)
    for mention in mentions:
        places[mention.name].append(mention.words)
    return tuple(Form(name, tuple(found)) for name, found in places.items())


def disagreements(
    forms: tuple[Form, ...], issue: ReadIssue, apart: Callable[[str, str], bool] | None = None
) -> Iterator[Disagreement]:
    """What disagrees, each doubted form once; not what is plainly `apart`."""
    told: set[str] = set()
    for one, other, how in _near(forms, issue.house, apart):
        doubted, right, basis = judged(one, other, issue)
        if doubted.name not in told:
            told.add(doubted.name)
            yield Disagreement(how, doubted, right, basis)


def _near(
    forms: tuple[Form, ...], house: House, apart: Callable[[str, str], bool] | None
) -> Iterator[tuple[Form, Form, Likeness]]:
    """Pairs of forms that may be one name, those that differ in marks first."""
    found = []
    for one, other in candidates(forms):
        how = likeness(one.name, other.name)
        if how is None or (how is not Likeness.MARKS and two_things(one, other, house, apart)):
            continue
        found.append((one, other, how))
    kin = _kin(found)
    order = list(Likeness)
    for one, other, how in sorted(found, key=lambda pair: order.index(pair[2])):
        series = how is Likeness.SLIP and max(len(kin[one.key]), len(kin[other.key])) > 1
        if not series or len(one.key) >= _SHORT:
            yield one, other, how


def _kin(found: list[tuple[Form, Form, Likeness]]) -> dict[str, set[str]]:
    """Of each key those that are a slip apart; where there are two, it is a series: 送医服务队, 送药服务队, 送学服务队."""
    kin: dict[str, set[str]] = defaultdict(set)
    for one, other, how in found:
        if how is Likeness.SLIP:
            kin[one.key].add(other.key)
            kin[other.key].add(one.key)
    return kin


def candidates(forms: tuple[Form, ...]) -> Iterator[tuple[Form, Form]]:
    """Pairs that have something in common that a slip leaves; of a series none, so that there are never many."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        main = key_of(main_title(form.name)) if DASH in form.name else ""
        for shared in dict.fromkeys(
            (*variants(form.key), *(variants(main) if main else ()), *_shared_members(form.name))
        ):
            blocks[shared].append(number)
    pairs = {
        (one, other)
        for block in blocks.values()
        if 1 < len(block) <= _SERIES
        for place, one in enumerate(block)
        for other in block[place + 1 :]
    }
    return ((forms[one], forms[other]) for one, other in sorted(pairs))


def _shared_members(name: str) -> Iterator[str]:
    parts = members(name)
    if len(parts) >= 3:
        yield from (f"{len(parts)}\1{part}" for part in parts)


def two_things(one: Form, other: Form, house: House, apart: Callable[[str, str], bool] | None = None) -> bool:
    """True if somebody meant both: they stand in one sentence, the house tells them apart, both are places or words of the dictionary."""
    return (
        bool(one.sentences & other.sentences)
        or _told_apart(one.name, other.name, house)
        or differ_in_place(one.key, other.key, house)
        or (_is_word(one.key) and _is_word(other.key))
        or bool(apart and apart(one.key, other.key))
    )


def _told_apart(one: str, other: str, house: House) -> bool:
    return any(
        {one, other} <= {term.preferred, *term.not_variants} and one != other
        for term in house.terms
        if term.not_variants
    )


def differ_in_place(one: str, other: str, house: House) -> bool:
    """True if what differs is, in both, a place: 武汉专场, 天津专场."""
    first, second = differing(one, other)
    return _is_place(one, first, house) and _is_place(other, second, house)


def _is_place(name: str, differs: tuple[int, int], house: House) -> bool:
    """True if what differs is a place, or part of one; where the house knows no places, those of the dictionary count."""
    start, end = differs
    windows = (
        name[left:right]
        for left in range(max(0, start - _PLACE), start + 1)
        for right in range(max(end, left + 2), min(len(name), end + _PLACE) + 1)
    )
    if house.places:
        return not house.places.isdisjoint(windows)
    import rjieba  # loads its dictionary: only where two names are nearly equal

    tagged = rjieba.tag(name)
    starts = accumulate((len(word) for word, _ in tagged), initial=0)
    return any(
        tag == "ns" and at <= start and end <= at + len(word) for at, (word, tag) in zip(starts, tagged, strict=False)
    )


def other_words(one: str, other: str) -> bool:
    """True if one word of the dictionary stands in the other's place: 民事诉讼法, 刑事诉讼法."""
    import rjieba  # loads its dictionary: only where two names are nearly equal

    left, right = rjieba.cut(one), rjieba.cut(other)
    while left and right and left[0] == right[0]:
        del left[0], right[0]
    while left and right and left[-1] == right[-1]:
        del left[-1], right[-1]
    return len(left) == len(right) == 1 and all(len(word) > 1 and rjieba.has_word(word) for word in (*left, *right))


def _is_word(name: str) -> bool:
    import rjieba  # loads its dictionary: only where two names are nearly equal

    return bool(rjieba.has_word(name))


def judged(one: Form, other: Form, issue: ReadIssue) -> tuple[Form, Form, Basis]:
    """The form to look at, the other, and by what that is right; if by nothing, the later one is to look at."""
    weights = {
        Basis.HOUSE: (_registered(one.name, issue.house), _registered(other.name, issue.house)),
        Basis.OWN: (_own(one, issue), _own(other, issue)),
        Basis.MAJORITY: counted(one.name, other.name, issue),
    }
    for basis, (first, second) in weights.items():
        if first != second:
            return (other, one, basis) if first > second else (one, other, basis)
    return other, one, Basis.NONE


def _registered(name: str, house: House) -> int:
    """1 if the house writes it so, or has it in a quotation that was verified, -1 if it forbids it."""
    if any(name in term.forbid for term in house.terms) or any(name in unit.forbid for unit in house.organisations):
        return -1
    written = (
        *(term.preferred for term in house.terms),
        *(name for document in house.documents for name in (document.title, *document.short)),
        *(name for unit in house.organisations for name in (unit.name, *unit.short)),
    )
    return int(name in written or (len(name) >= _SHORT and any(name in quote.text for quote in house.quotes)))


def _own(form: Form, issue: ReadIssue) -> int:
    """1 if the office that publishes the issue writes it so in a text of its own."""
    return int(any(words.text.slug in issue.by_publisher for words in form.places))


def counted(one: str, other: str, issue: ReadIssue) -> tuple[int, int]:
    """How often each stands in the issue, in marks or without; where one lies in the other, without those."""
    first, second = issue.content.count(one), issue.content.count(other)
    if one in other:
        return first - second, second
    return (first, second - first) if other in one else (first, second)


def _sentence(words: Words) -> tuple[str, int, int]:
    content = words.text.content
    start = max(content.rfind(mark, 0, words.start) for mark in _SENTENCE_ENDS)
    return words.text.path, words.text.span(0).line, start
