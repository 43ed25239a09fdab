"""Receipt slips and labels for envelopes: one for each recipient, in the order of 分发登记表."""

from __future__ import annotations

from bulletin.compose.forms.columns import numbers_mm, table_columns
from bulletin.compose.forms.entries import Entry, FormSource, day_text, plain
from bulletin.compose.forms.outgoing import outgoing_entries
from bulletin.model.forms import ColumnKind, FormName, FormPart, SheetSize, Slip, SlipSheet, TableForm


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
        slips=tuple(_slip(entry, source.digits) for entry in outgoing_entries(source, route)),
    )


def _slip(entry: Entry, digits: int) -> Slip:
    due = sorted({trail.due for trail in entry.trails if trail.due})
    return Slip(
        number=entry.number,
        holder=entry.holder,
        contact=entry.contact,
        address=entry.address,
        copies=len(entry.trails),
        numbers=entry.numbers(digits),
        route=plain(entry.route),
        due=day_text(due[0]) if due else "",
    )


def compose_slips_table(source: FormSource, sheet: SlipSheet) -> TableForm:
    """The slips as a list, for programs that fill in labels of their own."""
    columns = table_columns(
        True,
        ("序号", 12, ColumnKind.SHORT),
        ("收件单位", 0, ColumnKind.TEXT),
        ("联系人", 45, ColumnKind.TEXT),
        ("地址", 60, ColumnKind.TEXT),
        ("份数", 12, ColumnKind.COUNT),
        ("份号", numbers_mm(source.digits), ColumnKind.NUMBERS),
        ("发送方式", 22, ColumnKind.SHORT),
    )
    rows = tuple(
        (str(slip.number), slip.holder, slip.contact, slip.address, str(slip.copies), slip.numbers, slip.route)
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
    )
