"""Names that marks tell from the text around them: “枫叶驿站”, 《关于…的意见》."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model.proof_text import ProofText, Words
from bulletin.proofread.facts.pairs import Pair

SHORTEST = 4
_LONGEST_QUOTATION = 200
_PRINTED = re.compile(
    r"(?:关于)?(?:印发|转发|批转|公布|发布)[〈《](?P<inner>[^〈〉《》]{4,120})[〉》]的(?:通知|公告|决定|通告)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it is written there."""

    name: str
    words: Words


def quoted_in(text: ProofText, pairs: tuple[Pair, ...]) -> Iterator[Mention]:
    """What stands in quotation marks, names and quotations, from four characters on; whole paragraphs apart."""
    for pair in pairs:
        if pair.mark in "“‘" and SHORTEST <= pair.end - pair.start - 2 <= _LONGEST_QUOTATION:
            yield _mention(text, pair.start + 1, pair.end - 1)


def titles_in(text: ProofText, pairs: tuple[Pair, ...]) -> Iterator[Mention]:
    """Titles in 《》 and 〈〉, without the 通知 that a document was sent out with."""
    for pair in pairs:
        sent_out = _PRINTED.fullmatch(pair.inner(text.content))
        if pair.mark in "《〈" and pair.end - pair.start - 2 >= SHORTEST and not sent_out:
            yield _mention(text, pair.start + 1, pair.end - 1)


def _mention(text: ProofText, start: int, end: int) -> Mention:
    return Mention(text.content[start:end], Words(text, start, end))
