"""Recording which articles may be public, and which are so no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bulletin.check.clearances import check_log
from bulletin.check.contacts import check_contacts
from bulletin.compose import clearance_states, cleared_slugs, digest_of
from bulletin.load.folders import article_slugs, issue_folder
from bulletin.load.issue import load_clearances
from bulletin.load.publication import problems_of
from bulletin.model.build import ClearanceEntry, ClearanceLog, ClearanceState, ClearReport, SignState
from bulletin.model.clearance_log import Log, contested, doubled, holder, is_withdrawal, sealed, standing
from bulletin.model.errors import UsageError
from bulletin.model.issue import Clearance, Issue, Manuscript
from bulletin.model.key import IssueKey
from bulletin.model.moment import day_of
from bulletin.model.problem import Problem, has_errors, hint, message
from bulletin.pipeline.addresses import chosen_articles, on_site, public_address, shown_numbers, site_url
from bulletin.pipeline.reading import read, sign_status
from bulletin.prove.leaks.sharing import find_mentions, find_shared, said_by
from bulletin.publish import locked, publish_file
from bulletin.render.records import render_clearances


def clear(root: Path, key: IssueKey, articles: Iterable[str], by: str, at: str) -> ClearReport:
    """Adds to the log that the articles, as they stand, may be public; what is cleared as it stands already is not added again.

    An article gets the number of its public address when it is first cleared, and keeps it.

    Nothing is recorded when the issue has errors, or an article still has words of its scaffold.

    Args:
        root: The publication's folder.
        key: The issue.
        articles: File names, with or without `.md`, or the numbers that they begin with (`3`, `03`); none for all articles.
        by: Who cleared them.
        at: When, ISO 8601.

    Raises:
        UsageError: There is no such article, or no name.
        CannotWrite: The record could not be written.
    """
    if not by.strip():
        raise UsageError(message("请写审签人姓名"))
    with locked(root / issue_folder(key)):
        known, named = article_slugs(root, key), tuple(articles)
        slugs = chosen_articles(known, named) if named else frozenset(known)
        sources = read(root, key)
        issue = sources.value
        if issue is None or has_errors(_not_mended(issue, slugs, sources.problems)):
            return ClearReport(key, sources.problems)
        chosen = [manuscript for manuscript in issue.manuscripts if manuscript.slug in slugs]
        problems = (*_found(issue, chosen, sources.problems), *_withdrawn_before(issue, chosen))
        if any(problem.code == "placeholder" for problem in problems):
            return ClearReport(key, problems)
        added, moved = _entered(issue, chosen, Clearance("", 0, by.strip(), at, ""))
        log = sealed(issue.clearances, added)
        if added:
            _record(root, key, log)
        counts = standing(log)
        entered = tuple((each.slug, " ".join(each.title)) for each in chosen)
        addresses = tuple(public_address(issue.publication.web.url, key, counts[slug].number) for slug, _ in entered)
        return ClearReport(key, (*problems, *moved, *_remarks(issue)), entered, addresses)


_OF_CLEARANCES = frozenset({"clearance-void", "clearance-mention"})
"""Problems that tell how clearances stand, before these articles are cleared."""


def _found(issue: Issue, chosen: list[Manuscript], problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What whoever clears the articles should know of them: their own problems, and what would become public with them."""
    paths = {manuscript.span.path for manuscript in chosen}
    cleared = cleared_slugs(issue) | {manuscript.slug for manuscript in chosen}
    shared = find_shared(said_by(each, cleared=each.slug in cleared) for each in issue.manuscripts)
    return (
        *(problem for problem in problems if problem.span.path in paths and problem.code not in _OF_CLEARANCES),
        *(problem for manuscript in chosen for problem in check_contacts(manuscript)),
        *(problem for problem in shared if problem.span.path in paths),
        *(problem for problem in find_mentions(issue, cleared) if problem.span.path in paths),
    )


def _remarks(issue: Issue) -> Iterator[Problem]:
    """What whoever clears should think of: the issue says that it is internal; its text may still change."""
    internal = next((number for number, each in enumerate(issue.marking) if "内部" in each), None)
    if internal is not None:
        what = message("本期印有“{marking}”，审签的文章却要公开", marking=issue.marking[internal])
        yield hint(
            "clearance-internal",
            issue.head.places.of(f"marking.{internal}"),
            what,
            message("印给内部看的，上网前请再确认一次，可以公开"),
        )
    if sign_status(issue).state is not SignState.VALID:
        what = message("本期还没有签发，或签发后又有改动：文字再改，审签就失效")
        advice = message("先定稿签发，再审签，最省事：bulletin sign {issue} --by 姓名", issue=str(issue.head.key))
        yield hint("clearance-unsigned", issue.head.places.file, what, advice)


def read_log(root: Path, key: IssueKey, articles: Iterable[str] = ()) -> ClearanceLog:
    """The log of the issue's clearances, of some articles where they are named, and what state each of the entries that count is in; as
    much as can be read. A title is told only where the entry is about the text that stands now."""
    records = load_clearances(root, key)
    issue = read(root, key).value
    titles = _titles_by_text(issue) if issue else {}
    states = clearance_states(issue) if issue else {}
    log = records.value or ()
    problems, url, numbers = (*records.problems, *check_log(key, log)), site_url(root), shown_numbers(root, key)
    counts, entries, texts = standing(log), [], dict[str, str]()
    for each in log:
        texts[each.slug] = each.digest or texts.get(each.slug, "")
        title, last = titles.get((each.slug, texts[each.slug]), ""), counts[each.slug] is each
        state = states[each.slug][0] if last and each.slug in states else ClearanceState.NONE
        shown = on_site(shown=last and each.number in numbers, valid=state is ClearanceState.VALID)
        entries.append(ClearanceEntry(each, title, state, last, public_address(url, key, each.number), shown))
    wanted = frozenset(articles)
    return ClearanceLog(key, problems, tuple(each for each in entries if not wanted or each.said.slug in wanted))


def _titles_by_text(issue: Issue) -> dict[tuple[str, str], str]:
    """The titles of the issue's articles, by slug and digest."""
    return {(each.slug, digest_of(each, issue.pictures)): " ".join(each.title) for each in issue.manuscripts}


def revoke(root: Path, key: IssueKey, articles: Iterable[str], by: str, at: str) -> ClearReport:
    """Adds to the log that clearances are taken back, those of all articles where none is named, also those that are contested; needs
    nothing of the issue but its log and the names of its files.

    Raises:
        UsageError: There is no such article.
        CannotWrite: The record could not be written.
    """
    with locked(root / issue_folder(key)):
        records = load_clearances(root, key)
        if records.value is None:
            return ClearReport(key, records.problems)
        known, named = {*article_slugs(root, key), *(each.slug for each in records.value)}, tuple(articles)
        slugs = chosen_articles(known, named) if named else frozenset(known)
        unsettled = [cleared for cleared, _ in contested(records.value)]
        counts = (*standing(records.value).values(), *unsettled)
        taken = [each for each in counts if each.slug in slugs and each.digest]
        if taken:
            revoked = [replace(each, by=by.strip(), at=at, digest="") for each in taken]
            _record(root, key, sealed(records.value, revoked))
        addresses = tuple(public_address(site_url(root), key, each.number) for each in taken)
        titles = known_titles(root, key)
        return ClearReport(key, (), tuple((each.slug, titles.get(each.slug, "")) for each in taken), addresses)


def withdraw(root: Path, key: IssueKey, articles: Iterable[str], by: str, at: str) -> ClearReport:
    """As `enter_withdrawal`, for no reason that is said."""
    return enter_withdrawal(root, key, articles, Clearance("", 0, by, at, "", withdrawn=True))


def enter_withdrawal(root: Path, key: IssueKey, articles: Iterable[str], entry: Clearance) -> ClearReport:
    """Adds to the log that articles which readers have seen are withdrawn: all of the issue that ever were cleared, where none is named.
    The entry says by whom, when and why.

    Like `revoke` it needs nothing of the issue but its log and the names of its files. The public site tells readers so at the addresses
    of the articles, until they are cleared again. What was revoked can be withdrawn afterwards; what is withdrawn already is
    reported with a hint, and stays as it is recorded.

    Raises:
        UsageError: There is no such article, or it was never cleared, or its address is another's now.
        CannotWrite: The record could not be written.
    """
    with locked(root / issue_folder(key)):
        records = load_clearances(root, key)
        if records.value is None:
            return ClearReport(key, records.problems)
        log, url = records.value, site_url(root)
        counts = standing(log)
        slugs = _withdrawable(log, chosen_articles({*article_slugs(root, key), *counts}, articles), key)
        unsettled = {cleared.slug for cleared, _ in contested(log)}
        old = {slug: counts[slug] for slug in slugs if slug not in unsettled and is_withdrawal(counts[slug])}
        entry = replace(entry, by=entry.by.strip(), reason=entry.reason.strip())
        new = [replace(entry, slug=slug, number=counts[slug].number) for slug in slugs if slug not in old]
        if new:
            _record(root, key, sealed(log, new))
        titles = known_titles(root, key)
        said = tuple((slug, titles.get(slug, "")) for slug in slugs)
        addresses = tuple(public_address(url, key, counts[slug].number) for slug in slugs)
        return ClearReport(key, tuple(map(_withdrawn_already, old, old.values())), said, addresses)


def _withdrawable(log: Log, named: frozenset[str], key: IssueKey) -> tuple[str, ...]:
    """The articles that are named, in the order of the log; where none is, all that ever were cleared and have their addresses still.

    Raises:
        UsageError: One was never cleared, or is not at its address any more; or none of the issue ever was.
    """
    counts = standing(log)
    owners = {slug: owner for slug, each in counts.items() if (owner := _owner(log, each, slug)) != slug}
    if not named:
        if not counts:
            raise UsageError(message("{issue} 没有审签公开过的文章，没有可撤的", issue=str(key)))
        return tuple(slug for slug in counts if slug not in owners)
    for slug in sorted(named - counts.keys()):
        what = message("“{slug}”没有审签公开过，没有可撤的", slug=slug)
        raise UsageError(what, message("用 bulletin clear {issue} --log 查看哪些文章审签过", issue=str(key)))
    for slug in sorted(named & owners.keys()):
        what = message(
            "“{slug}”的网址 {path} 现在是“{other}”的", slug=slug, path=_path(key, counts[slug]), other=owners[slug]
        )
        raise UsageError(what, message("多半是改过文件名：要撤这篇，请写“{other}”，或写网址", other=owners[slug]))
    return tuple(slug for slug in counts if slug in named)


def _owner(log: Log, entry: Clearance, slug: str) -> str:
    """The article that is at the address of another: that one, as long as it is cleared; else whose the number is."""
    held = None if entry.digest else holder(log, entry.number)
    return held[0] if held else slug


def _path(key: IssueKey, entry: Clearance) -> str:
    return public_address("", key, entry.number)


def _withdrawn_already(slug: str, entry: Clearance) -> Problem:
    what = message("“{slug}”已经撤稿（{by}，{day}），记录没有改动", slug=slug, by=entry.by, day=_day(entry))
    return hint("clearance-withdrawn", entry.span, what)


def _withdrawn_before(issue: Issue, chosen: Iterable[Manuscript]) -> Iterator[Problem]:
    """A hint for each article that is withdrawn as the log stands, by its name, or by another that it had with the same text."""
    counts = standing(issue.clearances)
    taken = {slug: each for slug, each in counts.items() if is_withdrawal(each)}
    texts = {each.digest: each.slug for each in issue.clearances if each.digest and each.slug in taken}
    for manuscript in chosen if taken else ():
        slug = manuscript.slug if manuscript.slug in counts else texts.get(digest_of(manuscript, issue.pictures), "")
        if slug in taken:
            what = message("这篇 {day} 撤过稿（{by}）", day=_day(taken[slug]), by=taken[slug].by)
            advice = message("现在审签，它就又公开；请先弄清当时为什么撤。不公开的，再撤一次")
            yield hint("clearance-withdrawn", manuscript.span, what, advice)


def _day(entry: Clearance) -> str:
    """The day of an entry, `2026-11-23`; as it is written where that is no time."""
    day = day_of(entry.at)
    return day.isoformat() if day else entry.at


def known_titles(root: Path, key: IssueKey) -> dict[str, str]:
    """The titles of the issue's articles, as far as it can be read."""
    issue = read(root, key).value
    return {each.slug: " ".join(each.title) for each in issue.manuscripts} if issue else {}


def _not_mended(issue: Issue, slugs: frozenset[str], problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems without those of numbers that two articles have, where the second is cleared again: it gets another number."""
    mended = {each.span for each in doubled(issue.clearances) if each.slug in slugs}
    return tuple(each for each in problems if each.code != "clearance-doubled" or each.span not in mended)


def _entered(
    issue: Issue, chosen: Iterable[Manuscript], entry: Clearance
) -> tuple[tuple[Clearance, ...], tuple[Problem, ...]]:
    """An entry for each article that is not cleared as it stands, and what is said of articles that got another name.

    An article whose file was renamed takes the number with it; its old name is entered as revoked. One whose number another had first gets
    the next.
    """
    added: list[Clearance] = []
    moved: list[Problem] = []
    last, valid = standing(issue.clearances), cleared_slugs(issue)
    second = {each.slug for each in doubled(issue.clearances)}
    for each in (each for each in chosen if each.slug not in valid or each.slug in second):
        digest = digest_of(each, issue.pictures)
        old = next((known for known in last.values() if known.digest == digest and known.slug not in issue.slugs), None)
        if each.slug not in last and old:
            added.append(replace(entry, slug=old.slug, number=old.number))
            last[old.slug] = added[-1]
            what = message(
                "“{old}”改名为“{new}”，公开网址里的序号 {number} 不变", old=old.slug, new=each.slug, number=old.number
            )
            moved.append(hint("clearance-renamed", each.span, what))
            last[each.slug] = old
        keeps = each.slug in last and each.slug not in second
        given = (known.number for known in (*issue.clearances, *added))
        number = last[each.slug].number if keeps else max(given, default=0) + 1
        added.append(replace(entry, slug=each.slug, number=number, digest=digest))
        last[each.slug] = added[-1]
    return tuple(added), tuple(moved)


def _record(root: Path, key: IssueKey, clearances: tuple[Clearance, ...]) -> None:
    """Writes the record, but only one that can be read again."""
    record = render_clearances(key, clearances)
    if problems_of(record.path, record.content):
        raise UsageError(message("审签人姓名里有不能用的字符"), message("只写姓名，一行，不超过 500 字"))
    publish_file(root, record)
