"""Han numerals and their values: 二十三, 一百零五, 三千二百万, 二〇二六."""

from __future__ import annotations

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
UNITS = {"十": 10, "百": 100, "千": 1000}
MULTIPLIERS = {"万": 10_000, "亿": 100_000_000}
HAN_NUMERAL = "〇零一二两三四五六七八九十百千万亿"


def han_value(numeral: str) -> int | None:
    """The value of a numeral read as a quantity; `None` where it is none (三四, 百千, 一一)."""
    if not numeral or numeral[0] in MULTIPLIERS:
        return None
    total = section = 0
    digit: int | None = None
    for character in numeral:
        if character in DIGITS:
            if digit:
                return None
            digit = DIGITS[character]
        elif character in UNITS:
            section += UNITS[character] * (1 if digit is None else digit)
            digit = None
        elif character in MULTIPLIERS:
            total = (total + section + (digit or 0)) * MULTIPLIERS[character]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


def spelt_value(numeral: str) -> int | None:
    """The value of digits that are read one by one: 二〇二六."""
    if not numeral or any(character not in DIGITS for character in numeral):
        return None
    return int("".join(str(DIGITS[character]) for character in numeral))


def numeral_value(numeral: str) -> int | None:
    """The value of a whole number in Arabic or in Han digits."""
    return int(numeral) if numeral.isdecimal() and numeral.isascii() else han_value(numeral)
