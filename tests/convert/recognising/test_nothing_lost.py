"""Whatever a document holds: recognising it ends, and keeps every character."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.convert.recognising import looks_like_issue, recognise_article, recognise_issue
from bulletin.convert.repairs import repair
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
    Run,
)
from bulletin.model.numbering import sections_of
from tests.convert.recognising.conserving import unlike

TEXTS = (
    "内部资料", "机密★1年", "工作动态", "第7期（总第494期）", "2020年第七期", "增刊", "某市委办公室编 2020年7月23日", "中共某省委老干部局", "二〇二〇年七月二十三日",
    "本期要览", "目 录", "【经验交流】", "以政治建设为统领 不断提升水平…………3", "以政治建设为统领", "不断提升水平", "——在全省会议上的讲话", "（2020年7月13日）",
    "2020年2月30日", "刘文生", "省委组织部副部长 刘文生", "某县委组织部 王丽", "作者：王丽", "同志们：", "各市委组织部：", "编者按：", "编者按：值得一读。", "附件1", "附件：",
    "附件：1.登记表", "1.登记表", "一、提升站位", "一、提升站位。全市上下认真抓好落实，取得明显成效。", "三、越过了二", "（一）统一思想", "（1）细处", "1. 短项", "2. 短项", "正文一段，说明情况。",
    "一是抓早；二是抓小。", "（某县供稿）", "（作者单位：某县委）", "图1 示意图", "报：省委常委；", "省委办公厅、省政府办公厅。", "送：各市、县（市）区", "发：", "责任编辑：杨红 编辑：李小明 电话：024—1",
    "共印340份", "本期印数：12册 其他", "某办公室 2020年7月23日印发", "签发人：周某", "一、", "（一）", "？", "字" * 90, " ", "",
)  # fmt: skip
_LOOKS = st.sampled_from(
    [Look(), Look(bold=True), Look("黑体", 22.0), Look("仿宋", 16.0), Look("楷体", 16.0, italic=True)]
)
_RUNS = st.builds(
    Run, st.sampled_from(TEXTS), _LOOKS, st.sampled_from(["", "", "https://a.b/c", "javascript:x"])
) | st.sampled_from(
    [Run("", note="1"), Run("", note="没有"), Run("", picture="a.png"), Run("", picture="没有"), Run("\n")]
)
_PARAGRAPHS = st.builds(
    ForeignParagraph,
    st.lists(_RUNS, min_size=1, max_size=3).map(tuple),
    number=st.sampled_from(["", "", "", "一、", "（二）", "1.", "•", "◆", "a)"]),
    style=st.sampled_from(["", "", "Quote", "Code", "Title"]),
    level=st.sampled_from([0, 0, 0, 1, 2, 7]),
    list_level=st.sampled_from([-1, 0, 1, 5]),
    alignment=st.sampled_from(Alignment),
    new_page=st.booleans(),
)
_CELLS = st.builds(
    ForeignCell, st.lists(_PARAGRAPHS, max_size=2).map(tuple), st.sampled_from([0, 1, 2, 9]), st.sampled_from([0, 1, 3])
)
_TABLES = st.builds(ForeignTable, st.lists(st.lists(_CELLS, max_size=3).map(tuple), max_size=3).map(tuple))
_NOTES = (
    ForeignNote("1", (ForeignParagraph((Run("注文。"),), Place(99)), ForeignParagraph((Run("又一段"),), Place(100)))),
)
_PICTURES = (ForeignPicture("a.png", b"x", "说明"),)


def _placed(blocks: list[ForeignBlock]) -> tuple[ForeignBlock, ...]:
    """The blocks, each with the number of its paragraph."""
    return tuple(replace(block, place=Place(number)) for number, block in enumerate(blocks, start=1))


DOCUMENTS = st.builds(
    lambda blocks, kind: ForeignDocument("来稿", kind, _placed(blocks), _NOTES, _PICTURES),
    st.lists(_PARAGRAPHS | _PARAGRAPHS | _PARAGRAPHS | _TABLES, max_size=25),
    st.sampled_from(["docx", "md", "txt"]),
)


@given(DOCUMENTS)
def test_an_article_holds_all(document: ForeignDocument) -> None:
    article = recognise_article(document)
    assert unlike(document, article) == {}
    assert all(-1 <= doubt.block < max(len(article.blocks), 1) for doubt in article.doubts)
    sections_of(article.blocks)


@given(DOCUMENTS)
def test_an_issue_holds_all(document: ForeignDocument) -> None:
    looks_like_issue(document)
    issue = recognise_issue(document)
    assert unlike(document, issue) == {}


@given(DOCUMENTS)
def test_after_repairs_too(document: ForeignDocument) -> None:
    repaired = repair(document)
    assert unlike(repaired.document, recognise_issue(repaired.document, repaired.repairs)) == {}


@pytest.mark.parametrize("text", ["标题", "一、短", "•", "第7期", "报：", "字" * 50, "“《（" * 20, "刘 " * 30, "——"])
def test_long_documents_take_linear_time(text: str) -> None:
    """What is quadratic takes minutes for this."""
    paragraphs = tuple(ForeignParagraph((Run(text),), Place(number)) for number in range(1, 8_001))
    document = ForeignDocument("来稿", "txt", paragraphs)
    recognise_article(document)
    recognise_issue(document)
    long = ForeignDocument("来稿", "txt", (ForeignParagraph((Run(text * (200_000 // len(text))),), Place(1)),))
    recognise_article(long)
    recognise_issue(long)
