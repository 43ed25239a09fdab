"""Characters that must not be in a manuscript: unseen, unprintable, or look-alikes (safety, rows 22 and 23)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bulletin.model.problem import Message, Problem, Span, error, message

_UNUSUAL = re.compile(r"[^\n\t\x20-\x7e\u00a0\u00b7\u2014\u2018-\u201d\u2026\u3000-\u3020\u4e00-\u9fef\uff01-\uff5e]")
_MIXED_WORD = re.compile(r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z]")
_BLANK_LETTERS = frozenset({0x115F, 0x1160, 0x3164, 0xFFA0})
_MOST = 20
"""A file with more findings than this is not a manuscript; the rest is not listed."""


def check_characters(text: str, path: str) -> Iterator[Problem]:
    """A problem for each character of the file that must not reach a page, with line and column."""
    if not any(_suspicious(character) for character in set(_UNUSUAL.findall(text))):
        return
    found = 0
    for number, line in enumerate(text.split("\n"), start=1):
        for column, character, what in _findings(line):
            found += 1
            if found > _MOST:
                return
            yield _problem(Span(path, number, column), character, what)


def check_decoded(text: str, span: Span) -> Iterator[Problem]:
    """The same for characters that the author wrote as an entity or an escape, at the place where that stands."""
    for character in text:
        what = _fault_of(character)
        if what is not None and character not in "\n\t":
            yield _problem(span, character, what)


def _problem(span: Span, character: str, what: Message) -> Problem:
    code_point = f"U+{ord(character):04X}"
    said = message("这里有{what}（{code_point}）", what=what, code_point=code_point)
    return error("character", span, said, _advice(character))


def _findings(line: str) -> Iterator[tuple[int, str, Message]]:
    for unusual in _UNUSUAL.finditer(line):
        what = _fault_of(unusual[0])
        if what is not None:
            yield unusual.start() + 1, unusual[0], what
    for mixed in _MIXED_WORD.finditer(line):
        index = mixed.start() + (0 if line[mixed.start()] > "\u0300" else 1)
        yield index + 1, line[index], message("混在英文里、样子像英文的外文字母")


def _suspicious(character: str) -> bool:
    """True for what is a fault wherever it stands, and for letters that may be one among Latin letters."""
    return _fault_of(character) is not None or "\u0370" <= character <= "\u04ff"


def _fault_of(character: str) -> Message | None:
    category = unicodedata.category(character)
    code = ord(character)
    if (
        category in ("Cf", "Zl", "Zp")
        or code in _BLANK_LETTERS
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
    ):
        return message("看不见的字符（多半是从网页或微信复制来的）")
    if category == "Cc":
        return message("控制字符")
    if category in ("Co", "Cs", "Cn") or character == "\ufffd":
        return message("自造字或乱码，换一台电脑就显示不出")
    if 0x2E80 <= code <= 0x2FDF:
        return message("部首字符（不是汉字）")
    if 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        return message("样子相同、编码不同的汉字，搜索时找不到")
    if category in ("Mn", "Mc") and code >= 0x300:
        return message("单独的声调或附加符号")
    return None


def _advice(character: str) -> Message:
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and len(plain) == 1 and _fault_of(plain) is None and plain.strip():
        return message("请改用“{plain}”（U+{code}）", plain=plain, code=f"{ord(plain):04X}")
    return message("请删去它，重新输入这里的文字")
