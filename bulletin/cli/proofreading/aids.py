"""Reading aids on the terminal, and for another program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from bulletin.cli.console import show_lines
from bulletin.cli.language import _, shown_text
from bulletin.model.proof_text import Words
from bulletin.model.reading_aids import ArticleAids, NewAid, NewKind, PersonAid, QuotationAid, ReadingAids


def show_aids(aids: ReadingAids) -> None:
    """What no rule can judge, article by article, for somebody to look at."""
    for article in aids.articles:
        click.echo(click.style(f"── {article.slug}《{shown_text(article.title)}》\n", bold=True))
        _show_article(article)
    _show_list(_("以前各期（{count} 期）和词典里都没有的").format(count=aids.earlier), map(_new_said, aids.new))


def _show_article(article: ArticleAids) -> None:
    _show_list(_("数字"), (_said(each.words) for each in article.numbers))
    _show_list(_("人名和职务"), (_person_said(each) for each in article.people))
    _show_list(_("引文"), (_quotation_said(each) for each in article.quotations))
    sentences = (_("{place}（{count} 字）{said}").format(place=_place(each.words), count=each.length, said=each.words.content)
                 for each in article.sentences)  # fmt: skip
    _show_list(_("长句"), sentences)


def _show_list(name: str, lines: Iterable[str]) -> None:
    said = [shown_text(line) for line in lines]
    if said:
        click.echo(_("{name}（{count} 条）").format(name=name, count=len(said)))
        show_lines(f"  {line}" for line in said)
        click.echo()


def _place(words: Words) -> str:
    return f"{words.span.line}:{words.span.column}"


def _said(words: Words) -> str:
    return f"{_place(words)}  {words.content}"


def _person_said(aid: PersonAid) -> str:
    said = f"{_place(aid.words)}  {aid.name}　{aid.post or _('（没有写职务）')}"
    return said + (_("；名册里是{known}").format(known=aid.known) if aid.known and aid.known != aid.post else "")


def _quotation_said(aid: QuotationAid) -> str:
    mark = _("✓ 已核对") if aid.verified else _("□ 没有核对")
    return f"{_place(aid.words)}  {mark}　{aid.words.content}"


def _new_said(aid: NewAid) -> str:
    return _("{place}  {kind}　{name}（{count} 次）").format(
        place=aid.words.span, kind=_kind(aid.kind), name=aid.name, count=aid.count
    )


def _kind(kind: NewKind) -> str:
    return {
        NewKind.QUOTED: _("引号里的"),
        NewKind.TITLE: _("题名"),
        NewKind.PERSON: _("人名"),
        NewKind.ORGANISATION: _("单位"),
        NewKind.WORD: _("词"),
    }[kind]


def aids_record(aids: ReadingAids) -> dict[str, Any]:
    """The aids as JSON."""
    return {
        "earlier_issues": aids.earlier,
        "articles": [_article_record(each) for each in aids.articles],
        "new": [
            {**_words_record(each.words), "kind": each.kind.value, "name": each.name, "count": each.count}
            for each in aids.new
        ],
    }


def _article_record(article: ArticleAids) -> dict[str, Any]:
    return {
        "article": article.slug,
        "numbers": [_words_record(each.words) for each in article.numbers],
        "people": [*_people_records(article.people)],
        "quotations": [
            {**_words_record(each.words), "verified": each.verified, "entry": each.entry or None}
            for each in article.quotations
        ],
        "long_sentences": [{**_words_record(each.words), "length": each.length} for each in article.sentences],
    }


def _people_records(people: Iterable[PersonAid]) -> Iterator[dict[str, Any]]:
    for each in people:
        yield {**_words_record(each.words), "name": each.name, "post": each.post, "known": each.known}


def _words_record(words: Words) -> dict[str, Any]:
    return {
        "path": words.text.path,
        "line": words.span.line,
        "column": words.span.column,
        "words": words.content,
    }
