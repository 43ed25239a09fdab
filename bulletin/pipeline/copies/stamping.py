"""Where the numbers and codes of an order go on the pages of its issue, if there is room."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin.compose import compose_edition
from bulletin.load.folders import issue_path
from bulletin.model.issue import Issue
from bulletin.model.problem import Outcome, Problem, Span, error, has_errors, message
from bulletin.model.stamp import CopyOrder, CopyPackage, Stamping
from bulletin.prove.stamps import find_number_room, prove_room

_ADVICE = message("请检查刊物自己的模板和样式；改了以后重新制作、签发")


def find_stamping(printed: bytes, issue: Issue, order: CopyOrder, number_em: float) -> Outcome[Stamping]:
    """How the copies are stamped, with problems if they cannot be.

    Args:
        printed: The print PDF.
        issue: The issue that it is of.
        order: What the copies bear, and what is made of them.
        number_em: The width of the widest number in em.
    """
    number, label = issue.publication.copy_number, compose_edition(issue).copy_number
    where = issue.publication.places.of("copy_number")
    room = find_number_room(printed, label) if label else None
    stamping = Stamping(room.place if room else None, order.marks, left=number.position == "left")
    problems = [*_check_marks(order, where)]
    if label and room is None:
        problems.append(
            error("copies-place", where, message("首页上找不到“{label}”，份号没有地方印", label=label), _ADVICE)
        )
    elif room and number_em * room.place.size_pt > room.width_pt:
        what = message("首页“{label}”后面放不下 {digits} 位份号", label=label, digits=number.digits)
        problems.append(error("copies-place", where, what, _ADVICE))
    elif not label and not order.marks.every_page:
        what = message("copy_number 的 position 是 none，份号没有地方印")
        advice = message("改成 right 或 left，重新制作、签发；或写 every_page: true，在每页页脚印小份号")
        problems.append(error("copies-place", where, what, advice))
    problems += prove_room(printed, stamping, Span(issue_path(issue.head.key)))
    return Outcome(None if has_errors(tuple(problems)) else stamping, tuple(problems))


def _check_marks(order: CopyOrder, where: Span) -> Iterator[Problem]:
    if order.package is CopyPackage.OUTER and (order.marks.every_page or order.marks.tracing):
        what = message("每页都印份号或追溯码时，每一张都不同，不能分成外页和内页")
        yield error("copies-outer", where, what, message("不分内外页；或在 copy_number 里去掉 every_page 和 tracing"))
