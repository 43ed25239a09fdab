"""Manuscripts of older programs become .docx where LibreOffice is there, and are refused with a reason where that cannot be."""

from __future__ import annotations

import io
import os
import subprocess
import threading
import zipfile
from pathlib import Path

import docx
import pytest

from bulletin.convert.office import OfficeKind, office_kind, to_docx
from tests.programs import installed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = rb"{\rtf1\ansi\uc1 \u32769?\u21516?\u24535?\par \u24320?\u20250?}"


def stream(name: str) -> bytes:
    return OLE + bytes(504) + name.encode("utf-16-le") + bytes(512)


def word(flags: int) -> bytes:
    return (
        stream("WordDocument").ljust(2048, b"\0") + b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little") + bytes(2000)
    )


def odt(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, content in members:
            package.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


@pytest.fixture(scope="module")
def soffice() -> str:
    return installed("soffice", "libreoffice-writer")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RTF, OfficeKind.RTF),
        (word(0), OfficeKind.DOC),
        (stream("MatOST"), OfficeKind.WORKS),
        (odt(), OfficeKind.ODT),
        (b"PK\x03\x04", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_the_kind_is_found_in_the_content(content: bytes, kind: OfficeKind | None) -> None:
    assert office_kind(content) is kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"text", "import-office-kind"),
        (stream("Workbook"), "import-office-kind"),
        (stream("PowerPoint Document"), "import-office-kind"),
        (stream("EncryptedPackage"), "import-office-password"),
        (word(0x0100), "import-office-password"),
        (odt(("META-INF/manifest.xml", b"<manifest:encryption-data/>")), "import-office-password"),
        (odt(("content.xml", bytes(301 * 1024**2))), "import-office-size"),
    ],
)
def test_what_cannot_be_read_is_told_before_libreoffice_sees_it(content: bytes, code: str) -> None:
    outcome = to_docx(content, "来稿.doc")
    assert (outcome.value, [problem.code for problem in outcome.problems]) == (None, [code])


def test_without_libreoffice_there_is_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", dict[str, str]().get)
    (problem,) = to_docx(RTF, "来稿.rtf").problems
    assert problem.code == "import-office-missing"
    assert "另存为 .docx" in str(problem.advice)


def paragraphs(content: bytes | None) -> list[str]:
    assert content is not None
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def test_rtf_and_doc_become_docx(soffice: str, tmp_path: Path) -> None:
    assert paragraphs(to_docx(RTF, "来稿.rtf").value) == ["老同志", "开会"]
    (tmp_path / "old.rtf").write_bytes(RTF)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", tmp_path, tmp_path / "old.rtf"],
        check=True, capture_output=True, timeout=120, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"},
    )  # fmt: skip
    old = (tmp_path / "old.doc").read_bytes()
    assert office_kind(old) is OfficeKind.DOC
    assert paragraphs(to_docx(old, "来稿.doc").value) == ["老同志", "开会"]


def test_what_libreoffice_cannot_open_is_told(soffice: str) -> None:
    assert [each.code for each in to_docx(word(0), "来稿.doc").problems] == ["import-office-failed"]


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = tmp_path / "soffice"
    stuck.write_text("#!/bin/sh\nsleep 60 &\necho $! > " + str(tmp_path / "child") + "\nwait\n")
    stuck.chmod(0o755)
    monkeypatch.setattr("bulletin.convert.office.shutil.which", {"soffice": str(stuck)}.get)
    assert [each.code for each in to_docx(RTF, "来稿.rtf", time_limit_s=1).problems] == ["import-office-slow"]
    child = Path("/proc", (tmp_path / "child").read_text().strip())
    assert any(_is_gone(child) for _ in range(50))


def _is_gone(process: Path) -> bool:
    """True when the process has ended; gives it a tenth of a second."""
    try:
        if process.joinpath("stat").read_text().split()[2] == "Z":
            return True
    except (FileNotFoundError, ProcessLookupError):
        return True
    threading.Event().wait(0.1)
    return False
