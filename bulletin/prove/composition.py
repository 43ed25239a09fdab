"""The edition against the manuscripts: composition adds numbers to headings and changes no other character."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.edition import Article, Edition, Highlight
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.prose import ComposedBlock, Figure, Note, NoteRef, NumberedHeading
from bulletin.model.walk import visible_text, walk
from bulletin.prove.passages import squeezed


def prove_composition(issue: Issue, edition: Edition) -> Iterator[Problem]:
    """A problem for each block whose text is not that of the manuscript, and for each part that is missing or too many."""
    yield from check_highlights(edition.highlights, issue.head.places.file)
    yield from check_editors_note(issue.editors_note, edition.editors_note, issue.head.places.file)
    for manuscript, article in zip(issue.manuscripts, edition.articles, strict=True):
        yield from check_article(manuscript, article)


def check_highlights(highlights: tuple[Highlight, ...], span: Span) -> Iterator[Problem]:
    """No line of the 要览 is empty."""
    if not all(highlight.text.strip() for highlight in highlights):
        what = message("要览里有一条是空的")
        advice = message("补上稿件缺的栏位，或改 assets/kinds.yaml 里的 highlight")
        yield error("highlight-empty", span, what, advice)


def check_editors_note(written: str, composed: tuple[ComposedBlock, ...], span: Span) -> Iterator[Problem]:
    """The 编者按 is what was written, with its label."""
    result = squeezed(visible_text(composed))
    if result != (squeezed(f"编者按：{written}") if written else ""):
        yield _other(span, message("排好的编者按与原稿不一致：“{result}”", result=result[:60]))


def check_article(manuscript: Manuscript, article: Article) -> Iterator[Problem]:
    """Everything of the article is what was written: its head, its blocks, its footnotes, its pictures."""
    yield from check_editors_note(manuscript.editors_note, article.editors_note, manuscript.span)
    if (*article.title, article.subtitle, article.dateline, article.byline) != _head(manuscript):
        yield _other(
            manuscript.span, message("排好的标题、日期或署名与原稿不一致：“{result}”", result=article.plain_title)
        )
    own = article.blocks[: len(manuscript.blocks)]
    if len(own) < len(manuscript.blocks):
        yield _other(
            manuscript.span, message("排好的文章比原稿少了 {count} 段", count=len(manuscript.blocks) - len(own))
        )
    for written, composed in zip(manuscript.blocks, own, strict=False):
        if composed == written:
            continue
        source, result = squeezed(visible_text(written)), squeezed(visible_text(composed))
        numbered = composed.label + source if isinstance(composed, NumberedHeading) else source
        if result not in (source, numbered):
            yield _other(
                getattr(written, "span", manuscript.span),
                message(
                    "排好的文字与原稿不一致：原稿是“{source}”，排成“{result}”", source=source[:60], result=result[:60]
                ),
            )
    yield from _check_notes_and_figures(manuscript, article)


def _head(manuscript: Manuscript) -> tuple[str, ...]:
    """What stands over the text; where the article is signed at its end, date and by-line stand there."""
    subtitle = f"——{manuscript.subtitle}" if manuscript.subtitle else ""
    day = manuscript.date
    dateline = f"（{day.year}年{day.month}月{day.day}日）" if day else ""
    signed = manuscript.kind.signed
    return (*manuscript.title, subtitle, *(("", "") if signed else (dateline, manuscript.byline)))


def _check_notes_and_figures(manuscript: Manuscript, article: Article) -> Iterator[Problem]:
    texts = {note.label: note.content for note in manuscript.notes}
    written = list(walk(manuscript.blocks, (NoteRef, Figure)))
    composed = list(walk(article.blocks, (Note, Figure)))
    notes = [squeezed(visible_text(texts[each.label])) for each in written if isinstance(each, NoteRef)]
    if [squeezed(visible_text(each.content)) for each in composed if isinstance(each, Note)] != notes:
        yield _other(manuscript.span, message("排好的脚注与原稿不一致"))
    figures = [each for each in written if isinstance(each, Figure)]
    if [each for each in composed if isinstance(each, Figure)] != figures:
        yield _other(manuscript.span, message("排好的图与原稿不一致"))


def _other(span: Span, what: Message) -> Problem:
    return error("proof-composition", span, what)
