"""Manifests signed and verified by the real ssh-keygen."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bulletin.model.errors import TargetUnavailable, UsageError
from bulletin.publish.signatures import sign, signer_of
from bulletin.publish.targets.target import Manifest
from tests.programs import installed

CONTENT = "{\n第 1 版\n}".encode()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "id"
    program = installed("ssh-keygen", "openssh-client")
    subprocess.run([program, "-q", "-t", "ed25519", "-N", "", "-C", "甲某", "-f", str(path)], check=True)
    return path


def signers(key: Path, name: str = "yang@example.cn") -> Path:
    path = key.with_name("signers")
    path.write_text(f'{name} namespaces="bulletin-release" {key.with_suffix(".pub").read_text()}')
    return path


def test_a_signature_is_right(key: Path) -> None:
    manifest = Manifest(CONTENT, sign(CONTENT, key))
    assert signer_of(manifest, signers(key)) == ("yang@example.cn", None)


def test_a_changed_manifest_is_seen(key: Path) -> None:
    name, fault = signer_of(Manifest(CONTENT + b" ", sign(CONTENT, key)), signers(key))
    assert (name, str(fault)) == ("", "签名不对：清单被改动过")


def test_no_signature_and_that_of_a_stranger(key: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    stranger = tmp_path / "b/id"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(stranger)], check=True)
    assert str(signer_of(Manifest(CONTENT), signers(key))[1]) == "没有签名"
    assert str(signer_of(Manifest(CONTENT, sign(CONTENT, stranger)), signers(key))[1]) == "签名的人不在可信名单里"


def test_a_signature_for_something_else_is_not_taken(key: Path) -> None:
    said = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-f", str(key), "-n", "git"], input=CONTENT, capture_output=True, check=True
    )
    assert signer_of(Manifest(CONTENT, said.stdout), signers(key))[1] is not None


def test_what_is_no_signature_is_refused(key: Path) -> None:
    assert signer_of(Manifest(CONTENT, b"garbage"), signers(key))[1] is not None


def test_a_missing_key_or_list_is_told(key: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有签名的密钥"):
        sign(CONTENT, tmp_path / "nothing")
    with pytest.raises(UsageError, match="没有可信签名人名单"):
        signer_of(Manifest(CONTENT), tmp_path / "nothing")


def test_what_is_no_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "id").write_text("no key")
    with pytest.raises(UsageError, match="没有签成"):
        sign(CONTENT, tmp_path / "id")


def test_no_program_is_told(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(TargetUnavailable, match="ssh-keygen"):
        sign(CONTENT, key)
