"""附件说明 at the end of an article: the program makes it from the attachments that follow."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from bulletin.convert.recognising.inlines import text_of
from bulletin.model.draft import Doubt, DraftArticle, Taken
from bulletin.model.foreign import Place
from bulletin.model.problem import message
from bulletin.model.prose import Heading, Paragraph

_NOTE = re.compile(r"附件[:：]")
_NAME = re.compile(r"^(?:附件[:：] ?)?(?:\d{1,2}[.．、] ?)?")
_SIGNS = re.compile(r"[\W_]+")


def without_attachment_notes(articles: list[DraftArticle], kind: str) -> list[DraftArticle]:
    """The articles without the notes that name the attachments after them; a note that names others stays, and is doubtful."""
    found = list(articles)
    for place, article in enumerate(articles):
        attached = list(takewhile(lambda each: each.kind == kind, articles[place + 1 :]))
        if attached and article.kind != kind:
            found[place] = _without_note(article, ["".join(each.title) for each in attached])
    return found


def _without_note(article: DraftArticle, titles: list[str]) -> DraftArticle:
    texts = [_text(block) for block in article.blocks]
    start = next((place for place in range(len(texts) - 1, -1, -1) if _NOTE.match(texts[place])), -1)
    if start < 0:
        return article
    names = [_NAME.sub("", text) for text in texts[start:] if _NAME.sub("", text)]
    places = [_place(block) for block in article.blocks[start:]]
    if list(map(_key, names)) != list(map(_key, titles)):
        what = message("附件说明与后面的附件不一致，留在正文里；程序会另印一份，请核对")
        return replace(article, doubts=(*article.doubts, Doubt(what, places[0], start)))
    taken = [
        Taken("made.attachment-note", text, text, place) for text, place in zip(texts[start:], places, strict=True)
    ]
    return replace(article, blocks=article.blocks[:start], taken=(*article.taken, *taken))


def _text(block: object) -> str:
    return text_of(block.content) if isinstance(block, (Paragraph, Heading)) else ""


def _place(block: object) -> Place:
    return Place(paragraph=block.span.line) if isinstance(block, (Paragraph, Heading)) else Place()


def _key(name: str) -> str:
    return _SIGNS.sub("", name)
