"""REF003: one document number with two titles, one title with two document numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.alike import key_of, likeness, main_title
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_NUMBER = re.compile(r"》[（(](?P<number>[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\])）]第?\d{1,4}号)[）)]")
_SHORTEST = 6

MANUAL = Manual(
    code="REF003",
    title=message("同一文号两个标题，或同一标题两个文号"),
    says=message(
        "发文字号和标题一一对应。同一个文号在两处跟着不同的标题，或者同一个标题跟着不同的文号，必有一处写错了。"
    ),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="《党政机关公文处理工作条例》第二十条（四）：引文准确；公文通例：引用公文先引标题，后引发文字号",
    bad=(
        "《关于加强离退休干部党支部建设的意见》（组通字〔1997〕10号）印发了。\n《老年大学管理办法》（组通字〔1997〕10号）印发了。",
        "《关于加强离退休干部党支部建设的意见》（组通字〔1997〕10号）印发了。\n《关于加强离退休干部党支部建设的意见》（组通字〔1997〕16号）印发了。",
    ),
    good=(
        "《关于加强离退休干部党支部建设的意见》（组通字〔1997〕10号）印发了。\n《老年大学管理办法》（组通字〔1998〕10号）印发了。",
    ),
)


@dataclass(frozen=True, slots=True)
class _Cited:
    title: str
    number: str
    words: Words


def _find(issue: ReadIssue) -> Iterator[Finding]:
    titles: dict[str, _Cited] = {}
    numbers: dict[str, _Cited] = {}
    for cited in (cited for text in issue.texts for cited in _cited(text)):
        first = titles.setdefault(cited.number, cited)
        if _another(first.title, cited.title):
            what = message("文号{number}在别处是《{title}》", number=first.number, title=first.title)
            yield _finding(cited, first, what)
            continue
        first = numbers.setdefault(key_of(cited.title), cited)
        if first.number != cited.number and len(cited.title) >= _SHORTEST:
            what = message("《{title}》的文号在别处是{number}", number=first.number, title=first.title)
            yield _finding(cited, first, what)


def _cited(text: ReadText) -> Iterator[_Cited]:
    ends = {found.start() + 1: found for found in _NUMBER.finditer(text.content)}
    for mention in text.titled:
        found = ends.get(mention.words.end + 1)
        if found:
            number = unicodedata.normalize("NFKC", found["number"]).translate(_BRACKETS)
            yield _Cited(mention.name, number, text.words(mention.words.start, found.end("number")))


_BRACKETS = str.maketrans("[]()", "〔〕〔〕")


def _another(one: str, other: str) -> bool:
    """True of two titles; not of one and its short form, nor of one that is miswritten, which CON002 tells."""
    first, second = key_of(main_title(one)), key_of(main_title(other))
    return first not in second and second not in first and likeness(one, other) is None


def _finding(cited: _Cited, first: _Cited, what: Message) -> Finding:
    related = Related(first.words, message("别处的引用"))
    return Finding(MANUAL.code, MANUAL.severity, cited.words, what, message("核对原文件"), (related,))


RULE = IssueRule(MANUAL, _find)
