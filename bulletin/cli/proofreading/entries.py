"""What the house knows of one thing, as `bulletin explain` shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from bulletin.cli.console import severity_name
from bulletin.cli.language import _
from bulletin.model.finding import Strength
from bulletin.model.house import BankQuote, Claim, Document, Known, Organisation, Person, Post, Term


def entry_page(known: Known) -> Iterator[str]:
    """What is known, where it comes from, and where it stands."""
    yield click.style(f"{known.entry.id}　{_name(known)}", bold=True)
    yield from (f"{name}{_('：')}{said}" for name, said in _facts(known) if said)
    yield _("来源：{source}").format(source=known.entry.source)
    yield _("写在 {place}").format(place=known.entry.span)
    if known.entry.bad or known.entry.good:
        yield ""
        yield from examples(known.entry.bad, known.entry.good)


def examples(bad: Iterable[str], good: Iterable[str]) -> Iterator[str]:
    """Examples with their marks; those of several paragraphs on several lines."""
    for mark, texts in (("✗", bad), ("✓", good)):
        for text in texts:
            first, *rest = text.split("\n")
            yield f"{mark} {first}"
            yield from (f"  {each}" for each in rest)


def strength_name(strength: Strength) -> str:
    """Who says so."""
    return {Strength.STANDARD: _("国标"), Strength.PRACTICE: _("实务"), Strength.HOUSE: _("本局")}[strength]


def _name(known: Known) -> str:
    match known:
        case Term():
            return known.preferred
        case Person() | Organisation():
            return known.name
        case Document():
            return f"《{known.title}》"
        case Claim():
            return known.what
        case BankQuote():
            return known.speaker


def _facts(known: Known) -> Iterator[tuple[str, str]]:
    match known:
        case Term():
            yield _("不写成"), _listed(known.forbid)
            yield _("写法"), known.pattern
            yield _("依次是"), _listed(known.members)
            yield _("不要混同"), _listed(known.not_variants)
            yield _("为什么"), known.why
            yield _("轻重"), f"{severity_name(known.severity)}{_('，')}{strength_name(known.strength)}"
        case Person():
            yield _("职务"), _("；").join(map(_post, known.posts))
            yield _("简称"), _listed(known.short)
        case Organisation():
            yield _("简称"), _listed((*known.short, *known.common))
            yield _("不写成"), _listed(known.forbid)
        case Document():
            yield _("文号"), known.number
            yield _("发文机关"), known.issuer
            yield _("简称"), _listed(known.short)
        case Claim():
            yield _("可以写成"), _listed(known.forms)
        case BankQuote():
            yield _("原话"), known.text
            yield _("场合"), known.occasion


def _listed(names: Iterable[str]) -> str:
    return _("、").join(names)


def _post(post: Post) -> str:
    if post.since is None and post.until is None:
        return post.text
    return f"{post.text}（{post.since or ''}～{post.until or ''}）"
