"""The edition against the manuscripts: composition adds numbers to headings and changes no other character."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.edition import Edition
from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.prose import ComposedBlock, NumberedHeading
from bulletin.model.walk import visible_text
from bulletin.prove.passages import squeezed


def prove_composition(issue: Issue, edition: Edition) -> Iterator[Problem]:
    """A problem for each block whose text is not that of the manuscript (footnotes are proved where they are printed)."""
    if not all(highlight.text.strip() for highlight in edition.highlights):
        what = message("要览里有一条是空的")
        advice = message("补上稿件缺的栏位，或改 assets/kinds.yaml 里的 highlight")
        yield error("highlight-empty", issue.head.places.file, what, advice)
    yield from _check_editors_note(issue.editors_note, edition.editors_note, issue.head.places.file)
    for manuscript, article in zip(issue.manuscripts, edition.articles, strict=True):
        yield from _check_editors_note(manuscript.editors_note, article.editors_note, manuscript.span)
        own = article.blocks[: len(manuscript.blocks)]
        for written, composed in zip(manuscript.blocks, own, strict=True):
            source, result = squeezed(visible_text(written)), squeezed(visible_text(composed))
            numbered = composed.label + source if isinstance(composed, NumberedHeading) else source
            if result not in (source, numbered):
                what = message(
                    "排好的文字与原稿不一致：原稿是“{source}”，排成“{result}”", source=source[:60], result=result[:60]
                )
                yield error("proof-composition", getattr(written, "span", manuscript.span), what)


def _check_editors_note(written: str, composed: tuple[ComposedBlock, ...], span: Span) -> Iterator[Problem]:
    result = squeezed(visible_text(composed))
    if result != (squeezed(f"编者按：{written}") if written else ""):
        yield error("proof-composition", span, message("排好的编者按与原稿不一致：“{result}”", result=result[:60]))
