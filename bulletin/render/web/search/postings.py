"""The articles of each token, as text: compact, and easily decoded by a small script.

The articles of a volume are numbered from 0. A list is written as the gaps between its numbers, in digits of base 64 of which five bits
count and the sixth says that more follow (as in source maps, without their sign); or, where that is shorter, as `*` and a bit
for each article, six a digit, the lowest first, without the zeros at the end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_DIGITS = np.frombuffer(DIGITS.encode(), np.uint8)
UNIT_BITS = 21
"""A token is two units of so many bits, as they are numbered in a volume."""
_ARTICLE_BITS = 64 - 2 * UNIT_BITS
_LAST_ARTICLE = (1 << _ARTICLE_BITS) - 1
_AT_ONCE = 1 << 16
"""Postings that are encoded together: what a processor keeps at hand."""

Codes = NDArray[np.uint64]
Integers = NDArray[np.int32]


def with_article(tokens: Codes | np.uint64, article: int) -> Codes:
    """Each token and the number of its article as one number."""
    return np.asarray(tokens << np.uint64(_ARTICLE_BITS) | np.uint64(article))


def encode_postings(found: Codes) -> tuple[Codes, list[str]]:
    """The tokens, in order, and the articles of each as text; `found` are tokens with articles, sorted."""
    tokens, lists = [np.zeros(0, np.uint64)], []
    start = 0
    while start < len(found):
        token = found[min(start + _AT_ONCE, len(found)) - 1] >> np.uint64(_ARTICLE_BITS)
        end = int(np.searchsorted(found, with_article(token, _LAST_ARTICLE), side="right"))
        some, texts = _encode(found[start:end])
        tokens.append(some)
        lists += texts
        start = end
    return np.concatenate(tokens), lists


def _encode(found: Codes) -> tuple[Codes, list[str]]:
    tokens = found >> np.uint64(_ARTICLE_BITS)
    articles = (found & np.uint64(_LAST_ARTICLE)).astype(np.int32)
    first = np.append(True, tokens[1:] != tokens[:-1])
    starts = np.flatnonzero(first)
    last = articles[np.append(starts[1:], len(found)) - 1]
    gaps = np.where(first, articles, np.diff(articles, prepend=np.int32(-1)) - 1)
    sizes = 1 + sum((gaps >= 1 << 5 * digit).astype(np.int32) for digit in (1, 2, 3, 4))
    as_gaps, as_bits = np.add.reduceat(sizes, starts), 2 + last // 6
    dense = as_bits < as_gaps
    ends = np.cumsum(np.where(dense, as_bits, as_gaps))
    begins = np.append(0, ends[:-1])
    counts = np.diff(np.append(starts, len(found)))
    values = np.zeros(ends[-1], np.uint8)
    in_bits = np.repeat(dense, counts)
    where = np.repeat(begins, counts)
    _write_bits(values, where[in_bits] + 1, articles[in_bits])
    within = np.cumsum(sizes) - sizes
    where += within - np.repeat(within[starts], counts)
    _write_gaps(values, where[~in_bits], gaps[~in_bits])
    text = _DIGITS[values]
    text[begins[dense]] = ord("*")
    whole = text.tobytes().decode("ascii")
    return tokens[starts], [whole[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]


def _write_bits(values: NDArray[np.uint8], where: NDArray[np.int64], articles: Integers) -> None:
    np.add.at(values, where + articles // 6, (1 << articles % 6).astype(np.uint8))


def _write_gaps(values: NDArray[np.uint8], where: NDArray[np.int64], gaps: Integers) -> None:
    while len(gaps):
        more = gaps >= 32
        values[where] = (gaps & 31) | (more << 5)
        where, gaps = where[more] + 1, gaps[more] >> 5
