"""Issues of several bureaus, each laid out in its own way: what is found in them, and that nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bulletin.convert.recognising import looks_like_issue, recognise_issue
from bulletin.convert.repairs import repair
from bulletin.convert.text import read_text
from bulletin.model.draft import DraftArticle, DraftIssue
from bulletin.model.foreign import ForeignDocument
from bulletin.model.numbering import sections_of
from bulletin.model.prose import Heading, Paragraph
from bulletin.model.walk import plain_text
from tests.convert.recognising.conserving import unlike

SAMPLES = Path(__file__).parent / "samples"
NAMES = ("jianbao", "columns", "wrapped")


def repaired(name: str) -> ForeignDocument:
    read = read_text((SAMPLES / f"{name}.txt").read_bytes(), f"{name}.txt")
    assert read.value is not None
    return repair(read.value).document


def issue(name: str) -> DraftIssue:
    return recognise_issue(repaired(name))


def outline(article: DraftArticle) -> list[str]:
    """A line for each block: the level and text of headings, the first characters of the rest."""
    sections = sections_of(article.blocks)
    found = []
    for block in article.blocks:
        assert isinstance(block, (Heading, Paragraph))
        text = plain_text(block.content)
        if isinstance(block, Heading):
            found.append("#" * (block.level + 1) + " " + text)
        else:
            found.append(("* " if block.span in sections else "") + text[:8])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_an_issue_is_known_and_nothing_is_lost(name: str) -> None:
    document = repaired(name)
    assert looks_like_issue(document)
    assert unlike(document, recognise_issue(document)) == {}


HEADS = {
    "jianbao": ("民政工作简报", "清河市民政局办公室", 12, 0, date(2021, 9, 8), ("内部刊物", "注意保管")),
    "columns": ("组工信息", "白山省委组织部办公室", 30, 612, date(2019, 11, 5), ("妥善保存", "请勿外传")),
    "wrapped": ("老龄工作通讯", "云岭州老龄工作委员会办公室", 5, 88, date(2022, 5, 30), ("内部资料", "免费交流")),
}


@pytest.mark.parametrize("name", NAMES)
def test_heads(name: str) -> None:
    draft = issue(name)
    assert (draft.masthead, draft.publisher, draft.number, draft.serial, draft.date, draft.marking) == HEADS[name]


IMPRINTS = {
    "jianbao": (["报", "送", "发"], "孙晓", (), "0411-5551234", 150),
    "columns": (["报", "送", "发"], "", ("王磊", "赵敏"), "0431-88901234", 420),
    "wrapped": (["报", "送"], "", ("普文华",), "", 260),
}


@pytest.mark.parametrize("name", NAMES)
def test_imprints(name: str) -> None:
    draft = issue(name)
    lists = [each.label for each in draft.distribution]
    assert (lists, draft.responsible, draft.editors, draft.phone, draft.print_run) == IMPRINTS[name]


def test_ranks_and_names_of_distribution() -> None:
    first, second, third = issue("columns").distribution
    assert first.ranks == (("省委书记", "副书记", "常委"), ("中央组织部办公厅",))
    assert (second.text, second.ranks) == ("省纪委监委，省委各部门", (("省纪委监委", "省委各部门"),))
    assert third.ranks == (("各市（州）委组织部", "省直机关工委"),)


ARTICLES = {
    "jianbao": [
        ("report", "清河市养老服务提质增效的主要做法", "", ""),
        ("report", "东山县“三送”服务进万家", "东山县民政局", ""),
        ("notice", "高塘区关于做好秋季困难群众走访工作的通知", "高塘区民政局", ""),
    ],
    "columns": [
        ("speech", "在全省基层党建工作推进会上的讲话", "", "高远"),
        ("report", "以网格化治理推动党建责任落实落细", "临江市委组织部", ""),
        ("report", "小支部撬动大治理", "江源县委组织部", ""),
        ("notice", "关于三季度党费收缴情况的通报", "白山省委组织部", ""),
    ],
    "wrapped": [
        ("report", "云岭州探索山区互助养老新路", "", ""),
        ("report", "把老年大学办到家门口", "南坪县文化和旅游局", "刘洋"),
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_articles(name: str) -> None:
    found = [(each.kind, " ".join(each.title), each.organization, each.speaker) for each in issue(name).articles]
    assert found == ARTICLES[name]


OUTLINES = {
    ("jianbao", 0): [
        "今年以来，清河市", "## 强化统筹，压实工作责任", "* （一）成立工作专", "* （二）列入年度考",
        "## 突出重点，补齐设施短板", "* 1.建设社区食堂", "* 2.改造居家环境",
    ],
    ("jianbao", 1): ["东山县组织机关干", "送政策上门。编印", "送健康上门。组织"],
    ("jianbao", 2): ["各街道办事处、区", "为切实做好秋季困", "## 走访时间", "2021年9月1", "## 走访对象", "低保对象、特困人"],
    ("columns", 0): [
        "同志们：", "这次会议的主要任", "## 认清形势，切实增强责任感", "基层党组织是党的", "### 成绩来之不易", "各地各部门上下同",
        "1. 抓书记", "2. 抓队伍", "3. 抓保障", "### 问题不容忽视", "有的地方责任传导", "## 突出重点，全面提升组织力", "各地要聚焦重点任",
        "## 加强领导，确保取得实效", "希望同志们以这次",
    ],
    ("columns", 2): ["江源县大河村党支", "主要做法", "村党支部坚持每月", "几点启示", "支部强不强，关键"],
    ("wrapped", 0): ["云岭州地处山区，", "## 邻里结对，让老人有人管", "按照“就近就便、", "## 积分兑换，让互助有动力", "志愿者每服务1小"],
    ("wrapped", 1): ["清晨八点，南坪县", "南坪县采取“总校", "“老有所学，才能"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "place"), OUTLINES)
def test_outlines(name: str, place: int) -> None:
    assert outline(issue(name).articles[place]) == OUTLINES[name, place]


def test_what_else_an_article_says() -> None:
    speech, _, noted, notice = issue("columns").articles
    assert (speech.position, speech.date) == ("省委常委、组织部部长", date(2019, 11, 1))
    assert noted.editors_note == "江源县的做法小切口、大作用，值得各地借鉴。"
    assert notice.date == date(2019, 10, 28)
    assert issue("wrapped").articles[1].subtitle == "南坪县老年教育工作侧记"


HIGHLIGHTS = {
    "jianbao": (
        "清河市养老服务提质增效的主要做法",
        "东山县“三送”服务进万家",
        "高塘区关于做好秋季困难群众走访工作的通知",
    ),
    "columns": (
        "在全省基层党建工作推进会上的讲话",
        "以网格化治理推动党建责任落实落细",
        "小支部撬动大治理",
        "关于三季度党费收缴情况的通报",
    ),
    "wrapped": ("云岭州探索山区互助养老新路", "把老年大学办到家门口"),
}


@pytest.mark.parametrize("name", NAMES)
def test_highlights(name: str) -> None:
    assert issue(name).highlights == HIGHLIGHTS[name]


def test_what_has_no_field_is_told() -> None:
    assert any("周建国" in str(doubt.what) for doubt in issue("jianbao").doubts)


PRINTED = """\
内部资料  编号：000123

工作动态

第7期（总第94期）

沙河市民政局  2020年7月23日

目录

沙河市民政局局长刘文生
在全市民政系统能力提升班
开班仪式上的讲话	2关于做好防汛救灾工作并切实保障困难群众基本生活安全度汛的紧急通知	21
经验交流材料3篇	31

在全市民政系统能力提升班开班仪式上的讲话

（2020年7月13日）

刘文生

同志们：

今天我们举办这个培训班，目的是提高能力。
"""


def test_entries_that_run_on_end_at_their_pages() -> None:
    read = read_text(PRINTED.encode(), "来稿.txt")
    assert read.value is not None
    document = repair(read.value).document
    draft = recognise_issue(document)
    assert unlike(document, draft) == {}
    assert draft.highlights == (
        "沙河市民政局局长刘文生在全市民政系统能力提升班开班仪式上的讲话",
        "关于做好防汛救灾工作并切实保障困难群众基本生活安全度汛的紧急通知",
        "经验交流材料3篇",
    )
    assert draft.marking == ("内部资料",)
    assert [(each.speaker, each.position) for each in draft.articles] == [("刘文生", "沙河市民政局局长")]
