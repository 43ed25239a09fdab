"""The text of an article for the search page: loaded for the few results that are shown, to look for the very phrase and to quote it."""

from __future__ import annotations

from bulletin.model.artifact import Artifact
from bulletin.model.search import SearchText
from bulletin.model.site import Card
from bulletin.render.web.search.delivery import SCRIPT, delivery


def render_article_text(card: Card, text: SearchText) -> Artifact:
    """The file `text.js` beside the article's page: what a result shows of it, its titles, its passages."""
    issue = f"{card.key.year}年{'增刊' if card.key.supplement else ''}第{card.key.number}期"
    shown = {"section": card.label or card.section_name, "issue": issue, "byline": card.byline}
    content = delivery({**shown, "titles": text.titles, "passages": text.passages})
    return Artifact(f"{card.path}/text.js", SCRIPT, content)
