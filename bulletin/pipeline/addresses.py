"""Articles by their public addresses: which one an editor means, and whether it is on the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bulletin.load.issue import load_clearances
from bulletin.load.publication import load_publication
from bulletin.model.audience import Audience
from bulletin.model.build import OnSite
from bulletin.model.clearance_log import holder
from bulletin.model.errors import UsageError
from bulletin.model.key import IssueKey
from bulletin.model.problem import message
from bulletin.model.site_build import SiteOrder
from bulletin.model.target import KitPlace
from bulletin.pipeline.reading import find_issue
from bulletin.pipeline.site.ledger import read_ledger

_ADDRESS = re.compile(
    r"(?:(?i:https?)://[^/]+/(?:.*/)?|/(?:.*/)?)?(?P<year>[12]\d{3})/(?P<issue>s?\d{1,3})(?:/(?P<number>\d{2,3}))?/?(?:index\.html)?(?:[#?].*)?",
    re.ASCII,
)


def find_articles(root: Path, issue: str, articles: Iterable[str]) -> tuple[IssueKey, tuple[str, ...]]:
    """The issue and its articles that are meant, by their names or by their public addresses (`/2026/10/03/`, or whole).

    Raises:
        UsageError: There is no such issue; no article has the address; the address is of another site, or of another issue.
    """
    said = tuple(articles)
    first = _ADDRESS.fullmatch(issue)
    key = find_issue(root, _name(root, issue, first) if first else issue)
    if first and first["number"]:
        said = (issue, *said)
    return key, tuple(_slug(root, key, each) for each in said)


def web_path(said: str) -> str:
    """Where the issue or article stands below the home page, that is meant by an issue's name or a public address: `2026/10`, `2026/10/03`.
    Empty if none is; whether there is such an issue is not looked at."""
    found = _ADDRESS.fullmatch(said)
    key = IssueKey.parse(f"{found['year']}-{found['issue']}" if found else said)
    if key is None:
        return ""
    return f"{key.web_path}/{found['number']}" if found and found["number"] else key.web_path


def chosen_articles(slugs: Iterable[str], articles: Iterable[str]) -> frozenset[str]:
    """Which of the slugs are named; a number is that which the file's name begins with.

    Raises:
        UsageError: None is so called, or more than one.
    """
    known = tuple(sorted(slugs))
    chosen = set()
    for name in articles:
        wanted = Path(name).name.removesuffix(".md")
        if wanted.isdecimal():
            found = [slug for slug in known if slug[:2].isdecimal() and int(slug[:2]) == int(wanted)]
        else:
            found = [slug for slug in known if slug == wanted]
        if len(found) != 1:
            raise UsageError(message("本期没有“{name}”这篇文章", name=name), message("本期文章：{known}", known=known))
        chosen.add(found[0])
    return frozenset(chosen)


def public_address(url: str, key: IssueKey, number: int) -> str:
    """Where an article stands, or will: `/2026/10/03/`, whole where the site's address is known."""
    return f"{url or '/'}{key.web_path}/{number:02}/"


def site_url(root: Path) -> str:
    """The address of the public site; empty where it is not known."""
    publication = load_publication(root).value
    return publication.web.url if publication else ""


def has_public_target(root: Path) -> bool:
    """True if `bulletin.yaml` names a target of `bulletin publish` that everybody reads."""
    publication = load_publication(root).value
    targets = publication.targets if publication else ()
    return any(each.audience is Audience.PUBLIC and not isinstance(each.place, KitPlace) for each in targets)


def shown_numbers(root: Path, key: IssueKey) -> frozenset[int]:
    """The numbers of the issue's articles on the public site in the publication's own `build/`, as it was made last."""
    unit = read_ledger(SiteOrder(Audience.PUBLIC, root / "build")).issues.get(key)
    return frozenset(each.number for each in unit.card.articles) if unit and unit.card else frozenset()


def on_site(*, shown: bool, valid: bool) -> OnSite:
    """Where an article stands that is shown or not, and whose clearance is valid or not."""
    if shown:
        return OnSite.SHOWN if valid else OnSite.LEFT
    return OnSite.AWAITED if valid else OnSite.ABSENT


def _name(root: Path, address: str, found: re.Match[str]) -> str:
    url = site_url(root)
    if "://" in address and url and not address.lower().startswith(url.lower()):
        raise UsageError(
            message("“{address}”不是本站的网址", address=address), message("本站的网址以 {url} 开头", url=url)
        )
    return f"{found['year']}-{found['issue']}"


def _slug(root: Path, key: IssueKey, said: str) -> str:
    """The article's name: what was said, or that of the article at this address."""
    found = _ADDRESS.fullmatch(said)
    if not found or not found["number"]:
        return said
    name = _name(root, said, found)
    if IssueKey.parse(name) != key:
        raise UsageError(
            message("“{said}”不是 {issue} 的文章", said=said, issue=str(key)), message("一次只写一期的文章")
        )
    held = holder(load_clearances(root, key).value or (), int(found["number"]))
    if held is None:
        what = message("{issue} 没有文章用过“{said}”这个网址", issue=str(key), said=said)
        raise UsageError(what, message("用 bulletin clear {issue} --log 查看各篇的网址", issue=str(key)))
    return held[0]
