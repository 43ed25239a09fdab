"""PER004: one person with different posts in one issue, one post with names that are almost the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.proofread.facts.alike import distance
from bulletin.proofread.facts.people import NamedPerson, Post
from bulletin.proofread.reading import ReadIssue
from bulletin.proofread.rule import IssueRule

_NAMED = 3
"""Of names of two characters too many differ in one."""
_SAME_BODY = 3
_KEPT = 8
"""So many places of a name, so many names of a post are compared."""

MANUAL = Manual(
    code="PER004",
    title=message("同一个人的职务、同一职务的人名前后不一致"),
    says=message(
        "同一个人在同一个单位，一处是正职、一处是副职；或者同一职务下的人名只差一个字，多半有一处写错了。题下的讲话人和职务也算一处。写明“原”“时任”的不比。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="《党政机关公文处理工作条例》第二十条（四）：人名准确；三校一读",
    bad=(
        "讲话人：张克新\n职务：省委老干部局副局长\n同志们：\n另一篇：\n会上，省委老干部局局长张克新作了总结。",
        "得到市委书记张国雷同志的批示。\n市委书记张国磊同志到会讲话。",
    ),
    good=(
        "时任省委老干部局副局长张克新讲话。\n省委老干部局局长张克新讲话。",
        "市委书记张国雷同志作了批示。\n市委副书记张国磊同志作了批示。",
        "县委书记李国强讲话。\n县委常委、组织部部长李国强讲话。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    people = [person for article in issue.articles for person in article.people]
    yield from _other_post(people)
    yield from _other_name(people)


def _other_post(people: list[NamedPerson]) -> Iterator[Finding]:
    """People who are 局长 here and 副局长 there."""
    known: dict[str, list[NamedPerson]] = defaultdict(list)
    for person in people:
        conflict = next(((other, *posts) for other in known[person.name] if (posts := _conflict(person, other))), None)
        if conflict:
            other, here, there = conflict
            what = message(
                "{name}这里是“{here}”，别处是“{there}”", name=person.name, here=here.written, there=there.written
            )
            related = Related(other.words, message("这里是“{there}”", there=there.written))
            advice = message("核对职务；任职前后不同的，写明“时任”或“原”")
            yield Finding(MANUAL.code, MANUAL.severity, person.words, what, advice, (related,))
        elif len(known[person.name]) < _KEPT:
            known[person.name].append(person)


def _conflict(one: NamedPerson, other: NamedPerson) -> tuple[Post, Post] | None:
    return next(
        (
            (here, there)
            for here in one.posts
            for there in other.posts
            if here.rank != there.rank
            and here.plain == there.plain
            and not here.former
            and not there.former
            and _same_body(here.body, there.body)
            and here not in other.posts
            and there not in one.posts
        ),
        None,
    )


def _same_body(one: str, other: str) -> bool:
    """True of 省委老干部局 and 江澜省委老干部局, and of two 市委 that nothing more is said of."""
    shorter, longer = sorted((one, other), key=len)
    return one == other != "" or (len(shorter) >= _SAME_BODY and longer.endswith(shorter))


def _other_name(people: list[NamedPerson]) -> Iterator[Finding]:
    """Names under one post that differ in one character; the rarer is told."""
    by_post: dict[str, dict[str, list[NamedPerson]]] = defaultdict(lambda: defaultdict(list))
    for person in people:
        for post in person.posts:
            if post.body and not post.former:
                by_post[post.written][person.name].append(person)
    told = set()
    for written, named in by_post.items():
        names = sorted(named, key=lambda name: -len(named[name]))[:_KEPT]
        for place, right in enumerate(names):
            for doubted in names[place + 1 :]:
                if len(doubted) == len(right) == _NAMED and distance(doubted, right, 1) == 1 and doubted not in told:
                    told.add(doubted)
                    yield _name_finding(named[doubted][0], named[right][0], written)


def _name_finding(doubted: NamedPerson, right: NamedPerson, post: str) -> Finding:
    what = message("同是“{post}”，这里是“{here}”，别处是“{there}”", post=post, here=doubted.name, there=right.name)
    related = Related(right.words, message("这里是“{there}”", there=right.name))
    return Finding(MANUAL.code, MANUAL.severity, doubted.words, what, message("核对姓名用字"), (related,))


RULE = IssueRule(MANUAL, _find)
