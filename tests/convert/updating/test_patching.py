"""What an edited document changes in an article: these words, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.convert.updating import Care, first_difference, make_patch
from bulletin.load.article import read_manuscript
from bulletin.load.proof_texts import read_article_source
from bulletin.model.foreign import ForeignDocument, ForeignParagraph, Look, Place, Remark, Run
from bulletin.model.original import Original
from bulletin.model.problem import has_errors
from bulletin.model.updating import ChangeKind
from tests.convert.updating.articles import HEAD, PATH, patch_of, printed, sample, updated
from tests.convert.updating.edits import edited

ARTICLE = f"""{HEAD}同志们：

这次会议开得很好，**一是**内容实，二是*作风*好[^a]。<!-- 记得核对 -->
第二行接着说，数字是 1*2 和 a_b&amp;c。

## 提升站位

### 认清形势

**一、强化引领。**市委始终把队伍建设摆在重要位置。各级各部门齐抓共管。

- 第一条意见
- 第二条意见
- 第三条意见

1. 甲项工作
2. 乙项工作
3. 丙项工作

> 引文里的一句话。

| 项目 | 数量 |
|:---|---:|
| 支部 | 3860 |
| 党员 | **31** |

结尾一段，谢谢大家，[办法](https://a.cn/b)见网站。

[^a]: 见文件第三条。
"""
LAST = "结尾一段，谢谢大家，[办法](https://a.cn/b)见网站。"

CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    "nothing": (),
    "words": (("内容实", "内容很实在"),),
    "words in bold": (("一是", "首先"),),
    "words that bold begins with": (("**一是**", "**第一是**"),),
    "bold words gone": (("**一是**", ""),),
    "words across two lines": (("二是*作风*好[^a]。<!-- 记得核对 -->\n第二行接着说，", "二是*作风*硬[^a]。<!-- 记得核对 -->\n第三行接着讲，"),),
    "an entity gone": (("&amp;c", ""),),
    "signs of markup": (("谢谢大家", "谢谢\\*大家\\_\\`\\[1]\\<b>"),),
    "words beside a link": (("见网站", "请见网站"),),
    "words in a link": (("[办法]", "[试行办法]"),),
    "a new paragraph": ((LAST, f"{LAST}\n\n又加了一段，有*重点*和**加粗**，还有[网址](https://b.cn/)。"),),
    "two new paragraphs in the middle": (("## 提升站位", "新加一段。\n\n再加一段。\n\n## 提升站位"),),
    "what would be a list": ((LAST, f"{LAST}\n\n\\- 不是列表\n\n2026\\. 也不是\n\n\\# 更不是"),),
    "a new heading": (("**一、强化", "#### 落实责任\n\n**一、强化"),),
    "a heading gone": (("## 提升站位\n\n", ""),),
    "a heading changed": (("认清形势", "认清当前形势"),),
    "a paragraph gone": (("\n**一、强化引领。**市委始终把队伍建设摆在重要位置。各级各部门齐抓共管。\n", ""),),
    "the last paragraph gone": ((f"\n{LAST}\n", ""),),
    "an item gone": (("- 第二条意见\n", ""),),
    "the last item gone": (("- 第三条意见\n", ""),),
    "a new item": (("- 第二条意见\n", "- 第二条意见\n- 新的一条\n"),),
    "a new item at the end": (("- 第三条意见\n", "- 第三条意见\n- 新的一条\n"),),
    "numbered items": (("2. 乙项工作\n3. 丙", "2. 丙"),),
    "a new numbered item": (("3. 丙项工作", "3. 另一件事\n4. 丙项工作"),),
    "a quotation": (("一句话。", "一句老话。"),),
    "a cell": (("3860", "3861"),),
    "a bold cell": (("**31**", "**31.2**"),),
    "a row more": (("| 支部 | 3860 |\n", "| 支部 | 3860 |\n| 小组 | 2 |\n"),),
    "a row less": (("| 支部 | 3860 |\n", ""),),
    "a table gone": (("| 项目 | 数量 |\n|:---|---:|\n| 支部 | 3860 |\n| 党员 | **31** |\n\n", ""),),
    "a new table": ((LAST, f"{LAST}\n\n| 甲 | 乙\\|丙 |\n| --- | --- |\n| 1 | 2 |"),),
    "a note": (("见文件第三条", "见文件第四条"),),
    "a note gone": (("好[^a]", "好"), ("\n[^a]: 见文件第三条。\n", "")),
    "a new note": (("二是*", "二是[^1]*"), ("\n[^a]: 见文件第三条。\n", "\n[^a]: 见文件第三条。\n\n[^1]: 新注。\n")),
    "a note moved": (("好[^a]", "好"), ("数字是", "数字[^a]是")),
    "a name": (("沈怀昇", "李建国"),),
    "a name that is spread": (("沈怀昇", "李明"),),
    "a title": (("在会上的讲话", "在全省会议上的讲话"),),
    "a title that needs quotation marks": (("title: 在会上的讲话", "title: '在会上的讲话: 一'"),),
    "a date": (("2026-10-13", "2026-10-15"),),
    "a paragraph cut in two": (("重要位置。各级", "重要位置。\n\n各级"),),
    "two paragraphs made one": (("\n\n> 引文里的一句话。", ""), ("谢谢大家，[办法]", "谢谢大家。[办法]")),
    "bold": (("齐抓共管", "**齐抓共管**"),),
    "bold no more": (("**一是**", "一是"),),
    "less of it bold": (("**一、强化引领。**市委", "**一、强化**引领。市委"),),
    "more of it bold": (("**一是**内容实", "**一是内容**实"),),
    "emphasis": (("谢谢大家", "*谢谢*大家"),),
    "a heading no more": (("### 认清形势", "认清形势"),),
    "another level": (("### 认清形势", "## 认清形势"),),
    "a link no more": (("[办法](https://a.cn/b)", "办法"),),
    "another address": (("https://a.cn/b", "https://a.cn/c"),),
    "much at once": (("内容实", "内容新"), ("- 第二条意见\n", ""), ("3860", "3862"), ("谢谢大家", "谢谢各位"), ("沈怀昇", "李建国")),
}  # fmt: skip


def changed(changes: tuple[tuple[str, str], ...], article: str = ARTICLE) -> str:
    for before, after in changes:
        assert article.count(before) == 1 or before == "一是", before
        article = article.replace(before, after, 1)
    return article


@pytest.mark.parametrize("name", CHANGES)
def test_the_source_is_changed_as_an_editor_would(name: str) -> None:
    wanted = changed(CHANGES[name])
    assert updated(ARTICLE, wanted) == wanted


@pytest.mark.parametrize("name", ["words", "a new paragraph", "an item gone", "a paragraph cut in two", "a note gone"])
def test_windows_line_ends_stay(name: str) -> None:
    wanted = changed(CHANGES[name]).replace("\n", "\r\n")
    assert updated(ARTICLE.replace("\n", "\r\n"), wanted) == wanted


FIELDS = {
    "in quotation marks": ("title: '“四下基层”''记'", "title: '“四下基层”''小记'"),
    "in double quotation marks": ('title: "路上\\\\桥上"', 'title: "路上\\\\桥下"'),
    "lines of a title": ("title: [关于工作, 的讲话]", "title: [关于重点工作, 的讲话]"),
    "a comma in a list": ("title: [关于工作, 的讲话]", "title: [关于工作, '的讲话,一']"),
    "a subtitle with its dash": ("title: 题\nsubtitle: ——副题", "title: 题\nsubtitle: ——新副题"),
    "a subtitle gone": ("title: 题\nsubtitle: 副题", "title: 题"),
    "a note of the editors": (
        "title: 题\neditors_note: |\n  甲。\n  乙。",
        "title: 题\neditors_note: |\n  甲甲。\n  乙。",
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_fields_keep_their_style(name: str) -> None:
    before, after = (ARTICLE.replace("title: 在会上的讲话", front) for front in FIELDS[name])
    assert updated(before, after) == after


def moved(document: ForeignDocument, place: int, to: int) -> ForeignDocument:
    blocks = list(document.blocks)
    blocks.insert(to, blocks.pop(place))
    return replace(document, blocks=tuple(blocks))


def test_a_moved_paragraph_keeps_every_byte() -> None:
    document = printed(ARTICLE)
    patch, after = patch_of(ARTICLE, moved(document, len(document.blocks) - 1, 4))
    assert after == ARTICLE.replace(f"\n{LAST}\n", "").replace("同志们：", f"同志们：\n\n{LAST}")
    assert [change.kind for change in patch.changes] == [ChangeKind.MOVED]


def test_comments_stand_before_their_paragraph_once() -> None:
    document = printed(ARTICLE)
    about = next(each for each in document.paragraphs() if "市委始终" in each.text)
    remark = Remark("数字--请核", "队伍建设", "张三", about.place)
    patch, after = patch_of(ARTICLE, replace(document, remarks=(remark,)))
    said = "<!-- 批注（张三）：数字－－请核（“队伍建设”） -->\n"
    assert after == ARTICLE.replace("**一、强化", f"{said}**一、强化")
    assert patch.remarks == 1
    assert patch_of(after, replace(document, remarks=(remark,)))[0].edits == ()


def test_what_the_program_prints_is_told_and_left() -> None:
    document = printed(ARTICLE)
    blocks = [each for each in document.blocks if not (isinstance(each, ForeignParagraph) and each.style == "Date")]
    patch, after = patch_of(ARTICLE, replace(document, blocks=tuple(blocks)))
    assert after == ARTICLE
    assert [str(each) for each in patch.missed] == ["“（2026年10月13日）”是程序印的，或不能没有，没有删去"]


def test_another_face_everywhere_is_no_change() -> None:
    def renamed(paragraph: ForeignParagraph) -> ForeignParagraph:
        runs = (
            replace(run, look=replace(run.look, face=f"{run.look.face}_GB2312", size_pt=15.5)) for run in paragraph.runs
        )
        return replace(paragraph, runs=tuple(runs))

    document = printed(ARTICLE)
    blocks = tuple(renamed(each) if isinstance(each, ForeignParagraph) else each for each in document.blocks)
    assert patch_of(ARTICLE, replace(document, blocks=blocks))[0].edits == ()


def test_what_is_told_is_what_changes() -> None:
    patch, _after = patch_of(ARTICLE, printed(changed((("内容实", "内容很实"), ("\n> 引文里的一句话。\n", "")))))
    told = [
        (change.kind, change.line, [(p.before, p.after) for p in change.pieces if not p.same])
        for change in patch.changes
    ]
    assert told == [(ChangeKind.EDITED, 11, [("", "很")]), (ChangeKind.REMOVED, 28, [("引文里的一句话。", "")])]


def test_a_new_picture_is_told() -> None:
    document = printed(ARTICLE)
    new = ForeignParagraph((Run("", Look(), picture="new.png"),), place=Place(99))
    patch, after = patch_of(ARTICLE, replace(document, blocks=(*document.blocks, new)))
    assert (after, [str(each) for each in patch.missed]) == (ARTICLE, ["新插入的图片 1 张没有带回，请另存后写进稿件"])


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_any_edits_come_back(seed: int, times: int) -> None:
    """Whatever was edited, the article says it then, or the proof says that it does not; what nobody touched keeps every byte."""
    document = edited(printed(ARTICLE), Random(seed), times)
    original = Original(PATH, ARTICLE)
    source = read_article_source(original)
    assert source
    for care in Care:
        patch = make_patch(source, printed(ARTICLE), document, care)
        after = original.edited(patch.edits).text
        outcome = read_manuscript(after, PATH, sample().publication)
        if outcome.value and not has_errors(outcome.problems) and first_difference(printed(after), patch) is None:
            break
    else:
        pytest.fail(after)
    untouched = [
        line for start, line in LINES.items() if any(start in each.text and each in document.blocks for each in BLOCKS)
    ]
    assert [line for line in untouched if line not in after] == []


LINES = {
    "强化引领": "\n**一、强化引领。**市委始终把队伍建设摆在重要位置。各级各部门齐抓共管。\n",
    "结尾一段": f"\n{LAST}\n",
    "这次会议": "好[^a]。<!-- 记得核对 -->\n第二行接着说，数字是 1*2 和 a_b&amp;c。\n",
}
BLOCKS = [each for each in printed(ARTICLE).blocks if isinstance(each, ForeignParagraph)]


def with_block(
    document: ForeignDocument, at: int, text: str, style: str = "Body", look: Look | None = None
) -> ForeignDocument:
    """The document with one more paragraph."""
    new = ForeignParagraph((Run(text, look or Look("仿宋", 16)),), style=style)
    return replace(document, blocks=(*document.blocks[:at], new, *document.blocks[at:]))


NEW_BLOCKS = {
    "a subtitle": (1, "——副题", "Subtitle", Look("楷体", 16), "date: 2026-10-13\n", "date: 2026-10-13\nsubtitle: 副题\n"),
    "a heading by style": (6, "（三）另一节", "Heading2", Look("楷体", 16), "### 认清形势", "### 另一节\n\n### 认清形势"),
    "a heading by its look": (6, "（三）另一节", "Body", Look("楷体", 16), "### 认清形势", "### 另一节\n\n### 认清形势"),
    "a bold heading": (6, "二、另一节", "Body", Look("仿宋", 16, bold=True), "### 认清形势", "## 另一节\n\n### 认清形势"),
    "no heading": (6, "二、另一节", "Body", Look("仿宋", 16), "### 认清形势", "二、另一节\n\n### 认清形势"),
}  # fmt: skip


@pytest.mark.parametrize("name", NEW_BLOCKS)
def test_what_is_new_is_what_it_looks_like(name: str) -> None:
    at, text, style, look, before, after = NEW_BLOCKS[name]
    _patch, changed_to = patch_of(ARTICLE, with_block(printed(ARTICLE), at, text, style, look))
    assert changed_to == ARTICLE.replace(before, after)


NOTICE = """---
kind: notice
title: 关于做好工作的通知
organization: 某局
date: 2026-10-13
---

各单位：

请做好有关工作。
"""


@pytest.mark.parametrize(
    ("style", "to", "told"),
    [
        (
            "Signature",
            None,
            ["“某局”是程序印的，或不能没有，没有删去", "“2026年10月13日”是程序印的，或不能没有，没有删去"],
        ),
        ("Title", None, ["“关于做好工作的通知”是程序印的，或不能没有，没有删去"]),
        ("Title", -1, ["“关于做好工作的通知”的位置是程序定的，没有移动"]),
    ],
)
def test_what_must_be_there_stays(style: str, to: int | None, told: list[str]) -> None:
    document = printed(NOTICE)
    blocks = [each for each in document.blocks if isinstance(each, ForeignParagraph)]
    taken = [each for each in blocks if each.style == style]
    rest = [each for each in blocks if each.style != style]
    at = len(blocks) if to is None else to
    rest[at:at] = [] if to is None else taken
    patch, after = patch_of(NOTICE, replace(document, blocks=tuple(rest)))
    assert (after, [str(each) for each in patch.missed]) == (NOTICE, told)


def test_a_paragraph_after_the_signature_comes_before_it() -> None:
    patch, after = patch_of(NOTICE, with_block(printed(NOTICE), 99, "另外，请按时报送。"))
    assert [str(each) for each in patch.missed] == ["新加的“另外，请按时报送。”在标题、署名那几行之间，放进了正文"]
    assert after == f"{NOTICE}\n另外，请按时报送。\n".replace("\n\n\n", "\n\n")


FENCED = f'{HEAD}同志们：\n\n```\n一 二\n  三\n```\n\n![图](reading-room.png "图说")\n\n---\n\n结尾。\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("一 二", "一 二*二"),
        ('![图](reading-room.png "图说")', "![图](reading-room.png)"),
        ("图说", "说明"),
        ("同志们：\n\n```\n一 二\n  三\n```", "同志们："),
    ],
)
def test_what_is_no_running_text(before: str, after: str) -> None:
    wanted = FENCED.replace(before, after)
    assert updated(FENCED, wanted) == wanted
