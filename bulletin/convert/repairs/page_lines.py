"""What the paragraphs that were surely cut tell of the page: how many characters a line had."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

_INDENT_EM = 2
_SLACK_EM = 1.5
_SQUEEZED_EM = 0.2
"""By so much more a line may hold: marks are squeezed, figures are narrow."""
_MEASURES = range(24, 46)
_LEAST_CUTS = 4
_LONG = 60
_ENDS = frozenset("。！？：；…”’）》】〕.!?:;")
_NEAR = 8


class PageLines:
    """The lines of the page that a text was copied from."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._cut = [text for text in texts if len(text) > _LONG and text[-1] not in _ENDS]

    @cached_property
    def measure(self) -> int:
        """Characters of a line, as most cut paragraphs agree; 0 where they do not."""
        if len(self._cut) < _LEAST_CUTS:
            return 0
        widths = [_width(text) for text in self._cut]
        best = max(_MEASURES, key=lambda measure: sum(_fills(width, measure) for width in widths))
        return best if 2 * sum(_fills(width, best) for width in widths) > len(widths) else 0

    def ends_line(self, text: str) -> bool:
        """True where the last line of a paragraph is full."""
        return bool(self.measure) and _fills(_width(text), self.measure)

    @staticmethod
    def within_word(text: str, rest: str) -> bool:
        """True where a word begins at the end of `text` and goes on in `rest`."""
        import rjieba

        place = len(text[-_NEAR:])
        end = 0
        for word in rjieba.cut(text[-_NEAR:] + rest[:_NEAR]):
            start, end = end, end + len(word)
            if start < place < end:
                return True
        return False


def _width(text: str) -> float:
    plain = text.replace(" ", "")
    return len(plain) - sum(character < "\u2000" for character in plain) / 2


def _fills(width: float, measure: int) -> bool:
    """True if a text of that width, set in, fills its lines."""
    lines = max(round((width + _INDENT_EM) / measure), 1)
    return abs(width + _INDENT_EM - lines * measure) <= _SLACK_EM + _SQUEEZED_EM * lines
