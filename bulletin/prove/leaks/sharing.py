"""What a cleared article has in common with one that is not cleared, word for word.

Whoever cleared it meant its text to be public, so for the gate it may be told; but perhaps nobody knew that the other article says it too.
So it is a warning, at `bulletin clear` and `bulletin site`, and no leak. The same of what the bureau says of itself in its settings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bulletin.model.issue import Issue, Manuscript
from bulletin.model.link import is_cross_link, split_cross_link
from bulletin.model.problem import Places, Problem, Span, message, warning
from bulletin.model.prose import Inline, Link, Paragraph
from bulletin.model.site import SiteSettings
from bulletin.model.walk import walk
from bulletin.prove.leaks.written import Written, article_body, article_fields

_LEAST_HAN = 20
"""Of a sentence that nobody writes twice by chance; counted without marks, digits and Latin, so that a line with a telephone is none."""
_BETWEEN_LETTERS = re.compile(r"[^\w。！？；…\n]+")
_SENTENCE_END = re.compile(r"[。！？；…\n]+")
_NO_HAN = re.compile(r"[^\u3400-\u9fff]")
_PUBLIC = re.compile(
    r"习近平|总书记|党中央|中共中央|国务院|党的[一二三四五六七八九十]+[大届]|党章|宪法|(文件|条例|章程|规定|意见|通知)》?(明确)?(指出|强调|要求|提出|规定)"
)
"""Signs of a sentence that is quoted from a public document, or that all say who speak of one."""
_FREE_TEXTS = ("name", "description", "keywords", "column", "contact")
"""Settings that are sentences, or may be."""
_RUN = 16
"""Letters that a setting and an article do not share by chance."""
_NO_LETTERS = re.compile(r"[\W_]+")
_IN_COMMON = 2
"""Articles that have a sentence, at most; what stands in more is a phrase."""


@dataclass(frozen=True, slots=True)
class Said:
    """An article's long sentences, by their letters, with the number of their paragraph (0 in a table) and their place."""

    title: str
    path: str
    cleared: bool
    sentences: Mapping[str, tuple[int, Span]]


def said_by(manuscript: Manuscript, *, cleared: bool) -> Said:
    """What the article says; a line that ends with a colon is a salutation, or leads to what follows, and is not taken."""
    numbers = {each.span: number for number, each in enumerate(walk(manuscript.blocks, Paragraph), start=1)}
    sentences: dict[str, tuple[int, Span]] = {}
    for written in article_body(manuscript):
        if written.text.rstrip().endswith(("：", ":")):
            continue
        for letters in _SENTENCE_END.split(_BETWEEN_LETTERS.sub("", written.text)):
            if len(letters) >= _LEAST_HAN and letters not in sentences and _tells(letters):
                sentences[letters] = (numbers.get(written.span, 0), written.span)
    return Said(" ".join(manuscript.title), manuscript.span.path, cleared, sentences)


def find_shared(articles: Iterable[Said]) -> tuple[Problem, ...]:
    """A warning for each pair of a cleared article and one that is not, at the first sentence that both have."""
    listed = tuple(articles)
    held = {letters: each for each in listed if not each.cleared for letters in each.sentences}
    if not held:
        return ()
    counts = Counter(letters for each in listed for letters in each.sentences)
    return tuple(problem for each in listed if each.cleared for problem in _shared_by(each, held, counts))


def find_mentions(issue: Issue, public: Collection[str]) -> Iterator[Problem]:
    """A warning for each link from an article that may be public to one that may not: the link goes, its words stay.

    Args:
        issue: The issue.
        public: The slugs of its articles that may be public.
    """
    titles = {each.slug: " ".join(each.title) for each in issue.manuscripts if each.slug not in public}
    for manuscript in (each for each in issue.manuscripts if each.slug in public):
        links: Iterator[Link[Inline]] = walk((manuscript.blocks, manuscript.notes), Link)
        for link in links:
            slug = split_cross_link(link.target)[0] if is_cross_link(link.target) else ""
            if slug in titles:
                what = message(
                    "《{title}》提到了没有公开的《{other}》：链接会去掉，文字还在",
                    title=" ".join(manuscript.title),
                    other=titles[slug],
                )
                advice = message("请改写这一句再审签，或者把那一篇也审签公开")
                yield warning("clearance-mention", link.span, what, advice)


def find_in_settings(settings: SiteSettings, places: Places, held: Iterable[Manuscript]) -> Iterator[Problem]:
    """A warning for each text of the settings that has a long run of letters in common with an article that is not cleared.

    Names of units, kinds and of the publication are no such texts: whoever is named in an article may be named on the site.
    """
    runs = [(field, run) for field in _FREE_TEXTS for text in _said(settings, field) for run in _runs(text)]
    for manuscript in held if runs else ():
        texts = [
            (each, _NO_LETTERS.sub("", each.text)) for each in (*article_fields(manuscript), *article_body(manuscript))
        ]
        whole = "\n".join(text for _, text in texts)
        shared = {field: run for field, run in reversed(runs) if run in whole}
        for field, run in shared.items():
            yield _said_in(
                places.of(f"web.{field}"), run, manuscript, next(each for each, text in texts if run in text)
            )


def _said(settings: SiteSettings, field: str) -> Iterator[str]:
    """The parts of a setting between the names that the site has."""
    written = getattr(settings, field)
    said = written if isinstance(written, str) else "\n".join(written)
    for name in _names(settings):
        said = said.replace(name, "\n")
    yield from said.split("\n")


def _names(settings: SiteSettings) -> tuple[str, ...]:
    """Of the bureau, and of the site where that is no sentence."""
    named = (settings.sponsor, settings.undertaker, *([settings.name] if len(settings.name) < _RUN else []))
    return tuple(filter(None, named))


def _runs(text: str) -> Iterator[str]:
    """All runs of so many letters in a text."""
    letters = _NO_LETTERS.sub("", text)
    yield from (letters[at : at + _RUN] for at in range(len(letters) - _RUN + 1))


def _said_in(span: Span, run: str, manuscript: Manuscript, written: Written) -> Problem:
    what = message(
        "这里写的“{text}…”与尚未审签的《{other}》（{place}）相同",
        text=run,
        other=" ".join(manuscript.title),
        place=str(written.span),
    )
    return warning("setting-shared", span, what, message("bulletin.yaml 的 web 里写的都会公开：请确认，或换一种说法"))


def _tells(letters: str) -> bool:
    return len(_NO_HAN.sub("", letters)) >= _LEAST_HAN and not _PUBLIC.search(letters)


def _shared_by(told: Said, held: Mapping[str, Said], counts: Mapping[str, int]) -> Iterator[Problem]:
    pairs: dict[str, list[str]] = {}
    for letters in told.sentences:
        if letters in held and counts[letters] <= _IN_COMMON:
            pairs.setdefault(held[letters].path, []).append(letters)
    for shared in pairs.values():
        yield _problem(told, held[shared[0]], shared)


def _problem(told: Said, held: Said, shared: list[str]) -> Problem:
    paragraph, span = told.sentences[shared[0]]
    what = message(
        "《{title}》{where}与尚未审签的《{other}》（{place}）有 {count} 句相同：“{text}”",
        title=told.title,
        where=message("第 {number} 段", number=paragraph) if paragraph else message("表格里"),
        other=held.title,
        place=str(held.sentences[shared[0]][1]),
        count=len(shared),
        text=_shown(shared[0]),
    )
    advice = message("公开前请确认：《{other}》不宜公开的，把相同的话从这一篇里删去或改写，再审签", other=held.title)
    return warning("clearance-shared", span, what, advice)


def _shown(letters: str) -> str:
    return letters if len(letters) <= 2 * _LEAST_HAN else letters[: 2 * _LEAST_HAN] + "…"
