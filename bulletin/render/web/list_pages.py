"""The pages of a site that are no issue and no article: home, archive, years, lists, search, help."""

from __future__ import annotations

from bulletin.model.artifact import Artifact
from bulletin.model.publication import Publication
from bulletin.model.site import ListPage, PageKind
from bulletin.render.templates import fill
from bulletin.render.web.frame import Frame, web_environment
from bulletin.render.web.page_head import list_head


def render_list_page(page: ListPage, publication: Publication, frame: Frame) -> Artifact:
    """The page filled in. The one for missing pages is shown at any address, so its links begin at the root of the server."""
    environment = web_environment(publication.templates)
    root = frame.settings.base if page.kind is PageKind.MISSING else "../" * page.file.count("/")
    shown: dict[str, object] = {"site": frame, "page": page, "root": root, "page_head": list_head(frame, page)}
    text = fill(environment, f"web/{page.kind.value}.html", **shown, numbers={}, pictures={})
    return Artifact(page.file, "text/html", text.encode())
