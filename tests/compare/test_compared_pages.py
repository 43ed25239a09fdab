"""Two builds compared as an editor compares them: what was changed in the manuscript is what is reported, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from bulletin.compare import compare_pages, with_other_looks
from bulletin.model.comparison import PICTURE, Comparison, PageChange
from bulletin.prove.glyph_lines import read_printed
from bulletin.prove.looks import other_looks
from tests.conftest import ARTICLE, REPOSITORY, Make, article, composed, printed

LONG = "离退休干部党建工作是党的建设的重要组成部分，要认真贯彻落实《意见》精神，抓好落实。"
PARAGRAPHS = [f"第{number}段，共{number * 7}人参加。{LONG * (number % 5 + 2)}" for number in range(1, 16)]
TABLE = "| 片区 | 人数 |\n|---|--:|\n| 东 | 12 |\n| 西 | 345 |"
BODY = "\n\n".join([*PARAGRAPHS, TABLE, "末段[^1]。\n\n[^1]: 见《关于〈规范〉的通知》。"])
FRONT = "kind: report\ntitle: 以改革创新精神抓好党建\norganization: 某县"

Pdf = Callable[..., bytes]


@pytest.fixture
def pdf(make: Make) -> Pdf:
    """The print PDF of an issue with one article."""

    def build(body: str = BODY, front: str = FRONT, css: str = "", **files: bytes) -> bytes:
        sheet = (REPOSITORY / "assets/css/print.css").read_text("utf-8") + css
        pictures = {f"issues/2026-01/{name}.png": content for name, content in files.items()}
        root = make({ARTICLE: article(body, front), "assets/css/print.css": sheet, **pictures})
        return printed(*composed(root)).content

    return build


def compared(old: bytes, new: bytes) -> Comparison:
    comparison = compare_pages(read_printed(old), read_printed(new))
    pairs = [(each.old_page, each.new_page) for each in comparison.having([PageChange.NONE])]
    return with_other_looks(comparison, other_looks(old, new, pairs))


def edits(comparison: Comparison) -> list[tuple[str, str]]:
    return [(change.deleted, change.added) for change in comparison.changes]


def test_the_same_twice_has_no_changes(pdf: Pdf) -> None:
    comparison = compared(pdf(), pdf())
    assert (comparison.changed, comparison.changes) == ((), ())
    assert [(each.old_page, each.new_page) for each in comparison.spreads] == [
        (page, page) for page in range(1, len(comparison.spreads) + 1)
    ]


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("第9段", "第九段", ("9", "九")),
        ("共63人参加", "共630人参加", ("63", "630")),
        ("| 西 | 345 |", "| 西 | 354 |", ("345", "354")),
        ("《关于〈规范〉的通知》", "《关于〈规程〉的通知》", ("范", "程")),
    ],
    ids=["word", "number", "cell", "footnote"],
)
def test_one_change_is_one_change_on_one_page(pdf: Pdf, old: str, new: str, edit: tuple[str, str]) -> None:
    comparison = compared(pdf(), pdf(BODY.replace(old, new, 1)))
    assert edits(comparison) == [edit]
    [spread] = comparison.having([PageChange.TEXT])
    [change] = comparison.changes
    assert (spread.old_page, spread.new_page) == (change.old_page, change.new_page)
    assert len(spread.struck) == len(spread.boxed) == 1
    assert not comparison.having([PageChange.LOOKS])


def test_numbers_of_neighbouring_cells_are_not_one_number(pdf: Pdf) -> None:
    table = "| 片区 | 支部 | 党员 |\n|---|--:|--:|\n| 东 | 12 | 316 |\n| 西 | 870 | 64 |"
    comparison = compared(pdf(table), pdf(table.replace("316", "318").replace("| 64 |", "| 65 |")))
    assert edits(comparison) == [("316", "318"), ("64", "65")]
    assert comparison.changes[0].before.endswith("东12")


def test_a_changed_title_is_told(pdf: Pdf) -> None:
    comparison = compared(pdf(), pdf(front=FRONT.replace("抓好党建", "抓实党建")))
    assert ("好", "实") in edits(comparison)
    assert all(change.old_page in (1, 2) for change in comparison.changes)  # in the 要览 and above the article
    assert {spread.new_page for spread in comparison.having([PageChange.TEXT])} <= {1, 2}


def test_text_that_moved_is_not_changed(pdf: Pdf) -> None:
    added = "新增一段：" + LONG * 14
    comparison = compared(
        pdf(), pdf("\n\n".join([*PARAGRAPHS[:4], added, BODY[len("\n\n".join(PARAGRAPHS[:4])) + 2 :]]))
    )
    assert edits(comparison) == [("", added)]
    assert (comparison.deleted, comparison.added) == (0, len(added))
    texts = comparison.having([PageChange.TEXT])
    moved = comparison.having([PageChange.LINES])
    assert texts
    assert moved, "the pages after it have other lines"
    assert all(not spread.struck or all(mark.is_place for mark in spread.struck) for spread in comparison.spreads)
    pairs = [(each.old_page, each.new_page) for each in comparison.spreads]
    assert [old for old, _ in pairs if old] == sorted({old for old, _ in pairs if old})
    assert [new for _, new in pairs if new] == sorted({new for _, new in pairs if new})
    assert any(new == old + 1 for old, new in pairs if old), "pages that shifted are paired by what stands on them"


def test_running_heads_are_no_text(make: Make) -> None:
    settings = "title: 测试动态\npublisher: 某局\nlayout:\n  running_head: true\n"
    added = "新增一段：" + LONG * 14

    def build(body: str) -> bytes:
        return printed(*composed(make({ARTICLE: article(body), "bulletin.yaml": settings}))).content

    old, new = build("\n\n".join(PARAGRAPHS)), build("\n\n".join([*PARAGRAPHS[:4], added, *PARAGRAPHS[4:]]))
    assert sum(bool(page.head) for page in read_printed(old)) >= 3
    assert edits(compared(old, new)) == [("", added)]


def test_only_the_layout_changed(pdf: Pdf) -> None:
    comparison = compared(pdf(), pdf(css=".body p { white-space: normal; padding-right: 3em }"))
    assert comparison.changes == ()
    assert {spread.change for spread in comparison.changed} == {PageChange.LINES}


def test_only_the_looks_changed(pdf: Pdf) -> None:
    comparison = compared(pdf(), pdf(css="td, th { border-color: #aaa }"))
    assert comparison.changes == ()
    assert {spread.change for spread in comparison.changed} == {PageChange.LOOKS}


def test_pages_that_only_changed_sides_look_the_same(pdf: Pdf) -> None:
    """A page more before them: odd pages become even ones, with the other margins."""
    comparison = compared(pdf(), pdf(css="h2.contents { break-before: page }"))
    shifted = [each for each in comparison.spreads if each.old_page > 1]
    assert shifted
    assert {each.new_page - each.old_page for each in shifted} == {1}
    assert {each.change for each in shifted} == {PageChange.NONE}


def test_a_picture_that_changed_is_told(pdf: Pdf) -> None:
    def png(colour: str) -> bytes:
        file = io.BytesIO()
        Image.new("RGB", (300, 200), colour).save(file, "PNG")
        return file.getvalue()

    body = f"{PARAGRAPHS[0]}\n\n![图](map.png)\n\n{PARAGRAPHS[1]}"
    comparison = compared(pdf(body, map=png("red")), pdf(body, map=png("blue")))
    assert edits(comparison) == [(PICTURE, PICTURE)]
    assert (comparison.deleted, comparison.added) == (0, 0)
    [spread] = comparison.having([PageChange.TEXT])
    assert spread.struck[0].right_pt - spread.struck[0].left_pt == pytest.approx(300 / 200 * 72, abs=2)
    same = compared(pdf(body, map=png("red")), pdf("\n\n".join((*PARAGRAPHS[5:8], body)), map=png("red")))
    assert PICTURE not in "".join(old + new for old, new in edits(same)), "a picture that moved is the same picture"


def test_the_head_of_a_table_that_goes_on_is_no_addition(pdf: Pdf) -> None:
    rows = "\n".join(f"| 第{number}片区 | {number * 3} |" for number in range(1, 70))
    table = f"| 所在片区 | 党员人数 |\n|---|--:|\n{rows}"
    added = "新增一段：" + LONG * 2
    comparison = compared(pdf(f"{LONG}\n\n{table}"), pdf(f"{LONG}\n\n{added}\n\n{table}"))
    assert edits(comparison) == [("", added)]


def test_a_footnote_that_moves_to_another_page_is_not_changed(pdf: Pdf) -> None:
    notes = [f"有注的一段[^{number}]。{LONG * 3}" for number in range(1, 9)]
    texts = "\n".join(f"[^{number}]: 注文第{number}条。" for number in range(1, 9))
    added = "新增一段：" + LONG * 6
    before, after = "\n\n".join([*notes, texts]), "\n\n".join([notes[0], added, *notes[1:], texts])
    assert edits(compared(pdf(before), pdf(after))) == [("", added)]


def test_a_page_that_is_gone_stands_alone(pdf: Pdf) -> None:
    comparison = compared(pdf("\n\n".join([*PARAGRAPHS, *PARAGRAPHS[::-1]])), pdf("\n\n".join(PARAGRAPHS)))
    alone = [each for each in comparison.spreads if not each.new_page]
    assert alone
    assert comparison.deleted > 1000
    assert comparison.added == 0
