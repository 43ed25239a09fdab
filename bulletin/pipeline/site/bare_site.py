"""What the program's own pages say, whatever articles there are: what the gate need not wonder at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bulletin.compose.site import compose_list_pages, compose_site
from bulletin.model.audience import Audience
from bulletin.model.edition import Article, Masthead, WebEdition
from bulletin.model.key import IssueKey
from bulletin.model.publication import Publication
from bulletin.model.site import Around, Card, Tombstone
from bulletin.render.web.frame import Frame, render_shared
from bulletin.render.web.issue_pages import render_issue_pages
from bulletin.render.web.list_pages import render_list_page

_KEY, _DAY = IssueKey(1000, False, 1), date(1000, 1, 1)
BARE = WebEdition(
    audience=Audience.PUBLIC,
    masthead=Masthead(_KEY, "", "", "zh-CN", "", _DAY, ""),
    marking=(),
    highlights=(),
    editors_note=(),
    articles=(Article(1, "", "", ("",), "", "", "", False, (), (), ""),),
    cards=(Card(_KEY, 1, "", "", 0, "", 0, "", "", "", "", "", "", (), _DAY, "", 0),),
    pictures=(),
)
"""An issue that says nothing: what its pages say is furniture."""


def bare_site(publication: Publication, frame: Frame) -> Iterator[str]:
    """What the program's own templates, style sheets and scripts say, whatever articles there are.

    A bureau's own templates are not taken: what one of them says that an article says too must be cleared.
    """
    plain = replace(publication, templates=publication.templates[-1:])
    for page in compose_list_pages(compose_site(Audience.PUBLIC, (), (Tombstone(_KEY, 1, None),))):
        yield render_list_page(page, plain, frame).content.decode()
    yield from (each.content.decode() for each in render_issue_pages(BARE, plain, frame, Around(), None))
    yield from (each.content.decode() for each in render_shared(plain) if each.media_type.startswith("text/"))
    for path in sorted(Path(plain.templates[0]).glob("web/*.html")):
        yield path.read_text("utf-8")
