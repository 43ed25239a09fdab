"""What is laid out for the eye, and what later issues are compared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bulletin.model.archive_facts import IssueFacts, joined
from bulletin.model.house import EMPTY_HOUSE, BankQuote, Entry, Person, Post
from bulletin.model.reading_aids import NewKind, ReadingAids
from bulletin.proofread.aids import LONG, reading_aids
from bulletin.proofread.archive import issue_facts
from tests.proofread_issues import issue_of

ISSUE = """标题：在推进会上的讲话
讲话人：沈怀昇
职务：省委组织部副部长、省委老干部局局长
日期：2026-10-13
全省现有离退休干部48.6万人，建成“枫叶驿站”126个、党支部3860个。原市委书记张国雷同志也到了会。
他强调：“要把支部建到老同志身边。”“人在哪里，支部就在哪里。”
另一篇：
标题：办好一间书屋
单位：某师范大学离退休工作处
学习《劝学日记选读》，槐荫里社区的老同志都来了。"""
HOUSE = replace(
    EMPTY_HOUSE,
    people=(Person(Entry("p.shen", "任免文件"), "沈怀昇", (Post("省委老干部局局长", date(2024, 1, 1)),)),),
    quotes=(BankQuote(Entry("q.1", "讲话全文"), "沈怀昇", "我们要把支部建到老同志身边，建到家门口。"),),
)


def aids() -> ReadingAids:
    return reading_aids(issue_of(ISSUE, HOUSE))


def test_every_number_stands_with_what_it_counts() -> None:
    said = [number.said for article in aids().articles for number in article.numbers]
    assert said == ["48.6万人", "126个", "3860个", "一间书屋"]


def test_every_name_stands_with_its_posts_and_those_that_the_house_knows() -> None:
    people = [(person.name, person.post, person.known) for article in aids().articles for person in article.people]
    assert people == [
        ("沈怀昇", "省委组织部副部长、省委老干部局局长", "省委老干部局局长"),
        ("张国雷", "原市委书记", ""),
    ]


def test_quotations_are_verified_by_the_bank() -> None:
    bank = replace(HOUSE, quotes=(BankQuote(Entry("q.1", "全文"), "沈怀昇", "要把支部建到老同志身边。要快。"),))
    for house, entries in ((EMPTY_HOUSE, ["", ""]), (bank, ["q.1", ""])):
        quotations = reading_aids(issue_of(ISSUE, house)).articles[0].quotations
        assert [quotation.words.content for quotation in quotations] == [
            "“要把支部建到老同志身边。”",
            "“人在哪里，支部就在哪里。”",
        ]
        assert [quotation.entry for quotation in quotations] == entries
        assert [quotation.verified for quotation in quotations] == [bool(entry) for entry in entries]


def test_new_is_what_nobody_has_seen_before() -> None:
    new = {(aid.kind, aid.name) for aid in aids().new}
    assert {
        (NewKind.QUOTED, "枫叶驿站"),
        (NewKind.TITLE, "劝学日记选读"),
        (NewKind.PERSON, "张国雷"),
        (NewKind.ORGANISATION, "槐荫里社区"),
    } <= new
    assert (NewKind.PERSON, "沈怀昇") not in new, "the house knows him"
    again = reading_aids(replace(issue_of(ISSUE), archive=joined([issue_facts(issue_of(ISSUE))])))
    assert again.earlier == 1
    assert again.new == ()


def test_long_sentences_come_first() -> None:
    short, long, longer = "甲" * LONG + "。", "乙" * LONG + "，好。", "丙" * LONG + "，更好。"
    sentences = reading_aids(issue_of(f"{short[1:]}{long}\n{longer}")).articles[0].sentences
    assert [sentence.words.content for sentence in sentences] == [longer, long]
    assert [sentence.length for sentence in sentences] == [len(longer), len(long)]


def test_facts_of_issues_are_joined_from_the_oldest_on() -> None:
    older = IssueFacts("2026-08", quoted=(("枫叶驿站", 2),), people=(("张三丰", "市委书记"),), words=("驿站",))
    newer = IssueFacts("2026-09", quoted=(("枫叶驿站", 1), ("枫采课堂", 1)), people=(("张三丰", "市委书记"),))
    facts = joined((older, newer))
    assert facts.issues == 2
    assert [(each.name, each.count, each.issues, each.last) for each in facts.quoted] == [
        ("枫叶驿站", 3, 2, "2026-09"),
        ("枫采课堂", 1, 1, "2026-09"),
    ]
    assert facts.people == (("张三丰", "市委书记", "2026-09"),)
    assert facts.words == {"驿站"}


def test_the_facts_of_an_issue_are_its_names() -> None:
    facts = issue_facts(issue_of(ISSUE))
    assert facts.issue == "2026-10"
    assert ("枫叶驿站", 1) in facts.quoted
    assert facts.titles == (("劝学日记选读", 1),)
    assert ("张国雷", "市委书记") in facts.people
    assert ("槐荫里社区", 1) in facts.organisations
