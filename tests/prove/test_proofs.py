"""The proofs see what they are there to see: each test spoils an output and expects to be told where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.compose import compose_edition
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue
from bulletin.model.problem import Problem, Span, message
from bulletin.model.prose import Paragraph, Text
from bulletin.model.walk import walk
from bulletin.prove.comparison import compare_text
from bulletin.prove.passages import Passage
from bulletin.prove.print_edition import prove_print, read_pages
from bulletin.render.print_edition import render_print
from tests.conftest import ARTICLE, REPOSITORY, Make, article, load, printed, proved, typeset

WHERE = Span("issues/2026-01/issue.yaml")
RICH = (
    "同志们：\n\n## 提高认识\n\n离退休干部“两个维护”，电话024-86214322。**一是**加强领导[^1]；*二是*抓好落实。\n\n"
    "**1. 抓重点。**达到109.6万人、占75%。\n\n> 引文一段。\n\n- 甲项\n- 乙项\n\n1. 子\n2. 丑\n\n"
    "| 片区 | 人数 |\n|---|--:|\n| 东 | 12 |\n| 西 | 345 |\n\n```\nkey = 1\n```\n\n见[网页](https://example.org/a)。\n\n"
    "[^1]: 见《关于〈规范〉的通知》。"
)


@pytest.fixture
def issue(make: Make) -> Issue:
    return load(make({ARTICLE: article(RICH), "issues/2026-01/02-b.md": article("第二篇正文。\n\n又一段。")}))


def spoiled(edition: Edition, change: Callable[[str], str], position: int = 1) -> Edition:
    """The edition with the first text of an article changed."""

    def rebuilt(block: object) -> object:
        if isinstance(block, Paragraph) and block is target:
            first = next(walk(block.content, Text))
            content = tuple(Text(change(part.content)) if part is first else part for part in block.content)
            return replace(block, content=content)
        return block

    chosen = edition.articles[position - 1]
    target = next(block for block in chosen.blocks if isinstance(block, Paragraph))
    blocks = tuple(rebuilt(block) for block in chosen.blocks)
    return replace(
        edition, articles=tuple(replace(each, blocks=blocks) if each is chosen else each for each in edition.articles)
    )


def test_a_good_pdf_is_proved(issue: Issue) -> None:
    edition = compose_edition(issue)
    assert proved(edition, issue.publication) == ()


SPOILS = {
    "missing": lambda text: text[1:],
    "doubled": lambda text: text[0] + text,
    "changed": lambda text: "错" + text[1:],
    "swapped": lambda text: text[1] + text[0] + text[2:],
    "added": lambda text: text + "多",
}


@pytest.mark.parametrize("change", SPOILS.values(), ids=SPOILS.keys())
@pytest.mark.parametrize(("position", "path"), [(1, ARTICLE), (2, "issues/2026-01/02-b.md")])
def test_one_wrong_character_in_the_pdf_is_found_and_its_article_named(
    issue: Issue, change: Callable[[str], str], position: int, path: str
) -> None:
    edition = compose_edition(issue)
    artifact = printed(spoiled(edition, change, position), issue.publication)
    problems = proved(edition, issue.publication, artifact)
    assert {problem.code for problem in problems} == {"proof-text"}
    assert {problem.span.path for problem in problems} == {path}
    assert all(problem.span.line for problem in problems)


def test_text_beside_the_type_area_is_found(make: Make) -> None:
    css = (REPOSITORY / "assets/css/print.css").read_text("utf-8") + ".body p { margin-left: 30mm }"
    issue = load(make({ARTICLE: article("正文" * 60), "assets/css/print.css": css}))
    edition = compose_edition(issue)
    problems = proved(edition, issue.publication)
    assert {problem.code for problem in problems} == {"proof-width"}


def test_long_words_stay_in_the_type_area(make: Make) -> None:
    issue = load(
        make(
            {
                ARTICLE: article(
                    f"网址{'abcdefgh' * 20}和`{'1234567890' * 12}`。\n\n| {'x' * 80} | 乙 |\n|---|---|\n| 一 | 二 |"
                )
            }
        )
    )
    edition = compose_edition(issue)
    assert proved(edition, issue.publication) == ()


def test_text_in_the_margins_is_found(issue: Issue, make: Make) -> None:
    """Only the folio may stand outside the type area."""
    css = (REPOSITORY / "assets/css/print.css").read_text("utf-8") + "@page { @top-center { content: '草稿' } }"
    root = make({"assets/css/print.css": css})
    issue = load(root)
    edition = compose_edition(issue)
    problems = proved(edition, issue.publication)
    assert {problem.code for problem in problems} == {"proof-folio"}


def test_hidden_text_is_found(issue: Issue, make: Make) -> None:
    """Safety, row 21: a template that adds text nobody sees."""
    template = (REPOSITORY / "templates/print/issue.html").read_text("utf-8")
    hidden = template.replace(
        '<div class="blank">', '<p style="color: transparent; font-size: 1pt">暗</p><div class="blank">'
    )
    assert hidden != template
    issue = load(make({"templates/print/issue.html": hidden}))
    edition = compose_edition(issue)
    assert "proof-text" in {problem.code for problem in proved(edition, issue.publication)}


@pytest.mark.slow
def test_a_footnote_stands_on_the_page_of_its_mark(make: Make) -> None:
    """At whatever line of the page the mark falls; `prove_print` warns of each that does not."""
    paragraphs = "".join(
        f"{'文字' * (number * 7 % 90)}第{number}段[^{number}]{'后文' * 60}。\n\n" for number in range(1, 46)
    )
    notes = "".join(f"[^{number}]: {'注文较长，须占两行。' * 5}\n" for number in range(1, 46))
    issue = load(make({ARTICLE: article(paragraphs + notes)}))
    edition = compose_edition(issue)
    assert proved(edition, issue.publication) == ()


def test_a_footnote_on_another_page_is_told(make: Make) -> None:
    text = "文字" * 69 + "[^1]" + "后文" * 400 + "。\n\n[^1]: 注文内容在此。"
    issue = load(make({ARTICLE: article(text)}))
    edition = compose_edition(issue)
    lines = typeset(edition, issue.publication)
    [place] = [number for number, page in enumerate(lines.pages) if page.notes]
    pages = list(lines.pages)
    pages[place], pages[place + 1] = (
        replace(pages[place], notes=()),
        replace(pages[place + 1], notes=pages[place].notes),
    )
    artifact = render_print(replace(lines, pages=tuple(pages)), issue.publication)
    assert [problem.code for problem in proved(edition, issue.publication, artifact)] == ["proof-note"]


def test_an_article_on_another_page_than_contents_say_is_told(make: Make) -> None:
    issue = load(make({ARTICLE: article("正文。"), "issues/2026-01/02-b.md": article("乙")}))
    edition = compose_edition(issue)
    lines = typeset(edition, issue.publication)
    promised = replace(lines, openings=((1, 2), (2, 9)))
    problems = prove_print(edition, promised, render_print(promised, issue.publication), WHERE)
    assert [(problem.code, problem.span.path) for problem in problems] == [("proof-opening", "issues/2026-01/02-b.md")]


@pytest.mark.slow
def test_a_table_over_pages_repeats_its_head_and_is_proved(make: Make) -> None:
    rows = "\n".join(f"| 第{number}片区 | {number} |" for number in range(1, 90))
    notes = "".join(f"\n\n第{number}段[^{number}]。" for number in range(1, 31))
    texts = "".join(f"\n[^{number}]: 注文{number}。" for number in range(1, 31))
    issue = load(make({ARTICLE: article(f"| 片区 | 人数 |\n|---|--:|\n{rows}{notes}\n{texts}")}))
    edition = compose_edition(issue)
    artifact = printed(edition, issue.publication)
    assert proved(edition, issue.publication, artifact) == ()
    pages = read_pages(artifact.content)
    assert sum("片区人数" in page.body for page in pages) >= 3


def problems_of(expected: str, found: str) -> list[Problem]:
    passages = [Passage(expected[start : start + 10], Span("x", start)) for start in range(0, len(expected), 10)]
    return list(compare_text(passages, found, message("印刷版")))


def test_both_sides_are_shown() -> None:
    text = "一二三四五六七八九十" * 3
    (problem,) = problems_of(text, text[:14] + "误" + text[15:])
    assert problem.span == Span("x", 10)
    assert "【五】" in str(problem.message)
    assert "【误】" in str(problem.message)
    assert problems_of(text, text) == []


def test_texts_out_of_step_do_not_take_forever() -> None:
    assert problems_of("甲乙丙丁" * 20_000, "丁丙乙甲" * 20_000)


def test_the_fonts_are_those_that_were_vetted() -> None:
    import hashlib

    sums = (REPOSITORY / "assets/fonts/SHA256SUMS").read_text().split()
    for digest, name in zip(sums[::2], sums[1::2], strict=True):
        assert hashlib.sha256(Path(REPOSITORY / "assets/fonts" / name).read_bytes()).hexdigest() == digest
