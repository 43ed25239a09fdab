"""Templates of the web edition: what they say around a text, how titles break, how a bureau changes them."""

from __future__ import annotations

import re
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
from bulletin.render.web.furniture import (
    by_initial,
    by_section,
    contents_of,
    file_size,
    list_path,
    long_date,
    telephones,
)
from bulletin.render.web.issue_pages import render_issue_pages
from bulletin.render.web.theme import masthead_face, theme_css
from bulletin.render.web.titles import phrases_of
from tests.conftest import ARTICLE, BASE, REPOSITORY, Make, article, load
from tests.machine_site import make_machine_site
from tests.sites import picture


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


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("长桥路18号，电话 0386-8612000", {"0386-8612000": "tel:+863868612000"}),
        (
            "024-86214322、010 66012399转8012。",
            {"024-86214322": "tel:+862486214322", "010 66012399转8012": "tel:+861066012399"},
        ),
        (
            "（0386）8612000，手机13912345678",
            {"（0386）8612000": "tel:+863868612000", "13912345678": "tel:+8613912345678"},
        ),
        ("400-810-8888", {"400-810-8888": "tel:+864008108888"}),
        ("2026年10月13日，20261013，0386-861，36010002000018号，1.13万，辽ICP备05023109号-3", {}),
        ("", {}),
    ],
)
def test_telephone_numbers_are_known_by_their_form(text: str, called: dict[str, str]) -> None:
    parts = telephones(text)
    assert "".join(part for part, _ in parts) == text
    assert {part: address for part, address in parts if address} == called


def test_a_telephone_number_in_a_text_is_kept_together_and_reads_the_same(make: Make) -> None:
    text = page(make, {ARTICLE: article("联系电话：0386-8612047，张三。\n\n**0386-8612048**")})
    assert '<p>联系电话：<span class="tel">0386-8612047</span>，张三。</p>' in text
    assert '<span class="tel">0386-8612048</span>' in text


SITE = """web:
  contact: 长桥路18号，电话 0386-8612000
  id_code: bm36000001
  icp: 江ICP备2026000001号
  police: 江公网安备36000002000001号
  report_url: https://zhaocuo.example.cn/
  party_government_mark: {url: "https://bszs.example.cn/sitename?id=1"MARK}
"""
REGISTERED = (
    "bm36000001",
    "beian.miit.gov.cn",
    "beian.mps.gov.cn",
    "我为政府网站找错",
    "https://bszs.example.cn/sitename?id=1",
)


def foot(make: Make, audience: Audience, mark: str = "") -> str:
    """The foot of the page for what is missing."""
    red = picture(90, 120)
    root = make({"bulletin.yaml": BASE["bulletin.yaml"] + SITE.replace("MARK", mark), "assets/mark.png": red})
    made = make_machine_site(root, audience)
    return made.pages["404.html"].partition("<footer")[2]


def test_the_foot_names_all_that_a_government_site_is_registered_by(make: Make) -> None:
    said = foot(make, Audience.PUBLIC)
    for each in (
        *REGISTERED,
        "主办单位：",
        "网站地图",
        "转载请注明来源：",
        '<a class="tel" href="tel:+863868612000">0386-8612000</a>',
    ):
        assert each in said, each
    assert '">党政机关标识</a>' in said


def test_the_mark_is_shown_by_its_picture_where_there_is_one(make: Make) -> None:
    said = foot(make, Audience.PUBLIC, ", picture: assets/mark.png")
    assert re.search(
        r'<a class="vouched" href="https://bszs[^"]+"><img src="/assets/mark\.[0-9a-f]{12}\.png" alt="党政机关标识" width="90" height="120">',
        said,
    )
    assert '">党政机关标识</a>' not in said


def test_the_foot_of_the_intranet_is_that_of_no_public_site(make: Make) -> None:
    said = foot(make, Audience.INTRANET)
    assert not [each for each in REGISTERED if each in said]
    assert "内部资料 · 注意保存" in said
    assert "转载请注明来源" not in said


SPEECH = "kind: speech\ntitle: 标题\nspeaker: 张三\nposition: 某局局长\ndate: 2026-01-13"
NOTICE = "kind: notice\ntitle: 关于征集的通知\norganization: 某局\ndate: 2026-01-20"
FORM = "kind: attachment\ntitle: 登记表"


def test_an_article_tells_when_it_was_given_and_when_it_was_published(make: Make) -> None:
    text = page(make, {ARTICLE: article("正文。", SPEECH)})
    assert '<li>发布日期：<time datetime="2026-01-20">2026年1月20日</time></li>' in text
    assert '<li>讲话日期：<time datetime="2026-01-13">2026年1月13日</time></li>' in text
    later = page(make, {ARTICLE: article("正文。", NOTICE)})
    assert "成文日期" not in later, "it is that of the issue"
    older = page(make, {ARTICLE: article("正文。", NOTICE.replace("01-20", "01-15"))})
    assert '<li>成文日期：<time datetime="2026-01-15">' in older


def test_who_speaks_is_named_with_his_office(make: Make) -> None:
    text = page(make, {ARTICLE: article("正文。", SPEECH)})
    assert re.search(
        r'<p class="byline"><span class="position">某局局长</span> <span data-text><a [^>]+>张三</a></span></p>', text
    )
    assert "分钟" not in text


def test_sections_stand_in_the_order_of_the_kinds_and_an_attachment_with_its_article(make: Make) -> None:
    """Whatever the order in the issue: here the notice with its form comes first, then the report, then the speech."""
    files: dict[str, str | bytes | None] = {
        "issues/2026-01/01-notice.md": article("正文。", NOTICE),
        "issues/2026-01/02-form.md": article("表。", FORM),
        "issues/2026-01/03-report.md": article("正文。"),
        "issues/2026-01/04-speech.md": article("正文。", SPEECH),
        ARTICLE: None,
    }
    made = make_machine_site(make(files), Audience.INTRANET)
    for path in ("index.html", "2026/01/index.html"):
        names = re.findall(r"<h3>(.*?)</h3>", made.pages[path])
        assert names[:3] == ["领导讲话", "经验交流材料", "通知公告"], path
        assert "附件" not in names
        assert made.pages[path].index("登记表") > made.pages[path].index("关于")
    attached = made.pages["2026/01/02/index.html"]
    assert '所属文章：<a href="../../../2026/01/01/index.html">关于征集的通知</a>' in attached
    assert '附件：<a href="../../../2026/01/02/index.html">登记表</a>' in made.pages["2026/01/01/index.html"]
    kinds = [link.name for link in made.lists[0].groups[0][1]]
    assert kinds == ["领导讲话", "经验交流材料", "通知公告"]
    assert "登记表" not in made.pages["kind/notice/index.html"]
    assert "3篇" in made.pages["archive/index.html"]


def test_a_group_is_made_of_each_section(make: Make) -> None:
    edition = compose_web_edition(load(make()), Audience.INTRANET)
    assert by_section(()) == ()
    assert by_section(edition.cards) == (("经验交流材料", edition.cards),)


def test_the_site_s_map_leads_to_every_list(make: Make) -> None:
    made = make_machine_site(REPOSITORY)
    said = made.pages["sitemap/index.html"]
    for path in (
        "",
        "archive/",
        "browse/",
        "search/",
        "help/",
        "2026/",
        *(f"{each.path}/" for each in made.site.lists),
    ):
        assert f'<a href="../{path}index.html">' in said, path
    assert all('sitemap/index.html">网站地图</a>' in text for text in made.pages.values())


def test_each_thing_has_one_name() -> None:
    """What was called by two names is called by one, in every template and script that readers see."""
    folders = (REPOSITORY / "templates/web", REPOSITORY / "assets/js")
    for path in (path for folder in folders for path in folder.iterdir()):
        said = path.read_text("utf-8")
        found = [
            word
            for word in (
                "检索",
                "各期存档",
                "分类浏览",
                "使用帮助",
                "标题目录",
                "还原",
                "配色",
                "高对比",
                "供稿单位",
                "站点地图",
            )
            if word in said
        ]
        assert found == [], path.name
