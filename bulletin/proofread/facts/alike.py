"""How like two names are: the same but for marks, a slip apart, one cut short, the same members in another order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import Enum

from bulletin.proofread.facts.contrast import contrasted

MARKS = frozenset("，、·・•‧—－-“”‘’《》〈〉「」『』：；。！？…,.:;!? \u3000")
_LAST_MARKS = "，、；：。！？… \u3000"
DASH = "——"
_SLIPS = 2
_PART = 0.27
_LEAST = 4
_CUT = 2
_GRAM = 4
_SHORT = 12
_LONGEST = 200


class Likeness(Enum):
    """In what two names differ."""

    MARKS = "marks"
    """In marks only: 不忘初心，牢记使命 and 不忘初心、牢记使命."""
    SLIP = "slip"
    """In one or two characters: 枫林驿站 and 枫叶驿站."""
    SWAP = "swap"
    """In the order of characters."""
    CUT = "cut"
    """One lacks the other's last, or first, characters: 六项基本 and 六项基本要求."""
    MEMBER = "member"
    """Lists of as many members, of which one differs."""
    ORDER = "order"
    """Lists of the same members in another order."""


def key_of(name: str) -> str:
    """The name without marks and blanks, digits and letters in one form: what is compared."""
    letters = "".join(character for character in name if character not in MARKS)
    return unicodedata.normalize("NFKC", letters).casefold()


def likeness(one: str, other: str) -> Likeness | None:
    """In what two names differ that may be one; `None` if they are equal, or plainly two things. Where only one has a 副题, that is left out."""
    if (DASH in one) != (DASH in other):
        one, other = main_title(one), main_title(other)
    first, second = key_of(one), key_of(other)
    if first == second:
        return Likeness.MARKS if _marked_otherwise(one, other) else None
    if min(len(first), len(second)) < _LEAST:
        return None
    if contrasted(first, second):
        return None
    if near(first, second):
        return Likeness.SWAP if sorted(first) == sorted(second) else Likeness.SLIP
    if _cut(first, second):
        return Likeness.CUT
    return _by_members(one, other)


def _marked_otherwise(one: str, other: str) -> bool:
    """True if marks inside differ. A blank may stand for any mark, as on a banner; the last mark belongs to the sentence."""
    first, second = one.strip(_LAST_MARKS), other.strip(_LAST_MARKS)
    blanks = any(blank in name for name in (first, second) for blank in " \u3000")
    return first != second and not blanks and _plain_marks(first) != _plain_marks(second)


def _plain_marks(name: str) -> str:
    """The name with marks that differ only by where it stands made equal: ‘’ in “”, 〈〉 in 《》, the forms of 间隔号 and of dashes."""
    return unicodedata.normalize("NFKC", name).translate(_SAME_MARKS)


_SAME_MARKS = str.maketrans("‘’〈〉・•‧－", "“”《》···-")


def near(one: str, other: str) -> bool:
    """True if one or two slips of the pen lie between them, and not more than about a quarter of the longer."""
    longer = max(len(one), len(other))
    if longer > _LONGEST or longer < _LEAST:
        return False
    allowed = min(_SLIPS, int(longer * _PART))
    return 0 < distance(one, other, allowed) <= allowed


def distance(one: str, other: str, most: int) -> int:
    """Characters that were put in, left out, replaced, or changed places with their neighbours; `most + 1` if there are more than `most`.

    Source: optimal string alignment, in a band of width `most`: the time is that of length times `most`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    far = most + 1
    before: dict[int, int] = {}
    last = {column: column for column in range(min(len(other), most) + 1)}
    for row in range(1, len(one) + 1):
        now = {}
        for column in range(max(0, row - most), min(len(other), row + most) + 1):
            if column == 0:
                now[column] = row
                continue
            step = 0 if one[row - 1] == other[column - 1] else 1
            least = min(last.get(column - 1, far) + step, last.get(column, far) + 1, now.get(column - 1, far) + 1)
            if row > 1 and column > 1 and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]:
                least = min(least, before.get(column - 2, far) + 1)
            now[column] = least
        if min(now.values()) > most:
            return far
        before, last = last, now
    return min(last.get(len(other), far), far)


def _cut(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) <= _CUT and (longer.startswith(shorter) or longer.endswith(shorter))


def _by_members(one: str, other: str) -> Likeness | None:
    first, second = members(one), members(other)
    if len(first) != len(second) or len(first) < 3:
        return None
    if sorted(first) == sorted(second):
        return Likeness.ORDER
    left = [member for member in first if member not in second]
    right = [member for member in second if member not in first]
    if len(left) == len(right) == 1 and set(left[0]) & set(right[0]):
        return Likeness.MEMBER
    return None


def members(name: str) -> list[str]:
    """The members of a list with 、 or ，."""
    return [member for member in name.strip(_LAST_MARKS).replace("，", "、").split("、") if member]


def main_title(title: str) -> str:
    """The title without its 副题, unless hardly anything is left."""
    main = title.split(DASH, maxsplit=1)[0]
    return main if len(main) >= _LEAST else title


def variants(key: str) -> Iterator[str]:
    """What two names have in common that a slip lies between: the name itself, without each one of its characters, without its ends, and, where two
    slips are allowed, four characters that stand together."""
    yield from (key, key[:-_CUT], key[_CUT:])
    if len(key) <= _SHORT:
        yield from (key[:place] + key[place + 1 :] for place in range(len(key)))
    if int(len(key) * _PART) >= _SLIPS:
        yield from (f"\0{key[start : start + _GRAM]}" for start in range(len(key) - _GRAM + 1))
