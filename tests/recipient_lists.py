"""Random lists of recipients, for tests of tables, files and changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from bulletin.model.problem import Span
from bulletin.model.recipient import Recipient, Route, Unit
from bulletin.model.recipient_list import Field, rows_of

SPAN = Span("x")
_LETTERS = "甲乙丙丁局科（）、A1 =+-@'\"#:,;&*!|>%{}[]?`~\\＝＋－＠。0"
_NOT_GROUPS = {"单列", "单列单位", "无", "-", "—", "——"}
_LOOKALIKES = (
    "8610001",
    "0386-8610001",
    "2026-01-01",
    "1_000",
    "0x1F",
    "1e5",
    "12:30:45",
    ".5",
    "true",
    "No",
    "null",
    "NULL",
    "y",
)
texts = st.one_of(st.text(_LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool), st.sampled_from(_LOOKALIKES))
names = texts.filter(lambda text: text not in _NOT_GROUPS)
days = st.one_of(st.none(), st.dates(date(1899, 1, 1), date(2100, 1, 1)))


@st.composite
def units(draw: st.DrawFn, name: str) -> Unit:
    since, until = draw(days), draw(days)
    if since and until and until < since:
        since, until = until, since
    return Unit(
        name=name,
        copies=draw(st.integers(0, 20)),
        span=SPAN,
        route=draw(st.one_of(st.none(), st.sampled_from(Route))),
        contact=draw(st.one_of(st.just(""), texts)),
        address=draw(st.one_of(st.just(""), texts)),
        since=since,
        until=until,
    )


@st.composite
def lists(draw: st.DrawFn) -> tuple[Recipient, ...]:
    """Units by themselves, then groups with members or a count."""
    own = draw(st.lists(names, max_size=5, unique=True))
    grouped = draw(st.lists(names.filter(lambda name: name not in own), max_size=4, unique=True))
    return (*(Recipient(name, (draw(units(name)),), SPAN) for name in own), *(draw(groups(name)) for name in grouped))


@st.composite
def groups(draw: st.DrawFn, name: str) -> Recipient:
    if draw(st.booleans()):
        counted = replace(draw(units(name)), members=draw(st.integers(1, 120)))
        return Recipient(name, (counted,), SPAN, group=True)
    members = draw(st.lists(names.filter(lambda each: each != name), min_size=1, max_size=5, unique=True))
    return Recipient(name, tuple(draw(units(each)) for each in members), SPAN, group=True)


def said(recipients: tuple[Recipient, ...]) -> list[tuple[str, bool, list[dict[Field, str]]]]:
    """What the recipients are, without where they are written; units before groups."""
    ordered = sorted(recipients, key=lambda recipient: recipient.group)
    return [(each.name, each.group, [row.cells() for row in rows_of((each,))]) for each in ordered]
