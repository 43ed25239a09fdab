"""Pages of content management systems, WeChat and Word give the paragraphs that a reader sees."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from bulletin.convert.web_page import read_html
from bulletin.convert.web_page.pictures import PIXEL_LIMIT
from bulletin.model.foreign import Alignment, ChangeKind, DropKind, ForeignTable
from tests.convert.web_page.pages import document, nothing_is_lost, texts


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("甲<div>乙</div>丙", ["甲", "乙", "丙"]),
        ("<section><section><p>甲</p></section></section><section>乙</section>", ["甲", "乙"]),
        ("<p>甲<br>乙</p>", ["甲\n乙"]),
        ("<p>甲<br><br>乙<br><br><br>丙<br></p>", ["甲", "乙", "丙"]),
        ("<p>甲<br>　　乙<br>&nbsp;&nbsp;&nbsp;丙</p>", ["甲", "　　乙", "\xa0\xa0\xa0丙"]),
        ("<p>　　甲</p>", ["　　甲"]),
        ("<p>老同志\n读书 会</p>", ["老同志读书 会"]),
        ("<p>Silver\nHair  Reader</p>", ["Silver Hair Reader"]),
        ("<p> 甲 <b> 乙</b> </p>", ["甲 乙"]),
        ("<pre>甲  乙\n丙</pre>", ["甲  乙\n丙"]),
        ("<p>&lt;甲&gt;&amp;&#20057;&copy;</p>", ["<甲>&乙©"]),
        ("<span style='display:block'>甲</span><span style='display:block'>乙</span>", ["甲", "乙"]),
        ("<p></p><p><br></p><p>&#8203;</p><p>甲</p>", ["\u200b", "甲"]),
        ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ("<ol start=3 type=a><li>甲<li value=5>乙</ol>", ["c.甲", "e.乙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2.甲", "1.乙"]),
        ("<ol style='list-style-type:cjk-ideographic' start=9><li>甲<li>乙<li>丙</ol>", ["九、甲", "十、乙", "十一、丙"]),
        ("<ol style='list-style-type:upper-roman'><li value=14>甲</ol>", ["XIV.甲"]),
        ("<ul><li>甲<ul><li>乙</ul><li>丙</ul>", ["•甲", "◦乙", "•丙"]),
        ("<ul style='list-style:none'><li>甲</ul>", ["甲"]),
        ("<li>甲", ["甲"]),
        ("Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000200\r\n<html><body><p>甲</p></body></html>", ["甲"]),
    ],
)  # fmt: skip
def test_paragraphs(page: str, paragraphs: list[str]) -> None:
    assert texts(page) == paragraphs


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_encodings(encoding: str) -> None:
    page = "<html><head>{}</head><body><p>离退休干部党支部的学习园地，每周都有新的内容</p></body></html>"
    declared = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">' if encoding == "gbk" else ""
    assert texts(page.format(declared).encode(encoding)) == ["离退休干部党支部的学习园地，每周都有新的内容"]
    assert texts(page.format("").encode(encoding)) == ["离退休干部党支部的学习园地，每周都有新的内容"]


def test_looks_come_from_tags_and_inline_styles() -> None:
    page = (
        "<p style='text-align:center'><span style=\"font-family:'黑体',SimHei;font-size:22pt\">题</span></p>"
        "<p style='text-indent:2em;font-size:16px'>正<b>文</b><i>字</i><font face=楷体 size=5>楷</font></p>"
        "<h2 align=right>一</h2><p style='font:italic bold 14pt/1.5 仿宋'>短</p><p style='font-size:120%'>大</p>"
    )
    title, body, heading, short, large = document(page).paragraphs()
    assert (title.alignment, title.runs[0].look.face, title.runs[0].look.size_pt) == (Alignment.CENTER, "黑体", 22)
    assert body.indent_pt == 24
    assert [(run.look.size_pt, run.look.bold, run.look.italic, run.look.face) for run in body.runs] == [
        (12, False, False, ""), (12, True, False, ""), (12, False, True, ""), (18, False, False, "楷体"),
    ]  # fmt: skip
    assert (heading.level, heading.alignment, heading.runs[0].look.bold) == (2, Alignment.RIGHT, True)
    look = short.runs[0].look
    assert (look.face, look.size_pt, look.bold, look.italic) == ("仿宋", 14, True, True)
    assert large.runs[0].look.size_pt == 14.4


def test_what_is_not_shown_is_dropped_and_told() -> None:
    page = (
        "<p>甲<span style='display:none'>一</span><span hidden>二</span><span class='sr-only'>三</span>"
        "<span style='visibility:hidden'>四</span><span style='mso-hide:all'>五</span><!-- 六批注 --><!-- ad -->"
        "<script>x</script><style>y</style><ruby>乙<rt>yǐ</rt></ruby><button>分享</button></p>"
    )
    read = document(page)
    assert read.text == "甲乙"
    assert [(each.kind, each.text) for each in read.dropped] == [
        (DropKind.HIDDEN, "一"), (DropKind.HIDDEN, "二"), (DropKind.HIDDEN, "三"), (DropKind.HIDDEN, "四"),
        (DropKind.HIDDEN, "五"), (DropKind.HIDDEN, "六批注"), (DropKind.MARKUP, "yǐ"), (DropKind.MARKUP, "分享"),
    ]  # fmt: skip
    assert nothing_is_lost(read)


def test_an_article_of_wechat_is_not_hidden() -> None:
    page = (
        "<body><div>微信扫一扫</div><h1 id=activity-name>老有所学</h1><span>某局 2026年3月5日</span>"
        "<div id=js_content style='visibility: hidden; opacity: 0'><section><p>" + "银龄课堂开课了。" * 20 + "</p>"
        "<p><img data-src='https://mmbiz.qpic.cn/a' src='data:,'></p></section></div><div>阅读原文</div></body>"
    )
    read = document(page)
    assert [paragraph.text for paragraph in read.paragraphs()] == ["老有所学", "银龄课堂开课了。" * 20]
    assert [each.text for each in read.dropped] == ["微信扫一扫", "某局 2026年3月5日", "阅读原文"]
    assert nothing_is_lost(read)
    assert [each.code for each in read_html(page.encode(), "网页.html").problems] == ["import-html-pictures"]


@pytest.mark.parametrize(
    "main", ["<div class=TRS_Editor>{}</div>", "<article>{}</article>", "<main>{}</main>", "<div id=zoom>{}</div>"]
)
def test_the_article_of_a_site_is_found(main: str) -> None:
    page = (
        "<body><nav>首页 &gt; 动态</nav>"
        + main.format("<p>" + "老年大学新学期开课。" * 9 + "</p>")
        + "<div>主办：某局</div></body>"
    )
    read = document(page)
    assert read.text == "老年大学新学期开课。" * 9
    assert [each.text for each in read.dropped] == ["首页 > 动态", "主办：某局"]
    assert nothing_is_lost(read)


def test_tables_keep_their_spans() -> None:
    page = (
        "<p>前</p><table><caption>表一</caption><tr><th colspan=2>单位<th rowspan=9>人数"
        "<tr><td><p>甲</p><p>乙</p><td>丙</table><p>后</p>"
    )
    before, caption, table, after = document(page).blocks
    assert isinstance(table, ForeignTable)
    assert [
        [(cell.columns, cell.rows, [each.text for each in cell.paragraphs]) for cell in row] for row in table.rows
    ] == [
        [(2, 1, ["单位"]), (1, 2, ["人数"])],
        [(1, 1, ["甲", "乙"]), (1, 1, ["丙"])],
    ]
    assert [each.text for each in (before, caption, after) if not isinstance(each, ForeignTable)] == [
        "前",
        "表一",
        "后",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><p>甲</p><p>乙</p></td></tr></table>",
        "<table role=presentation><tr><td>甲</td><td>乙</td></tr></table>",
        "<table><tr><td>甲<td><table><tr><td>乙</table></table>",
    ],
)
def test_tables_of_layout_are_paragraphs(page: str) -> None:
    assert texts(page) == ["甲", "乙"]
    assert all(not isinstance(block, ForeignTable) for block in document(page).blocks)


def test_links_by_the_policy() -> None:
    page = (
        "<p><a href='https://a.cn/x'>甲</a><a href='mailto:a@b.cn'>乙</a><a href='http://a.cn'>丙</a>"
        "<a href='javascript:alert(1)'>丁</a><a href='file:///etc/passwd'>戊</a><a href='/x'>己</a><a href='#x'>庚</a></p>"
    )
    runs = [(run.text, run.link) for paragraph in document(page).paragraphs() for run in paragraph.runs]
    assert runs == [("甲", "https://a.cn/x"), ("乙", "mailto:a@b.cn"), ("丙", "http://a.cn"), ("丁戊己庚", "")]
    (problem,) = read_html(page.encode(), "网页.html").problems
    assert "3 个链接" in str(problem.message)


def picture(form: str = "PNG", size: tuple[int, int] = (4, 3)) -> str:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, form)
    return f"data:image/{form.lower()};base64," + base64.b64encode(file.getvalue()).decode()


def test_pictures_that_the_page_holds_come_along() -> None:
    page = (
        f"<p>甲<img src='{picture()}' alt='合影'></p><p><img src='{picture('GIF')}'><img src='{picture('JPEG')}'></p>"
    )
    read = document(page)
    assert [(each.name, each.alternative) for each in read.pictures] == [
        ("picture-1.png", "合影"), ("picture-2.png", ""), ("picture-3.jpg", ""),
    ]  # fmt: skip
    assert [run.picture for paragraph in read.paragraphs() for run in paragraph.runs if run.picture] == [
        "picture-1.png", "picture-2.png", "picture-3.jpg",
    ]  # fmt: skip
    assert all(Image.open(io.BytesIO(each.content)).size == (4, 3) for each in read.pictures)


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/a.png", "data:image/png;base64,AAAA", "data:image/svg+xml,<svg/>", "data:image/png,%zz",
        picture(size=(PIXEL_LIMIT // 1000 + 1, 1001)),
    ],
    ids=["elsewhere", "broken", "drawing", "nothing", "bomb"],
)  # fmt: skip
def test_other_pictures_are_told(source: str) -> None:
    outcome = read_html(f"<p>甲<img src='{source}' alt='合影'></p>".encode(), "网页.html")
    assert outcome.value is not None
    assert not outcome.value.pictures
    assert [each.code for each in outcome.problems] == ["import-html-pictures"]
    assert "合影" in str(outcome.problems[0].message)


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><title>稿</title>
<!--[if gte mso 9]><xml><o:Author>张三</o:Author></xml><![endif]--><style>p.MsoNormal{margin:0}</style></head><body lang=ZH-CN>
<h1 style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>一、<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>抓学习</h1>
<p class=MsoNormal style='text-indent:32.0pt'><span lang=ZH-CN style='font-size:16.0pt;font-family:仿宋'>老同志们
在一起读书<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span><![if !supportFootnotes]>[1]<![endif]></span></a>，<del
cite="mailto:x">很</del><ins cite="mailto:x">都</ins>高兴。<o:p></o:p></span></p>
<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%"><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1">[1]</a> 每周三。</p></div></div></body></html>"""


def test_words_own_html() -> None:
    read = document(WORD)
    heading, body = (block for block in read.blocks if not isinstance(block, ForeignTable))
    assert (heading.number, heading.level, heading.list_level, heading.text) == ("一、", 1, 0, "一、抓学习")
    assert body.text == "老同志们在一起读书，都高兴。"
    assert (body.style, body.indent_pt, body.runs[0].look.face, body.runs[0].look.size_pt) == (
        "MsoNormal",
        32,
        "仿宋",
        16,
    )
    assert [(note.label, [each.text for each in note.paragraphs]) for note in read.notes] == [("1", ["每周三。"])]
    assert [run.note for run in body.runs if run.note] == ["1"]
    assert [(each.kind, each.text) for each in read.changes] == [
        (ChangeKind.DELETED, "很"),
        (ChangeKind.INSERTED, "都"),
    ]
    assert nothing_is_lost(read)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import-html-empty"),
        (b"<html><body></body></html>", "import-html-empty"),
        (b"<!-- x -->", "import-html-empty"),
        (b"<p>" + b"\xff\xfe\xfd" * 9, "encoding"),
        (b"<b>" * 400_000, "import-html-size"),
        (b"x" * (8 * 1024**2 + 1), "import-html-size"),
        (b"<div>" * 5_000 + "深".encode(), "import-html-deep"),
    ],
    ids=["nothing", "no text", "a comment", "no encoding", "tags", "bytes", "depth"],
)
def test_what_cannot_be_read_is_told(content: bytes, code: str) -> None:
    outcome = read_html(content, "网页.html")
    assert (outcome.value, [each.code for each in outcome.problems]) == (None, [code])
