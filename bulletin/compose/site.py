"""The issues of an audience to a site: lists by kind, unit, speaker and subject, and the pages that show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bulletin.model.audience import Audience
from bulletin.model.collation import collation_key
from bulletin.model.edition import WebEdition
from bulletin.model.site import (
    ArticleList,
    Card,
    IssueCard,
    IssueLine,
    Link,
    ListKind,
    ListPage,
    PageKind,
    PdfCard,
    Site,
    Tombstone,
    list_identifier,
)

LONGEST_LIST = 100
"""Articles on one page of a list; a longer list has a page for each year."""
_LATEST = 4
"""Issues on the home page: the newest in full, those before it by name."""


def compose_issue_card(edition: WebEdition, pdf: PdfCard | None) -> IssueCard:
    """What lists show of an issue."""
    return IssueCard(
        key=edition.masthead.key,
        numbering=edition.masthead.numbering,
        date=edition.masthead.date,
        date_text=edition.masthead.date_text,
        highlights=tuple(highlight.text for highlight in edition.shown_highlights),
        articles=edition.cards,
        pdf=pdf,
    )


def compose_site(audience: Audience, issues: Iterable[IssueCard], tombstones: Iterable[Tombstone] = ()) -> Site:
    """The site of the issues that have articles for the audience; tombstones stand in public only, as the intranet shows all there is."""
    shown = newest_first(issues)
    stand = tombstones if audience is Audience.PUBLIC else ()
    return Site(audience, shown, tuple(_lists(shown)), tuple(sorted(stand, key=lambda each: (each.key, each.number))))


def newest_first(issues: Iterable[IssueCard]) -> tuple[IssueCard, ...]:
    """The issues that have articles for the audience, in the order of the site."""
    shown = (each for each in issues if each.articles)
    return tuple(sorted(shown, key=lambda each: (each.date, each.key), reverse=True))


def compose_list_pages(site: Site) -> Iterator[ListPage]:
    """Every page of the site that is no issue and no article."""
    groups = tuple((kind, _links(site, kind)) for kind in ListKind)
    years = _years(issue.key.year for issue in site.issues for _ in issue.listed)
    yield ListPage(PageKind.HOME, "", "", latest=site.issues[:_LATEST], years=years, groups=groups[:1])
    yield ListPage(PageKind.ARCHIVE, "archive", "往期", issues=tuple(map(_line, site.issues)), years=years)
    for year in site.years:
        lines = tuple(_line(issue) for issue in site.issues if issue.key.year == year)
        articles = tuple(card for issue in site.issues if issue.key.year == year for card in _in_sections(issue))
        yield ListPage(PageKind.YEAR, str(year), f"{year}年", issues=lines, articles=articles, years=years)
    yield ListPage(PageKind.BROWSE, "browse", "分类", groups=groups)
    for each in site.lists:
        yield from _list_pages(each)
    yield ListPage(PageKind.SEARCH, "search", "搜索", years=years, groups=groups[:2])
    yield ListPage(PageKind.HELP, "help", "帮助")
    yield ListPage(PageKind.SITEMAP, "sitemap", "网站地图", years=years, groups=groups)
    yield ListPage(PageKind.MISSING, "404", "找不到这一页")
    yield from (ListPage(PageKind.WITHDRAWN, each.path, "本文已撤回", day=each.day) for each in site.tombstones)


def _lists(issues: tuple[IssueCard, ...]) -> Iterator[ArticleList]:
    """Lists by kind; sections in the order of the kinds of article, others in that of their names."""
    found: dict[tuple[ListKind, str, str], list[Card]] = defaultdict(list)
    for card in (card for issue in issues for card in _in_sections(issue)):
        for kind, name, identifier in _belongs_to(card):
            found[kind, name, identifier].append(card)
    order = list(ListKind)

    def place(listed: ArticleList) -> tuple[int, int, object]:
        section = listed.articles[0].section_order if listed.kind is ListKind.SECTION else 0
        return order.index(listed.kind), section, collation_key(listed.name)

    yield from sorted((ArticleList(*named, tuple(cards)) for named, cards in found.items()), key=place)


def _in_sections(issue: IssueCard) -> tuple[Card, ...]:
    """The articles of the issue that are listed, as its own page shows them: section by section."""
    return tuple(sorted(issue.listed, key=lambda card: card.section_order))


def _belongs_to(card: Card) -> Iterator[tuple[ListKind, str, str]]:
    yield ListKind.SECTION, card.section_name, card.section
    named = (
        (ListKind.UNIT, (card.organization,)),
        (ListKind.SPEAKER, (card.speaker,)),
        (ListKind.SUBJECT, card.subjects),
    )
    for kind, names in named:
        yield from ((kind, name, list_identifier(kind, name)) for name in names if name)


def _list_pages(listed: ArticleList) -> Iterator[ListPage]:
    """One page, or where the list is long one with its years and the newest articles, and one for each year."""
    if len(listed.articles) <= LONGEST_LIST:
        yield ListPage(PageKind.LIST, listed.path, listed.name, articles=listed.articles)
        return
    years = _years((card.key.year for card in listed.articles), f"{listed.path}/")
    yield ListPage(PageKind.LIST, listed.path, listed.name, articles=listed.articles[:LONGEST_LIST], years=years)
    for link in years:
        articles = tuple(card for card in listed.articles if f"{card.key.year}年" == link.name)
        yield ListPage(PageKind.LIST, link.path, f"{listed.name}（{link.name}）", articles=articles, years=years)


def _years(years: Iterable[int], folder: str = "") -> tuple[Link, ...]:
    return tuple(
        Link(f"{folder}{year}", f"{year}年", count) for year, count in sorted(Counter(years).items(), reverse=True)
    )


def _links(site: Site, kind: ListKind) -> tuple[Link, ...]:
    return tuple(Link(each.path, each.name, len(each.articles)) for each in site.lists if each.kind is kind)


def _line(issue: IssueCard) -> IssueLine:
    return IssueLine(issue.path, issue.key.year, issue.numbering, issue.date_text, len(issue.listed))
