"""报, 送, 发: every name is a recipient of the house that day, no unit comes twice, and the numbers of the run fit their digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bulletin.model.distribution import print_run
from bulletin.model.issue import Addressee, Issue
from bulletin.model.problem import Problem, did_you_mean, error, message, warning
from bulletin.model.recipient import Recipient

_FULL_WIDTH = re.compile("[，、；]")
MOST_GUESSES = 20
"""Near names are looked for so many times; a list with more unknown names is another list."""
MOST_NAMED = 5
"""Units that a message names; the others are counted."""


def check_distribution(issue: Issue) -> Iterator[Problem]:
    """Unknown and repeated names, an empty list, a run with more copies than numbers."""
    if issue.publication.recipients is None:
        return
    recipients = issue.publication.recipients_by_name()
    first: dict[str, str] = {}
    unknown = 0
    for listed in issue.distribution:
        if not listed.ranks and listed.text:
            what = message("“{label}”只印文字，没有写发给谁，份数没有算进去", label=listed.label)
            yield warning("distribution-empty", listed.span, what, message("要算份数、登记份号，在 to 里写上收件单位"))
        elif not listed.ranks:
            what = message("“{label}”后面是空的", label=listed.label)
            yield error("distribution-empty", listed.span, what, message("写上收件单位，或删去这一项"))
        for addressee in listed.addressees():
            if addressee.name not in recipients:
                unknown += 1
                yield _unknown(addressee, list(recipients) if unknown <= MOST_GUESSES else [])
            elif addressee.name in first:
                what = message("“{name}”在“{label}”里已经有了", name=addressee.name, label=first[addressee.name])
                yield error("distribution-repeated", addressee.span, what, message("一个单位只列一次，否则会多印"))
            first.setdefault(addressee.name, listed.label)
    yield from _check_terms(issue, recipients)
    yield from _check_twice(issue, recipients)
    yield from _check_run(issue)


def _check_terms(issue: Issue, recipients: Mapping[str, Recipient]) -> Iterator[Problem]:
    """Units that are not on the list on the day of the issue, and groups of which nobody is."""
    day = issue.head.date
    for addressee in issue.addressees():
        recipient = recipients.get(addressee.name)
        if recipient is None or recipient.units_on(day):
            continue
        lasts = [unit.until for unit in recipient.units if unit.until and unit.until < day]
        if lasts:
            what = message(
                "“{name}”发送到 {until} 为止，本期是 {day}", name=recipient.name, until=str(max(lasts)), day=str(day)
            )
            advice = message("从本期的 distribution 里删去它；仍要发送的，改 house/recipients.yaml 里的 until")
            yield error("recipient-ended", addressee.span, what, advice)
        else:
            since = min(unit.since for unit in recipient.units if unit.since)
            what = message(
                "“{name}”从 {since} 起才发送，本期是 {day}", name=recipient.name, since=str(since), day=str(day)
            )
            advice = message("从本期的 distribution 里删去它；现在就发送的，改 house/recipients.yaml 里的 since")
            yield error("recipient-not-yet", addressee.span, what, advice)


def _check_twice(issue: Issue, recipients: Mapping[str, Recipient]) -> Iterator[Problem]:
    """Units that get the issue in two ways: as a member of two groups, or by their own name and as a member."""
    by_way: dict[str, Addressee] = {}
    for addressee in dict.fromkeys(issue.addressees()):
        recipient = recipients.get(addressee.name)
        units = recipient.units_on(issue.head.date) if recipient else ()
        twice: dict[Addressee, list[str]] = {}
        for unit in units:
            earlier = by_way.setdefault(unit.name, addressee)
            if earlier.name != addressee.name:
                twice.setdefault(earlier, []).append(unit.name)
        for earlier, names in twice.items():
            yield _twice(addressee, earlier, names)


def _twice(later: Addressee, earlier: Addressee, names: list[str]) -> Problem:
    what = message(
        "“{name}”和第 {line} 行的“{earlier}”重了 {count} 个单位，它们会收到两次：{names}",
        name=later.name,
        line=earlier.span.line,
        earlier=earlier.name,
        count=len(names),
        names=(*names[:MOST_NAMED], *(["……"] if len(names) > MOST_NAMED else [])),
    )
    advice = message("只发一次的，从一处删去，或从 house/recipients.yaml 的一组里删去")
    return warning("recipient-twice", later.span, what, advice)


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
