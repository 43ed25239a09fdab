"""What is wrong with an entry by itself, and what entries say against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bulletin.load.patterns import Unsafe, needles_of
from bulletin.load.schemas.knowledge import EntrySchema, OrganisationSchema, PersonSchema, TermSchema
from bulletin.load.strict_yaml import YamlPath, YamlTree
from bulletin.model.house import House
from bulletin.model.problem import NOTHING, Problem, Span, error, message

_NEED_FORMS = frozenset({"typo", "variant"})
_PATTERN_ADVICE = message("写得再具体些；拿不准就用 forbid 逐个列出错的写法")


def faults_of(said: EntrySchema, tree: YamlTree, where: YamlPath) -> Iterator[Problem]:
    """The faults of the entry at `where`."""
    if isinstance(said, TermSchema):
        yield from _of_pattern(said, tree, where)
        yield from _of_forms(said.forbid, (said.preferred, *said.not_variants), tree, where)
        yield from _of_days(said.valid_from, said.valid_until, tree, (*where, "valid_until"))
        if said.kind in _NEED_FORMS and not said.forbid and not said.pattern:
            what, advice = message("没有写错误的写法"), message("写 forbid（逐字）或 pattern（正则式）")
            yield error("house-form", tree.places[*where, "id"], what, advice)
    if isinstance(said, OrganisationSchema):
        yield from _of_forms(said.forbid, (said.name, *said.short, *said.common), tree, where)
    if isinstance(said, PersonSchema):
        for index, post in enumerate(said.posts):
            yield from _of_days(post.since, post.until, tree, (*where, "posts", index, "until"))


def _of_pattern(said: TermSchema, tree: YamlTree, where: YamlPath) -> Iterator[Problem]:
    if said.pattern:
        try:
            needles_of(said.pattern)
        except Unsafe as unsafe:
            yield error("house-pattern", tree.places[*where, "pattern"], unsafe.what, _PATTERN_ADVICE)


def _of_forms(forbid: tuple[str, ...], right: tuple[str, ...], tree: YamlTree, where: YamlPath) -> Iterator[Problem]:
    for index, form in enumerate(forbid):
        place = tree.places[*where, "forbid", index]
        if form in right:
            yield error("house-form", place, message("“{form}”既写成对的，又写成错的", form=form))
        elif len(form) == 1:
            what = message("只有一个字“{form}”，到处都会误报", form=form)
            yield error("house-form", place, what, message("连同前后的字一起写"))
        elif form in forbid[:index]:
            yield error("house-form", place, message("“{form}”写了两次", form=form), message("只保留一个"))


def _of_days(since: date | None, until: date | None, tree: YamlTree, where: YamlPath) -> Iterator[Problem]:
    if since and until and until < since:
        what = message("从 {since} 起，到 {until} 为止：止在起之前", since=str(since), until=str(until))
        yield error("house-dates", tree.places[where], what, message("核对两个日期"))


def contradictions(house: House) -> Iterator[Problem]:
    """What one entry says is right and another says is wrong, and numbers that two documents have."""
    right = {term.preferred: term.entry for term in house.terms}
    for term in house.terms:
        for form in term.forbid:
            if form in right:
                one, other = sorted((term.entry, right[form]), key=lambda entry: entry.span.path.startswith("assets/"))
                what = message("“{form}”在这一条和“{id}”里，一个是对的，一个是错的", form=form, id=other.id)
                advice = message("两条留一条；程序自带的，写 {{id: {id}, disabled: true}} 去掉", id=other.id)
                yield error("house-form", one.span, what, advice)
    seen: dict[str, Span] = {}
    for document in house.documents:
        if document.number in seen:
            what = message("{number} 在 {place} 已经有了", number=document.number, place=str(seen[document.number]))
            yield error("house-form", document.entry.span, what, NOTHING)
        if document.number:
            seen[document.number] = document.entry.span
