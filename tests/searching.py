"""A site with search, made without the rest of the build; and what a search must find, by going through every text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin.compose import compose_web_edition
from bulletin.compose.search import compose_search_text, compose_volumes
from bulletin.compose.site import compose_issue_card, compose_list_pages, compose_site
from bulletin.load import list_issues, load_issue, load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.edition import WebEdition
from bulletin.model.publication import Publication
from bulletin.model.search import SearchText, Volume
from bulletin.model.site import Around, Card, PageKind
from bulletin.render.web.frame import make_frame, render_shared
from bulletin.render.web.issue_pages import render_issue_pages
from bulletin.render.web.list_pages import render_list_page
from bulletin.render.web.search.texts import render_article_text
from bulletin.render.web.search.tokens import tokens_of
from bulletin.render.web.search.volumes import render_volume, render_volumes


@dataclass(frozen=True, slots=True)
class Searched:
    """What a site with search is made from, and its files by path; `cards` and `texts` are oldest first."""

    publication: Publication
    editions: tuple[WebEdition, ...]
    cards: tuple[Card, ...]
    texts: tuple[SearchText, ...]
    volumes: tuple[Volume, ...]
    files: Mapping[str, Artifact]


def make_searched(root: Path, audience: Audience = Audience.INTRANET) -> Searched:
    """The search of a publication, with its page and those of the articles."""
    publication = load_publication(root).value
    assert publication
    issues = [load_issue(root, key, publication).value for key in list_issues(root)]
    editions = tuple(
        edition for issue in issues if issue and (edition := compose_web_edition(issue, audience)).articles
    )
    issue_cards = [compose_issue_card(edition, None) for edition in editions]
    by_path = {
        card.path: compose_search_text(article, card)
        for edition in editions
        for article, card in zip(edition.articles, edition.cards, strict=True)
    }
    in_volumes = compose_volumes(issue_cards)
    rendered = [render_volume(cards, [tokens_of(by_path[card.path]) for card in cards]) for cards in in_volumes]
    volumes = tuple(volume for volume, _ in rendered)
    cards = tuple(card for each in in_volumes for card in each)
    frame = make_frame(publication, audience)
    pages = (page for page in compose_list_pages(compose_site(audience, issue_cards)) if page.kind is PageKind.SEARCH)
    files = [
        *render_shared(publication),
        *(render_list_page(page, publication, frame) for page in pages),
        *(file for edition in editions for file in render_issue_pages(edition, publication, frame, Around(), None)),
        *(render_article_text(card, by_path[card.path]) for card in cards),
        *(file for _, each in rendered for file in each),
        render_volumes(volumes),
    ]
    texts = tuple(by_path[card.path] for card in cards)
    return Searched(publication, editions, cards, texts, volumes, {file.path: file for file in files})


def write_files(files: Iterable[Artifact], folder: Path) -> Path:
    """Writes the files into the folder."""
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder


def pattern_of(phrase: str) -> re.Pattern[str]:
    """What finds a phrase in a text: its characters with blanks between them or not, numbers and words whole, any marks for marks."""
    parts = re.findall(r"[0-9]+|[a-z]+|\w|[^\w\s]+", unicodedata.normalize("NFKC", phrase).lower().strip())
    while parts and not re.match(r"\w", parts[0]):
        parts.pop(0)
    while parts and not re.match(r"\w", parts[-1]):
        parts.pop()
    return re.compile(r"\s*".join(map(_part, parts)))


def _part(part: str) -> str:
    if part.isascii() and part.isalnum():
        kind = "0-9" if part.isdigit() else "a-z"
        return f"(?<![{kind}]){part}(?![{kind}])"
    return re.escape(part) if re.match(r"\w", part) else r"[^\w]+"


def expected(searched: Searched, phrases: Iterable[str]) -> list[str]:
    """The addresses of the articles that have all the phrases, those first that have them in their titles, then newest first."""
    patterns = [pattern_of(phrase) for phrase in phrases]
    titled, others = [], []
    for card, text in zip(reversed(searched.cards), reversed(searched.texts), strict=True):
        titles = [_plain(each) for each in text.titles]
        passages = titles + [_plain(each) for each in text.passages]
        if all(any(pattern.search(each) for each in titles) for pattern in patterns):
            titled.append(card.path)
        elif all(any(pattern.search(each) for each in passages) for pattern in patterns):
            others.append(card.path)
    return titled + others


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
