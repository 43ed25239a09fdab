"""Where a site is published to (发布目标), as `bulletin.yaml` names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from bulletin.model.audience import Audience
from bulletin.model.problem import Span


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder of this machine, or one that it has mounted. The web server serves `current` in it."""

    path: str


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """A folder of a server that is reached by SFTP. `known_hosts` is the file with the keys of servers, empty for the user's own."""

    host: str
    port: int
    user: str
    path: str
    known_hosts: str


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """A bucket of storage that speaks S3, and the prefix of the site in it, empty or ending in `/`; `endpoint` and `region` are empty
    where the library's own are meant."""

    bucket: str
    prefix: str
    endpoint: str
    region: str


@dataclass(frozen=True, slots=True)
class KitPlace:
    """Nowhere: files are made that somebody pastes into another system (交接包)."""


Place: TypeAlias = FolderPlace | ServerPlace | BucketPlace | KitPlace


@dataclass(frozen=True, slots=True)
class TargetSettings:
    """A target: its name, its place, and how releases are made there.

    `url` is the address at which visitors see it, ending in `/`, empty where nothing is to be fetched from there. `keep` is how many
    releases stay, the live one among them. `allow_removed` is how many pages may go without being asked for. `signing_key` is the key that manifests are
    signed with, `signers` the file of those that are trusted (ssh-keygen(1), ALLOWED SIGNERS); both empty where nothing is signed.
    """

    name: str
    place: Place
    audience: Audience
    url: str
    keep: int
    allow_removed: int
    signing_key: str
    signers: str
    span: Span


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who is publishing: name, machine, number of the process, since when (ISO 8601, with zone)."""

    by: str
    host: str
    process: int
    at: str
