"""Releases of a few files, and parcels of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bulletin.model.audience import Audience
from bulletin.model.release import FileSum, PublishedArticle, Release, is_article_page
from bulletin.publish.manifests import write_manifest
from bulletin.publish.targets.target import Manifest, Parcel

AT = "2026-11-23T09:30:00+08:00"


def release(contents: Mapping[str, bytes], serial: int = 1, previous: str = "") -> Release:
    """A release of files with these contents; each `2026/10/03/index.html` among them is an article."""
    files = {path: FileSum(hashlib.sha256(content).hexdigest(), len(content)) for path, content in contents.items()}
    pages = [path.removesuffix("/index.html") for path in contents if is_article_page(path)]
    articles = tuple(PublishedArticle(path, f"《{path}》", "sha256:1", "甲某", AT) for path in pages)
    return Release(serial, "某动态", "外网", Audience.PUBLIC, "甲某", AT, "0.7", "", previous, files, articles)


def parcel(contents: Mapping[str, bytes], serial: int = 1, previous: str = "") -> Parcel:
    """The release on its way to a target."""
    made = release(contents, serial, previous)
    return Parcel(made, Manifest(write_manifest(made)), contents.__getitem__)
