"""What no rule may do: touch what is somebody else's, say a thing twice, fail in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bulletin.model.finding import Finding, Fix, Manual, Related, Safety, Strength
from bulletin.model.house import EMPTY_HOUSE
from bulletin.model.problem import Severity, message
from bulletin.model.proof_text import Anchor, ProofText, ProofTexts, Role, Words
from bulletin.proofread.engine import of_article, proofread
from bulletin.proofread.reading import ReadArticle, ReadIssue, read_article
from bulletin.proofread.rule import ArticleRule, IssueRule, Rule
from tests.conftest import Make, load
from tests.proofreading import DAY, article_of, texts_of, words_of

SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "H": Severity.HINT}


def rule_of(
    word: str, code: str = "TST001", severity: str = "E", safety: Safety = Safety.SAFE, *, reads: bool = False
) -> ArticleRule:
    """A rule that finds a word wherever it stands, and would strike it out."""
    weight = SEVERITIES[severity]
    manual = Manual(code, message("试"), message("试"), weight, Strength.HOUSE, "试", (), (), safety)

    def find(article: ReadArticle) -> Iterator[Finding]:
        for text in article.texts:
            start = text.content.find(word)
            while start >= 0:
                words = text.words(start, start + len(word))
                yield Finding(code, weight, words, message("试"), fix=Fix(words, "", safety))
                start = text.content.find(word, start + 1)

    return ArticleRule(manual, find, reads_quotations=reads)


def issue_of(make: Make, *texts: ProofTexts) -> ReadIssue:
    own, *articles = (read_article(each, EMPTY_HOUSE, DAY) for each in (ProofTexts("", "issue.yaml", ()), *texts))
    return ReadIssue(load(make()), own, tuple(articles), EMPTY_HOUSE)


@pytest.mark.parametrize(
    ("content", "found", "reading"),
    [
        ("错了", ["错"], ["错"]),
        ("他说：“错了。”", [], ["错"]),
        ("《错了》", [], ["错"]),
        ("“错了”活动", ["错"], ["错"]),
        ("《甲》错《乙》", ["错"], ["错"]),
    ],
)
def test_what_is_somebody_elses_is_left_to_rules_that_read_it(
    content: str, found: list[str], reading: list[str]
) -> None:
    assert words_of(of_article(rule_of("错"), article_of(content))) == found
    assert words_of(of_article(rule_of("错", reads=True), article_of(content))) == reading


@pytest.mark.parametrize(
    ("content", "safety"),
    [
        ("错了", Safety.SAFE),
        ("“错了”活动", Safety.UNSAFE),
        ("他说：“错了。”", None),
        ("《错了》", None),
        ("（老干发〔错〕2026〕7号", Safety.SAFE),
    ],
)
def test_fixes_leave_alone_what_is_somebody_elses(content: str, safety: Safety | None) -> None:
    (finding,) = of_article(rule_of("错", reads=True), article_of(content))
    assert (finding.fix.safety if finding.fix else None) == safety


@pytest.mark.parametrize(
    ("anchors", "altered", "fixed"),
    [
        ((Anchor(0, 1, 1),), (), True),
        ((Anchor(0, 1, 1), Anchor(1, 1, 4)), (), True),
        ((Anchor(0, 1, 1), Anchor(2, 1, 5)), (), False),
        ((Anchor(0, 1, 1),), ((1, 2),), False),
        ((Anchor(0, 1, 1),), ((0, 1), (3, 4)), True),
    ],
)
def test_what_stands_otherwise_in_the_file_is_not_fixed(
    anchors: tuple[Anchor, ...], altered: tuple[tuple[int, int], ...], fixed: bool
) -> None:
    text = ProofText("x.md", "x", Role.PARAGRAPH, "甲错了乙", anchors, altered=altered)
    article = read_article(ProofTexts("x", "x.md", (text,)), EMPTY_HOUSE, DAY)
    (finding,) = of_article(rule_of("错了"), article)
    assert (finding.fix is not None) == fixed


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([("错了", "TST001", "E"), ("错", "TST002", "W"), ("了", "TST003", "H")], ["TST001"]),
        ([("错", "TST001", "E"), ("错了", "TST002", "W")], ["TST001", "TST002"]),
        ([("错了", "TST001", "E"), ("错", "ABC002", "H")], ["ABC002", "TST001"]),
        ([("错了", "TST001", "W"), ("错了", "TST002", "W"), ("错", "TST003", "W")], ["TST001", "TST003"]),
        ([("错了", "TST002", "H"), ("错了", "TST001", "E")], ["TST001"]),
        ([("错", "TST001", "E"), ("了", "TST002", "W")], ["TST001", "TST002"]),
    ],
)
def test_one_cause_is_told_once(make: Make, rules: list[tuple[str, str, str]], told: list[str]) -> None:
    made = [rule_of(word, code, severity) for word, code, severity in rules]
    findings = proofread(issue_of(make, texts_of("甲错了乙", "丙")), made)
    assert sorted(finding.code for finding in findings) == told


def test_findings_come_by_file_and_place_and_once(make: Make) -> None:
    issue = issue_of(make, texts_of("甲错", "错错", slug="02-b"), texts_of("错", slug="01-a"))
    twice: list[Rule] = [rule_of("错"), rule_of("错")]
    findings = proofread(issue, twice)
    places = [(each.words.text.slug, each.words.span.line, each.words.span.column) for each in findings]
    assert places == [("01-a", 6, 1), ("02-b", 6, 2), ("02-b", 8, 1), ("02-b", 8, 2)]


def test_rules_of_an_issue_are_held_to_the_same(make: Make) -> None:
    inner = rule_of("错", reads=True)

    def find(issue: ReadIssue) -> Iterator[Finding]:
        for part in issue.parts:
            yield from inner.find(part)

    findings = proofread(issue_of(make, texts_of("《错》", "错")), [IssueRule(inner.manual, find)])
    assert [finding.fix is not None for finding in findings] == [False, True]


@pytest.mark.parametrize("wrap", [lambda rule: rule, lambda rule: IssueRule(rule.manual, rule.find)])
def test_a_faulty_rule_does_not_look_as_if_it_found_nothing(make: Make, wrap: Callable[[ArticleRule], Rule]) -> None:
    def fails(_: object) -> Iterator[Finding]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        proofread(issue_of(make, texts_of("甲")), [wrap(replace(rule_of("甲"), find=fails))])


def test_the_sentence_of_words() -> None:
    text = ProofText("x.md", "x", Role.PARAGRAPH, "甲。乙错丙，丁！戊" + "己" * 3000 + "错", (Anchor(0, 1, 1),))
    assert Words(text, 3, 4).sentence == "乙错丙，丁！"
    assert Words(text, 3, 4).place == 1
    assert Words(text, 8, 9).sentence == "戊" + "己" * 1001
    assert Words(text, 3009, 3010).sentence == "己" * 1000 + "错"


def test_the_same_cure_of_the_same_words_is_told_once_by_the_heaviest(make: Make) -> None:
    issue = issue_of(make, texts_of("错了，又错了"))
    warning, error = rule_of("错", "CON900", "W"), rule_of("错", "FIX900", "E", Safety.UNSAFE)
    told = proofread(issue, [naming("错", "了", "TST901"), warning, error])
    assert [(each.code, each.words.start) for each in told] == [("FIX900", 0), ("FIX900", 4)]
    assert [[related.words.content for related in each.related] for each in told] == [["了"], ["了"]]
    other_cure = replace(error, find=lambda article: (replace(each, fix=None) for each in error.find(article)))
    assert len(proofread(issue, [warning, other_cure])) == 4


def naming(word: str, other: str, code: str) -> ArticleRule:
    """A rule that names another place with each of its findings."""
    rule = rule_of(word, code, "H")

    def find(article: ReadArticle) -> Iterator[Finding]:
        for each in rule.find(article):
            place = each.words.text.content.index(other)
            yield replace(each, related=(Related(Words(each.words.text, place, place + len(other)), message("试")),))

    return replace(rule, find=find)
