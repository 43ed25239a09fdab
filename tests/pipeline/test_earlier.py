"""What earlier issues called things."""

from __future__ import annotations

from bulletin.load.folders import list_issues
from bulletin.load.publication import load_publication
from bulletin.pipeline.earlier import earlier_facts
from tests.conftest import REPOSITORY, Make, article

TEXT = "各地建起“清风书香小院”。" * 3


def ready() -> None:
    """Nothing comes between jobs."""


def test_the_sample_knows_its_earlier_issues() -> None:
    publication = load_publication(REPOSITORY).value
    assert publication is not None
    *_, key = list_issues(REPOSITORY)
    facts = earlier_facts(REPOSITORY, key, publication, 1, ready)
    assert facts.issues == 2
    assert {"2026-08", "2026-09"} == {each.last for each in facts.quoted}


def test_only_issues_before_count_and_those_that_cannot_be_read_do_not(make: Make) -> None:
    root = make({"issues/2026-01/01-report.md": article(TEXT), "issues/2025-09/issue.yaml": "number: x\n"})
    publication = load_publication(root).value
    assert publication is not None
    (broken, key) = list_issues(root)
    assert earlier_facts(root, key, publication, 1, ready).issues == 0
    assert earlier_facts(root, broken, publication, 1, ready).issues == 0
