"""Manuscripts of older programs (.doc, .wps, .rtf, .odt) as .docx, by LibreOffice where the machine has it.

The program is given a folder of its own, no macros, no network where the system can take it away, and no more time, memory and disk than
a manuscript needs (safety, rows 17 to 20).
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import struct
import subprocess
import tempfile
import zipfile
import zlib
from contextlib import suppress
from enum import Enum
from io import BytesIO
from pathlib import Path

from bulletin.model.problem import Message, Outcome, Problem, Span, error, message

TIME_LIMIT_S = 120
MEMORY_LIMIT_BYTES = 4 * 1024**3
SIZE_LIMIT_BYTES = 100 * 1024**2
_PACKED_LIMIT_BYTES = 300 * 1024**2
_MEMBER_LIMIT = 5_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"application/vnd.oasis.opendocument.text"
_SECTOR = 512
_WORD = b"\xec\xa5"
"""[MS-DOC] 2.5.2: how the stream of a document begins."""
_ENCRYPTED = 0x0100

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item><item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true
</value></prop></item><item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item><item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
oor:op="fuse"><value>2</value></prop></item></oor:items>
"""


class OfficeKind(Enum):
    """What LibreOffice is told to read: the ending of the file's name and the name of its filter (empty: it finds that out)."""

    DOC = ("doc", "MS Word 97")
    WORKS = ("wps", "")
    RTF = ("rtf", "Rich Text Format")
    ODT = ("odt", "writer8")


def office_kind(content: bytes) -> OfficeKind | None:
    """The kind of a file by its first bytes, `None` where it is none of these."""
    if content.startswith(b"{\\rtf"):
        return OfficeKind.RTF
    if content.startswith(b"PK") and _ODT in content[:200]:
        return OfficeKind.ODT
    if content.startswith(_OLE):
        return OfficeKind.DOC if _has_stream(content, "WordDocument") else OfficeKind.WORKS
    return None


def to_docx(content: bytes, name: str, *, time_limit_s: float = TIME_LIMIT_S) -> Outcome[bytes]:
    """The manuscript as .docx; no value, and why, where it cannot be.

    Args:
        content: A file of a kind that `office_kind` knows.
        name: Its name, for messages.
        time_limit_s: Seconds that LibreOffice is given.
    """
    kind = office_kind(content)
    if kind is None or _is_other_office(content):
        what = message("这不是文字稿（.doc、.wps、.rtf、.odt）")
        return Outcome(None, (_refused("import-office-kind", name, what, message("请在 Word 或 WPS 里另存为 .docx")),))
    if _is_locked(content, kind):
        return Outcome(
            None,
            (_refused("import-office-password", name, message("文件有密码"), message("请去掉密码，另存后再导入")),),
        )
    if len(content) > SIZE_LIMIT_BYTES or (kind is OfficeKind.ODT and not _is_bounded(content)):
        return Outcome(
            None, (_refused("import-office-size", name, message("文件太大"), message("请删去大图片，另存为 .docx")),)
        )
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        what = message("这台电脑没有安装 LibreOffice，读不了 .{kind} 文件", kind=kind.value[0])
        advice = message("请在 Word 或 WPS 里另存为 .docx；或请管理员安装 LibreOffice")
        return Outcome(None, (_refused("import-office-missing", name, what, advice),))
    return _converted(program, content, kind, name, time_limit_s)


def _refused(code: str, name: str, what: Message, advice: Message) -> Problem:
    return error(code, Span(name), what, advice)


def _has_stream(content: bytes, name: str) -> bool:
    """True if a compound file has a stream of that name ([MS-CFB] 2.6: names are in UTF-16)."""
    return name.encode("utf-16-le") in content


def _is_other_office(content: bytes) -> bool:
    """True for spreadsheets, slides and packages of mail, whose container is the same."""
    if not content.startswith(_OLE) or _has_stream(content, "EncryptedPackage"):
        return False
    others = ("Workbook", "PowerPoint Document", "__properties_version1.0")
    return not _has_stream(content, "WordDocument") and any(_has_stream(content, other) for other in others)


def _is_locked(content: bytes, kind: OfficeKind) -> bool:
    if kind is OfficeKind.ODT:
        return _manifest_says_encrypted(content)
    if kind is OfficeKind.RTF:
        return False
    if _has_stream(content, "EncryptedPackage"):
        return True
    for place in range(_SECTOR, len(content) - 12, _SECTOR):
        if content[place : place + 2] == _WORD:
            return bool(struct.unpack_from("<H", content, place + 10)[0] & _ENCRYPTED)
    return False


def _manifest_says_encrypted(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package, package.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(1024**2)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        return False


def _is_bounded(content: bytes) -> bool:
    """True if a package does not unpack to more than a manuscript has, by what it says itself; LibreOffice's own limits hold besides."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return True  # LibreOffice refuses it or mends it
    return len(members) <= _MEMBER_LIMIT and sum(member.file_size for member in members) <= _PACKED_LIMIT_BYTES


def _converted(program: str, content: bytes, kind: OfficeKind, name: str, time_limit_s: float) -> Outcome[bytes]:
    ending, _ = kind.value
    with tempfile.TemporaryDirectory(prefix="bulletin-office-", ignore_cleanup_errors=True) as folder:
        source, profile = Path(folder, f"manuscript.{ending}"), Path(folder, "profile")
        os.makedirs(profile / "user")
        _put(source, content)
        _put(profile / "user/registrymodifications.xcu", _SETTINGS.encode())
        in_time = _run(_command(program, source, profile, kind), folder, time_limit_s)
        made = Path(folder, "made", "manuscript.docx")
        if not in_time:
            what = message("LibreOffice {seconds} 秒内没有转换完", seconds=int(time_limit_s))
            return Outcome(None, (_refused("import-office-slow", name, what, _SAVE_AS),))
        if not made.is_file() or not 0 < made.stat().st_size <= SIZE_LIMIT_BYTES:
            what = message("LibreOffice 打不开这个文件，可能已损坏或有密码")
            return Outcome(None, (_refused("import-office-failed", name, what, _SAVE_AS),))
        return Outcome(made.read_bytes())


_SAVE_AS = message("请在 Word 或 WPS 里打开，另存为 .docx，再导入")


def _put(path: Path, content: bytes) -> None:
    """Writes into the folder that is thrown away."""
    with path.open("wb") as file:
        file.write(content)


def _command(program: str, source: Path, profile: Path, kind: OfficeKind) -> list[str]:
    _, reader = kind.value
    options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
    chosen = [f"--infilter={reader}"] if reader else []
    return [*_without_network(), program, f"-env:UserInstallation={profile.as_uri()}", *options, *chosen,
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent / "made"), str(source)]  # fmt: skip


def _without_network() -> list[str]:
    """What to put before a command so that it has no network, where the system lets us."""
    command = shutil.which("unshare")
    if command is None:
        return []
    ways = ([command, "--net", "--"], [command, "--map-current-user", "--net", "--"])
    return next((way for way in ways if _works([*way, "true"])), [])


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=10).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False


def _run(command: list[str], folder: str, time_limit_s: float) -> bool:
    """Runs LibreOffice in the folder; false if it had to be ended, with all that it started."""
    environment = {"PATH": os.defpath + ":/usr/local/bin", "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603  the program that the administrator installed, and names of our own
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_limit,  # noqa: PLW1509  it calls nothing but the system
    ) as running:
        try:
            running.wait(timeout=time_limit_s)
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(running.pid)
    return True


def _end(group: int) -> None:
    """Ends what is left of the group of processes."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _limit() -> None:
    """Limits of the child: its memory may be more than ours."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY_LIMIT_BYTES), (resource.RLIMIT_FSIZE, SIZE_LIMIT_BYTES)):
        _, hard = resource.getrlimit(limit)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (value, hard))
