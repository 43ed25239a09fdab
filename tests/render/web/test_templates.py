"""Templates of the web edition: what they say around a text, how titles break, how a bureau changes them."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from bulletin.compose import compose_web_edition
from bulletin.model.audience import Audience
from bulletin.model.collation import collation_key, initial
from bulletin.model.site import Around, Link, PdfCard
from bulletin.render.web.frame import make_frame, render_shared
from bulletin.render.web.furniture import by_initial, contents_of, file_size, list_path, long_date, reading_minutes
from bulletin.render.web.issue_pages import render_issue_pages
from bulletin.render.web.theme import masthead_face, theme_css
from bulletin.render.web.titles import phrases_of
from tests.conftest import ARTICLE, BASE, Make, article, load


def page(make: Make, files: dict[str, str | bytes | None], pdf: PdfCard | None = None) -> str:
    """The page of the first article of a publication."""
    issue = load(make(files))
    edition = compose_web_edition(issue, Audience.INTRANET)
    frame = make_frame(issue.publication, Audience.INTRANET)
    pages = render_issue_pages(edition, issue.publication, frame, Around(), pdf)
    return next(each.content.decode() for each in pages if each.path.endswith("01/01/index.html"))


def test_a_block_of_a_page_is_changed_by_a_template_that_builds_on_the_program_s(make: Make) -> None:
    own = '{% extends "builtin/web/article.html" %}{% block facts %}<p>本局说明</p>{% endblock %}'
    text = page(make, {"templates/web/article.html": own})
    assert "<p>本局说明</p>" in text
    assert 'class="facts"' not in text
    assert "正文一段。" in text


def test_a_part_of_every_page_is_replaced_by_a_file(make: Make) -> None:
    text = page(make, {"templates/web/footer.html": "<footer>本局页脚</footer>"})
    assert "<footer>本局页脚</footer>" in text
    assert "主办单位" not in text


def test_the_bureau_s_colours_are_a_style_sheet(make: Make) -> None:
    issue = load(make({"bulletin.yaml": BASE["bulletin.yaml"] + "web: {accent: '#004d40', accent_dark: '#80cbc4'}\n"}))
    sheets = {each.path.split(".")[0]: each.content.decode() for each in render_shared(issue.publication)}
    assert sheets["assets/theme"].startswith(":root { --accent-light: #004d40; --accent-dark: #80cbc4 }\n")


def test_the_title_has_the_face_of_the_masthead_cut_to_its_characters_with_its_licence(make: Make) -> None:
    issue = load(make())
    face = TTFont(BytesIO(masthead_face(issue.publication)))
    assert set(face.getBestCmap()) == set(map(ord, "测试动态"))
    assert "Open Font License" in face["name"].getDebugName(13)
    assert f"base64,{b64encode(masthead_face(issue.publication)).decode()}" in theme_css(issue.publication)


@pytest.mark.parametrize("title", ["测试动态\U0002a700", "".join(map(chr, range(0x4E00, 0x4E40)))])
def test_without_a_fit_face_the_title_has_the_reader_s(make: Make, title: str) -> None:
    publication = replace(load(make()).publication, title=title)
    assert masthead_face(publication) == b""
    assert "font-face" not in theme_css(publication)


def test_the_pdf_is_offered_with_its_size_and_the_page(make: Make) -> None:
    text = page(make, {}, PdfCard(1_300_000, 12, (3,)))
    assert '<a href="../2026-01.pdf#page=3">本期 PDF</a>（1.2 MB，本文第3页起）' in text
    assert ".pdf" not in page(make, {})


def test_what_authors_write_is_text_and_no_markup(make: Make) -> None:
    text = page(
        make,
        {
            ARTICLE: article(
                "&lt;script&gt;正文&lt;/script&gt;&amp;amp;", "kind: report\ntitle: 甲<b>&乙\norganization: 某<i>县"
            )
        },
    )
    assert "<b>" not in text
    assert "<i>" not in text
    assert "<script>正文" not in text


HEADINGS = "## 甲\n\n段。\n\n### 乙\n\n段。\n\n#### 丙\n\n段。\n\n**二、领起的话。**段。\n"


def test_the_contents_have_the_headings_of_two_levels_without_marks_of_notes(make: Make) -> None:
    issue = load(make({ARTICLE: article(HEADINGS)}))
    edition = compose_web_edition(issue, Audience.INTRANET)
    lines = contents_of(edition.articles[0])
    assert [(line.level, line.text) for line in lines] == [(1, "一、甲"), (2, "（一）乙"), (1, "二、领起的话")]


def test_two_headings_need_no_contents(make: Make) -> None:
    issue = load(make({ARTICLE: article("## 甲\n\n段。\n\n## 乙\n\n段。\n")}))
    assert contents_of(compose_web_edition(issue, Audience.INTRANET).articles[0]) == ()


@pytest.mark.parametrize(
    ("title", "phrases"),
    [
        ("五个片区五张网，山里老党员有了“身边支部”", ["五个|片区|五张|网，", "山里|老党员|有了|“身边|支部”"]),
        ("把支部建在家门口 让组织生活有温度", ["把支部|建在家门口 ", "让组织生活|有温度"]),
        ("请老专家走进油茶林", ["请老专家|走进|油茶林"]),
        ("在全省培训班上的总结讲话", ["在全省|培训班上的|总结|讲话"]),
        ("2026年工作要点", ["2026年|工作|要点"]),
        ("通知", ["通知"]),
    ],
)
def test_titles_break_between_phrases_and_then_between_words(title: str, phrases: list[str]) -> None:
    found = phrases_of(title)
    assert ["|".join(words) + blank for words, blank in found] == phrases
    assert "".join("".join(words) + blank for words, blank in found) == title


def test_what_is_said_around_a_text() -> None:
    assert long_date(date(2026, 7, 3)) == "2026年7月3日"
    assert [reading_minutes(count) for count in (0, 1, 300, 301, 3500)] == [1, 1, 1, 2, 12]
    assert [file_size(size) for size in (10, 88_000, 2**20 - 1, 2**20, 12_345_678)] == [
        "1 KB",
        "86 KB",
        "1024 KB",
        "1.0 MB",
        "11.8 MB",
    ]
    assert list_path("某局", "unit") != list_path("某局", "speaker")


def test_long_lists_are_parted_by_the_letters_of_names() -> None:
    names = ["A局", "鞍山市老年大学", "中共大连市委", "中共沈阳市委", "铁岭县", "喆某", "3号楼"]
    letters = [
        (letter, [link.name for link in group]) for letter, group in by_initial(Link("", each, 1) for each in names)
    ]
    assert letters == [
        ("A", ["A局", "鞍山市老年大学"]),
        ("D", ["中共大连市委"]),
        ("S", ["中共沈阳市委"]),
        ("T", ["铁岭县"]),
        ("其他", ["喆某", "3号楼"]),
    ]
    assert [initial(each) for each in "啊八擦大鹅发嘎哈机卡拉妈拿哦怕七然三他挖西压咱座"] == list(
        "ABCDEFGHJKLMNOPQRSTWXYZZ"
    )


def test_names_stand_in_the_order_of_their_sound() -> None:
    names = ["中共沈阳市委", "鞍山市老年大学", "中共大连市委", "铁岭县", "喆某", "A局"]
    assert sorted(names, key=collation_key) == [
        "A局",
        "鞍山市老年大学",
        "中共大连市委",
        "中共沈阳市委",
        "铁岭县",
        "喆某",
    ]
