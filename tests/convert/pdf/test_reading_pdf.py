"""PDFs printed in several layouts give the paragraphs that they were printed from."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
import weasyprint

from bulletin.convert.pdf import read_pdf
from bulletin.model.foreign import Alignment, DropKind, ForeignDocument, ForeignParagraph
from tests.conftest import REPOSITORY

FACES = "".join(
    f"@font-face{{font-family:{name};src:url({(REPOSITORY / 'assets/fonts' / file).as_uri()})}}"
    for name, file in (("fang", "GWFang.ttf"), ("hei", "GWHei.ttf"), ("kai", "GWKai.ttf"))
)
SHEET = (
    FACES + "@page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{content:'— ' counter(page) ' —';font:14pt fang}}"
    "body{font:16pt/28pt fang;margin:0}p,h1,h2,h3{margin:0;font-weight:normal;text-indent:2em}"
    "h1,.c{text-align:center;text-indent:0}h1{font:22pt/30pt hei}h2{font:16pt/28pt hei}h3{font:16pt/28pt kai}"
    ".kai{font-family:kai}.flush{text-indent:0}.right{text-align:right}"
)
LONG = "老同志在社区里办起了读书会，每周三下午两点开始，先读一段，再谈一谈，大家都愿意来。" * 3


def printed(body: str, style: str = "") -> bytes:
    content: bytes | None = weasyprint.HTML(
        string=f"<html lang=zh><style>{SHEET}{style}</style><body>{body}</body></html>"
    ).write_pdf()
    assert content is not None
    return content


def document(content: bytes) -> ForeignDocument:
    outcome = read_pdf(content, "来稿.pdf")
    assert outcome.value is not None, outcome.problems
    return outcome.value


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in document(content).paragraphs()]


def letters(text: str) -> str:
    return "".join(sorted("".join(text.split())))


def nothing_is_lost(read: ForeignDocument) -> bool:
    return letters(read.census) == letters(read.text + "".join(dropped.text for dropped in read.dropped))


def test_paragraphs_go_on_over_lines_and_pages() -> None:
    paragraphs = [f"第{number}段。{LONG * (1 + number % 3)}" for number in range(12)]
    read = document(printed("".join(f"<p>{each}</p>" for each in paragraphs)))
    assert [paragraph.text for paragraph in read.paragraphs()] == paragraphs
    assert [dropped.text for dropped in read.dropped] == [f"— {page} —" for page in range(1, len(read.dropped) + 1)]
    assert {dropped.kind for dropped in read.dropped} == {DropKind.FOLIO}
    assert nothing_is_lost(read)


def test_a_speech_has_its_parts() -> None:
    content = printed(
        "<h1>抓好新时代老年教育<br>让银发生辉</h1><p class='c kai'>——在全市老年教育工作会议上的讲话</p>"
        "<p class='c kai'>（2026年3月5日）</p><p class='c kai'>王　强</p><p class=flush>同志们：</p>"
        f"<p>{LONG}</p><h2>一、认清形势</h2><h3>（一）这是机遇也是必须面对的现实考验，要靠一个一个的支部去推动落实</h3><p>{LONG}</p>"
    )
    found: list[ForeignParagraph] = list(document(content).paragraphs())
    assert [(each.text, each.alignment) for each in found[:5]] == [
        ("抓好新时代老年教育\n让银发生辉", Alignment.CENTER),
        ("——在全市老年教育工作会议上的讲话", Alignment.CENTER),
        ("（2026年3月5日）", Alignment.CENTER),
        ("王　强", Alignment.CENTER),
        ("同志们：", Alignment.LEFT),
    ]
    assert [each.text for each in found[5:]] == [
        LONG, "一、认清形势", "（一）这是机遇也是必须面对的现实考验，要靠一个一个的支部去推动落实", LONG,
    ]  # fmt: skip
    assert [round(each.indent_pt) for each in found[4:6]] == [0, 32]
    assert [each.runs[0].look.size_pt for each in (found[0], found[5])] == [22, 16]


def test_paragraphs_without_indents_are_told_apart_by_their_distance() -> None:
    paragraphs = [f"第{number}段。{LONG}" for number in range(6)]
    style = "@page{size:A5;margin:20mm}p{text-indent:0;margin:0 0 9pt;font:10.5pt/18pt fang}"
    assert texts(printed("".join(f"<p>{each}</p>" for each in paragraphs), style)) == paragraphs


def test_running_heads_are_dropped_and_told() -> None:
    style = "@page{@top-center{content:'工作动态 2026年第3期';font:10pt fang}}"
    read = document(printed("".join(f"<p>{LONG}</p>" for _ in range(10)), style))
    assert {(each.kind, each.text) for each in read.dropped if each.kind is not DropKind.FOLIO} == {
        (DropKind.HEADER, "工作动态 2026年第3期")
    }
    assert {each.text for each in read.paragraphs()} == {LONG}


def test_a_title_in_two_lines_is_one_paragraph() -> None:
    assert (
        texts(printed(f"<h1>{'推动老年大学提质扩容打造家门口的学习乐园'}更上层楼</h1><p>{LONG}</p>"))[0].replace(
            "\n", ""
        )
        == "推动老年大学提质扩容打造家门口的学习乐园更上层楼"
    )


def test_the_lead_of_a_paragraph_may_have_another_face() -> None:
    lead = "<span style='font-family:hei'>一、强化引领，不断把学习教育引向更深的地方和更广的人。</span>"
    (paragraph,) = document(printed(f"<p>{lead}{LONG}</p>")).paragraphs()
    assert len({run.look.face for run in paragraph.runs}) == 2
    assert paragraph.text.endswith(LONG)


def test_latin_words_keep_their_blanks() -> None:
    text = "他们用 Python 3.11 写了一个小程序，叫作 Silver Hair Reader，放在 https://example.org/reader 供大家取用，老同志说好用极了。"
    assert texts(printed(f"<p>{text}</p>")) == [text]


def test_a_password_is_told() -> None:
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed("<p>文字</p>"))) as pdf:
        pdf.save(content, encryption=pikepdf.Encryption(owner="甲", user="乙"))
    assert [each.code for each in read_pdf(content.getvalue(), "甲.pdf").problems] == ["import-pdf-password"]


def test_a_file_without_text_is_told() -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(300, 300)
    content = io.BytesIO()
    document.save(content)
    document.close()
    assert [each.code for each in read_pdf(content.getvalue(), "甲.pdf").problems] == ["import-pdf-scanned"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 100])
def test_a_broken_file_is_told(content: bytes) -> None:
    assert [each.code for each in read_pdf(content, "甲.pdf").problems] == ["import-pdf-broken"]


@pytest.mark.parametrize("chinese", ["", LONG * 3])
@pytest.mark.parametrize("mark", ["-", "\u2010"])
def test_a_hyphen_that_parts_a_word_is_left_out_and_told(mark: str, chinese: str) -> None:
    lines = f"The retired of the town met this after{mark}<br>noon to read aloud, and they were merry."
    style = (
        "@page{size:A5;margin:25mm}p{text-align-last:justify;text-indent:0}.first{text-align-last:left;text-indent:2em}"
    )
    read = document(printed(f"<p>{lines}</p><p class=first>{chinese}</p>", style))
    hyphens = [each.text for each in read.dropped if each.kind is DropKind.MARKUP]
    if mark == "-" and chinese:
        assert not hyphens  # it may be one of the word
        assert "after-noon" in read.text
    else:
        assert hyphens == [mark]
        assert next(read.paragraphs()).text == lines.replace(f"{mark}<br>", "")
    assert nothing_is_lost(read)


def test_blanks_of_latin_words_come_back_at_line_ends_and_nowhere_else() -> None:
    for before, after, blank in (
        ("welcome,", "young", " "), ("welcome.", "The", " "), ("May", "2026", " "), ("(APEC)", "in", " "),
        ("12", "kg", " "), ("example.", "org", ""), ("1,", "000", ""), ("3.", "5", ""), ("20", "26", ""),
        ("https://", "example", ""), ("（", "APEC", ""), ("好", "APEC", ""), ("APEC", "好", ""),
    ):  # fmt: skip
        (paragraph,) = document(
            printed(f"<p>{before}<br>{after}</p>", "p{margin:0 0 0 300pt;text-indent:0}")
        ).paragraphs()
        assert paragraph.text == before + blank + after


def test_a_hyphen_of_a_range_stays() -> None:
    text = "会期为" + "三" * 22 + "8-" + "12日，地点在老年大学一楼报告厅。"
    assert "8-12日" in "".join(texts(printed(f"<p>{text}</p>")))


def test_words_that_are_printed_twice_to_look_bold_are_read_once() -> None:
    text = LONG * 4
    twice = f"<div style='position:absolute;left:.4pt;top:0'>{text}</div>"
    read = document(printed(f"<div style='position:relative'>{text}{twice}</div><p>{LONG}</p>"))
    assert [each.text for each in read.paragraphs()] == [text, LONG]
    assert "".join(each.text for each in read.dropped if each.kind is DropKind.MARKUP) == text
    assert nothing_is_lost(read)


def test_a_word_written_twice_in_a_text_is_no_double() -> None:
    text = "人人人人都说好好好，天天天天向上上上。"
    assert texts(printed(f"<p>{text}</p>")) == [text]


def test_a_page_that_was_ended_by_hand_begins_a_new_one() -> None:
    full = "".join(f"<p>第{number}段。{LONG}</p>" for number in range(14))
    content = printed(f"{full}<p>末段。</p><h1 style='break-before:page'>第二篇稿件的题目</h1>{full}")
    begun = [each.text for each in document(content).paragraphs() if each.new_page]
    assert begun == ["第二篇稿件的题目"]
