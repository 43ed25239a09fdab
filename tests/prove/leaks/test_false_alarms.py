"""No alarm for what both sides say, and none for what two parts of a page say together by chance."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletin.model.artifact import Artifact
from bulletin.pipeline.clearing import clear
from bulletin.pipeline.reading import find_issue
from tests.conftest import Make, copy_sample
from tests.gates import AT, QUOTED, SENTENCE, gate, issues_of, publication, site_of


def page(said: str) -> Artifact:
    return Artifact("2026/01/index.html", "text/html", f"<main>{said}</main>".encode())


def test_a_document_that_both_articles_quote_may_be_told(make: Make) -> None:
    root = publication(make)
    assert gate(root, [page(f"<blockquote>{QUOTED}</blockquote>")]) == ()
    assert gate(root, [page(f"<blockquote>{QUOTED[20:40]}</blockquote>")]) == ()
    assert gate(root, [page(f"<blockquote>{QUOTED}{SENTENCE}</blockquote>")])


@pytest.mark.parametrize(
    "said",
    [
        "<li><a href=x>经核查黛湖疗</a> <span>养院三号楼漏</span></li>",
        "<h2>经核查黛湖疗</h2><p>养院三号楼漏</p>",
        "<title>经核查黛湖疗——养院三号楼漏</title>",
        "<script>['经核查黛湖疗', '养院三号楼漏']</script>",
    ],
)
def test_two_texts_that_stand_together_are_no_sentence(make: Make, said: str) -> None:
    """As a unit under a title and the beginning of its article: 某某老干部局｜今年以来……"""
    assert gate(publication(make), [page(said)]) == ()


@pytest.mark.parametrize(
    "said",
    [
        "<td>经核查黛湖疗</td><td>养院三号楼漏</td><td>雨已逾两月金</td>",
        "经核查黛湖疗\n养院三号楼漏",
        "<b>经核查黛湖疗</b><i>养院三号楼漏</i>",
        "<p>经核查黛湖疗养</p><p>院三号楼漏雨已</p><p>逾两月金丝雀计</p>",
    ],
)
def test_a_sentence_in_pieces_is_one(make: Make, said: str) -> None:
    assert gate(publication(make), [page(said)])


def test_letters_and_digits_by_themselves_are_names_of_programs(make: Make) -> None:
    root = publication(make)
    assert gate(root, [page("canary-plan Organization 2080505 20260112 plan.md photo.png")])
    assert gate(root, [page('<script>var organization = "PublicationIssue20260112"</script>')]) == ()


@pytest.mark.parametrize("key", ["2026-08", "2026-10"])
def test_the_sample_is_clean(tmp_path: Path, key: str) -> None:
    root = copy_sample(tmp_path / "sample")
    clear(root, find_issue(root, key), ("1", "3"), "某人", AT)
    assert gate(root, site_of(root)) == ()


@pytest.mark.parametrize("articles", [("3", "4", "5", "6", "7", "8", "9", "10"), ("1", "2"), ("3", "7"), ()])
def test_the_real_issue_is_clean_whatever_is_cleared(seed: Path, tmp_path: Path, articles: tuple[str, ...]) -> None:
    """Its reports quote the same documents, and the 要览 by which the pages count them is that of the issue."""
    root = tmp_path / "publication"
    shutil.copytree(seed, root)
    if articles:
        clear(root, find_issue(root, "2020-07"), articles, "某人", AT)
    files = site_of(root)
    assert gate(root, files) == ()
    assert sum(each.path.count("/") == 3 for each in files) == len(articles)


def test_in_the_real_issue_every_page_of_another_article_is_caught(seed: Path, tmp_path: Path) -> None:
    """All articles are cleared for one site, which the gate of another state of the log looks at."""
    root, other = tmp_path / "publication", tmp_path / "other"
    for folder in (root, other):
        shutil.copytree(seed, folder)
    names = [each.slug for each in issues_of(root)[1][-1].manuscripts]
    clear(root, find_issue(root, "2020-07"), names, "某人", AT)
    clear(other, find_issue(other, "2020-07"), names[:4], "某人", AT)
    pages = [each for each in site_of(root) if each.path.count("/") == 3]
    assert len(pages) == len(names)
    for number, each in enumerate(pages):  # the fourth names the fifth as the next
        assert bool(gate(other, [each])) == (number >= 3), each.path
