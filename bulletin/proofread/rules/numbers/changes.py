"""NUM009: changes that go the other way than the word says: 由58个增加到29个, 减少了2倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bulletin.model.finding import Finding, Manual, Strength
from bulletin.model.problem import Message, Severity, message
from bulletin.proofread.facts.numbers import Number
from bulletin.proofread.reading import ReadArticle, ReadText
from bulletin.proofread.rule import ArticleRule

_UP = ("增加", "增长", "提高", "上升", "扩大", "提升", "增至", "升至")
_DOWN = ("减少", "下降", "降低", "缩短", "压缩", "缩减", "缩小", "降至", "减至")
_FROM = re.compile("[由从][^，。；由从]{0,12}$")
_TO = re.compile(rf"^[^，。；\d]{{0,8}}(?P<word>{'|'.join((*_UP, *_DOWN))})(?:到|至|为)?(?:现在的|目前的|今年的|了)?$")
_STEP = re.compile(rf"^[^，。；\d]{{0,4}}，(?:共|累计|同比)?(?P<word>{'|'.join((*_UP, *_DOWN))})了?$")
_TIMES_LESS = re.compile(rf"(?:{'|'.join(_DOWN[:7])})了?(?:近|约|超过)?$")
_RANKS = frozenset({"位", "名"})
"""Of places in a ranking a smaller number is the higher."""
_LOOK_BACK = 16

MANUAL = Manual(
    code="NUM009",
    title=message("增减的说法与数字不合"),
    says=message("“增加到”后面的数应当更大，“减少到”后面的应当更小；减少不能用倍数；提高几个百分点要与前后的数相合。"),
    severity=Severity.WARNING,
    strength=Strength.PRACTICE,
    source="算术核对；编辑惯例：减少不用倍数",
    bad=("党支部由58个增加到29个。", "成本减少了2倍。", "参加率由61%提高到88%，提高37个百分点。"),
    good=(
        "党支部由29个增加到58个，路程由9.6公里缩短到3.1公里。",
        "成本减少一半，收入增加2倍。",
        "参加率由61%提高到88%，提高27个百分点。",
    ),
)


def _find(article: ReadArticle) -> Iterator[Finding]:
    for text in article.texts:
        for place, number in enumerate(text.numbers):
            what = _times_less(text, number) or _wrong_way(text, text.numbers[max(0, place - 2) : place + 1])
            if what:
                yield Finding(
                    "NUM009", MANUAL.severity, text.words(number.start, number.end), what, message("核对数字")
                )


def _times_less(text: ReadText, number: Number) -> Message | None:
    before = text.content[max(0, number.start - len(number.before) - _LOOK_BACK) : number.start - len(number.before)]
    if number.counter == "倍" and _TIMES_LESS.search(before):
        return message("减少、降低不能用倍数")
    return None


def _wrong_way(text: ReadText, numbers: tuple[Number, ...]) -> Message | None:
    """What is wrong with the last of these numbers, as what a change leads to, or as how much it was."""
    if len(numbers) < 2:
        return None
    old, new = numbers[-2:]
    change = _change(text, old, new)
    if change is not None and old.value is not None and new.value is not None:
        word, difference = change
        if difference == 0 or (difference > 0) != word.startswith(_UP):
            return message("从{old}到{new}不是{word}", old=_shown(text, old), new=_shown(text, new), word=word)
        return None
    return _wrong_step(text, numbers) if len(numbers) == 3 else None


def _change(text: ReadText, old: Number, new: Number) -> tuple[str, Fraction] | None:
    """The word and the size of a change from one number to another of the same things."""
    content = text.content
    said = _TO.match(content[old.end : new.start - len(new.before)])
    before = content[max(0, old.start - len(old.before) - _LOOK_BACK) : old.start - len(old.before)]
    if not said or not _FROM.search(before) or old.counter != new.counter or old.counter in _RANKS:
        return None
    if old.value is None or new.value is None or old.upper is not None or new.upper is not None:
        return None
    return said["word"], new.value - old.value


def _wrong_step(text: ReadText, numbers: tuple[Number, ...]) -> Message | None:
    """61%提高到88%，提高27个百分点."""
    old, new, step = numbers
    change = _change(text, old, new)
    counters = (new.counter, step.counter)
    if (
        change is None
        or not _STEP.match(text.content[new.end : step.start])
        or counters not in (("%", "个百分点"), (new.counter, new.counter))
    ):
        return None
    difference = abs(change[1])
    if (
        not all(number.exact for number in numbers)
        or step.value is None
        or counters == ("%", "%")
        or step.value == difference
    ):
        return None
    return message(
        "从{old}到{new}相差{difference}",
        old=_shown(text, old),
        new=_shown(text, new),
        difference=f"{float(difference):g}",
    )


def _shown(text: ReadText, number: Number) -> str:
    return text.content[number.start : number.end]


RULE = ArticleRule(MANUAL, _find)
