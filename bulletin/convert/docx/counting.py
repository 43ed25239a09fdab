"""Numbers as Word shows them: the formats of automatic numbering (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def format_number(number: int, kind: str) -> str:
    """`number` in the format `kind` (`chineseCounting`, `decimal` …); in Arabic digits where the format is unknown or has no sign for it."""
    shown = _FORMATS.get(kind, str)(number) if number >= 0 else ""
    return shown or str(number)


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千", myriad: str = "万") -> str:
    """十, 十一, 二十, 一百零一 …; `一十` is written 十 at the head of counting numbers."""
    if number == 0:
        return digits[0]
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        gap = digits[0] if 0 < rest < 1_000 else ""
        return (
            _chinese(head, digits, units, myriad)
            + myriad
            + (gap + _chinese(rest, digits, units, myriad) if rest else "")
        )
    text, skipped = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if skipped and text else "") + digits[digit] + (units[place - 1] if place else "")
        skipped = not digit
    short = number < 20 and number >= 10 and units[0] == "十"
    return text[1:] if short else text


def _digital(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _turn(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


def _letters(number: int) -> str:
    """a … z, aa, bb … as Word goes on."""
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * min(times + 1, 30) if number else ""


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN if number < 4_000 else ():
        times, number = divmod(number, worth)
        text += sign * times
    return text


def _from(first: str, last: str, start: int = 1) -> Callable[[int], str]:
    """Signs that follow each other in Unicode."""
    return lambda number: chr(ord(first) + number - start) if start <= number <= start + ord(last) - ord(first) else ""


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL, "拾佰仟", "万")


_circled = _from("①", "⑳")

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("⑴", "⒇"),
    "decimalEnclosedFullstop": _from("⒈", "⒛"),
    "ideographEnclosedCircle": _from("㊀", "㊉"),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": lambda number: f"{number}{_ending(number)}",
    "hex": lambda number: f"{number:X}",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "koreanDigital2": _chinese,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": lambda number: _chinese(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬"),
    "ideographTraditional": _turn(_STEMS),
    "ideographZodiac": _turn(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _turn(_STEMS)(number) + _turn(_BRANCHES)(number),
}


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
