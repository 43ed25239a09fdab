"""The gate of the public site: what is left of each file when all is taken away that may be told, against what must not be told.

Of each issue its secrets are kept between builds, of each file what is left of it: an edit costs a look at the files that it changed. Then
what is left of all files is compared with the secrets of all issues, or, where nothing was suspected before, only what is new of both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from bulletin.compose.site import compose_list_pages, compose_site
from bulletin.load.article import ARTICLE_LIMIT
from bulletin.load.encoding import read_text
from bulletin.load.sources import load_raw_sources
from bulletin.load.stock import Stock
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.edition import Article, Masthead, WebEdition
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem
from bulletin.model.publication import Publication
from bulletin.model.site import Around, Card
from bulletin.model.site_build import SiteOrder
from bulletin.pipeline.site.kept import house_file, secrets_file, sights_file
from bulletin.pipeline.site.ledger import Ledger
from bulletin.pipeline.site.units import Unit
from bulletin.prove.leaks.decoding import Known, tags_in
from bulletin.prove.leaks.explaining import explain
from bulletin.prove.leaks.gathering import house_secrets, secrets_of, unread_secrets
from bulletin.prove.leaks.issue_secrets import Secrets, unpack_secrets
from bulletin.prove.leaks.passages import told_passages
from bulletin.prove.leaks.searching import are_quiet, find_leaks
from bulletin.prove.leaks.sights import Sight, Told, look_at_all, told_by, told_together, unpack_sight
from bulletin.publish import keep_file
from bulletin.render.web.frame import Frame, render_shared
from bulletin.render.web.issue_pages import render_issue_pages
from bulletin.render.web.list_pages import render_list_page

_KEY, _DAY = IssueKey(1000, False, 1), date(1000, 1, 1)
_BARE = WebEdition(
    audience=Audience.PUBLIC,
    masthead=Masthead(_KEY, "", "", "zh-CN", "", _DAY, ""),
    marking=(),
    highlights=(),
    editors_note=(),
    articles=(Article(1, "", "", ("",), "", "", "", False, (), (), ""),),
    cards=(Card(_KEY, 1, "", "", 0, "", 0, "", "", "", "", "", "", (), _DAY, "", 0),),
    pictures=(),
)
"""An issue that says nothing: what its pages say is furniture."""


def make_gate(root: Path, order: SiteOrder, publication: Publication, frame: Frame, stock: Stock) -> Gate:
    """The gate of a public site; what the program's own pages say is read once for all builds that share settings and templates."""
    kept = house_file(order, stock.common)
    if not kept.is_file():
        furniture = tuple(_furniture(publication, frame))
        said = json.dumps(sorted(frozenset().union(*map(tags_in, furniture))))
        keep_file(kept, said.encode() + b"\n" + house_secrets(publication, furniture).pack())
    tags, _, packed = kept.read_bytes().partition(b"\n")
    house = unpack_secrets(packed)
    paths = dict.fromkeys((str(root.resolve()), str(order.output.resolve())))
    addresses = (publication.web.url,) if publication.web.url else ()
    told = told_by(house, tuple(paths), addresses)
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
        keep_file(secrets_file(self.order, str(issue.head.key), made_from), secrets.pack())
        of_issue = replace(told_by(secrets), known=Known(told_passages(issue, cleared)))
        return told_together((self._told, of_issue))

    def told_of(self, issues: Iterable[tuple[IssueKey, str]]) -> Told:
        """What issues may tell together, by their keys and what they were made from: for a file that is made of several."""
        return told_together((self._told, *(told_by(self._secrets_of(key, made_from)) for key, made_from in issues)))

    def keep_unread(self, key: IssueKey, made_from: str) -> None:
        """Keeps all of an issue that cannot be read, as none of it may be told."""
        files = ((path, text or "") for path, text in load_raw_sources(self.root, key))
        secrets = unread_secrets(str(key), files)
        keep_file(secrets_file(self.order, str(key), made_from), secrets.pack())

    def keep_sights(self, unit: str, made_from: str, artifacts: Iterable[Artifact], told: Told | None = None) -> None:
        """Keeps what is left of the files of a unit when all is taken away that may be told."""
        sights = look_at_all(artifacts, told or self._told)
        keep_file(sights_file(self.order, unit, made_from), b"\n".join(sight.pack() for sight in sights))

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
        return old.is_file() and self._secrets_of(key, made_from).holds_no_more_than(unpack_secrets(old.read_bytes()))

    def _sights(self, units: Mapping[str, Unit]) -> list[Sight]:
        packed = (sights_file(self.order, name, unit.made_from).read_bytes() for name, unit in units.items())
        return [unpack_sight(line) for each in packed for line in each.split(b"\n") if line]

    def _secrets(self, issues: Mapping[IssueKey, str]) -> Iterator[Secrets]:
        """Those of the publication, then of the issues, by what they were made from."""
        yield self.house
        for key, made_from in issues.items():
            yield self._secrets_of(key, made_from)

    def _secrets_of(self, key: IssueKey, made_from: str) -> Secrets:
        return unpack_secrets(secrets_file(self.order, str(key), made_from).read_bytes())

    def _source(self, path: str) -> str:
        """The text of a source in which something was written that leaked."""
        return read_text(self.root, path, ARTICLE_LIMIT).value or ""


def _furniture(publication: Publication, frame: Frame) -> Iterator[str]:
    """What the program's own templates, style sheets and scripts say, whatever articles there are.

    A bureau's own templates are not taken: what one of them says that an article says too must be cleared.
    """
    plain = replace(publication, templates=publication.templates[-1:])
    for page in compose_list_pages(compose_site(Audience.PUBLIC, ())):
        yield render_list_page(page, plain, frame).content.decode()
    yield from (each.content.decode() for each in render_issue_pages(_BARE, plain, frame, Around(), None))
    yield from (each.content.decode() for each in render_shared(plain) if each.media_type.startswith("text/"))
    for path in sorted(Path(plain.templates[0]).glob("web/*.html")):
        yield path.read_text("utf-8")
