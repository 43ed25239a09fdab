"""The log of clearances: only ever added to by `bulletin clear`, so whatever else is in it was put there, or taken away, by hand.

(That a clearance is void is told by `pipeline`.)
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.clearance_log import broken, contested, doubled, standing
from bulletin.model.issue import Clearance, Issue
from bulletin.model.key import IssueKey
from bulletin.model.problem import Problem, error, message, warning


def check_clearances(issue: Issue) -> Iterator[Problem]:
    """What `check_log` says; numbers of addresses that two articles have, that changed, or that are missing; clearances of articles that
    are gone."""
    yield from check_log(issue.head.key, issue.clearances)
    yield from _doubled(issue)
    yield from _changed(issue.clearances)
    yield from _missing(issue.clearances)
    for slug, clearance in standing(issue.clearances).items():
        if clearance.digest and slug not in issue.slugs:
            what = message("审签记录里的“{slug}”不在本期", slug=slug)
            advice = message(
                "改了文件名的，请重新审签（内容没有改，网址里的序号就不变）；删去了的，撤回审签：bulletin clear {issue} {slug} --revoke --by 姓名",
                issue=str(issue.head.key),
                slug=slug,
            )
            yield warning("clearance-unknown", clearance.span, what, advice)


def check_log(key: IssueKey, log: tuple[Clearance, ...]) -> Iterator[Problem]:
    """Entries that are not as `bulletin clear` wrote them, or do not follow what they followed; those of two editors that contradict each
    other."""
    for each in broken(log):
        what = message("这一条审签记录对不上：它，或它前面的记录，被改动、删去、调换或重复过")
        if not each.chain:
            what = message("这一条审签记录没有校验（chain），不是 bulletin clear 写的")
        advice = message(
            "审签记录只由 bulletin clear 添加。用版本管理恢复这个文件，再用 bulletin clear 审签或撤回；"
            "确要以现在的内容为准，逐条核对后删去文件里所有的 chain 行，下一次审签会重新加上"
        )
        yield error("clearance-chain", each.span, what, advice)
    for cleared, revoked in contested(log):
        yield _contested(key, cleared, revoked)


def _contested(key: IssueKey, cleared: Clearance, revoked: Clearance) -> Problem:
    """What was revoked stays so until somebody who knows of both decides; in what order they were joined says nothing."""
    what = message(
        "“{slug}”的审签（{cleared_by}，{cleared_at}）和撤回（{revoked_by}，{revoked_at}，第 {line} 行）各写各的，互不知道，后来合并到一起：按撤回算，不公开",
        slug=cleared.slug,
        cleared_by=cleared.by,
        cleared_at=_minute(cleared.at),
        revoked_by=revoked.by,
        revoked_at=_minute(revoked.at),
        line=revoked.span.line,
    )
    advice = message(
        "先问清楚为什么撤回。可以公开的，重新审签：bulletin clear {issue} {slug} --by 姓名；不公开的，再撤回一次（加 --revoke）",
        issue=str(key),
        slug=cleared.slug,
    )
    return warning("clearance-contested", cleared.span, what, advice)


def _minute(at: str) -> str:
    """`2026-11-23 05:37`, of a time in ISO 8601."""
    return at[:16].replace("T", " ")


def _doubled(issue: Issue) -> Iterator[Problem]:
    """Two articles would stand at one address. An article that got another name leaves its number to the new one."""
    for each in doubled(issue.clearances):
        owner = next(other.slug for other in issue.clearances if other.number == each.number)
        what = message("公开网址里的序号 {number} 已经给了“{owner}”", number=each.number, owner=owner)
        advice = message(
            "多半是两个人同时审签，合并时重了：把这一篇再审签一次，就得到新的序号：bulletin clear {issue} {slug} --by 姓名",
            issue=str(issue.head.key),
            slug=each.slug,
        )
        yield error("clearance-doubled", each.span, what, advice)


def _changed(log: tuple[Clearance, ...]) -> Iterator[Problem]:
    """An article has moved to another address, and not because its number was another's first."""
    first: dict[str, int] = {}
    owners: dict[int, str] = {}
    for each in log:
        owners.setdefault(each.number, each.slug)
        number = first.setdefault(each.slug, each.number)
        if each.number != number and owners[number] == each.slug:
            what = message(
                "“{slug}”在公开网址里的序号原来是 {before}，这里是 {number}",
                slug=each.slug,
                before=first[each.slug],
                number=each.number,
            )
            yield error("clearance-number", each.span, what, message("序号定了就不变；请改回来"))


def _missing(log: tuple[Clearance, ...]) -> Iterator[Problem]:
    """Numbers are given one after another, so a number that nobody has was taken out."""
    given = {each.number for each in log}
    missing = sorted(set(range(1, max(given, default=0))) - given)
    if missing:
        place = next(each.span for each in log if each.number > missing[0])
        what = message("审签记录缺了序号 {missing}", missing=tuple(map(str, missing)))
        yield warning("clearance-hole", place, what, message("记录只增不改；如果有人删过，请用版本管理恢复"))
