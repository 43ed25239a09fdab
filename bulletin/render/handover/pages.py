"""Pages of a kit: what to do, each article ready to be copied, and its source."""

from __future__ import annotations

from jinja2 import Environment

from bulletin.model.handover import Kit, KitArticle, placeholder
from bulletin.model.prose import CrossLink, Note
from bulletin.model.walk import walk
from bulletin.render.templates import fill, template_environment

_WIDEST_PX = 800
"""The text of a government page is about as wide; a picture that is wider says so in `width`, as filters take its style away."""


class KitPages:
    """The pages of one kit, from templates that are compiled once."""

    def __init__(self, kit: Kit, folders: tuple[str, ...]) -> None:
        self.kit = kit
        self.numbers = {article.article.slug: article.card.path for article in kit.articles}
        self.environment: Environment = template_environment(folders, self._address, {})
        self.environment.filters["placeholder"] = placeholder

    def guide(self) -> str:
        """What to do, and what to copy into the form for each article."""
        return fill(self.environment, "handover/guide.html", kit=self.kit, edition=self.kit.edition)

    def page(self, article: KitArticle) -> str:
        """The text of an article as a browser shows it; in the place of each picture its name."""
        return self._fill("handover/page.html", article, named=True)

    def source(self, article: KitArticle) -> str:
        """The text of an article for an editor's source view; pictures by the names of their files."""
        return self._fill("handover/source.html", article, named=False)

    def _fill(self, template: str, article: KitArticle, *, named: bool) -> str:
        return fill(
            self.environment,
            template,
            edition=self.kit.edition,
            card=article.card,
            article=article.article,
            notes=tuple(walk(article.article.blocks, Note)),
            pictures={shown.picture.name: shown.file for shown in article.pictures},
            widths={shown.picture.name: min(shown.picture.width_px, _WIDEST_PX) for shown in article.pictures},
            named=named,
        )

    def _address(self, link: CrossLink[object]) -> str:
        """Where a link to another article leads: to our own site, where that is known; to nowhere where not."""
        return f"{self.kit.address}{self.numbers[link.slug]}/" if self.kit.address else ""
