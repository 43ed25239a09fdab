"""A whole issue as its folder: what was found, what is to be filled in, whom it went to, how many copies there were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.convert.writing import write_issue
from bulletin.convert.writing.names import with_known_names
from bulletin.convert.writing.yaml_text import block_text, listed, one_line, paragraphs, scalar
from bulletin.load.strict_yaml import parse_yaml
from bulletin.model.draft import Doubt, DraftArticle, DraftIssue, DraftList
from bulletin.model.foreign import ForeignPicture, Place
from bulletin.model.key import IssueKey
from bulletin.model.problem import Span, message
from bulletin.model.prose import Figure, Paragraph, Text
from tests.word_files import png

KEY = IssueKey(2020, False, 7)
SPAN = Span("旧刊.docx", 1)
ARTICLE = DraftArticle("report", "report", ("题",), organization="某县", blocks=(Paragraph((Text("正文。"),), SPAN),))
ISSUE = DraftIssue("工作动态", "某局", 7, 494, date(2020, 7, 23), (ARTICLE,), responsible="张三", phone="010-1")
COPIES = {"省委办公厅": 2, "各市委": 14, "市委常委、组织部部长": 14, "停发的": 0}


def _written(**said: Any) -> str:
    return write_issue(replace(ISSUE, **said), KEY, COPIES).files[0].content.decode()


def test_what_was_found() -> None:
    assert _written(
        marking=("内部资料", "注意: 保存"), editors=("李四",), print_run=40, editors_note="一段\n又一段"
    ) == (
        "number: 7\nserial: 494\ndate: 2020-07-23\nmarking: [内部资料, '注意: 保存']\n"
        "editors:\n  responsible: 张三\n  editors: [李四]\n  phone: 010-1\n"
        "distribution: {}     # 导入时没有找到，请核对\narchive: 40     # 共印 40 份，减去名册里的 0 份\n"
        "editors_note: |-\n  一段\n  又一段\n"
    )


def test_what_was_not_found_is_to_be_filled_in() -> None:
    said = _written(serial=0, responsible="", phone="", doubts=(Doubt(message("没有\n找到"), Place()),))
    assert "serial: 1     # 导入时没有找到，请核对\n" in said
    assert "  responsible: 请填写     # 导入时没有找到，请核对\n  phone: 请填写     # 导入时没有找到，请核对\n" in said
    assert said.endswith("# 导入存疑：没有 找到\n")
    assert "archive: 1     # 导入时没有找到" in said


def test_a_supplement() -> None:
    said = write_issue(replace(ISSUE, serial=0), IssueKey(2020, True, 2), COPIES).files
    assert said[0].content.decode().startswith("number: 2\nsupplement: true\ndate: 2020-07-23\n")
    assert [file.path for file in said] == ["issues/2020-s2/issue.yaml", "issues/2020-s2/01-report.md"]


@pytest.mark.parametrize(
    ("lists", "print_run", "expected", "unknown"),
    [
        (
            [DraftList("报", "省委办公厅；各市委", (("省委办公厅",), ("各市委",)))],
            20,
            "distribution:\n  报:\n    - [省委办公厅]\n    - [各市委]\narchive: 4     # 共印 20 份，减去名册里的 16 份\n",
            (),
        ),
        (
            [DraftList("报", "省委办公厅，没有的", (("省委办公厅", "没有的"),))],
            20,
            "distribution:\n  报:\n    text: 省委办公厅，没有的\n    to: [[省委办公厅]]\n    # 收件单位名册里没有：没有的\n"
            "archive: 18     # 共印 20 份，减去名册里的 2 份\n",
            ("没有的",),
        ),
        (
            [DraftList("送", "停发的", (("停发的",),))],
            0,
            "distribution:\n  送:\n    text: 停发的\n    to: []\narchive: 1     # 导入时没有找到，请核对\n",
            (),
        ),
        (
            [
                DraftList("发", "各市委", (("各市委",),)),
                DraftList("报", "省委办公厅、各市委", (("省委办公厅", "各市委"),)),
            ],
            10,
            "distribution:\n  报:\n    - [省委办公厅, 各市委]\n  发:\n    text: 各市委\n    to: []\n"
            "archive: 0     # 共印 10 份，减去名册里的 16 份\n# 导入存疑：名册里的份数比原来印的多，请核对\n",
            (),
        ),
        (
            [DraftList("报", "甲", (("甲",),)), DraftList("报", "乙", (("乙",),)), DraftList("发", "", ())],
            5,
            "distribution:\n  报:\n    text: 甲；乙\n    to: []\n    # 收件单位名册里没有：甲、乙\narchive: 5     # 共印 5 份，减去名册里的 0 份\n",
            ("甲", "乙"),
        ),
    ],
)
def test_whom_it_went_to(lists: list[DraftList], print_run: int, expected: str, unknown: tuple[str, ...]) -> None:
    written = write_issue(replace(ISSUE, distribution=tuple(lists), print_run=print_run), KEY, COPIES)
    assert written.files[0].content.decode().partition("phone: 010-1\n")[2] == expected
    assert written.unknown == unknown


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("各市委、市委常委、组织部部长", (("各市委", "市委常委、组织部部长"),)),
        ("省委办公厅，各市委；市委常委、组织部部长。", (("省委办公厅", "各市委"), ("市委常委、组织部部长",))),
        ("没有的、市委常委、组织部部长、也没有", (("没有的", "市委常委、组织部部长", "也没有"),)),
        ("、，", ((),)),
    ],
)
def test_names_that_the_house_knows(text: str, ranks: tuple[tuple[str, ...], ...]) -> None:
    parted = tuple(tuple(rank.replace("，", "、").split("、")) for rank in text.strip("。").split("；"))
    found = with_known_names(DraftList("送", text, parted), COPIES)
    assert found.ranks == (ranks if ranks != ((),) else parted)


def test_pictures_are_named_after_their_article() -> None:
    pictured = replace(
        ARTICLE,
        blocks=(
            Figure("a.png", "", "图1 大厅", SPAN),
            Figure("b.bmp", "说明", "", SPAN),
            Figure("没有.png", "", "图2 没有", SPAN),
            Figure("a.png", "又", "", SPAN),
        ),
        pictures=(ForeignPicture("a.png", png(4, 3)), ForeignPicture("b.bmp", b"BM no picture")),
    )
    written = write_issue(replace(ISSUE, articles=(ARTICLE, pictured)), KEY, COPIES)
    assert [file.path for file in written.files[2:]] == [
        "issues/2020-07/02-report.md",
        "issues/2020-07/02-report-1.png",
    ]
    body = written.files[2].content.decode().partition("---\n\n")[2]
    assert body.split("\n\n") == [
        '![图1 大厅](02-report-1.png "图1 大厅")',
        "<!-- 导入存疑：这里有图片不能用（损坏、太大，或格式不对），没有导入 -->",
        "<!-- 导入存疑：这里有图片不能用（损坏、太大，或格式不对），没有导入 -->",
        "图2 没有",
        "![又](02-report-1.png)\n",
    ]


TEXTS = st.text(st.sampled_from("甲乙aB12 :#'\"[]{},&*!|>%@`-~?=\\/：，。“”（）\t\n\u2028　"), max_size=12)


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_any_text_is_read_as_it_is(text: str, texts: list[str]) -> None:
    one, several = one_line(text), [line for each in texts if (line := one_line(each))]
    note = paragraphs(text)
    source = f"a: {scalar(one or 'x')}\nb: {listed(several)}\n" + "".join(
        f"{line}\n" for line in block_text("c", note or "x")
    )
    tree = parse_yaml(source, "x.yaml")
    assert not [problem for problem in tree.problems if problem.code != "character"], source
    assert tree.value == {"a": one or "x", "b": several, "c": note or "x"}
