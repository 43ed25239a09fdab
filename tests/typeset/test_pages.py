"""Pages: full but not too full, nothing lost at their ends, the foot of the issue in its place, whatever the issue holds."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bulletin.model.page import LINES
from bulletin.model.pages import Contents, Page, Passage, SetImprint, TitleBlock, TypesetEdition
from bulletin.model.problem import Span
from bulletin.model.prose import (
    NumberedHeading,
    Paragraph,
    Rest,
    SetAttachmentNote,
    SetBlock,
    SetFigure,
    SetSignature,
    SetTable,
    SetText,
    Spaced,
    Strong,
    Text,
)
from bulletin.model.walk import visible_text, walk
from bulletin.prove.print_edition import read_pages
from bulletin.render.print_edition import render_print
from bulletin.typeset import typeset_edition
from bulletin.typeset.pieces import line_count, lines_between, piece_of, slices_of
from tests.conftest import ARTICLE, BASE, REPOSITORY, SEED, Make, article, composed, proved, typeset
from tests.pages import glyphs_of

SENTENCE = "全市离退休干部党支部把组织生活办到老同志家门口，做到学习有场所、活动有内容、困难有人帮。"


def picture(width: int, height: int) -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, height), "grey").save(content, "PNG")
    return content.getvalue()


def blocks_of(page: Page) -> Iterator[SetBlock]:
    return (block for part in page.parts if isinstance(part, Passage) for block in part.blocks)


def assert_well_filled(lines: TypesetEdition) -> None:
    """No page is overfull, ends with a heading, or leaves a line of a paragraph alone."""
    assert [page.number for page in lines.pages] == list(range(1, len(lines.pages) + 1))
    assert len(lines.pages) % 2 == 0
    assert isinstance(lines.pages[-1].parts[-1], SetImprint)
    for page in lines.pages:
        assert page.lines <= LINES
        blocks = list(blocks_of(page))
        if blocks:
            assert not isinstance(blocks[-1], NumberedHeading), page.number
            first, last = blocks[0], blocks[-1]
            if isinstance(first, Rest):
                assert line_count(first.content) >= 2, page.number
            whole_first = isinstance(last, Paragraph) and page.number < len(lines.pages)
            goes_on = whole_first and any(
                isinstance(block, Rest) for block in list(blocks_of(lines.pages[page.number]))[:1]
            )
            if goes_on and isinstance(last, Paragraph):
                assert line_count(last.content) >= 2, page.number


@pytest.mark.parametrize("root", [REPOSITORY, SEED], ids=["sample", "real"])
def test_whole_issues_are_well_filled_and_lose_nothing(root: Path) -> None:
    if not root.exists():
        pytest.skip("the real issue is not published with the project; it lies beside the checkout of its makers")
    edition, publication = composed(root)
    lines = typeset(edition, publication)
    assert_well_filled(lines)
    for written in edition.articles:
        parts = [part for page in lines.pages for part in page.parts if isinstance(part, Passage)]
        shown = "".join(visible_text(part.blocks) for part in parts if part.position == written.position)
        bare = "".join(shown.split())
        for block in walk(written.blocks, Paragraph):
            assert "".join(visible_text(block.content).split()) in bare


@given(count=st.integers(1, 60), start=st.integers(0, 60), length=st.integers(1, 60))
def test_a_text_cut_between_lines_is_whole_again(count: int, start: int, length: int) -> None:
    words = [f"第{number}行" for number in range(count)]
    text: SetText = (
        Text("\n".join(words[: count // 3]) + ("\n" if count // 3 else "")),
        Strong((Text("\n".join(words[count // 3 : count // 2]) + ("\n" if count // 2 > count // 3 else "")),)),
        Text("\n".join(words[count // 2 :])),
    )
    assert line_count(text) == count
    end = min(start + length, count)
    shown = visible_text(lines_between(text, start, end)).split("\n") if start < end else [""]
    assert [line for line in shown if line] == words[start:end]


@settings(max_examples=60)
@given(lengths=st.lists(st.integers(1, 30), min_size=1, max_size=12), cut=st.integers(0, 200))
def test_pieces_of_a_block_make_it_up(lengths: list[int], cut: int) -> None:
    for length in lengths:
        block = Paragraph((Text("\n".join(f"行{number}" for number in range(length))),), Span("x"))
        size = len(slices_of(block))
        place = cut % (size + 1)
        pieces = [piece_of(block, 0, place), piece_of(block, place, size)]
        said = "\n".join(visible_text(piece.content) for piece in pieces if isinstance(piece, (Paragraph, Rest)))
        assert said == visible_text(block.content)


def test_one_short_article(make: Make) -> None:
    edition, publication = composed(make())
    lines = typeset(edition, publication)
    assert len(lines.pages) == 2
    assert proved(edition, publication) == ()


def test_forty_articles(make: Make) -> None:
    files = {
        f"issues/2026-01/{number:02}-a.md": article(
            SENTENCE * 3,
            f"kind: speech\ntitle: 第{number}篇讲话的标题\nspeaker: 王一鸣\nposition: 局长\ndate: 2026-01-{number % 20 + 1}",
        )
        for number in range(1, 41)
    }
    edition, publication = composed(make({**files, ARTICLE: None}))
    lines = typeset(edition, publication)
    assert_well_filled(lines)
    entries = [entry for part in walk(lines.pages, Contents) for entry in part.entries]
    assert [entry.page for entry in entries] == [page for _, page in lines.openings]
    assert lines.pages[1].parts[0] == Contents("", entries_on(lines.pages[1]))
    assert proved(edition, publication) == ()


def entries_on(page: Page) -> tuple[object, ...]:
    [part] = walk(page, Contents)
    return part.entries


def test_contents_name_each_article_by_setting(make: Make) -> None:
    files = {
        f"issues/2026-01/{number:02}-a.md": article(
            "正文。", f"kind: report\ntitle: 第{number}篇经验\norganization: 某县"
        )
        for number in range(2, 5)
    }
    layout = {"bulletin.yaml": BASE["bulletin.yaml"] + "layout: {contents: full}\n"}
    edition, publication = composed(make({**files, **layout}))
    lines = typeset(edition, publication)
    entries = [entry for part in walk(lines.pages, Contents) for entry in part.entries]
    assert [("".join(entry.lines), entry.nested, entry.page) for entry in entries] == [
        ("经验交流材料4篇", False, 2),
        ("标题", True, 2),
        ("第2篇经验", True, 3),
        ("第3篇经验", True, 4),
        ("第4篇经验", True, 5),
    ]
    assert proved(edition, publication) == ()


def test_articles_follow_on_by_setting(make: Make) -> None:
    files = {
        f"issues/2026-01/{number:02}-a.md": article(SENTENCE, f"kind: report\ntitle: 第{number}篇\norganization: 某县")
        for number in range(2, 7)
    }
    layout = {
        "bulletin.yaml": BASE["bulletin.yaml"] + "layout: {articles: continue, running_head: true, booklet: true}\n"
    }
    edition, publication = composed(make({**files, **layout}))
    lines = typeset(edition, publication)
    assert len(lines.pages) == 4
    assert [part.position for part in walk(lines.pages[1:3], TitleBlock)] == list(range(1, 7))
    assert proved(edition, publication) == ()
    read = read_pages(render_print(lines, publication).content)
    assert [page.outside for page in read] == ["—1—", *(f"测试动态第1期（总第10期）—{number}—" for number in (2, 3, 4))]


def test_a_whole_issue_follows_on(make: Make) -> None:
    """Pages that are full to their last line, with titles, notes, tables and pictures in the midst of them."""
    sample = {
        str(path.relative_to(REPOSITORY)): path.read_bytes() for path in (REPOSITORY / "issues/2026-10").iterdir()
    }
    house = {"house/recipients.yaml": (REPOSITORY / "house/recipients.yaml").read_bytes()}
    setting = {"bulletin.yaml": (REPOSITORY / "bulletin.yaml").read_text("utf-8") + "layout: {articles: continue}\n"}
    others = dict.fromkeys(path for path in BASE if path.startswith("issues/"))
    edition, publication = composed(make({**others, **sample, **house, **setting}))
    lines = typeset(edition, publication)
    assert_well_filled(lines)
    assert len(lines.pages) <= len(typeset(*composed(REPOSITORY)).pages)
    assert proved(edition, publication) == ()


def test_a_title_of_forty_characters(make: Make) -> None:
    title = "关于进一步加强和改进新形势下全省离退休干部党支部规范化标准化建设工作的实施意见"
    edition, publication = composed(
        make({ARTICLE: article("正文。", f"kind: report\ntitle: {title}\norganization: 某县")})
    )
    [block] = walk(typeset(edition, publication).pages, TitleBlock)
    assert "".join(block.title) == title
    assert 2 <= len(block.title) <= 3
    assert min(map(len, block.title)) >= 8
    assert proved(edition, publication) == ()


def test_a_table_over_three_pages(make: Make) -> None:
    rows = "\n".join(f"| 第{number}片区 | {number * 7} | {'长' * (number % 40)} |" for number in range(1, 61))
    edition, publication = composed(
        make({ARTICLE: article(f"{SENTENCE}\n\n| 片区 | 人数 | 说明 |\n|---|--:|---|\n{rows}\n\n{SENTENCE}")})
    )
    lines = typeset(edition, publication)
    assert_well_filled(lines)
    tables = list(walk(lines.pages, SetTable))
    assert len(tables) >= 3
    assert [table.begins for table in tables] == [True] + [False] * (len(tables) - 1)
    assert [table.ends for table in tables] == [False] * (len(tables) - 1) + [True]
    assert sum(len(table.rows) for table in tables) == 60
    assert proved(edition, publication) == ()
    heads = sum("片区人数说明" in page.body for page in read_pages(render_print(lines, publication).content))
    assert heads == len(tables)


@pytest.mark.parametrize("before", range(14, 22))
def test_footnotes_at_the_foot_of_a_page(make: Make, before: int) -> None:
    """Wherever the mark falls, the note is on its page, under the last line, and the page holds it."""
    body = (
        "短段。\n\n" * before
        + f"{SENTENCE}[^1]{SENTENCE}[^2]\n\n{SENTENCE}\n\n[^1]: {SENTENCE}\n[^2]: {SENTENCE * 2}\n"
    )
    edition, publication = composed(make({ARTICLE: article(body)}))
    lines = typeset(edition, publication)
    assert_well_filled(lines)
    assert proved(edition, publication) == ()


def test_footnotes_stand_over_the_foot_of_the_issue(make: Make) -> None:
    edition, publication = composed(make({ARTICLE: article(f"{SENTENCE}[^1]\n\n[^1]: {SENTENCE}")}))
    lines = typeset(edition, publication)
    assert len(lines.pages) == 2
    assert lines.pages[1].notes
    content = render_print(lines, publication).content
    assert proved(edition, publication) == ()
    glyphs = glyphs_of(content, 2)
    note = [glyph for glyph in glyphs if abs(glyph.size_pt - 10.5) < 0.1]
    label = next(glyph for glyph in glyphs if glyph.character == "报" and abs(glyph.size_pt - 14) < 0.1)
    assert max(glyph.y_mm for glyph in note) < label.y_mm - 8
    assert max(glyph.y_mm for glyph in glyphs if abs(glyph.size_pt - 15.75) < 0.1) < min(glyph.y_mm for glyph in note)


def test_a_picture_taller_than_the_page(make: Make) -> None:
    files = {
        ARTICLE: article(f"{SENTENCE}\n\n![高图](tall.png '一张很高的图')\n\n{SENTENCE}"),
        "issues/2026-01/tall.png": picture(300, 4000),
    }
    edition, publication = composed(make(files))
    lines = typeset(edition, publication)
    [figure] = walk(lines.pages, SetFigure)
    assert figure.lines <= LINES
    assert figure.width_pt / figure.height_pt == pytest.approx(300 / 4000)
    assert_well_filled(lines)
    assert proved(edition, publication) == ()


def test_two_hundred_recipients(make: Make) -> None:
    names = [f"第{number}县委老干部局" for number in range(1, 201)]
    recipients = "units:\n" + "".join(f"  - {{name: {name}, copies: 1}}\n" for name in names)
    issue_file = BASE["issues/2026-01/issue.yaml"].replace(
        "报: [[甲局]]\n  发: [[各科]]", f"发: [[{', '.join(names)}]]"
    )
    edition, publication = composed(
        make({"house/recipients.yaml": recipients, "issues/2026-01/issue.yaml": issue_file})
    )
    lines = typeset(edition, publication)
    assert_well_filled(lines)
    parts = list(walk(lines.pages, SetImprint))
    assert len(parts) >= 2
    said = "".join(visible_text(rank) for part in parts for _, ranks in part.distribution for rank in ranks)
    assert "".join(said.split()) == "、".join(names) + "。"
    assert [bool(part.print_run_text) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert proved(edition, publication) == ()


def test_an_empty_list_is_not_printed(make: Make) -> None:
    issue_file = BASE["issues/2026-01/issue.yaml"].replace("  发: [[各科]]\n", "")
    edition, publication = composed(make({"issues/2026-01/issue.yaml": issue_file}))
    [imprint] = walk(typeset(edition, publication).pages, SetImprint)
    assert [label for label, _ in imprint.distribution] == ["报："]
    assert proved(edition, publication) == ()


@pytest.mark.parametrize("booklet", [False, True])
@pytest.mark.parametrize("paragraphs", range(1, 90, 8))
def test_the_foot_of_the_issue(make: Make, paragraphs: int, booklet: bool) -> None:
    """On an even page, or a multiple of four; as few blank pages as may be; what follows a blank page is not numbered."""
    files = {
        ARTICLE: article("短段。\n\n" * paragraphs),
        "bulletin.yaml": BASE["bulletin.yaml"] + f"layout: {{booklet: {str(booklet).lower()}}}\n",
    }
    edition, publication = composed(make(files))
    lines = typeset(edition, publication)
    step = 4 if booklet else 2
    assert len(lines.pages) % step == 0
    assert sum(not page.parts for page in lines.pages) < step
    taken = [page for page in lines.pages if page.parts]
    last_text = max(page.number for page in taken if any(not isinstance(part, SetImprint) for part in page.parts))
    assert len(lines.pages) - last_text <= step
    blank = [page.number for page in lines.pages if not page.parts]
    assert all(page.folio == (page.number < min(blank, default=page.number + 1)) for page in lines.pages)
    assert proved(edition, publication) == ()


def test_what_no_page_holds_is_an_error_with_its_place(make: Make) -> None:
    body = f"{SENTENCE}[^1]\n\n[^1]: {SENTENCE * 40}\n"
    edition, publication = composed(make({ARTICLE: article(body)}))
    _, problems = typeset_edition(edition, publication, Span("issue.yaml"))
    assert [(problem.code, problem.span.path) for problem in problems if problem.severity.value == "error"] == [
        ("page-overfull", ARTICLE)
    ]


def test_notice_with_attachments_and_signature(make: Make) -> None:
    files = {
        ARTICLE: article(
            SENTENCE, "kind: notice\ntitle: 关于验收工作的通知\norganization: 中共某某省委老干部局\ndate: 2026-01-09"
        ),
        "issues/2026-01/02-a.md": article("表一。", "kind: attachment\ntitle: 验收标准"),
        "issues/2026-01/03-b.md": article("表二。", "kind: attachment\ntitle: 验收名单"),
    }
    edition, publication = composed(make(files))
    lines = typeset(edition, publication)
    [signature] = walk(lines.pages, SetSignature)
    assert (signature.name, signature.date) == (("中共某某省委老干部局",), "2026年1月9日")
    assert signature.date_indent == pytest.approx(signature.name_indent + 2)
    assert signature.name_indent == pytest.approx(28 - 2 - 10, abs=0.2)
    assert [block.label for block in walk(lines.pages, TitleBlock)] == ["", "附件1", "附件2"]
    assert [highlight.text for highlight in edition.highlights] == ["关于验收工作的通知"]
    text = "".join(page.body for page in read_pages(render_print(lines, publication).content))
    assert "附件：1.验收标准2.验收名单中共某某省委老干部局2026年1月9日" in text
    assert proved(edition, publication) == ()


@pytest.mark.parametrize("count", [1, 3])
def test_long_names_of_attachments_turn_over(make: Make, count: int) -> None:
    """GB/T 9704-2012, 7.3.4: lines after the first begin below the first character of the name."""
    name = "慰问品清单及春节期间走访慰问离退休干部情况登记表（供各市、各省直单位填报春节慰问情况时使用）"
    files = {
        f"issues/2026-01/{number:02}-a.md": article("表。", f"kind: attachment\ntitle: {name}")
        for number in range(2, 2 + count)
    }
    front = "kind: notice\ntitle: 关于慰问工作的通知\norganization: 某局\ndate: 2026-01-09"
    edition, publication = composed(make({ARTICLE: article(SENTENCE, front), **files}))
    lines = typeset(edition, publication)
    [note] = walk(lines.pages, SetAttachmentNote)
    assert all(len(parts) > 1 and "".join(parts) == name for _, parts in note.names)
    assert_well_filled(lines)
    assert proved(edition, publication) == ()
    glyphs = glyphs_of(render_print(lines, publication).content, 2)
    written = "".join(glyph.character for glyph in glyphs)
    first, second = note.names[0][1][:2]
    start, turned = glyphs[written.index(first)], glyphs[written.index(second)]
    assert turned.x_mm == pytest.approx(start.x_mm, abs=0.3)
    assert turned.y_mm > start.y_mm


def test_editors_notes_stand_before_what_they_open(make: Make) -> None:
    files = {
        ARTICLE: article(SENTENCE, "kind: report\ntitle: 标题\norganization: 某县\neditors_note: 值得一读。"),
        "issues/2026-01/issue.yaml": BASE["issues/2026-01/issue.yaml"]
        + "editors_note: |\n  本期专刊。\n  请各地学习。\n",
    }
    edition, publication = composed(make(files))
    text = "".join(page.body for page in read_pages(render_print(typeset(edition, publication), publication).content))
    assert "篇2编者按：本期专刊。请各地学习。" in text
    assert "编者按：值得一读。标题某县全市" in text
    assert proved(edition, publication) == ()


@pytest.mark.parametrize(
    "title",
    [
        "动态",
        "银龄动态",
        "老干部工作动态",
        "全省离退休干部党建工作动态",
        "全省离退休干部党的建设和作用发挥情况动态专报",
    ],
)
def test_the_masthead_fits_its_width(make: Make, title: str) -> None:
    edition, publication = composed(make({"bulletin.yaml": f"title: {title}\npublisher: 某局\n"}))
    head = typeset(edition, publication).pages[0].parts[0]
    assert "".join(head.title) == title  # type: ignore[union-attr]
    assert 22 < head.size_pt <= 62  # type: ignore[union-attr]
    assert proved(edition, publication) == ()


@pytest.mark.parametrize("position", ["left", "right", "none"])
def test_the_copy_number_left_right_or_not_at_all(make: Make, position: str) -> None:
    edition, publication = composed(
        make({"bulletin.yaml": BASE["bulletin.yaml"] + f"copy_number: {{position: {position}}}\n"})
    )
    first = read_pages(render_print(typeset(edition, publication), publication).content)[0].body
    expected = {"left": "编号：内部资料注意保存", "right": "内部资料编号：注意保存", "none": "内部资料注意保存"}[
        position
    ]
    assert first.startswith(expected)
    assert proved(edition, publication) == ()


def test_names_of_two_characters_are_spread_in_the_imprint(make: Make) -> None:
    edition, publication = composed(make())
    [imprint] = walk(typeset(edition, publication).pages, SetImprint)
    assert [each.content for each in walk(imprint.editors, Spaced)] == ["张"]
