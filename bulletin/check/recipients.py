"""The list of recipients by itself: what is missing, what is spelled in two ways, what no issue knows or uses any more."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from bulletin.model.issue import Addressee
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Span, did_you_mean, error, hint, message, warning
from bulletin.model.recipient import Recipient, Unit
from bulletin.model.recipient_list import Addressed

MOST_NAMED = 5
"""Names that a message lists; the others are counted."""
RECENT_ISSUES = 12
"""A year of a monthly bulletin."""


def check_recipients(
    recipients: tuple[Recipient, ...], issues: Sequence[Addressed], current: IssueKey | None, day: date
) -> Iterator[Problem]:
    """Everything that can be said of the list.

    Args:
        recipients: The list.
        issues: Whom each issue names, the oldest first.
        current: The issue that is worked on; a name that it has and the list has not stops its build.
        day: The day for which the list is looked at.
    """
    yield from check_names(recipients, issues, current)
    yield from _spelled_twice(recipients)
    yield from _in_two_groups(recipients)
    yield from _without_route(recipients, day)
    yield from _counted(recipients, day)
    yield from _ended(recipients, day)
    yield from _unused(recipients, issues[-RECENT_ISSUES:], day)


def check_names(
    recipients: tuple[Recipient, ...], issues: Sequence[Addressed], current: IssueKey | None
) -> Iterator[Problem]:
    """Names in issues that the list has not: each place in the current one, elsewhere the last place of each."""
    known = {recipient.name for recipient in recipients}
    elsewhere: dict[str, list[Addressee]] = {}
    for issue in issues:
        for addressee in (each for each in issue.addressees if each.name not in known):
            if issue.head.key == current:
                what = message("收件单位名册里没有“{name}”", name=addressee.name)
                advice = did_you_mean(addressee.name, known, message("在 house/recipients.yaml 里加上它"))
                yield error("recipient-unknown", addressee.span, what, advice)
            else:
                elsewhere.setdefault(addressee.name, []).append(addressee)
    for name, places in elsewhere.items():
        what = message("有 {count} 期写着“{name}”，名册里没有", count=len(places), name=name)
        advice = message("以前的期要能重新制作：不再发送的单位不要删，写上 until（止）；改了名称的，旧名称也留着")
        yield warning("recipient-unknown", places[-1].span, what, advice)


def _spelled_twice(recipients: tuple[Recipient, ...]) -> Iterator[Problem]:
    """Names, contacts and addresses that differ in nothing but blanks and the width of marks."""
    units = [unit for recipient in recipients for unit in recipient.units]
    texts: dict[tuple[str, str], Span] = {("name", unit.name): unit.span for unit in units}
    texts |= {("name", recipient.name): recipient.span for recipient in recipients}
    texts |= {("contact", unit.contact): unit.span for unit in units}
    texts |= {("address", unit.address): unit.span for unit in units}
    first: dict[tuple[str, str], str] = {}
    for (field, text), span in texts.items():
        other = first.setdefault((field, _folded(text)), text)
        if other != text:
            what = message("“{text}”和“{other}”只差在空格、全角半角", text=text, other=other)
            yield warning("recipient-spelling", span, what, message("写成一样的"))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _in_two_groups(recipients: tuple[Recipient, ...]) -> Iterator[Problem]:
    """Units that would get an issue twice that names both groups, or the unit and its group."""
    first: dict[str, Recipient] = {}
    twice: dict[tuple[str, str], list[Unit]] = {}
    for recipient in recipients:
        for unit in recipient.units:
            other = first.setdefault(unit.name, recipient)
            if other.name != recipient.name:
                twice.setdefault((recipient.name, other.name), []).append(unit)
    for (name, other_name), units in twice.items():
        what = message("“{name}”里有“{other}”里也有的：{names}", name=name, other=other_name, names=_names(units))
        yield hint("recipient-twice", units[0].span, what, message("一期里两处都发，它们会收到两次"))


def _without_route(recipients: tuple[Recipient, ...], day: date) -> Iterator[Problem]:
    """Units of which it is not said how a copy comes to them: those by themselves, and group by group; at once where it is nowhere said."""
    alone = [unit for recipient in recipients if not recipient.group for unit in recipient.units_on(day)]
    groups = [recipient.units_on(day) for recipient in recipients if recipient.group]
    everyone = [*alone, *(unit for group in groups for unit in group)]
    advice = message("写上 route: 机要交通、交换站、专人或自取（不用普通邮寄）")
    if everyone and not any(unit.route for unit in everyone):
        yield warning("recipient-route", everyone[0].span, message("名册里都没有写发送方式"), advice)
        return
    for units in (alone, *groups):
        missing = [unit for unit in units if unit.route is None]
        if missing:
            what = message("{count} 个没有写发送方式：{names}", count=len(missing), names=_names(missing))
            yield warning("recipient-route", missing[0].span, what, advice)


def _counted(recipients: tuple[Recipient, ...], day: date) -> Iterator[Problem]:
    for recipient in (each for each in recipients if each.counted and each.units_on(day)):
        what = message("“{name}”只有个数，没有名单：哪个份号在谁手里，登记册说不出", name=recipient.name)
        yield hint("recipient-count", recipient.span, what, message("要能逐份清退，把 count 换成 members 名单"))


def _ended(recipients: tuple[Recipient, ...], day: date) -> Iterator[Problem]:
    for unit in (unit for recipient in recipients for unit in recipient.units):
        if unit.until and unit.until < day:
            what = message("“{name}”发送到 {until} 为止，已经停发", name=unit.name, until=str(unit.until))
            yield hint("recipient-past", unit.span, what)


def _unused(recipients: tuple[Recipient, ...], issues: Sequence[Addressed], day: date) -> Iterator[Problem]:
    if not issues:
        return
    named = {addressee.name for issue in issues for addressee in issue.addressees}
    for recipient in recipients:
        if recipient.name not in named and recipient.units_on(day):
            what = message("最近 {count} 期都没有发给“{name}”", count=len(issues), name=recipient.name)
            yield hint("recipient-unused", recipient.span, what, message("不再发送的，写上 until（止）"))


def _names(units: Sequence[Unit]) -> tuple[str, ...]:
    listed = tuple(unit.name for unit in units[:MOST_NAMED])
    return listed if len(units) <= MOST_NAMED else (*listed, "……")
