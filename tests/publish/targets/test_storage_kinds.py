"""What storage says with each file of a site, and the order in which files are put in their places."""

from __future__ import annotations

import pytest

from bulletin.publish.targets.storage.kinds import Stage, headers_of, stage_of
from bulletin.render.web import servers
from tests.conftest import REPOSITORY
from tests.machine_site import MadeSite, make_machine_site

KEPT, ASKED = "public, max-age=31536000, immutable", "no-cache"


@pytest.fixture(scope="module")
def made() -> MadeSite:
    return make_machine_site(REPOSITORY)


def test_types_are_those_that_the_files_were_made_as(made: MadeSite) -> None:
    for path, artifact in made.files.items():
        kind = headers_of(path).content_type
        assert kind.removesuffix("; charset=utf-8") == artifact.media_type, path
        text = artifact.media_type.startswith("text/") or artifact.media_type.endswith(("xml", "json"))
        assert kind.endswith("; charset=utf-8") == text, path


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("index.html", "text/html; charset=utf-8", ASKED),
        ("feed.xml", "application/atom+xml; charset=utf-8", ASKED),
        ("feed.json", "application/feed+json; charset=utf-8", ASKED),
        ("2026/10/feed.xml", "application/xml; charset=utf-8", ASKED),
        ("sitemap.xml", "application/xml; charset=utf-8", ASKED),
        ("site.webmanifest", "application/manifest+json; charset=utf-8", ASKED),
        ("assets/site.0123456789ab.css", "text/css; charset=utf-8", KEPT),
        ("assets/icon.png", "image/png", ASKED),
        ("2026/10/0123456789abcdef.jpg", "image/jpeg", KEPT),
        ("speaker/012345678901/index.html", "text/html; charset=utf-8", ASKED),
        ("search/volumes.js", "text/javascript; charset=utf-8", ASKED),
        ("search/2026/1f.js", "text/javascript; charset=utf-8", ASKED),
        ("2026/10/gzdt-2026-10.pdf", "application/pdf", ASKED),
        (".htaccess", "text/plain; charset=utf-8", ASKED),
        ("logo.SVG", "image/svg+xml; charset=utf-8", ASKED),
        ("strange.thing", "application/octet-stream", ASKED),
        ("nothing", "application/octet-stream", ASKED),
    ],
)
def test_headers(path: str, kind: str, cache: str) -> None:
    headers = headers_of(path)
    assert (headers.content_type, headers.cache_control) == (kind, cache)


def test_web_servers_are_told_the_same_of_what_browsers_keep(made: MadeSite) -> None:
    """But of parts of the search index, where storage cannot see by which digest they are asked for."""
    from bulletin.publish.targets.storage import kinds as object_kinds

    assert object_kinds._NAMED_BY_CONTENT.pattern == servers._NAMED_BY_CONTENT
    assert (object_kinds._KEPT, object_kinds._ASKED) == (servers._KEPT, servers._ASKED)
    kept = {path for path in made.files if headers_of(path).cache_control == KEPT}
    assert any(path.startswith("assets/site.") for path in kept)
    assert not {path for path in kept if path.endswith(("index.html", ".xml"))}


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        ("assets/site.0123456789ab.css", Stage.ASSET),
        ("2026/10/01/text.js", Stage.ASSET),
        ("2026/10/gzdt.pdf", Stage.ASSET),
        ("search/2026/1f.js", Stage.ASSET),
        ("search/2026/articles.js", Stage.ASSET),
        ("2026/10/01/index.html", Stage.ARTICLE),
        ("2026/s1/01/index.html", Stage.ARTICLE),
        ("2026/10/index.html", Stage.ISSUE),
        ("2026/index.html", Stage.LIST),
        ("kind/speech/index.html", Stage.LIST),
        ("404.html", Stage.LIST),
        ("search/index.html", Stage.LIST),
        ("search/volumes.js", Stage.LIST),
        ("index.html", Stage.HOME),
        ("feed.xml", Stage.MACHINES),
        ("feed.json", Stage.MACHINES),
        ("sitemap.xml", Stage.MACHINES),
        ("robots.txt", Stage.MACHINES),
    ],
)
def test_stages(path: str, stage: Stage) -> None:
    assert stage_of(path) is stage


def test_articles_and_issues_of_a_site_have_their_stages(made: MadeSite) -> None:
    stages = {path: stage_of(path) for path in made.files}
    articles = {f"{card.path}/index.html" for issue in made.site.issues for card in issue.articles}
    assert {path for path, stage in stages.items() if stage is Stage.ARTICLE} == articles
    assert {path for path, stage in stages.items() if stage is Stage.ISSUE} == {
        f"{issue.path}/index.html" for issue in made.site.issues
    }
