"""The manifest of a release, `release.json`: written, and read by those who trust nothing.

JSON (RFC 8259) in UTF-8, keys in the order below, one file a line: so two manifests can be compared by eye. `files` gives each file's path,
SHA-256 sum and size; `sum` is that of the list of files as `sha256sum` writes it. What is read must be byte for byte what would be written:
a release has one manifest, whose sum the log of publication keeps. It also must say nothing that the log would not take.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bulletin.model.audience import Audience
from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.records import has_bad_text, is_exact_moment
from bulletin.model.release import RELEASE_NAME, FileSum, PublishedArticle, Release, article_at, sum_of

FILE = "release.json"
SIGNATURE = "release.json.sig"
FORMAT = 2
NAME = RELEASE_NAME
LARGEST_BYTES = 64 << 20
"""No manifest is longer: a site of ten thousand files has one of 2 MB."""
_SHA_256 = re.compile(r"[0-9a-f]{64}")
_LARGEST_FILE = 1 << 40
_LONGEST_PATH, _LONGEST_PART = 1024, 255
_LAST_SERIAL = 10**8 - 1
_LOOKS = "assets/"
_KEYS = frozenset({"path", "title", "digest", "cleared_by", "cleared_at"})


def write_manifest(release: Release) -> bytes:
    """The manifest; the same for the same release."""
    head = {
        "format": FORMAT,
        "release": release.name,
        "serial": release.serial,
        "publication": release.publication,
        "target": release.target,
        "audience": release.audience.value,
        "by": release.by,
        "at": release.at,
        "version": release.version,
        "commit": release.commit,
        "previous": release.previous,
        "sum": sum_of(release.files),
        "carried": release.carried,
        "withdrawn": release.withdrawn,
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
        TargetUnavailable: It is no manifest, or that of another release, or says what no release says.
    """
    if len(content) > LARGEST_BYTES:
        raise _broken(name)
    try:
        said = json.loads(content.decode())
        if said["format"] != FORMAT:
            raise TargetUnavailable(
                message("第 {name} 版的清单是别的版本的程序写的，这个程序读不懂", name=name), message("请升级程序")
            )
        release = _release(said)
        same = write_manifest(release) == content
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise _broken(name) from fault
    if not same or release.name != name:
        raise _broken(name)
    return release


def is_safe(path: str) -> bool:
    """True if the path stays below the folder that it is put in, and every system takes it: 255 bytes a name, 1024 in all, as in buckets."""
    parts = path.split("/")
    short = len(path.encode()) <= _LONGEST_PATH and all(len(part.encode()) <= _LONGEST_PART for part in parts)
    return (
        short and not path.startswith("/") and "\\" not in path and all(part not in ("", ".", "..") for part in parts)
    )


def _list(name: str, items: Iterator[str]) -> str:
    listed = ",\n".join(items)
    return f'"{name}": [\n{listed}\n]' if listed else f'"{name}": []'


def _release(said: Mapping[str, Any]) -> Release:
    texts = {name: _text(said[name]) for name in ("publication", "target", "by", "version", "commit")}
    files = dict(_files(said["files"]))
    return Release(
        serial=_number(said["serial"], 1, _LAST_SERIAL),
        audience=Audience(said["audience"]),
        at=_checked(said["at"], is_exact_moment),
        previous=_checked(said["previous"], lambda text: not text or bool(RELEASE_NAME.fullmatch(text))),
        files=files,
        articles=_articles(said["articles"]),
        carried=_carried(said["carried"], files),
        withdrawn=_withdrawn(said["withdrawn"]),
        **texts,
    )


def _files(said: list[Any]) -> Iterator[tuple[str, FileSum]]:
    _require_once(path for path, _, _ in said)
    for path, sha256, size in said:
        yield (
            _checked(path, is_safe),
            FileSum(_checked(sha256, _SHA_256.fullmatch), _number(size, 0, _LARGEST_FILE)),
        )


def _articles(said: list[dict[str, Any]]) -> tuple[PublishedArticle, ...]:
    _require_once(each["path"] for each in said)
    return tuple(_article(each) for each in said)


def _article(said: dict[str, Any]) -> PublishedArticle:
    if said.keys() != _KEYS:
        raise ValueError(said)
    others = {name: _text(said[name]) for name in _KEYS - {"path"}}
    return PublishedArticle(path=_checked(said["path"], _is_address), **others)


def _carried(said: list[Any], files: Mapping[str, FileSum]) -> tuple[str, ...]:
    _require_once(said)
    return tuple(_checked(path, lambda path: path in files and path.startswith(_LOOKS)) for path in said)


def _withdrawn(said: list[Any]) -> tuple[tuple[str, str], ...]:
    _require_once(path for path, _ in said)
    return tuple(
        (_checked(path, _is_address), _checked(at, lambda text: not text or is_exact_moment(text))) for path, at in said
    )


def _is_address(path: str) -> bool:
    return article_at(path) == path


def _require_once(paths: Iterable[Any]) -> None:
    listed = list(paths)
    if len({*listed}) < len(listed):
        raise ValueError("twice")


def _number(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(value)
    return value


def _checked(value: object, is_right: Callable[[str], object]) -> str:
    text = _text(value)
    if not is_right(text):
        raise ValueError(text)
    return text


def _text(value: object) -> str:
    """The text as it is, if the register takes it: which it does in NFC, where it may be longer."""
    if not isinstance(value, str) or has_bad_text((value, unicodedata.normalize("NFC", value))):
        raise TypeError(value)
    return value


def _broken(name: str) -> TargetUnavailable:
    return TargetUnavailable(
        message("第 {name} 版的清单坏了，或被人改动过", name=name),
        message("这一版不能再用；请从别的版发布或回退，并查明是谁动了服务器上的文件"),
    )
