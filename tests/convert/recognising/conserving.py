"""Whether drafts hold all characters of a document and none beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bulletin.model.draft import DraftArticle, DraftIssue, Taken
from bulletin.model.foreign import ForeignDocument
from bulletin.model.prose import Block, Figure, Heading, ItemList, Paragraph, Quote, Table, Verbatim
from bulletin.model.walk import plain_text


def text_of(block: Block) -> str:
    """The characters that a block brings from its document; pictures bring none but their captions."""
    match block:
        case Heading() | Paragraph():
            return plain_text(block.content)
        case Quote():
            return "".join(map(text_of, block.blocks))
        case ItemList():
            return "".join(item.mark + "".join(map(text_of, item.blocks)) for item in block.items)
        case Table():
            return "".join(plain_text(cell) for row in (block.head, *block.rows) for cell in row)
        case Figure():
            return block.caption
        case Verbatim():
            return block.content
        case _:
            return ""


def article_text(article: DraftArticle) -> str:
    notes = "".join(plain_text(note.content) for note in article.notes)
    return "".join(map(text_of, article.blocks)) + notes + _texts(article.taken)


def _texts(taken: Iterable[Taken]) -> str:
    """What was taken; of a bullet that became ours, the difference."""
    return "".join(each.text for each in taken if each.field != "made.bullet")


def unlike(document: ForeignDocument, draft: DraftArticle | DraftIssue) -> dict[str, int]:
    """Characters that the draft has too few of (above 0) or too many of."""
    left = Counter("".join(document.text.split()))
    articles = draft.articles if isinstance(draft, DraftIssue) else (draft,)
    whole = "".join(map(article_text, articles)) + (_texts(draft.taken) if isinstance(draft, DraftIssue) else "")
    left.subtract("".join(whole.split()))
    for each in (taken for article in articles for taken in article.taken if taken.field == "made.bullet"):
        left.update({each.value: 1})
        left.subtract(each.text)
    return {sign: count for sign, count in left.items() if count}
