"""What veraPDF says is heard, and its silence is not taken for consent: a script plays its part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bulletin.model.problem import Severity, Span
from bulletin.model.publication import PdfStandard
from bulletin.prove.verapdf import ask_verapdf

WHERE = Span("issues/2026-01/issue.yaml")
HEAD = '<?xml version="1.0" encoding="utf-8"?><report><buildInformation><releaseDetails id="core" version="1.28.1"/></buildInformation>'
GOOD = f'{HEAD}<jobs><job><validationReport jobEndStatus="normal" isCompliant="true"/></job></jobs></report>'
BAD = (
    f'{HEAD}<jobs><job><validationReport profileName="PDF/UA-1" isCompliant="false"><details>'
    '<rule specification="ISO 14289-1:2014" clause="7.3" testNumber="1" status="failed">'
    "<description>Figure tags shall include an alternative representation</description></rule>"
    '<rule specification="ISO 14289-1:2014" clause="7.2" testNumber="29" status="passed"/>'
    "</details></validationReport></job></jobs></report>"
)
Play = Callable[[str], str]


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """A command that runs a shell script; `$log` is where it may write."""

    def write(script: str) -> str:
        command = tmp_path / "verapdf"
        command.write_text(f"#!/bin/sh\nlog={tmp_path}/log\n{script}\n")
        command.chmod(0o755)
        return str(command)

    return write


def test_a_file_that_it_passes(play: Play, tmp_path: Path) -> None:
    command = play(f"wc -c >> $log; echo \"$@\" >> $log; cat <<'END'\n{GOOD}\nEND")
    judged = ask_verapdf(command, b"%PDF-", PdfStandard.A_3A, WHERE)
    assert (judged.value, judged.problems) == ("1.28.1", ())
    assert (tmp_path / "log").read_text().split("\n")[:4] == [
        "5", "--format xml --flavour 3a", "5", "--format xml --flavour ua1"
    ]  # fmt: skip


def test_a_file_that_it_fails(play: Play) -> None:
    command = play(f"cat > /dev/null; cat <<'END'\n{BAD}\nEND\nexit 1")
    judged = ask_verapdf(command, b"%PDF-", PdfStandard.A_2A, WHERE)
    assert judged.value == "1.28.1"
    assert {(problem.code, problem.severity) for problem in judged.problems} == {("pdf-verapdf", Severity.ERROR)}
    assert "ISO 14289-1:2014 7.3-1" in str(judged.problems[0].message)
    assert "7.2-29" not in str(judged.problems)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo 'Error: could not find java' >&2; exit 1", "could not find java"),
        ("cat > /dev/null; echo '<report/>'", "没有结论"),
        ("sleep 20", "没有做完"),
    ],
)
def test_its_silence_is_told(play: Play, script: str, why: str) -> None:
    judged = ask_verapdf(play(script), b"%PDF-", PdfStandard.A_2A, WHERE, time_limit_s=0.5)
    assert judged.value is None
    (problem,) = judged.problems
    assert (problem.code, problem.severity) == ("pdf-verapdf-silent", Severity.WARNING)
    assert why in str(problem.message)


def test_a_command_that_is_gone_is_told(tmp_path: Path) -> None:
    judged = ask_verapdf(str(tmp_path / "none"), b"%PDF-", PdfStandard.A_2A, WHERE)
    assert [problem.code for problem in judged.problems] == ["pdf-verapdf-silent"]


def test_it_may_reserve_more_memory_than_we_may(play: Play) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (3 * 1024**3, hard))
    try:
        command = play(f"cat > /dev/null; test $(ulimit -S -v) = $(ulimit -H -v) && cat <<'END'\n{GOOD}\nEND")
        assert ask_verapdf(command, b"%PDF-", PdfStandard.A_2A, WHERE).value == "1.28.1"
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
