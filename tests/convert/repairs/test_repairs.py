"""Each repair: what it changes, what it leaves, and that the list of repairs is all that happened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.convert.repairs import repair
from bulletin.model.foreign import (
    ForeignCell,
    ForeignDocument,
    ForeignNote,
    ForeignParagraph,
    ForeignTable,
    Look,
    Place,
    Run,
)
from bulletin.model.repair import Certainty, replay


def document(*texts: str) -> ForeignDocument:
    paragraphs = tuple(ForeignParagraph((Run(text),), Place(number)) for number, text in enumerate(texts, start=1))
    return ForeignDocument("来稿.txt", "txt", paragraphs)


PROSE = "各县区把这项工作作为全年重点，层层压实责任，逐项抓好落实，取得了明显成效，群众反映良好。"
LONG = "全市各级部门认真落实省里的统一部署，把服务群众作为出发点和落脚点，先后走访慰问困难群众三千余户，帮助解决实际问题五百多件，受到普遍欢迎，并在全省会议上介绍了"

REPAIRED = [
    ("2019 年走访 300 户，占全县 1/4 多。", "2019年走访300户，占全县1/4多。"),
    ("全市建成 94.7 万平方米，完成率 98 %。", "全市建成94.7万平方米，完成率98%。"),
    ("共印 340 份", "共印340份"),
    ("第 7 期（总第 494 期）", "第7期（总第494期）"),
    ("刘 文 生", "刘文生"),
    ("张　克", "张克"),
    ("责任编辑：杨 红 编辑：李小明", "责任编辑：杨红 编辑：李小明"),
    ("通　　知", "通知"),
    ("(2020年7月13日)", "（2020年7月13日）"),
    ("(一) 加强领导", "（一）加强领导"),
    ("（一） 加强领导", "（一）加强领导"),
    ("(1)落实责任", "（1）落实责任"),
    ("组通字[1997]10号", "组通字〔1997〕10号"),
    ("我们认为,要抓紧办.时间:8:30", "我们认为，要抓紧办。时间：8:30"),
    ('他说:"好."', "他说：“好。”"),
    ('要做到"三到位"和"四落实"。', "要做到“三到位”和“四落实”。"),
    ("“要发挥'神经末梢'的作用。”", "“要发挥‘神经末梢’的作用。”"),
    ("水电路气...都通了。", "水电路气……都通了。"),
    ("--在全省会议上的讲话", "——在全省会议上的讲话"),
    ("１９９７年ＧＤＰ增长８％", "1997年GDP增长8%"),
    ("１．加强领导", "1.加强领导"),
    ("工\u200b作\ufeff动\u00ad态", "工作动态"),
    ("共\u00a0340\u00a0份", "共340份"),
    ("⼯作⻓效", "工作长效"),
    ("甲方&nbsp;乙方&amp;丙方<b>丁方</b>", "甲方 乙方&丙方丁方"),
    ("**编辑：**李小明", "编辑：李小明"),
    ("责任编辑：李小明** 电话", "责任编辑：李小明 电话"),
    ("## 二、工作成效", "二、工作成效"),
    ("- 经验交流材料8篇", "•经验交流材料8篇"),
    ("※ 某县经验", "※某县经验"),
    ("　　同志们：", "同志们："),
    (PROSE.replace("，层层", "， 层层"), PROSE),
    (PROSE.replace("全年重点", "全年 重点"), PROSE),
]
KEPT = [
    "以政治建设为统领 不断提升工作水平",
    "网址 https://a.example/b,c?d=(e)",
    "执行 GB/T 9704(2012) 的规定",
    "函数f(x)的值",
    "比例为3:2，时间为8:30，约1,200人",
    "某省委办公厅 2020年7月23日",
    "报送单位名单：王小明 李小红 赵大伟",
    "It's a \"test\", isn't it?",
    "1. 企业重视",
    "——在全省会议上的讲话",
    "他说：“好……”",
    "以“文化+”集聚动能",
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), REPAIRED)
def test_repaired(before: str, after: str) -> None:
    repaired = repair(document(before))
    assert repaired.document.text == after
    assert repaired.repairs
    assert not any(each.certainty is Certainty.DOUBTFUL for each in repaired.repairs)


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert repair(document(text)).repairs == ()


DOUBTFUL = ["老年文化促进会 and 志愿者团队", '他说"这样不行。', "王 强 张 伟", '5"屏幕']


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_is_doubtful_is_listed_and_stays(text: str) -> None:
    repaired = repair(document(text))
    assert repaired.document.text == text
    assert [each.certainty for each in repaired.repairs] == [Certainty.DOUBTFUL]


@pytest.mark.parametrize("text", [each[1] for each in REPAIRED])
def test_what_was_repaired_needs_no_repair(text: str) -> None:
    again = repair(repair(document(text)).document)
    assert again.repairs == ()


JOINED = [
    ((LONG, "具体做法。", PROSE), (LONG + "具体做法。", PROSE)),
    (
        ("（一）坚持从建立完善各项工作制度入手逐步推进", "的做法", PROSE),
        ("（一）坚持从建立完善各项工作制度入手逐步推进的做法", PROSE),
    ),
    (("这一做法受到上级部门充分肯定和群众广泛好评，", "值得推广。"), ("这一做法受到上级部门充分肯定和群众广泛好评，值得推广。",)),
    ((LONG, "二是突出重点。"), (LONG, "二是突出重点。")),
    ((LONG, "三、主要成效"), (LONG, "三、主要成效")),
    ((LONG + "。", "另起一段。"), (LONG + "。", "另起一段。")),
    (("强化组织领导，提升服务水平", PROSE), ("强化组织领导，提升服务水平", PROSE)),
    (("突出典型引领，不断提高服务水平的实践与思考", "某县县委组织部"), ("突出典型引领，不断提高服务水平的实践与思考", "某县县委组织部")),
    ((LONG, "报：省委"), (LONG, "报：省委")),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), JOINED)
def test_joined(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert tuple(repair(document(*before)).document.text.split("\n")) == after


def test_the_rest_of_an_indented_paragraph_is_not_indented() -> None:
    long = [ForeignParagraph((Run(LONG + str(number)),), Place(number), indent_pt=32.0) for number in range(6)]
    joined = repair(ForeignDocument("来稿.docx", "docx", tuple(long))).document
    assert len(joined.blocks) == 6
    rest = ForeignParagraph((Run("典型经验。"),), Place(7))
    assert len(repair(ForeignDocument("来稿.docx", "docx", (*long, rest))).document.blocks) == 6


def test_bold_of_asterisks_stays_bold() -> None:
    runs = next(repair(document("**一、强化引领。**市委")).document.paragraphs()).runs
    assert runs == (Run("一、强化引领。", Look(bold=True)), Run("市委"))


def test_runs_keep_their_looks_notes_and_pictures() -> None:
    bold = Look(bold=True)
    runs = (
        Run("2019 ", bold),
        Run("年走"),
        Run("", note="1"),
        Run("访 30", bold),
        Run("", picture="a.png"),
        Run(" 户。"),
    )
    paragraph = ForeignParagraph(runs, Place(1), number="一、")
    repaired = repair(ForeignDocument("a.docx", "docx", (paragraph,))).document
    assert next(repaired.paragraphs()).runs == (
        Run("2019", bold), Run("年走"), Run("", note="1"), Run("访30", bold), Run("", picture="a.png"), Run("户。")
    )  # fmt: skip


def test_names_in_a_table_are_left_apart() -> None:
    cells = tuple(ForeignCell((ForeignParagraph((Run(text),)),)) for text in ("王 强 李小明", "张 克", "第 3 组"))
    repaired = repair(ForeignDocument("a.docx", "docx", (ForeignTable((cells,)),))).document
    assert repaired.text.split("\n") == ["王 强 李小明", "张克", "第 3 组"]


_PIECES = st.lists(
    st.sampled_from(
        [
            "工作",
            "年",
            "刘",
            " ",
            "\u3000",
            "19",
            "7",
            "(",
            ")",
            "（",
            ",",
            ".",
            "。",
            '"',
            "'",
            "**",
            "&nbsp;",
            "<br>",
            "# ",
            "- ",
            "\u200b",
            "⼯",
            "１",
            "...",
            "--",
            " and ",
            "http://a.b/c",
            "[2020]",
            "号",
            "abc",
            "\n",
            "：",
            "”",
            LONG,
        ]
    ),
    max_size=14,
).map("".join)


@given(st.lists(_PIECES, max_size=5), st.lists(_PIECES, max_size=3))
def test_the_list_of_repairs_is_all_that_happened(texts: list[str], cells: list[str]) -> None:
    blocks = tuple(
        ForeignParagraph(tuple(Run(part) for part in (text[:5], text[5:]) if part), Place(number), number=number * "•")
        for number, text in enumerate(texts)
    )
    table = ForeignTable((tuple(ForeignCell((ForeignParagraph((Run(text),)),)) for text in cells),))
    note = ForeignNote("1", blocks[:1])
    read = ForeignDocument("a.txt", "txt", (*blocks, table, *blocks[::-1]), (note,))
    repaired = repair(read)
    assert replay(read.text, repaired.repairs) == repaired.document.text


@pytest.mark.parametrize(
    "piece", ["(", "\"'", "* *", "刘 ", "<b ", "&#", "[2020]", "一、，", "- ", "…。", "1 ", "a@b."]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """A quadratic rule takes minutes for this."""
    repair(document(piece * 40_000))


def test_a_bullet_typed_behind_one_stays() -> None:
    paragraph = ForeignParagraph((Run("- 甲"),), Place(1), number="•")
    found = repair(ForeignDocument("页.html", "html", (paragraph,)))
    assert found.document.text == replay("•- 甲", found.repairs) == "•- 甲"


def test_what_is_a_program_keeps_every_blank_and_mark() -> None:
    text = 'if x  ==  "a" :\n    甲 = 乙[ 1 ]  # 见 (二) ...\u200b'
    paragraph = ForeignParagraph((Run(text),), Place(1), style="Code")
    (kept,) = repair(ForeignDocument("来稿.md", "md", (paragraph,))).document.paragraphs()
    assert kept.text == text.removesuffix("\u200b")
