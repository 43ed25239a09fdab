"""The target that an editor means, and the releases that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.model.problem import Message, did_you_mean, message
from bulletin.model.publication import Publication
from bulletin.model.release import Release
from bulletin.model.target import FolderPlace, KitPlace, TargetSettings
from bulletin.pipeline.publishing.signing import path_in
from bulletin.publish.manifests import read_manifest
from bulletin.publish.signatures import signer_of
from bulletin.publish.targets.target import Target


def find_target(root: Path, publication: Publication, name: str) -> TargetSettings:
    """The target of that name, or the only one.

    Raises:
        UsageError: There is none, which of several is not said, nothing can be sent there, or its folder is part of the publication.
    """
    known = {each.name: each for each in publication.targets}
    if not known:
        advice = message("在 bulletin.yaml 里写，如 {sample}", sample="publish: {外网: {to: /srv/www/gzdt}}")
        raise UsageError(message("还没有写发布到哪里"), advice)
    if not name and len(known) > 1:
        raise UsageError(message("请写明发布到哪里：{known}", known=tuple(known)))
    if name and name not in known:
        otherwise = message("发布目标有：{known}", known=tuple(known))
        raise UsageError(message("没有“{name}”这个发布目标", name=name), did_you_mean(name, known, otherwise))
    found = known[name] if name else next(iter(known.values()))
    _refuse_kit(found)
    _refuse_own_folder(root, found)
    return found


def read_release(root: Path, target: Target, settings: TargetSettings, name: str) -> Release:
    """A release that is kept, as its manifest says; nothing is believed that is not signed, where the settings name whom to trust.

    Raises:
        TargetUnavailable: The manifest is broken, or its signature is not right.
    """
    manifest = target.manifest(name)
    release = read_manifest(manifest.content, name)
    if settings.signers:
        _, fault = signer_of(manifest, path_in(root, settings.signers))
        if fault:
            raise distrusted(name, fault)
    return release


def distrusted(name: str, fault: Message) -> TargetUnavailable:
    """What is said of a release whose signature does not hold."""
    what = message("第 {name} 版不可信：{fault}", name=name, fault=fault)
    return TargetUnavailable(what, message("查明是谁动了服务器；或把签名的人写进可信名单（publish 里的 signers）"))


@dataclass(frozen=True, slots=True)
class Live:
    """The release that visitors see: its name, empty where nothing was published yet; what its manifest says, and nothing where that cannot be
    believed, for the reason in `fault`."""

    name: str
    release: Release | None
    fault: Message | None = None


def live_release(root: Path, target: Target, settings: TargetSettings) -> Live:
    """What visitors see. A release that cannot be believed keeps nobody from putting another in its place."""
    name = target.live()
    if not name:
        return Live("", None)
    try:
        return Live(name, read_release(root, target, settings, name))
    except TargetUnavailable as distrust:
        return Live(name, None, distrust.message)


def _refuse_kit(settings: TargetSettings) -> None:
    if isinstance(settings.place, KitPlace):
        raise UsageError(
            message("“{name}”是交接包，不上传", name=settings.name),
            message("做交接包：bulletin handover；交给平台的编辑粘贴"),
        )


def _refuse_own_folder(root: Path, settings: TargetSettings) -> None:
    if isinstance(settings.place, FolderPlace):
        own, there = root.resolve(), Path(settings.place.path).expanduser().resolve()
        if there == own or own in there.parents or there in own.parents:
            raise UsageError(
                message("不能发布到刊物自己的文件夹里：{path}", path=settings.place.path),
                message("另用一个文件夹，如 /srv/www/gzdt"),
            )
