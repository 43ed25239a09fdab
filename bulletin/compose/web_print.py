"""What an audience of the web may read of an issue, as an edition to be set in pages: the PDF that the site offers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bulletin.compose.digest import digests_of
from bulletin.model.audience import Audience
from bulletin.model.edition import Colophon, Edition, Highlight, WebEdition
from bulletin.model.site import SiteSettings

_NAMES = {Audience.PUBLIC: "网络版", Audience.INTRANET: "内网版"}


def compose_web_print(edition: WebEdition, settings: SiteSettings) -> Edition:
    """The web edition to be set anew: its first page, its articles with the numbers of their addresses, a foot of its own.

    Nothing is ever taken out of the print edition to make it: what a `WebEdition` has no place for is not there.
    """
    return Edition(
        masthead=edition.masthead,
        marking=edition.marking,
        copy_number="",
        copy_number_left=False,
        highlights=tuple(_full_contents(edition)),
        editors_note=edition.editors_note,
        articles=edition.articles,
        imprint=_colophon(edition, settings),
        pictures=edition.pictures,
    )


def web_pdf_key(edition: WebEdition, settings: SiteSettings, fingerprint: str) -> str:
    """A SHA-256 of all that the edition's PDF depends on: where it is the same, the PDF is.

    Args:
        edition: What the audience may read.
        settings: Of the site.
        fingerprint: How PDFs look (`web_pdf_fingerprint`); the same for all issues.
    """
    printed = compose_web_print(edition, settings)
    positions = tuple((article.slug, article.position) for article in printed.articles)
    return hashlib.sha256(repr((fingerprint, digests_of(printed), positions)).encode()).hexdigest()


def _full_contents(edition: WebEdition) -> Iterator[Highlight]:
    """The 要览, each line that counts articles followed by their titles: whoever reads on a screen goes to each by its link."""
    named = {highlight.position for highlight in edition.highlights}
    whole = any(highlight.nested for highlight in edition.highlights)
    sections = {card.number: card.section for card in edition.cards}
    for highlight in edition.highlights:
        yield highlight
        section = sections.get(highlight.position)
        counted = [card for card in edition.cards if card.section == section and not card.attached_to]
        if not whole and len(counted) > 1 and not any(card.number in named for card in counted[1:]):
            yield from (Highlight(card.title, card.number, nested=True) for card in counted)


def _colophon(edition: WebEdition, settings: SiteSettings) -> Colophon:
    """The address is that of the public site: where the intranet has its own is not known."""
    known = settings.url and edition.audience is Audience.PUBLIC
    return Colophon(
        sponsor=settings.sponsor,
        date_text=edition.masthead.date_text,
        address=f"{settings.url}{edition.folder}/" if known else "",
        closing=f"{_NAMES[edition.audience]}，共{sum(not card.attached_to for card in edition.cards)}篇",
    )
