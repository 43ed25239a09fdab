"""Signatures over manifests, by OpenSSH: `ssh-keygen -Y sign` and `-Y verify` (PROTOCOL.sshsig), with keys that editors have anyway."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.model.problem import Message, message
from bulletin.publish.targets.target import Manifest

NAMESPACE = "bulletin-release"
_PATIENCE_S = 120
"""Time enough to type a passphrase or to touch a key."""
_NO_PROGRAM = message("找不到 ssh-keygen，不能签名、也不能核对签名")


def sign(content: bytes, key: Path) -> bytes:
    """The signature; the key may lie in the file or with the agent, of which the file is the public half.

    Raises:
        UsageError: There is no such key, or it cannot be used.
    """
    if not key.is_file():
        raise UsageError(
            message("没有签名的密钥“{key}”", key=str(key)),
            message("改 bulletin.yaml 的 publish 里的 signing_key，或用 ssh-keygen -t ed25519 做一对"),
        )
    done = _keygen(["-Y", "sign", "-f", str(key), "-n", NAMESPACE], content)
    if done.returncode or b"BEGIN SSH SIGNATURE" not in done.stdout:
        raise UsageError(
            message("没有签成：{reason}", reason=_said(done)), message("密钥有口令的，先 ssh-add 放进代理")
        )
    return done.stdout


def signer_of(manifest: Manifest, signers: Path) -> tuple[str, Message | None]:
    """Who signed the manifest, and what is wrong with that: no signature, or one that is not right or of nobody who is trusted.

    Args:
        manifest: The manifest and its signature.
        signers: The file of those who are trusted (ssh-keygen(1), ALLOWED SIGNERS).

    Raises:
        UsageError: There is no such file.
    """
    if not signers.is_file():
        raise UsageError(message("没有可信签名人名单“{path}”", path=str(signers)))
    if not manifest.signature:
        return "", message("没有签名")
    with tempfile.TemporaryDirectory(prefix="bulletin-") as folder:
        signature = Path(folder, "sig")
        signature.write_bytes(manifest.signature)
        known = ["-s", str(signature), "-f", str(signers)]
        found = _keygen(["-Y", "find-principals", *known], b"")
        names = found.stdout.decode("utf-8", "replace").split()
        for name in names:
            checked = _keygen(["-Y", "verify", "-I", name, "-n", NAMESPACE, *known], manifest.content)
            if checked.returncode == 0:
                return name, None
    return "", message("签名不对：清单被改动过") if names else message("签名的人不在可信名单里")


def _keygen(arguments: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise TargetUnavailable(_NO_PROGRAM, message("请安装 OpenSSH（Debian：apt-get install openssh-client）"))
    try:
        return subprocess.run(  # noqa: S603  the program of the system, with arguments of ours
            [program, *arguments], input=content, capture_output=True, check=False, timeout=_PATIENCE_S
        )
    except subprocess.TimeoutExpired as fault:
        raise TargetUnavailable(message("等了 {seconds} 秒，签名还没有完成", seconds=_PATIENCE_S)) from fault


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else str(done.returncode)
