"""What belongs to somebody else, and must not be touched: quotations, titles, document numbers, names, addresses, code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bulletin.model.house import House
from bulletin.model.proof_text import ProofText, Role
from bulletin.proofread.facts.pairs import Pair

_ATTRIBUTED = re.compile(
    r"(?:指出|强调|要求|明确|提出|提到|规定|说道|说|讲|写道|道|讲话中|讲话|精神|论述|批示|指示|号召|嘱托|回信|寄语)[^。！？；“”]{0,12}[：，]?$"
)
_SENTENCE_END = re.compile(r"[。！？；]")
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\])）]\d+号")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w-]+\.[\w.-]+")
_BEFORE = 30
_NAMES = frozenset({Role.SPEAKER})


class ZoneKind(Enum):
    """Whose words they are."""

    QUOTATION = "quotation"
    TITLE = "title"
    DOCUMENT_NUMBER = "document-number"
    NAME = "name"
    ADDRESS = "address"
    VERBATIM = "verbatim"


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a text that is not the author's own words."""

    kind: ZoneKind
    start: int
    end: int


def zones_in(text: ProofText, pairs: tuple[Pair, ...], house: House) -> tuple[Zone, ...]:
    """The zones of a text, in order; they may lie in each other."""
    return tuple(sorted(_zones(text, pairs, house), key=lambda zone: (zone.start, -zone.end)))


def _zones(text: ProofText, pairs: tuple[Pair, ...], house: House) -> Iterator[Zone]:
    content = text.content
    yield from (Zone(ZoneKind.VERBATIM, *stretch) for stretch in text.verbatim)
    for pair in pairs:
        if pair.mark in "《〈":
            yield Zone(ZoneKind.TITLE, pair.start, pair.end)
        elif pair.mark == "“" and attributed(content, pair):
            yield Zone(ZoneKind.QUOTATION, pair.start, pair.end)
    if text.role is Role.QUOTE:
        yield Zone(ZoneKind.QUOTATION, 0, len(content))
    for found in _DOCUMENT_NUMBER.finditer(content):
        yield Zone(ZoneKind.DOCUMENT_NUMBER, *found.span())
    for found in _ADDRESS.finditer(content):
        yield Zone(ZoneKind.ADDRESS, *found.span())
    if text.role in _NAMES:
        yield Zone(ZoneKind.NAME, 0, len(content))
    for person in house.people:
        yield from (Zone(ZoneKind.NAME, *found.span()) for found in re.finditer(re.escape(person.name), content))


def attributed(content: str, pair: Pair) -> bool:
    """True if the words in these marks are somebody's, not a name or a term: somebody is named before them, or they are a sentence."""
    before = content[max(0, pair.start - _BEFORE) : pair.start]
    return bool(_SENTENCE_END.search(pair.inner(content)) or (before[-1:] in "：，" and _ATTRIBUTED.search(before)))
