"""An issue composed: numbers, highlights, distribution, links, notes, and what the public may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.compose import compose_edition, compose_web_edition, digest_of
from bulletin.model.audience import Audience
from bulletin.model.edition import Highlight
from bulletin.model.issue import Clearance, Issue
from bulletin.model.numbering import chinese_numeral, section_label, typed_number
from bulletin.model.prose import CrossLink, Note, NumberedHeading, Paragraph, RunInHeading, Salutation
from bulletin.model.walk import plain_text, walk
from bulletin.prove.composition import prove_composition
from tests.conftest import ARTICLE, Make, article, load

IssueOf = Callable[[str], Issue]


def test_headings_are_numbered_and_levels_start_anew(issue_of: IssueOf) -> None:
    body = "## 甲\n\n### 乙\n\n#### 丙\n\n#### 丁\n\n##### 戊\n\n### 己\n\n#### 庚\n\n## 辛\n\n### 壬\n\n正文"
    (composed,) = compose_edition(issue_of(body)).articles
    headings = list(walk(composed.blocks, NumberedHeading))
    assert [heading.label for heading in headings] == [
        "一、",
        "（一）",
        "1.",
        "2.",
        "（1）",
        "（二）",
        "1.",
        "二、",
        "（一）",
    ]
    assert len({heading.anchor for heading in headings}) == len(headings)


def test_numbers_typed_by_hand_are_kept_once(issue_of: IssueOf) -> None:
    (composed,) = compose_edition(issue_of("## 一、甲\n\n### （一）乙\n\n#### 1. 丙\n\n## 丁\n\n正文")).articles
    headings = [(heading.label, plain_text(heading.content)) for heading in walk(composed.blocks, NumberedHeading)]
    assert headings == [("一、", "甲"), ("（一）", "乙"), ("1.", "丙"), ("二、", "丁")]


@pytest.mark.parametrize(
    "heading",
    [
        "*一、提高认识*",
        "[一、提高认识](https://example.org/)",
        "一**、提高**认识",
        "**一、**提高认识",
        "`一`、提高认识",
    ],
)
def test_a_typed_number_is_printed_once_whatever_markup_it_stands_in(issue_of: IssueOf, heading: str) -> None:
    issue = issue_of(f"## {heading}\n\n正文")
    edition = compose_edition(issue)
    (found,) = walk(edition.articles[0].blocks, NumberedHeading)
    assert (found.label, plain_text(found.content)) == ("一、", "提高认识")
    assert not list(prove_composition(issue, edition))


def test_composition_that_loses_a_character_is_found(issue_of: IssueOf) -> None:
    issue, other = (
        issue_of("## 标题\n\n正文[^1]一段。\n\n- 甲\n\n[^1]: 注"),
        issue_of("## 标题\n\n正文[^1]一。\n\n- 甲\n\n[^1]: 注"),
    )
    assert not list(prove_composition(issue, compose_edition(issue)))
    assert [each.code for each in prove_composition(issue, compose_edition(other))] == ["proof-composition"]


@pytest.mark.parametrize("number", range(1, 100))
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_every_label_is_read_as_it_is_made(level: int, number: int) -> None:
    typed = typed_number(section_label(level, number) + "标题")
    assert typed is not None
    assert (typed.level, typed.number, typed.well_formed) == (level, number, True)


@pytest.mark.parametrize(
    "text", ["2020年", "1997年以来", "3.5万人", "十八大以来", "一是", "（试行）", "“一、", "二十大"]
)
def test_other_beginnings_are_no_numbers(text: str) -> None:
    assert typed_number(text) is None


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese_numeral(number) == text


def test_run_in_headings_need_a_number(issue_of: IssueOf) -> None:
    (composed,) = compose_edition(issue_of("**一、甲。**乙\n\n**2. 丙。**丁\n\n**戊**己")).articles
    assert [type(block) for block in composed.blocks] == [RunInHeading, RunInHeading, Paragraph]
    assert [block.level for block in walk(composed.blocks, RunInHeading)] == [1, 3]


@pytest.mark.parametrize(
    ("text", "flush"),
    [
        ("同志们：", True),
        ("各位领导、同志们：", True),
        ("各市、县（市、区）委老干部局，省直单位离退休工作部门：", True),
        ("现将有关情况报告如下：", False),
        ("主要做法是：", False),
        ("正文。", False),
    ],
)
def test_salutations_stand_flush_left(issue_of: IssueOf, text: str, flush: bool) -> None:
    (composed,) = compose_edition(issue_of(f"{text}\n\n正文")).articles
    assert isinstance(composed.blocks[0], Salutation) == flush


def test_footnotes_are_numbered_in_the_order_of_their_marks(issue_of: IssueOf) -> None:
    (composed,) = compose_edition(issue_of("甲[^b]乙[^a]\n\n[^a]: 后\n[^b]: 先")).articles
    assert [(note.number, note.mark, plain_text(note.content)) for note in walk(composed.blocks, Note)] == [
        (1, "①", "先"),
        (2, "②", "后"),
    ]


def speech(name: str, occasion: str) -> str:
    return article(
        "正文", f"kind: speech\ntitle: 题\nsubtitle: {occasion}\nspeaker: {name}\nposition: 局长\ndate: 2026-01-02"
    )


def test_highlights_name_speeches_and_count_reports(make: Make) -> None:
    root = make({ARTICLE: speech("刘文生", "在会上的讲话"), "issues/2026-01/02-a.md": article("甲"),
                 "issues/2026-01/03-b.md": article("乙"), "issues/2026-01/04-c.md": speech("张克", "在会上的总结讲话")})  # fmt: skip
    assert compose_edition(load(root)).highlights == (
        Highlight("局长刘文生在会上的讲话", 1),
        Highlight("经验交流材料2篇", 2),
        Highlight("局长张克在会上的总结讲话", 4),
    )


def test_the_distribution_block_and_its_sum(make: Make) -> None:
    imprint = compose_edition(load(make())).imprint
    assert [(line.label, line.ranks) for line in imprint.distribution] == [("报：", ("甲局。",)), ("发：", ("各科。",))]
    assert (imprint.print_run, imprint.print_run_text) == (2 + 3 + 4 + 1, "共印10份")


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9)), min_size=1, max_size=12), st.integers(0, 50))
def test_the_print_run_is_the_sum(groups: list[tuple[int, int]], archive: int) -> None:
    from bulletin.model.distribution import print_run
    from bulletin.model.issue import Addressee, DistributionList
    from bulletin.model.problem import Span
    from bulletin.model.recipient import Recipient, Unit

    issue = _ISSUE[0]
    span = Span("x")
    recipients = tuple(
        Recipient(f"组{index}", (Unit(f"组{index}", copies, span, members),), span, group=True)
        for index, (members, copies) in enumerate(groups)
    )
    ranks = tuple((Addressee(recipient.name, span),) for recipient in recipients)
    issue = replace(
        issue,
        publication=replace(issue.publication, recipients=recipients),
        distribution=(DistributionList("报", "", ranks, span),),
        archive=archive,
        spare=3,
    )
    assert print_run(issue) == sum(members * copies for members, copies in groups) + archive + 3


_ISSUE: list[Issue] = []


@pytest.fixture(autouse=True)
def _one_issue(make: Make) -> None:
    _ISSUE[:] = [load(make(folder="one"))]


def cleared(issue: Issue, *slugs: str) -> Issue:
    given_to = [manuscript for manuscript in issue.manuscripts if manuscript.slug in slugs]
    return replace(
        issue,
        clearances=tuple(
            Clearance(each.slug, number, "某人", "2026-01-02", digest_of(each, issue.pictures))
            for number, each in enumerate(given_to, start=1)
        ),
    )


def test_the_public_sees_cleared_articles_only_and_no_trace_of_others(make: Make) -> None:
    root = make({ARTICLE: article("见[另一篇](02-b.md)。"), "issues/2026-01/02-b.md": article("乙"),
                 "issues/2026-01/03-c.md": article("见[标题](02-b.md)。", "kind: report\ntitle: 丙\norganization: 某市")})  # fmt: skip
    issue = load(root)
    assert compose_web_edition(issue, Audience.PUBLIC).articles == ()
    assert len(compose_web_edition(issue, Audience.INTRANET).articles) == 3
    public = compose_web_edition(cleared(issue, "01-report", "03-c"), Audience.PUBLIC)
    assert [(each.position, each.slug) for each in public.articles] == [(1, "01-report"), (2, "03-c")]
    assert public.highlights == (Highlight("经验交流材料2篇", 1),)
    assert public.marking == ()
    assert not list(walk(public.articles, CrossLink))
    assert plain_text(public.articles[0].blocks[0].content) == "见另一篇。"  # type: ignore[union-attr]


def test_an_article_stands_at_the_number_that_its_clearance_gave_it(make: Make) -> None:
    root = make(
        {
            ARTICLE: article("见[丙](03-c.md)。"),
            "issues/2026-01/02-b.md": article("乙"),
            "issues/2026-01/03-c.md": article("丙"),
        }
    )
    issue = load(root)
    log = tuple(
        replace(each, number=8 - place) for place, each in enumerate(cleared(issue, "01-report", "03-c").clearances)
    )
    public = compose_web_edition(replace(issue, clearances=log), Audience.PUBLIC)
    assert [(each.position, card.path) for each, card in zip(public.articles, public.cards, strict=True)] == [
        (8, "2026/01/08"),
        (7, "2026/01/07"),
    ]
    assert public.highlights == (Highlight("经验交流材料2篇", 8),)


CHANGES = {
    "a subject": ("organization: 某县", "organization: 某县\nsubjects: [党建]"),
    "an editors' note": ("organization: 某县", "organization: 某县\neditors_note: 按语。"),
    "a character": ("正文一段。", "正文二段。"),
    "the title": ("title: 标题", "title: 题标"),
    "the unit": ("某县", "某市"),
    "emphasis": ("一段", "**一段**"),
    "a footnote": ("一段。", "一段[^1]。\n\n[^1]: 注"),
    "a paragraph's end": ("正文一段。", "正文\n\n一段。"),
    "the kind": ("kind: report", "kind: attachment"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_clearance_is_void_once_anything_changes(make: Make, change: tuple[str, str]) -> None:
    before = article("正文一段。")
    issue = cleared(load(make({ARTICLE: before})), "01-report")
    assert len(compose_web_edition(issue, Audience.PUBLIC).articles) == 1
    changed = load(make({ARTICLE: before.replace(*change)}, "changed"))
    assert not compose_web_edition(replace(changed, clearances=issue.clearances), Audience.PUBLIC).articles


def test_a_clearance_holds_when_only_comments_change(make: Make) -> None:
    issue = cleared(load(make({ARTICLE: article("正文")})), "01-report")
    changed = load(make({ARTICLE: article("正文<!-- 记 -->")}, "changed"))
    assert compose_web_edition(replace(changed, clearances=issue.clearances), Audience.PUBLIC).articles


def test_articles_stand_in_the_order_of_their_files(make: Make) -> None:
    root = make({"issues/2026-01/07-z.md": article("丙"), "issues/2026-01/03-b.md": article("乙")})
    articles = compose_edition(load(root)).articles
    assert [(each.position, each.slug) for each in articles] == [(1, "01-report"), (2, "03-b"), (3, "07-z")]
