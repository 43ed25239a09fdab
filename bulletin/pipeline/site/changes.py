"""What became of articles: which were put up by a build, which were taken off and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bulletin.compose import taken_back, why_off
from bulletin.load.folders import issue_path, list_issues
from bulletin.load.issue import load_clearances
from bulletin.load.publication import load_publication
from bulletin.load.stock import Stock
from bulletin.model.audience import Audience
from bulletin.model.clearance_log import holder, standing
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, Span, error, message
from bulletin.model.site import Card
from bulletin.model.site_build import Changes, Off, Shown
from bulletin.pipeline.reading import read_issue
from bulletin.pipeline.site.ledger import Ledger


def changes_of(root: Path, audience: Audience, before: Ledger, after: Ledger) -> Changes:
    """Which articles came and went between two states of the public site.

    An article is known by its address, which it keeps; so one whose title changed did neither.
    """
    if audience is not Audience.PUBLIC:
        return Changes()
    had, has = _cards(before), _cards(after)
    put_up = tuple(Shown(card.title, path) for path, card in has.items() if path not in had)
    return Changes(put_up, _with_reasons(root, tuple(card for path, card in had.items() if path not in has)))


def still_public(root: Path, audience: Audience, shown: Ledger, stock: Stock) -> Iterator[Problem]:
    """An error for each article that stands on the public site and should not: its clearance was taken back, or its issue was deleted.

    It is told where the site cannot be made, so that nobody believes it is gone.
    """
    wanted, had = stock.made_from(), shown.stock.made_from()
    changed = [key for key in shown.issues if wanted.get(key) != had.get(key)] if audience is Audience.PUBLIC else ()
    for key in changed:
        log = load_clearances(root, key).value
        if log is None and key in wanted:
            continue  # nobody can say: that is told as an error of its own
        public = {each.number for each in standing(log or ()).values() if each.digest}
        card = shown.issues[key].card
        for article in card.articles if card else ():
            if key not in wanted or article.number not in public:
                what = message("《{title}》已经撤回或删去，但网站没有重做，它还在网站上", title=article.title)
                advice = message(
                    "请尽快改正上面的错误，再运行 bulletin site；来不及，先从服务器删去 {path}",
                    path=f"/{article.path}/",
                )
                yield error("still-public", Span(issue_path(key)), what, advice)


def _cards(ledger: Ledger) -> dict[str, Card]:
    units = sorted(ledger.issues.items(), reverse=True)
    return {card.path: card for _, unit in units if unit.card for card in unit.card.articles}


def _with_reasons(root: Path, gone: tuple[Card, ...]) -> tuple[Shown, ...]:
    """The articles with the reasons why they went: the logs of their issues tell them."""
    publication = load_publication(root).value if gone else None
    there = {card.key for card in gone} & set(list_issues(root))
    issues = {key: read_issue(root, key, publication).value for key in there if publication}
    return tuple(Shown(card.title, card.path, _why(root, card, issues)) for card in gone)


def _why(root: Path, card: Card, issues: Mapping[IssueKey, Issue | None]) -> Off:
    if card.key not in issues:
        return Off.ISSUE_DELETED
    issue = issues[card.key]
    if issue is None:  # in ruins: it is passed over only where nothing is cleared
        held = holder(load_clearances(root, card.key).value or (), card.number)
        return taken_back(held[1]) if held else Off.REVOKED
    return why_off(issue, card.number)
