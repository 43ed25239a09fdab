"""One entry of the house's files as the model has it, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletin.load.house.faults import faults_of
from bulletin.load.patterns import needles_of
from bulletin.load.schemas.knowledge import (
    ClaimSchema,
    DocumentSchema,
    EntrySchema,
    OrganisationSchema,
    PersonSchema,
    QuoteSchema,
    TermSchema,
)
from bulletin.load.strict_yaml import YamlTree
from bulletin.model.finding import Safety, Strength
from bulletin.model.house import (
    DEFAULT_SEVERITIES,
    BankQuote,
    Claim,
    Document,
    Entry,
    Known,
    Organisation,
    Person,
    Post,
    Term,
    TermKind,
)
from bulletin.model.problem import Problem, Severity


def known_of(name: str, said: EntrySchema, tree: YamlTree, index: int) -> tuple[Known | None, tuple[Problem, ...]]:
    """The entry at `index` of the list `name`, or the faults that keep it from being one."""
    faults = tuple(faults_of(said, tree, (name, index)))
    if faults:
        return None, faults
    span = tree.places[name, index, "id"]
    return MAKERS[name](said, Entry(said.id, said.source or "", said.examples.bad, said.examples.good, span)), ()


def _term(said: TermSchema, entry: Entry) -> Term:
    kind = TermKind(said.kind)
    return Term(
        entry=entry,
        kind=kind,
        preferred=said.preferred,
        forbid=said.forbid,
        pattern=said.pattern or "",
        needles=needles_of(said.pattern) if said.pattern else (),
        members=said.members,
        not_variants=said.not_variants,
        quoted=said.quoted is not None,
        valid_from=said.valid_from,
        valid_until=said.valid_until,
        allow_in=said.allow_in,
        severity=Severity(said.severity) if said.severity else DEFAULT_SEVERITIES[said.kind],
        strength=Strength(said.strength) if said.strength else Strength.PRACTICE,
        safety=Safety(said.fix),
        why=said.why or "",
    )


def _person(said: PersonSchema, entry: Entry) -> Person:
    posts = tuple(Post(post.text, post.since, post.until, post.rank or 0) for post in said.posts)
    return Person(entry, said.name, posts, said.short)


def _organisation(said: OrganisationSchema, entry: Entry) -> Organisation:
    return Organisation(entry, said.name, said.short, said.common, said.forbid)


def _document(said: DocumentSchema, entry: Entry) -> Document:
    return Document(entry, said.title, said.number or "", said.issuer or "", said.date, said.short)


def _claim(said: ClaimSchema, entry: Entry) -> Claim:
    return Claim(entry, said.what, said.forms, said.as_of)


def _quote(said: QuoteSchema, entry: Entry) -> BankQuote:
    return BankQuote(entry, said.speaker, said.text, said.occasion or "", said.date)


MAKERS: dict[str, Callable[[Any, Entry], Known]] = {
    "terms": _term,
    "people": _person,
    "organisations": _organisation,
    "documents": _document,
    "claims": _claim,
    "quotes": _quote,
}
"""What each list of the files becomes; the names are those of `House`."""
