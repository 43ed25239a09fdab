"""What `build` says of the print PDF's conformance: who judged it, and who did not."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from bulletin.prove.conformance import RULES as CONFORMANCE_RULES
from tests.cli import test_commands
from tests.cli.test_commands import Shell
from tests.conftest import ARTICLE, Make, article
from tests.prove.test_verapdf import BAD, GOOD

RULES = len(CONFORMANCE_RULES)


shell = test_commands.bulletin
Referee = Callable[[str | None], None]


@pytest.fixture
def referee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Referee:
    """Sets the search path to one with a command that plays veraPDF and says what it is given, or to one without."""

    def play(report: str | None) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        if report is not None:
            (folder / "verapdf").write_text(f"#!/bin/sh\ncat > /dev/null\ncat <<'END'\n{report}\nEND\n")
            (folder / "verapdf").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")

    return play


@pytest.mark.parametrize(
    "verdict",
    [
        (None, "veraPDF 没有检查", None),
        (GOOD, "veraPDF 1.28.1 通过", "1.28.1"),
        ("<report/>", "veraPDF 没有检查", None),
    ],
)
def test_a_build_says_who_judged(
    shell: Shell, make: Make, referee: Referee, verdict: tuple[str | None, str, str | None]
) -> None:
    report, said, version = verdict
    referee(report)
    code, out, err = shell("-C", make(), "build")
    assert code == 0
    assert f"PDF/A-2a、PDF/UA-1：自查 {RULES} 条通过；qpdf {pikepdf.__libqpdf_version__} 通过；{said}" in out
    assert ("veraPDF 没有给出结果" in err) == (report == "<report/>")
    record = json.loads(shell("-C", make(), "build", "--json")[1])["conformance"]
    assert record == {
        "standards": ["PDF/A-2a", "PDF/UA-1"],
        "rules": RULES,
        "qpdf": pikepdf.__libqpdf_version__,
        "verapdf": version,
    }


def test_what_the_referee_fails_is_not_written(shell: Shell, make: Make, referee: Referee, tmp_path: Path) -> None:
    referee(BAD)
    code, _, err = shell("-C", make(), "build", "-o", tmp_path / "out")
    assert code == 1
    assert "veraPDF 判定不合 ISO 14289-1:2014 7.3-1" in err
    assert not list((tmp_path / "out").rglob("print.pdf"))


def test_what_our_own_rules_fail_is_not_written(shell: Shell, make: Make, tmp_path: Path) -> None:
    """A bureau's own template that leaves the title out."""
    from tests.conftest import REPOSITORY

    template = (REPOSITORY / "templates/print/issue.html").read_text("utf-8")
    untitled = re.sub("<title>.*</title>", "<title></title>", template)
    assert untitled != template
    code, _, err = shell("-C", make({"templates/print/issue.html": untitled}), "build", "-o", tmp_path / "out")
    assert code == 1
    assert "PDF 没有标题" in err
    assert not list((tmp_path / "out").rglob("print.pdf"))


def test_sources_are_attached_by_setting(shell: Shell, make: Make) -> None:
    files = {
        "bulletin.yaml": "title: 测试动态\npublisher: 某局\npdf: {standard: a-3a}\n",
        ARTICLE: article("正文<!-- SECRETREMARK -->一段。"),
    }
    root = make(files)  # type: ignore[arg-type]
    code, out, _ = shell("-C", root, "build")
    assert code == 0
    assert f"PDF/A-3a、PDF/UA-1：自查 {RULES} 条通过" in out
    with pikepdf.open(root / "build/2026-01/print.pdf") as pdf:
        attached = {name: pdf.attachments[name].get_file().read_bytes().decode() for name in pdf.attachments}
    assert attached.keys() == {"issue.yaml", "01-report.md"}
    assert attached["issue.yaml"] == (root / "issues/2026-01/issue.yaml").read_text("utf-8")
    assert attached["01-report.md"] == article("正文一段。")


def test_an_unknown_standard_is_refused_with_the_known_ones(shell: Shell, make: Make) -> None:
    root = make({"bulletin.yaml": "title: 测试动态\npublisher: 某局\npdf: {standard: a-1b}\n"})
    code, _, err = shell("-C", root, "check")
    assert code == 1
    assert "a-2a" in err
    assert "a-3a" in err
