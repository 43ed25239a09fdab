"""PER001: posts and names of people otherwise than registered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bulletin.model.collation import same_sound
from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.house import House, Person, places_of
from bulletin.model.house import Post as Registered
from bulletin.model.problem import Message, Severity, message
from bulletin.model.proof_text import Role, Words
from bulletin.proofread.facts.alike import distance
from bulletin.proofread.facts.people import NamedPerson, Post, post_after, post_of, posts_before
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_LONG = 60
_BODY = 3
_FIELDS = frozenset({Role.SPEAKER, Role.POSITION})

MANUAL = Manual(
    code="PER001",
    title=message("人名、职务与登记的不符"),
    says=message(
        "与 house/people.yaml 核对：正副职不同、单位差一个字、任期不合（写明“原”“时任”，或说的是往年的不算），同一职务下的姓名只差一个字。"
        "登记里没有的职务只提示。"
    ),
    severity=Severity.WARNING,
    strength=Strength.HOUSE,
    source="《党政机关公文处理工作条例》第二十条（四）：人名准确；house/people.yaml",
    bad=(
        "会上，某某省委老干部局副局长刘建生讲话。",
        "某某省委老干部局局长刘建升讲话。",
        "某某省委老干部局局长陈大力讲话。",
    ),
    good=(
        "会上，某某省委老干部局局长刘建生讲话，省委老干部局原局长陈大力出席。",
        "2020年，时任局长陈大力到会。刘建生局长强调，要认真落实。",
        "某某市委老干部局局长刘建民发言。",
    ),
    given=(
        "people:\n  - {id: person.liu, name: 刘建生, posts: [{text: 某某省委老干部局局长, since: 2024-03-01}]}\n"
        "  - {id: person.chen, name: 陈大力, posts: [{text: 某某省委老干部局局长, until: 2024-02-29}, {text: 某某省老年大学校长, since: 2024-03-01}]}\n"
    ),
)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A post as it stands in a text, and the words of it; `spoken` where it stands after the name, without 副 by courtesy."""

    post: Post
    words: Words
    spoken: bool = False


def _find(article: ReadArticle) -> Iterator[Finding]:
    if not article.house.people:
        return
    registry = _Registry(article.house, article.day)
    for people, stated in _mentions(article, registry):
        yield from _of_person(people, stated, article.day)
    for named in article.people:
        yield from registry.slips_of(named)


class _Registry:
    """The people by their names, and by their names without one character of them."""

    def __init__(self, house: House, day: date) -> None:
        self.day = day
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_rest: dict[str, list[Person]] = defaultdict(list)
        for person in house.people:
            self.by_name[person.name].append(person)
            for rest in _rests(person.name):
                self.by_rest[rest].append(person)

    def slips_of(self, named: NamedPerson) -> Iterator[Finding]:
        """A name that is one character away from that of somebody with the same post."""
        if named.name in self.by_name:
            return
        for person in (person for rest in _rests(named.name) for person in self.by_rest.get(rest, ())):
            alike = len(person.name) > 2 or same_sound(person.name[1], named.name[1])
            held = [part for post in person.posts_on(self.day) for part in _parts(post)]
            if alike and any(_same_post(post, part) for post in named.posts for part in held):
                what = message("与登记的“{name}”只差一个字，职务相同", name=person.name)
                yield Finding(MANUAL.code, MANUAL.severity, named.words, what, entry=person.entry.id)
                return


def _rests(name: str) -> Iterator[str]:
    """The name without each of its characters but the family name, which is not mistaken."""
    return (f"{name[:place]}·{name[place + 1 :]}" for place in range(1, len(name)))


def _mentions(article: ReadArticle, registry: _Registry) -> Iterator[tuple[Sequence[Person], tuple[_Stated, ...]]]:
    """Everybody who is registered, with the posts that stand beside the name."""
    speaker, position = article.speaker, next(article.of_role(Role.POSITION), None)
    if speaker and position and speaker.name in registry.by_name:
        yield registry.by_name[speaker.name], tuple(_stated(position, speaker.posts, len(position.content)))
    for text in (text for text in article.texts if text.text.role not in _FIELDS):
        for name in dict.fromkeys(person.name for person in article.house.people_in(text.content)):
            for start, end in places_of(name, text.content):
                before = _stated(text, posts_before(text.content, start), start)
                after = post_after(text.content, end)
                spoken = [_Stated(after, text.words(end, end + len(after.written)), spoken=True)] if after else []
                yield registry.by_name[name], (*before, *spoken)


def _stated(text: ReadText, posts: tuple[Post, ...], end: int) -> Iterator[_Stated]:
    for post in posts:
        start = text.content.rfind(post.written, max(0, end - _LONG), end)
        if start >= 0 and not post.former:
            yield _Stated(post, text.words(start, start + len(post.written)))


def _of_person(people: Sequence[Person], stated: tuple[_Stated, ...], day: date) -> Iterator[Finding]:
    """What of the posts beside a name is wrong; of sentences about another year nothing is known."""
    posts = [post for person in people for post in person.posts]
    held = [post for post in posts if post.held_on(day)]
    unknown = [each for each in stated if not any(_agrees(each, part) for post in held for part in _parts(post))]
    if not unknown or not held or any(_other_year(each.words, day) for each in unknown):
        return
    told = [(each.words, what) for each in unknown if (what := _wrong(each, posts, day))]
    for words, what in told:
        yield Finding(MANUAL.code, MANUAL.severity, words, what, entry=people[0].entry.id)
    if not told and len(unknown) == len(stated) and unknown[0].post.body:
        what = message("登记的职务里没有这一项，登记的是：{posts}", posts=tuple(post.text for post in held))
        yield Finding(MANUAL.code, Severity.HINT, unknown[0].words, what, entry=people[0].entry.id)


def _other_year(words: Words, day: date) -> bool:
    return any(int(year) != day.year for year in _YEAR.findall(words.sentence))


def _wrong(stated: _Stated, posts: list[Registered], day: date) -> Message | None:
    """Why a post is certainly wrong: it was held at another time, or is a slip away from one that is held."""
    for post in posts:
        for part in _parts(post):
            if not post.held_on(day) and _agrees(stated, part):
                if post.until and post.until < day:
                    return message("登记的任期到 {day} 为止；说的是当时，写“时任”或“原”", day=str(post.until))
                return message("登记的任期从 {day} 开始", day=str(post.since))
    return next(
        (
            message("登记的职务是“{post}”", post=post.text)
            for post in posts
            if post.held_on(day)
            for part in _parts(post)
            if not stated.spoken and _slip(stated.post, part)
        ),
        None,
    )


def _parts(post: Registered) -> list[Post]:
    """The posts that one registration names: 省委组织部部务委员、省委老干部局局长."""
    return [part for text in post.text.split("、") if (part := post_of(text))]


def _agrees(stated: _Stated, registered: Post) -> bool:
    if stated.spoken:
        return stated.post.plain == registered.plain
    return stated.post.rank == registered.rank and _consistent(stated.post.body, registered.body)


def _same_post(one: Post, other: Post) -> bool:
    """True of two full posts that are one."""
    long = min(len(one.body), len(other.body)) >= _BODY
    return long and one.rank == other.rank and not one.former and _consistent(one.body, other.body)


def _consistent(one: str, other: str) -> bool:
    """True if one is the end of the other: 老干部局, 省委老干部局."""
    return one.endswith(other) or other.endswith(one)


def _slip(stated: Post, registered: Post) -> bool:
    """True of 局长 for 副局长, and of a body that differs in one character."""
    if stated.rank != registered.rank:
        return stated.plain == registered.plain and _consistent(stated.body, registered.body)
    length = len(registered.body)
    ends = (stated.body[-each:] for each in (length - 1, length, length + 1) if each > 0)
    return length > _BODY and any(distance(end, registered.body, 1) == 1 for end in ends)


RULE = ArticleRule(MANUAL, _find, reads_quotations=True)
