"""Saving a sheet: what is promised comes true when an author cuts as many characters."""

from __future__ import annotations

from pathlib import Path

from bulletin.compose import compose_edition
from bulletin.model.build import Cut
from bulletin.model.key import IssueKey
from bulletin.pipeline.saving import find_paper
from bulletin.typeset import find_cuts, set_issue
from tests.conftest import ARTICLE, BASE, REPOSITORY, Make, article, load, typeset

KEY = IssueKey(2026, supplement=False, number=1)
LINE = "全市离退休干部党支部把组织生活办到老同志家门口"


def cuts_of(root: Path) -> tuple[Cut, ...]:
    issue = load(root)
    edition = compose_edition(issue)
    return find_cuts(set_issue(edition, issue.publication), edition)


def pages_of(root: Path) -> int:
    issue = load(root)
    return len(typeset(compose_edition(issue), issue.publication).pages)


def test_a_paragraph_with_a_short_last_line_is_found(make: Make) -> None:
    long, short = LINE * 2 + "学习有场所有活动学好", LINE * 2
    root = make({ARTICLE: article(f"{long}\n\n{short}\n\n短。")})
    found = cuts_of(root)
    assert [(cut.span.path, cut.span.line) for cut in found] == [(ARTICLE, 7)]
    fewer = article(f"{long[found[0].characters :]}\n\n{short}\n\n短。")
    assert not [cut for cut in cuts_of(make({ARTICLE: fewer}, "fewer")) if cut.span.line == 7]


def test_promises_hold_for_the_sample_issue() -> None:
    """Every paragraph that is named has a short last line; nothing in the issue is changed by looking."""
    root = REPOSITORY
    found = cuts_of(root)
    assert found
    assert all(1 <= cut.characters <= 3 and len(cut.words) <= 6 for cut in found)


def test_a_page_and_a_sheet_are_saved(make: Make) -> None:
    """The first of three articles spills over by a line: without it the issue needs four pages in place of six."""
    tail = LINE * 2 + "学习有场所有活动学好"
    others = {"issues/2026-01/02-b.md": article("乙"), "issues/2026-01/03-c.md": article("丙")}
    root = make({ARTICLE: article("短段。\n\n" * 16 + tail), **others})
    report = find_paper(root, KEY, lambda _: None)
    assert report.pages == pages_of(root) == 6
    [saving] = report.savings
    [cut] = saving.cuts
    assert (saving.slug, saving.total) == ("01-report", 4)
    shorter = make({ARTICLE: article("短段。\n\n" * 16 + tail[cut.characters :]), **others}, "shorter")
    assert pages_of(shorter) == 4
    assert report.sheets(report.pages) - report.sheets(saving.total) == 1


def test_a_booklet_counts_sheets_of_four_pages(make: Make) -> None:
    root = make({"bulletin.yaml": BASE["bulletin.yaml"] + "layout: {booklet: true}\n"})
    report = find_paper(root, KEY, lambda _: None)
    assert (report.pages, report.sheets(report.pages)) == (4, 1)
