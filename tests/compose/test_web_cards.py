"""What lists of the site show of articles."""

from __future__ import annotations

import pytest

from bulletin.compose import compose_web_edition
from bulletin.compose.cards import shorten
from bulletin.model.audience import Audience
from bulletin.model.edition import WebEdition
from bulletin.prove.web.composition import prove_web_composition
from tests.conftest import ARTICLE, Make, article, load

SPEECH = "kind: speech\ntitle: 讲三点意见\nspeaker: 张三\nposition: 局长\ndate: 2026-01-13"
SENTENCE = "这一句话不长也不短正好二十个字用来数一数。"


def edition_of(make: Make, front: str, issue: str = "") -> WebEdition:
    return compose_web_edition(load(make({ARTICLE: article("正文。", front), **issue_file(issue)})), Audience.INTRANET)


def issue_file(more: str) -> dict[str, str | bytes | None]:
    from tests.conftest import BASE

    return {"issues/2026-01/issue.yaml": f"{BASE['issues/2026-01/issue.yaml']}{more}"}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("全文。", "全文。"),
        (SENTENCE * 4 + "剩下的，还有很多很多很多很多很多很多很多", SENTENCE * 4 + "……"),
        ("没有句号" * 12 + "，" + "后面很长" * 20, "没有句号" * 12 + "……"),
        ("一个标点也没有" * 20, ("一个标点也没有" * 20)[:100] + "……"),
        (SENTENCE * 2 + "他说：“好。" + "还有" * 40, SENTENCE * 2 + "他说……"),
        (SENTENCE * 3 + "他说：“好。”" + "还有" * 40, SENTENCE * 3 + "他说：“好。”……"),
        ("前面很长" * 10 + "（含甲、乙、" + "丙丁" * 40, ("前面很长" * 10 + "（含甲、乙、" + "丙丁" * 40)[:100] + "……"),
    ],
)
def test_a_summary_ends_at_a_point(text: str, short: str) -> None:
    assert shorten(text) == short


@pytest.mark.parametrize(
    "front", [SPEECH, f"{SPEECH}\nsubtitle: 在会上的讲话", "kind: report\ntitle: 标题\norganization: 某县"]
)
def test_highlights_that_repeat_the_only_article_are_not_shown(make: Make, front: str) -> None:
    edition = edition_of(make, front)
    assert len(edition.highlights) == 1, "the PDF has them"
    assert edition.shown_highlights == ()


def test_a_line_of_the_editors_own_is_shown(make: Make) -> None:
    edition = edition_of(make, SPEECH, "highlights: [局长张三强调了三件事]\n")
    assert [line.text for line in edition.shown_highlights] == ["局长张三强调了三件事"]


def test_two_articles_have_their_highlights(make: Make) -> None:
    files: dict[str, str | bytes | None] = {"issues/2026-01/02-b.md": article("正文。")}
    edition = compose_web_edition(load(make(files)), Audience.INTRANET)
    assert [line.text for line in edition.shown_highlights] == ["经验交流材料2篇"]


def test_an_attachment_whose_article_is_held_belongs_to_no_other(make: Make) -> None:
    """The notice between them is not cleared: its form is neither the report's, nor in a section that tells of the notice."""
    notice = "kind: notice\ntitle: 通知\norganization: 某局\ndate: 2026-01-15"
    files: dict[str, str | bytes | None] = {
        "issues/2026-01/02-notice.md": article("正文。", notice),
        "issues/2026-01/03-form.md": article("表。", "kind: attachment\ntitle: 登记表"),
    }
    issue = load(make(files))
    cleared = frozenset({"01-report", "03-form"})
    edition = compose_web_edition(issue, Audience.PUBLIC, cleared)
    report, form = edition.cards
    assert (form.attached_to, form.section_name, form.label) == (0, "附件", "附件")
    assert "登记表" not in str(edition.articles[0])
    assert report.section_order < form.section_order
    whole = compose_web_edition(issue, Audience.INTRANET)
    assert [(card.attached_to, card.section_name) for card in whole.cards] == [
        (0, "经验交流材料"),
        (0, "通知公告"),
        (2, "通知公告"),
    ]
    assert prove_web_composition(issue, whole, cleared) == ()


@pytest.mark.parametrize("said", ["[党建, 文化养老]", "[党建，文化养老]", "党建、文化养老", "党建； 文化养老"])
def test_subjects_are_parted_by_any_mark(make: Make, said: str) -> None:
    """A list of YAML is parted by commas of ASCII only: whoever types a Chinese one means the same."""
    edition = edition_of(make, f"kind: report\ntitle: 标题\norganization: 某县\nsubjects: {said}")
    assert edition.cards[0].subjects == ("党建", "文化养老")
