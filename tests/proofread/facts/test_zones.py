"""Whose words they are: quotations, titles, numbers of documents, names, addresses, code."""

from __future__ import annotations

import pytest

from bulletin.model.house import EMPTY_HOUSE, Entry, House, Person
from bulletin.model.proof_text import Anchor, ProofText, Role
from bulletin.proofread.facts.zones import Zone, ZoneKind, Zones
from bulletin.proofread.reading import ReadText


def read(content: str, role: Role = Role.PARAGRAPH, field: str = "", house: House = EMPTY_HOUSE) -> ReadText:
    text = ProofText(
        "x.md", "x", role, content, (Anchor(0, 1, 1),), verbatim=((0, 2),) if content[0] == "`" else (), field=field
    )
    return ReadText(text, house)


def of_kind(text: ReadText, kind: ZoneKind) -> list[str]:
    return [text.content[zone.start : zone.end] for zone in text.zones if zone.kind is kind]


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        ("他说：“好。”大家都笑了。", "“好。”"),
        ("会议指出：“把支部建在老同志身边”是关键。", "“把支部建在老同志身边”"),
        ("省委书记强调，“要把好事办好、实事办实”。", "“要把好事办好、实事办实”"),
        ("《决定》明确规定：“基本政治待遇不变，生活待遇略为从优”。", "“基本政治待遇不变，生活待遇略为从优”"),
        ("报告提出要“全面推进党的政治建设、思想建设、组织建设、作风建设、纪律建设”。", "“全面推进党的政治建设、思想建设、组织建设、作风建设、纪律建设”"),
        ("落实“用心用情做好离退休干部服务管理各项工作”的重要指示。", "“用心用情做好离退休干部服务管理各项工作”"),
        ("门口贴着对联：“一把剪刀修出满山翠，几番心血换来万家香”。", "“一把剪刀修出满山翠，几番心血换来万家香”"),
        ("大家有一个共同的感受：“离岗不离党、退休不褪色”。", "“离岗不离党、退休不褪色”"),
        ("“青春不老雄心在，夕阳无限花正红。”有所学、有所乐。", "“青春不老雄心在，夕阳无限花正红。”"),
        ("他感慨地说：“过去靠‘肩膀扛’，现在靠‘指尖点’。”", "“过去靠‘肩膀扛’，现在靠‘指尖点’。”"),
    ],
)  # fmt: skip
def test_what_somebody_said_is_a_quotation(content: str, quoted: str) -> None:
    assert of_kind(read(content), ZoneKind.QUOTATION) == [quoted]


@pytest.mark.parametrize(
    "content",
    [
        "组建“银龄”宣讲团。",
        "开展“学习申传兴，五学五推进”活动，有效激发了热情。",
        "应该说，“两个一律不变”和“两个仍然”是一贯的。",
        "老党员坐下来听居民说事，“槐下议事桌”就这样开了张。",
        "打造三个品牌：“枫叶驿站”“红枫先锋”“银发课堂”。",
        "活动的主题是：“向先进典型学习，为决战决胜助力”。",
        "以“思想上关心好、生活上照顾好、精神上关怀好”为遵循。",
        "要求各单位用好“学习强国”平台。",
        "我们围绕“走得近、坐得住、聊得开”，重新编排课程。",
    ],
)
def test_names_slogans_and_terms_are_none(content: str) -> None:
    assert of_kind(read(content), ZoneKind.QUOTATION) == []


def test_other_zones() -> None:
    house = House(people=(Person(Entry("li", "名册"), "李四"),))
    text = read("`码`，见《条例〈试行〉》（老干发〔2026〕7号），李四、a.b@c.cn，http://a.cn/x?y=1。李四", house=house)
    assert of_kind(text, ZoneKind.VERBATIM) == ["`码"]
    assert of_kind(text, ZoneKind.TITLE) == ["《条例〈试行〉》", "〈试行〉"]
    assert of_kind(text, ZoneKind.DOCUMENT_NUMBER) == ["老干发〔2026〕7号"]
    assert of_kind(text, ZoneKind.NAME) == ["李四", "李四"]
    assert of_kind(text, ZoneKind.ADDRESS) == ["a.b@c.cn", "http://a.cn/x?y=1"]


@pytest.mark.parametrize(
    ("role", "field", "kind"),
    [
        (Role.QUOTE, "", ZoneKind.QUOTATION),
        (Role.SPEAKER, "speaker", ZoneKind.NAME),
        (Role.FIELD, "editors.editors.1", ZoneKind.NAME),
        (Role.FIELD, "editors.responsible", ZoneKind.NAME),
        (Role.FIELD, "editors.phone", None),
        (Role.PARAGRAPH, "", None),
    ],
)
def test_whole_texts_that_are_somebody_elses(role: Role, field: str, kind: ZoneKind | None) -> None:
    zones = read("甲乙", role, field).zones
    assert list(zones) == ([Zone(kind, 0, 2)] if kind else [])


def test_zones_are_found_as_if_each_were_looked_at() -> None:
    made = [(0, 9), (2, 5), (3, 4), (5, 6), (12, 15), (13, 20), (14, 15), (30, 31), (40, 50), (40, 44)]
    zones = Zones(tuple(Zone(ZoneKind.TITLE, *each) for each in made))
    for start in range(55):
        for end in range(start, 56):
            touching = next((zone for zone in zones if zone.start < end and start < zone.end), None)
            around = [
                zone
                for zone in zones
                if zone.start <= start and end <= zone.end and (start < end or zone.start < start < zone.end)
            ]
            assert zones.touching(start, end) == touching
            assert list(zones.around(start, end)) == around
