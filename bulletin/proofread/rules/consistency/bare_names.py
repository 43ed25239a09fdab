"""QTE004: a name that has quotation marks or 书名号 elsewhere in the issue, and none here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bulletin.model.finding import Finding, Manual, Related, Strength
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Words
from bulletin.proofread.facts.alike import key_of
from bulletin.proofread.facts.mentions import SHORTEST
from bulletin.proofread.reading import ReadIssue, ReadText
from bulletin.proofread.rule import IssueRule

_LONGEST = 12
_OFTEN = 2
_QUOTATION = 20
"""From this length on, what stands in quotation marks may have names in it that need marks of their own."""
_SENTENCE_ENDS = "。！？"
_PAPER = re.compile(r"[\u4e00-\u9fff]{2,8}报")
_OFFICE = re.compile(r"社|记者|讯|电|告|评|的?消息|主办|版|网|客户端|公众号|通讯员|总编|编辑|[》”]")
_HAN = re.compile(r"[\u4e00-\u9fff、，·]+")

MANUAL = Manual(
    code="QTE004",
    title=message("别处有引号、书名号的名称，这里没有"),
    says=message(
        "活动、品牌、阵地的名称在别处加了引号（两处以上，或者在发刊单位自己的文稿里），报纸名称在别处加了书名号，这里没有加：全期宜统一。词典里有的普通词语、标题里的不算。"
    ),
    severity=Severity.HINT,
    strength=Strength.PRACTICE,
    source="GB/T 15834—2011，4.8、4.15；三校一读：本期写法统一",
    bad=(
        "建“晚霞小站”三处，“晚霞小站”很受欢迎。\n依托支部建立晚霞小站。",
        "登在《某省老年报》上。\n通过某省老年报开设专栏。",
    ),
    good=(
        "建“晚霞小站”三处，“晚霞小站”很受欢迎。\n依托支部建立“晚霞小站”。\n## 晚霞小站红红火火",
        "登在《某省老年报》上。\n某省老年报社派出记者。",
    ),
)


def _find(issue: ReadIssue) -> Iterator[Finding]:
    content = key_of(issue.content)
    for name, places in (*_names(issue).items(), *_papers(issue).items()):
        if content.count(key_of(name)) > len(places):
            bare = [words for text in issue.texts if text.prose for words in _bare(name, text)]
            if len(bare) <= max(len(places), _OFTEN):
                own = issue.by_publisher if len(places) == 1 else frozenset()
                yield from (_finding(words, places[0]) for words in bare if words.text.slug not in own)


def _names(issue: ReadIssue) -> dict[str, list[Words]]:
    """The names in quotation marks that are no words of the dictionary, each with its places, where there are enough of them."""
    import rjieba  # loads its dictionary: only where an issue has names

    places: dict[str, list[Words]] = defaultdict(list)
    for text in issue.texts:
        for mention in text.quoted:
            if len(mention.name) <= _LONGEST and _HAN.fullmatch(mention.name):
                for name in _parts(mention.name):
                    places[name].append(mention.words)
    return {name: found for name, found in places.items() if _usual(found, issue) and not rjieba.has_word(name)}


def _parts(name: str) -> Iterator[str]:
    """The name, and what stands on each side of its 间隔号."""
    yield name
    if "·" in name:
        yield from (part for part in name.split("·") if len(part) >= SHORTEST)


def _usual(places: list[Words], issue: ReadIssue) -> bool:
    """True if it has its marks more than once, or where the publisher writes of a thing of its own."""
    return len(places) >= _OFTEN or places[0].text.slug in issue.by_publisher


def _papers(issue: ReadIssue) -> dict[str, list[Words]]:
    """The newspapers in 书名号, each with its places."""
    places: dict[str, list[Words]] = defaultdict(list)
    for text in issue.texts:
        for mention in text.titled:
            if _PAPER.fullmatch(mention.name):
                places[mention.name].append(mention.words)
    return places


def _bare(name: str, text: ReadText) -> Iterator[Words]:
    """Where it stands without marks, its 顿号 left out or not."""
    letters = key_of(name)
    if letters[:2] not in text.content:
        return
    for found in re.finditer("[、，·]?".join(map(re.escape, letters)), text.content):
        pair = text.enclosing[found.start()]
        marked = pair is not None and (
            pair.mark != "“" or pair.end - pair.start < _QUOTATION or text.content[pair.end - 2] in _SENTENCE_ENDS
        )
        if not marked and not (name.endswith("报") and _OFFICE.match(text.content, found.end())):
            yield text.words(*found.span())


def _finding(words: Words, marked: Words) -> Finding:
    there = marked.text.content[marked.start - 1 : marked.end + 1]
    what = message("别处写作{there}，这里没有加", there=there)
    related = Related(marked, message("这里是{there}", there=there))
    return Finding(MANUAL.code, MANUAL.severity, words, what, message("是同一个名称的，加上"), (related,))


RULE = IssueRule(MANUAL, _find)
