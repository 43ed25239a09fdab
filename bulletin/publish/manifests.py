"""The manifest of a release, `release.json`: written, and read by those who trust nothing.

JSON (RFC 8259) in UTF-8, keys in the order below, one file a line: so two manifests can be compared by eye. `files` gives each file's path,
SHA-256 sum and size; `sum` is that of the list of files as `sha256sum` writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bulletin.model.audience import Audience
from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.release import FileSum, PublishedArticle, Release, sum_of

FILE = "release.json"
SIGNATURE = "release.json.sig"
FORMAT = 1
NAME = re.compile(r"\d{5,}-[0-9a-f]{8}")
_SHA_256 = re.compile(r"[0-9a-f]{64}")


def write_manifest(release: Release) -> bytes:
    """The manifest; the same for the same release."""
    head = {
        "format": FORMAT,
        "release": release.name,
        "serial": release.serial,
        "publication": release.publication,
        "audience": release.audience.value,
        "by": release.by,
        "at": release.at,
        "version": release.version,
        "commit": release.commit,
        "previous": release.previous,
        "sum": sum_of(release.files),
        "carried": release.carried,
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    lines.append(_list("articles", (json.dumps(asdict(each), ensure_ascii=False) for each in release.articles)))
    files = sorted(release.files.items())
    lines.append(
        _list("files", (json.dumps([path, each.sha256, each.size], ensure_ascii=False) for path, each in files))
    )
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def read_manifest(content: bytes, name: str) -> Release:
    """The release that the manifest of `name` tells of.

    Raises:
        TargetUnavailable: It is no manifest, or that of another release, or its files are not those that its sum is of.
    """
    try:
        said = json.loads(content)
        if said["format"] != FORMAT:
            raise TargetUnavailable(
                message("第 {name} 版的清单是别的版本的程序写的，这个程序读不懂", name=name), message("请升级程序")
            )
        release = _release(said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise _broken(name) from fault
    if release.name != name or said["release"] != name or said["sum"] != sum_of(release.files):
        raise _broken(name)
    return release


def _list(name: str, items: Iterator[str]) -> str:
    listed = ",\n".join(items)
    return f'"{name}": [\n{listed}\n]' if listed else f'"{name}": []'


def _release(said: Mapping[str, Any]) -> Release:
    texts = {name: _text(said[name]) for name in ("publication", "by", "at", "version", "commit", "previous")}
    serial = said["serial"]
    if not isinstance(serial, int) or isinstance(serial, bool):
        raise TypeError(serial)
    articles = tuple(
        PublishedArticle(**{name: _text(value) for name, value in each.items()}) for each in said["articles"]
    )
    files = dict(_files(said["files"]))
    carried = tuple(_text(path) for path in said["carried"])
    return Release(
        serial, audience=Audience(said["audience"]), files=files, articles=articles, carried=carried, **texts
    )


def _files(said: list[Any]) -> Iterator[tuple[str, FileSum]]:
    for path, sha256, size in said:
        if not is_safe(_text(path)) or not _SHA_256.fullmatch(sha256) or not isinstance(size, int) or size < 0:
            raise ValueError(path)
        yield path, FileSum(sha256, size)


def is_safe(path: str) -> bool:
    """True if the path stays below the folder that it is put in."""
    parts = path.split("/")
    return not path.startswith("/") and "\\" not in path and all(part not in ("", ".", "..") for part in parts)


def _text(value: object) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise TypeError(value)
    return value


def _broken(name: str) -> TargetUnavailable:
    return TargetUnavailable(
        message("第 {name} 版的清单坏了，或被人改动过", name=name),
        message("这一版不能再用；请从别的版发布或回退，并查明是谁动了服务器上的文件"),
    )
