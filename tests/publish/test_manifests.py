"""The manifest of a release: what is written is read again, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model.audience import Audience
from bulletin.model.errors import TargetUnavailable
from bulletin.model.release import Difference, FileSum, PublishedArticle, Release, difference, serial_of, sum_of
from bulletin.publish.manifests import read_manifest, write_manifest
from tests.releases import AT, release

WORDS = st.text(st.sampled_from('甲a"\\ <éक़𠮷\u200b٣'), max_size=8)
ADDRESSES = st.integers(1, 9999).map(lambda number: f"2026/s{number % 9}/{number:02}")
ARTICLES = st.lists(
    st.builds(PublishedArticle, ADDRESSES, WORDS, WORDS, WORDS, WORDS), max_size=3, unique_by=lambda each: each.path
)
SITE = release({"index.html": b"x", "2026/10/03/index.html": b"y", "assets/a.css": b"z"}, serial=12)
ONE, OTHER = SITE.articles[0], PublishedArticle("2026/10/04", "题")


def test_what_is_written_is_read_again() -> None:
    made = release({"index.html": b"x", "2026/10/index.html": b"y"}, serial=12)
    assert read_manifest(write_manifest(made), made.name) == made
    assert made.name.startswith("00012-")


@given(WORDS, WORDS, ARTICLES.map(tuple))
def test_whatever_names_say(by: str, commit: str, articles: tuple[PublishedArticle, ...]) -> None:
    made = replace(release({"首页.html": b"x"}), by=by, commit=commit, articles=articles)
    assert read_manifest(write_manifest(made), made.name) == made


def test_the_sum_is_that_of_sha256sum() -> None:
    files = {"b": FileSum("1" * 64, 1), "a": FileSum("0" * 64, 1)}
    import hashlib

    assert sum_of(files) == hashlib.sha256(f"{'0' * 64}  a\n{'1' * 64}  b\n".encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"format": 1},
        {"format": 3},
        {"serial": "12"},
        {"serial": 13},
        {"sum": "0" * 64},
        {"files": [["../index.html", "0" * 64, 1]]},
        {"files": [["/index.html", "0" * 64, 1]]},
        {"files": [["a//b", "0" * 64, 1]]},
        {"files": [["index.html", "0" * 63, 1]]},
        {"files": []},
        {"files": None},
        {"articles": [{"path": 1, "title": ""}]},
        {"articles": [{"road": ""}]},
        {"audience": "all"},
        {"carried": [1]},
        {"by": None},
        {"release": "00001-00000000"},
    ],
)
def test_what_no_release_says_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(TargetUnavailable):
        read_manifest(as_written({**json.loads(write_manifest(SITE)), **change}), SITE.name)


def as_written(said: dict[str, object]) -> bytes:
    """The JSON laid out as a manifest is."""
    lines = []
    for name, value in said.items():
        listed = name in ("articles", "files") and isinstance(value, list) and value
        items = ",\n".join(json.dumps(each, ensure_ascii=False) for each in value) if listed else ""  # type: ignore[union-attr]
        lines.append(f'"{name}": ' + (f"[\n{items}\n]" if listed else json.dumps(value, ensure_ascii=False)))
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode(errors="surrogatepass")


def test_a_manifest_is_laid_out_in_one_way() -> None:
    content = write_manifest(SITE)
    assert as_written(json.loads(content)) == content
    for other in (
        json.dumps(json.loads(content)).encode(),
        content.replace(b"\n", b"\r\n"),
        content.replace(b'"serial"', b'"serial": 11,\n"serial"'),
        content.replace(b'"serial"', b'"more": 1,\n"serial"'),
        b"\xef\xbb\xbf" + content,
    ):
        with pytest.raises(TargetUnavailable):
            read_manifest(other, SITE.name)


@pytest.mark.parametrize(
    "change",
    [
        *({"articles": (replace(ONE, path=path),)} for path in ("x", "", "2026/10", "2026/10/03/", "2026/10/٣", "/2026/10/03", "2026/10/3\n", "../10/03", f"2026/10/{'9' * 5000}")),
        *({"articles": (replace(ONE, title=title),)} for title in ("题\n目", "\x85", "题" * 2001, "\u0958" * 2000, "\x00", "\u2028")),
        {"articles": (replace(ONE, cleared_by="\x1b[2J"),)},
        {"articles": (ONE, replace(ONE, title="又一回"))},
        *({"at": at} for at in ("", "昨天", "2026-11-23", "2026-11-23T09:30:00", "2026-13-23T09:30:00+08:00", "2026-11-23\x1f09:30:00+08:00", "٢٠٢٦-11-23T09:30:00+08:00")),
        *({"serial": serial} for serial in (0, -1, 10**8, 10**30, True)),
        *({"previous": name} for name in ("x", "٠٠٠٠١-00000000", "1-00000000", "000001-00000000", "00000-00000000")),
        *({"carried": carried} for carried in (("index.html",), ("assets/b.css",), ("assets/a.css", "assets/a.css"))),
        *({"withdrawn": said} for said in ((("x", AT),), (("2026/10/01", "昨天"),), (("2026/10/01", AT), ("2026/10/01", "")))),
        *({"files": {path: FileSum("0" * 64, 1)}} for path in ("a\n", "..", "名" * 86, "a/" * 600 + "a", "a\\b")),
        *({"files": {"a": FileSum("0" * 64, size)}} for size in (-1, 1 << 41, True)),
        {"target": "外\n网"},
        {"by": "甲" * 2001},
    ],
    ids=ascii,
)  # fmt: skip
def test_what_the_log_would_not_take_is_no_manifest(change: dict[str, Any]) -> None:
    made = replace(SITE, **change)
    with pytest.raises(TargetUnavailable):
        read_manifest(write_manifest(made), made.name)


@pytest.mark.parametrize("text", ["《2026/10/03》", "某动态", "assets/a.css", "sha256:1"])
def test_escapes_cannot_bring_in_what_utf_8_cannot(text: str) -> None:
    content = write_manifest(SITE).replace(text.encode(), b"\\ud800")
    assert b"\\ud800" in content
    with pytest.raises(TargetUnavailable):
        read_manifest(content, SITE.name)


def test_a_path_that_comes_twice_is_refused() -> None:
    content = write_manifest(SITE)
    line = next(each for each in content.splitlines(keepends=True) if each.startswith(b'["assets'))
    with pytest.raises(TargetUnavailable):
        read_manifest(content.replace(line, line + line), SITE.name)


def test_a_manifest_has_an_end() -> None:
    with pytest.raises(TargetUnavailable):
        read_manifest(b" " * (64 << 20) + write_manifest(SITE), SITE.name)


def test_what_was_taken_back_is_told() -> None:
    made = replace(SITE, withdrawn=(("2026/10/01", AT), ("2026/s1/02", "")), carried=("assets/a.css",), target="内网")
    assert read_manifest(write_manifest(made), made.name) == made


@pytest.mark.parametrize("serial", [99_999, 100_000, 99_999_999])
def test_serial_numbers_grow_longer(serial: int) -> None:
    made = replace(SITE, serial=serial, previous=replace(SITE, serial=serial - 1).name)
    assert read_manifest(write_manifest(made), made.name) == made
    assert serial_of(made.name) == serial


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"format": 2}', b"\xff\xfe{\x00}\x00"]
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(TargetUnavailable):
        read_manifest(content, "00001-00000000")


def test_the_manifest_of_another_release_is_refused() -> None:
    one, other = release({"index.html": b"x"}), release({"index.html": b"y"})
    with pytest.raises(TargetUnavailable):
        read_manifest(write_manifest(one), other.name)


def test_a_difference_is_told_by_sums() -> None:
    live, wanted = release({"a": b"1", "b": b"2", "c": b"3"}).files, release({"b": b"2", "c": b"4", "d": b"5"}).files
    assert difference(live, wanted) == Difference(("d",), ("c",), ("a",))
    assert not difference(live, live)


def test_an_audience_is_kept() -> None:
    made: Release = replace(release({"a": b"1"}), audience=Audience.INTRANET)
    assert read_manifest(write_manifest(made), made.name).audience is Audience.INTRANET
