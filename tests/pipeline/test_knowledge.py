"""What the house knows: tested, learnt from an issue, added to, listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bulletin.load.house import load_house
from bulletin.load.publication import load_publication
from bulletin.model.errors import UsageError
from bulletin.model.house import House
from bulletin.model.key import IssueKey
from bulletin.model.problem import Severity
from bulletin.pipeline.house import add_entries, learn_entries, list_entries, try_examples
from tests.conftest import ARTICLE, Make, article

TODAY = date(2026, 10, 20)
KEY = IssueKey(2026, False, 1)
TERM = "  - {{id: {id}, kind: brand, preferred: 夕阳红驿站, quoted: always, source: 通知, examples: {{bad: [{bad}], good: [{good}]}}}}\n"
BODY = (
    "会上，某某省委老干部局局长刘建生讲话。全省9.62万离退休干部，建成“红叶驿站”26个。\n\n"
    "按照《关于加强离退休干部党建工作的意见》（某组发〔2019〕9号），“红叶驿站”惠及9.62万离退休干部。\n\n"
    "刘建生局长指出：“老干部是党和国家的宝贵财富，是推进事业发展的重要力量。”东方煤业有限责任公司（以下简称“东煤公司”）作了发言。"
)


def house_of(root: Path) -> House:
    publication = load_publication(root).value
    assert publication is not None
    outcome = load_house(root, publication)
    assert not outcome.problems, outcome.problems
    assert outcome.value is not None
    return outcome.value


def test_examples_that_fail_name_their_entry_and_its_place(make: Make) -> None:
    missed = TERM.format(id="a", bad="建成夕阳驿站。", good="建成“夕阳红驿站”。")
    alarm = TERM.format(id="b", bad="建成夕阳红驿站。", good="夕阳红驿站的故事。").replace("夕阳红", "朝阳红")
    report = try_examples(make({"house/terms.yaml": f"terms:\n{missed}{alarm}"}), "terms", TODAY)
    assert (report.entries, report.examples) == (2, 4)
    assert [(problem.code, str(problem.span), problem.severity) for problem in report.problems] == [
        ("house-example", "house/terms.yaml:2:10", Severity.ERROR),
        ("house-example", "house/terms.yaml:3:10", Severity.ERROR),
    ]
    assert ["“a”没有查出" in str(problem.message) for problem in report.problems] == [True, False]


def test_a_good_example_that_another_entry_finds_is_told(make: Make) -> None:
    one = TERM.format(id="a", bad="建成夕阳红驿站。", good="建成“夕阳红驿站”和朝阳红驿站。")
    other = TERM.format(id="b", bad="建成朝阳红驿站。", good="建成“朝阳红驿站”。").replace(
        "preferred: 夕阳红", "preferred: 朝阳红"
    )
    (problem,) = try_examples(make({"house/terms.yaml": f"terms:\n{one}{other}"}), "house/terms.yaml", TODAY).problems
    assert "“a”的对的例子里，“b”查出了“朝阳红驿站”" in str(problem.message)


def test_entries_without_source_or_examples_are_told(make: Make) -> None:
    text = "terms:\n  - {id: a, kind: brand, preferred: 夕阳红驿站, quoted: always}\n"
    units = "organisations:\n  - {id: o, name: 甲有限公司, source: 登记, examples: {good: [甲有限公司。]}}\n"
    report = try_examples(make({"house/terms.yaml": text, "house/organisations.yaml": units}), None, TODAY)
    own = [(problem.code, problem.severity) for problem in report.problems if problem.span.path.startswith("house/")]
    assert own == [("house-source", Severity.WARNING), ("house-untested", Severity.HINT)]


def test_entries_of_another_time_are_tested_in_it(make: Make) -> None:
    text = (
        "terms:\n  - {id: a, kind: brand, preferred: 夕阳红驿站, quoted: always, valid_until: 2020-01-01, source: 通知,\n"
        "     examples: {bad: [夕阳红驿站。], good: [“夕阳红驿站”。]}}\n"
    )
    claims = (
        "claims:\n  - {id: old, what: 全省…干部, forms: [9万], as_of: 2020-01-01, source: 年报, examples: {bad: [全省8万干部。], good: [全省9万干部。]}}\n"
        "  - {id: new, what: 全省…干部, forms: [8万], as_of: 2021-01-01, source: 年报, examples: {bad: [全省9万干部。], good: [全省8万干部。]}}\n"
    )
    report = try_examples(make({"house/terms.yaml": text, "house/claims.yaml": claims}), None, TODAY)
    assert [problem for problem in report.problems if problem.span.path.startswith("house/")] == []


def test_a_file_that_is_none_of_the_house(make: Make) -> None:
    with pytest.raises(UsageError, match=r"没有“term\.yml”这个文件"):
        try_examples(make(), "term.yml", TODAY)
    assert try_examples(make(), "quotes", TODAY).entries == 0


def test_an_issue_proposes_what_is_not_known(make: Make) -> None:
    root = make({ARTICLE: article(BODY)})
    house = learn_entries(root, KEY).house
    assert [(term.preferred, term.quoted) for term in house.terms] == [("红叶驿站", True)]
    assert [(person.name, [post.text for post in person.posts]) for person in house.people] == [
        ("刘建生", ["某某省委老干部局局长"])
    ]
    assert [(unit.name, unit.short) for unit in house.organisations] == [
        ("某县", ()),
        ("东方煤业有限责任公司", ("东煤公司",)),
    ]
    assert [(each.title, each.number) for each in house.documents] == [
        ("关于加强离退休干部党建工作的意见", "某组发〔2019〕9号")
    ]
    assert [(claim.what, claim.forms) for claim in house.claims] == [("离退休干部", ("9.62万",))]
    assert [(quote.speaker, quote.text[:5]) for quote in house.quotes] == [("刘建生", "老干部是党")]
    assert house.terms[0].entry.source == "2026-01《标题》（issues/2026-01/01-report.md:7）"
    assert all(entry.good for entry in house.entries)


def test_what_is_said_once_or_bare_or_known_is_not_proposed(make: Make) -> None:
    body = (
        "建成“红叶驿站”。建成“红霞驿站”“红霞驿站”，红霞驿站很好。建成“红日驿站”，又建“红日驿站”。在9.62万离退休干部中。"
    )
    known = "terms:\n  - {id: a, kind: brand, preferred: 红日驿站, source: 通知}\n"
    house = learn_entries(make({ARTICLE: article(body), "house/terms.yaml": known}), KEY).house
    assert (house.terms, house.claims, house.quotes) == ((), (), ())


def test_what_is_learnt_is_added_passes_and_is_not_learnt_again(make: Make, tmp_path: Path) -> None:
    root = make({ARTICLE: article(BODY)})
    file = tmp_path / "建议.yaml"
    proposal = learn_entries(root, KEY)
    file.write_text(proposal.text, "utf-8")
    report = add_entries(root, file, TODAY)
    assert not [problem for problem in report.problems if problem.severity is Severity.ERROR]
    assert [path for path, _count in report.added] == [
        f"house/{name}.yaml" for name in ("terms", "people", "organisations", "documents", "claims", "quotes")
    ]
    ids = {entry.id for entry in house_of(root).entries}
    assert {entry.id for entry in proposal.house.entries} <= ids
    tested = try_examples(root, None, TODAY).problems
    assert [
        problem for problem in tested if problem.span.path.startswith("house/") and problem.severity is Severity.ERROR
    ] == []
    assert learn_entries(root, KEY).text == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "terms:\n  - id: b\n"),
        ("# 说明\n", "# 说明\nterms:\n  - id: b\n"),
        (
            "terms:\n- {id: a, kind: brand, preferred: 甲} # 注\n# 尾",
            "terms:\n- {id: a, kind: brand, preferred: 甲} # 注\n# 尾\n- id: b\n",
        ),
        ("terms:\r\n    -   id: a\r\n        kind: brand\r\n        preferred: 甲\r\n\r\n", None),
        ("\ufeffterms:\n  - {id: a, kind: brand, preferred: 甲}\n", None),
    ],
)
def test_what_a_file_says_stays_to_the_byte(make: Make, tmp_path: Path, before: str, after: str | None) -> None:
    root = make({"house/terms.yaml": before})
    file = tmp_path / "建议.yaml"
    file.write_text(
        "terms:\n  - {id: b, kind: brand, preferred: 乙, source: 通知, examples: {good: [乙。]}}\n", "utf-8"
    )
    assert add_entries(root, file, TODAY).added == (("house/terms.yaml", 1),)
    content = (root / "house/terms.yaml").read_bytes().decode()
    assert content.startswith(before)
    assert after is None or content.startswith(after)
    assert ("\r\n" in before) == ("\r\n" in content.removeprefix(before))
    assert content.count("terms:") == 1


@pytest.mark.parametrize(
    ("house", "proposal", "code"),
    [
        ("terms: []\n", "{id: b, kind: brand, preferred: 乙}", "house-list"),
        ("terms: [{id: a, kind: brand, preferred: 甲}]\n", "{id: b, kind: brand, preferred: 乙}", "house-list"),
        ("terms:\n  - {id: b, kind: brand, preferred: 甲}\n", "{id: b, kind: brand, preferred: 乙}", "house-id"),
        ("terms:\n  - {id: a, kind: bran, preferred: 甲}\n", "{id: b, kind: brand, preferred: 乙}", "field-value"),
        ("", "{id: b, kind: brand, preferd: 乙}", "field-unknown"),
        ("", "{id: b, kind: brand, preferred: 乙, quoted: always, examples: {bad: [甲。]}}", "house-example"),
    ],
)
def test_nothing_is_added_where_something_is_wrong(
    make: Make, tmp_path: Path, house: str, proposal: str, code: str
) -> None:
    root = make({"house/terms.yaml": house})
    file = tmp_path / "建议.yaml"
    file.write_text(f"terms:\n  - {proposal}\npeople:\n  - {{id: p, name: 张三, source: 通知}}\n", "utf-8")
    report = add_entries(root, file, TODAY)
    assert report.added == ()
    assert code in {problem.code for problem in report.problems}
    assert (root / "house/terms.yaml").read_text("utf-8") == house
    assert not (root / "house/people.yaml").exists()


def test_entries_are_listed_by_a_word(make: Make) -> None:
    listed = list_entries(
        make({"house/people.yaml": "people:\n  - {id: p.zhang, name: 张三丰, source: 通知}\n"}), "张三丰"
    )
    assert [(name, known.entry.id) for name, known in listed.entries] == [("people", "p.zhang")]
    assert len(list_entries(make(), "").entries) > 1000
