"""The text of an article for the search page: read for the few results that are shown, to look for the very phrase and to quote it."""

from __future__ import annotations

from bulletin.model.artifact import Artifact
from bulletin.model.search import SearchText
from bulletin.model.site import Card, IssueCard
from bulletin.render.web.search.delivery import delivery


def render_article_text(issue: IssueCard, card: Card, text: SearchText) -> Artifact:
    """The file `text.js` beside the article's page: what a result shows, titles and passages."""
    about = tuple(filter(None, (card.section_name, card.byline, issue.name, issue.date_text)))
    return delivery(f"{card.path}/text.js", {"titles": text.titles, "about": about, "passages": text.passages})
