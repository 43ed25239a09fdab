"""What a site has besides pages: what all pages share, feeds, sitemap, what web servers are to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bulletin.compose import compose_web_edition
from bulletin.model.artifact import Artifact
from bulletin.model.key import IssueKey
from bulletin.model.site import ListPage, Site
from bulletin.pipeline.reading import read_issue
from bulletin.pipeline.site.pages import NO_PAGES, Made, stage_unit
from bulletin.pipeline.site.units import IssueUnit, Unit
from bulletin.pipeline.site.workshop import Workshop
from bulletin.render.web.feeds import FeedEntry, feed_cards, feed_entry, render_feeds
from bulletin.render.web.frame import render_shared
from bulletin.render.web.icons import render_icons
from bulletin.render.web.machines import render_robots, render_sitemap
from bulletin.render.web.servers import render_htaccess

_SHARED, _FEEDS, _SITEMAP, _SERVERS = "shared", "feeds", "sitemap", "servers"


def make_machines(
    shop: Workshop,
    site: Site,
    pages: Iterable[ListPage],
    issues: Mapping[IssueKey, IssueUnit],
    before: Mapping[str, Unit],
) -> dict[str, Unit]:
    """The units of all files that are no pages.

    Raises:
        RenderingFailed, CannotWrite: The machine is at fault.
    """
    keys = tuple(dict.fromkeys(card.key for card in feed_cards(site)))
    feeding = [(key, issues[key].unit.made_from) for key in keys]
    fed = " ".join((shop.common, *(made_from for _, made_from in feeding)))
    made = {
        name: before[name]
        for name, made_from in ((_SHARED, shop.common), (_FEEDS, fed))
        if _is(before, name, made_from)
    }
    if _SHARED not in made:
        made[_SHARED] = stage_unit(
            shop, Made(_SHARED, shop.common, tuple(_shared(shop)), before.get(_SHARED)), NO_PAGES
        )
    if _FEEDS not in made:
        told = shop.gate.told_of(feeding) if shop.gate else None
        feeds = tuple(_feeds(shop, site, keys))
        made[_FEEDS] = stage_unit(shop, Made(_FEEDS, fed, feeds, before.get(_FEEDS), told), NO_PAGES)
    listed = tuple(render_sitemap(site, pages, shop.frame))
    made[_SITEMAP] = stage_unit(shop, Made(_SITEMAP, "", listed, before.get(_SITEMAP)), NO_PAGES)
    made[_SERVERS] = _servers(shop, site, before.get(_SERVERS))
    return made


def _servers(shop: Workshop, site: Site, before: Unit | None) -> Unit:
    """What servers are to say, which depends on what was withdrawn."""
    told = shop.gate.told_with(each.path for each in site.tombstones) if shop.gate else None
    settings = (render_htaccess(shop.frame, site.tombstones),)
    return stage_unit(shop, Made(_SERVERS, "", settings, before, told), NO_PAGES)


def _is(before: Mapping[str, Unit], name: str, made_from: str) -> bool:
    """True if the site has the unit as it would be made."""
    return name in before and before[name].made_from == made_from


def _shared(shop: Workshop) -> Iterable[Artifact]:
    yield from render_shared(shop.publication)
    yield from render_icons(shop.publication)
    yield render_robots(shop.frame)


def _feeds(shop: Workshop, site: Site, keys: tuple[IssueKey, ...]) -> Iterable[Artifact]:
    """The feeds; the issues of their articles are read again, as the text of an article is not kept."""
    if not shop.frame.address:
        return ()
    entries = {entry.card.path: entry for key in keys for entry in _entries(shop, key)}
    return render_feeds(tuple(entries[card.path] for card in feed_cards(site)), shop.frame)


def _entries(shop: Workshop, key: IssueKey) -> Iterable[FeedEntry]:
    issue = read_issue(shop.root, key, shop.publication).value
    if issue is None:
        return
    edition = compose_web_edition(issue, shop.order.audience)
    for article, card in zip(edition.articles, edition.cards, strict=True):
        yield feed_entry(edition, article, card, shop.publication, shop.frame)
