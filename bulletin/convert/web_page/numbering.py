"""The marks of list items, as a browser shows them."""

from __future__ import annotations

from lxml import etree

_BULLETS = {"disc": "•", "circle": "◦", "square": "▪"}
_BY_DEPTH = ("disc", "circle", "square")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_HAN = "〇一二三四五六七八九"
_HAN_STYLES = (
    "cjk-ideographic",
    "simp-chinese-informal",
    "trad-chinese-informal",
    "simp-chinese-formal",
    "cjk-decimal",
)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST = 3_999


def list_style(container: etree._Element, declared: dict[str, str], depth: int) -> str:
    """The name of the style in which items of a list are marked."""
    words = f"{declared.get('list-style-type', '')} {declared.get('list-style', '')}".lower().split()
    known = next((word for word in words if word in _BULLETS or word in _KNOWN or word == "none"), "")
    written = _TYPES.get((container.get("type") or "").strip(), "")
    if container.tag == "ol":
        return known or written or "decimal"
    return known or _BY_DEPTH[min(depth, len(_BY_DEPTH) - 1)]


def mark(style: str, value: int) -> str:
    """The mark of the item with that number: `1.`, `a.`, `iv.`, `一、`, `•`; nothing where the style is `none`."""
    if style in _BULLETS or style == "none":
        return _BULLETS.get(style, "")
    if style in _HAN_STYLES:
        return f"{_han(value)}、" if 0 < value < 100 else f"{value}、"
    if style.endswith(("alpha", "latin")) and value > 0:
        letters = _letters(value)
    elif style.endswith("roman") and 0 < value <= _LARGEST:
        letters = _roman(value)
    else:
        letters = f"{value:02d}" if style == "decimal-leading-zero" else str(value)
    return f"{letters.upper() if style.startswith('upper') else letters}."


_KNOWN = frozenset({"decimal", "decimal-leading-zero", "lower-alpha", "upper-alpha", "lower-latin", "upper-latin",
                    "lower-roman", "upper-roman", *_HAN_STYLES})  # fmt: skip


def counting(container: etree._Element) -> tuple[int, int]:
    """Where the list begins to count, and by which step it goes on."""
    given = whole(container.get("start"))
    if container.get("reversed") is None:
        return (1 if given is None else given), 1
    return (len(container.findall("li")) if given is None else given), -1


def whole(written: str | None) -> int | None:
    """A whole number of an attribute, `None` where it is none of a sensible size."""
    text = (written or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) <= 6 and "-" not in text[1:] else None


def _han(value: int) -> str:
    tens, ones = divmod(value, 10)
    return (_HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones] if ones else "")


def _letters(value: int) -> str:
    letters = ""
    while value:
        value, last = divmod(value - 1, 26)
        letters = chr(ord("a") + last) + letters
    return letters


def _roman(value: int) -> str:
    letters = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        letters += sign * count
    return letters
