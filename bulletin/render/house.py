"""Entries of the house as its files say them (YAML)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias

from bulletin.model.finding import Safety, Strength
from bulletin.model.house import (
    DEFAULT_SEVERITIES,
    LISTS,
    BankQuote,
    Claim,
    Document,
    House,
    Known,
    Organisation,
    Person,
    Term,
)
from bulletin.render.records import yaml_text

Value: TypeAlias = "str | int | date | Sequence[Value] | dict[str, Value] | None"
Field: TypeAlias = tuple[str, Value]
"""A key and its value; nothing is written of what says nothing."""

_ALLOWED = ("quotation", "title")
_REMARKS = {
    "terms": "总要加引号的词：不总加的，删去 quoted",
    "people": "职务是文中的写法：补上单位全称，写上起止日期（since、until）和位次（rank）",
    "organisations": "单位：补上简称（short、common）和常见的错误写法（forbid）",
    "documents": "文件：核对文号，补上发文机关（issuer）和日期（date）",
    "claims": "数：文中有几种写法的，留下对的",
    "quotes": "引文：收下之前逐字核对原文，写上场合（occasion）和日期（date）",
}


def render_proposal(house: House, issue: str) -> str:
    """All lists that have entries, with a remark on what to look at in each."""
    head = f"# {issue} 里可以收进 house/ 的条目。逐条看过，不要的删去，要改的改好，再运行 bulletin house learn --add 本文件\n"
    lists = (f"\n# {_REMARKS[name]}\n{render_list(name, house)}" for name in LISTS if house.listed(name))
    return head + "".join(lists)


def render_list(name: str, house: House) -> str:
    """One list of a file, with its name."""
    return f"{name}:\n" + "".join(render_entry(known, "  ") for known in house.listed(name))


def render_entry(known: Known, inset: str) -> str:
    """An item of a list, `inset` before its dash."""
    entry = known.entry
    fields = [*_FIELDS[type(known)](known), ("source", entry.source)]
    lines = [f"id: {entry.id}", *(f"{key}: {_value(value)}" for key, value in fields if value not in (None, "", ()))]
    if entry.bad or entry.good:
        examples = (("bad", entry.bad), ("good", entry.good))
        lines += ["examples:", *(f"  {key}: {_value(texts)}" for key, texts in examples if texts)]
    return "".join(f"{inset}{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def _value(value: Value) -> str:
    """A list is written in one line; a day as itself."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_value(each)}' for key, each in value.items() if each)}}}"
    return yaml_text(value)


def _term(term: Term) -> Iterator[Field]:
    severity = term.severity.value
    yield "kind", term.kind.value
    yield "preferred", term.preferred
    yield "quoted", "always" if term.quoted else None
    yield "forbid", term.forbid
    yield "pattern", term.pattern
    yield "members", term.members
    yield "not_variants", term.not_variants
    yield "valid_from", term.valid_from
    yield "valid_until", term.valid_until
    yield "allow_in", None if term.allow_in == _ALLOWED else list(term.allow_in)
    yield "severity", None if severity == DEFAULT_SEVERITIES[term.kind.value].value else severity
    yield "strength", None if term.strength is Strength.PRACTICE else term.strength.value
    yield "fix", None if term.safety is Safety.NONE else term.safety.value
    yield "why", term.why


def _person(person: Person) -> Iterator[Field]:
    yield "name", person.name
    yield "short", person.short
    yield (
        "posts",
        tuple(
            {"text": post.text, "since": post.since, "until": post.until, "rank": post.rank} for post in person.posts
        ),
    )


def _organisation(unit: Organisation) -> Iterator[Field]:
    yield "name", unit.name
    yield "short", unit.short
    yield "common", unit.common
    yield "forbid", unit.forbid


def _document(document: Document) -> Iterator[Field]:
    yield "title", document.title
    yield "number", document.number
    yield "issuer", document.issuer
    yield "date", document.day
    yield "short", document.short


def _claim(claim: Claim) -> Iterator[Field]:
    yield "what", claim.what
    yield "forms", claim.forms
    yield "as_of", claim.as_of


def _quote(quote: BankQuote) -> Iterator[Field]:
    yield "speaker", quote.speaker
    yield "text", quote.text
    yield "occasion", quote.occasion
    yield "date", quote.day


_FIELDS: dict[type[Known], Callable[[Any], Iterator[Field]]] = {
    Term: _term,
    Person: _person,
    Organisation: _organisation,
    Document: _document,
    Claim: _claim,
    BankQuote: _quote,
}
