"""Building the site: from the sources of all issues to a folder that is proven as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from pathlib import Path

from bulletin.load.folders import PUBLICATION_FILE
from bulletin.load.stock import Stock, take_stock
from bulletin.model.problem import Outcome, Problem, Span, in_order, message, warning
from bulletin.model.progress import Progress
from bulletin.model.site_build import Held, SiteOrder, SiteReport
from bulletin.pipeline.folder import require_publication
from bulletin.pipeline.site.kept import Torn, is_complete
from bulletin.pipeline.site.ledger import NO_LEDGER, Ledger, forget_ledger, read_ledger, write_ledger
from bulletin.publish import drop_stage, locked, read_folder, replace_site, restore_site, update_site
from bulletin.render.collector import collector_off


def build_site(root: Path, order: SiteOrder, progress: Progress) -> SiteReport:
    """Makes the site of an audience, or brings it up to date; nothing of it changes where a proof fails.

    An incremental build gives the same bytes as one from nothing.

    Raises:
        UsageError: `root` is no publication.
        RenderingFailed, CannotWrite: The machine is at fault.
    """
    require_publication(root)
    with locked(order.output), collector_off():
        restore_site(order.stage, order.folder)
        stock = take_stock(root)
        recorded = read_ledger(order)
        before = _known(order, recorded)
        if before.stock == stock:
            return _report(order, before, before, ())
        from bulletin.pipeline.site.changes import changes_of, still_public  # heavy, as is all that makes something

        try:
            before, made = _make(root, order, before, stock, progress)
            if made.value is None:
                left = still_public(root, order.audience, recorded, stock)
                return SiteReport(order.audience, (*in_order((*made.problems, *_half_made(order))), *left))
            _commit(order, before, made.value)
        finally:
            drop_stage(order.stage)
    report = _report(order, before, made.value, made.problems)
    return replace(report, changes=changes_of(root, order.audience, recorded, made.value))


def _make(
    root: Path, order: SiteOrder, before: Ledger, stock: Stock, progress: Progress
) -> tuple[Ledger, Outcome[Ledger]]:
    """What the site had that could be built upon, and what it will be: made from nothing where something that was kept is not whole."""
    from bulletin.pipeline.site.making import make_site

    try:
        return before, make_site(root, order, before, stock, progress)
    except Torn:
        return NO_LEDGER, make_site(root, order, NO_LEDGER, stock, progress)


def _known(order: SiteOrder, before: Ledger) -> Ledger:
    """What the site holds; nothing, so that all is made anew, where that is wanted, or the site is not as it was recorded."""
    if order.clean:
        return NO_LEDGER
    recorded = {path: (each.size, each.changed_ns) for path, each in before.files().items()}
    return before if recorded == read_folder(order.folder) and is_complete(order, before) else NO_LEDGER


def _half_made(order: SiteOrder) -> Iterator[Problem]:
    """A warning if the site that stays is one whose last build was broken off while it was being changed."""
    if order.folder.is_dir() and read_ledger(order) is NO_LEDGER:
        what = message("上一次制作没有做完，现在的网站可能新旧混杂")
        yield warning(
            "site-half-made", Span(PUBLICATION_FILE), what, message("改正错误，再运行一次 bulletin site，就会做完整")
        )


def _commit(order: SiteOrder, before: Ledger, after: Ledger) -> None:
    """The stage takes its place: as a whole, or file by file where most of the site stays; a process that is killed meanwhile leaves no
    ledger, so that the next build begins from nothing."""
    had, has = before.files(), after.files()
    fresh = [path for path, written in has.items() if had.get(path) != written]
    forget_ledger(order)
    if had:
        update_site(order.stage, order.folder, fresh, had.keys() - has.keys())
    else:
        replace_site(order.stage, order.folder)
    write_ledger(order, after)


def _report(order: SiteOrder, before: Ledger, after: Ledger, problems: tuple[Problem, ...]) -> SiteReport:
    had, has = before.files(), after.files()
    cards = [issue.card for issue in after.issues.values() if issue.card]
    written = sum(1 for path, each in has.items() if had.get(path) != each)
    return SiteReport(
        audience=order.audience,
        problems=in_order(problems),
        folder=str(order.folder),
        issues=len(cards),
        articles=sum(len(card.listed) for card in cards),
        held=_total(issue.held for issue in after.issues.values()),
        written=written,
        removed=tuple(sorted(had.keys() - has.keys())),
        kept=len(has) - written,
    )


def _total(held: Iterable[Held]) -> Held:
    return Held(*map(sum, zip(*map(astuple, held), strict=True)))
