"""Saving a sheet: which paragraphs would lose a line if one to three characters were cut, and whether that saves a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin.model.build import Cut, Saving
from bulletin.model.edition import Edition
from bulletin.model.marks import is_han
from bulletin.model.pages import SetImprint
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
from bulletin.typeset.blocks import Column
from bulletin.typeset.edition import SetIssue, pages_of
from bulletin.typeset.pieces import slices_of

_MOST = 3
"""Characters: more is for the author to cut."""
_SHORT = 6
"""Characters of a last line that so few can make disappear."""


def find_cuts(issue: SetIssue, edition: Edition) -> tuple[Cut, ...]:
    """All paragraphs that so few characters make a line shorter, in order: each is set again without them."""
    return tuple(each.cut for place in range(len(edition.articles)) for each in _candidates(issue, edition, place))


def find_savings(issue: SetIssue, edition: Edition) -> tuple[Saving, ...]:
    """For each article by which the issue can be made shorter, the fewest characters that do it; the cheapest first."""
    found: list[tuple[int, tuple[_Candidate, ...]]] = []
    for place in range(len(issue.articles)):
        chosen = _cheapest(_Shortening(issue, edition, place), list(_candidates(issue, edition, place)))
        if chosen:
            found.append((place, chosen))
    found.sort(key=lambda each: sum(candidate.cut.characters for candidate in each[1]))
    savings, shorter = [], issue
    for place, chosen in found:
        shorter = _Shortening(shorter, edition, place).without(chosen)
        source = edition.articles[place]
        cuts = tuple(candidate.cut for candidate in chosen)
        savings.append(Saving(source.slug, source.plain_title, cuts, len(pages_of(shorter))))
    return tuple(savings)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A cut, and the number of the block of the article that its paragraph is in."""

    cut: Cut
    block: int


@dataclass(frozen=True, slots=True)
class _Shortening:
    """An issue that is to be made shorter in one article."""

    issue: SetIssue
    edition: Edition
    place: int

    def without(self, chosen: Sequence[_Candidate]) -> SetIssue:
        """The issue without what the cuts take away."""
        written, article = self.edition.articles[self.place], self.issue.articles[self.place]
        blocks = list(article.blocks)
        for number in {candidate.block for candidate in chosen}:
            block = written.blocks[number]
            for candidate in chosen:
                if candidate.block == number:
                    block = _trimmed(block, candidate.cut.span, candidate.cut.characters)
            blocks[number] = self.issue.column.block(block)
        articles = list(self.issue.articles)
        articles[self.place] = replace(article, blocks=tuple(blocks))
        return replace(self.issue, articles=tuple(articles))

    def size(self, chosen: Sequence[_Candidate]) -> tuple[int, int]:
        """How many pages the issue then has in all, and how many with text."""
        pages = pages_of(self.without(chosen))
        return len(pages), sum(any(not isinstance(part, SetImprint) for part in page.parts) for page in pages)


def _candidates(issue: SetIssue, edition: Edition, place: int) -> Iterator[_Candidate]:
    article, set_article = edition.articles[place], issue.articles[place]
    for number, (block, set_block) in enumerate(zip(article.blocks, set_article.blocks, strict=True)):
        for span, content in _paragraphs(set_block):
            words = visible_text((content,)).split("\n")[-1]
            if len(words) <= _SHORT and (count := _least_cut(issue.column, block, span, set_block)):
                yield _Candidate(Cut(span, count, words), number)


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


def _least_cut(column: Column, block: ComposedBlock, span: Span, now: SetBlock) -> int:
    """The least number of characters whose cut from one of its paragraphs makes the block a line shorter; 0 if none does."""
    lines = len(slices_of(now))
    counts = range(1, _MOST + 1)
    return next((count for count in counts if len(slices_of(column.block(_trimmed(block, span, count)))) < lines), 0)


def _trimmed(block: ComposedBlock, paragraph: Span, count: int) -> ComposedBlock:
    """The block without so many characters of one of its paragraphs."""
    match block:
        case Paragraph(content, span) | RunInHeading(_, _, content, _, span) if span == paragraph:
            return replace(block, content=_without(content, count))
        case Quote(blocks):
            return Quote(tuple(_trimmed(inner, paragraph, count) for inner in blocks))
        case ItemList():
            items = (
                ListItem(item.mark, tuple(_trimmed(inner, paragraph, count) for inner in item.blocks))
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


def _cheapest(shortening: _Shortening, candidates: Sequence[_Candidate]) -> tuple[_Candidate, ...]:
    """The candidates that together make the issue a page shorter: taken from the cheapest, then left out where not needed."""
    now = shortening.size(())
    chosen: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda each: each.cut.characters):
        chosen.append(candidate)
        if shortening.size(chosen) < now:
            break
    else:
        return ()
    for candidate in reversed(chosen[:]):
        fewer = [each for each in chosen if each is not candidate]
        if fewer and shortening.size(fewer) < now:
            chosen = fewer
    return tuple(sorted(chosen, key=lambda each: each.cut.span))
