"""Repairs: what an import changed in the words of a foreign document, one by one, so that a person can judge each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bulletin.model.foreign import Place
from bulletin.model.problem import Message


class Certainty(Enum):
    """How sure a repair or a reading is: a doubtful one is also marked in the source with a comment."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Repair:
    """`before` at character `offset` of the document's text (`ForeignDocument.text`) became `after`.

    Repairs are in the order in which they were made; each offset counts in the text as the repairs before it left it. A `\\n` that goes is
    two paragraphs that became one.
    """

    rule: str
    offset: int
    before: str
    after: str
    why: Message
    certainty: Certainty
    place: Place
    context: str = ""
    """Some words around it, for the report."""


def replay(text: str, repairs: tuple[Repair, ...]) -> str:
    """The text with all repairs made.

    Raises:
        ValueError: A repair does not find what it says that it changed.
    """
    done: list[str] = []
    length, place = 0, 0  # of what is done, and where the rest begins in `text`
    for repair in repairs:
        if repair.offset < length:  # another round, from the beginning
            text, done, length, place = "".join((*done, text[place:])), [], 0, 0
        start = place + repair.offset - length
        if not text.startswith(repair.before, start) or start > len(text):
            raise ValueError(repair)
        done += (text[place:start], repair.after)
        length = repair.offset + len(repair.after)
        place = start + len(repair.before)
    return "".join((*done, text[place:]))
