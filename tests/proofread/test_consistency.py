"""Names compared with each other: what is near, what is another thing, and that it takes no longer than it must."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from bulletin.model.house import EMPTY_HOUSE, BankQuote, Entry, House, Term, TermKind
from bulletin.model.problem import Severity
from bulletin.proofread.facts.alike import Likeness, distance, key_of, likeness, variants
from bulletin.proofread.facts.nearly import nearly
from bulletin.proofread.rule import IssueRule
from bulletin.proofread.rules import RULES, consistency
from tests.proofread_issues import found_in, issue_of

HAN = [chr(code) for code in range(0x4E00, 0x9000)]
NAMES = next(rule for rule in consistency.RULES if rule.manual.code == "CON001")
ISSUE_RULES = [rule for rule in RULES if isinstance(rule, IssueRule)]

OTHER_THINGS = [
    "银发动能",
    "银发赋能",
    "银龄课堂",
    "银发课堂",
    "银龄讲堂",
    "银龄宣讲团",
    "银发宣讲团",
    "老兵宣讲团",
    "党员先锋岗",
    "党员示范岗",
    "党员责任区",
    "党员责任岗",
    "民情日记",
    "民情日志",
    "民情茶室",
    "民情茶座",
    "一网通办",
    "一网统管",
    "一窗通办",
    "最多跑一次",
    "最多跑一地",
    "五星支部",
    "五好支部",
    "街长制度",
    "路长制度",
    "三官一律",
    "三官一师",
    "红色网格员",
    "红色网格长",
    "红色代办",
    "红色帮办",
    "管理模式",
    "治理模式",
    "银发人才库",
    "银发人才信息库",
    "老党员工作室",
    "老干部工作室",
    "党建+工建",
    "党建+关建",
    "幸福食堂",
    "长者食堂",
    "老年食堂",
    "银龄驿站",
    "银发驿站",
    "红色驿站",
    "书记项目",
    "书记工程",
    "爱心理发",
    "爱心义诊",
    "爱心义剪",
    "全国和谐社区建设示范社区",
    "全省和谐社区建设示范社区",
    "走百家门、知百家情",
    "第一议题制度",
    "第二议题制度",
]
"""Names that offices really give their things; each is right."""


@pytest.mark.parametrize("apart", [1, 5, 60], ids=lambda number: f"{number} in an article")
def test_names_of_many_offices_raise_no_alarm(apart: int) -> None:
    articles = [OTHER_THINGS[start : start + apart] for start in range(0, len(OTHER_THINGS), apart)]
    text = "\n另一篇：\n".join("".join(f"推行“{name}”。" for name in names) for names in articles)
    alarms = [finding for finding in found_in(NAMES, text) if finding.severity is not Severity.HINT]
    assert [str(finding.message) for finding in alarms] == []


def house_of(term: Term) -> House:
    return replace(EMPTY_HOUSE, terms=(term,))


TERM = Term(Entry("brand.1", "实施意见"), TermKind.BRAND, "枫叶驿站")
TWICE = "办起“枫林驿站”，“枫林驿站”很好。\n另一篇：\n我们也有“枫叶驿站”。"


def test_what_the_house_says_is_right_though_it_is_rarer() -> None:
    (finding,) = found_in(NAMES, TWICE)
    assert (finding.words.content, finding.severity) == ("枫叶驿站", Severity.HINT)
    (finding,) = found_in(NAMES, TWICE, house_of(TERM))
    assert (finding.words.content, finding.severity) == ("枫林驿站", Severity.WARNING)
    (finding,) = found_in(NAMES, TWICE, house_of(replace(TERM, preferred="枫华驿站", forbid=("枫叶驿站",))))
    assert (finding.words.content, finding.severity) == ("枫叶驿站", Severity.WARNING)


def test_what_was_verified_is_right_though_it_is_rarer() -> None:
    text = "要“讲政治顾大局守纪律”，“讲政治顾大局守纪律”。\n还要“讲政治顾大局守规律”。"
    quote = BankQuote(Entry("quote.1", "讲话"), "某某", "同志们要讲政治顾大局守规律，永远向前。")
    (finding,) = found_in(NAMES, text)
    assert finding.words.content == "讲政治顾大局守规律"
    (finding,) = found_in(NAMES, text, replace(EMPTY_HOUSE, quotes=(quote,)))
    assert finding.words.content == "讲政治顾大局守纪律"
    assert finding.fix is not None
    assert finding.fix.replacement == "讲政治顾大局守规律"


def test_what_the_house_tells_apart_is_two_things() -> None:
    assert found_in(NAMES, TWICE, house_of(replace(TERM, not_variants=("枫林驿站",)))) == ()


def test_places_of_the_house_are_two_things() -> None:
    text = "举办“阿尔法专场招聘会”。\n举办“阿尔泰专场招聘会”。"
    assert len(found_in(NAMES, text)) == 1
    assert found_in(NAMES, text, replace(EMPTY_HOUSE, places=frozenset({"阿尔法", "阿尔泰"}))) == ()


def test_one_cause_is_one_finding() -> None:
    text = "\n".join(["甲区建“清风书香小院”。"] * 3 + ["乙区建“清风书乡小院”。"] * 4 + ["乙区建“清风书香小院”。"] * 3)
    (finding,) = found_in(NAMES, text)
    assert finding.words.content == "清风书乡小院"
    assert [related.words.content for related in finding.related] == ["清风书香小院"] + ["清风书乡小院"] * 3


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("枫叶驿站", "枫林驿站", 1),
        ("帮所需", "帮所愿", 1),
        ("老干部", "老干部", 0),
        ("要我脱贫", "我要脱贫", 1),
        ("甲乙丙", "丁戊己", 3),
    ],
)
def test_distance(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == slips


def naive(one: str, other: str) -> int:
    """Optimal string alignment without a band."""
    table = [[max(row, column) for column in range(len(other) + 1)] for row in range(len(one) + 1)]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            same = one[row - 1] == other[column - 1]
            table[row][column] = min(
                table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + (not same)
            )
            if row > 1 < column and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


def test_distance_is_that_of_the_whole_table() -> None:
    chance = random.Random(8)
    for _ in range(2000):
        one, other = ("".join(chance.choices("甲乙丙", k=chance.randrange(7))) for _ in range(2))
        assert distance(one, other, 2) == min(naive(one, other), 3), (one, other)


def test_names_that_are_near_have_something_in_common() -> None:
    """Or they would not be compared."""
    chance = random.Random(7)
    for _ in range(2000):
        name = "".join(chance.choices(HAN, k=chance.randrange(4, 30)))
        slips = 2 if len(name) >= 12 else 1
        other = name
        for _ in range(slips):
            place = chance.randrange(len(other))
            other = other[:place] + chance.choice(["", chance.choice(HAN)]) + other[place + 1 :]
        if likeness(name, other) is Likeness.SLIP:
            assert set(variants(key_of(name))) & set(variants(key_of(other))), (name, other)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("全省离退休干部党支部建设推进会开了", []),
        ("全省离退休干部党支部建设推动会开了", ["全省离退休干部党支部建设推动会"]),
        ("全省离休干部党支部建设推进会开了", ["全省离休干部党支部建设推进会"]),
        ("全省离退休干部，党支部建设推进会", []),
        ("在全省离退休干部党支部建设推动会、全省离退休干部党支部建设推进会上", ["全省离退休干部党支部建设推动会"]),
    ],
)
def test_a_known_name_that_is_almost_there(content: str, found: list[str]) -> None:
    places = nearly("全省离退休干部党支部建设推进会", content)
    assert [content[start:end] for start, end in places] == found


def quoted(names: list[str]) -> str:
    return "\n".join(f"推行“{name}”。见《{name}》。" for name in names)


def heads(chance: random.Random, count: int) -> list[str]:
    return ["红枫行动" + "".join(chance.choices(HAN[:300], k=2)) for _ in range(count)]


def series(chance: random.Random, count: int) -> list[str]:
    return [f"关于进一步加强和改进{chance.choice(HAN)}的意见" for _ in range(count)]


def repeats(chance: random.Random, count: int) -> list[str]:
    return ["ab"[number % 2] * (4 + number % 190) for number in range(count)]


def lists(chance: random.Random, count: int) -> list[str]:
    return ["、".join(chance.sample(HAN[:60], 6)) for _ in range(count)]


@pytest.mark.parametrize("names", [heads, series, repeats, lists], ids=lambda make: make.__name__)
def test_four_times_the_names_take_not_much_more_than_four_times_as_long(
    names: Callable[[random.Random, int], list[str]],
) -> None:
    few, many = (issue_of(quoted(names(random.Random(1), count))) for count in (1250, 5000))
    for text in (*few.texts, *many.texts):
        assert text.quoted is not None
        assert text.titled is not None
    for code in ("CON001", "CON002"):
        rule = next(rule for rule in ISSUE_RULES if rule.manual.code == code)
        times = [time_of(lambda issue=issue, rule=rule: list(rule.find(issue))) for issue in (few, many)]
        assert times[1] <= 8 * times[0] + 0.5, code


def time_of(work: Callable[[], object]) -> float:
    """The processor's time, the better of two, as others may be at work."""
    times = []
    for _ in range(2):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    "piece",
    [
        "“",
        "《",
        "、",
        "市委书记张国雷、",
        "1",
        "18个党支部",
        "“甲乙丙丁”",
        "全省党支部建设推进会",
        "社区",
        "。",
        "离退休干部党建",
    ],
)
def test_a_long_line_takes_no_more_than_its_length(piece: str) -> None:
    head = "标题：在全省党支部建设推动会上的讲话\n讲话人：张国雷\n职务：市委副书记\n日期：2026-10-13\n"
    short, long = (issue_of(head + piece * (length // len(piece))) for length in (5000, 20000))
    for text in (*short.texts, *long.texts):
        assert (text.zones, text.numbers, text.dates) is not None, "found when they are first asked for"
    for rule in ISSUE_RULES:
        times = [time_of(lambda issue=issue, rule=rule: list(rule.find(issue))) for issue in (short, long)]
        assert times[1] <= 10 * times[0] + 0.5, rule.manual.code


@pytest.mark.parametrize("rule", ISSUE_RULES, ids=lambda rule: rule.manual.code)
def test_an_issue_without_texts_has_nothing_to_compare(rule: IssueRule) -> None:
    issue = issue_of("标题：在推进会上的讲话\n日期：2026-10-13")
    empty = replace(issue, articles=tuple(replace(article, texts=()) for article in issue.articles))
    assert list(rule.find(empty)) == []
    assert list(rule.find(replace(issue, articles=()))) == []
