"""An issue to its editions: the whole for print, what an audience may read for the web."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bulletin.compose.cards import compose_card
from bulletin.compose.clearance import cleared_days, cleared_slugs, public_numbers
from bulletin.compose.highlights import compose_highlights, place_highlights
from bulletin.compose.sections import Targets, compose_blocks, compose_editors_note
from bulletin.model.audience import Audience
from bulletin.model.distribution import print_run
from bulletin.model.edition import Article, DistributionLine, Edition, Highlight, Imprint, Masthead, WebEdition
from bulletin.model.issue import DistributionList, Issue, IssueHead, Manuscript, Regular
from bulletin.model.prose import (
    AttachmentNote,
    ComposedBlock,
    Figure,
    Signature,
)
from bulletin.model.site import Card
from bulletin.model.walk import walk


def compose_edition(issue: Issue) -> Edition:
    """The issue as it is printed."""
    return Edition(
        masthead=_masthead(issue),
        marking=issue.marking,
        copy_number="" if issue.publication.copy_number.position == "none" else "编号：",
        copy_number_left=issue.publication.copy_number.position == "left",
        highlights=_highlights(issue, issue.highlights, issue.manuscripts),
        editors_note=compose_editors_note(issue.editors_note, issue.head.places.of("editors_note")),
        articles=_articles(
            issue.manuscripts,
            range(1, len(issue.manuscripts) + 1),
            _attachments(issue.manuscripts, issue.manuscripts),
        ),
        imprint=_imprint(issue),
        pictures=issue.pictures,
    )


def compose_web_edition(issue: Issue, audience: Audience, cleared: frozenset[str] | None = None) -> WebEdition:
    """What `audience` may read: everything on the intranet, in public only articles with a valid clearance.

    The split comes first: order, counts, links and 要览 are made from what is left, so they tell nothing of the rest. A 要览 set by hand is not
    shown in public, as nobody clears it. `cleared` are the
    slugs of articles with a valid clearance, for who knows them already.
    """
    manuscripts = issue.manuscripts
    numbers = tuple(range(1, len(manuscripts) + 1))
    if audience is Audience.PUBLIC:
        shown = cleared_slugs(issue) if cleared is None else cleared
        manuscripts = tuple(manuscript for manuscript in manuscripts if manuscript.slug in shown)
        given = public_numbers(issue)
        numbers = tuple(given.get(manuscript.slug, 0) for manuscript in manuscripts)
    by_hand = issue.highlights if audience is Audience.INTRANET else ()
    attachments = _attachments(issue.manuscripts, manuscripts)
    articles = _articles(manuscripts, numbers, attachments)
    pictures = {figure.picture for figure in walk(articles, Figure)}
    return WebEdition(
        audience=audience,
        masthead=_masthead(issue),
        marking=issue.marking if audience is Audience.INTRANET else (),
        highlights=_readdressed(_highlights(issue, by_hand, manuscripts), numbers),
        editors_note=compose_editors_note(
            issue.editors_note if audience is Audience.INTRANET else "", issue.head.places.of("editors_note")
        ),
        articles=articles,
        cards=_cards(issue, manuscripts, articles, attachments),
        pictures=tuple(picture for picture in issue.pictures if picture.name in pictures),
        cleared_on=_cleared_on(issue, articles) if audience is Audience.PUBLIC else (),
    )


def _cleared_on(issue: Issue, articles: tuple[Article, ...]) -> tuple[date | None, ...]:
    days = cleared_days(issue)
    return tuple(days.get(article.slug) for article in articles)


def date_text(day: date) -> str:
    """`2020年7月13日` (GB/T 9704-2012, 7.3.5.4: no padding)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _masthead(issue: Issue) -> Masthead:
    return Masthead(
        key=issue.head.key,
        title=issue.publication.title,
        publisher=issue.publication.publisher,
        language=issue.publication.language,
        numbering=numbering_text(issue.head),
        date=issue.head.date,
        date_text=date_text(issue.head.date),
    )


def numbering_text(head: IssueHead) -> str:
    """`第7期（总第494期）`, or `增刊第1期`."""
    running = head.running
    if isinstance(running, Regular):
        return f"第{running.number}期（总第{running.serial}期）"
    return f"增刊第{running.number}期"


def _articles(
    manuscripts: tuple[Manuscript, ...], numbers: Iterable[int], attachments: Mapping[str, tuple[Manuscript, ...]]
) -> tuple[Article, ...]:
    targets = {manuscript.slug: manuscript for manuscript in manuscripts}
    return tuple(
        _article(position, manuscript, targets, attachments)
        for position, manuscript in zip(numbers, manuscripts, strict=True)
    )


def _article(
    position: int, manuscript: Manuscript, targets: Targets, attachments: Mapping[str, tuple[Manuscript, ...]]
) -> Article:
    signed = manuscript.kind.signed
    day = date_text(manuscript.date) if manuscript.date else ""
    return Article(
        position=position,
        slug=manuscript.slug,
        label=_attachment_label(manuscript, attachments),
        title=manuscript.title,
        subtitle=f"——{manuscript.subtitle}" if manuscript.subtitle else "",
        dateline=f"（{day}）" if day and not signed else "",
        byline="" if signed else manuscript.byline,
        spaced_byline=manuscript.kind.spaced_byline,
        editors_note=compose_editors_note(manuscript.editors_note, manuscript.places.of("editors_note")),
        blocks=(
            *compose_blocks(manuscript, targets),
            *_attachment_note(attachments.get(manuscript.slug, ())),
            *([Signature(manuscript.byline, day)] if signed else []),
        ),
        source=manuscript.span.path,
    )


def _highlights(issue: Issue, texts: tuple[str, ...], manuscripts: tuple[Manuscript, ...]) -> tuple[Highlight, ...]:
    full = issue.publication.layout.full_contents
    return place_highlights(texts, manuscripts) if texts else compose_highlights(manuscripts, full=full)


def _readdressed(highlights: tuple[Highlight, ...], numbers: tuple[int, ...]) -> tuple[Highlight, ...]:
    """The highlights, leading to the numbers that articles have in their addresses."""
    addresses = (0, *numbers)
    return tuple(replace(highlight, position=addresses[highlight.position]) for highlight in highlights)


def _cards(
    issue: Issue,
    manuscripts: tuple[Manuscript, ...],
    articles: tuple[Article, ...],
    attachments: Mapping[str, tuple[Manuscript, ...]],
) -> tuple[Card, ...]:
    composed = {manuscript.slug: each for manuscript, each in zip(manuscripts, articles, strict=True)}
    owners = {attached.slug: slug for slug, each in attachments.items() for attached in each if slug in composed}
    cards: dict[str, Card] = {}
    for manuscript in manuscripts:  # what an attachment belongs to comes before it
        owner = cards.get(owners.get(manuscript.slug, ""))
        cards[manuscript.slug] = compose_card(issue, manuscript, composed[manuscript.slug], owner)
    return tuple(cards.values())


def _attachments(
    manuscripts: tuple[Manuscript, ...], shown: tuple[Manuscript, ...]
) -> dict[str, tuple[Manuscript, ...]]:
    """The attachments of each article that are shown: those that come right after it in the issue, whether it is shown or not."""
    found: dict[str, tuple[Manuscript, ...]] = {}
    owner = ""
    for manuscript in manuscripts:
        if not manuscript.kind.attachment:
            owner = manuscript.slug
        elif manuscript in shown:
            found[owner] = (*found.get(owner, ()), manuscript)
    return found


def _attachment_label(manuscript: Manuscript, attachments: Mapping[str, tuple[Manuscript, ...]]) -> str:
    """`附件`, or `附件2` where the article has several (GB/T 9704-2012, 7.3.7); empty where it is none."""
    siblings = next((each for each in attachments.values() if manuscript in each), ())
    if not siblings:
        return ""
    return "附件" if len(siblings) == 1 else f"附件{siblings.index(manuscript) + 1}"


def _attachment_note(attached: tuple[Manuscript, ...]) -> tuple[ComposedBlock, ...]:
    titles = tuple("".join(manuscript.title) for manuscript in attached)
    return (AttachmentNote(titles),) if titles else ()


def _imprint(issue: Issue) -> Imprint:
    run = print_run(issue)
    editors = (
        ("责任编辑：", issue.editors.responsible),
        ("编辑：", "、".join(issue.editors.editors)),
        ("联系电话：", issue.editors.phone),
    )
    return Imprint(
        distribution=tuple(_distribution_line(listed) for listed in issue.distribution),
        editors=tuple((label, names) for label, names in editors if names),
        print_run=run,
        print_run_text=f"共印{run}份",
    )


def _distribution_line(listed: DistributionList) -> DistributionLine:
    """Ranks joined by ；, units of a rank by 、, 。 at the end."""
    ranks = (listed.text,) if listed.text else tuple("、".join(unit.name for unit in rank) for rank in listed.ranks)
    last = len(ranks) - 1
    ended = tuple(rank.rstrip("。；") + ("。" if number == last else "；") for number, rank in enumerate(ranks))
    return DistributionLine(f"{listed.label}：", ended)
