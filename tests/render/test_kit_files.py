"""What becomes of a kit's texts on their way into another system: through its filter, and through the clipboard of a browser."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from bulletin.model.artifact import Artifact
from bulletin.model.handover import GUIDE_FILE, PAGE_FILE, SHEET_FILE, SOURCE_FILE, Field, Kit, whole_summary
from bulletin.prove.passages import squeezed
from bulletin.render.handover.archive import archive_bytes
from tests.conftest import Make, article
from tests.kits import BARE_TEXT, FILES, filtered, kit_of, proven, publication, rendered, unpacked

FIRST = "01-样样都有的一篇"
SHOWN = re.compile(r"<[^>]*>")


@pytest.fixture
def made(make: Make) -> tuple[Kit, bytes]:
    kit, settings = kit_of(publication(make))
    return kit, rendered(kit, settings)


def source_of(content: bytes, folder: str = FIRST) -> str:
    return unpacked(content)[f"{folder}/{SOURCE_FILE}"].decode("utf-8-sig")


def test_the_usual_filter_takes_nothing_away(made: tuple[Kit, bytes]) -> None:
    kit, content = made
    for each in kit.articles:
        source = source_of(content, each.folder)
        kept, dropped = filtered(source)
        assert dropped == []
        assert squeezed(SHOWN.sub("", kept)) == squeezed(SHOWN.sub("", source))
        assert kept.count("text-indent:2em") == source.count("text-indent:2em")


def test_a_filter_that_leaves_no_style_leaves_every_word(made: tuple[Kit, bytes]) -> None:
    _, content = made
    source = source_of(content)
    kept, dropped = filtered(source, BARE_TEXT)
    assert "p style" in dropped
    assert squeezed(SHOWN.sub("", kept)) == squeezed(SHOWN.sub("", source))
    text = SHOWN.sub("", kept)
    for said in ("一、表格", "（一）图片", "• 甲项", "1. 子", "段落”①", "①见《关于", "注释：", "编者按："):
        assert said in text


def test_the_text_has_neither_size_nor_face_of_its_own(made: tuple[Kit, bytes]) -> None:
    """A reader of the other site who makes its text larger makes this larger too."""
    _, content = made
    sizes = set(re.findall(r"font-size:([^;\"]+)", source_of(content)))
    assert sizes == {"1em"}
    paragraphs = re.findall(r'<p style="([^"]*)">', source_of(content))
    assert all("font-family:inherit" in each or "楷体" in each or "黑体" in each for each in paragraphs)


def test_old_notepad_reads_the_source(made: tuple[Kit, bytes]) -> None:
    content = unpacked(made[1])[f"{FIRST}/{SOURCE_FILE}"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 20


def test_names_in_the_archive_are_said_to_be_utf8_and_may_be_read(made: tuple[Kit, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made[1])) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(2026, 1, 20, 0, 0, 0)}, "the day of the issue"
    assert all(entry.flag_bits & 0x800 for entry in entries)
    assert {entry.external_attr >> 16 & 0o777 for entry in entries} == {0o644}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_the_sheet_says_texts_as_texts_and_counts_as_numbers(made: tuple[Kit, bytes]) -> None:
    book = load_workbook(io.BytesIO(unpacked(made[1])[SHEET_FILE]))
    assert book.sheetnames == ["文章", "网页标签", "图片"]
    heads = [cell.value for cell in book["文章"][1]]
    assert heads == [field.value for field in Field]
    row = dict(zip(Field, (cell.value for cell in book["文章"][2]), strict=True))
    assert row[Field.NUMBER] == 1
    assert row[Field.PICTURES] == 1
    assert row[Field.SUBTITLE] == "——副题"
    assert row[Field.KEYWORDS] == "支部建设,a，b,经验交流材料"
    assert row[Field.SECTION] == "经验交流材料"
    assert row[Field.PUBLISHED] == "2026-01-20"
    assert row[Field.CLEARED] == "2026-01-19"
    assert (heads[3], heads[-2]) == ("本刊栏目", "本刊网站上的网址（没有就不填）")
    lines = [row[3].value for row in book["网页标签"].iter_rows(min_row=2)]
    assert not [line for line in lines if "\n" in str(line) or "\t" in str(line)]
    assert {row[2].value for row in book["网页标签"].iter_rows(min_row=2)}.isdisjoint({"Url", "Image"})


def test_a_summary_ends_with_its_sentence(make: Make) -> None:
    """In the sheet, in the guide, in the tags: a form has nothing that it goes on to."""
    sentence = "老同志说，活动室的灯比从前亮了许多，一天到晚都有人来看书下棋。"
    text = article(sentence * 9, "kind: report\ntitle: 长\norganization: 某县")
    kit, settings = kit_of(publication(make, {**FILES, "issues/2026-01/01-report.md": text}))
    assert kit.articles[0].card.summary.endswith("。……")
    content = rendered(kit, settings)
    assert proven(content, kit, settings) == ()
    book = load_workbook(io.BytesIO(unpacked(content)[SHEET_FILE]))
    assert book["文章"]["L2"].value == sentence * 3
    (line,) = [
        row[3].value
        for row in book["网页标签"].iter_rows(min_row=2)
        if (row[0].value, row[2].value) == (1, "Description")
    ]
    assert "……" not in str(line)
    assert "……" not in unpacked(content)[GUIDE_FILE].decode().partition("有哪些文章")[2]


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("一句。……", "一句。"),
        ("他说：“好。”……", "他说：“好。”"),
        ("半句……", "半句……"),
        ("半“句”……", "半“句”……"),
        ("一句。", "一句。"),
        ("", ""),
    ],
)
def test_half_a_sentence_says_that_it_goes_on(summary: str, said: str) -> None:
    assert whole_summary(summary) == said


def test_the_guide_explains_what_looks_wrong(made: tuple[Kit, bytes]) -> None:
    said = SHOWN.sub("", unpacked(made[1])[GUIDE_FILE].decode())
    assert "不是稿件文件名前面的数字" in said
    assert "黑体、楷体已经带在格式里" in said
    assert "ColumnName 是本刊在网站上的栏目名称" in said


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(1979, 12, 31), (1980, 1, 1)), (date(2200, 1, 1), (2107, 12, 31)), (date(2026, 2, 3), (2026, 2, 3))],
)
def test_an_archive_says_a_day_that_it_can_say(day: date, told: tuple[int, int, int]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive_bytes((Artifact("a", "", b"x"),), day))) as archive:
        assert archive.infolist()[0].date_time == (*told, 0, 0, 0)


def test_links_to_other_articles_are_words_where_there_is_no_site_of_our_own(make: Make) -> None:
    kit, settings = kit_of(publication(make), address="")
    source = source_of(rendered(kit, settings))
    assert re.findall('href="([^"]*)"', source) == ["https://example.org/a?b=1&amp;c=2", "https://example.org/z"]
    assert "见<a" in source
    assert "和第二篇。" in source


def test_what_is_copied_in_a_browser_is_the_text_and_nothing_of_the_machine(
    made: tuple[Kit, bytes], browser: Browser, tmp_path: Path
) -> None:
    """Select all, copy, paste: styles stay those of the text, and no address of a file on this machine goes along."""
    _, content = made
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((tmp_path / FIRST / PAGE_FILE).as_uri())
    shown = page.inner_text("body")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    other = context.new_page()
    other.set_content("<div contenteditable style='min-height:100px;font:20px serif'></div>")
    other.click("div")
    other.keyboard.press("Control+v")
    pasted = other.inner_html("div")
    assert squeezed(other.inner_text("div")) == squeezed(shown)
    assert "file:" not in pasted
    assert tmp_path.name not in pasted
    assert "【此处插入图片：图1.png】" in pasted
    assert "font-size: medium" not in re.sub("<hr[^>]*>", "", pasted)  # where it does nothing
    assert other.evaluate("getComputedStyle(document.querySelector('div p:nth-of-type(3)')).fontSize") == "20px"
    context.close()


def test_a_click_in_the_guide_takes_a_whole_value_and_its_links_lead_somewhere(
    made: tuple[Kit, bytes], browser: Browser, tmp_path: Path
) -> None:
    kit, content = made
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("requestfailed", lambda sent: faults.append(sent.url))
    page.goto((tmp_path / GUIDE_FILE).as_uri())
    summary = page.locator("td.copy", has_text="引号开头的段落").first
    summary.click()
    assert page.evaluate("getSelection().toString()").strip() == kit.articles[0].card.summary
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with context.expect_page() as opened:
        page.locator(".open a", has_text="源代码").first.click()
    assert "同志们：" in opened.value.inner_text("body")
    assert faults == []
    context.close()


def test_an_attachment_lies_with_what_it_belongs_to(made: tuple[Kit, bytes]) -> None:
    kit, content = made
    folders = {each.card.title: each.folder for each in kit.articles}
    assert folders["报名表"] == f"{folders['关于报名的通知']}/03-附件-报名表"
    said = squeezed(SHOWN.sub("", source_of(content, folders["报名表"])))
    assert said.startswith("附件报名表姓名单位")
    assert "附件：报名表" in source_of(content, folders["关于报名的通知"])


def test_the_sample_has_all_that_a_text_can_hold() -> None:
    text = str(FILES["issues/2026-01/01-report.md"])
    for sign in ("[^1]", "|", "![", "- ", "1. ", "> ", "```", "---\n", "**", "## ", "](https:", "](02-"):
        assert sign in text
