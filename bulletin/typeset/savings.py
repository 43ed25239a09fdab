"""Saving a sheet: which paragraphs would lose a line if one to three characters were cut, and whether that saves a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin.model.build import Cut, Saving
from bulletin.model.edition import Edition
from bulletin.model.marks import is_han
from bulletin.model.problem import Span
from bulletin.model.prose import (
    ComposedBlock,
    ComposedInline,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    RunInHeading,
    SetBlock,
    SetText,
    Text,
)
from bulletin.model.walk import visible_text
from bulletin.typeset.articles import SetArticle, run_items
from bulletin.typeset.blocks import Column
from bulletin.typeset.edition import SetIssue, pages_of
from bulletin.typeset.pages import fill_pages
from bulletin.typeset.pieces import slices_of

_MOST = 3
"""Characters: more is for the author to cut."""
_SHORT = 6
"""Characters of a last line that so few can make disappear."""


def find_cuts(issue: SetIssue, edition: Edition) -> tuple[Cut, ...]:
    """All paragraphs that so few characters make a line shorter, in order: each is set again without them."""
    return tuple(each.cut for place in range(len(edition.articles)) for each in _candidates(issue, edition, place))


def find_savings(issue: SetIssue, edition: Edition) -> tuple[Saving, ...]:
    """For each article that can be made a page shorter, the fewest characters that do it; the cheapest first."""
    found: list[tuple[int, tuple[_Candidate, ...]]] = []
    for place, article in enumerate(issue.articles):
        chosen = _cheapest(article, list(_candidates(issue, edition, place)))
        if chosen:
            found.append((place, chosen))
    found.sort(key=lambda each: sum(candidate.cut.characters for candidate in each[1]))
    savings, articles = [], list(issue.articles)
    for place, chosen in found:
        articles[place] = _shortened(articles[place], chosen)
        total = len(pages_of(replace(issue, articles=tuple(articles))))
        source = edition.articles[place]
        savings.append(Saving(source.slug, source.plain_title, tuple(each.cut for each in chosen), total))
    return tuple(savings)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A cut, and the block that it makes: which of the article's it takes the place of."""

    cut: Cut
    place: int
    block: SetBlock


def _candidates(issue: SetIssue, edition: Edition, place: int) -> Iterator[_Candidate]:
    article, set_article = edition.articles[place], issue.articles[place]
    for index, (block, set_block) in enumerate(zip(article.blocks, set_article.blocks, strict=True)):
        for span, content in _paragraphs(set_block):
            words = visible_text((content,)).split("\n")[-1]
            if len(words) <= _SHORT and (found := _shorter(issue.column, block, span.line, set_block)):
                yield _Candidate(Cut(span, found[0], words), index, found[1])


def _paragraphs(block: SetBlock) -> Iterator[tuple[Span, SetText]]:
    match block:
        case Paragraph(content, span) | RunInHeading(_, _, content, _, span):
            yield span, content
        case Quote(blocks):
            for inner in blocks:
                yield from _paragraphs(inner)
        case ItemList(_, items):
            for item in items:
                for inner in item.blocks:
                    yield from _paragraphs(inner)
        case _:
            return


def _shorter(column: Column, block: ComposedBlock, line: int, now: SetBlock) -> tuple[int, SetBlock] | None:
    """The least number of characters whose cut from the paragraph in that line of its file saves a line, and the block then."""
    for count in range(1, _MOST + 1):
        shorter = column.block(_trimmed(block, line, count))
        if len(slices_of(shorter)) < len(slices_of(now)):
            return count, shorter
    return None


def _trimmed(block: ComposedBlock, line: int, count: int) -> ComposedBlock:
    """The block without so many characters of one of its paragraphs."""
    match block:
        case Paragraph(content, span) | RunInHeading(_, _, content, _, span) if span.line == line:
            return replace(block, content=_without(content, count))
        case Quote(blocks):
            return Quote(tuple(_trimmed(inner, line, count) for inner in blocks))
        case ItemList():
            items = (
                ListItem(item.mark, tuple(_trimmed(inner, line, count) for inner in item.blocks))
                for item in block.items
            )
            return replace(block, items=tuple(items))
        case _:
            return block


def _without(content: tuple[ComposedInline, ...], count: int) -> tuple[ComposedInline, ...]:
    """The content without so many Han of its longest text, from its middle; which an author would cut, nobody knows."""
    texts = [inline for inline in content if isinstance(inline, Text)]
    if not texts:
        return content
    longest = max(texts, key=lambda text: len(text.content))
    han = [place for place, character in enumerate(longest.content) if is_han(character)]
    middle = len(han) // 2
    cut = set(han[middle : middle + count])
    kept = "".join(character for place, character in enumerate(longest.content) if place not in cut)
    return tuple(Text(kept) if inline is longest else inline for inline in content)


def _cheapest(article: SetArticle, candidates: Sequence[_Candidate]) -> tuple[_Candidate, ...]:
    """The candidates that together make the article a page shorter: taken from the cheapest, then left out where not needed."""
    pages = _page_count(article)
    chosen: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda each: each.cut.characters):
        chosen.append(candidate)
        if _page_count(_shortened(article, chosen)) < pages:
            break
    else:
        return ()
    for candidate in reversed(chosen[:]):
        fewer = [each for each in chosen if each is not candidate]
        if _page_count(_shortened(article, fewer)) < pages:
            chosen = fewer
    return tuple(sorted(chosen, key=lambda each: each.cut.span))


def _page_count(article: SetArticle) -> int:
    return sum(1 for _ in fill_pages(run_items([article]), 1))


def _shortened(article: SetArticle, chosen: Sequence[_Candidate]) -> SetArticle:
    blocks = {candidate.place: candidate.block for candidate in chosen}
    return replace(article, blocks=tuple(blocks.get(place, block) for place, block in enumerate(article.blocks)))
