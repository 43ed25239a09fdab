"""The texts that search results are taken from, compared with the edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bulletin.model.artifact import Artifact
from bulletin.model.edition import Article, WebEdition
from bulletin.model.problem import Outcome, Problem, Span, error, message
from bulletin.model.prose import Figure, Note
from bulletin.model.search import Fingerprint, SearchText
from bulletin.model.site import Card
from bulletin.model.walk import plain_text, walk
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import Passage, article_passages, squeezed
from bulletin.prove.web.search.reading import ShownText, read_text
from bulletin.prove.web.search.tokens import fingerprints_of


def prove_texts(
    edition: WebEdition, files: Mapping[str, Artifact], issue_file: Span
) -> Outcome[dict[str, Fingerprint]]:
    """The fingerprint of each article's text by its address, with problems where a text is not that of its page.

    Args:
        edition: What the audience may read of the issue.
        files: What was rendered of it, by path.
        issue_file: What is named where a file is missing.
    """
    found: dict[str, SearchText] = {}
    problems: list[Problem] = []
    for article, card in zip(edition.articles, edition.cards, strict=True):
        try:
            shown = read_text(files[f"{card.path}/text.js"])
        except (ValueError, TypeError, LookupError):
            what = message("搜索用的文字没有生成，或读不通：{path}", path=card.path)
            problems.append(error("proof-search", issue_file, what))
            continue
        problems += _text_problems(article, card, shown)
        found[card.path] = shown.text
    return Outcome(dict(zip(found, fingerprints_of(tuple(found.values())), strict=True)), tuple(problems))


def _text_problems(article: Article, card: Card, shown: ShownText) -> Iterator[Problem]:
    where = message("搜索用的文字 {path}", path=card.path)
    near = Span(article.source, 1)
    titles = [Passage(squeezed(each), near) for each in (*article.title, article.subtitle)]
    yield from compare_text(titles, squeezed("".join(shown.text.titles)), where)
    yield from compare_text(list(_expected(article, card)), squeezed("".join(shown.text.passages)), where)
    wanted = (card.label or card.section_name, card.byline)
    if (shown.section, shown.byline) != wanted or str(card.key.number) not in shown.issue:
        yield error("proof-search", near, message("搜索结果里的栏目、期号或署名与文章不符：{path}", path=card.path))


def _expected(article: Article, card: Card) -> Iterator[Passage]:
    """What is searched besides the titles: what is printed, without the marks of footnotes; then footnotes, pictures, subjects."""
    near = Span(article.source, 1)
    blocks = (article.editors_note, article.blocks)
    said = list(article_passages(replace(article, title=(), subtitle="")))
    noted = any(passage.marks for passage in said)
    marks = (note.mark for note in walk(blocks if noted else (), Note))
    for passage in said:
        yield Passage("".join(_unmarked(passage, marks)), passage.span) if passage.marks else passage
    notes = (plain_text(note.content) for note in walk(article.blocks if noted else (), Note))
    pictures = (figure.alternative for figure in walk(blocks, Figure))
    yield from (Passage(squeezed(text), near) for text in (*notes, *pictures, *card.subjects))


def _unmarked(passage: Passage, marks: Iterator[str]) -> Iterator[str]:
    start = 0
    for offset in passage.marks:
        yield passage.text[start:offset]
        start = offset + len(next(marks))
    yield passage.text[start:]
