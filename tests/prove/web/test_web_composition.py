"""A web edition that is not what it should be, in each way in which composition could go wrong."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from bulletin.compose import cleared_slugs, compose_web_edition
from bulletin.model.audience import Audience
from bulletin.model.edition import Highlight, WebEdition
from bulletin.model.issue import Issue
from bulletin.model.problem import Problem
from bulletin.model.prose import AttachmentNote, CrossLink, Note, Paragraph, Text
from bulletin.prove.web.composition import prove_web_composition
from tests.clearing import all_cleared, with_clearances
from tests.conftest import BASE, Make, article, load

PUBLIC = {"01-report": 4, "03-c": 2, "04-d": 9}
"""What is cleared; the second article is held back."""
BODY = (
    "首段说明情况[^1]。\n\n## 做法\n\n见[丙](03-c.md)和[乙](02-b.md)。\n\n"
    '![活动室](a.png "活动室一角")\n\n[^1]: 注文一条。'
)
FRONT = (
    "kind: report\ntitle: 甲的做法\norganization: 甲县\ndate: 2026-01-03\nsubjects: [党建]\neditors_note: 值得一看。"
)
NOTICE = "kind: notice\ntitle: 报名通知\norganization: 某局\ndate: 2026-01-05"


def drawing(colour: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(held, "PNG")
    return held.getvalue()


FILES: dict[str, str | bytes | None] = {
    "issues/2026-01/issue.yaml": BASE["issues/2026-01/issue.yaml"] + "editors_note: 本期请各处传阅。\n",
    "issues/2026-01/01-report.md": article(BODY, FRONT),
    "issues/2026-01/02-b.md": article(
        "乙的正文。\n\n![内景](b.png)", "kind: report\ntitle: 乙的做法\norganization: 乙县"
    ),
    "issues/2026-01/03-c.md": article("请报名。", NOTICE),
    "issues/2026-01/04-d.md": article("表。", "kind: attachment\ntitle: 报名表"),
    "issues/2026-01/05-e.md": article("另一张表。", "kind: attachment\ntitle: 汇总表"),
    "issues/2026-01/a.png": drawing("red"),
    "issues/2026-01/b.png": drawing("blue"),
}


@pytest.fixture
def issue(make: Make) -> Issue:
    return with_clearances(load(make(FILES)), PUBLIC)


def found(issue: Issue, edition: WebEdition) -> tuple[Problem, ...]:
    return prove_web_composition(issue, edition, cleared_slugs(issue))


def test_what_composition_makes_is_as_it_should_be(issue: Issue) -> None:
    for audience, count in ((Audience.PUBLIC, 3), (Audience.INTRANET, 5)):
        edition = compose_web_edition(issue, audience)
        assert len(edition.articles) == count
        assert found(issue, edition) == ()
    whole = all_cleared(issue)
    assert found(whole, compose_web_edition(whole, Audience.PUBLIC)) == ()
    nothing = replace(issue, clearances=())
    assert found(nothing, compose_web_edition(nothing, Audience.PUBLIC)) == ()


def first(edition: WebEdition, **changes: object) -> WebEdition:
    """The edition with its first article changed."""
    changed = replace(edition.articles[0], **changes)  # type: ignore[arg-type]
    return replace(edition, articles=(changed, *edition.articles[1:]))


def first_card(edition: WebEdition, **changes: object) -> WebEdition:
    changed = replace(edition.cards[0], **changes)  # type: ignore[arg-type]
    return replace(edition, cards=(changed, *edition.cards[1:]))


def with_block(edition: WebEdition, place: int, **changes: object) -> WebEdition:
    blocks = edition.articles[0].blocks
    changed = replace(blocks[place], **changes)  # type: ignore[type-var]
    return first(edition, blocks=(*blocks[:place], changed, *blocks[place + 1 :]))


def without_notes(edition: WebEdition) -> WebEdition:
    [paragraph] = [each for each in edition.articles[0].blocks[:1] if isinstance(each, Paragraph)]
    return with_block(edition, 0, content=tuple(each for each in paragraph.content if not isinstance(each, Note)))


def other_note(edition: WebEdition) -> WebEdition:
    [paragraph] = [each for each in edition.articles[0].blocks[:1] if isinstance(each, Paragraph)]
    content = tuple(replace(e, content=(Text("别的。"),)) if isinstance(e, Note) else e for e in paragraph.content)
    return with_block(edition, 0, content=content)


def leading_to_what_is_held(edition: WebEdition) -> WebEdition:
    [paragraph] = [each for each in edition.articles[0].blocks[2:3] if isinstance(each, Paragraph)]
    content = tuple(replace(e, slug="02-b") if isinstance(e, CrossLink) else e for e in paragraph.content)
    return with_block(edition, 2, content=content)


def naming_another_attachment(edition: WebEdition) -> WebEdition:
    notice = edition.articles[1]
    blocks = tuple(
        AttachmentNote((*each.names, "汇总表")) if isinstance(each, AttachmentNote) else each for each in notice.blocks
    )
    return replace(edition, articles=(edition.articles[0], replace(notice, blocks=blocks), edition.articles[2]))


Spoil = Callable[[WebEdition], WebEdition]
SPOILT: dict[str, tuple[Spoil, str]] = {
    "an article is missing": (lambda e: replace(e, articles=e.articles[1:], cards=e.cards[1:]), "proof-web-article"),
    "in another order": (lambda e: replace(e, articles=e.articles[::-1], cards=e.cards[::-1]), "proof-web-article"),
    "twice": (lambda e: replace(e, articles=e.articles * 2, cards=e.cards * 2), "proof-web-article"),
    "a card is missing": (lambda e: replace(e, cards=e.cards[1:]), "proof-web-article"),
    "another title": (lambda e: first(e, title=("别的",)), "proof-composition"),
    "another date": (lambda e: first(e, dateline="（2026年1月4日）"), "proof-composition"),
    "another by-line": (lambda e: first(e, byline="乙县"), "proof-composition"),
    "without 编者按": (lambda e: first(e, editors_note=()), "proof-composition"),
    "a paragraph less": (lambda e: first(e, blocks=e.articles[0].blocks[:-1]), "proof-composition"),
    "a paragraph more": (lambda e: first(e, blocks=e.articles[0].blocks * 2), "proof-web-surplus"),
    "another paragraph": (lambda e: with_block(e, 0, content=(Text("别的。"),)), "proof-composition"),
    "a footnote less": (without_notes, "proof-composition"),
    "another footnote": (other_note, "proof-composition"),
    "another picture": (lambda e: with_block(e, 3, picture="b.png"), "proof-composition"),
    "other words for the picture": (lambda e: with_block(e, 3, alternative="内景"), "proof-composition"),
    "pictures of what is held": (lambda e: replace(e, pictures=e.pictures * 2), "proof-web-surplus"),
    "no pictures": (lambda e: replace(e, pictures=()), "proof-web-surplus"),
    "a link to what is held": (leading_to_what_is_held, "proof-web-surplus"),
    "an attachment that is held": (naming_another_attachment, "proof-web-surplus"),
    "another number": (lambda e: first(e, position=1), "proof-web-surplus"),
    "another number in lists": (lambda e: first_card(e, number=1), "proof-web-surplus"),
    "another summary": (lambda e: first_card(e, summary="乙的正文。"), "proof-web-surplus"),
    "another unit in lists": (lambda e: first_card(e, organization="乙县"), "proof-web-surplus"),
    "another subject": (lambda e: first_card(e, subjects=("密",)), "proof-web-surplus"),
    "a marking": (lambda e: replace(e, marking=("内部资料",)), "proof-web-surplus"),
    "an empty highlight": (lambda e: replace(e, highlights=(Highlight(" ", 4),)), "highlight-empty"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_not_as_it_should_be_is_found(issue: Issue, name: str) -> None:
    spoil, code = SPOILT[name]
    edition = compose_web_edition(issue, Audience.PUBLIC)
    spoilt = spoil(edition)
    assert spoilt != edition
    assert code in {problem.code for problem in found(issue, spoilt)}


def test_what_is_held_back_is_found_with_its_place(issue: Issue) -> None:
    whole = compose_web_edition(issue, Audience.INTRANET)
    leaking = replace(compose_web_edition(issue, Audience.PUBLIC), articles=whole.articles, cards=whole.cards)
    told = [each for each in found(issue, leaking) if "不能公开" in str(each.message)]
    assert [each.span.path for each in told] == ["issues/2026-01/02-b.md", "issues/2026-01/05-e.md"]


def test_a_clearance_of_another_text_does_not_count(issue: Issue) -> None:
    """The clearance stands in the log, but the article was changed after it."""
    edition = compose_web_edition(issue, Audience.PUBLIC)
    changed = tuple(replace(each, title=("改过的",)) if each.slug == "03-c" else each for each in issue.manuscripts)
    told = found(replace(issue, manuscripts=changed), edition)
    assert any("《报名通知》不能公开" in str(each.message) for each in told)


def test_the_note_of_the_issue_is_not_public(issue: Issue) -> None:
    inside = compose_web_edition(issue, Audience.INTRANET)
    assert inside.editors_note
    leaking = replace(compose_web_edition(issue, Audience.PUBLIC), editors_note=inside.editors_note)
    assert {each.code for each in found(issue, leaking)} == {"proof-composition"}
    assert found(issue, replace(inside, editors_note=()))
    assert found(issue, replace(inside, marking=()))


@pytest.mark.parametrize(
    "text", ["只有一句。", "## 只有标题", "> 引文。\n\n## 题\n\n" + "很长的一段。" * 30, "没写完……"]
)
def test_summaries_of_all_kinds(make: Make, text: str) -> None:
    issue = load(make({"issues/2026-01/01-report.md": article(text)}))
    edition = compose_web_edition(issue, Audience.INTRANET)
    assert edition.cards[0].summary
    assert found(issue, edition) == ()
