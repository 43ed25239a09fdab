"""Whatever somebody writes: no rule crashes on it, and none takes more than its share of time for more of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from time import process_time
from typing import Any

import pytest

from bulletin.load.folders import list_issues
from bulletin.load.house import load_house
from bulletin.load.issue import load_issue
from bulletin.load.proof_texts import load_proof_texts, read_article_texts, read_issue_texts
from bulletin.load.proof_texts.body import read_body_texts
from bulletin.load.publication import load_publication
from bulletin.model.encoding import decode
from bulletin.model.finding import Finding
from bulletin.model.house import House
from bulletin.model.issue import Issue
from bulletin.model.problem import message
from bulletin.model.proof_text import Anchor, ProofText, ProofTexts, Role
from bulletin.proofread.engine import of_article, proofread
from bulletin.proofread.matching import matches, report
from bulletin.proofread.reading import ReadArticle, ReadIssue, read_article
from bulletin.proofread.rule import ArticleRule, Rule
from bulletin.proofread.rules import RULES
from tests.conftest import REPOSITORY
from tests.proofreading import DAY

BITS = (
    *("“", "”", "‘", "’", "《", "》", "〈", "（", "）", "(", ")", "〔", "、", "，", "。", "；", "：", "！", "—", "——", "…", "·", "~", "-"),
    *("1", "3%", "２", "二", "十", "百分之", "2026年", "13月", "31日", "〔2026〕7号", "万", "余", "多", "近", "以上", "零", "第", "亿元"),
    *("一是", "二是", "三是", "首先", "其次", "三个方面", "一、", "（一）", "1.", "以", "为", "的", "在", "原", "等", "成为了", "同志"),
    *("**", "*", "`", "\\", "[", "](", "<!--", "-->", "|", "\n", "\n\n", "\n> ", "\n- ", "## ", "#", "&lt;", "[^1]", "```", "---", ": ", "'"),
    *("\u3000", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\ufffd", "\ue000", "\u2f00", "\U00020bb7", "😀", "e\u0301", "\x00", "\x1b", "\r", "a", "Q"),
)  # fmt: skip


@cache
def sample() -> tuple[Issue, House, tuple[str, ...], str]:
    """The newest issue of the sample publication, what its house knows, its articles' sources, and that of its `issue.yaml`."""
    publication, key = load_publication(REPOSITORY).value, list_issues(REPOSITORY)[-1]
    assert publication is not None
    issue, house = load_issue(REPOSITORY, key, publication).value, load_house(REPOSITORY, publication).value
    assert issue is not None
    assert house is not None
    paths = [texts.path for texts in load_proof_texts(REPOSITORY, key, issue)]
    own, *articles = ((REPOSITORY / path).read_text("utf-8") for path in paths)
    return issue, house, tuple(articles), own


def excerpt(source: str, dice: random.Random) -> str:
    """The head of an article and some of its paragraphs."""
    head, _, body = source.partition("\n---\n\n")
    paragraphs = body.split("\n\n")
    start = dice.randrange(len(paragraphs))
    return f"{head}\n---\n\n" + "\n\n".join(paragraphs[start : start + 3])


def mutated(text: str, dice: random.Random) -> str:
    """The text, as a file of it is read, with a few places struck out, doubled, exchanged or filled with what a rule may look for."""
    for _ in range(dice.randrange(1, 6)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((0, 0, 1, 2, 30)))
        put = dice.choice(("", text[start:end] * 2, dice.choice(BITS), "".join(dice.choices(BITS, k=4))))
        text = text[:start] + put + text[end:]
    return decode(text.encode(), "x").value or ""


@pytest.mark.parametrize("seed", range(5))
def test_no_text_makes_a_rule_crash(seed: int) -> None:
    dice = random.Random(seed)
    _, _, articles, own = sample()
    for _ in range(100):
        texts = [
            read_article_texts(mutated(excerpt(dice.choice(articles), dice), dice), f"{n:02}-a.md") for n in (1, 2)
        ]
        fields = read_issue_texts(mutated(own, dice), "issue.yaml")
        findings = proofread(read_issue(fields, *texts), RULES)
        for finding in findings:
            assert_sound(finding)


def assert_sound(finding: Finding) -> None:
    """What everybody relies on who shows a finding, or writes its fix."""
    words, content = finding.words, finding.words.text.content
    assert 0 <= words.start <= words.end <= len(content), finding
    assert finding.fingerprint
    assert str(finding.message)
    assert str(finding.advice) is not None
    for related in finding.related:
        assert related.words.content
        assert str(related.message)
    if finding.fix:
        mended = finding.fix.words
        assert mended.text.contiguous(mended.start, mended.end)
        assert mended.content != finding.fix.replacement


def read_issue(own: ProofTexts, *articles: ProofTexts) -> ReadIssue:
    """These texts as an issue of the sample publication."""
    issue, house, _, _ = sample()
    read_own, *read = (read_article(each, house, DAY) for each in (own, *articles))
    return ReadIssue(issue, read_own, tuple(read), house)


UNITS: tuple[str | Callable[[int], str], ...] = (
    *("“", "”", "“甲", "‘“", "《", "《甲", "》", "（", "〔", "(", ")", "“甲”", "《甲》", "““””", "“《（", "（一）", "”）》"),
    *("、", "，", "。", "；", "：", "——", "…", "·", "“甲”、", "甲、", "甲、乙和", "A、B，", "一些甲，乙等", "，即："),
    *("1", "12", "1.", "1,", "1—", "1－", "1%", "1万", "一", "十", "百", "二〇", "2026年", "1月", "1日", "13月31日", "近", "约1", "1多", "1余", "左右"),
    *("一是", "一是甲；", "二是", "首先", "其次", "一要", "三个方面", "三个方面：", "第一，", "一、", "（1）", "第", "等3个"),
    *("以", "为", "的", "在", "以甲为", "在甲上", "把", "加大", "采取", "据", "由", "原", "前", "成为了", "不断", "、不断", "对于"),
    *("甲", "Q", "a", " ", "　", "-", "~", "a@", "http://", "a.", "*", "**", "甲 ", "a 甲", "甲\n", "😀", "\U00020bb7", "甲乙丙丁戊己庚辛壬癸"),
    *("习近平总书记", "省委", "市委书记", "同志", "局长", "四个意识", "“四个意识”", "县（市、区）", "老干发〔2026〕7号", "010-8888", "会议指出，"),
    *("《甲》截止目前，", "“甲。”截止目前，", "a@b.cn截止目前，"),
    lambda i: f"“红枫{i:04}驿站”",
    lambda i: f"《关于第{i}项工作的意见》",
    lambda i: f"全市{i}名离退休干部党员，",
    lambda i: f"局长张{chr(0x4E00 + i)}、",
    lambda i: f"{i % 12 + 1}月{i % 28 + 1}日至{i % 28 + 2}日，",
    lambda i: f"{chr(0x4E00 + i % 5000)}",
)  # fmt: skip


def long_text(unit: str | Callable[[int], str], size: int) -> str:
    """So many characters of it."""
    if callable(unit):
        return "".join(unit(number) for number in range(size // len(unit(1))))[:size]
    return (unit * (size // len(unit) + 1))[:size]


def one_text(content: str) -> ProofTexts:
    return texts_from([content])


def many_texts(content: str) -> ProofTexts:
    """The same in short paragraphs."""
    return texts_from([content[start : start + 40] for start in range(0, len(content), 40)])


def texts_from(contents: list[str]) -> ProofTexts:
    texts = (
        ProofText("01-a.md", "01-a", Role.PARAGRAPH, content, (Anchor(0, line, 1),))
        for line, content in enumerate(contents, start=1)
    )
    return ProofTexts("01-a", "01-a.md", tuple(texts))


MARGIN = 0.02
"""Seconds of a processor that are noise, and that nobody would notice."""
SMALL, LARGE = 1_500, 12_000
"""More than half of the longest paragraph that is read, and an eighth of that."""
SHARE = 20
"""Times eight is fair, and times sixty-four is the square."""


def shown(value: Any) -> str:
    """What a case is called."""
    name = getattr(value, "__name__", value)
    return name if name in ("one_text", "many_texts") else repr(value(7) if callable(value) else value)


@pytest.mark.parametrize(
    ("unit", "made"),
    [
        *((unit, one_text) for unit in UNITS),
        *((unit, many_texts) for unit in UNITS if callable(unit) or len(unit) > 3 or unit in "“《、1以"),
    ],
    ids=shown,
)
def test_eight_times_the_text_takes_no_more_than_its_share(
    unit: str | Callable[[int], str], made: Callable[[str], ProofTexts]
) -> None:
    small, large = (made(long_text(unit, size)) for size in (SMALL, LARGE))
    assert not_linear(RULES, small, large) == {}


def test_a_rule_that_looks_from_everywhere_to_the_end_is_not_linear() -> None:
    pattern = re.compile("甲[^乙]*?乙")

    def find(article: ReadArticle) -> Iterator[Finding]:
        return (
            report(RULES[0].manual, text.words(*match.span()), message(""))
            for text, match in matches(article.texts, pattern)
        )

    small, large = (one_text(long_text("甲", size)) for size in (SMALL, LARGE))
    assert not_linear([ArticleRule(RULES[0].manual, find)], small, large)


def not_linear(rules: Iterable[Rule], small: ProofTexts, large: ProofTexts) -> dict[str, tuple[float, float]]:
    """The rules that take more than their share of time for the larger text, and both times; asked again, as others may be at work."""
    times = {code: (0.0, seconds) for code, seconds in times_of(rules, large) if seconds > MARGIN}
    for _ in range(3):
        slow = [rule for rule in rules if rule.manual.code in times]
        before, after = dict(times_of(slow, small)), dict(times_of(slow, large))
        times = {code: (before[code], after[code]) for code in after if after[code] > SHARE * before[code] + MARGIN}
    return times


def times_of(rules: Iterable[Rule], texts: ProofTexts) -> Iterator[tuple[str, float]]:
    """What each rule takes of a processor's time; what several look for, the first of them is charged with."""
    issue = read_issue(ProofTexts("", "issue.yaml", ()), texts)
    for rule in rules:
        started = process_time()
        for _ in of_article(rule, issue.articles[0]) if isinstance(rule, ArticleRule) else rule.find(issue):
            pass
        yield rule.manual.code, process_time() - started


MARKDOWN = (
    *(
        "*甲",
        "**甲**",
        "甲\n",
        "甲\\\n",
        "甲  \n",
        "\\*",
        "&lt;",
        "[甲](b.md)",
        "<http://a.cn>",
        "`甲`",
        "``甲`",
        "甲[^1]",
        "<!-- 注 -->甲",
    ),
    *(
        "> 甲\n\n",
        "> 甲\n",
        "- 甲\n",
        "甲\n\n",
        "|甲|乙|\n|-|-|\n|丙|丁|\n\n",
        "## 甲\n",
        "![甲](a.png)\n\n",
        "\\|",
        "_甲",
        "甲\t\n\u3000",
    ),
)


@pytest.mark.parametrize("unit", MARKDOWN)
def test_places_are_found_in_time(unit: str) -> None:
    """Eight times the text, in lines that are not too long for the parser."""
    size = 160 if "[" in unit or "<!--" in unit else 2_400  # there may be 400 brackets, and 500 remarks
    small, large = (in_lines(long_text(unit, each)) for each in (size, 8 * size))
    for _ in range(3):
        before, after = reading_time(small), reading_time(large)
        if after <= SHARE * before + MARGIN:
            return
    raise AssertionError(f"not linear: {before}, {after}")


def in_lines(text: str) -> str:
    lines = (text[start : start + 600] for start in range(0, len(text), 600))
    return "\n".join(lines) + "\n\n[^1]: 注"


def reading_time(text: str) -> float:
    started = process_time()
    assert read_body_texts(text, "x.md", 1).texts
    return process_time() - started
