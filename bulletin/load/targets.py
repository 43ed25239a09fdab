"""`publish:` in `bulletin.yaml`: where a site is published to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from bulletin.load.schemas import TargetSchema
from bulletin.model.audience import Audience
from bulletin.model.problem import Message, Places, Problem, error, message
from bulletin.model.target import BucketPlace, FolderPlace, KitPlace, Place, ServerPlace, TargetSettings

KIT = "kit"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PASSWORD = re.compile(r"://[^@]*:[^@]*@|://[^@/]*:[^0-9/][^@]*")
"""A name, a colon and something before the `@`, however it breaks the address; it is never shown."""
_SSH_PORT = 22
_HOW = message(
    "文件夹写成 /srv/www/gzdt，服务器写成 sftp://用户@服务器/srv/www/gzdt，对象存储写成 s3://桶/前缀/，交接包写 kit"
)


class _Wrong(ValueError):
    """What `to` says cannot be meant; carries the message and the advice."""

    def __init__(self, what: Message, advice: Message = _HOW) -> None:
        super().__init__(str(what))
        self.what, self.advice = what, advice


def load_targets(
    said: Mapping[str, TargetSchema], url: str, places: Places
) -> tuple[tuple[TargetSettings, ...], tuple[Problem, ...]]:
    """The targets, in their order, without those whose place cannot be read, each of which is a problem.

    Args:
        said: The targets by their names.
        url: The address of the public site, which is that of its targets where they name no other.
        places: Where the settings stand.
    """
    targets: list[TargetSettings] = []
    problems: list[Problem] = []
    for name, target in said.items():
        span = places.of(f"publish.{name}.to")
        try:
            settings = _target(name, target, url, places)
            _refuse_shared(settings, targets, url)
            targets.append(settings)
        except _Wrong as wrong:
            problems.append(error("publish-to", span, wrong.what, wrong.advice))
    return tuple(targets), tuple(problems)


def _refuse_shared(settings: TargetSettings, others: Sequence[TargetSettings], url: str) -> None:
    """Refuses a place that another target has, or that lies in or around one: the intranet's site would stand where the public's does."""
    for other in others:
        if _overlap(settings.place, other.place):
            raise _Wrong(
                message("与发布目标“{other}”是同一个地方，或一个套着另一个", other=other.name),
                message("每个发布目标用自己的文件夹，互不包含"),
            )
    if settings.audience is Audience.INTRANET and url and settings.url.startswith(url):
        raise _Wrong(message("内网的网址不能是公开网站的网址"), message("改 url，或把 audience 改成 public"))


def _overlap(one: Place, other: Place) -> bool:
    roots = tuple(map(_root_of, (one, other)))
    (where, path), (there, other_path) = roots
    return (
        bool(where)
        and where == there
        and (f"{path}/".startswith(f"{other_path}/") or f"{other_path}/".startswith(f"{path}/"))
    )


def _root_of(place: Place) -> tuple[str, str]:
    """The machine or the storage of a place, and the folder in it; empty where there is none."""
    match place:
        case FolderPlace(path):
            return "here", path
        case ServerPlace():
            return f"{place.host.lower()}:{place.port}", place.path
        case BucketPlace():
            return f"{place.endpoint}/{place.bucket}", f"/{place.prefix}".rstrip("/")
        case KitPlace():
            return "", ""


def _target(name: str, said: TargetSchema, url: str, places: Places) -> TargetSettings:
    audience = Audience(said.audience)
    return TargetSettings(
        name=name,
        place=_place(said),
        audience=audience,
        url=said.url or (url if audience is Audience.PUBLIC else ""),
        keep=said.keep,
        allow_removed=said.allow_removed,
        signing_key=said.signing_key or "",
        signers=said.signers or "",
        span=places.of(f"publish.{name}.to"),
    )


def _place(said: TargetSchema) -> Place:
    to = said.to
    if _PASSWORD.search(to):
        raise _Wrong(message("密码不能写在文件里"), message("用 SSH 密钥登录；对象存储的密钥放在环境变量里"))
    if to == KIT:
        if said.audience != Audience.PUBLIC.value:
            raise _Wrong(message("交接包只有公开的文章"), message("删去 audience: {audience}", audience=said.audience))
        return KitPlace()
    if "://" not in to:
        return FolderPlace(_folder(to))
    parts = _split(to)
    match parts.scheme:
        case "sftp" | "ssh":
            if not parts.hostname:
                raise _Wrong(message("没有写服务器"))
            path = _folder(unquote(parts.path))
            return ServerPlace(
                parts.hostname, parts.port or _SSH_PORT, parts.username or "", path, said.known_hosts or ""
            )
        case "s3":
            bucket, prefix = parts.netloc, unquote(parts.path).strip("/")
            if not _BUCKET.fullmatch(bucket):
                raise _Wrong(message("“{bucket}”不像对象存储的桶名", bucket=bucket))
            return BucketPlace(bucket, f"{prefix}/" if prefix else "", said.endpoint or "", said.region or "")
    raise _Wrong(message("不认得“{scheme}://”这种发布目标", scheme=parts.scheme))


def _split(to: str) -> SplitResult:
    try:
        parts = urlsplit(to)
        _ = parts.port
    except ValueError:
        raise _Wrong(message("读不懂这个发布目标：端口要写数字")) from None
    if parts.query or parts.fragment:
        raise _Wrong(message("发布目标里不能有 ? 和 #"))
    return parts


def _folder(path: str) -> str:
    """The folder, which must be said from the root on, or from the user's home, and be neither."""
    parts = PurePosixPath(path).parts
    if not path.startswith(("/", "~/")) or ".." in parts or len(parts) < 2 or "\x00" in path:
        raise _Wrong(message("“{path}”要从根目录写起，是专给这个网站用的文件夹", path=path))
    return str(PurePosixPath(path))
