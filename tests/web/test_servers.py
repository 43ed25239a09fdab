"""The settings for web servers, asked of nginx and Apache themselves; and Chromium under their policy."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bulletin.load.publication import load_publication
from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.search import Volume
from bulletin.model.site import Tombstone
from bulletin.render.web.frame import Frame, make_frame
from bulletin.render.web.servers import PDF_POLICY, content_security_policy, render_nginx, script_hash, security_headers
from tests.browsers import visit
from tests.conftest import REPOSITORY, Make
from tests.machine_site import MadeSite, make_machine_site
from tests.sites import PUBLICATION, serving
from tests.web_servers import Answer, WebServer, apache, nginx

BASE = "/gzdt/"
KEPT, ASKED = "public, max-age=31536000, immutable", "no-cache"
PAGES = (
    "index.html",
    "2026/09/index.html",
    "2026/09/04/index.html",
    "archive/index.html",
    "2026/index.html",
    "browse/index.html",
    "kind/report/index.html",
    "search/index.html?q=%E8%80%81%E5%B9%B2%E9%83%A8",
    "help/index.html",
    "nowhere/at/all.html",
)
STONES = (Tombstone(IssueKey(2026, False, 10), 31, date(2026, 11, 23)), Tombstone(IssueKey(2025, True, 1), 2, None))
"""One of an issue that has other articles, one of an issue of which nothing else is left."""
GONE = tuple(f"{each.path}/index.html" for each in STONES)
Serve = Callable[[MadeSite, Path], AbstractContextManager[WebServer]]


def by_nginx(made: MadeSite, folder: Path) -> AbstractContextManager[WebServer]:
    return nginx(folder, render_nginx(made.frame, made.site.tombstones).content, made.frame.settings.base)


def by_apache(made: MadeSite, folder: Path) -> AbstractContextManager[WebServer]:
    return apache(folder, made.frame.settings.base)


@pytest.fixture(scope="module", params=[by_nginx, by_apache], ids=["nginx", "apache"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[MadeSite, WebServer]]:
    """The public sample site, below a path of its own, as each server serves it."""
    serve: Serve = request.param
    made = make_machine_site(REPOSITORY).with_tombstones(*STONES)
    with serve(made, made.write(tmp_path_factory.mktemp("site"))) as running:
        yield made, running


def has_headers(answer: Answer, frame: Frame) -> None:
    for name, value in security_headers(frame):
        assert answer.headers[name.lower()] == value, name


def test_every_answer_bears_the_headers(server: tuple[MadeSite, WebServer]) -> None:
    made, running = server
    assert made.frame.settings.base == BASE
    for path in made.files:
        if path == ".htaccess" or path in GONE:
            continue
        answer = running.get(path)
        assert (answer.status, answer.content) == (200, made.files[path].content), path
        has_headers(answer, made.frame)
    for path in ("", "2026/10/", "2026/10/01/"):
        assert running.get(path).content == made.files[f"{path}index.html"].content
        has_headers(running.get(path), made.frame)


@pytest.mark.parametrize("serve", [by_nginx, by_apache], ids=["nginx", "apache"])
def test_a_pdf_is_left_to_the_browser(tmp_path: Path, serve: Serve) -> None:
    made = make_machine_site(REPOSITORY)
    folder = made.write(tmp_path)
    (folder / "2026/10/issue.pdf").write_bytes(b"%PDF-1.7")
    with serve(made, folder) as running:
        headers = running.get("2026/10/issue.pdf").headers
        assert (headers["content-security-policy"], headers["content-type"]) == (PDF_POLICY, "application/pdf")
        assert running.get("2026/10/").headers["content-security-policy"] == content_security_policy(made.frame)


def test_what_leads_nowhere_is_told_by_the_sites_own_page(server: tuple[MadeSite, WebServer]) -> None:
    made, running = server
    for path in ("nowhere", "2026/10/99/", "assets/site.000000000000.css"):
        answer = running.get(path)
        assert (answer.status, answer.content) == (404, made.files["404.html"].content)
        assert "immutable" not in answer.headers.get("cache-control", "")
        has_headers(answer, made.frame)


def test_what_was_withdrawn_is_gone_and_its_page_says_so(server: tuple[MadeSite, WebServer]) -> None:
    made, running = server
    for file in GONE:
        content = made.files[file].content
        assert "本文已撤回".encode() in content
        folder = file.removesuffix("index.html")
        for path in (folder, file, f"{folder}?from=feed", f"{file}?q=1", folder.replace("/", "//", 1)):
            answer = running.get(path)
            assert (answer.status, answer.content) == (410, content), path
            assert answer.headers["content-type"].lower().replace(" ", "") == "text/html;charset=utf-8"
            assert "immutable" not in answer.headers.get("cache-control", "")
            has_headers(answer, made.frame)
        assert running.get(folder.rstrip("/")).status == 301
        assert running.get(f"{folder}more").status == 404
    for path in ("2026/10/01/", "2026/10/01/index.html", "2026/10/"):
        assert running.get(path).status == 200
    assert running.get("2025/s01/").status == 404


def test_nginx_reads_the_file_in_a_location_of_the_server_too(tmp_path: Path) -> None:
    """As it says of itself: where a location has headers of its own, it is included there once more."""
    made = make_machine_site(REPOSITORY).with_tombstones(*STONES)
    text = render_nginx(made.frame, STONES).content
    inside = b"location / { add_header X-Own 1; " + text.replace(b"# ", b"\n# ") + b"}\n"
    with nginx(made.write(tmp_path), inside, BASE) as running:
        for path in (GONE[0], GONE[1].removesuffix("index.html")):
            assert running.get(path).status == 410
        assert running.get("index.html").headers["x-own"] == "1"


def test_apache_without_the_module_serves_the_page_all_the_same(tmp_path: Path) -> None:
    made = make_machine_site(REPOSITORY).with_tombstones(*STONES)
    with apache(made.write(tmp_path), BASE, without="alias") as running:
        answer = running.get(GONE[0])
        assert (answer.status, answer.content) == (200, made.files[GONE[0]].content)
        assert b'name="robots" content="noindex"' in answer.content


def test_servers_are_told_of_no_withdrawals_where_there_are_none() -> None:
    made = make_machine_site(REPOSITORY)
    for said in (made.files[".htaccess"].content, render_nginx(made.frame).content):
        assert b"410" not in said


def test_only_what_is_named_by_its_content_is_kept(server: tuple[MadeSite, WebServer]) -> None:
    made, running = server
    asked = made.files.keys() - {".htaccess", *GONE}
    kept = {path for path in asked if running.get(path).headers["cache-control"] == KEPT}
    assert kept == {path for path in made.files if re.search(r"[./][0-9a-f]{12,16}\.\w+$", f"/{path}")}
    assert {Path(path).suffix for path in kept} >= {".css", ".js", ".png"}
    assert running.get("index.html").headers["cache-control"] == ASKED
    assert running.get("feed.xml").headers["cache-control"] == ASKED
    assert running.get("unit/651403038494/").headers["cache-control"] == ASKED


@pytest.mark.parametrize("serve", [by_nginx, by_apache], ids=["nginx", "apache"])
def test_parts_of_the_search_are_kept_by_their_digest(tmp_path: Path, serve: Serve) -> None:
    """Their names stay when their content changes, so an address without the digest may not be kept, nor one with more to it."""
    made = make_machine_site(REPOSITORY)
    folder = made.write(tmp_path)
    volume = Volume((2005, 2008), "3f9a0c", ("0b1c2d",) * 32)
    for path in (volume.table_path, volume.shard_path(31), "search/volumes.js"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("deliver([])\n", "utf-8")
    with serve(made, folder) as running:

        def told(address: str) -> str:
            return running.get(address).headers["cache-control"]

        for path in (volume.table_path, volume.shard_path(31)):
            assert told(f"{path}?d=3f9a0c") == KEPT
            for query in ("", "?", "?d=", "?d=3f9a0c&again", "?d=3f9a0g", "?x=1&d=3f9a0c"):
                assert told(path + query) == ASKED, query
        for other in ("search/volumes.js", "index.html", "2026/10/01/index.html"):
            assert told(f"{other}?d=3f9a0c") == ASKED
        missing = running.get("search/2005-2008/ff.js?d=3f9a0c")
        assert (missing.status, "immutable" in missing.headers.get("cache-control", "")) == (404, False)


def test_texts_are_utf_8_of_their_types(server: tuple[MadeSite, WebServer]) -> None:
    made, running = server
    script = next(path for path in made.files if path.endswith(".js"))
    style = next(path for path in made.files if path.endswith(".css"))
    types = {
        "index.html": ("text/html",),
        "feed.xml": ("application/atom+xml",),
        "feed.json": ("application/feed+json",),
        "sitemap.xml": ("text/xml", "application/xml"),
        "robots.txt": ("text/plain",),
        style: ("text/css",),
        script: ("text/javascript", "application/javascript"),
    }
    for path, wanted in types.items():
        kind, _, charset = running.get(path).headers["content-type"].lower().replace(" ", "").partition(";")
        assert kind in wanted, path
        assert charset == "charset=utf-8", path
    assert running.get("assets/icon.png").headers["content-type"] == "image/png"


def test_texts_are_compressed_for_those_who_can_read_it(server: tuple[MadeSite, WebServer]) -> None:
    made, running = server
    texts = [
        path
        for path, each in made.files.items()
        if path not in (".htaccess", "404.html", *GONE) and each.media_type != "image/png" and len(each.content) > 1000
    ]
    assert {Path(path).suffix for path in texts} >= {".html", ".css", ".js", ".xml", ".json"}
    for path in texts:
        answer = running.get(path, **{"Accept-Encoding": "gzip"})
        assert answer.headers.get("content-encoding") == "gzip", path
        assert gzip.decompress(answer.content) == made.files[path].content
        assert "accept-encoding" in answer.headers["vary"].lower()
    assert "content-encoding" not in running.get("assets/icon.png", **{"Accept-Encoding": "gzip"}).headers


def test_a_reader_who_has_it_is_not_sent_it_again(server: tuple[MadeSite, WebServer]) -> None:
    _, running = server
    for encoding in ("identity", "gzip"):
        known = running.get("index.html", **{"Accept-Encoding": encoding}).headers["etag"]
        again = running.get("index.html", **{"Accept-Encoding": encoding, "If-None-Match": known})
        assert again.status == 304, encoding


def test_nginx_does_not_show_the_settings_of_apache(tmp_path: Path) -> None:
    made = make_machine_site(REPOSITORY)
    with by_nginx(made, made.write(tmp_path)) as running:
        assert running.get(".htaccess").content == made.files["404.html"].content


@pytest.mark.parametrize("serve", [by_nginx, by_apache], ids=["nginx", "apache"])
def test_the_intranet_is_kept_from_search_engines(tmp_path: Path, serve: Serve) -> None:
    made = make_machine_site(REPOSITORY, Audience.INTRANET)
    with serve(made, made.write(tmp_path)) as running:
        for path in ("index.html", "2026/10/01/", "robots.txt", "nowhere"):
            answer = running.get(path)
            assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert "cross-origin-opener-policy" not in answer.headers


@pytest.mark.parametrize("audience", Audience)
def test_the_policy_forbids_what_stands_in_markup(audience: Audience) -> None:
    publication = load_publication(REPOSITORY).value
    assert publication
    frame = make_frame(publication, audience)
    policy = content_security_policy(frame)
    assert frame.early
    assert f"script-src 'self' 'sha256-{script_hash(frame.early)}';" in policy
    assert policy.startswith("default-src 'none'; ")
    for word in ("unsafe", "*", "data:", "http"):
        assert word not in policy.replace("font-src data:", "")  # the face of the masthead, in the style sheet


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "audience"),
    [("nginx", Audience.PUBLIC), ("nginx", Audience.INTRANET), ("apache", Audience.PUBLIC)],
)
def test_chromium_meets_nothing_that_the_policy_forbids(
    program: str, audience: Audience, sites: dict[Audience, Path], publication: Path, browser: Browser
) -> None:
    loaded = load_publication(publication).value
    assert loaded
    settings = render_nginx(make_frame(loaded, audience)).content
    with nginx(sites[audience], settings) if program == "nginx" else apache(sites[audience]) as running:
        for path in PAGES:
            with visit(browser, running.home + path, theme="dark", size="large") as seen:
                assert [fault for fault in seen.faults if "policy" in fault.lower()] == [], path
                assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
                assert seen.page.evaluate("document.styleSheets.length") >= 2


STYLED = "getComputedStyle(document.body).containerName === 'page'"
ASTRAY = ("nowhere", "nowhere/at/all.html", "2026/10/99/", "2026/10/99/x/y/z")


def looks_right(browser: Browser, home: str) -> None:
    """At any wrong address the page of the site has its style, and its links lead to the site."""
    for path in ASTRAY:
        with visit(browser, home + path) as seen:
            assert seen.page.evaluate(STYLED), path
            assert seen.page.locator("h1").inner_text() == "找不到这一页"
            seen.page.click(".others a >> nth=0")
            assert seen.page.url == f"{home}index.html"


@pytest.mark.slow
@pytest.mark.parametrize("serve", [by_nginx, by_apache], ids=["nginx", "apache"])
def test_what_leads_nowhere_looks_like_the_site(tmp_path: Path, serve: Serve, browser: Browser) -> None:
    made = make_machine_site(REPOSITORY)
    with serve(made, made.write(tmp_path)) as running:
        assert running.base == BASE
        looks_right(browser, running.home)


@pytest.mark.slow
def test_what_leads_nowhere_looks_like_the_site_at_a_static_host_too(tmp_path: Path, browser: Browser) -> None:
    made = make_machine_site(REPOSITORY)
    with serving(made.write(tmp_path), security_headers(made.frame), BASE) as home:
        assert home.endswith(BASE)
        looks_right(browser, home)


@pytest.mark.slow
def test_what_leads_nowhere_is_plain_where_the_path_of_the_site_is_not_known(
    tmp_path: Path, make: Make, browser: Browser
) -> None:
    """No style, then, but the words; and no buttons that would do nothing."""
    settings = "".join(
        line for line in PUBLICATION.splitlines(keepends=True) if "url:" not in line and "emblem" not in line
    )
    made = make_machine_site(make({"bulletin.yaml": settings}), Audience.INTRANET)
    with serving(made.write(tmp_path / "site"), (), BASE) as home, visit(browser, f"{home}nowhere/at/all.html") as seen:
        assert not seen.page.evaluate(STYLED)
        shown = seen.page.locator("body").inner_text()
        assert "找不到这一页" in shown
        assert "内部资料 · 注意保存" in shown
        for hidden in ("白底黑字", "特大", "阅读工具"):
            assert hidden not in shown


@pytest.mark.slow
def test_chromium_obeys_the_policy(sites: dict[Audience, Path], publication: Path, browser: Browser) -> None:
    """The counter-test: what came into a page by whatever mistake does nothing, and it is told."""
    loaded = load_publication(publication).value
    assert loaded
    settings = render_nginx(make_frame(loaded, Audience.PUBLIC)).content
    with nginx(sites[Audience.PUBLIC], settings) as running, visit(browser, f"{running.home}index.html") as seen:
        seen.page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.broken = true";
                document.body.append(script);
                document.body.insertAdjacentHTML("beforeend", '<p style="color: red" onclick="1">x</p><img src="data:,x">');
            }"""
        )
        assert seen.page.evaluate("window.broken") is None
        assert all("policy" in fault.lower() for fault in seen.faults)
        told = "\n".join(seen.faults)
        assert "script-src" in told
        assert "style-src" in told
        assert "img-src" in told
