"""Regular expressions that editors write: refused where they may run away, and the words that each of their matches must have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

from bulletin.model.problem import Message, message

MOST_CHARACTERS = 300
MOST_REPEATS = 40
_MOST_WAYS = 2000
"""At one place of a text: so many ways of repeating are tried at most, before the pattern does not match there."""
_MOST_NEEDLES = 60
_SMALL_CLASS = 20

_REPEATS = frozenset({_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT})
_Tree: TypeAlias = Any
"""What `re` makes of a pattern before it compiles it: a list of (operation, argument)."""


class Unsafe(ValueError):
    """Why a pattern cannot be used."""

    def __init__(self, what: Message) -> None:
        super().__init__(str(what))
        self.what = what


@cache
def needles_of(pattern: str) -> tuple[str, ...]:
    """Words of which every match of the pattern has at least one.

    The pattern is only parsed, which takes a tenth of the time of compiling it.

    Raises:
        Unsafe: It is no regular expression, may match nothing at all, repeats without limit, or has no fixed word.
    """
    if len(pattern) > MOST_CHARACTERS:
        raise Unsafe(message("正则式超过 {most} 字", most=MOST_CHARACTERS))
    try:
        tree = _parser.parse(pattern)
    except (re.error, OverflowError, RecursionError) as fault:
        raise Unsafe(message("正则式写错了：{reason}", reason=str(fault))) from None
    if tree.getwidth()[0] == 0:
        raise Unsafe(message("正则式可以什么字都不要"))
    if _ways(tree) > _MOST_WAYS:
        raise Unsafe(message("正则式里的重复太多，会很慢"))
    needles = _needles(tree)
    if not needles or len(needles) > _MOST_NEEDLES:
        raise Unsafe(message("正则式里没有必定出现的字"))
    return tuple(sorted(needles))


def _ways(tree: _Tree) -> int:
    """In how many ways the repeats of a pattern can be tried at one place."""
    ways = 1
    for operation, argument in tree:
        if operation in _REPEATS:
            least, most, inner = argument
            if most > MOST_REPEATS:
                raise Unsafe(message("不能用不限次数的重复（* + {{3,}}），写明最多几次，如 {{0,10}}"))
            if most > 1 and _varies(inner):
                raise Unsafe(message("重复里面不能再有重复，也不能有几选一"))
            ways *= _ways(inner) * (most - least + 1)
        elif operation is _constants.BRANCH:
            ways *= max(_ways(branch) for branch in argument[1])
        else:
            for inner in _inside(operation, argument):
                if operation in (_constants.ASSERT, _constants.ASSERT_NOT) and argument[0] < 0:
                    _require_fixed(inner)
                ways *= _ways(inner)
    return ways


def _varies(tree: _Tree) -> bool:
    """True if it matches in more than one way: repeated, it could be divided among the repeats in endless ways."""
    least, most = tree.getwidth()
    return bool(least != most) or any(
        operation is _constants.BRANCH or any(map(_varies, _inside(operation, argument)))
        for operation, argument in tree
    )


def _inside(operation: object, argument: Any) -> Iterable[_Tree]:
    """What a group or a look around holds."""
    if operation is _constants.SUBPATTERN:
        return (argument[3],)
    if operation in (_constants.ASSERT, _constants.ASSERT_NOT):
        return (argument[1],)
    if operation is _constants.ATOMIC_GROUP:
        return (argument,)
    return ()


def _require_fixed(tree: _Tree) -> None:
    """What is looked for backwards must have one length: `re` says so only when it compiles."""
    least, most = tree.getwidth()
    if least != most:
        raise Unsafe(message("(?<=…) 和 (?<!…) 里面各个选项要一样长"))


def _needles(tree: _Tree) -> frozenset[str]:
    """The best of the sets of words that a sequence must have one of; empty where it need have none."""
    best: frozenset[str] = frozenset()
    literal = ""
    for operation, argument in [*tree, (None, None)]:
        if operation is _constants.LITERAL:
            literal += chr(argument)
            continue
        if literal:
            best = _better(best, frozenset({literal}))
            literal = ""
        best = _better(best, _alternatives(operation, argument))
    return best


def _alternatives(operation: object, argument: Any) -> frozenset[str]:
    """The words that one step of a pattern must have one of."""
    if operation is _constants.BRANCH:
        each = [_needles(branch) for branch in argument[1]]
        return frozenset().union(*each) if all(each) else frozenset()
    if operation is _constants.IN:
        if len(argument) > _SMALL_CLASS or any(kind is not _constants.LITERAL for kind, _code in argument):
            return frozenset()
        return frozenset(chr(code) for _kind, code in argument)
    if operation in _REPEATS:
        return _needles(argument[2]) if argument[0] > 0 else frozenset()
    if operation is _constants.ASSERT_NOT:
        return frozenset()
    return next((_needles(inner) for inner in _inside(operation, argument)), frozenset())


def _better(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The set whose words are rarer in texts: the shortest of them longer, and then fewer."""
    return max(one, other, key=lambda words: (min(map(len, words), default=0), -len(words)))
