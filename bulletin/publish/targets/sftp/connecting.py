"""From a server's place to a connection with it: its own key is checked, the user's keys are offered, and nothing else is ever asked for.

Names, keys and ways of `~/.ssh/config` (ssh_config(5)) count, and so does the user's agent: asyncssh reads both as ssh does. Passwords are never
sent. A server whose key is not in the list of known ones (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT) is not talked to, whatever `~/.ssh/config` says,
and the list is never written.
"""

from __future__ import annotations

import asyncio
import logging
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh
from asyncssh.public_key import get_default_certificate_algs, get_default_public_key_algs

from bulletin.model.errors import BulletinError, TargetUnavailable, reason_of
from bulletin.model.problem import Message, message
from bulletin.model.target import ServerPlace
from bulletin.publish.targets.sftp.refusals import host_of, lost, shown

KNOWN_HOSTS = "~/.ssh/known_hosts"
_HOST_WIDE = "/etc/ssh/ssh_known_hosts"
_SSH_PORT = 22
_KEEPALIVE_SECONDS = 15
_DEFAULT_KEYS = ("id_ed25519", "id_ecdsa", "id_rsa", "id_ed448", "id_dsa")
_BEST_HOST_KEY = b"ssh-ed25519"
_CIPHERS = (
    "^aes128-gcm@openssh.com,aes256-gcm@openssh.com"  # in Python chacha20, its first choice, takes half as long again
)

for _name in ("asyncssh", "asyncio"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # what they remark on is no concern of an editor's
logging.getLogger("asyncssh").setLevel(logging.WARNING)


@dataclass
class _Visitor(asyncssh.SSHClient):
    """Believes no key that is not known, but remembers it, so that a person can compare it."""

    seen: asyncssh.SSHKey | None = None
    vouches: bool = False
    """Whether it is the key of an authority that vouches for the server, not the server's own."""

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        self.seen = key
        return False

    def validate_host_ca_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        self.seen, self.vouches = key, True
        return False


@dataclass(frozen=True)
class _Known:
    """What the list of known servers says of one: its keys, those that vouch for others, those that are void."""

    file: str
    keys: Sequence[asyncssh.SSHKey] = ()
    authorities: Sequence[asyncssh.SSHKey] = ()
    void: Sequence[asyncssh.SSHKey] = ()

    @property
    def algorithms(self) -> list[str]:
        """In what order the server is asked for its keys: those that are known first, then what people compare."""
        known = [each for key in self.keys for each in key.sig_algorithms]
        vouched = get_default_certificate_algs() if self.authorities else []
        return [each.decode() for each in (*known, *vouched, _BEST_HOST_KEY, *get_default_public_key_algs())]


@dataclass
class _Attempt:
    """What is known while a connection is made, for the message if it fails."""

    place: ServerPlace
    visitor: _Visitor = field(default_factory=_Visitor)
    known: _Known | None = None
    options: asyncssh.SSHClientConnectionOptions | None = None


async def connect(place: ServerPlace, root: Path, seconds: float) -> asyncssh.SSHClientConnection:
    """A connection with the server.

    Args:
        place: Where it is.
        root: The folder that a relative `known_hosts` is in.
        seconds: How long it may take.

    Raises:
        TargetUnavailable: Out of reach, its key unknown or another than before, the user not let in.
    """
    attempt = _Attempt(place)
    with _told(attempt, seconds):
        async with asyncio.timeout(seconds):
            attempt.options = await _options(place)
            attempt.known = _known(place, root, attempt.options)
            said = attempt.options.config
            return await asyncssh.connect(
                place.host,
                attempt.options.port,
                options=attempt.options,
                known_hosts=(attempt.known.keys, attempt.known.authorities, attempt.known.void),
                server_host_key_algs=() if said.get("HostKeyAlgorithms") else attempt.known.algorithms,
                encryption_algs=() if said.get("Ciphers") else _CIPHERS,
                client_factory=lambda: attempt.visitor,
            )


async def _options(place: ServerPlace) -> asyncssh.SSHClientConnectionOptions:
    """What the user's own settings say of the server; where the target names the usual port, theirs counts."""
    try:
        options: asyncssh.SSHClientConnectionOptions = await asyncssh.SSHClientConnectionOptions.construct(
            config=(),  # that is: ~/.ssh/config
            host=place.host,
            port=() if place.port == _SSH_PORT else place.port,
            username=place.user or (),
            ignore_encrypted=True,
            preferred_auth="publickey",
            keepalive_interval=_KEEPALIVE_SECONDS,
            connect_timeout=None,
            known_hosts=(),
        )
    except (ValueError, OSError) as fault:
        raise TargetUnavailable(
            message("读不懂 ~/.ssh 里的设置或密钥：{reason}", reason=shown(str(fault))),
            message("改好 ~/.ssh/config；用 ssh {host} 能登录，就能发布", host=place.host),
        ) from fault
    return options


def _known(place: ServerPlace, root: Path, options: asyncssh.SSHClientConnectionOptions) -> _Known:
    """What is known of the server; by its name in the user's settings, and its port if that is not the usual one."""
    lists = _lists(place, options)
    files = [file for each in lists if (file := root / Path(each).expanduser()).is_file() or place.known_hosts]
    try:
        hosts = asyncssh.read_known_hosts([str(each) for each in files])
    except (OSError, ValueError) as fault:
        reason = reason_of(fault) if isinstance(fault, OSError) else shown(str(fault))
        what = message("读不了服务器公钥名单“{file}”：{reason}", file="、".join(map(str, files)), reason=reason)
        raise TargetUnavailable(what) from fault
    host = options.host_key_alias or options.host
    names = [host] if options.port == _SSH_PORT else [f"[{host}]:{options.port}", host]
    found = [hosts.match(name, "", None)[:3] for name in names]
    keys, authorities, _ = next((each for each in found if each[0] or each[1]), found[0])
    return _Known(lists[0], keys, authorities, [key for each in found for key in each[2]])


def _lists(place: ServerPlace, options: asyncssh.SSHClientConnectionOptions) -> list[str]:
    """The lists of known servers that count, the one that a person adds to first; "none" in the user's settings does not."""
    if place.known_hosts:
        return [place.known_hosts]
    said = options.config.get("UserKnownHostsFile")
    return [str(each) for each in said] if isinstance(said, list) and said else [KNOWN_HOSTS, _HOST_WIDE]


@contextmanager
def _told(attempt: _Attempt, seconds: float) -> Iterator[None]:
    """Turns what goes wrong while a connection is made into what a person can do about it."""
    host = host_of(attempt.place)
    try:
        yield
    except BulletinError:
        raise
    except TimeoutError as fault:
        what = message("服务器 {host} 在 {seconds} 秒内没有回答", host=host, seconds=f"{seconds:g}")
        raise TargetUnavailable(what, _REACH) from fault
    except asyncssh.HostKeyNotVerifiable as fault:
        raise _distrusted(attempt, fault) from fault
    except asyncssh.PermissionDenied as fault:
        raise _not_let_in(attempt) from fault
    except asyncssh.KeyExchangeFailed as fault:
        what = message("和服务器 {host} 谈不拢加密方式：{reason}", host=host, reason=shown(fault.reason))
        raise TargetUnavailable(what, message("多半是服务器的 SSH 太旧；请管服务器的人升级")) from fault
    except (asyncssh.Error, EOFError) as fault:
        raise lost(attempt.place) from fault
    except OSError as fault:
        what = message("连不上服务器 {host}：{reason}", host=host, reason=_why_out_of_reach(fault))
        raise TargetUnavailable(what, _REACH) from fault


_REACH = message("查一查网络、服务器名和端口；用 sftp 命令能登录，就能发布")


def _why_out_of_reach(fault: OSError) -> Message:
    if isinstance(fault, ConnectionRefusedError):
        return message("那个端口上没有 SSH")
    if isinstance(fault, ConnectionResetError):
        return message("对方挂断了")
    if fault.errno and fault.errno < 0:  # getaddrinfo(3)
        return message("找不到这个名字的服务器")
    return reason_of(fault)


def _distrusted(attempt: _Attempt, fault: asyncssh.HostKeyNotVerifiable) -> TargetUnavailable:
    """The server's key is unknown, or another than the one that is known."""
    place, known, key = attempt.place, attempt.known, attempt.visitor.seen
    host = host_of(place)
    if not (known and key):
        what = message("服务器 {host} 的公钥信不过，没有连接：{reason}", host=host, reason=shown(fault.reason))
        return TargetUnavailable(what, message("请管服务器的人查明；查明以前不要发布"))
    seen = _fingerprint(key)
    if attempt.visitor.vouches:
        seen = message("由另一家担保，那一家是 {key}", key=seen)
    if known.keys or known.authorities:
        return TargetUnavailable(
            message("警告！服务器 {host} 的公钥不是“{file}”里记的那一把，没有连接。它现在是：{key}",
                    host=host, file=known.file, key=seen),
            message("可能有人冒充服务器，也可能服务器重装过。先当面或打电话向管服务器的人核对指纹，"
                    "核对无误才删去“{file}”里旧的一行、加进新的；核对以前不要发布", file=known.file),
        )  # fmt: skip
    return TargetUnavailable(
        message("还不认得服务器 {host} 的公钥，没有连接。它是：{key}", host=host, key=seen),
        message("先向管服务器的人核对指纹；核对无误再运行 {command}，然后重来",
                command=_adding(attempt, key, known.file)),
    )  # fmt: skip


def _fingerprint(key: asyncssh.SSHKey) -> Message:
    """What people compare: as `ssh-keygen -l` says it."""
    return message("{kind}，指纹 {fingerprint}", kind=key.get_algorithm(), fingerprint=key.get_fingerprint())


def _adding(attempt: _Attempt, key: asyncssh.SSHKey, file: str) -> str:
    """The command by which a person adds the key to the list."""
    host, port = (attempt.options.host, attempt.options.port) if attempt.options else (attempt.place.host, _SSH_PORT)
    kind = key.get_algorithm().removeprefix("ssh-").partition("-")[0]
    port_of_it = [] if port == _SSH_PORT else ["-p", str(port)]
    into = file if file == KNOWN_HOSTS else shlex.quote(file)
    return f"{shlex.join(['ssh-keyscan', *port_of_it, '-t', kind, host])} >> {into}"


def _not_let_in(attempt: _Attempt) -> TargetUnavailable:
    """The server took none of the user's keys."""
    options = attempt.options
    user = options.username if options else attempt.place.user
    what = message("服务器 {host} 不让用户 {user} 登录", host=host_of(attempt.place), user=user)
    said = options.config.get("IdentityFile") if options else None
    keys = [Path(each).expanduser() for each in said] if isinstance(said, list) else _usual_keys()
    locked = [each for each in keys if _is_encrypted(each)]
    if locked:
        advice = message(
            "密钥“{file}”有口令，这里不问口令：先运行 ssh-add {file}，把它交给 ssh-agent", file=str(locked[0])
        )
    elif options and (options.client_keys or options.agent_path):
        advice = message(
            "请管服务器的人把您的公钥（~/.ssh 里的 .pub 文件）加进用户 {user} 的 authorized_keys", user=user
        )
    else:
        advice = message("还没有密钥：运行 ssh-keygen -t ed25519，把得到的 .pub 文件交给管服务器的人")
    return TargetUnavailable(what, advice)


def _usual_keys() -> list[Path]:
    return [Path("~/.ssh", name).expanduser() for name in _DEFAULT_KEYS]


def _is_encrypted(file: Path) -> bool:
    try:
        asyncssh.read_private_key(file)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as fault:
        return "passphrase" in str(fault).lower()
    except OSError:
        return False
    return False
