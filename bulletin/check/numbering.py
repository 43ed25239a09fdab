"""期号 and 总期号 against the folder, the date and the neighbouring issues; supplements are counted apart."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.model.issue import Issue, IssueHead, Regular
from bulletin.model.problem import Problem, error, message


def check_numbering(issue: Issue) -> Iterator[Problem]:
    """The folder says year and number, the date lies in that year, numbers go up by one, dates do not go back."""
    head = issue.head
    if head.running.number != head.key.number or isinstance(head.running, Regular) == head.key.supplement:
        yield _folder_problem(head)
        return
    if head.date.year != head.key.year:
        what = message("日期是 {date}，文件夹却是 {year} 年的", date=str(head.date), year=head.key.year)
        yield error("date-folder", head.places.of("date"), what, message("核对日期与文件夹名"))
    for other in issue.siblings:
        if other.key < head.key:
            yield from _follows(head, other)
        elif other.date < head.date:
            what = message(
                "日期 {date} 晚于后一期（{other}，{after}）", date=_day(head), other=str(other.key), after=_day(other)
            )
            yield error("date-order", head.places.of("date"), what, message("核对两期的日期"))


def _follows(head: IssueHead, before: IssueHead) -> Iterator[Problem]:
    expected = before.running.number + 1 if before.key.year == head.key.year else 1
    if head.running.number != expected:
        what = message(
            "期号是 {number}，前一期是 {before}，本期应为第 {expected} 期",
            number=head.running.number,
            before=str(before.key),
            expected=expected,
        )
        yield error("number-order", head.places.of("number"), what, message("每年从第 1 期起，逐期加 1"))
    if isinstance(head.running, Regular) and isinstance(before.running, Regular):
        serial = before.running.serial + 1
        if head.running.serial != serial:
            what = message(
                "总期号是 {serial}，前一期是第 {before} 期，本期应为第 {expected} 期",
                serial=head.running.serial,
                before=before.running.serial,
                expected=serial,
            )
            yield error("serial-order", head.places.of("serial"), what, message("总期号逐期加 1，跨年不重排"))
    if head.date < before.date:
        what = message(
            "日期 {date} 早于前一期（{other}，{before}）", date=_day(head), other=str(before.key), before=_day(before)
        )
        yield error("date-order", head.places.of("date"), what, message("核对两期的日期"))


def _folder_problem(head: IssueHead) -> Problem:
    advice = message("期号写错了就改期号；没有错就把文件夹改名（年-期号，如 2026-07；增刊 2026-s1）")
    supplement = not isinstance(head.running, Regular)
    if supplement and not head.key.supplement:
        what = message("issue.yaml 写的是增刊（supplement: true），文件夹“{folder}”却是正刊的", folder=str(head.key))
        return error("number-folder", head.places.of("supplement"), what, advice)
    if head.key.supplement and not supplement:
        what = message("文件夹“{folder}”是增刊的，issue.yaml 写的却是正刊", folder=str(head.key))
        return error("number-folder", head.places.of("serial"), what, advice)
    what = message("期号是 {number}，文件夹却是“{folder}”", number=head.running.number, folder=str(head.key))
    return error("number-folder", head.places.of("number"), what, advice)


def _day(head: IssueHead) -> str:
    return head.date.isoformat()
