"""Connections with servers: who is trusted, who is let in, and what a person reads otherwise."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin.model.errors import TargetUnavailable
from bulletin.model.target import ServerPlace
from bulletin.publish.targets.sftp.disk import SftpDisk
from bulletin.publish.targets.sftp.session import Patience
from tests.conftest import REPOSITORY
from tests.ssh_server import (
    LOOPBACK,
    Proxy,
    SshServer,
    agent_with,
    at_home,
    fingerprint,
    free_port,
    make_key,
    ssh_server,
)

SECRET = "-----BEGIN"


@pytest.fixture(scope="module")
def running() -> Iterator[SshServer]:
    with ssh_server() as server:
        yield server


@pytest.fixture
def server(running: SshServer) -> Iterator[SshServer]:
    """The server, and a home as it was made, whatever the test does to it."""
    kept = running.folder / "kept"
    shutil.copytree(running.home, kept)
    with at_home(running):
        yield running
    shutil.rmtree(running.home)
    kept.rename(running.home)


def told(place: ServerPlace, patience: float = 15, root: Path = Path("/")) -> tuple[str, str]:
    """What a person reads who cannot connect."""
    with pytest.raises(TargetUnavailable) as caught:
        SftpDisk(place, root, lambda _: None, Patience(connect=patience)).close()
    said, advice = str(caught.value.message), str(caught.value.advice)
    assert SECRET not in said + advice
    return said, advice


def connects(place: ServerPlace, root: Path = Path("/")) -> bool:
    disk = SftpDisk(place, root, lambda _: None)
    found = disk.names("nowhere")
    disk.close()
    return found == ()


def of_the_user(server: SshServer, host: str = LOOPBACK) -> ServerPlace:
    """A place that leaves the list of known servers to the user's settings."""
    return replace(server.place(), host=host, known_hosts="")


def write_config(server: SshServer, *lines: str) -> None:
    (server.home / ".ssh/config").write_text("\n".join(lines) + "\n")


def test_a_server_whose_key_is_known_is_talked_to(server: SshServer) -> None:
    assert connects(server.place())
    assert connects(of_the_user(server))


def test_a_relative_list_of_known_servers_is_the_publications(server: SshServer, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    server.known_hosts.rename(tmp_path / "house/known_hosts")
    assert connects(replace(server.place(), known_hosts="house/known_hosts"), tmp_path)


def test_an_unknown_server_is_shown_with_its_fingerprint_and_how_to_add_it(server: SshServer) -> None:
    server.known_hosts.write_text("# nothing\n")
    said, advice = told(of_the_user(server))
    assert "还不认得" in said
    assert f"ssh-ed25519，指纹 {fingerprint(server.folder / 'host_key.pub')}" in said
    command = f"ssh-keyscan -p {server.port} -t ed25519 127.0.0.1 >> ~/.ssh/known_hosts"
    assert command in advice
    assert server.known_hosts.read_text() == "# nothing\n"
    subprocess.run(["sh", "-c", command], check=True, capture_output=True)
    assert connects(of_the_user(server))


def test_somebody_with_no_list_at_all_is_told_where_it_goes(server: SshServer) -> None:
    server.known_hosts.unlink()
    said, advice = told(of_the_user(server))
    assert "还不认得" in said
    assert ">> ~/.ssh/known_hosts" in advice
    assert not server.known_hosts.exists()


def test_the_command_names_the_publications_list(server: SshServer, tmp_path: Path) -> None:
    (tmp_path / "我的 名单").write_text("")
    _, advice = told(replace(server.place(), known_hosts="我的 名单"), root=tmp_path)
    assert ">> '我的 名单'" in advice


def test_a_list_that_is_missing_is_told(server: SshServer, tmp_path: Path) -> None:
    said, _ = told(replace(server.place(), known_hosts="house/known_hosts"), root=tmp_path)
    assert f"读不了服务器公钥名单“{tmp_path}/house/known_hosts”：没有这个文件或文件夹" in said


@pytest.mark.parametrize("kind", ["ed25519", "rsa", "ecdsa"])
def test_a_server_with_another_key_than_before_is_a_stern_matter(server: SshServer, tmp_path: Path, kind: str) -> None:
    """A key of another kind too: then the server has none of the kind that is known."""
    make_key(tmp_path / "other", kind)
    name, key = (tmp_path / "other.pub").read_text().split()[:2]
    line = f"[{LOOPBACK}]:{server.port} {name} {key}\n"
    server.known_hosts.write_text(line)
    said, advice = told(server.place())
    assert said.startswith("警告！")
    assert fingerprint(server.folder / "host_key.pub") in said
    assert "冒充" in advice
    assert "ssh-keyscan" not in advice
    assert server.known_hosts.read_text() == line


def test_a_server_whose_key_is_void_is_not_talked_to(server: SshServer) -> None:
    server.known_hosts.write_text("@revoked " + server.known_hosts.read_text())
    said, _ = told(server.place())
    assert "信不过" in said


@pytest.mark.parametrize(
    "line", ["StrictHostKeyChecking no", "UserKnownHostsFile none", "UserKnownHostsFile /dev/null"]
)
def test_no_setting_of_the_users_makes_an_unknown_server_a_known_one(server: SshServer, line: str) -> None:
    server.known_hosts.write_text("")
    write_config(server, line)
    assert "还不认得" in told(of_the_user(server))[0]


def test_a_server_that_an_authority_vouches_for_is_talked_to(server: SshServer, tmp_path: Path) -> None:
    make_key(tmp_path / "authority")
    host_key = server.folder / "host_key"
    command = ["ssh-keygen", "-q", "-s", str(tmp_path / "authority"), "-I", "x", "-h", "-n", LOOPBACK]
    subprocess.run([*command, f"{host_key}.pub"], check=True, capture_output=True)
    with ssh_server() as vouched:
        for name in ("host_key", "host_key.pub", "host_key-cert.pub"):
            shutil.copy(server.folder / name, vouched.folder / name)
        vouched.restart(("UsePAM no", f"UsePAM no\nHostCertificate {vouched.folder}/host_key-cert.pub"))
        authority = (tmp_path / "authority.pub").read_text()
        vouched.known_hosts.write_text(f"@cert-authority [{LOOPBACK}]:{vouched.port} {authority}")
        with at_home(vouched):
            assert connects(vouched.place())
            make_key(tmp_path / "impostor")
            other = (tmp_path / "impostor.pub").read_text()
            vouched.known_hosts.write_text(f"@cert-authority [{LOOPBACK}]:{vouched.port} {other}")
            assert told(vouched.place())[0].startswith("警告！")


def test_the_users_own_settings_count(server: SshServer) -> None:
    """A short name, its real name, port, user and key; where the target says none of them."""
    server.key.rename(server.home / "my-key")
    lines = ("Host www", f"HostName {LOOPBACK}", f"Port {server.port}", f"User {server.user}")
    write_config(server, *lines, f"IdentityFile {server.home}/my-key")
    assert connects(replace(of_the_user(server, "www"), port=22, user=""))


def test_settings_of_the_users_that_cannot_be_read_are_told(server: SshServer) -> None:
    write_config(server, "Port twenty-two")
    said, advice = told(replace(server.place(), port=22))
    assert "读不懂 ~/.ssh 里的设置" in said
    assert "~/.ssh/config" in advice


def test_a_user_without_a_key_is_told_how_to_make_one(server: SshServer) -> None:
    server.key.unlink()
    said, advice = told(server.place())
    assert f"不让用户 {server.user} 登录" in said
    assert "ssh-keygen -t ed25519" in advice


def test_a_user_whose_key_the_server_does_not_know_is_told_whom_to_ask(server: SshServer) -> None:
    server.key.unlink()
    make_key(server.key)
    said, advice = told(server.place())
    assert "登录" in said
    assert "authorized_keys" in advice


def test_a_key_with_a_passphrase_is_for_the_agent(server: SshServer) -> None:
    subprocess.run(["ssh-keygen", "-q", "-p", "-P", "", "-N", "口令 secret", "-f", server.key], check=True)
    said, advice = told(server.place())
    assert "登录" in said
    assert f"ssh-add {server.key}" in advice
    with agent_with(server.key, "口令 secret") as agent, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSH_AUTH_SOCK", agent)
        assert connects(server.place())


def test_a_key_of_the_settings_with_a_passphrase_is_named(server: SshServer) -> None:
    server.key.unlink()
    make_key(server.home / "work", passphrase="secret")
    write_config(server, f"IdentityFile {server.home}/work")
    assert f"ssh-add {server.home}/work" in told(server.place())[1]


def test_no_password_is_ever_sent(server: SshServer) -> None:
    """Not even to a server that wants nothing else."""
    with ssh_server() as asking:
        asking.restart(("PasswordAuthentication no", "PasswordAuthentication yes\nAuthenticationMethods password"))
        with at_home(asking):
            said, _ = told(asking.place())
        assert "登录" in said
        assert "Failed password" not in (asking.folder / "log").read_text()


def test_a_port_with_nothing_on_it_is_told(server: SshServer) -> None:
    said, advice = told(replace(server.place(), port=free_port()))
    assert "连不上" in said
    assert "那个端口上没有 SSH" in said
    assert "端口" in advice


def test_a_name_that_nobody_has_is_told(server: SshServer) -> None:
    said, _ = told(replace(server.place(), host="nowhere.invalid"))
    assert "找不到这个名字的服务器" in said


@contextmanager
def listener(says: bytes = b"") -> Iterator[int]:
    """Something that accepts connections, and says this or nothing."""
    with socket.create_server((LOOPBACK, 0)) as entry:
        if says:
            child = os.fork()
            if not child:
                while True:
                    visitor, _ = entry.accept()
                    visitor.sendall(says)
                    visitor.close()
        try:
            yield entry.getsockname()[1]
        finally:
            if says:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)


def test_a_server_that_says_nothing_is_not_waited_for(server: SshServer) -> None:
    with listener() as port:
        said, _ = told(replace(server.place(), port=port), patience=0.3)
    assert "在 0.3 秒内没有回答" in said


def test_what_is_no_ssh_server_is_told(server: SshServer) -> None:
    with listener(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        said, _ = told(replace(server.place(), port=port))
    assert f"127.0.0.1:{port}" in said


def test_a_server_without_sftp_is_told() -> None:
    with ssh_server() as bare, at_home(bare):
        bare.restart(("Subsystem sftp", "Subsystem other"), ("ForceCommand internal-sftp", "ForceCommand false #"))
        said, advice = told(bare.place())
    assert "没有开通 SFTP" in said
    assert "Subsystem sftp internal-sftp" in advice


def test_nothing_of_the_library_reaches_the_screen(server: SshServer, tmp_path: Path) -> None:
    """In processes of their own, where nobody has said where a log goes: one succeeds, one is refused, one loses its connection."""
    code = (
        "import sys; from pathlib import Path; from bulletin.model.target import ServerPlace\n"
        "from bulletin.publish.targets.sftp.disk import SftpDisk\n"
        "from bulletin.model.errors import TargetUnavailable\n"
        "host, port, *rest = sys.argv[1:]\n"
        "try:\n"
        "    disk = SftpDisk(ServerPlace(host, int(port), *rest), Path('/'), print)\n"
        "    disk.write([str(number) for number in range(300)], lambda path: bytes(3000))\n"
        "    disk.close()\n"
        "except TargetUnavailable: print('refused')\n"
    )
    proxy = Proxy(server.port, 200_000)
    server.trust(proxy.port)
    cases = (
        (server.port, server.known_hosts, ""),
        (server.port, tmp_path / "none", "refused\n"),
        (proxy.port, server.known_hosts, "refused\n"),
    )
    for port, known, expected in cases:
        arguments = [LOOPBACK, str(port), server.user, str(server.new_folder()), str(known)]
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY)
        assert (done.stdout, done.stderr) == (expected, "")
    proxy.close()


def test_who_publishes_nowhere_does_not_wait_for_the_library() -> None:
    code = "import bulletin.cli, bulletin.cli.commands, sys; print('asyncssh' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout == "False\n"
