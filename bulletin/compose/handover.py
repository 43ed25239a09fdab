"""A public web edition to its hand-over kit: folders, names of pictures, what the form of another system asks for."""

from __future__ import annotations

from itertools import accumulate

from bulletin.model.edition import Article, WebEdition
from bulletin.model.handover import Field, Kit, KitArticle, KitPicture, whole_summary
from bulletin.model.picture import Picture
from bulletin.model.prose import Figure
from bulletin.model.site import Card
from bulletin.model.walk import walk

_LONGEST_NAME = 15
"""Characters of a title in the name of a folder: the path of an attachment's picture stays far below the 260 of Windows."""
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


def compose_kit(edition: WebEdition, address: str) -> Kit:
    """The kit of an issue.

    Numbers of folders are those of the articles' addresses: an article keeps its own, whatever else is cleared later.

    Args:
        edition: What everybody may read.
        address: The home page of our own site, empty where there is none that is reached.
    """
    folders = _folders(edition.cards)
    return Kit(
        edition,
        address,
        tuple(
            _kit_article(edition, address, article, card, folders[card.number])
            for article, card in zip(edition.articles, edition.cards, strict=True)
        ),
    )


def _folders(cards: tuple[Card, ...]) -> dict[int, str]:
    """The folder of each article by its number; what an attachment is attached to comes before it."""
    folders: dict[int, str] = {}
    for card in cards:
        name = "-".join(filter(None, (f"{card.number:02}", card.label, _short(card.title))))
        folders[card.number] = f"{folders[card.attached_to]}/{name}" if card.attached_to else name
    return folders


def _short(title: str) -> str:
    """The beginning of a title as part of a file's name, as many whole phrases as may be: letters and digits only, which every system
    takes as they are."""
    phrases = "".join(letter if letter.isalnum() else " " for letter in title).split()
    whole = [name for name in accumulate(phrases) if len(name) <= _LONGEST_NAME]
    return whole[-1] if whole else "".join(phrases)[:_LONGEST_NAME]


def _kit_article(edition: WebEdition, address: str, article: Article, card: Card, folder: str) -> KitArticle:
    pictures = _pictures(edition, article)
    texts = {
        Field.NUMBER: str(card.number),
        Field.TITLE: card.title,
        Field.SUBTITLE: card.subtitle,
        Field.SECTION: card.section_name,
        Field.SOURCE: card.organization or edition.masthead.publisher,
        Field.AUTHOR: card.byline,
        Field.POSITION: card.position,
        Field.WRITTEN: card.date.isoformat() if card.date != edition.masthead.date else "",
        Field.PUBLISHED: edition.masthead.date.isoformat(),
        Field.CLEARED: _cleared_on(edition, article),
        Field.KEYWORDS: ",".join(
            dict.fromkeys(word.replace(",", "，") for word in (*card.subjects, card.section_name))
        ),
        Field.SUMMARY: whole_summary(card.summary),
        Field.CHARACTERS: str(card.characters),
        Field.PICTURES: str(len({picture.file for picture in pictures})),
        Field.ATTACHMENT: f"{card.label}，属于第{card.attached_to}篇" if card.attached_to else card.label,
        Field.ADDRESS: f"{address}{card.path}/" if address else "",
        Field.FOLDER: folder,
    }
    return KitArticle(folder, article, card, tuple(texts.items()), pictures)


def _cleared_on(edition: WebEdition, article: Article) -> str:
    """For the form in which a platform asks who examined the text when (三审); empty where that is not known."""
    slugs = (each.slug for each in edition.articles)
    day = dict(zip(slugs, edition.cleared_on, strict=False)).get(article.slug)
    return day.isoformat() if day else ""


def _pictures(edition: WebEdition, article: Article) -> tuple[KitPicture, ...]:
    """The pictures in the order in which the article shows them."""
    by_name: dict[str, Picture] = {picture.name: picture for picture in edition.pictures}
    figures = tuple(walk((article.editors_note, article.blocks), Figure))
    names = tuple(dict.fromkeys(figure.picture for figure in figures))
    files = {name: f"图{place}.{_ENDINGS[by_name[name].media_type]}" for place, name in enumerate(names, start=1)}
    return tuple(
        KitPicture(files[figure.picture], by_name[figure.picture], figure.alternative, figure.caption)
        for figure in figures
    )
