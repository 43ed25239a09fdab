"""What all pages of a site share: settings, style sheets and scripts under names that change with their content, templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from bulletin.model.artifact import Artifact
from bulletin.model.audience import Audience
from bulletin.model.contrast import DARK_PAPER, LIGHT_PAPER
from bulletin.model.prose import CrossLink
from bulletin.model.publication import Publication
from bulletin.model.site import SiteSettings
from bulletin.render.assets import find_asset
from bulletin.render.templates import ShownPicture, template_environment
from bulletin.render.web.furniture import FILTERS
from bulletin.render.web.theme import theme_css

STYLES = ("css/site.css",)
SCRIPTS = ("js/reading.js", "js/search.js")
EARLY = "js/early.js"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".png": "image/png", ".jpg": "image/jpeg"}
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The publication and its site as templates see them (`site`).

    `files` has the address of each asset below the home page by its name (`css/site.css` → `assets/site.3f9a….css`); `emblem` and `mark`
    (党政机关标识) are there if the settings name them. `early` is the script of the page's head, which sets what the reader chose before anything is
    shown; its hash stands in the security headers. It has none of `<>&"'`, so it is the same text in a page as by itself.
    """

    audience: Audience
    title: str
    publisher: str
    language: str
    settings: SiteSettings
    files: Mapping[str, str]
    early: str

    @property
    def address(self) -> str:
        """The address of the home page, for links from outside: canonical ones, feeds, the sitemap; empty where there are none.

        The intranet has none: its articles have other numbers than the public ones, and nobody outside should look for them.
        """
        return "" if self.internal else self.settings.url

    @property
    def paper(self) -> str:
        """The paper of the light theme, which telephones colour their frame with."""
        return LIGHT_PAPER

    @property
    def paper_dark(self) -> str:
        """The paper of the dark theme."""
        return DARK_PAPER

    @property
    def internal(self) -> bool:
        """True on the intranet, where all articles are shown, marked as internal."""
        return self.audience is Audience.INTRANET


def make_frame(publication: Publication, audience: Audience) -> Frame:
    """The frame of the publication's site for an audience; templates are looked for anew, as there may be others now."""
    web_environment.cache_clear()
    return Frame(
        audience=audience,
        title=publication.title,
        publisher=publication.publisher,
        language=publication.language,
        settings=publication.web,
        files={name: artifact.path for name, artifact in _shared(publication)},
        early=find_asset(publication.assets, EARLY).read_text("utf-8").strip(),
    )


def render_shared(publication: Publication) -> tuple[Artifact, ...]:
    """The files that all pages use."""
    return tuple(artifact for _, artifact in _shared(publication))


def _shared(publication: Publication) -> Iterator[tuple[str, Artifact]]:
    settings = publication.web
    for name in (*STYLES, *SCRIPTS):
        path = find_asset(publication.assets, name)
        if path.is_file():
            yield name, _named_by_content(name, path.read_bytes())
    yield "css/theme.css", _named_by_content("css/theme.css", theme_css(publication).encode())
    mark = settings.party_government_mark
    for name, picture in (("emblem", settings.emblem), ("mark", mark.picture if mark else None)):
        if picture:
            yield name, _named_by_content(name + _ENDINGS[picture.media_type], picture.content)


def _named_by_content(name: str, content: bytes) -> Artifact:
    """`assets/site.3f9a0c17.css`: another content, another name, so that browsers may keep it for ever."""
    path = PurePosixPath(name)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Artifact(f"assets/{path.stem}.{digest}{path.suffix}", _TYPES[path.suffix], content)


@cache
def web_environment(folders: tuple[str, ...]) -> Environment:
    """The templates of the web edition, compiled once for all issues.

    Where links lead and which pictures there are differs from issue to issue: the page says so itself, as `numbers` (the number of
    each article by its slug) and `pictures` (`ShownPicture` by name).
    """
    environment = template_environment(folders, _no_link, {})
    environment.filters.update(FILTERS)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}  # of `tojson`
    environment.filters["href"] = _href
    environment.filters["picture"] = _picture
    return environment


def _no_link(link: CrossLink[object]) -> str:
    return link.anchor


@pass_context
def _href(context: Context, link: CrossLink[object]) -> str:
    numbers: Mapping[str, int] = context["numbers"]
    return f"../{numbers[link.slug]:02}/index.html" + (f"#{link.anchor}" if link.anchor else "")


@pass_context
def _picture(context: Context, name: str) -> ShownPicture:
    pictures: Mapping[str, ShownPicture] = context["pictures"]
    return pictures[name]
