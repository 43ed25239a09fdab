"""Manuscripts as they come: what is found before, in and after the body."""

from __future__ import annotations

from datetime import date

import pytest

from bulletin.convert.recognising import looks_like_issue, recognise_article
from bulletin.convert.repairs import repair
from bulletin.convert.text import read_markdown, read_text
from bulletin.model.draft import DraftArticle
from bulletin.model.foreign import (
    Alignment,
    ForeignBlock,
    ForeignCell,
    ForeignDocument,
    ForeignNote,
    ForeignParagraph,
    ForeignPicture,
    ForeignTable,
    Look,
    Place,
    Remark,
    Run,
)
from bulletin.model.prose import (
    Emphasis,
    Figure,
    Heading,
    ItemList,
    LineBreak,
    Link,
    NoteRef,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from bulletin.model.publication import Kind
from bulletin.model.walk import plain_text
from tests.convert.recognising.conserving import unlike

BODY = "全县各级部门认真落实统一部署，把服务群众作为出发点和落脚点，先后走访慰问困难群众三千余户，受到普遍欢迎。"
FANG, HEI, TITLE = Look("仿宋_GB2312", 16.0), Look("黑体", 16.0), Look("方正小标宋简体", 22.0)


def from_text(text: str) -> DraftArticle:
    read = read_text(text.encode(), "来稿.txt")
    assert read.value is not None
    repaired = repair(read.value)
    return recognised(repaired.document)


def recognised(document: ForeignDocument) -> DraftArticle:
    article = recognise_article(document)
    assert unlike(document, article) == {}
    return article


FRONTS = [
    ("标题一句话\n某县县委组织部\n", {"title": ("标题一句话",), "organization": "某县县委组织部", "kind": "report"}),
    ("标题一句话\n沙河县\n", {"organization": "沙河县"}),
    ("标题一句话\n（沙河县委老干部局）\n", {"organization": "沙河县委老干部局"}),
    ("标题一句话\n沙河县委老干部局  王丽\n", {"organization": "沙河县委老干部局", "speaker": "王丽", "kind": "report"}),
    ("标题一句话\n供稿单位：沙河县委老干部局\n", {"organization": "沙河县委老干部局"}),
    ("在全省工作会议上的讲话\n（2020年7月13日）\n刘 文 生\n", {"speaker": "刘文生", "date": date(2020, 7, 13), "kind": "speech"}),
    ("在全省工作会议上的讲话\n刘文生（2020年7月13日）\n", {"speaker": "刘文生", "date": date(2020, 7, 13)}),
    ("在全省工作会议上的讲话\n省委组织部副部长　刘文生\n二〇二〇年七月十三日\n", {"position": "省委组织部副部长", "speaker": "刘文生", "date": date(2020, 7, 13)}),
    ("在全省工作会议上的讲话\n省委组织部副部长刘文生\n", {"position": "省委组织部副部长", "speaker": "刘文生"}),
    ("凝心聚力 再谱新篇\n——在全省工作会议上的讲话\n欧阳春\n", {"title": ("凝心聚力 再谱新篇",), "subtitle": "在全省工作会议上的讲话", "speaker": "欧阳春"}),
    ("立足新形势 探索新举措\n全面提升服务工作水平\n沙河县民政局\n", {"title": ("立足新形势 探索新举措", "全面提升服务工作水平")}),
    ("关于印发《沙河县养老服务体系建设实施\n方案》的通知\n", {"title": ("关于印发《沙河县养老服务体系建设实施方案》的通知",)}),
    ("在全省老干部系统能力提升班暨 推进会上的讲话\n张 克\n", {"title": ("在全省老干部系统能力提升班暨推进会上的讲话",), "speaker": "张克"}),
    ("【经验交流】\n标题一句话\n沙河县民政局\n", {"title": ("标题一句话",), "organization": "沙河县民政局"}),
    ("编者按：值得学习。\n标题一句话\n沙河县民政局\n", {"editors_note": "值得学习。", "title": ("标题一句话",)}),
    ("标题一句话\n沙河县民政局\n【编者按】值得学习。\n", {"editors_note": "值得学习。", "organization": "沙河县民政局"}),
    ("附件1\n口述资料登记表\n", {"kind": "attachment", "title": ("口述资料登记表",)}),
    ("", {"title": ()}),
]  # fmt: skip


@pytest.mark.parametrize(("front", "fields"), FRONTS)
def test_fronts(front: str, fields: dict[str, object]) -> None:
    article = from_text(front + BODY + "\n" + BODY)
    assert {name: getattr(article, name) for name in fields} == fields
    assert [plain_text(block.content) for block in article.blocks if isinstance(block, Paragraph)] == [BODY, BODY]


ENDS = [
    ("\n（沙河县委老干部局供稿）", "沙河县委老干部局", None, "report"),
    ("\n（作者单位：沙河县委老干部局）", "沙河县委老干部局", None, "report"),
    ("\n供稿：沙河县委老干部局", "沙河县委老干部局", None, "report"),
    ("\n沙河县民政局\n2021年9月6日", "沙河县民政局", date(2021, 9, 6), "notice"),
]


@pytest.mark.parametrize(("end", "organization", "day", "kind"), ENDS)
def test_ends(end: str, organization: str, day: date | None, kind: str) -> None:
    article = from_text("标题一句话\n" + BODY + end)
    assert (article.organization, article.date, article.kind) == (organization, day, kind)
    assert len(article.blocks) == 1


def test_kinds_of_the_publication_are_known_by_what_they_ask() -> None:
    kinds = tuple(
        Kind(name, name, byline, (), "", "", spaced_byline=False, signed=signed, attachment=attachment)
        for name, byline, signed, attachment in (
            ("经验", "organization", False, False), ("文件", "organization", True, False), ("讲稿", "speaker", False, False)
        )
    )  # fmt: skip
    document = read_text(f"在会议上的讲话\n（2020年7月13日）\n张克\n{BODY}".encode(), "来稿.txt").value
    assert document is not None
    assert recognise_article(document, (), kinds).kind == "讲稿"


HEADED = [
    ("一、甲\n" + BODY + "\n二、乙\n" + BODY, [(1, "甲"), (1, "乙")]),
    (
        "一、甲\n（一）子\n" + BODY + "\n（二）丑\n" + BODY + "\n1.鼠\n" + BODY,
        [(1, "甲"), (2, "子"), (2, "丑"), (3, "鼠")],
    ),
    ("（一）子\n" + BODY, [(2, "子")]),
    ("一、甲\n" + BODY + "\n三、丙\n" + BODY, [(1, "甲"), (1, "三、丙")]),
    ("1.身份证\n2.户口本\n3.申请表\n" + BODY, []),
    (BODY + "\n下一步打算\n" + BODY, []),
]


@pytest.mark.parametrize(("body", "headings"), HEADED)
def test_headings(body: str, headings: list[tuple[int, str]]) -> None:
    article = from_text("标题一句话\n沙河县民政局\n" + body)
    assert [
        (block.level, plain_text(block.content)) for block in article.blocks if isinstance(block, Heading)
    ] == headings


LEADS = [
    ("一、强化引领。" + BODY, "一、强化引领。"),
    ("（一）强化引领。" + BODY, "（一）强化引领。"),
    ("1.强化引领。" + BODY, "1.强化引领。"),
    ("一是强化引领。" + BODY, None),
    ("1.到2020年底，全县建成养老服务设施二百余处，覆盖所有乡镇和街道社区以及九成以上的行政村。" + BODY, None),
]


@pytest.mark.parametrize(("text", "lead"), LEADS)
def test_run_in_headings(text: str, lead: str | None) -> None:
    block = from_text("标题一句话\n沙河县民政局\n" + text).blocks[0]
    assert isinstance(block, Paragraph)
    first = block.content[0]
    assert (plain_text(first.content) if isinstance(first, Strong) else None) == lead


def word(*blocks: ForeignBlock, notes: tuple[ForeignNote, ...] = (), remarks: tuple[Remark, ...] = ()) -> DraftArticle:
    pictures = (ForeignPicture("a.png", b"x", "一张图"),)
    return recognised(ForeignDocument("来稿.docx", "docx", blocks, notes, pictures, remarks=remarks))


def line(text: str, look: Look = FANG, **fields: object) -> ForeignParagraph:
    line.count += 1  # type: ignore[attr-defined]
    return ForeignParagraph((Run(text, look),), Place(line.count), **fields)  # type: ignore[attr-defined, arg-type]


line.count = 0  # type: ignore[attr-defined]


def test_automatic_numbers_are_the_programs() -> None:
    title = line("标题一句话", TITLE, alignment=Alignment.CENTER)
    blocks = word(
        title, line("甲", number="一、", level=1), line(BODY), line("子", number="（一）", level=2), line(BODY)
    ).blocks
    assert [(block.level, block.content) for block in blocks if isinstance(block, Heading)] == [
        (1, (Text("甲"),)),
        (2, (Text("子"),)),
    ]


def test_headings_without_numbers_by_style_and_by_look() -> None:
    article = word(line("标题", TITLE), line("工作成效", level=2), line(BODY), line("几点体会", HEI), line(BODY))
    heading, _, lead, _ = article.blocks
    assert isinstance(heading, Heading)
    assert heading.level == 1
    assert isinstance(lead, Paragraph)
    assert lead.content == (Strong((Text("几点体会"),)),)
    assert [doubt.block for doubt in article.doubts if "序号" in str(doubt.what)] == [0]


def test_a_bold_lead_is_taken_where_the_file_shows_one() -> None:
    bold = ForeignParagraph((Run("1.抓实，", FANG), Run(BODY, FANG)), Place(900))
    lead = ForeignParagraph((Run("1.抓实。", Look("仿宋_GB2312", 16.0, bold=True)), Run(BODY, FANG)), Place(901))
    plain, run_in = word(line("标题", TITLE), bold, lead).blocks
    assert isinstance(plain, Paragraph)
    assert isinstance(run_in, Paragraph)
    assert plain.content == (Text("1.抓实，" + BODY),)
    assert run_in.content == (Strong((Text("1.抓实。"),)), Text(BODY))


def test_inlines() -> None:
    runs = (
        Run("见", FANG), Run("通知", FANG, link="https://a.example/b"), Run("和", FANG), Run("附件", FANG, link="file:///c"),
        Run("重要", Look("仿宋_GB2312", 16.0, bold=True)), Run("楷体字", Look("楷体", 16.0)), Run("", note="3"), Run("一行\n又一行。", FANG),
    )  # fmt: skip
    note = ForeignNote("3", (line("注文。"),))
    article = word(line("标题", TITLE), line(BODY), ForeignParagraph(runs, Place(800)), notes=(note,))
    block = article.blocks[1]
    assert isinstance(block, Paragraph)
    span = block.span
    assert block.content == (
        Text("见"), Link("https://a.example/b", (Text("通知"),), span), Text("和附件"), Strong((Text("重要"),)),
        Emphasis((Text("楷体字"),)), NoteRef("3", span), Text("一行"), LineBreak(), Text("又一行。"),
    )  # fmt: skip
    assert [(note.label, plain_text(note.content)) for note in article.notes] == [("3", "注文。")]


def cell(text: str, columns: int = 1, rows: int = 1) -> ForeignCell:
    return ForeignCell((line(text),), columns, rows)


def test_tables() -> None:
    table = ForeignTable(
        ((cell("各县情况表", 3),), (cell("县", rows=2), cell("户数", 2)), (cell("去年"), cell("今年")), (cell("甲"), cell("1"), cell("2"))),
        Place(700),
    )  # fmt: skip
    article = word(line("标题", TITLE), line(BODY), table)
    _, caption, found = article.blocks
    assert isinstance(caption, Paragraph)
    assert isinstance(found, Table)
    texts = [[plain_text(each) for each in row] for row in (found.head, *found.rows)]
    assert texts == [["县", "户数", ""], ["", "去年", "今年"], ["甲", "1", "2"]]
    assert [doubt.block for doubt in article.doubts if "合并" in str(doubt.what)] == [2]


def test_pictures_captions_lists_and_quotations() -> None:
    picture = ForeignParagraph((Run("", picture="a.png"),), Place(600))
    caption = line("图1 走访慰问", alignment=Alignment.CENTER)
    items = [
        line("甲", number="◆", list_level=0),
        line("乙", number="•", list_level=1),
        line("丙", number="◆", list_level=0),
    ]
    quoted = [line(BODY, style="Quote"), line("乙" + BODY, style="Quote")]
    article = word(line("标题", TITLE), line(BODY), picture, caption, *items, *quoted)
    _, figure, items_, quote = article.blocks
    assert isinstance(figure, Figure)
    assert (figure.picture, figure.alternative, figure.caption) == ("a.png", "一张图", "图1 走访慰问")
    assert isinstance(items_, ItemList)
    assert [(item.mark, len(item.blocks)) for item in items_.items] == [("•", 2), ("•", 1)]
    assert isinstance(quote, Quote)
    assert len(quote.blocks) == 2


def test_what_is_doubtful_stands_at_its_block() -> None:
    read = read_text(f"标题一句话\n沙河县民政局\n{BODY}\n促进会 and 志愿者团队。".encode(), "来稿.txt")
    assert read.value is not None
    repaired = repair(read.value)
    article = recognise_article(repaired.document, repaired.repairs)
    assert [(doubt.block, "and" in str(doubt.what)) for doubt in article.doubts] == [(1, True)]


def test_comments_stand_at_their_block() -> None:
    title, first, second = line("标题", TITLE), line(BODY), line(BODY)
    remark = Remark("数字待核", "三千余户", "王丽", second.place)
    assert word(title, first, second, remarks=(remark,)).remarks == ((1, "王丽：“三千余户”数字待核"),)


def test_markdown_of_others() -> None:
    read = read_markdown(f"# 标题一句话\n\n沙河县民政局\n\n## 甲\n\n{BODY}\n\n1. 一项\n2. 二项\n".encode(), "来稿.md")
    assert read.value is not None
    article = recognised(read.value)
    heading, _, items = article.blocks
    assert (article.title, article.organization) == (("标题一句话",), "沙河县民政局")
    assert isinstance(heading, Heading)
    assert heading.level == 1
    assert isinstance(items, ItemList)
    assert [item.mark for item in items.items] == ["1.", "2."]


NO_ISSUES = [
    "关于举办第12期培训班的通知\n各县局：\n" + BODY,
    "标题\n" + BODY + "第7期简报刊发了这一做法。",
    "第一期\n" + BODY,
]


@pytest.mark.parametrize("text", NO_ISSUES)
def test_a_manuscript_is_no_issue(text: str) -> None:
    read = read_text(text.encode(), "来稿.txt")
    assert read.value is not None
    assert not looks_like_issue(read.value)


@pytest.mark.parametrize("style", ["Code", "Quote"])
def test_a_short_body_beside_what_is_set_off_is_no_title(style: str) -> None:
    program = line("x" * 300, Look("宋体", 10.5), style=style)
    sentence = "正文一段话，说明程序怎样用，请各位同志照着做。"
    article = word(line("标题一句话", TITLE, alignment=Alignment.CENTER), line(sentence), program)
    assert (article.title, plain_text(article.blocks[0].content)) == (("标题一句话",), sentence)  # type: ignore[union-attr]
