"""An issue to its editions: the whole for print, what an audience may read for the web."""

from __future__ import annotations

from datetime import date

from bulletin.compose.clearance import is_cleared
from bulletin.compose.highlights import compose_highlights
from bulletin.compose.sections import anchors_of, compose_blocks
from bulletin.model.distribution import print_run
from bulletin.model.edition import Article, Audience, DistributionLine, Edition, Imprint, Masthead, WebEdition
from bulletin.model.issue import DistributionList, Issue, IssueHead, Manuscript, Regular
from bulletin.model.prose import Figure
from bulletin.model.walk import walk


def compose_edition(issue: Issue) -> Edition:
    """The issue as it is printed."""
    return Edition(
        masthead=_masthead(issue),
        marking=issue.marking,
        highlights=issue.highlights or compose_highlights(issue.manuscripts),
        articles=_articles(issue.manuscripts),
        imprint=_imprint(issue),
        pictures=issue.pictures,
    )


def compose_web_edition(issue: Issue, audience: Audience) -> WebEdition:
    """What `audience` may read: everything on the intranet, in public only articles with a valid clearance.

    The split comes first: order, counts, links and 要览 are made from what is left, so they tell nothing of the rest.
    """
    manuscripts = issue.manuscripts
    if audience is Audience.PUBLIC:
        manuscripts = tuple(manuscript for manuscript in manuscripts if is_cleared(issue, manuscript))
    whole = len(manuscripts) == len(issue.manuscripts)
    articles = _articles(manuscripts)
    shown = {figure.picture for figure in walk(articles, Figure)}
    return WebEdition(
        audience=audience,
        masthead=_masthead(issue),
        marking=issue.marking if audience is Audience.INTRANET else (),
        highlights=(issue.highlights if whole else ()) or compose_highlights(manuscripts),
        articles=articles,
        pictures=tuple(picture for picture in issue.pictures if picture.name in shown),
    )


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


def _articles(manuscripts: tuple[Manuscript, ...]) -> tuple[Article, ...]:
    anchors = {manuscript.slug: anchors_of(manuscript) for manuscript in manuscripts}
    return tuple(
        Article(
            position=position,
            slug=manuscript.slug,
            title=manuscript.title,
            subtitle=f"——{manuscript.subtitle}" if manuscript.subtitle else "",
            dateline=f"（{date_text(manuscript.date)}）" if manuscript.date else "",
            byline=manuscript.byline,
            spaced_byline=manuscript.kind.spaced_byline,
            blocks=compose_blocks(manuscript, anchors),
            source=manuscript.span.path,
        )
        for position, manuscript in enumerate(manuscripts, start=1)
    )


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
