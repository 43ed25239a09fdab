"""What belongs to somebody else, and must not be touched: quotations, titles, document numbers, names, addresses, code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from bulletin.model.house import House
from bulletin.model.proof_text import ProofText, Role
from bulletin.proofread.facts.pairs import Pair, quotation_pairs

_SAYING = (
    "指出|强调|要求|明确|提出|提到|规定|表示|认为|说|讲|道|问|答|写|喊|唱|感慨|感叹|坦言|回忆|讲话|精神|论述|批示|指示|号召|嘱托|回信|寄语|题词"
    "|教导|口头禅|对联|诗|话|名言|俗话|古语|民谣|顺口溜"
)
_SAYS_JUST_BEFORE = re.compile(rf"(?:{_SAYING})(?:了|过|着|得好|到|道)?[：，]$")
_SAYS_BEFORE_COLON = re.compile(rf"(?:{_SAYING})[^。！？；“”]{{0,20}}：$")
_SAYS_BEFORE = re.compile(
    r"(?:指出|强调|要求|提出|规定|关于|明确)[^。！？；：“”]{0,20}$|(?:报告|讲话|决定|意见|通知|条例|章程|》)[^。！？；，：“”]{0,6}$"
)
_NAMES_WHAT_IT_IS = re.compile(r"(?:主题|题|名|叫|口号|理念|思路|目标|品牌|活动|项目|原则)[^。！？；，“”]{0,6}：$")
_WORDS_OF = re.compile(
    r"的?(?:重要|谆谆|殷切|殷殷)?(?:指示|论述|论断|讲话|批示|嘱托|教导|教诲|号召|回信|要求|规定|名言|遗训)"
)
_SENTENCE_END = re.compile(r"[。！？；]")
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\])）]\d{1,6}号")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.ASCII)
_BEFORE = 30
_AFTER = 8
_WORDS = 9
"""What follows a colon, in quotation marks, is somebody's words from this length on; shorter, it is a name or a term."""
_SENTENCE = 18
"""Unbroken words in quotation marks of this length are no name."""
_FULL = str.maketrans(",:", "，：")
_NAME_FIELDS = ("editors.responsible", "editors.editors")


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


class Zones(tuple[Zone, ...]):
    """The zones of a text, in order; they may lie in each other. Asking for one takes no longer where there are many."""

    _starts: list[int]
    _ends: list[int]

    def __new__(cls, zones: tuple[Zone, ...]) -> Zones:
        """The zones in order, with how far those up to each one reach."""
        made = super().__new__(cls, sorted(zones, key=lambda zone: (zone.start, -zone.end)))
        made._starts = [zone.start for zone in made]
        made._ends = list(accumulate((zone.end for zone in made), max))
        return made

    def touching(self, start: int, end: int) -> Zone | None:
        """The first zone that has characters of these."""
        first = bisect_right(self._ends, start)
        return self[first] if first < len(self) and self[first].start < end else None

    def around(self, start: int, end: int) -> Iterator[Zone]:
        """The zones that all of these characters lie in; a place between two characters lies in what holds both."""
        after = end if start < end else end + 1
        first, last = bisect_left(self._ends, after), bisect_right(self._starts, start if start < end else start - 1)
        return (zone for zone in self[first:last] if zone.end >= after)


def zones_in(text: ProofText, pairs: tuple[Pair, ...], house: House, running: tuple[int, int] | None = None) -> Zones:
    """The zones of a text; `running` is its part of a quotation of several paragraphs."""
    quotations = ([running] if running else []) + ([(0, len(text.content))] if text.role is Role.QUOTE else [])
    return Zones((*(Zone(ZoneKind.QUOTATION, *each) for each in quotations), *_zones(text, pairs, house)))


def _zones(text: ProofText, pairs: tuple[Pair, ...], house: House) -> Iterator[Zone]:
    content = text.content
    yield from (Zone(ZoneKind.VERBATIM, *stretch) for stretch in text.verbatim)
    yield from (Zone(ZoneKind.TITLE, pair.start, pair.end) for pair in pairs if pair.mark in "《〈")
    yield from (Zone(ZoneKind.QUOTATION, pair.start, pair.end) for pair in attributed(content, pairs))
    for found in _DOCUMENT_NUMBER.finditer(content):
        yield Zone(ZoneKind.DOCUMENT_NUMBER, *found.span())
    for found in _ADDRESS.finditer(content):
        yield Zone(ZoneKind.ADDRESS, *found.span())
    if text.role is Role.SPEAKER or text.field.startswith(_NAME_FIELDS):
        yield Zone(ZoneKind.NAME, 0, len(content))
    for person in house.people_in(content):
        yield from (Zone(ZoneKind.NAME, *found.span()) for found in re.finditer(re.escape(person.name), content))


def attributed(content: str, pairs: tuple[Pair, ...]) -> Iterator[Pair]:
    """The quotations: words in quotation marks that are somebody's, and not a name, a slogan or a term.

    They are a sentence with its mark; or somebody says them just before (指出：“…”); or they are long, and a speech or a document is named before
    or after them (提出要“…”, “…”的重要指示).
    """
    ends = [found.start() for found in _SENTENCE_END.finditer(content)]
    for pair in quotation_pairs(content, pairs):
        if bisect_left(ends, pair.start) < bisect_left(ends, pair.end) or _said(content, pair.start, pair.end):
            yield pair


def _said(content: str, start: int, end: int) -> bool:
    """True if the words in these marks, which are no whole sentence, are said by somebody who is named beside them."""
    before, size = content[max(0, start - _BEFORE) : start].translate(_FULL), end - start - 2
    if before.endswith("："):
        return bool(
            _SAYS_JUST_BEFORE.search(before)
            or (size >= _WORDS and (_SAYS_BEFORE_COLON.search(before) or not _NAMES_WHAT_IT_IS.search(before)))
        )
    if before.endswith("，"):
        return size >= _WORDS and bool(_SAYS_JUST_BEFORE.search(before))
    after = content[end : end + _AFTER]
    return size >= _SENTENCE and bool(_SAYS_BEFORE.search(before) or _WORDS_OF.match(after))
