"""A bucket as a target: what is sent, what is seen, what is kept, and how many requests it takes; by a real server."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from bulletin.model.errors import TargetLocked, TargetUnavailable, UsageError
from bulletin.model.problem import Message
from bulletin.model.target import LockHolder
from bulletin.publish.manifests import write_manifest
from bulletin.publish.targets.lock import holder_of, write_lock
from bulletin.publish.targets.storage.target import BucketTarget
from bulletin.publish.targets.target import Parcel, Target
from tests.releases import parcel
from tests.storage_server import Bucket, body_of, key_of, kind_of, set_body, storage_server, tags_of

ONE = {
    "index.html": b"<p>one",
    "2026/10/index.html": b"<p>issue",
    "2026/10/01/index.html": b"<p>article",
    "2026/10/02/index.html": b"<p>second",
    "assets/site.0123456789ab.css": b"p{}",
    "search/2026/1f.js": b"deliver(1)",
    "feed.xml": b"<feed/>",
    "copy-of-index.html": b"<p>one",
}
TWO = {
    **{path: content for path, content in ONE.items() if not path.startswith("2026/10/02")},
    "index.html": b"<p>two",
    "2026/10/03/index.html": "<p>第三篇".encode(),
}
HOLDER = LockHolder("甲某", "host-a", 1, "2026-11-23T09:30:00+08:00")
NewBucket = Callable[..., Bucket]


@pytest.fixture(scope="module")
def new_bucket() -> Iterator[NewBucket]:
    with storage_server() as new:
        yield new


def text(header: str | bytes) -> str:
    return header if isinstance(header, str) else header.decode()


def quiet(_: Message) -> None:
    pass


def publish(target: BucketTarget, sent: Parcel, base: Parcel | None = None) -> str:
    with target.locked(HOLDER):
        target.receive(sent, base.release if base else None, quiet)
        target.switch(sent.release.name)
    return sent.release.name


def test_it_is_a_target(new_bucket: NewBucket) -> None:
    target: Target = new_bucket().open()[0]
    assert not target.switches_at_once
    assert (target.kept(), target.live()) == ((), "")


@pytest.mark.parametrize("prefix", ["", "gzdt/", "工作 动态/a+b/"])
def test_a_release_is_published_changed_and_taken_back(new_bucket: NewBucket, prefix: str) -> None:
    bucket = new_bucket(prefix)
    target, _ = bucket.open()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(target, first)
    assert bucket.site() == tags_of(ONE)
    publish(target, second, first)
    assert bucket.site() == tags_of(TWO)
    assert target.kept() == (second.release.name, first.release.name)
    assert (target.live(), target.unfinished()) == (second.release.name, ())
    assert target.manifest(first.release.name) == first.manifest
    target.switch(first.release.name)
    assert bucket.site() == tags_of(ONE)
    assert target.live() == first.release.name


def test_a_release_is_kept_with_its_manifest_and_not_before_a_switch_live(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    sent = parcel(ONE)
    sent = replace(sent, manifest=replace(sent.manifest, signature=b"signed"))
    said: list[str] = []
    received = target.receive(sent, None, lambda what: said.append(str(what)))
    assert (received.sent, received.sent_bytes, received.had) == (7, sum(map(len, set(ONE.values()))), 1)
    assert said[-1] == "正在发送 7/7"
    assert (target.kept(), target.live(), bucket.site()) == ((sent.release.name,), "", {})
    assert target.manifest(sent.release.name) == sent.manifest
    bucket.client.delete_object(Bucket=bucket.name, Key=f"gzdt/.bulletin/releases/{sent.release.name}/release.json")
    assert target.kept() == ()
    with pytest.raises(TargetUnavailable, match="没有第"):
        target.switch(sent.release.name)


def test_newest_first_by_number(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    names = [parcel(ONE, serial).release.name for serial in (99999, 100000, 2)]
    for name in names:
        bucket.put(f".bulletin/releases/{name}/release.json", b"{}")
    bucket.put(".bulletin/releases/strange/release.json", b"{}")
    assert target.kept() == (names[1], names[0], names[2])


def test_what_visitors_are_told_of_each_file(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    publish(bucket.open()[0], parcel(ONE))
    told = {path: (bucket.head(path)["ContentType"], bucket.head(path)["CacheControl"]) for path in ONE}
    assert told["index.html"] == ("text/html; charset=utf-8", "no-cache")
    assert told["assets/site.0123456789ab.css"] == ("text/css; charset=utf-8", "public, max-age=31536000, immutable")
    assert told["search/2026/1f.js"] == ("text/javascript; charset=utf-8", "no-cache")
    assert told["feed.xml"] == ("application/atom+xml; charset=utf-8", "no-cache")


def test_nothing_is_made_public(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, wire = bucket.open()
    publish(target, parcel(ONE))
    assert not any("acl" in name.lower() for each in wire.requests for name in each.headers)


def test_a_server_can_refuse_other_bytes_than_were_sent(new_bucket: NewBucket) -> None:
    """The sum of each body is in the signature; nothing is sent in pieces with a sum after them, which some makes refuse."""
    bucket = new_bucket()
    target, wire = bucket.open()
    publish(target, parcel(ONE))
    puts = [each for each in wire.requests if each.method == "PUT" and "x-amz-copy-source" not in each.headers]
    assert len(puts) == 7 + 1 + 2 + 2 + 1  # contents, manifest, tags, `live` before and after, lock
    for each in puts:
        assert text(each.headers["x-amz-content-sha256"]) == hashlib.sha256(body_of(each)).hexdigest()
        assert "x-amz-content-sha256" in text(each.headers["Authorization"])
        assert "x-amz-trailer" not in each.headers
        assert "Content-Encoding" not in each.headers


def test_what_was_damaged_on_its_way_is_noticed(new_bucket: NewBucket) -> None:
    """The server here does not compare sums: reading back does."""
    bucket = new_bucket()
    target, wire = bucket.open()

    def spoil(request: Any) -> None:
        if body_of(request) == b"<p>article":
            set_body(request, b"<p>artikle")

    wire.spoil = spoil
    with pytest.raises(TargetUnavailable, match="不一样"):
        target.receive(parcel(ONE), None, quiet)
    assert target.kept() == ()
    wire.spoil = None
    assert target.receive(parcel(ONE), None, quiet).sent >= 1
    publish(target, parcel(ONE))
    assert bucket.site() == tags_of(ONE)


def test_a_manifest_that_is_damaged_on_its_way_is_noticed(new_bucket: NewBucket) -> None:
    target, wire = new_bucket().open()

    def spoil(request: Any) -> None:
        if (kind_of(request), key_of(request)[-12:]) == ("PUT", "release.json"):
            set_body(request, body_of(request)[::-1])

    wire.spoil = spoil
    with pytest.raises(TargetUnavailable, match="不一样"):
        target.receive(parcel(ONE), None, quiet)


def test_what_a_broken_attempt_sent_is_read_before_it_is_counted_on(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, wire = bucket.open()
    sent = parcel(ONE)
    sums = {path: each.sha256 for path, each in sent.release.files.items()}
    bucket.put(f".bulletin/blobs/{sums['feed.xml']}", ONE["feed.xml"])
    bucket.put(f".bulletin/blobs/{sums['index.html']}", b"<p>0ne")
    bucket.put(f".bulletin/blobs/{sums['2026/10/01/index.html']}", b"<p>artic")
    received = target.receive(sent, None, quiet)
    assert received.sent == 6
    counted = wire.counts()
    assert counted == {"LIST": 1, "GET": 1 + 2 + 6 + 3, "PUT": 6 + 1 + 1}
    target.switch(sent.release.name)
    assert bucket.site() == tags_of(ONE)


def test_contents_of_the_base_that_are_gone_are_sent_again(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(target, first)
    gone = first.release.files["feed.xml"].sha256
    bucket.client.delete_object(Bucket=bucket.name, Key=f"gzdt/.bulletin/blobs/{gone}")
    assert target.receive(second, first.release, quiet).sent == 3
    assert target.examine(second.release) == ()


def test_unneeded_releases_go_with_all_that_only_they_had(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    parcels = [parcel(ONE), parcel(TWO, 2), parcel({**TWO, "help/index.html": b"<p>help"}, 3)]
    for each in parcels:
        publish(target, each)
    bucket.put(".bulletin/blobs/" + "0" * 64, b"left behind by a broken attempt")
    names = [each.release.name for each in parcels]
    with pytest.raises(UsageError, match="正在用"):
        target.remove([names[0], names[2]])
    assert target.kept() == (names[2], names[1], names[0])
    target.remove([names[0]])
    assert target.kept() == (names[2], names[1])
    inside = bucket.tags().keys()
    blobs = {path.removeprefix(".bulletin/blobs/") for path in inside if path.startswith(".bulletin/blobs/")}
    assert blobs == {each.sha256 for one in parcels[1:] for each in one.release.files.values()}
    assert not any(names[0] in path for path in inside)
    assert bucket.site() == tags_of({**TWO, "help/index.html": b"<p>help"})
    assert target.examine(parcels[1].release) == target.examine(parcels[2].release) == ()


def test_nothing_is_removed_while_a_kept_manifest_cannot_be_read(new_bucket: NewBucket) -> None:
    """What it lists would be swept away."""
    bucket = new_bucket()
    target, _ = bucket.open()
    parcels = [parcel(ONE), parcel(TWO, 2), parcel(ONE, 3)]
    for each in parcels:
        publish(target, each)
    damaged = parcels[1].release.name
    bucket.put(f".bulletin/releases/{damaged}/release.json", b"{")
    before = bucket.tags()
    with pytest.raises(TargetUnavailable, match="坏了"):
        target.remove([parcels[0].release.name])
    assert bucket.tags() == before
    target.remove([damaged])
    assert target.kept() == (parcels[2].release.name, parcels[0].release.name)


def test_examining_tells_what_is_changed_missing_and_strange(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(target, first)
    publish(target, second, first)
    assert target.examine(second.release) == target.examine(first.release) == ()
    bucket.put("2026/10/01/index.html", b"<p>artikle")
    bucket.put("old/index.html", b"<p>somebody's")
    bucket.client.delete_object(Bucket=bucket.name, Key="gzdt/feed.xml")
    assert target.examine(second.release) == ("2026/10/01/index.html", "feed.xml", "old/index.html")
    only_of_the_first = first.release.files["2026/10/02/index.html"].sha256
    bucket.put(f".bulletin/blobs/{only_of_the_first}", b"<p>sec0nd")
    assert target.examine(first.release) == ("2026/10/02/index.html",)


def test_a_switch_to_what_is_live_puts_right_what_was_changed_by_hand(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    sent = parcel(ONE)
    publish(target, sent)
    bucket.put("2026/10/01/index.html", b"<p>artikle")
    bucket.put("old/index.html", b"<p>somebody's")
    bucket.client.delete_object(Bucket=bucket.name, Key="gzdt/feed.xml")
    target.switch(sent.release.name)
    assert target.examine(sent.release) == ("old/index.html",)


def test_what_others_have_in_the_bucket_stays(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    bucket.put("old/index.html", b"<p>somebody's")
    bucket.client.put_object(Bucket=bucket.name, Key="elsewhere/index.html", Body=b"<p>another site")
    first = parcel(ONE)
    publish(target, first)
    publish(target, parcel(TWO, 2), first)
    assert bucket.site() == tags_of({**TWO, "old/index.html": b"<p>somebody's"})
    assert bucket.client.get_object(Bucket=bucket.name, Key="elsewhere/index.html")["Body"].read() == b"<p>another site"


def test_a_damaged_manifest_of_the_live_release_does_not_bind_the_site_to_it(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(target, first)
    target.receive(second, first.release, quiet)
    bucket.put(f".bulletin/releases/{first.release.name}/release.json", b"{")
    target.switch(second.release.name)
    assert target.examine(second.release) == (), "what was put where is written down"


def test_without_any_record_of_what_is_ours_nothing_is_deleted(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(target, first)
    target.receive(second, first.release, quiet)
    bucket.put(f".bulletin/releases/{first.release.name}/release.json", b"{")
    bucket.put(".bulletin/tags/site", b"{")
    target.switch(second.release.name)
    assert target.examine(second.release) == ("2026/10/02/index.html",)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"live": 1, "switching": []}', b'{"live": "../x", "switching": []}']
)
def test_a_damaged_record_of_what_is_live_is_told(new_bucket: NewBucket, content: bytes) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    publish(target, parcel(ONE))
    bucket.put(".bulletin/live", content)
    with pytest.raises(TargetUnavailable, match="live 坏了"):
        target.live()
    bucket.client.delete_object(Bucket=bucket.name, Key="gzdt/.bulletin/live")
    assert target.live() == ""
    publish(target, parcel(TWO, 2))
    assert bucket.site() == tags_of(TWO)


# The lock


def gone() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


MINE = replace(HOLDER, process=os.getpid())
THEIRS = LockHolder("乙某", "host-b", 1, "2026-11-23T08:30:00+08:00")


def test_one_at_a_time(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    (mine, _), (theirs, _) = bucket.open(), bucket.open()
    with mine.locked(MINE):
        assert holder_of(bucket.get(".bulletin/lock")) == MINE
        with pytest.raises(TargetLocked, match="甲某"), theirs.locked(THEIRS):
            raise AssertionError
    with theirs.locked(THEIRS):
        pass
    assert ".bulletin/lock" not in bucket.tags()


def test_the_lock_goes_when_the_work_fails(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    with pytest.raises(TargetUnavailable, match="没有第"), target.locked(HOLDER):
        target.switch("00001-00000000")
    assert bucket.tags() == {}


def test_who_breaks_a_lock_stops_the_one_who_held_it(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    (mine, _), (theirs, _) = bucket.open(), bucket.open()
    with theirs.locked(THEIRS):
        with mine.locked(MINE, breaking=True):
            for step in (
                lambda: theirs.receive(parcel(ONE), None, quiet),
                lambda: theirs.switch("00001-00000000"),
                lambda: theirs.remove([]),
            ):
                with pytest.raises(TargetLocked, match="拿走"):
                    step()
            assert bucket.tags().keys() == {".bulletin/lock"}
        bucket.put(".bulletin/lock", b"{}")
    assert bucket.get(".bulletin/lock") == b"{}", "who lost a lock does not take away the next one"


def test_who_loses_the_lock_in_the_middle_of_a_switch_does_not_say_that_it_is_done(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, wire = bucket.open()
    sent = parcel(ONE)
    target.receive(sent, None, quiet)

    def come_between(request: Any) -> None:
        if kind_of(request) == "COPY":
            bucket.put(".bulletin/lock", write_lock(THEIRS))

    wire.spoil = come_between
    with pytest.raises(TargetLocked, match="拿走"), target.locked(MINE):
        target.switch(sent.release.name)
    assert (target.live(), target.unfinished()) == ("", (sent.release.name,))
    assert holder_of(bucket.get(".bulletin/lock")) == THEIRS


def test_what_a_dead_process_of_this_machine_left_is_taken_over(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    for left in (replace(HOLDER, process=os.getppid()), THEIRS, replace(THEIRS, process=gone())):
        bucket.put(".bulletin/lock", write_lock(left))
        with pytest.raises(TargetLocked, match=left.by), target.locked(MINE):
            raise AssertionError
        assert bucket.get(".bulletin/lock") == write_lock(left)
    bucket.put(".bulletin/lock", write_lock(replace(HOLDER, process=gone())))
    with target.locked(MINE):
        assert holder_of(bucket.get(".bulletin/lock")) == MINE
    assert bucket.tags() == {}


def test_a_lock_that_cannot_be_read_is_told_and_can_be_broken(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    bucket.put(".bulletin/lock", b"\xff")
    with pytest.raises(TargetLocked, match="读不懂"), target.locked(HOLDER):
        raise AssertionError
    with target.locked(HOLDER, breaking=True):
        pass
    assert bucket.tags() == {}


@pytest.mark.parametrize("conditions", [True, False])
@pytest.mark.parametrize("left", [True, False])
def test_two_who_come_in_the_same_moment_do_not_both_get_it(
    new_bucket: NewBucket, conditions: bool, left: bool
) -> None:
    """One looks, the other writes, the first would write. A server that knows no conditions lets it: then the other one notices."""
    bucket = new_bucket()
    target, wire = bucket.open()
    other, _ = bucket.open()
    if left:
        bucket.put(".bulletin/lock", write_lock(replace(HOLDER, process=gone())))
    held = ExitStack()

    def come_between(request: Any) -> None:
        if kind_of(request) == "PUT":
            wire.spoil = None
            held.enter_context(other.locked(replace(THEIRS, host="host-a")))
            if not conditions:
                for name in {"If-None-Match", "If-Match"} & set(request.headers.keys()):
                    del request.headers[name]

    wire.spoil = come_between
    with held:
        if conditions:
            with pytest.raises(TargetLocked, match="乙某"), target.locked(MINE):
                raise AssertionError
            assert other.receive(parcel(ONE), None, quiet).sent == 7
        else:
            with target.locked(MINE), pytest.raises(TargetLocked, match="拿走"):
                other.receive(parcel(ONE), None, quiet)


def test_the_one_who_wrote_first_notices_when_reading_back(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, wire = bucket.open()

    def come_after(request: Any) -> None:
        if [kind for kind, _ in wire.sent] == ["GET", "PUT", "GET"]:
            bucket.put(".bulletin/lock", write_lock(THEIRS))

    wire.spoil = come_after
    with pytest.raises(TargetLocked, match="乙某"), target.locked(MINE):
        raise AssertionError
    assert holder_of(bucket.get(".bulletin/lock")) == THEIRS


def test_a_lock_whose_answer_was_lost_is_ours(new_bucket: NewBucket) -> None:
    """The library sends it again, and is told that there is one."""
    bucket = new_bucket()
    target, wire = bucket.open()

    def write_before(request: Any) -> None:
        if kind_of(request) == "PUT":
            bucket.put(".bulletin/lock", body_of(request))

    wire.spoil = write_before
    with target.locked(MINE):
        assert holder_of(bucket.get(".bulletin/lock")) == MINE
    assert bucket.tags() == {}


# How many requests


@pytest.mark.slow
def test_requests_are_as_many_as_changes(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, wire = bucket.open()
    many = {
        f"2026/{issue:02}/{number:02}/index.html": f"<p>{issue} {number}".encode()
        for issue in range(1, 11)
        for number in range(1, 101)
    }
    first = parcel({**many, "index.html": b"<p>home"})
    with target.locked(HOLDER):
        target.receive(first, None, quiet)
        assert wire.counts() == {"GET": 2 + 1 + 1 + 1001 + 3, "PUT": 1 + 1001 + 1 + 1, "LIST": 1}
        target.switch(first.release.name)
        assert wire.counts() == {"GET": 1 + 3 + 1 + 1, "PUT": 3, "COPY": 1001, "LIST": 2 + 2}
    assert wire.counts() == {"GET": 1, "DELETE": 1}

    second = parcel({**many, "2026/05/50/index.html": b"<p>changed", "index.html": b"<p>new home"}, 2)
    with target.locked(HOLDER):
        target.receive(second, first.release, quiet)
        target.switch(second.release.name)
    assert wire.counts() == {
        "GET": 2 + 1 + 1 + 2 + 3 + 1 + 4 + 1 + 1 + 1,
        "PUT": 1 + 2 + 1 + 1 + 3,
        "LIST": 2 + 3 + 2,
        "COPY": 2,
        "DELETE": 1,
    }

    assert write_manifest(second.release) == target.manifest(target.live()).content
    assert wire.counts() == {"GET": 3}, "where nothing changed, nothing else is asked"

    with target.locked(HOLDER):
        target.switch(first.release.name)
    assert wire.counts() == {"GET": 2 + 1 + 4 + 1 + 1 + 1, "PUT": 1 + 3, "COPY": 2, "DELETE": 1, "LIST": 3 + 2}
