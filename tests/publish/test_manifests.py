"""The manifest of a release: what is written is read again, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.model.audience import Audience
from bulletin.model.errors import TargetUnavailable
from bulletin.model.release import Difference, FileSum, PublishedArticle, Release, difference, sum_of
from bulletin.publish.manifests import read_manifest, write_manifest
from tests.releases import release

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


def test_what_is_written_is_read_again() -> None:
    made = release({"index.html": b"x", "2026/10/index.html": b"y"}, serial=12)
    assert read_manifest(write_manifest(made), made.name) == made
    assert made.name.startswith("00012-")


@given(WORDS, WORDS, st.lists(st.builds(PublishedArticle, WORDS, WORDS, WORDS, WORDS, WORDS), max_size=3).map(tuple))
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
        {"format": 2},
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
    made = release({"index.html": b"x"}, serial=12)
    said = json.loads(write_manifest(made)) | change
    with pytest.raises(TargetUnavailable):
        read_manifest(json.dumps(said).encode(), made.name)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"format": 1}'])
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
