"""Documents with their numbers, and quotations with their speakers, as an issue has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.house import BankQuote, Document
from bulletin.model.proof_text import Words
from bulletin.model.quote_bank import plain
from bulletin.proofread.facts.alike import key_of
from bulletin.proofread.facts.surnames import COMPOUND, SURNAMES
from bulletin.proofread.facts.zones import ZoneKind
from bulletin.proofread.learning.proposing import proposed
from bulletin.proofread.reading import ReadIssue, ReadText

_NUMBERED = re.compile(r"》（(?P<number>[\u4e00-\u9fff]{1,14}〔\d{4}〕(?P<serial>\d{1,5})号)）")
_FAMILY = f"(?:{'|'.join(COMPOUND)}|[习{''.join(sorted(SURNAMES))}])"
_SPEAKER = re.compile(
    rf"(?P<name>{_FAMILY}[\u4e00-\u9fff]{{1,2}})(?=总书记|主席|总理|同志|[\u4e00-\u9fff]{{0,4}}(?:书记|部长|局长|主任|市长|省长|县长))"
)
_BEFORE = 60
_SHORTEST = 16
_LONGEST = 300


def documents_of(issue: ReadIssue) -> Iterator[Document]:
    """The documents that are cited with title and number."""
    known = {key_of(title) for each in issue.house.documents for title in (each.title, *each.short)}
    known |= {each.number for each in issue.house.documents if each.number}
    for text in issue.texts:
        for mention in text.titled:
            numbered = _NUMBERED.match(text.content, mention.words.end)
            if numbered and not {key_of(mention.name), numbered["number"]} & known:
                known |= {key_of(mention.name), numbered["number"]}
                yield _document(issue, mention.words, numbered)


def _document(issue: ReadIssue, title: Words, numbered: re.Match[str]) -> Document:
    number, serial = numbered["number"], numbered["serial"]
    other = f"{number.removesuffix(serial + '号')}{int(serial) + 1}号"
    examples = (f"落实《{title.content}》（{other}）。", f"落实《{title.content}》（{number}）。")
    return Document(proposed(issue, title, ("doc", number), examples), title.content, number)


def quotes_of(issue: ReadIssue) -> Iterator[BankQuote]:
    """What is quoted of somebody who is named before it. It is not verified yet: that is for the editor who accepts it."""
    known = [plain(quote.text) for quote in issue.house.quotes]
    for text in issue.texts:
        for words in _quotations(text):
            speaker = _speaker(text, words.start)
            content = words.content
            if speaker and not any(plain(content) in other for other in known):
                known.append(plain(content))
                examples = (f"{speaker}指出：“{_with_a_slip(content)}”", f"{speaker}指出：“{content}”")
                about = f"{speaker}.{content[:8]}"
                yield BankQuote(proposed(issue, words, ("quote", about), examples), speaker, content)


def _quotations(text: ReadText) -> Iterator[Words]:
    for zone in text.zones:
        whole = text.content[zone.start : zone.start + 1] == "“" and text.content[zone.end - 1 : zone.end] == "”"
        if zone.kind is ZoneKind.QUOTATION and whole and _SHORTEST <= zone.end - zone.start - 2 <= _LONGEST:
            yield text.words(zone.start + 1, zone.end - 1)


def _speaker(text: ReadText, place: int) -> str:
    """The last name with a post before the quotation, in its sentence."""
    before = text.content[max(0, place - _BEFORE) : place]
    before = before[max(before.rfind(mark) for mark in "。！？”") + 1 :]
    names = [found["name"] for found in _SPEAKER.finditer(before)]
    return names[-1] if names else ""


def _with_a_slip(content: str) -> str:
    """The words without the character in the middle of their longest clause."""
    clause = max(re.finditer(r"\w+", content), key=lambda found: len(found[0]))
    place = (clause.start() + clause.end()) // 2
    return content[:place] + content[place + 1 :]
