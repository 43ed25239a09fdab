"""A house that knows much costs little, and no text that is made of what it knows takes more than its share of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from time import process_time

import pytest

from bulletin.model.house import House, house_of
from bulletin.model.proof_text import Anchor, ProofText, ProofTexts, Role
from bulletin.proofread.engine import of_article
from bulletin.proofread.reading import read_article
from bulletin.proofread.rule import ArticleRule
from bulletin.proofread.rules import RULES
from tests.proofreading import DAY, knowing

ON_ENTRIES = [rule for rule in RULES if isinstance(rule, ArticleRule) and rule.manual.given]
QUOTE = "老干部是党和国家的宝贵财富，是推进事业发展的重要力量"
KNOWN = knowing(
    "terms:\n  - {id: t, kind: brand, preferred: 红叶驿站, quoted: always, forbid: [红叶译站], not_variants: [红叶驿站旁]}\n"
    "people:\n  - {id: p, name: 刘建生, posts: [{text: 省委老干部局局长, rank: 1}]}\n"
    "  - {id: q, name: 陈大力, posts: [{text: 省委老干部局副局长, rank: 2}]}\n"
    "organisations:\n  - {id: o, name: 东方煤业有限责任公司, short: [东煤公司], common: [东煤], forbid: [东煤集团]}\n"
    "documents:\n  - {id: d, title: 关于加强离退休干部党建工作的意见, number: 某组发〔2019〕9号, issuer: 某省委组织部, date: 2019-03-05}\n"
    "claims:\n  - {id: c, what: 全省…离退休干部, forms: [96.2万]}\n"
    f"quotes:\n  - {{id: u, speaker: 刘建生, text: {QUOTE}}}\n  - {{id: v, speaker: 刘建生, text: {'一切' * 200}}}\n"
)
UNITS = (
    *("红叶驿站", "红叶译站", "红叶驿站旁", "“红叶驿站", "（红叶驿站", "“（（红叶驿站）", "刘建生", "陈大力、刘建生", "刘建生、", "建生局长"),
    *("省委老干部局副局长刘建生", "省委老干部局局长刘建升、", "局长、刘建生", "省委老干部局", "东煤", "东煤公司", "东煤集团", "东方煤业有限责任公司"),
    *("《关于加强离退休干部党建工作的意见》", "《关于加强离退休干部党建工作的建议》", "2018年印发《关于加强离退休干部党建工作的意见》"),
    *("《关于加强离退休干部党建工作的意见》（某组发〔2018〕9号）", "2018年，", "印发", "某省委组织部印发"),
    *("全省96.1万离退休干部，", "全省", "离退休干部", "全省离退休干部", "全省离退休干部有", "全省9", "96.1万"),
    *(f"“{QUOTE}”", f"“{QUOTE}，", f"“{QUOTE[:12]}的{QUOTE[14:]}。", "“一切一切一切一切一切一切", "一切", "“一切为了一切，一切的一切”"),
)  # fmt: skip
SMALL, LARGE = 2_500, 20_000
MARGIN, SHARE = 0.04, 20


def times_of(rules: list[ArticleRule], content: str, house: House) -> Iterator[tuple[ArticleRule, float]]:
    texts = ProofTexts("01-a", "01-a.md", (ProofText("01-a.md", "01-a", Role.PARAGRAPH, content, (Anchor(0, 1, 1),)),))
    article = read_article(texts, house, DAY)
    for rule in rules:
        started = process_time()
        for _ in of_article(rule, article):
            pass
        yield rule, process_time() - started


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit[:24])
def test_eight_times_the_known_words_take_no_more_than_their_share(unit: str) -> None:
    slow = ON_ENTRIES
    for _ in range(3):
        before, after = (dict(times_of(slow, unit * (size // len(unit)), KNOWN)) for size in (SMALL, LARGE))
        slow = [rule for rule in slow if after[rule] > SHARE * before[rule] + MARGIN]
        if not slow:
            return
    raise AssertionError([rule.manual.code for rule in slow])


def test_brackets_in_brackets() -> None:
    for _ in range(3):
        before, after = (
            sum(seconds for _, seconds in times_of(ON_ENTRIES, "（" * size + "红叶驿站" * size + "）" * size, KNOWN))
            for size in (SMALL // 6, LARGE // 6)
        )
        if after < SHARE * before + MARGIN:
            return
    raise AssertionError((before, after))


def test_ten_times_the_knowledge_takes_not_ten_times_the_time() -> None:
    """A text of an issue's length, in which hardly anything is known."""
    content = "".join(
        f"{chr(0x4E00 + place * 7 % 20_000)}{chr(0x4E00 + place * 13 % 20_000)}" for place in range(17_000)
    )
    for _ in range(3):
        few, many = (
            sum(seconds for _, seconds in times_of(ON_ENTRIES, content, knowing_much(count))) for count in (150, 1_500)
        )
        if many < 4 * few + MARGIN:
            return
    raise AssertionError((few, many))


def knowing_much(count: int) -> House:
    """Each entry of the house `count` times, with other words."""

    def word(place: int) -> str:
        return "".join(chr(0x9000 - (place * step) % 4_000) for step in (1, 7, 31, 57))

    lists = {
        "terms": [f"{{id: t{each}, kind: brand, preferred: {word(each)}, quoted: always, forbid: [{word(each + 4_000)}甲]}}" for each in range(count)],
        "people": [f"{{id: p{each}, name: {word(each)[:3]}, posts: [{{text: 省委{word(each)}局局长, rank: 1}}]}}" for each in range(count)],
        "organisations": [f"{{id: o{each}, name: {word(each)}公司, short: [{word(each)}], forbid: [{word(each)}社]}}" for each in range(count)],
        "documents": [f"{{id: d{each}, title: 关于{word(each)}的意见, number: 某发〔2019〕{each}号}}" for each in range(count)],
        "claims": [f"{{id: c{each}, what: {word(each)}, forms: [9万]}}" for each in range(count // 10)],
        "quotes": [f"{{id: q{each}, speaker: 某某, text: {word(each) * 5}}}" for each in range(count)],
    }  # fmt: skip
    said = (f"{name}:\n" + "".join(f"  - {entry}\n" for entry in entries) for name, entries in lists.items())
    house = knowing("".join(said))
    assert len([*house.entries]) > 5 * count
    return house_of({name: house.listed(name) for name in lists})


def test_of_a_day_long_ago_what_counted_then_counts() -> None:
    dated = "terms:\n  - {id: t, kind: brand, preferred: 红叶驿站, quoted: always, valid_until: 2020-01-01}\n"
    (rule,) = (rule for rule in ON_ENTRIES if rule.manual.code == "QTE003")
    texts = ProofTexts("", "", (ProofText("", "", Role.PARAGRAPH, "红叶驿站", (Anchor(0, 1, 1),)),))
    found = [
        len([*of_article(rule, read_article(texts, knowing(dated), day))])
        for day in (date(2020, 1, 1), date(2020, 1, 2))
    ]
    assert found == [1, 0]
