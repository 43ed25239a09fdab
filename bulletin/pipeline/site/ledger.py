"""What the site on disk was made from: the memory of an incremental build, beside the site and not in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from typing import Any

from bulletin.load.stock import IssueStock, Stock
from bulletin.model.artifact import Artifact
from bulletin.model.key import IssueKey
from bulletin.model.release import PublishedArticle
from bulletin.model.site import Around, Card, IssueCard, PdfCard, Tombstone
from bulletin.model.site_build import Held, SiteOrder, WrittenFile
from bulletin.pipeline.site.units import IssueUnit, Unit
from bulletin.prove.web.metadata import PageFacts
from bulletin.publish import drop_file, publish_file


@dataclass(frozen=True, slots=True)
class Ledger:
    """The stock that the site was made from, and its units: those of issues by their keys, others by name.

    `quiet` is true if the gate found nothing in it that it had to suspect.
    """

    stock: Stock
    issues: Mapping[IssueKey, IssueUnit] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    quiet: bool = False

    def all_units(self) -> dict[str, Unit]:
        """The units of issues by their keys, then the others by name."""
        return {**{str(key): each.unit for key, each in self.issues.items()}, **self.units}

    def articles(self) -> tuple[PublishedArticle, ...]:
        """All articles of the site, newest issue first."""
        return tuple(each for key in sorted(self.issues, reverse=True) for each in self.issues[key].articles)

    def files(self) -> dict[str, WrittenFile]:
        """All files of the site."""
        return {path: written for unit in self.all_units().values() for path, written in unit.files.items()}


_CARD_FIELDS = fields(Card)
NO_LEDGER = Ledger(Stock("", ()))


def read_ledger(order: SiteOrder) -> Ledger:
    """What was recorded; nothing where there is no record, or none that can be read."""
    try:
        said = json.loads((order.kept / "ledger.json").read_bytes())
        return Ledger(
            Stock(said["common"], tuple(IssueStock(_key(name), *digests) for name, *digests in said["stock"])),
            {_key(name): _issue_unit_from(each) for name, each in said["issues"].items()},
            {name: _unit_from(each) for name, each in said["units"].items()},
            said["quiet"],
        )
    except (OSError, ValueError, TypeError, LookupError):
        return NO_LEDGER


def forget_ledger(order: SiteOrder) -> None:
    """From now on, until `write_ledger`, nothing is believed of the files of the site: they are being changed."""
    drop_file(order.kept / "ledger.json")


def write_ledger(order: SiteOrder, ledger: Ledger) -> None:
    """Records what the site now is.

    Raises:
        CannotWrite: Disk full, read-only folder, no permission.
    """
    said = {
        "common": ledger.stock.common,
        "stock": [[str(each.key), each.digest, each.head] for each in ledger.stock.issues],
        "issues": {str(key): _issue_unit(each) for key, each in ledger.issues.items()},
        "units": {name: _unit(each) for name, each in ledger.units.items()},
        "quiet": ledger.quiet,
    }
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    publish_file(order.kept, Artifact("ledger.json", "application/json", text.encode()))


def _key(name: str) -> IssueKey:
    key = IssueKey.parse(name)
    if key is None:
        raise ValueError(name)
    return key


def _unit(unit: Unit) -> list[Any]:
    files = [[path, each.digest, each.size, each.changed_ns] for path, each in unit.files.items()]
    facts = [[each.path, each.canonical, each.found, each.scripts] for each in unit.facts]
    return [unit.made_from, files, unit.links, unit.places, facts]


def _unit_from(said: list[Any]) -> Unit:
    made_from, files, links, places, facts = said
    known = tuple(PageFacts(path, canonical, found, tuple(scripts)) for path, canonical, found, scripts in facts)
    return Unit(made_from, {path: WrittenFile(*said) for path, *said in files}, tuple(links), tuple(places), known)


def _issue_unit(each: IssueUnit) -> list[Any]:
    card = _optional(_issue_card, each.card)
    days = [[str(each.key), each.number, _optional(date.isoformat, each.day)] for each in each.tombstones]
    articles = [astuple(one) for one in each.articles]
    neighbours, held = astuple(each.around), astuple(each.held)
    return [_unit(each.unit), card, neighbours, held, each.pdf_key, each.seals, days, articles]


def _issue_unit_from(said: list[Any]) -> IssueUnit:
    unit, card, around, held, pdf_key, seals, days, articles = said
    return IssueUnit(
        unit=_unit_from(unit),
        card=_optional(_issue_card_from, card),
        around=Around(*around),
        held=Held(*held),
        pdf_key=pdf_key,
        seals=tuple(seals),
        tombstones=tuple(
            Tombstone(_key(name), number, _optional(date.fromisoformat, day)) for name, number, day in days
        ),
        articles=tuple(PublishedArticle(*each) for each in articles),
    )


def _optional(function: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else function(value)


def _issue_card(card: IssueCard) -> list[Any]:
    pdf = card.pdf and [card.pdf.size, card.pdf.pages, card.pdf.openings]
    articles = [_card(each) for each in card.articles]
    return [str(card.key), card.numbering, card.date.isoformat(), card.date_text, card.highlights, articles, pdf]


def _issue_card_from(said: list[Any]) -> IssueCard:
    name, numbering, day, date_text, highlights, articles, pdf = said
    key = _key(name)
    cards = tuple(_card_from(key, each) for each in articles)
    shown = PdfCard(pdf[0], pdf[1], tuple(pdf[2])) if pdf else None
    return IssueCard(key, numbering, date.fromisoformat(day), date_text, tuple(highlights), cards, shown)


def _card(card: Card) -> list[Any]:
    """The fields in order, without the issue's key."""
    _, *said = (getattr(card, each.name) for each in _CARD_FIELDS)
    return [value.isoformat() if isinstance(value, date) else value for value in said]


def _card_from(key: IssueKey, said: list[Any]) -> Card:
    values = dict(zip((each.name for each in _CARD_FIELDS[1:]), said, strict=True))
    values["subjects"] = tuple(values["subjects"])
    values["date"] = date.fromisoformat(values["date"])
    return Card(key=key, **values)
