"""报, 送, 发: every name is a recipient of the house, none twice, and the numbers of the run fit their digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin.model.distribution import print_run
from bulletin.model.issue import Addressee, Issue
from bulletin.model.problem import Problem, did_you_mean, error, message

_FULL_WIDTH = re.compile("[，、；]")
MOST_GUESSES = 20
"""Near names are looked for so many times; a list with more unknown names is another list."""


def check_distribution(issue: Issue) -> Iterator[Problem]:
    """Unknown and repeated names, an empty list, a run with more copies than numbers."""
    if issue.publication.recipients is None:
        return
    recipients = issue.publication.recipients_by_name()
    first: dict[str, str] = {}
    unknown = 0
    for listed in issue.distribution:
        if not listed.ranks:
            what = message("“{label}”后面是空的", label=listed.label)
            yield error("distribution-empty", listed.span, what, message("写上收件单位，或删去这一项"))
        for addressee in (addressee for rank in listed.ranks for addressee in rank):
            if addressee.name not in recipients:
                unknown += 1
                yield _unknown(addressee, list(recipients) if unknown <= MOST_GUESSES else [])
            elif addressee.name in first:
                what = message("“{name}”在“{label}”里已经有了", name=addressee.name, label=first[addressee.name])
                yield error("distribution-repeated", addressee.span, what, message("一个单位只列一次，否则会多印"))
            first.setdefault(addressee.name, listed.label)
    yield from _check_run(issue)


def _check_run(issue: Issue) -> Iterator[Problem]:
    run, digits = print_run(issue), issue.publication.copy_number.digits
    span = issue.head.places.of("distribution")
    if run == 0:
        yield error("print-run", span, message("印数是 0"), message("在 distribution 里写上收件单位"))
    if run >= 10**digits:
        what = message("要印 {run} 份，{digits} 位的份号不够用", run=run, digits=digits)
        advice = message("把 bulletin.yaml 里 copy_number 的 digits（份号位数）改大")
        yield error("print-run", span, what, advice)


def _unknown(addressee: Addressee, names: list[str]) -> Problem:
    parts = [part for part in _FULL_WIDTH.split(addressee.name) if part]
    if len(parts) > 1 and set(parts) <= set(names):
        what = message("“{name}”像是 {count} 个单位", name=addressee.name, count=len(parts))
        return error(
            "recipient-unknown", addressee.span, what, message("中间用半角逗号加空格：{parts}", parts=", ".join(parts))
        )
    what = message("收件单位名册里没有“{name}”", name=addressee.name)
    advice = did_you_mean(addressee.name, names, message("在 house/recipients.yaml 里加上它"))
    return error("recipient-unknown", addressee.span, what, advice)
