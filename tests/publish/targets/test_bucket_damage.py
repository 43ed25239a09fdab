"""A bucket that somebody else changed, and what commands that were broken off left in it: found, put right, swept; and who can read its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bulletin.model.errors import TargetLocked, TargetUnavailable
from bulletin.model.problem import Message
from bulletin.model.target import LockHolder
from bulletin.publish.targets.lock import write_lock
from bulletin.publish.targets.storage import requests as storage_module
from bulletin.publish.targets.storage.target import BucketTarget
from bulletin.publish.targets.target import Parcel
from tests.releases import parcel
from tests.storage_server import Bucket, Cut, key_of, kind_of, storage_server, tags_of

ONE = {
    "index.html": b"<p>one",
    "2026/10/index.html": b"<p>issue",
    "2026/10/01/index.html": b"<p>article",
    "2026/10/02/index.html": b"<p>second",
    "feed.xml": b"<feed/>",
}
TWO = {**ONE, "index.html": b"<p>two", "2026/10/02/index.html": b"<p>withdrawn"}
THREE = {**TWO, "index.html": b"<p>three"}
HOLDER = LockHolder("甲某", "host-a", 1, "2026-11-23T09:30:00+08:00")
SECRET = "2026/10/02/index.html"
MOST = 60
NewBucket = Callable[..., Bucket]


@pytest.fixture(scope="module")
def new_bucket() -> Iterator[NewBucket]:
    with storage_server() as new:
        yield new


def quiet(_: Message) -> None:
    pass


def publish(target: BucketTarget, sent: Parcel, base: Parcel | None = None) -> str:
    with target.locked(HOLDER):
        target.receive(sent, base.release if base else None, quiet)
        target.switch(sent.release.name)
    return sent.release.name


def blob(sent: Parcel, path: str) -> str:
    return f".bulletin/blobs/{sent.release.files[path].sha256}"


def drop(bucket: Bucket, path: str) -> None:
    bucket.client.delete_object(Bucket=bucket.name, Key=bucket.prefix + path)


# What visitors see


@pytest.mark.parametrize("edited", [b"<p>artikle", b"<p>somebody's article"], ids=["same size", "other size"])
def test_a_page_that_was_edited_by_hand_is_put_right_by_the_next_release(new_bucket: NewBucket, edited: bytes) -> None:
    bucket = new_bucket()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(bucket.open()[0], first)
    bucket.put("2026/10/01/index.html", edited)
    drop(bucket, "feed.xml")
    target, wire = bucket.open()
    publish(target, second, first)
    assert bucket.site() == tags_of(TWO)
    assert bucket.head("2026/10/01/index.html")["ContentType"] == "text/html; charset=utf-8"
    assert wire.counts()["COPY"] == 2 + 2


def test_a_page_that_was_edited_by_hand_asks_for_a_switch_to_what_is_live(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    first = parcel(ONE)
    name = publish(bucket.open()[0], first)
    target, wire = bucket.open()
    bucket.put("old.html", b"<p>somebody's")
    assert target.unfinished() == ()
    assert wire.counts() == {"GET": 3, "LIST": 1}
    bucket.put("2026/10/01/index.html", b"<p>artikle")
    assert target.unfinished() == (name,)
    publish(target, first, first)
    assert wire.counts()["COPY"] == 1
    drop(bucket, "feed.xml")
    assert target.unfinished() == (name,)
    target.switch(name)
    assert (target.unfinished(), bucket.site()) == ((), tags_of({**ONE, "old.html": b"<p>somebody's"}))


@pytest.mark.slow
def test_what_is_edited_between_a_switch_that_broke_off_and_the_next_is_put_right(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(bucket.open()[0], first)
    bucket.open()[0].receive(second, first.release, quiet)
    for after in range(0, MOST, 3):
        cutting, wire = bucket.open()
        wire.left = after
        try:
            cutting.switch(second.release.name)
        except Cut:
            bucket.put("2026/10/01/index.html", b"<p>artikle")
        else:
            break
        target, _ = bucket.open()
        back = (first, second)[after % 2]
        target.switch(back.release.name)
        assert bucket.site() == tags_of((ONE, TWO)[after % 2])
        target.switch(first.release.name)
    assert after > 9


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b'{"index.html": 1}', b'{"index.html": [1, 2, 3]}', b"\xff"]
)
@pytest.mark.parametrize("record", ["tags/site", "tags/blobs"])
def test_records_of_tags_that_are_lost_or_damaged_cost_requests_only(
    new_bucket: NewBucket, record: str, content: bytes | None
) -> None:
    bucket = new_bucket()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(bucket.open()[0], first)
    bucket.put(f".bulletin/{record}", content or b"")
    if content is None:
        drop(bucket, f".bulletin/{record}")
    target, wire = bucket.open()
    publish(target, second, first)
    assert bucket.site() == tags_of(TWO)
    assert wire.counts()["COPY"] == (2 if record == "tags/blobs" else 5)
    drop(bucket, blob(first, "feed.xml"))
    bucket.put(blob(first, "2026/10/index.html"), b"<p>isssue")
    assert target.receive(parcel(THREE, 3), second.release, quiet).sent == 3


def test_a_server_that_does_not_say_tags_of_copies_is_given_all_again(
    new_bucket: NewBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = new_bucket()
    copy = storage_module.Storage.copy

    def untagged(*arguments: Any) -> str:
        copy(*arguments)
        return ""

    monkeypatch.setattr(storage_module.Storage, "copy", untagged)
    target, wire = bucket.open()
    publish(target, parcel(ONE))
    wire.counts()
    publish(target, parcel(TWO, 2))
    assert wire.counts()["COPY"] == 5
    assert bucket.site() == tags_of(TWO)


# What is kept


def test_a_content_that_was_lost_or_edited_is_sent_again_with_the_next_release(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(bucket.open()[0], first)
    drop(bucket, blob(first, "feed.xml"))
    bucket.put(blob(first, "2026/10/01/index.html"), b"<p>artikle")
    target, wire = bucket.open()
    assert target.receive(second, first.release, quiet).sent == 4
    assert wire.counts()["GET"] == 1 + 1 + 4 + 2 + 1, (
        "what has its tag still is not read: one that has not, and what was sent"
    )
    assert target.examine(second.release) == ()


def test_a_release_that_is_kept_is_received_again_as_far_as_it_is_damaged(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    first, second = parcel(ONE), parcel(TWO, 2)
    second = replace(second, manifest=replace(second.manifest, signature=b"signed"))
    publish(bucket.open()[0], first)
    publish(bucket.open()[0], second, first)
    publish(bucket.open()[0], first)
    target, wire = bucket.open()
    received = target.receive(second, first.release, quiet)
    assert (received.sent, received.had) == (0, len(TWO))
    assert wire.counts() == {"LIST": 1, "GET": 1 + 2}
    drop(bucket, blob(second, SECRET))
    bucket.put(blob(second, "index.html"), b"<p>tw0")
    folder = f".bulletin/releases/{second.release.name}"
    bucket.put(f"{folder}/release.json", b"{")
    drop(bucket, f"{folder}/release.json.sig")
    assert target.receive(second, first.release, quiet).sent == 2
    assert target.manifest(second.release.name) == second.manifest
    target.switch(second.release.name)
    assert bucket.site() == tags_of(TWO)
    unsigned = replace(second, manifest=replace(second.manifest, signature=b""))
    target.receive(unsigned, first.release, quiet)
    assert target.manifest(second.release.name) == unsigned.manifest


@pytest.mark.parametrize("damage", ["edited", "lost"])
def test_a_switch_to_a_release_whose_contents_were_changed_changes_nothing(new_bucket: NewBucket, damage: str) -> None:
    bucket = new_bucket()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(bucket.open()[0], first)
    publish(bucket.open()[0], second, first)
    if damage == "edited":
        bucket.put(blob(first, SECRET), b"<p>sec0nd")
    else:
        drop(bucket, blob(first, SECRET))
    before = bucket.tags()
    with pytest.raises(TargetUnavailable, match="1 个文件的内容坏了"):
        bucket.open()[0].switch(first.release.name)
    assert bucket.tags() == before
    target, _ = bucket.open()
    publish(target, first, second)
    assert bucket.site() == tags_of(ONE)


def test_no_more_is_read_of_a_record_than_a_record_can_be(
    new_bucket: NewBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_module, "MOST", 1 << 20)
    monkeypatch.setattr(storage_module, "_PIECE", 1 << 16)
    bucket = new_bucket()
    target, _ = bucket.open()
    name = publish(target, parcel(ONE))
    whole = bucket.get(f".bulletin/releases/{name}/release.json")
    bucket.put(f".bulletin/releases/{name}/release.json", whole + b" " * (3 << 20))
    assert len(target.manifest(name).content) == 1 << 20
    bucket.put(".bulletin/lock", write_lock(HOLDER)[:-2] + b" " * (3 << 20) + b"}")
    with pytest.raises(TargetLocked, match="读不懂"), target.locked(HOLDER):
        raise AssertionError
    with target.locked(HOLDER, breaking=True):
        pass


# What nobody needs


def test_sweeping_leaves_what_kept_releases_need(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(target, first)
    publish(target, second, first)
    assert target.sweep() == ()
    stray = ".bulletin/blobs/" + "0" * 64
    bucket.put(stray, b"left behind")
    bucket.put(".bulletin/releases/00009-00000000/release.json.sig", b"left behind")
    bucket.put("old.html", b"<p>somebody's")
    before = bucket.tags()
    assert target.sweep() == ("releases/00009-00000000/release.json.sig", "blobs/" + "0" * 64)
    assert before.keys() - bucket.tags().keys() == {stray, ".bulletin/releases/00009-00000000/release.json.sig"}
    assert target.examine(first.release) == ()
    assert target.examine(second.release) == ("old.html",)


def test_nothing_is_swept_while_a_kept_manifest_cannot_be_read(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    first, second = parcel(ONE), parcel(TWO, 2)
    publish(target, first)
    publish(target, second, first)
    bucket.put(".bulletin/blobs/" + "0" * 64, b"left behind")
    bucket.put(f".bulletin/releases/{first.release.name}/release.json", b"{")
    before = bucket.tags()
    assert target.sweep() == ()
    assert bucket.tags() == before


def test_who_lost_the_lock_sweeps_nothing(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    bucket.put(".bulletin/blobs/" + "0" * 64, b"of who publishes now")
    with target.locked(HOLDER):
        bucket.put(".bulletin/lock", b"{}")
        with pytest.raises(TargetLocked, match="拿走"):
            target.sweep()
    assert ".bulletin/blobs/" + "0" * 64 in bucket.tags()


@pytest.mark.slow
def test_a_removal_that_is_cut_anywhere_and_a_sweep_leave_no_text(new_bucket: NewBucket) -> None:
    """The release that holds it is one still, and is told; or it is none, and then its text is gone."""
    bucket = new_bucket()
    held, live = parcel(TWO, 2), parcel(ONE, 3)
    held = replace(held, manifest=replace(held.manifest, signature=b"signed"))
    cuts = 0
    for after in range(0, MOST, 3):
        target, _ = bucket.open()
        publish(target, held)
        publish(target, live, held)
        assert blob(held, SECRET) in bucket.tags()
        cutting, wire = bucket.open()
        wire.left, wire.answered = after, after % 2 == 0
        try:
            cutting.remove([held.release.name])
        except Cut:
            cuts += 1
        target.sweep()
        if held.release.name in target.kept():
            assert target.examine(held.release) == ()
            target.remove([held.release.name])
        assert not [path for path, tag in bucket.tags().items() if tag == tags_of(TWO)[SECRET]]
        assert not [path for path in bucket.tags() if held.release.name in path]
        assert target.examine(live.release) == ()
        if cuts == after // 3:
            break
    assert cuts > 1


@pytest.mark.slow
def test_what_a_receipt_that_was_cut_anywhere_sent_is_swept(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    live, held = parcel(ONE), parcel(TWO, 2)
    publish(bucket.open()[0], live)
    for after in range(0, MOST, 3):
        cutting, wire = bucket.open()
        wire.left, wire.answered = after, after % 2 == 0
        target, _ = bucket.open()
        try:
            cutting.receive(held, live.release, quiet)
        except Cut:
            target.sweep()
        else:
            break
        if held.release.name not in target.kept():
            assert not [path for path, tag in bucket.tags().items() if tag == tags_of(TWO)[SECRET]]
        target.remove({held.release.name} & {*target.kept()})
    assert after > 9


# Who can read the records


@pytest.mark.parametrize("prefix", ["", "gzdt/", "工作 动态/a+b/"])
def test_records_that_anybody_can_read_are_told_before_anything_is_sent(new_bucket: NewBucket, prefix: str) -> None:
    bucket = new_bucket(prefix)
    target, _ = bucket.open()
    nowhere, here = "http://127.0.0.1:9/", f"{bucket.endpoint}/{bucket.name}/{prefix}"
    here = "".join(each if each.isascii() and each not in " +" else storage_quoted(each) for each in here)
    with target.locked(HOLDER):
        for url in ("", nowhere, here):
            assert target.exposed(url) == ""
        bucket.client.put_object_acl(Bucket=bucket.name, Key=f"{prefix}.bulletin/lock", ACL="public-read")
        assert target.exposed(here) == f"{here}.bulletin/lock"
        for url in ("", nowhere):
            told = target.exposed(url)
            assert told.startswith(f"{bucket.endpoint}/{bucket.name}/")
            assert told.endswith(".bulletin/lock")
            assert "?" not in told


def storage_quoted(letter: str) -> str:
    return "".join(f"%{each:02X}" for each in letter.encode())


def test_a_site_that_answers_anything_with_a_page_does_not_tell_records(
    new_bucket: NewBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = new_bucket()
    target, _ = bucket.open()
    served = "bulletin.publish.targets.storage.target.fetch_beginning"
    with target.locked(HOLDER):
        monkeypatch.setattr(served, lambda _: b"<p>not found")
        assert target.exposed("https://lgb.example.cn/") == ""
        monkeypatch.setattr(served, lambda _: write_lock(replace(HOLDER, by="乙某")))
        assert target.exposed("https://lgb.example.cn/") == "https://lgb.example.cn/.bulletin/lock", (
            "of before, from a cache"
        )


def test_whoever_asks_anonymously_sends_no_key(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    target, wire = bucket.open()
    with target.locked(HOLDER):
        wire.counts()
        assert target.exposed("") == ""
        assert wire.counts() == {}, "the way with keys is not used"


# How many requests


@pytest.mark.slow
def test_one_change_among_many_takes_requests_for_what_changed_and_for_lists(new_bucket: NewBucket) -> None:
    bucket = new_bucket()
    many = {
        f"2026/{issue:02}/{each:02}/index.html": f"<p>{issue} {each}".encode()
        for issue in range(8)
        for each in range(75)
    }
    first = parcel({**many, "index.html": b"<p>home"})
    publish(bucket.open()[0], first)
    second = parcel({**many, "2026/05/50/index.html": b"<p>changed", "index.html": b"<p>new home"}, 2)
    bucket.put("2026/01/01/index.html", b"<p>by hand")
    target, wire = bucket.open()
    publish(target, second, first)
    asked = [key_of(each) for each in wire.requests if kind_of(each) == "COPY"]
    assert sorted(asked) == [
        f"gzdt/{each}" for each in ("2026/01/01/index.html", "2026/05/50/index.html", "index.html")
    ]
    counted = wire.counts()
    assert counted["LIST"] == 1 + 2 + 1
    assert sum(counted.values()) < 40
