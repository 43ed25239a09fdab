"""The edition against the manuscripts: composition adds numbers to headings and changes no other character."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.edition import Edition
from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, error, message
from bulletin.model.prose import NumberedHeading
from bulletin.model.walk import visible_text
from bulletin.prove.passages import squeezed


def prove_composition(issue: Issue, edition: Edition) -> Iterator[Problem]:
    """A problem for each block whose text is not that of the manuscript (footnotes are proved where they are printed)."""
    if not all(line.strip() for line in edition.highlights):
        what = message("要览里有一条是空的")
        advice = message("补上稿件缺的栏位，或改 assets/kinds.yaml 里的 highlight")
        yield error("highlight-empty", issue.head.places.file, what, advice)
    for manuscript, article in zip(issue.manuscripts, edition.articles, strict=True):
        for written, composed in zip(manuscript.blocks, article.blocks, strict=True):
            source, result = squeezed(visible_text(written)), squeezed(visible_text(composed))
            numbered = composed.label + source if isinstance(composed, NumberedHeading) else source
            if result not in (source, numbered):
                what = message(
                    "排好的文字与原稿不一致：原稿是“{source}”，排成“{result}”", source=source[:60], result=result[:60]
                )
                yield error("proof-composition", getattr(written, "span", manuscript.span), what)
