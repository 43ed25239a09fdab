"""Signing manifests as the settings of a target say, and believing only what they say to believe."""

from __future__ import annotations

from pathlib import Path

from bulletin.model.errors import UsageError
from bulletin.model.problem import message
from bulletin.model.target import TargetSettings
from bulletin.publish.signatures import sign, signer_of
from bulletin.publish.targets.target import Manifest


def path_in(root: Path, said: str) -> Path:
    """A file that the settings name: `~` is the user's home, what is relative lies in the publication."""
    return root / Path(said).expanduser()


def require_signing(root: Path, settings: TargetSettings) -> None:
    """Raises: UsageError: Only what is signed would be believed, but nothing would be signed."""
    if settings.signers and not settings.signing_key:
        what = message("“{name}”写了可信签名人（signers），却没有写签名的密钥（signing_key）", name=settings.name)
        raise UsageError(what, message("发布了也不会被相信；两样都写，或都不写"))
    if settings.signers and not path_in(root, settings.signers).is_file():
        raise UsageError(message("没有可信签名人名单“{path}”", path=str(path_in(root, settings.signers))))


def signed(root: Path, settings: TargetSettings, content: bytes) -> Manifest:
    """The manifest with its signature, where there is to be one; one that would be believed.

    Raises:
        UsageError: The key cannot be used, or is none of those that are trusted.
    """
    if not settings.signing_key:
        return Manifest(content)
    manifest = Manifest(content, sign(content, path_in(root, settings.signing_key)))
    if settings.signers:
        _, fault = signer_of(manifest, path_in(root, settings.signers))
        if fault:
            raise UsageError(
                message("自己的签名不在可信名单里：{fault}", fault=fault),
                message("把公钥写进 {path}，或换用名单里的密钥", path=settings.signers),
            )
    return manifest
