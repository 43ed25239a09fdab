"""Where everything lies below the folder of a target, and what is a release there.

`current` is what visitors see: a link to the files of a release. `releases/<name>/site/` has these files and nothing else, `releases/<name>/release.json`
says what they should be; a release is one from when that is written until it is taken away. `releases/<name>.incoming/` is one that is being received.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulletin.model.errors import TargetUnavailable
from bulletin.model.problem import message
from bulletin.model.release import Sums, newest_first
from bulletin.publish.manifests import FILE, NAME
from bulletin.publish.targets.disk import Disk

CURRENT = "current"
RELEASES = "releases"
SITE = "site"
NEXT = "next-"
_INCOMING = ".incoming"
_SITE = re.compile(rf"{RELEASES}/({NAME.pattern})/{SITE}")


def folder_of(name: str) -> str:
    """The folder of a release; only a name of one gives a path."""
    if not NAME.fullmatch(name):
        raise TargetUnavailable(message("“{name}”不是版的名称", name=name))
    return f"{RELEASES}/{name}"


def site_of(name: str) -> str:
    """Where the files of a release lie."""
    return f"{folder_of(name)}/{SITE}"


def incoming_of(name: str) -> str:
    """The folder in which a release is received."""
    return f"{folder_of(name)}{_INCOMING}"


def named_by(site: str) -> str:
    """The release whose files lie there; empty if that is no such place."""
    found = _SITE.fullmatch(site)
    return found[1] if found else ""


def waiting_in(entry: str) -> str:
    """The release of which an entry of the target's folder has the files on their way to become `current`; empty if it is something else."""
    name = entry.removeprefix(NEXT)
    return name if entry != name and NAME.fullmatch(name) else ""


def is_rubbish(entry: str, live: str) -> bool:
    """True if what has this name in `releases`, and is not kept, is what a broken command left there."""
    return entry != live and bool(NAME.fullmatch(entry.removesuffix(_INCOMING)))


def kept_on(disk: Disk) -> Mapping[str, frozenset[str]]:
    """The releases that are kept, newest first, each with the names of what lies in its folder."""
    held = {name: frozenset(disk.names(folder_of(name))) for name in newest_first(disk.names(RELEASES))}
    return {name: inside for name, inside in held.items() if FILE in inside}


def differing(disk: Disk, folder: str, files: Sums) -> tuple[str, ...]:
    """The paths below a folder that are not as they should be, read whole: changed, missing, strange."""
    there = disk.sizes(folder)
    right = sorted(path for path, each in files.items() if there.get(path) == each.size)
    found = disk.sums([f"{folder}/{path}" for path in right])
    same = {path for path in right if found.get(f"{folder}/{path}") == files[path].sha256}
    return tuple(sorted((files.keys() | there.keys()) - same))
