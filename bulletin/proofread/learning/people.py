"""People with their posts, and units with their short names, as an issue has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bulletin.model.house import Organisation, Person, Post
from bulletin.model.proof_text import Role, Words
from bulletin.proofread.facts.people import NamedPerson
from bulletin.proofread.facts.people import Post as Named
from bulletin.proofread.learning.proposing import proposed
from bulletin.proofread.reading import ReadIssue

_BODY = 2
_SHORT = re.compile(r"(?P<name>[\u4e00-\u9fff（）]{4,30})（以下简称[“：:]?(?P<short>[\u4e00-\u9fff]{2,12})”?）")
_LAST = re.compile(r"(?:书记|主席|主任|委员|总理|经理|主编|[\u4e00-\u9fff]长|[\u4e00-\u9fff]员|[\u4e00-\u9fff]{2})$")


def people_of(issue: ReadIssue) -> Iterator[Person]:
    """The people who are named with a post of some body; their posts are those of the fullest mention that is not about the past."""
    known = {person.name for person in issue.house.people}
    named: dict[str, list[NamedPerson]] = defaultdict(list)
    for article in issue.articles:
        for person in article.people:
            if person.name not in known and any(_full(post) for post in person.posts):
                named[person.name].append(person)
    for name, mentions in named.items():
        fullest = max(mentions, key=lambda person: sum(map(_full, person.posts)))
        *others, last = (post for post in fullest.posts if not post.former)
        posts = "、".join(post.written for post in (*others, last))
        examples = (f"{_other(last)}{name}讲话。", f"{posts}{name}讲话。")
        yield Person(proposed(issue, fullest.words, ("person", name), examples), name, (Post(posts),))


def _full(post: Named) -> bool:
    return len(post.body) >= _BODY and not post.former


def _other(post: Named) -> str:
    """局长 of 副局长, and the other way round: what is mistaken most often."""
    if "副" in post.rank:
        return post.body + post.rank.replace("副", "", 1)
    last = _LAST.search(post.rank)
    place = last.start() if last else 0
    return f"{post.body}{post.rank[:place]}副{post.rank[place:]}"


def units_of(issue: ReadIssue) -> Iterator[Organisation]:
    """The units that articles are of, and those whose short names are introduced."""
    known = {form for unit in issue.house.organisations for form in (unit.name, *unit.short, *unit.common)}
    found: dict[str, tuple[Words, str]] = {}
    for text in issue.texts:
        if text.text.role is Role.ORGANIZATION:
            found.setdefault(text.content, (text.words(0, len(text.content)), ""))
        for match in _SHORT.finditer(text.content) if "以下简称" in text.content else ():
            found[match["name"]] = (text.words(*match.span("name")), match["short"])
    for name, (words, short) in found.items():
        if name not in known:
            examples = (f"{short}召开会议。" if short else "", f"{name}召开会议。")
            yield Organisation(proposed(issue, words, ("org", name), examples), name, (short,) if short else ())
