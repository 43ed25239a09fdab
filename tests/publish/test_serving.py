"""What visitors are served, compared with what was published: right, wrong, gone elsewhere, out of reach, late."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bulletin.model.problem import NOTHING
from bulletin.publish.serving import WAITS_S, fetch_all
from tests.releases import release

FILES = {"index.html": b"home", "2026/10/03/index.html": b"three", "404.html": b"none", "图.png": b"p"}


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[str]:
    """The files at an address, as a web server gives them."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            from urllib.parse import unquote

            path = unquote(self.path).removeprefix("/d/")
            content = files.get(f"{path}index.html" if path.endswith("/") or not path else path)
            if content == b"elsewhere":
                self.send_response(302)
                self.send_header("Location", "/d/")
                self.end_headers()
                return
            self.send_response(404 if content is None else 410 if content == b"withdrawn" else 200)
            self.end_headers()
            self.wfile.write(content or b"nothing here")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/d/"
    finally:
        server.shutdown()
        server.server_close()


def no_wait(_: float) -> None:
    pass


def test_what_is_right_is_counted() -> None:
    with served(dict(FILES)) as url:
        found = fetch_all(url, release(FILES), ["index.html", *FILES, "not there"], no_wait)
        assert (found.right, found.wrong, found.unreachable) == (4, (), NOTHING)


@pytest.mark.parametrize("wrong", [b"another", b"", None, b"elsewhere"])
def test_what_is_wrong_is_named(wrong: bytes | None) -> None:
    files = {path: content for path, content in FILES.items() if path != "404.html"}
    if wrong is not None:
        files["404.html"] = wrong
    with served(files) as url:
        found = fetch_all(url, release(FILES), FILES, no_wait)
    assert (found.right, found.wrong) == (3, ("404.html",))


def test_a_server_that_remembers_for_a_while_is_given_time() -> None:
    files, waited = {**FILES, "index.html": b"old"}, []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            files["index.html"] = b"home"

    with served(files) as url:
        assert fetch_all(url, release(FILES), FILES, wait).wrong == ()
    assert waited == list(WAITS_S[:3])


def test_out_of_reach_is_not_wrong() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    found = fetch_all(url, release(FILES), FILES, no_wait)
    assert found.wrong == ()
    assert str(found.unreachable) == "拒绝连接"
    nowhere = fetch_all("http://nowhere.invalid/", release(FILES), FILES, no_wait)
    assert str(nowhere.unreachable) == "找不到这个域名"


def test_hidden_files_are_not_asked_for() -> None:
    with served({}) as url:
        assert fetch_all(url, release({".htaccess": b"x"}), [".htaccess"], no_wait).right == 0


def test_a_withdrawn_page_may_be_gone_and_no_other() -> None:
    page = "2026/10/03/index.html"
    made = release({page: b"withdrawn", "index.html": b"home"})
    with served({page: b"withdrawn", "index.html": b"home"}) as url:
        assert fetch_all(url, replace(made, articles=()), [page, "index.html"], no_wait).right == 2
        assert fetch_all(url, made, [page, "index.html"], no_wait).wrong == (page,), (
            "public again, but the server was not told"
        )
