"""The log of clearances: only ever added to by `bulletin clear`, so whatever else is in it was put there, or taken away, by hand.

(That a clearance is void is told by `pipeline`.)
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Clearance, Issue
from bulletin.model.problem import Problem, error, message, warning


def check_clearances(issue: Issue) -> Iterator[Problem]:
    """Numbers of addresses that two articles have, that changed, or that are missing; clearances of articles that are gone."""
    last = {each.slug: each for each in issue.clearances}
    yield from _doubled(issue.clearances, last)
    yield from _changed(issue.clearances)
    yield from _missing(issue.clearances)
    for slug, clearance in last.items():
        if clearance.digest and slug not in issue.slugs:
            what = message("审签记录里的“{slug}”不在本期", slug=slug)
            advice = message(
                "改了文件名的，请重新审签（内容没有改，网址里的序号就不变）；删去了的，撤回审签：bulletin clear {issue} {slug} --revoke --by 姓名",
                issue=str(issue.head.key),
                slug=slug,
            )
            yield warning("clearance-unknown", clearance.span, what, advice)


def _doubled(log: tuple[Clearance, ...], last: dict[str, Clearance]) -> Iterator[Problem]:
    """Two articles would stand at one address. An article that got another name leaves its number to the new one."""
    owners: dict[int, str] = {}
    for each in log:
        owner = owners.get(each.number, each.slug)
        if owner != each.slug and last[owner].digest and last[each.slug].digest:
            what = message("公开网址里的序号 {number} 已经给了“{owner}”", number=each.number, owner=owner)
            advice = message("多半是合并两人的改动时重了：把这一条改成没有用过的下一个序号")
            yield error("clearance-number", each.span, what, advice)
        owners[each.number] = each.slug


def _changed(log: tuple[Clearance, ...]) -> Iterator[Problem]:
    """An article has moved to another address."""
    first: dict[str, int] = {}
    for each in log:
        if each.number != first.setdefault(each.slug, each.number):
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
