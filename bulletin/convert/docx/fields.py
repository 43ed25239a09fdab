"""Fields of a Word file: their codes, where they lead, and formulas that are nothing but a code (ECMA-376 part 1, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bulletin.convert.docx.counting import format_number
from bulletin.convert.docx.names import w

_LEADS_TO = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
_FORMULA = re.compile(r"^\s*EQ\b", re.IGNORECASE)
_FORMAT = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)')
_TOKEN = re.compile(
    r"\\(?P<switch>[A-Za-z]+)\s*(?:-?\d+(?=\s*\())?|\\(?P<plain>.)|(?P<sign>[(),;])|(?P<words>[^\\(),;]+)"
)
_LONGEST = 500
"""Characters of a formula that is taken apart; a longer one is told as it stands."""
_CIRCLES = ("○", "〇", "◯")


@dataclass(slots=True)
class Field:
    """A complex field that is being read: its code, piece by piece, then its result.

    `around` is true where the field stands in the code of another; `link` is where its words lead; `shown` is true once it has a result.
    """

    around: bool = False
    link: str = ""
    code: list[str] = field(default_factory=list)
    in_result: bool = False
    shown: bool = False

    @property
    def in_code(self) -> bool:
        """True where words belong to its code, or to that of a field around it."""
        return self.around or not self.in_result

    @property
    def address(self) -> str:
        """Where its code says that it leads; empty for most fields."""
        found = _LEADS_TO.match("".join(self.code))
        return found[1] if found else ""

    @property
    def formula(self) -> str:
        """The words of a formula, which has no result; empty for other fields."""
        code = "".join(self.code)
        return "" if self.shown or not _FORMULA.match(code) else formula_text(code)


def unclosed_fields(root: etree._Element) -> set[etree._Element]:
    """The beginnings of fields that never end: they are none, or all that follows would be their code."""
    begun: list[etree._Element] = []
    for each in root.iter(w("fldChar")):
        match each.get(w("fldCharType")):
            case "begin":
                begun.append(each)
            case "end" if begun:
                begun.pop()
    return set(begun)


def formula_text(code: str) -> str:
    """An `EQ` field in a line: `\\o\\ac(○,3)` is ③, `\\f(1,2)` is 1/2, `\\r(2)` is √2; of others the parts, one after the other."""
    words = _FORMULA.sub("", _FORMAT.sub("", code), count=1).strip()
    if len(words) > _LONGEST:
        return words
    return _sequence(_TOKEN.finditer(words), inside=False)[0].strip()


def _sequence(tokens: Iterator[re.Match[str]], *, inside: bool) -> tuple[str, str]:
    """What stands up to the next separator or the end of a group, and the sign that ended it."""
    text, switches = "", ""
    for token in tokens:
        sign = token["sign"]
        if sign == "(" and switches:
            text, switches = text + _group(tokens, switches[0]), ""
        elif sign and inside and sign != "(":
            return text, sign
        elif token["switch"]:
            switches += token["switch"].lower()
        else:
            text += sign or token["plain"] or token["words"].strip()
    return text, ""


def _group(tokens: Iterator[re.Match[str]], switch: str) -> str:
    """The parts between brackets, put together as the switch before them says."""
    parts, sign = [], ","
    while sign in (",", ";"):
        part, sign = _sequence(tokens, inside=True)
        parts.append(part)
    match switch, parts:
        case "f", [above, below]:
            return f"{above}/{below}"
        case "r", [*degree, radicand]:
            return f"{''.join(degree)}√{radicand}"
        case "o", [ring, number] if ring in _CIRCLES and number.isdecimal():
            shown = format_number(int(number), "decimalEnclosedCircle")
            return ring + shown if shown.isdecimal() else shown
        case "l", _:
            return ",".join(parts)
    return "".join(parts)
