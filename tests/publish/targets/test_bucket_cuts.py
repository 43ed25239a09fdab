"""A bucket when the machine goes away in the middle: after each request, of which the answer came or did not."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from bulletin.load.folders import article_slugs
from bulletin.model.audience import Audience
from bulletin.model.key import IssueKey
from bulletin.model.problem import Message
from bulletin.model.site_build import SiteOrder
from bulletin.model.target import LockHolder
from bulletin.pipeline.clearing import clear, revoke
from bulletin.pipeline.site.building import build_site
from bulletin.publish.targets.target import Parcel
from tests.conftest import REPOSITORY
from tests.releases import parcel
from tests.sites import AT, RICH_KEY, write_sample
from tests.storage_server import Bucket, Cut, storage_server, tags_of

Contents = dict[str, bytes]
HOME = "https://lgb.example.cn/"
HOLDER = LockHolder("甲某", "host-a", 1, "2026-11-23T09:30:00+08:00")
MOST = 200


def quiet(_: Message) -> None:
    pass


@pytest.fixture(scope="module")
def new_bucket() -> Iterator[Callable[..., Bucket]]:
    with storage_server() as new:
        yield new


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Contents, Contents, Contents]:
    """The sample site; one article taken off and another put up; and that one put up again, and a third taken off."""
    root = write_sample(tmp_path_factory.mktemp("publication"))
    october = IssueKey(2026, False, 10)
    slugs = article_slugs(root, october)
    first = built(root, tmp_path_factory.mktemp("first"))
    revoke(root, RICH_KEY, [article_slugs(root, RICH_KEY)[2]], "周砚", AT)
    clear(root, october, [slugs[1]], "周砚", AT)
    second = built(root, tmp_path_factory.mktemp("second"))
    clear(root, RICH_KEY, [article_slugs(root, RICH_KEY)[2]], "周砚", AT)
    revoke(root, RICH_KEY, [article_slugs(root, RICH_KEY)[0]], "周砚", AT)
    return first, second, built(root, tmp_path_factory.mktemp("third"))


def built(root: Path, output: Path) -> Contents:
    order = SiteOrder(Audience.PUBLIC, output)
    report = build_site(root, order, quiet)
    assert report.made, report.problems
    files = (path for path in order.folder.rglob("*") if path.is_file())
    return {path.relative_to(order.folder).as_posix(): path.read_bytes() for path in files}


class Visitor:
    """Follows links from pages that no release lacks, and knows the contents that objects may have, by their MD5 sums."""

    def __init__(self, *releases: Contents) -> None:
        self.contents = {tag: each[path] for each in releases for path, tag in tags_of(each).items()}
        self.lasting = set.intersection(*map(set, releases))

    def look(self, site: Mapping[str, str]) -> None:
        """Every object is a whole one, and no link leads to nothing."""
        assert set(site.values()) <= self.contents.keys()
        assert self.lasting <= site.keys()
        waiting, seen = sorted(self.lasting), set(self.lasting)
        while waiting:
            path = waiting.pop()
            for link in self.links(path, site[path]):
                assert link in site, f"{path} leads to {link}, which is not there"
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)

    def links(self, path: str, tag: str) -> frozenset[str]:
        return links_of(path, self.contents[tag])


@cache
def links_of(path: str, content: bytes) -> frozenset[str]:
    """The files that a page, a feed or the sitemap leads to on the site."""
    if not path.endswith((".html", ".xml")):
        return frozenset()
    text = re.sub(r"<!--.*?-->", "", content.decode(), flags=re.DOTALL)
    found = re.findall(r'\s(?:href|src)="([^"]+)"', text) + re.findall(r"<loc>([^<]+)</loc>", text)
    whole = [urldefrag(urljoin(HOME + path, each.replace("&amp;", "&"))).url for each in found]
    paths = [urlsplit(each).path[1:] for each in whole if each.startswith(HOME)]
    return frozenset(f"{each}index.html" if each.endswith("/") or not each else each for each in paths)


def test_the_visitor_sees_what_is_missing(sites: tuple[Contents, Contents, Contents]) -> None:
    first, second, third = sites
    visitor = Visitor(first, second)
    for one, other in ((first, second), (second, third), (third, first)):
        assert len(one.items() ^ other.items()) > 40
    visitor.look(tags_of(first))
    visitor.look(tags_of(second))
    assert sum(len(links_of(path, content)) for path, content in first.items()) > 500
    assert set(first) - set(second)
    assert set(second) - set(first)
    for path in sorted(set(second) - set(first)):
        if path.endswith(".html"):
            with pytest.raises(AssertionError, match=f"leads to {path}"):
                visitor.look({other: tag for other, tag in tags_of(second).items() if other != path})


def receive(bucket: Bucket, *parcels: Parcel) -> None:
    target, _ = bucket.open()
    for each in parcels:
        target.receive(each, None, quiet)
    target.close()


def cut_switch(bucket: Bucket, name: str, after: int, *, answered: bool) -> bool:
    """Switches until so many requests went through; true if it was done before."""
    target, wire = bucket.open()
    wire.left, wire.answered = after, answered
    try:
        target.switch(name)
    except Cut:
        return False
    finally:
        target.close()
    return True


@pytest.mark.slow
def test_a_switch_that_is_cut_anywhere(
    new_bucket: Callable[..., Bucket], sites: tuple[Contents, Contents, Contents]
) -> None:
    """No page leads to nothing; `live` tells; and the next switch, to whichever release, ends as if nothing had been."""
    bucket, visitor = new_bucket(), Visitor(*sites)
    parcels = [parcel(each, number) for number, each in enumerate(sites, start=1)]
    names = [each.release.name for each in parcels]
    receive(bucket, *parcels)
    target, _ = bucket.open()
    start, after, finished = 0, 0, 0
    target.switch(names[start])
    while finished < 3:
        to = (start + 1) % 3
        done = cut_switch(bucket, names[to], after, answered=after % 4 < 2)
        visitor.look(bucket.site())
        assert target.live() in ((names[to],) if done else (names[start], names[to]))
        if target.live() == names[to]:
            assert bucket.site() == tags_of(sites[to])
        start = (start + after) % 3
        target.switch(names[start])
        assert bucket.site() == tags_of(sites[start])
        assert (target.live(), target.unfinished()) == (names[start], ())
        after += 5  # all of them take two minutes
        finished += done
    assert after > 40


@pytest.mark.slow
def test_a_switch_that_is_cut_again_and_again(
    new_bucket: Callable[..., Bucket], sites: tuple[Contents, Contents, Contents]
) -> None:
    bucket, visitor = new_bucket(), Visitor(*sites)
    parcels = [parcel(each, number) for number, each in enumerate(sites, start=1)]
    names = [each.release.name for each in parcels]
    receive(bucket, *parcels)
    target, _ = bucket.open()
    target.switch(names[0])
    for round_ in range(2):
        for turn, after in enumerate((47, 13, 61, 29, 8)):
            cut_switch(bucket, names[(turn + round_) % 3], after + 5 * round_, answered=turn % 2 == 0)
            visitor.look(bucket.site())
        assert set(target.unfinished()) <= set(names)
        end = round_ % 3
        target.switch(names[end])
        assert bucket.site() == tags_of(sites[end])
        assert (target.live(), target.unfinished()) == (names[end], ())


def test_the_first_switch_that_is_cut(
    new_bucket: Callable[..., Bucket], sites: tuple[Contents, Contents, Contents]
) -> None:
    """Over another's site: its home page stays until all that ours leads to is there, and is ours in the end."""
    first = sites[0]
    sent = parcel(first)
    for after in (2, 20, 60, 85):
        bucket = new_bucket()
        receive(bucket, sent)
        bucket.put("index.html", b"<p>somebody's")
        bucket.put("old.html", b"<p>somebody's")
        assert not cut_switch(bucket, sent.release.name, after, answered=False)
        target, _ = bucket.open()
        assert (target.live(), target.unfinished()) == ("", (sent.release.name,) if after > 8 else ())
        if bucket.site()["index.html"] == tags_of(first)["index.html"]:
            assert set(first) - bucket.site().keys() <= {"feed.xml", "feed.json", "sitemap.xml", "robots.txt"}
        target.switch(sent.release.name)
        assert bucket.site() == tags_of({**first, "old.html": b"<p>somebody's"})


@pytest.mark.slow
def test_a_receipt_that_is_cut_anywhere(new_bucket: Callable[..., Bucket]) -> None:
    """A release whose manifest is not there is none; what was sent whole is not sent again; and the site is as it was."""
    bucket = new_bucket()
    old = {"index.html": b"<p>old", "a.html": b"<p>a"}
    first = parcel(old)
    receive(bucket, first)
    target, _ = bucket.open()
    target.switch(first.release.name)
    for after in range(0, MOST, 3):
        contents = {**old, **{f"{number}.html": f"<p>{after} {number}".encode() for number in range(5)}}
        sent = parcel(contents, after + 2)
        cutting, wire = bucket.open()
        wire.left, wire.answered = after, after % 2 == 0
        try:
            cutting.receive(sent, first.release, quiet)
        except Cut:
            assert bucket.site() == tags_of(old)
            there = {path for path in bucket.tags() if path.startswith(".bulletin/blobs/")}
            new = {f".bulletin/blobs/{each.sha256}" for each in sent.release.files.values()}
            already = len(there & new) - 2
            assert target.receive(sent, first.release, quiet).sent == 5 - already
        else:
            break
        finally:
            cutting.close()
        assert target.kept()[0] == sent.release.name
        assert target.examine(sent.release) == ()
    assert after > 10
    assert target.live() == first.release.name


@pytest.mark.slow
def test_a_removal_that_is_cut_anywhere(new_bucket: Callable[..., Bucket]) -> None:
    """What is kept stays whole; and the next removal sweeps the rest."""
    bucket = new_bucket()
    target, _ = bucket.open()
    live = parcel({"index.html": b"<p>live", "a.html": b"<p>a"}, 1)
    receive(bucket, live)
    target.switch(live.release.name)
    for after in range(0, MOST, 3):
        going = parcel({"a.html": b"<p>a", **{f"{number}.html": f"<p>{number}".encode() for number in range(4)}}, 2)
        staying = parcel({"0.html": b"<p>0", "b.html": b"<p>b"}, 3)
        receive(bucket, going, staying)
        cutting, wire = bucket.open()
        wire.left, wire.answered = after, after % 2 == 0
        try:
            cutting.remove([going.release.name])
        except Cut:
            assert target.examine(live.release) == target.examine(staying.release) == ()
            if going.release.name in target.kept():
                assert target.examine(going.release) == ()
        else:
            break
        finally:
            cutting.close()
        target.remove([going.release.name])
        assert target.kept() == (staying.release.name, live.release.name)
        blobs = [path for path in bucket.tags() if path.startswith(".bulletin/blobs/")]
        assert len(blobs) == 4
    assert after > 6


KILLED = """
import os, sys
from bulletin.model.target import BucketPlace, LockHolder
from bulletin.publish.targets.storage.requests import open_storage
from tests.releases import parcel
from tests.storage_server import wired

endpoint, bucket, prefix, after = sys.argv[1:]
target, wire = wired(open_storage(BucketPlace(bucket, prefix, endpoint, "")), prefix)

def count(request):
    if len(wire.sent) > int(after):
        os.kill(os.getpid(), 9)

wire.spoil = count
sent = parcel({"index.html": b"<p>new", "new.html": b"<p>new"}, 2)
with target.locked(LockHolder("甲某", "host-a", os.getpid(), "2026-11-23T09:30:00+08:00")):
    target.receive(sent, None, lambda what: None)
    target.switch(sent.release.name)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [3, 8, 12, 15])
def test_a_process_that_is_killed_leaves_a_lock_that_the_next_takes_over(
    new_bucket: Callable[..., Bucket], after: int
) -> None:
    bucket = new_bucket()
    old = parcel({"index.html": b"<p>old"})
    receive(bucket, old)
    target, _ = bucket.open()
    target.switch(old.release.name)
    command = [sys.executable, "-c", KILLED, bucket.endpoint, bucket.name, bucket.prefix, str(after)]
    done = subprocess.run(command, check=False, cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    assert done.returncode == -signal.SIGKILL
    assert ".bulletin/lock" in bucket.tags()
    assert bucket.site()["index.html"] in {hashlib.md5(each).hexdigest() for each in (b"<p>old", b"<p>new")}
    contents = {"index.html": b"<p>new", "new.html": b"<p>new"}
    sent = parcel(contents, 2)
    with target.locked(HOLDER):
        target.receive(sent, old.release, quiet)
        target.switch(sent.release.name)
    assert bucket.site() == tags_of(contents)
    assert ".bulletin/lock" not in bucket.tags()
