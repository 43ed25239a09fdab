"""Receipt slips and labels for envelopes: one for each recipient, and each office of a group, in the order of 分发登记表."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.compose.forms.columns import numbers_mm, table_columns
from bulletin.compose.forms.entries import Entry, FormSource, day_text, plain
from bulletin.compose.forms.outgoing import outgoing_entries
from bulletin.model.forms import ColumnKind, FormName, FormPart, SheetSize, Slip, SlipSheet, TableForm
from bulletin.model.problem import Problem, Span, message, warning


def compose_slips(source: FormSource, name: FormName, size: SheetSize, start: int, route: str) -> SlipSheet:
    """Slips for all that goes out by the route, or by any (`route` empty), from the `start`-th place of the first sheet on."""
    publication = source.issue.publication
    return SlipSheet(
        name=name,
        size=size,
        start=start,
        issue=source.title,
        short=source.short_title,
        marking=tuple(plain(each) for each in source.edition.marking),
        sender=plain(publication.publisher),
        phone=plain(source.issue.editors.phone),
        days=publication.register.receipt_days,
        return_days=publication.register.return_days,
        slips=tuple(slip for entry in outgoing_entries(source, route) for slip in _slips(entry, source)),
        route=route,
    )


def _slips(entry: Entry, source: FormSource) -> Iterator[Slip]:
    """One for each cover that the copies go under; offices that the list does not name are left to be named by hand."""
    for place, (office, trails) in enumerate(entry.shares, start=1):
        due = min((trail.due for trail in trails if trail.due), default="")
        yield Slip(
            number=entry.number,
            holder=plain(office.name) or entry.holder,
            contact=plain(office.contact),
            address=plain(office.address),
            copies=len(trails),
            numbers=source.text_of(trails),
            route=plain(entry.route),
            due=day_text(due),
            office=place if entry.offices else 0,
            nameless=not office.name,
        )


def check_offices(source: FormSource, route: str, span: Span) -> Iterator[Problem]:
    """A warning where the list says how many offices a group has, and not their names."""
    counted = [entry for entry in outgoing_entries(source, route) if entry.nameless]
    if counted:
        groups = tuple(f"{entry.holder}（{entry.nameless}个）" for entry in counted)
        what = message("名册里只有个数、没有单位名称：{groups}；回执、标签按个数印，名称留空手写", groups=groups)
        advice = message("在名册里把各单位逐个列出（Excel 表里一行一个，删去“个数”）")
        yield warning("forms-offices", span, what, advice)


def compose_slips_table(source: FormSource, sheet: SlipSheet) -> TableForm:
    """The slips as a list, for programs that fill in labels of their own."""
    columns = table_columns(
        True,
        ("序号", 12, ColumnKind.FIGURE),
        ("收件单位", 0, ColumnKind.TEXT),
        ("联系人", 45, ColumnKind.TEXT),
        ("地址", 60, ColumnKind.TEXT),
        ("份数", 12, ColumnKind.COUNT),
        ("份号", numbers_mm(source.digits), ColumnKind.NUMBERS),
        ("发送方式", 22, ColumnKind.SHORT),
    )
    rows = tuple(
        (slip.serial, slip.addressee, slip.contact, slip.address, str(slip.copies), slip.numbers, slip.route)
        for slip in sheet.slips
    )
    return TableForm(
        name=sheet.name,
        subtitle=source.title,
        facts=(),
        columns=columns,
        parts=(FormPart("", rows),),
        notes=(),
        signatures=(),
        anchor=source.anchor,
        landscape=True,
        size_pt=10.5,
        row_mm=8.5,
        route=sheet.route,
    )
