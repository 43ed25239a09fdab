"""The gate of the public site: what is left of each file when all is taken away that may be told, against what must not be told.

Of each issue its secrets are kept between builds, of each file what is left of it: an edit costs a look at the files that it changed. Then
what is left of all files is compared with the secrets of all issues, or, where nothing was suspected before, only what is new of both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from bulletin.load.article import ARTICLE_LIMIT
from bulletin.load.encoding import read_text
from bulletin.load.sources import load_raw_sources
from bulletin.model.artifact import Artifact
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem
from bulletin.model.publication import Publication
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.site.kept import house_file, keep, recall, secrets_file, sights_file
from bulletin.pipeline.site.ledger import Ledger
from bulletin.pipeline.site.units import Unit
from bulletin.prove.leaks.decoding import Known, tags_in
from bulletin.prove.leaks.explaining import explain
from bulletin.prove.leaks.gathering import house_secrets, secrets_of, unread_secrets
from bulletin.prove.leaks.issue_secrets import Secrets, unpack_secrets
from bulletin.prove.leaks.passages import told_passages
from bulletin.prove.leaks.searching import are_quiet, find_leaks
from bulletin.prove.leaks.sights import Sight, Told, look_at_all, told_by, told_in_words, told_together, unpack_sight


def keep_house(order: SiteOrder, common: str, publication: Publication, furniture: Iterable[str]) -> None:
    """Keeps what the publication and the program's own pages say, for all builds that share settings, templates and program."""
    said = tuple(furniture)
    tags = json.dumps(sorted(frozenset().union(*map(tags_in, said))))
    keep(house_file(order, common), tags.encode() + b"\n" + house_secrets(publication, said).pack())


def make_gate(root: Path, order: SiteOrder, address: str, common: str) -> Gate:
    """The gate of a public site whose pages begin with the address; `keep_house` has been called for it, now or before.

    Raises:
        Torn: What was kept is not whole.
    """
    tags, _, packed = recall(house_file(order, common)).partition(b"\n")
    house = unpack_secrets(packed)
    paths = dict.fromkeys((str(root.resolve()), str(order.output.resolve())))
    told = told_by(house, tuple(paths), (address,) if address else ())
    return Gate(root, order, house, replace(told, known=Known(tags=frozenset(json.loads(tags)))))


class Gate:
    """What the gate knows of the publication; workers look at the files that they make through it."""

    def __init__(self, root: Path, order: SiteOrder, house: Secrets, told: Told) -> None:
        self.root = root
        self.order = order
        self.house = house
        self._told = told

    def keep_secrets(self, issue: Issue, cleared: frozenset[str], made_from: str) -> Told:
        """Keeps what the issue must not say and what it may; returns by what its files are explained."""
        secrets = secrets_of(issue, cleared)
        keep(secrets_file(self.order, str(issue.head.key), made_from), secrets.pack())
        of_issue = replace(told_by(secrets), known=Known(told_passages(issue, cleared)))
        return told_together((self._told, of_issue))

    def told_of(self, issues: Iterable[tuple[IssueKey, str]]) -> Told:
        """What issues may tell together, by their keys and what they were made from: for a file that is made of several."""
        return told_together((self._told, *(told_by(self._secrets_of(key, made_from)) for key, made_from in issues)))

    def told_with(self, texts: Iterable[str]) -> Told:
        """What may be told in a file where the program itself says these texts besides its furniture."""
        return told_together((self._told, told_in_words(texts)))

    def keep_unread(self, key: IssueKey, made_from: str) -> None:
        """Keeps all of an issue that cannot be read, as none of it may be told."""
        files = ((path, text or "") for path, text in load_raw_sources(self.root, key))
        secrets = unread_secrets(str(key), files)
        keep(secrets_file(self.order, str(key), made_from), secrets.pack())

    def keep_sights(self, unit: str, made_from: str, artifacts: Iterable[Artifact], told: Told | None = None) -> None:
        """Keeps what is left of the files of a unit when all is taken away that may be told."""
        sights = look_at_all(artifacts, told or self._told)
        keep(sights_file(self.order, unit, made_from), b"\n".join(sight.pack() for sight in sights))

    def find_leaks(self, after: Ledger, before: Ledger) -> tuple[tuple[Problem, ...], bool]:
        """Problems for everything in the files of the site that must not be told; and whether nothing was as much as suspected.

        Where nothing was before, only what changed is searched: new files for all that must not be told, and the others for what must not be
        told since.
        """
        if before.quiet and before.stock.common == after.stock.common and self._stayed_quiet(after, before):
            return (), True
        sights = self._sights(after.all_units())
        found = find_leaks(sights, partial(self._secrets, after.stock.made_from()))
        quiet = found.quiet and not any(sight.unknown or sight.fault for sight in sights)
        return explain(found.leaks, sights, self._source), quiet

    def _stayed_quiet(self, after: Ledger, before: Ledger) -> bool:
        had, has = before.all_units(), after.all_units()
        fresh = {name: unit for name, unit in has.items() if had.get(name) != unit}
        sights = self._sights(fresh)
        if any(sight.unknown or sight.fault for sight in sights):
            return False
        issues = after.stock.made_from()
        if not are_quiet(sights, partial(self._secrets, issues)):
            return False
        knew = before.stock.made_from()
        grown = {key: each for key, each in issues.items() if not self._held_before(key, each, knew.get(key))}
        kept = {name: unit for name, unit in has.items() if name not in fresh}
        return not grown or are_quiet(self._sights(kept), partial(self._secrets, grown))

    def _held_before(self, key: IssueKey, made_from: str, knew: str | None) -> bool:
        """True if all that the issue must not say was no secret anew."""
        if made_from == knew:
            return True
        old = secrets_file(self.order, str(key), knew or "")
        return old.is_file() and self._secrets_of(key, made_from).holds_no_more_than(unpack_secrets(recall(old)))

    def _sights(self, units: Mapping[str, Unit]) -> list[Sight]:
        packed = (recall(sights_file(self.order, name, unit.made_from)) for name, unit in units.items())
        return [unpack_sight(line) for each in packed for line in each.split(b"\n") if line]

    def _secrets(self, issues: Mapping[IssueKey, str]) -> Iterator[Secrets]:
        """Those of the publication, then of the issues, by what they were made from."""
        yield self.house
        for key, made_from in issues.items():
            yield self._secrets_of(key, made_from)

    def _secrets_of(self, key: IssueKey, made_from: str) -> Secrets:
        return unpack_secrets(recall(secrets_file(self.order, str(key), made_from)))

    def _source(self, path: str) -> str:
        """The text of a source in which something was written that leaked."""
        return read_text(self.root, path, ARTICLE_LIMIT).value or ""
