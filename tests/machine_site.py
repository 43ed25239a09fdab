"""A whole site as its parts make it, without the pipeline: for tests of what machines read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bulletin.compose import compose_web_edition
from bulletin.compose.site import compose_issue_card, compose_list_pages, compose_site
from bulletin.load.folders import list_issues
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.edition import Article, WebEdition
from bulletin.model.publication import Publication
from bulletin.model.site import Around, Card, ListPage, Site, Tombstone
from bulletin.render.web.feeds import feed_cards, feed_entry, render_feeds
from bulletin.render.web.frame import Frame, make_frame, render_shared
from bulletin.render.web.icons import render_icons
from bulletin.render.web.issue_pages import render_issue_pages
from bulletin.render.web.list_pages import render_list_page
from bulletin.render.web.machines import render_robots, render_sitemap
from bulletin.render.web.servers import render_htaccess


@dataclass(frozen=True)
class MadeSite:
    """The site of an audience: what it is made from, and its files."""

    publication: Publication
    frame: Frame
    editions: tuple[WebEdition, ...]
    site: Site

    @cached_property
    def lists(self) -> tuple[ListPage, ...]:
        return tuple(compose_list_pages(self.site))

    @cached_property
    def files(self) -> dict[str, Artifact]:
        return {artifact.path: artifact for artifact in self._made()}

    @cached_property
    def pages(self) -> dict[str, str]:
        """The HTML of each page by its file."""
        return {path: each.content.decode() for path, each in self.files.items() if each.media_type == "text/html"}

    def article(self, path: str) -> tuple[WebEdition, Article, Card]:
        """The article whose card has the path."""
        return next(
            (edition, article, card)
            for edition in self.editions
            for article, card in zip(edition.articles, edition.cards, strict=True)
            if card.path == path
        )

    def with_tombstones(self, *stand: Tombstone) -> MadeSite:
        """The site as it would be with tombstones too."""
        return replace(self, site=replace(self.site, tombstones=stand))

    def write(self, folder: Path) -> Path:
        for path, artifact in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(artifact.content)
        return folder

    def _made(self) -> Iterator[Artifact]:
        yield from render_shared(self.publication)
        yield from render_icons(self.publication)
        editions = {edition.folder: edition for edition in self.editions}
        issues = self.site.issues[::-1]
        for place, issue in enumerate(issues):
            older = issues[place - 1 : place]
            newer = issues[place + 1 : place + 2]
            around = Around(
                *((older[0].path, older[0].name) if older else ("", "")),
                *((newer[0].path, newer[0].name) if newer else ("", "")),
            )
            yield from render_issue_pages(editions[issue.path], self.publication, self.frame, around, None)
        yield from (render_list_page(page, self.publication, self.frame) for page in self.lists)
        entries = (feed_entry(*self.article(card.path), self.publication, self.frame) for card in feed_cards(self.site))
        yield from render_feeds(tuple(entries), self.frame)
        yield from render_sitemap(self.site, self.lists, self.frame)
        yield from (render_robots(self.frame), render_htaccess(self.frame, self.site.tombstones))


def make_machine_site(
    root: Path,
    audience: Audience = Audience.PUBLIC,
    change: Callable[[WebEdition], WebEdition] = lambda edition: edition,
    early: str = "",
) -> MadeSite:
    """The site of a publication; `change` is done to each edition, `early` is the script of its heads."""
    publication = load_publication(root).value
    assert publication
    issues = [load_issue(root, key, publication).value for key in list_issues(root)]
    editions = [change(compose_web_edition(issue, audience)) for issue in issues if issue]
    shown = tuple(edition for edition in editions if edition.articles)
    frame = replace(make_frame(publication, audience), early=early)
    site = compose_site(audience, [compose_issue_card(edition, None) for edition in shown])
    return MadeSite(publication, frame, shown, site)
