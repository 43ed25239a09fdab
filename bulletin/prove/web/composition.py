"""A web edition against the issue that it was made from: every article that its audience may read, whole, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bulletin.model.audience import Audience
from bulletin.model.clearance_log import standing
from bulletin.model.edition import Article, WebEdition
from bulletin.model.issue import Issue, Manuscript
from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.model.prose import AttachmentNote, CrossLink, Figure, NumberedHeading, Paragraph, Signature
from bulletin.model.site import Card
from bulletin.model.walk import visible_text, walk
from bulletin.prove.composition import check_article, check_editors_note, check_highlights
from bulletin.prove.passages import squeezed

_ADVICE = message("这是程序的问题，网站不能发布；请连同原稿报告维护人员")


def prove_web_composition(issue: Issue, edition: WebEdition, cleared: Collection[str]) -> tuple[Problem, ...]:
    """Problems if the edition holds other articles than its audience may read, or not all that these say, or anything besides.

    Args:
        issue: What the editors wrote.
        edition: What was made of it.
        cleared: The articles, by slug, that were cleared as they stand now; what else there is must not be public.
    """
    return tuple(_found(issue, edition, frozenset(cleared)))


def _found(issue: Issue, edition: WebEdition, cleared: frozenset[str]) -> Iterator[Problem]:
    public = edition.audience is Audience.PUBLIC
    manuscripts = [each for each in issue.manuscripts if not public or each.slug in cleared]
    shown = [article.slug for article in edition.articles]
    yield from _check_articles(manuscripts, edition, issue.head.places.file)
    yield from check_highlights(edition.highlights, issue.head.places.file)
    yield from check_editors_note("" if public else issue.editors_note, edition.editors_note, issue.head.places.file)
    if edition.marking != (() if public else issue.marking):
        yield _surplus(issue.head.places.file, message("网络版的标识不对：{marking}", marking=edition.marking))
    if shown != [each.slug for each in manuscripts] or len(edition.cards) != len(shown):
        return
    owners = _owners(issue.manuscripts)
    attached = _attached(manuscripts, owners)
    numbers = _numbers(issue, manuscripts, public=public)
    for manuscript, article, card in zip(manuscripts, edition.articles, edition.cards, strict=True):
        yield from check_article(manuscript, article)
        yield from _check_end(manuscript, article, attached.get(manuscript.slug, ()))
        yield from _check_links(manuscript, article, shown)
        owner = next((each for each in manuscripts if each.slug == owners.get(manuscript.slug)), manuscript)
        wanted = (numbers[manuscript.slug], numbers[owner.slug] if owner is not manuscript else 0, owner.kind.name)
        if (article.position, card.attached_to, card.section) != wanted or not _tells(card, manuscript, article):
            yield _surplus(
                manuscript.span, message("网络版目录里《{title}》的一项与文章不符", title=article.plain_title)
            )
    yield from _check_pictures(issue, edition)


def _check_articles(manuscripts: list[Manuscript], edition: WebEdition, span: Span) -> Iterator[Problem]:
    """Those that may be read, in order; no others, and no cards of others."""
    wanted = [each.slug for each in manuscripts]
    shown = [article.slug for article in edition.articles]
    for article in edition.articles:
        if article.slug not in wanted:
            yield _surplus(
                Span(article.source, 1), message("《{title}》不能公开，却在网络版里", title=article.plain_title)
            )
    for manuscript in manuscripts:
        if manuscript.slug not in shown:
            what = message("《{title}》应在网络版里，却没有", title=" ".join(manuscript.title))
            yield error("proof-web-article", manuscript.span, what, _ADVICE)
    if set(shown) == set(wanted) and (shown != wanted or len(edition.cards) != len(shown)):
        yield error("proof-web-article", span, message("网络版文章的次序或目录与本期不符"), _ADVICE)


def _numbers(issue: Issue, manuscripts: list[Manuscript], *, public: bool) -> dict[str, int]:
    """The number of each article in its address: recorded with the clearance, or its place."""
    if public:
        counts = standing(issue.clearances)
        return {each.slug: counts[each.slug].number if each.slug in counts else 0 for each in manuscripts}
    return {each.slug: place for place, each in enumerate(manuscripts, start=1)}


def _owners(manuscripts: Iterable[Manuscript]) -> dict[str, str]:
    """What each attachment belongs to: the article before it in the issue, whoever may read that."""
    found: dict[str, str] = {}
    owner = ""
    for manuscript in manuscripts:
        if manuscript.kind.attachment:
            found[manuscript.slug] = owner
        else:
            owner = manuscript.slug
    return found


def _attached(manuscripts: list[Manuscript], owners: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The titles of the attachments that may be read with each article."""
    found: dict[str, tuple[str, ...]] = {}
    for manuscript in manuscripts:
        if manuscript.slug in owners:
            found[owners[manuscript.slug]] = (*found.get(owners[manuscript.slug], ()), "".join(manuscript.title))
    return found


def _check_end(manuscript: Manuscript, article: Article, attached: tuple[str, ...]) -> Iterator[Problem]:
    """After the last block that was written there is what belongs to it: 附件说明 of what may be read, 署名."""
    end = article.blocks[len(manuscript.blocks) :]
    wanted = [AttachmentNote] * bool(attached) + [Signature] * manuscript.kind.signed
    names = [name for block in end if isinstance(block, AttachmentNote) for name in block.names]
    signed = [block.name for block in end if isinstance(block, Signature)]
    if [type(block) for block in end] != wanted or names != [*attached] or signed != [manuscript.byline] * len(signed):
        yield _surplus(manuscript.span, message("《{title}》末尾多了或少了附件说明、署名", title=article.plain_title))


def _check_links(manuscript: Manuscript, article: Article, shown: list[str]) -> Iterator[Problem]:
    for link in walk(article.blocks, CrossLink):
        if link.slug not in shown:
            what = message("《{title}》里有链接指向网络版没有的文章", title=article.plain_title)
            yield _surplus(manuscript.span, what)


def _tells(card: Card, manuscript: Manuscript, article: Article) -> bool:
    """Whether the card says what the article says; the summary is the beginning of its text."""
    named = (card.title, card.subtitle, card.byline, card.speaker, card.position, card.organization, card.subjects)
    head = (article.plain_title, article.subtitle, manuscript.byline)
    said = (*head, manuscript.speaker, manuscript.position, manuscript.organization, manuscript.subjects)
    told = card.number == article.position and named == said
    return told and _begins(article, squeezed(card.summary).removesuffix("……"))


def _begins(article: Article, summary: str) -> bool:
    """Whether the running text, or where there is none the headings, begin so."""
    text = ""
    for paragraph in walk(article.blocks, Paragraph):
        text += squeezed(visible_text(paragraph.content))
        if len(text) >= len(summary):
            break
    headings = (visible_text(heading.content) for heading in walk(article.blocks, NumberedHeading))
    return (text or squeezed("".join(headings))).startswith(summary)


def _check_pictures(issue: Issue, edition: WebEdition) -> Iterator[Problem]:
    """The pictures that articles show, and no others."""
    shown = {figure.picture for figure in walk(edition.articles, Figure)}
    if edition.pictures != tuple(picture for picture in issue.pictures if picture.name in shown):
        yield _surplus(issue.head.places.file, message("网络版的图与文章里的图不符"))


def _surplus(span: Span, what: Message) -> Problem:
    return error("proof-web-surplus", span, what, _ADVICE)
